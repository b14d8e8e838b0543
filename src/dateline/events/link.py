"""Claims of many reports -> events."""

from collections.abc import Iterable, Iterator, Sequence

from dateline.events.best import DEFAULT_RULE
from dateline.events.build import build_event
from dateline.events.candidates import Blocks, keys_of
from dateline.events.cluster import Edge, cluster
from dateline.events.compare import THRESHOLD, score
from dateline.events.facts import Incident
from dateline.events.lineage import Text, lineages
from dateline.events.scenes import incidents_of
from dateline.events.sketch import read_text, sketch_of
from dateline.model import BestRule, Event, LinkDecisions, Reading


def link_events(
    readings: Iterable[Reading],
    best: BestRule = DEFAULT_RULE,
    decided: LinkDecisions = LinkDecisions(),  # noqa: B008  # frozen
) -> tuple[Event, ...]:
    """The events that the incident claims of all readings tell of, by day, then id; the order of the readings does not matter.

    Tallies, assessments and forecasts never make or join an event.  A denied incident joins the event that it denies, and
    makes none alone.  `best` is the rule of best numbers, `decided` what people decided about links.  All readings are kept;
    a project's are linked by `relink.py`, which keeps small facts alone.
    """
    known = {reading.report.id: reading for reading in readings}
    incidents = sorted((i for reading in known.values() for i in incidents_of(reading)), key=lambda incident: incident.key)
    texts = {i: Text(read_text(reading), reading.report.published) for i, reading in known.items()}
    lineage = lineages({i: sketch_of(text.words) for i, text in texts.items()}, lambda ids: {i: texts[i] for i in ids})
    linked = cluster(incidents, list(find_edges(incidents, Blocks([keys_of(incident) for incident in incidents]))), decided)
    return in_order(build_event(group, lineage.of, best) for group in linked)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events by day, then id."""
    return tuple(sorted(events, key=lambda event: (event.time_start is None, str(event.time_start), event.id)))


def find_edges(incidents: Sequence[Incident], blocks: Blocks) -> Iterator[Edge]:
    """The pairs that could be one event, each once."""
    for a, first in enumerate(incidents):
        for b in blocks.candidates(a):
            if b > a and (edge := edge_of(first, incidents[b], a, int(b))):
                yield edge


def edge_of(first: Incident, second: Incident, a: int, b: int) -> Edge | None:
    """The edge between two incidents in the order of their keys, `a` and `b` by position; None where they are not alike."""
    made = score(first, second)
    return Edge(made, a, b) if made is not None and made >= THRESHOLD else None
