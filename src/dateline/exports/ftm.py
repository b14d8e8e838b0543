"""Events, the bodies in them and the reports that tell of them, as entities of FollowTheMoney, a JSON object a line.

Bodies are the parties with a name of their own: forces, police, governments, armed groups, organisations.  Persons are none
of them: Dateline documents what was published and makes no profiles of persons.
"""

import hashlib
from collections.abc import Iterable
from typing import Any, BinaryIO

from dateline.captions import event_time, source
from dateline.exports.base import Context
from dateline.exports.cells import quotes, spans
from dateline.exports.parties import STATE, Party, parties
from dateline.exports.tables import json_line
from dateline.lexicon.countries import state_of
from dateline.model import ClaimRow, EventRow, Report

_LANGUAGES = {"ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "pt": "por", "ru": "rus", "tr": "tur",
              "uk": "ukr", "zh": "zho"}  # fmt: skip
"""FollowTheMoney wants three letters; other languages are left out."""


class EventsFtm:
    """An Event for each event; an Article for each report and an Organization or PublicBody for each body, once."""

    def __init__(self, stream: BinaryIO, context: Context) -> None:
        self._stream = stream
        self._written: set[str] = set()

    def add(self, row: EventRow) -> int:
        bodies = [party for role in ("initiator", "target") for party in parties(row, role) if party.organised]
        entities = [*map(_body, bodies), *(_article(report) for _, report in row.claims), _event(row, bodies)]
        return sum(map(self._write, entities))

    def finish(self) -> None:
        """Nothing comes last."""

    def _write(self, entity: dict[str, Any]) -> int:
        if entity["id"] in self._written:
            return 0
        self._written.add(entity["id"])
        self._stream.write(json_line(entity))
        return 1


def _entity(id_: str, schema: str, **properties: Iterable[str | None]) -> dict[str, Any]:
    """Values of a property each once, in alphabetical order; properties without a value are left out."""
    said = {name: sorted({value.strip() for value in values if value} - {""}) for name, values in properties.items()}
    return {"id": f"dateline-{id_}", "schema": schema, "properties": {name: values for name, values in said.items() if values}}


def _body_id(party: Party) -> str:
    return f"body-{hashlib.sha256(party.name.encode()).hexdigest()[:16]}"


def _body(party: Party) -> dict[str, Any]:
    state = state_of(party.name)
    schema = "PublicBody" if party.kind in STATE and party.kind not in ("coalition", "international") else "Organization"
    return _entity(_body_id(party), schema, name=[party.name], country=[state.lower() if state else None])


def _article(report: Report) -> dict[str, Any]:
    return _entity(
        f"report-{report.id}",
        "Article",
        fileName=[report.path or report.title or report.id],
        title=[report.title],
        author=[report.author],
        publisher=[report.publisher],
        sourceUrl=[report.url],
        publishedAt=[report.published.isoformat() if report.published else None],
        language=[_LANGUAGES.get(report.language or "")],
        notes=[f"SHA-256 {report.sha256}"],
    )


def _event(row: EventRow, bodies: Iterable[Party]) -> dict[str, Any]:
    event = row.event
    return _entity(
        event.id,
        "Event",
        name=[event.summary or f"{event.event_type} {event_time(event)}"],
        keywords=[event.event_type, event.certainty],
        startDate=[event.time_start.isoformat() if event.time_start else None],
        endDate=[event.time_end.isoformat() if event.time_end else None],
        location=[event.place.name if event.place else event.place_words],
        country=[event.place.country.lower() if event.place and event.place.country else None],
        involved=[f"dateline-{_body_id(party)}" for party in bodies],
        proof=[f"dateline-report-{report.id}" for _, report in row.claims],
        recordId=[event.id, *(claim.id for claim, _ in row.claims)],
        notes=[_note(one) for one in row.claims],
    )


def _note(row: ClaimRow) -> str:
    """ "Amadou Bello, spokesman: ... (claim c-..., characters 120-245 of report 4ea98dfa949e8de5)"."""
    claim, report = row
    said = " ".join((quotes(claim.evidence, report.text) or "").split())
    where = f"claim {claim.id}, characters {', '.join(spans(claim.evidence))} of report {report.id}"
    return f'{source(claim.source, report.publisher)}: "{said}" ({where})'
