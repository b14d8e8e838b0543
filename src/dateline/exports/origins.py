"""Files beside an export whose columns are not ours: where its rows are from, and which events it has no row for."""

from collections.abc import Callable
from typing import BinaryIO

from dateline.captions import source
from dateline.exports.base import Cell, Context
from dateline.exports.cells import quotes, several, spans
from dateline.exports.tables import CsvLines
from dateline.model import ClaimRow, EventRow

ORIGIN_COLUMNS = (
    "event_id", "claim_id", "report_id", "report_sha256", "evidence_spans", "evidence", "time_words", "time_start", "time_end",
    "figures", "who", "source_type", "publisher", "published", "url", "report_title", "report_path",
)  # fmt: skip
REJECT_COLUMNS = (
    "event_id", "reason", "event_type", "certainty", "time_start", "time_end", "place", "summary", "claim_ids", "report_sha256",
)  # fmt: skip


class OriginsCsv:
    """A row for each claim of each event: the report's hash and the characters that the event was made from."""

    def __init__(self, stream: BinaryIO, context: Context) -> None:
        self._lines = CsvLines(stream)
        self._lines.add(ORIGIN_COLUMNS)

    def add(self, row: EventRow) -> int:
        return sum(self._lines.add(_origin(row.event.id, one)) for one in row.claims)

    def finish(self) -> None:
        """Nothing comes last."""


class RejectsCsv:
    """A row for each event that the export left out, with the reason that `why` gives."""

    def __init__(self, why: Callable[[EventRow], str | None], stream: BinaryIO, context: Context) -> None:
        self._why = why
        self._lines = CsvLines(stream)
        self._lines.add(REJECT_COLUMNS)

    def add(self, row: EventRow) -> int:
        reason = self._why(row)
        return self._lines.add(_reject(row, reason)) if reason else 0

    def finish(self) -> None:
        """Nothing comes last."""


def _origin(event_id: str, row: ClaimRow) -> tuple[Cell, ...]:
    claim, report = row
    time = claim.time
    return (
        event_id,
        claim.id,
        report.id,
        report.sha256,
        spans(claim.evidence),
        quotes(claim.evidence, report.text),
        time.words if time else None,
        time.start if time else None,
        time.end if time else None,
        several(f"{figure.measure} {figure.object}: {figure.words}" for figure in claim.figures),
        source(claim.source, report.publisher),
        claim.source.type,
        report.publisher,
        report.published,
        report.url,
        report.title,
        report.path,
    )


def _reject(row: EventRow, reason: str) -> tuple[Cell, ...]:
    event = row.event
    return (
        event.id,
        reason,
        event.event_type,
        event.certainty,
        event.time_start,
        event.time_end,
        event.place.name if event.place else event.place_words,
        event.summary,
        tuple(claim.id for claim, _ in row.claims),
        several(report.sha256 for _, report in row.claims),
    )
