"""Names of private persons stay in the project and out of exports (codebook: People).

Claims hold no field with the name of a victim or a detainee.  What can name a private person is the speaker, where a
witness speaks; officials, commanders and analysts speak in office and stay.  Quotes and texts are left as published.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from dateline.exports.base import Table
from dateline.model import Claim, ClaimRow, EventRow, FigureRow

PRIVATE = frozenset({"witness", "anonymous"})
"""Types of sources whose speakers are private persons."""


def claims_without_names(rows: Iterable[ClaimRow]) -> Iterator[ClaimRow]:
    return (ClaimRow(without_names(row.claim), row.report) for row in rows)


def figures_without_names(rows: Iterable[FigureRow]) -> Iterator[FigureRow]:
    return (FigureRow(row.figure, without_names(row.claim), row.report) for row in rows)


def events_without_names(rows: Iterable[EventRow]) -> Iterator[EventRow]:
    return (EventRow(row.event, tuple(claims_without_names(row.claims))) for row in rows)


WITHOUT_NAMES: dict[Table, Callable[[Iterable[Any]], Iterator[Any]]] = {
    "claims": claims_without_names,
    "figures": figures_without_names,
    "events": events_without_names,
}


def without_names(claim: Claim) -> Claim:
    """The claim without its speaker's name, where that is a private person; the role and the body stay."""
    speaker = claim.source.speaker
    if speaker is None or claim.source.type not in PRIVATE:
        return claim
    summary = claim.summary.replace(speaker, "a witness" if claim.source.type == "witness" else "an anonymous source")
    return msgspec.structs.replace(claim, source=msgspec.structs.replace(claim.source, speaker=None), summary=summary)
