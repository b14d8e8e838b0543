"""Everything that a project knows to have happened, in the order of time: events, running totals beside them, and what two
totals imply.  Nothing is added up."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from dateline import captions
from dateline.model import ClaimRow, Event, Implied

EntryKind = Literal["event", "tally", "implied"]


class Entry(Struct, frozen=True, kw_only=True):
    """One line of a timeline: an event (a dot), a tally (a bar over the days that it counts), or what two tallies imply.

    `start` and `end` are None where no date is known; `low`, `best`, `high` are persons killed, where that is told.
    """

    kind: EntryKind
    id: str
    start: date | None
    end: date | None
    what: str
    where: str
    province: str
    figures: tuple[str, ...]
    told_by: str
    certainty: str
    low: float | None = None
    best: float | None = None
    high: float | None = None


def entries(events: Iterable[Event], tallies: Iterable[ClaimRow], implied: Iterable[Implied] = ()) -> tuple[Entry, ...]:
    """All of them by their first day, undated ones last; of one day tallies first, as the longer stretch."""
    found = [*map(_of_event, events), *map(_of_tally, tallies), *map(_of_implied, implied)]
    return tuple(sorted(found, key=_order))


def _order(entry: Entry) -> tuple[bool, date, str, date, str]:
    first = entry.start or entry.end
    return (
        first is None,
        first or date.max,
        {"tally": "1", "implied": "2", "event": "3"}[entry.kind],
        entry.end or date.max,
        entry.id,
    )


def _of_event(event: Event) -> Entry:
    killed = next((total for total in event.totals if total.measure == "killed"), None)
    sides = " → ".join(", ".join(names) for names in (event.initiator, event.target) if names)
    place = event.place
    return Entry(
        kind="event",
        id=event.id,
        start=event.time_start,
        end=event.time_end,
        what=": ".join(filter(None, (captions.event_type(event.event_type), sides))),
        where=place.name if place else " ".join((event.place_words or "").split()),
        province=(place.admin1 or (place.name if place.kind == "admin1" else "")) or "" if place else "",
        figures=tuple(captions.figure(figure) for figure in event.figures),
        told_by=_sources(event.sources, event.lineages),
        certainty=event.certainty,
        low=killed.low if killed else None,
        best=killed.best if killed else None,
        high=killed.high if killed else None,
    )


def _of_tally(row: ClaimRow) -> Entry:
    claim, report = row
    time = claim.time
    end = time.end or (report.published if time.since or claim.scope == "since" else None) if time else None
    placed = next((ref.place for ref in claim.places if ref.place), None)
    killed = next((figure for figure in claim.figures if figure.measure == "killed" and figure.part_of is None), None)
    sides = " → ".join(", ".join(ref.name for ref in refs) for refs in (claim.initiator, claim.target) if refs)
    return Entry(
        kind="tally",
        id=claim.id,
        start=time.start if time else None,
        end=end,
        what=": ".join(filter(None, (captions.event_type(claim.event_type) or "total", sides))),
        where=", ".join(" ".join(ref.words.split()) for ref in claim.places),
        province=placed.admin1 or (placed.name if placed.kind == "admin1" else "") or "" if placed else "",
        figures=tuple(captions.figure(figure) for figure in claim.figures),
        told_by=captions.source(claim.source, report.publisher),
        certainty=claim.certainty,
        low=killed.low if killed else None,
        best=killed.best if killed else None,
        high=killed.high if killed else None,
    )


def _of_implied(one: Implied) -> Entry:
    amount = captions.bounds(one.low, one.best, one.high)
    counted = f"{captions.coded(one.measure)} ({captions.coded(one.object)})"
    return Entry(
        kind="implied",
        id=one.id,
        start=one.after,
        end=one.until,
        what="a running total falls" if one.falls else "between two running totals",
        where=one.places,
        province="",
        figures=(one.why if one.falls else f"{amount} {counted}",),
        told_by=one.said_by,
        certainty="stated",
    )


def _sources(sources: int, lineages: int) -> str:
    return f"{sources} source{'' if sources == 1 else 's'}, {lineages} independent"
