"""Records -> rows."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Table

from dateline.model import (
    ActorRef,
    Claim,
    Contradiction,
    Event,
    EventFigure,
    Implied,
    Interval,
    Operation,
    Place,
    Reading,
    Source,
    Span,
)
from dateline.store import tables as t
from dateline.store.keys import actor_key, place_key, source_key

Row = dict[str, Any]
Rows = dict[Table, list[Row]]


class Coder(msgspec.Struct, frozen=True):
    """The engine that read a report, and its version."""

    engine: str
    version: str


def reading_rows(reading: Reading, coder: Coder) -> Rows:
    """All rows of a reading, table by table.  Rows of shared tables come once for each use."""
    report = reading.report
    rows: Rows = {table: [] for table in (*t.SHARED_TABLES, *t.READING_TABLES)}
    facts = msgspec.structs.asdict(report)
    rows[t.reports] = [
        {"id": report.id, **facts, "engine": coder.engine, "engine_version": coder.version, "gazetteer": list(reading.gazetteer)}
    ]
    owner = {"report_id": report.id}
    rows[t.regions] = [{**owner, "n": n, **_span(r.span), "kind": r.kind} for n, r in enumerate(reading.regions)]
    rows[t.sentences] = [
        {**owner, "n": n, **_span(s.span), "region": s.region, "paragraph": s.paragraph, "quoted": _pairs(s.quoted)}
        for n, s in enumerate(reading.sentences)
    ]
    rows[t.mentions] = [
        {**owner, "n": n, **_span(m.span), "kind": m.__struct_config__.tag, "payload": msgspec.to_builtins(m)}
        for n, m in enumerate(reading.mentions)
    ]
    rows[t.unread_numbers] = [{**owner, "n": n, **_span(u.span), "reason": u.reason} for n, u in enumerate(reading.unread)]
    for n, claim in enumerate(reading.claims):
        _add_claim(rows, claim, n)
    return rows


def claim_rows(claim: Claim, n: int) -> Rows:
    """All rows of a claim that stands at position `n` of its report, table by table."""
    rows: Rows = {table: [] for table in (*t.SHARED_TABLES, *t.READING_TABLES)}
    _add_claim(rows, claim, n)
    return rows


def _add_claim(rows: Rows, claim: Claim, n: int) -> None:
    rows[t.claims].append(_claim(claim, n))
    rows[t.sources].append(_source(claim.source))
    for role, parties in (("initiator", claim.initiator), ("target", claim.target)):
        _add_actors(rows, claim.id, role, parties)
    owner = {"claim_id": claim.id}
    rows[t.evidence] += [{**owner, "n": i, **_span(span)} for i, span in enumerate(claim.evidence)]
    rows[t.claim_outlets] += [{**owner, "n": i, "outlet": outlet} for i, outlet in enumerate(claim.source.via)]
    rows[t.grounds] += [
        {**owner, "n": i, "field": g.field, "rule": g.rule, "spans": _pairs(g.spans), "score": g.score}
        for i, g in enumerate(claim.grounds)
    ]
    for i, figure in enumerate(claim.figures):
        values = {f: getattr(figure, f) for f in ("low", "best", "high", "measure", "object", "unit", "part_of", "words", "rule")}
        rows[t.figures].append({**owner, "n": i, **values, "of_actor": figure.of, **_span(figure.span)})
    for i, ref in enumerate(claim.places):
        place = _place(rows, ref.place)
        rows[t.claim_places].append({**owner, "n": i, "words": ref.words, **_span(ref.span), "place_id": place})


def _claim(claim: Claim, n: int) -> Row:
    same = (
        "id",
        "report_id",
        "kind",
        "event_type",
        "certainty",
        "background",
        "scope",
        "stance",
        "about",
        "summary",
        "confidence",
    )
    return {
        **{field: getattr(claim, field) for field in same},
        "n": n,
        **_time(claim.time),
        **_operation(claim.operation),
        "source_id": source_key(claim.source),
        "source_spans": _pairs(claim.source.spans),
        "source_rule": claim.source.rule,
    }


def _time(time: Interval | None) -> Row:
    fields = ("words", "start", "end", "precision", "since", "anchor", "anchor_from", "rule")
    return {
        **{f"time_{field}": getattr(time, field, None) for field in fields},
        "time_start_char": time.span.start if time else None,
        "time_end_char": time.span.end if time else None,
    }


def _operation(operation: Operation | None) -> Row:
    return {
        "operation": operation.name if operation else None,
        "operation_phase": operation.phase if operation else None,
        "operation_start_char": operation.span.start if operation else None,
        "operation_end_char": operation.span.end if operation else None,
    }


def _source(source: Source) -> Row:
    return {
        "id": source_key(source),
        "speaker": source.speaker,
        "role": source.role,
        "organisation": source.organisation,
        "type": source.type,
    }


def _add_actors(rows: Rows, claim_id: str, role: str, parties: Sequence[ActorRef]) -> None:
    for n, party in enumerate(parties):
        key = actor_key(party.name, party.kind)
        rows[t.actors].append({"id": key, "name": party.name, "kind": party.kind})
        rows[t.claim_actors].append(
            {
                "claim_id": claim_id,
                "role": role,
                "n": n,
                "actor_id": key,
                "words": party.words,
                **_span(party.span),
                "read_by": party.by,
            }
        )


def _place(rows: Rows, place: Place | None) -> str | None:
    if place is None:
        return None
    key = place_key(place)
    rows[t.places].append({**msgspec.structs.asdict(place), "id": key, "gazetteer_id": place.id})
    return key


def event_rows(events: Iterable[Event]) -> Rows:
    """All rows of events, table by table."""
    rows: Rows = {table: [] for table in (t.places, *t.EVENT_TABLES)}
    for event in events:
        _add_event(rows, event)
    return rows


def _add_event(rows: Rows, event: Event) -> None:
    same = ("id", "event_type", "place_words", "time_start", "time_end", "time_precision", "certainty", "background", "operation",
            "sources", "lineages", "confidence", "summary")  # fmt: skip
    rows[t.events].append({**{f: getattr(event, f) for f in same}, "place_id": _place(rows, event.place)})
    owner = {"event_id": event.id}
    for role, names in (("initiator", event.initiator), ("target", event.target)):
        rows[t.event_actors] += [{**owner, "role": role, "n": n, "name": name} for n, name in enumerate(names)]
    links = {link.claim_id: link for link in event.links}
    for n, claim_id in enumerate(event.claims):
        link = links.get(claim_id)
        rows[t.event_claims].append(
            {**owner, "n": n, "claim_id": claim_id, "score": link and link.score, "why": link and link.why}
        )
    rows[t.event_figures] += [{**owner, "n": n, **_event_figure(figure)} for n, figure in enumerate(event.figures)]
    rows[t.event_totals] += [{**owner, "n": n, **_event_figure(total)} for n, total in enumerate(event.totals)]
    rows[t.contradictions] += [{**owner, "n": n, **_difference(one)} for n, one in enumerate(event.contradictions)]
    rows[t.event_updates] += [{**owner, "n": n, **_difference(one)} for n, one in enumerate(event.updates)]


def _event_figure(figure: EventFigure) -> Row:
    values = {f: getattr(figure, f) for f in ("measure", "object", "unit", "low", "best", "high", "rule")}
    return {**values, "of_actor": figure.of, "claims": list(figure.claims)}


def _difference(one: Contradiction) -> Row:
    sides = [[value, list(claims)] for value, claims in one.sides]
    return {"field": one.field, "sides": sides, "kind": one.kind, "gap": one.gap, "independent": list(one.independent)}


def implied_row(implied: Implied) -> Row:
    """The row of what two running totals imply."""
    facts = msgspec.structs.asdict(implied)
    return {**facts, "of_actor": facts.pop("of"), "earlier": list(implied.earlier), "later": list(implied.later)}


def _span(span: Span) -> Row:
    return {"start_char": span.start, "end_char": span.end}


def _pairs(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]
