"""Names of events: from the claim that founded them, so that a name stays while claims are added, and traces where it cannot.

The founding claim of an event is, of its asserted claims, one that has founded an event of the project before; of several,
and where there is none, the one that was published first (undated last; of one day by report and place in the text).  So an
event keeps its name as it grows, of two that turn out to be one the name of the one told of first is kept, and of an event
that turns out to be two the part with the founding claim keeps it.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from datetime import date

from dateline.events.facts import Incident
from dateline.model import Event, Trace, event_id
from dateline.model.trace import Became


def founder(incidents: Iterable[Incident], founded: Container[str]) -> Incident:
    """The founding claim of an event; `founded` are the names of all events that the project has or had."""
    asserted = (incident for incident in incidents if incident.claim.certainty != "denied")
    return min(asserted, key=lambda i: (event_id(i.claim.id) not in founded, i.report.published or date.max, i.key))


def traces(before: Mapping[str, frozenset[str]], after: Iterable[Event], incidents: Container[str]) -> list[Trace]:
    """What became of events that are no longer what they were, by name: joined with others, parted, or gone.

    `before`: the claims of each event that was linked anew; `after`: the events that its claims are in now; `incidents`: the
    claims that are incidents still.  Growth leaves no trace.
    """
    now = {claim_id: event.id for event in after for claim_id in event.claims}
    made = []
    for event in sorted(before):
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for claim_id in sorted(before[event]):
            if claim_id in now and claim_id in incidents:
                parts[now[claim_id]].append(claim_id)
        if parts.keys() != {event}:
            what: Became = "gone" if not parts else "joined" if len(parts) == 1 else "parted"
            made.append(Trace(event_id=event, what=what, became=tuple(sorted(parts)), claims=tuple(sorted(before[event]))))
    return made
