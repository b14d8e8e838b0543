"""Makes the record of an event from its claims, by the codebook's table of the event."""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence

from dateline.events.best import DEFAULT_RULE
from dateline.events.cluster import Linked
from dateline.events.confidence import event_confidence
from dateline.events.contradictions import differences
from dateline.events.facts import Incident
from dateline.events.identity import founder
from dateline.events.in_report import MANY_PLACES
from dateline.events.places import nearness, specificity
from dateline.events.times import Days, overlap, time_precision
from dateline.events.tolls import event_figures
from dateline.events.totals import event_totals
from dateline.lexicon.codebook import codebook
from dateline.model import ActorRef, BestRule, Event, EventFigure, Grades, Link, Place, event_id


def build_event(
    linked: Sequence[Linked],
    lineage: Mapping[str, str],
    best: BestRule = DEFAULT_RULE,
    founded: Container[str] = frozenset(),
    grades: Mapping[str, Grades] | None = None,
) -> Event:
    """The event of claims that were linked.

    `lineage` is the lineage of each report, `best` the rule of best numbers, `founded` the names of the events that the
    project has or had, `grades` what people think of claims and their sources, by claim.
    """
    incidents = [link.incident for link in linked]
    asserted = [i for i in incidents if i.claim.certainty != "denied"]
    place = _place(asserted, lineage)
    days = _days(asserted, lineage)
    sources = {_source(i) for i in incidents}
    figures = event_figures(asserted, lineage, best, grades)
    differ = differences(incidents, lineage)
    event_type = min((i.claim.event_type or "other" for i in asserted), key=lambda t: (codebook().gravity(t), t))
    initiator = _sides([(i, i.claim.initiator) for i in asserted], lineage)
    target = _sides([(i, i.claim.target) for i in asserted], lineage)
    return Event(
        id=event_id(founder(incidents, founded).claim.id),
        claims=tuple(i.claim.id for i in incidents),
        event_type=event_type,
        initiator=initiator,
        target=target,
        place=place,
        place_words=_place_words(asserted, place),
        time_start=days.start if days else None,
        time_end=days.end if days else None,
        time_precision=time_precision(days) if days else None,
        figures=figures,
        totals=event_totals(asserted, lineage, best, grades),
        certainty="stated" if any(i.claim.certainty == "stated" for i in asserted) else "alleged",
        background=all(i.claim.background for i in asserted),
        operation=_operation(asserted),
        sources=len(sources),
        lineages=min(len(sources), len({lineage[i.report.id] for i in incidents})),
        contradictions=differ.contradictions,
        updates=differ.updates,
        confidence=event_confidence(linked),
        links=tuple(_link(link) for link in linked),
        summary=_summary(event_type, initiator, target, place, days, figures),
    )


def _link(linked: Linked) -> Link:
    claim_id = linked.incident.claim.id
    if linked.comparison is None:
        return Link(claim_id, 1.0, "the only claim of its event")
    return Link(claim_id, linked.comparison.score, f"with {linked.to}: {linked.comparison.why}")


def _source(incident: Incident) -> str:
    """Who says it: the speaker or body, else the outlet, else the report."""
    source = incident.claim.source
    return source.speaker or source.organisation or incident.report.publisher or incident.report.id


def _sides(told: Sequence[tuple[Incident, Sequence[ActorRef]]], lineage: Mapping[str, str]) -> tuple[str, ...]:
    """The names that most independent sources give (of equals, those of most claims), in alphabetical order."""
    lines: dict[str, set[str]] = defaultdict(set)
    claims: Counter[str] = Counter()
    for incident, refs in told:
        for name in {ref.name for ref in refs}:
            lines[name].add(lineage[incident.report.id])
            claims[name] += 1
    most = max(((len(lines[name]), claims[name]) for name in lines), default=(0, 0))
    return tuple(sorted(name for name in lines if (len(lines[name]), claims[name]) == most))


def _place(incidents: Sequence[Incident], lineage: Mapping[str, str]) -> Place | None:
    """The most specific place that fits all claims with a place; where none does, the one that most sources give.

    A claim about several places ("in four provinces") says little about which: the claims with the fewest are asked, and
    where all are about many, the event has their words and no point on the map.
    """
    placed = [i for i in incidents if i.places]
    fewest = min((len(i.places) for i in placed), default=0)
    if fewest >= MANY_PLACES:
        return None
    places = {place.id: place for i in placed if len(i.places) == fewest for place in i.places}
    return min(places.values(), key=lambda place: _place_rank(place, placed, lineage), default=None)


def _place_rank(place: Place, placed: Sequence[Incident], lineage: Mapping[str, str]) -> tuple[bool, int, int, int, int, str]:
    """Smaller is better: fits all claims, fits most sources, a point rather than an area, named by most claims, a site."""
    fitting = [i for i in placed if any(nearness(place, other) != "apart" for other in i.places)]
    named = sum(1 for i in placed if any(other.id == place.id for other in i.places))
    sources = len({lineage[i.report.id] for i in fitting})
    detail = specificity(place)
    return (len(fitting) < len(placed), -sources, -min(detail, 3), -named, -detail, place.id)


def _place_words(incidents: Sequence[Incident], place: Place | None) -> str | None:
    """The words that name the event's place; where it has no coordinates, all places that its first claim with any names."""
    refs = [ref for i in incidents for ref in i.claim.places]
    if place:
        return next((_line(ref.words) for ref in refs if ref.place and ref.place.id == place.id), None)
    named = next((i.claim.places for i in incidents if i.claim.places), ())
    return ", ".join(_line(ref.words) for ref in named) or None


def _line(words: str) -> str:
    return " ".join(words.split())


def _days(incidents: Sequence[Incident], lineage: Mapping[str, str]) -> Days | None:
    """The narrowest stretch of days that fits all claims; where they disagree, the one that most sources give."""
    dated = [(i, days) for i in incidents if (days := i.days)]
    if not dated:
        return None
    start, end = max(days.start for _, days in dated), min(days.end for _, days in dated)
    if start <= end:
        return Days(start, end)
    candidates = {days for _, days in dated}
    fits = {days: {lineage[i.report.id] for i, other in dated if overlap(days, other)} for days in candidates}
    return min(candidates, key=lambda days: (-len(fits[days]), days.days, days))


def _operation(incidents: Sequence[Incident]) -> str | None:
    names = [i.claim.operation.name for i in incidents if i.claim.operation]
    return min(names, key=lambda name: (-names.count(name), name), default=None)


def _summary(
    event_type: str,
    initiator: tuple[str, ...],
    target: tuple[str, ...],
    place: Place | None,
    days: Days | None,
    figures: tuple[EventFigure, ...],
) -> str:
    """ "armed clash: Malian army -> JNIM; Gao; 2024-03-02; killed 3 (militant)"."""
    label = next((t.label for t in codebook().event_types if t.name == event_type), event_type)
    sides = " -> ".join(filter(None, (", ".join(initiator), ", ".join(target))))
    when = (
        ""
        if days is None
        else days.start.isoformat()
        if days.days == 1
        else f"{days.start.isoformat()} to {days.end.isoformat()}"
    )
    tolls = [f"{f.measure} {f.best:g} ({f.object})" for f in figures if f.best is not None][:2]
    head = f"{label}: {sides}" if sides else label
    return "; ".join(filter(None, (head, place.name if place else "", when, *tolls)))
