"""The chain of evidence as PROV-O, in JSON-LD with its context inside: no network is needed to read it.

Reports are entities, so are the characters of them that say a claim, claims and events, each derived from the one before.
Reading a report is an activity of the engine, a decision about a claim one of a person.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from urllib.parse import quote as escaped

import msgspec

from dateline.captions import source
from dateline.exports.base import Context
from dateline.model import Claim, ClaimRow, Report, Span

if TYPE_CHECKING:
    from dateline.store import Project

CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dateline": "urn:dateline:terms:",
    "id": "@id",
    "type": "@type",
    "Entity": "prov:Entity",
    "Activity": "prov:Activity",
    "Person": "prov:Person",
    "SoftwareAgent": "prov:SoftwareAgent",
    "value": "prov:value",
    "label": "rdfs:label",
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "issued": {"@id": "dcterms:issued", "@type": "xsd:date"},
    "endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    **{
        name: {"@id": f"prov:{name}", "@type": "@id"}
        for name in (
            "used", "wasAssociatedWith", "wasDerivedFrom", "wasGeneratedBy", "wasInfluencedBy", "wasQuotedFrom",
        )
    },
    **{
        name: f"dateline:{name}"
        for name in (
            "sha256", "url", "kind", "certainty", "saidBy", "gazetteer", "action", "field", "engineValue", "newValue", "reason",
            "summary", "filters",
        )
    },
}  # fmt: skip


class Decision(NamedTuple):
    """What a person decided about a claim."""

    number: int
    reviewer: str
    at: str
    told: dict[str, str | None]


class ProvenanceJsonLd:
    """A graph with a node for each report, quotation, claim, event, reading and decision."""

    def __init__(self, stream: BinaryIO, context: Context) -> None:
        self._stream = stream
        self._event_of = context.event_of
        self._engines = _engines(context.project) if context.project else {}
        self._decisions = _decisions(context.project, context.private_names) if context.project else {}
        self._report_id: str | None = None
        self._events: dict[str, list[str]] = {}
        self._agents: dict[str, dict[str, Any]] = {}
        self._separator = b"\n"
        head = {"@context": CONTEXT} | ({"filters": context.filters} if context.filters else {})
        stream.write(msgspec.json.encode(head)[:-1] + b',"@graph":[')

    def add(self, row: ClaimRow) -> int:
        claim, report = row
        if report.id != self._report_id:
            self._report_id = report.id
            self._add_report(report)
        for span in claim.evidence:
            self._write(_quotation(report, span))
        for decision in self._decisions.get(claim.id, ()):
            self._add_decision(claim.id, decision)
        self._write(self._claim(claim, report))
        if event := self._event_of.get(claim.id):
            self._events.setdefault(event, []).append(_urn("claim", claim.id))
        return 1

    def finish(self) -> None:
        for event, claims in sorted(self._events.items()):
            self._write({"id": _urn("event", event), "type": "Entity", "wasDerivedFrom": claims})
        for _, agent in sorted(self._agents.items()):
            self._write(agent)
        self._stream.write(b"\n]}\n")

    def _write(self, node: dict[str, Any]) -> None:
        self._stream.write(self._separator)
        self._stream.write(msgspec.json.encode({key: value for key, value in node.items() if value is not None}))
        self._separator = b",\n"

    def _agent(self, kind: str, name: str, of: str) -> str:
        agent = _urn(kind, name)
        self._agents[agent] = {"id": agent, "type": of, "label": name}
        return agent

    def _add_report(self, report: Report) -> None:
        known = {"id": _urn("report", report.id), "type": "Entity", "sha256": report.sha256, "title": report.title}
        issued = report.published.isoformat() if report.published else None
        self._write({**known, "publisher": report.publisher, "url": report.url, "issued": issued})
        if engine := self._engines.get(report.id):
            name, layers = engine
            agent = self._agent("engine", name, "SoftwareAgent")
            coding = {"id": _urn("coding", report.id), "type": "Activity", "used": _urn("report", report.id)}
            self._write({**coding, "wasAssociatedWith": agent, "gazetteer": layers})

    def _add_decision(self, claim_id: str, decision: Decision) -> None:
        who = self._agent("person", decision.reviewer, "Person")
        node = {"id": _urn("review", str(decision.number)), "type": "Activity", "used": _urn("claim", claim_id)}
        self._write({**node, "wasAssociatedWith": who, "endedAtTime": decision.at, **decision.told})

    def _claim(self, claim: Claim, report: Report) -> dict[str, Any]:
        decided = [_urn("review", str(decision.number)) for decision in self._decisions.get(claim.id, ())]
        return {
            "id": _urn("claim", claim.id),
            "type": "Entity",
            "kind": claim.kind,
            "certainty": claim.certainty,
            "summary": claim.summary or None,
            "saidBy": source(claim.source, report.publisher),
            "wasDerivedFrom": [_characters(report, span) for span in claim.evidence],
            "wasGeneratedBy": _urn("coding", report.id) if report.id in self._engines else None,
            "wasInfluencedBy": decided or None,
        }


def _quotation(report: Report, span: Span) -> dict[str, Any]:
    """Characters of a report, as a fragment of its text (RFC 5147)."""
    words = span.of(report.text)
    return {"id": _characters(report, span), "type": "Entity", "wasQuotedFrom": _urn("report", report.id), "value": words}


def _characters(report: Report, span: Span) -> str:
    return f"{_urn('report', report.id)}#char={span.start},{span.end}"


def _urn(kind: str, name: str) -> str:
    return f"urn:dateline:{kind}:{escaped(name, safe='')}"


def _engines(project: "Project") -> Mapping[str, tuple[str, list[str]]]:
    """The engine that read each report, with its version, and the layers of the gazetteer that it was read with."""
    from sqlalchemy import select

    from dateline.store.tables import reports

    query = select(reports.c.id, reports.c.engine, reports.c.engine_version, reports.c.gazetteer)
    with project.database.connect() as connection:
        return {row.id: (f"{row.engine} {row.engine_version}", row.gazetteer or []) for row in connection.execute(query)}


def _decisions(project: "Project", private_names: bool) -> Mapping[str, Sequence[Decision]]:
    """What people decided about each claim, the oldest first; undone decisions too, they were taken."""
    from sqlalchemy import select

    from dateline.store.tables import review_claims, reviews

    in_force = reviews.c.layer.is_(None)  # a second coder who codes blind decides nothing about the record
    query = select(review_claims.c.claim_id, reviews).join(reviews, reviews.c.number == review_claims.c.number).where(in_force)
    found: defaultdict[str, list[Decision]] = defaultdict(list)
    with project.database.connect() as connection:
        for row in connection.execute(query.order_by(reviews.c.number)):
            told: dict[str, str | None] = {"action": row.action, "field": row.field, "reason": row.reason}
            if private_names or row.field not in _MAY_NAME:
                told |= {"engineValue": row.engine_value, "newValue": row.value}
            found[row.claim_id].append(Decision(row.number, row.reviewer, row.at, told))
    return found


_MAY_NAME = frozenset({"source", "summary"})
"""Fields whose values can hold the name of a witness."""
