"""Events and reports over time, made for the tests of trends."""

from datetime import date
from typing import Any

import msgspec

from dateline.model import ClaimRow, EventFigure, EventRow
from dateline.testing import make_claim, make_event, make_place, make_report
from dateline.trends import Told


def day(words: str) -> date:
    return date.fromisoformat(words)


def toll(low: float | None, best: float | None, high: float | None, measure: str = "killed") -> EventFigure:
    return EventFigure(
        measure=measure, object="person", unit=None, of=None, low=low, best=best, high=high, rule="made", claims=()
    )


def happened(
    start: str | None,
    end: str | None = None,
    *,
    dead: EventFigure | None = None,
    papers: tuple[str, ...] = ("Echo",),
    **known: Any,
) -> EventRow:
    """An event in Torbal, Meta, that some papers tell of on its first day."""
    first = day(start) if start else None
    rows = []
    for paper in papers:
        report = make_report(f"{paper} of {start} to {end}, {known}, {dead}", publisher=paper, published=first)
        rows.append(ClaimRow(make_claim(report), report))
    fields: dict[str, Any] = {
        "time_start": first,
        "time_end": day(end) if end else first,
        "totals": (dead,) if dead else (),
        "place": make_place(),
        "certainty": "stated",
    } | known
    return EventRow(msgspec.structs.replace(make_event([row.claim for row in rows]), **fields), tuple(rows))


def told(row: EventRow) -> Told:
    """An event as trends count it."""
    return Told(row.event, tuple((claim.report.id, claim.report.publisher) for claim in row.claims))
