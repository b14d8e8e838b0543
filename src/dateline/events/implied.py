"""What running totals imply: "140 since January", then "155 since January", leave 15 for the days in between.

Two totals are compared only where they can be told of the same thing: one voice (a body or speaker; where reports speak
themselves, their publisher), the same measure, object, unit and owner, the same sides, type, operation and places, and the
same first day.  The result bounds what happened in between; it is no event, and it is added to nothing.  A total that has
certainly fallen ("155", then "140") contradicts the one before.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

from dateline.events.bounds import Bounds, between, bounds_of
from dateline.events.voices import voice_of
from dateline.lexicon.codebook import codebook
from dateline.model import ActorRef, Claim, ClaimRow, Figure, Implied, PlaceRef, implied_id

# What a running total can count up.  A level ("5,000 fighters", "120 held") goes up and down, and its difference is no flow.
_LEVELS = frozenset({"held", "strength", "duration"})


class _Total(NamedTuple):
    """A running total: what it counts from which day to which, and who says so."""

    subject: tuple[Hashable, ...]
    end: date
    bounds: Bounds
    figure: Figure
    claim: Claim
    start: date
    said_by: str


def implied_figures(rows: Iterable[ClaimRow]) -> tuple[Implied, ...]:
    """What each running total adds to the one before it, by the days in between.  Claims of other kinds are passed over.

    Reports without a date of publication tell no day on which "since" ends; where a voice gives two numbers for one day, it is
    not known which of them holds, and neither is compared.  A number that is told again later is taken as of the day on which it
    was told first: more often it is repeated than nothing happened.
    """
    totals: dict[tuple[Hashable, ...], list[_Total]] = defaultdict(list)
    for row in rows:
        for total in _totals(row):
            totals[total.subject].append(total)
    found = [implied for told in totals.values() for implied in _steps(told)]
    return tuple(sorted(found, key=lambda one: (one.after, one.until, one.id)))


def _totals(row: ClaimRow) -> Iterator[_Total]:
    claim, report = row
    time = claim.time
    if claim.kind != "tally" or claim.scope == "stock" or claim.certainty == "denied" or time is None or time.start is None:
        return
    end = report.published if time.since or claim.scope == "since" else time.end
    if end is None or end <= time.start:
        return
    said_by = voice_of(claim.source, report.publisher, report.publisher or "")
    if not said_by:
        return
    for figure in claim.figures:
        if figure.part_of is None and _counts_up(figure.measure):
            subject = (said_by.lower(), time.start, *_thing(figure), *_scene(claim))
            yield _Total(subject, end, bounds_of(figure), figure, claim, time.start, said_by)


def _counts_up(measure: str) -> bool:
    return all(codebook().stands_for("measures", part).isdisjoint(_LEVELS) for part in measure.split("+"))


def _thing(figure: Figure) -> tuple[Hashable, ...]:
    return figure.measure, figure.object, figure.unit, figure.of


def _scene(claim: Claim) -> tuple[Hashable, ...]:
    """What else two totals must have in common: type, sides, operation, places."""
    return (
        claim.event_type,
        claim.operation.name.lower() if claim.operation else None,
        _names(claim.initiator),
        _names(claim.target),
        frozenset(ref.place.id if ref.place else " ".join(ref.words.lower().split()) for ref in claim.places),
    )


def _names(refs: Sequence[ActorRef]) -> frozenset[str]:
    return frozenset(ref.name for ref in refs)


def _steps(told: Sequence[_Total]) -> Iterator[Implied]:
    """From each number to the next that is another."""
    ordered = sorted(told, key=lambda total: (total.end, total.claim.id, total.figure.span))
    days = [list(group) for _, group in groupby(ordered, key=lambda total: total.end)]
    certain = [total for day in days if len({total.bounds for total in day}) == 1 for total in day]
    numbers = [list(group) for _, group in groupby(certain, key=lambda total: total.bounds)]
    for earlier, later in pairwise(numbers):
        if implied := _step(earlier, later):
            yield implied


def _step(earlier: Sequence[_Total], later: Sequence[_Total]) -> Implied | None:
    """None where the two bound nothing: "more than 140" and "more than 155"."""
    before, after = earlier[0], later[0]
    bounds = between(before.bounds, after.bounds)
    falls = bounds.high is not None and bounds.high < 0
    if not falls and not bounds.low and bounds.high is None:
        return None
    claims = tuple(sorted({t.claim.id for t in earlier})), tuple(sorted({t.claim.id for t in later}))
    figure = after.figure
    return Implied(
        id=implied_id(*claims, " ".join(str(part) for part in _thing(figure))),
        measure=figure.measure,
        object=figure.object,
        unit=figure.unit,
        of=figure.of,
        low=None if falls else bounds.low,
        best=None if falls else bounds.best,
        high=None if falls else bounds.high,
        falls=falls,
        start=before.start,
        after=before.end,
        until=after.end,
        places=", ".join(_place(ref) for ref in after.claim.places),
        said_by=after.said_by,
        earlier=claims[0],
        later=claims[1],
        why=_why(before, after, falls),
    )


def _place(ref: PlaceRef) -> str:
    return ref.place.name if ref.place else " ".join(ref.words.split())


def _why(before: _Total, after: _Total, falls: bool) -> str:
    first, second = (" ".join(total.figure.words.split()) for total in (before, after))
    told = f"{second} by {after.end.isoformat()}, {first} by {before.end.isoformat()}, both since {before.start.isoformat()}"
    return f"{told}: a running total cannot fall" if falls else told
