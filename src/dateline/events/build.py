"""Makes the record of an event from its claims, by the codebook's table of the event."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dateline.events.cluster import Linked
from dateline.events.contradictions import contradictions
from dateline.events.facts import Incident
from dateline.events.places import nearness, specificity
from dateline.events.times import Days, known, overlap, time_precision
from dateline.events.tolls import event_figures
from dateline.lexicon.codebook import codebook
from dateline.model import ActorRef, Event, EventFigure, Link, Place, event_id


def build_event(linked: Sequence[Linked], lineage: Mapping[str, str]) -> Event:
    """The event of claims that were linked; `lineage` is the lineage of each report."""
    incidents = [link.incident for link in linked]
    asserted = [i for i in incidents if i.claim.certainty != "denied"]
    place = _place(asserted, lineage)
    days = _days(asserted, lineage)
    sources = {_source(i) for i in incidents}
    figures = event_figures(asserted)
    event_type = min((i.claim.event_type or "other" for i in asserted), key=lambda t: (codebook().gravity(t), t))
    initiator = _sides([(i, i.claim.initiator) for i in asserted], lineage)
    target = _sides([(i, i.claim.target) for i in asserted], lineage)
    return Event(
        id=event_id(i.claim.id for i in asserted),
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
        certainty="stated" if any(i.claim.certainty == "stated" for i in asserted) else "alleged",
        background=all(i.claim.background for i in asserted),
        operation=_operation(asserted),
        sources=len(sources),
        lineages=min(len(sources), len({lineage[i.report.id] for i in incidents})),
        contradictions=contradictions(incidents),
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
    """The names that most independent sources give, in alphabetical order; all of them where as many give each."""
    support: dict[str, set[str]] = defaultdict(set)
    for incident, refs in told:
        for ref in refs:
            support[ref.name].add(lineage[incident.report.id])
    most = max((len(lines) for lines in support.values()), default=0)
    return tuple(sorted(name for name, lines in support.items() if len(lines) == most))


def _place(incidents: Sequence[Incident], lineage: Mapping[str, str]) -> Place | None:
    """The most specific place that fits all claims with a place; where none does, the one that most sources give."""
    placed = [i for i in incidents if i.places]
    support: dict[str, set[str]] = defaultdict(set)
    places = {place.id: place for i in placed for place in i.places}
    for place in places.values():
        for incident in placed:
            if any(nearness(place, other) != "apart" for other in incident.places):
                support[place.id].add(lineage[incident.report.id])
    fits_all = {p.id for p in places.values() if all(any(nearness(p, q) != "apart" for q in i.places) for i in placed)}
    named = {id: sum(1 for i in placed if any(p.id == id for p in i.places)) for id in places}
    order = sorted(
        places.values(),
        key=lambda p: (p.id not in fits_all, -len(support[p.id]), -min(specificity(p), 3), -named[p.id], -specificity(p), p.id),
    )
    return order[0] if order else None


def _place_words(incidents: Sequence[Incident], place: Place | None) -> str | None:
    """The words that name the event's place; the first place's words where none has coordinates."""
    refs = [ref for i in incidents for ref in i.claim.places]
    chosen = [ref.words for ref in refs if place and ref.place and ref.place.id == place.id] or [ref.words for ref in refs]
    return " ".join(chosen[0].split()) if chosen else None


def _days(incidents: Sequence[Incident], lineage: Mapping[str, str]) -> Days | None:
    """The narrowest stretch of days that fits all claims; where they disagree, the one that most sources give."""
    dated = [(i, days) for i in incidents if (days := known(i.claim.time))]
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
