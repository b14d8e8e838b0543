"""What the sources of a project contradict each other in, as a list to work down: the worst first.

Worst is what most independent voices stand behind on both sides (two against two before five against one), then what is
farther apart (`Contradiction.gap`), then what most voices tell of.
"""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from dateline import captions
from dateline.model import ClaimRow, Contradiction, EventRow, Implied


class Voice(Struct, frozen=True, kw_only=True):
    """One claim that gives a value: its sentences, who says so, and where it was published when."""

    claim: str
    report: str
    said_by: str
    published: str | None
    publisher: str | None
    sentences: tuple[str, ...]


class Side(Struct, frozen=True, kw_only=True):
    """A value with those who give it; `independent` counts the voices that do not copy each other."""

    value: str
    independent: int
    voices: tuple[Voice, ...]


class Disagreement(Struct, frozen=True, kw_only=True):
    """A field in which sources cannot all be right; an update is no contradiction: a number that its source replaced.

    `event` is None for running totals that fall.  `settled`: the value that a reviewer said holds.
    """

    event: str | None
    summary: str
    field: str
    kind: str  # toll, time, place, initiator, happened, running total, update
    gap: float
    sides: tuple[Side, ...]
    settled: str | None = None


def disagreements(
    rows: Iterable[EventRow],
    falling: Iterable[Implied] = (),
    claim: Callable[[str], ClaimRow] | None = None,
    settled: Mapping[tuple[str, str], str] | None = None,
    *,
    updates: bool = False,
) -> tuple[Disagreement, ...]:
    """All contradictions of events and of running totals, the worst first and what is settled last; with `updates` these too.

    `claim` finds the claims of running totals by id; `settled` are values by an event's smallest claim id and the field.
    """
    known = settled or {}
    found = []
    for row in rows:
        told = {one.claim.id: one for one in row.claims}
        for one in row.event.contradictions:
            found.append(_of_event(row, one, told, one.kind, known.get((min(row.event.claims), one.field))))
        found += [_of_event(row, one, told, "update", None) for one in row.event.updates if updates]
    if claim is not None:
        found += [_of_totals(one, claim) for one in falling if one.falls]
    return tuple(sorted(found, key=_worst_first))


def _worst_first(one: Disagreement) -> tuple[object, ...]:
    voices = sorted((side.independent for side in one.sides), reverse=True)
    second = voices[1] if len(voices) > 1 else 0
    return one.kind == "update", one.settled is not None, -second, -one.gap, -sum(voices), one.event or "", one.field, one.summary


def _of_event(row: EventRow, one: Contradiction, told: Mapping[str, ClaimRow], kind: str, settled: str | None) -> Disagreement:
    counts = one.independent or tuple(len(claims) for _, claims in one.sides)
    sides = tuple(
        Side(value=value, independent=count, voices=tuple(_voice(told[i]) for i in claims if i in told))
        for (value, claims), count in zip(one.sides, counts, strict=True)
    )
    return Disagreement(
        event=row.event.id, summary=row.event.summary, field=one.field, kind=kind, gap=one.gap, sides=sides, settled=settled
    )


def _of_totals(one: Implied, claim: Callable[[str], ClaimRow]) -> Disagreement:
    sides = tuple(
        Side(value=f"by {day.isoformat()}", independent=1, voices=tuple(_voice(claim(i)) for i in claims))
        for day, claims in ((one.after, one.earlier), (one.until, one.later))
    )
    return Disagreement(
        event=None, summary=one.why, field=f"{one.measure} {one.object}", kind="running total", gap=0.0, sides=sides
    )


def _voice(row: ClaimRow) -> Voice:
    claim, report = row
    return Voice(
        claim=claim.id,
        report=report.id,
        said_by=captions.source(claim.source, report.publisher),
        published=report.published.isoformat() if report.published else None,
        publisher=report.publisher,
        sentences=tuple(" ".join(span.of(report.text).split()) for span in claim.evidence),
    )
