"""Names of private persons stay in the project and out of exports (codebook: People).

Claims hold no field with the name of a victim or a detainee.  What can name a private person is the speaker, where a
witness speaks; officials, commanders and analysts speak in office and stay.  Quotes and texts are left as published.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from dateline.exports.base import Table
from dateline.model import Claim, ClaimRow, EventRow, FigureRow

PRIVATE = frozenset({"witness", "anonymous"})
"""Types of sources whose speakers are private persons."""


def _claim_row(row: ClaimRow) -> ClaimRow:
    return ClaimRow(without_names(row.claim), row.report)


def _figure_row(row: FigureRow) -> FigureRow:
    return FigureRow(row.figure, without_names(row.claim), row.report)


def _event_row(row: EventRow) -> EventRow:
    return EventRow(row.event, tuple(map(_claim_row, row.claims)))


def _as_it_is(row: Any) -> Any:
    """The writer of a whole project leaves the names out itself."""
    return row


WITHOUT_NAMES: dict[Table, Callable[[Any], Any]] = {
    "claims": _claim_row,
    "figures": _figure_row,
    "events": _event_row,
    "project": _as_it_is,
}


def without_names(claim: Claim) -> Claim:
    """The claim without its speaker's name, where that is a private person; the role and the body stay."""
    speaker = claim.source.speaker
    if speaker is None or claim.source.type not in PRIVATE:
        return claim
    summary = without_name(claim.summary, speaker, claim.source.type)
    return msgspec.structs.replace(claim, source=msgspec.structs.replace(claim.source, speaker=None), summary=summary)


def without_name(summary: str, speaker: str, kind: str) -> str:
    """The line for people, with what the speaker is in the place of the name."""
    return summary.replace(speaker, "a witness" if kind == "witness" else "an anonymous source")
