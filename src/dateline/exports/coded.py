"""Claims as coded reports: the form of gold files, which `dateline evaluate` and people who correct by hand read."""

from typing import Any, BinaryIO

from dateline.exports.base import Context, EventOf
from dateline.exports.tables import json_line
from dateline.model import Claim, ClaimRow, Figure, Interval, Report, Span


class ClaimsJsonl:
    """One report a line with its text and claims; reports without a claim are left out.

    `evidence` quotes the text, and gives [start, end) where the quote stands in it more than once; `spans` gives the pairs
    always.
    """

    def __init__(self, stream: BinaryIO, context: Context) -> None:
        self._stream = stream
        self._event_of = context.event_of
        self._report: Report | None = None
        self._claims: list[dict[str, Any]] = []

    def add(self, row: ClaimRow) -> int:
        if self._report is None or row.report.id != self._report.id:
            self.finish()
            self._report = row.report
        self._claims.append(_claim(row, self._event_of))
        return 1

    def finish(self) -> None:
        """Write the report that the last claims are of."""
        if self._report is not None:
            self._stream.write(json_line(report_fields(self._report) | {"claims": self._claims}))
        self._claims = []


def report_fields(report: Report) -> dict[str, Any]:
    fields = ("id", "sha256", "title", "publisher", "url", "author", "published", "published_from", "language", "path", "text")
    return {field: getattr(report, field) for field in fields}


def _claim(row: ClaimRow, event_of: EventOf) -> dict[str, Any]:
    claim, text = row.claim, row.report.text
    operation, source = claim.operation, claim.source
    return {
        "id": claim.id,
        "kind": claim.kind,
        "event_type": claim.event_type,
        "certainty": claim.certainty,
        "background": claim.background,
        "initiator": list(dict.fromkeys(actor.name for actor in claim.initiator)),
        "target": list(dict.fromkeys(actor.name for actor in claim.target)),
        "places": list(dict.fromkeys(place.words for place in claim.places)),
        "time": _time(claim.time),
        "scope": claim.scope,
        "figures": [_figure(figure) for figure in claim.figures],
        "operation": {"name": operation.name, "phase": operation.phase} if operation else None,
        "source": {field: getattr(source, field) for field in ("speaker", "role", "organisation", "type", "via")},
        "stance": claim.stance,
        "about": claim.about,
        "evidence": [_quote(span, text) for span in claim.evidence],
        "spans": claim.evidence,
        "summary": claim.summary,
        "event": _event(claim, event_of),
    }


def _time(time: Interval | None) -> dict[str, Any]:
    if time is None:
        return {"words": None, "start": None, "end": None, "precision": "unknown"}
    return {field: getattr(time, field) for field in ("words", "start", "end", "precision")}


def _figure(figure: Figure) -> dict[str, Any]:
    fields = ("low", "best", "high", "measure", "object", "unit", "of", "part_of", "words")
    return {field: getattr(figure, field) for field in fields}


def _quote(span: Span, text: str) -> str | Span:
    quote = span.of(text)
    return quote if text.find(quote, text.find(quote) + 1) < 0 else span


def _event(claim: Claim, event_of: EventOf) -> str | None:
    """For incidents alone; one that is linked to nothing is an event of its own."""
    return event_of.get(claim.id, claim.id) if claim.kind == "incident" else None
