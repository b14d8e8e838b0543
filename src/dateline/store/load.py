"""Rows -> records: the way back from `rows.py`, losing nothing.

Each function loads many owners at once, in one query a table.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Table, select

from dateline.model import (
    ActorRef,
    Claim,
    Contradiction,
    Event,
    EventFigure,
    Figure,
    Ground,
    Implied,
    Interval,
    Link,
    Mention,
    Operation,
    Place,
    PlaceRef,
    Reading,
    Region,
    Report,
    Sentence,
    Source,
    Span,
    Unread,
)
from dateline.store import tables as t
from dateline.store.insert import batches

Children = Mapping[str, Sequence[Row[Any]]]
_REPORT_FIELDS = Report.__struct_fields__
_MENTIONS: Any = list[Mention]


def load_reports(connection: Connection, ids: Sequence[str]) -> dict[str, Report]:
    """The reports with these ids, by id; without those that are not there."""
    columns = [t.reports.c[field] for field in _REPORT_FIELDS]
    found = connection.execute(select(*columns).where(t.reports.c.id.in_(ids)))
    reports = [Report(**row._mapping) for row in found]
    return {report.id: report for report in reports}


def _layers(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The gazetteer's layers that each of these reports was read with, where that is known."""
    found = connection.execute(select(t.reports.c.id, t.reports.c.gazetteer).where(t.reports.c.id.in_(ids)))
    return {row.id: tuple(row.gazetteer or ()) for row in found}


def load_readings(connection: Connection, ids: Sequence[str]) -> list[Reading]:
    """The readings of these reports, in this order; without those that are not there."""
    reports = load_reports(connection, ids)
    regions, sentences, mentions, unread = (
        _children(connection, table, table.c.report_id.in_(ids))
        for table in (t.regions, t.sentences, t.mentions, t.unread_numbers)
    )
    layers = _layers(connection, ids)
    claims = defaultdict(list)
    for claim in load_claims(connection, t.claims.c.report_id.in_(ids)):
        claims[claim.report_id].append(claim)
    return [
        Reading(
            report=reports[i],
            regions=tuple(Region(_span(r), r.kind) for r in regions[i]),
            sentences=tuple(
                Sentence(span=_span(s), region=s.region, paragraph=s.paragraph, quoted=_spans(s.quoted)) for s in sentences[i]
            ),
            mentions=tuple(msgspec.convert([m.payload for m in mentions[i]], _MENTIONS)),
            claims=tuple(claims[i]),
            unread=tuple(Unread(_span(u), u.reason) for u in unread[i]),
            gazetteer=layers.get(i, ()),
        )
        for i in ids
        if i in reports
    ]


def load_claims(connection: Connection, where: ColumnElement[bool]) -> list[Claim]:
    """The claims that fit, by report and position in it."""
    rows = connection.execute(select(t.claims).where(where).order_by(t.claims.c.report_id, t.claims.c.n)).all()
    some = select(t.claims.c.id).where(where)

    def children(table: Table) -> Children:
        return _children(connection, table, table.c.claim_id.in_(some))

    evidence, figures, actors = children(t.evidence), children(t.figures), children(t.claim_actors)
    places, outlets, grounds = children(t.claim_places), children(t.claim_outlets), children(t.grounds)
    sources = {row.id: row for row in _shared(connection, t.sources, {row.source_id for row in rows})}
    parties = {row.id: row for row in _shared(connection, t.actors, {row.actor_id for found in actors.values() for row in found})}
    known = load_places(connection, {row.place_id for found in places.values() for row in found})
    return [
        Claim(
            id=row.id,
            report_id=row.report_id,
            kind=row.kind,
            event_type=row.event_type,
            certainty=row.certainty,
            background=row.background,
            initiator=tuple(_actor(a, parties) for a in actors[row.id] if a.role == "initiator"),
            target=tuple(_actor(a, parties) for a in actors[row.id] if a.role == "target"),
            places=tuple(PlaceRef(words=p.words, span=_span(p), place=known.get(p.place_id)) for p in places[row.id]),
            time=_time(row),
            scope=row.scope,
            figures=tuple(_figure(f) for f in figures[row.id]),
            operation=_operation(row),
            source=_source(row, sources[row.source_id], outlets[row.id]),
            stance=row.stance,
            about=row.about,
            evidence=tuple(_span(e) for e in evidence[row.id]),
            summary=row.summary,
            grounds=tuple(Ground(g.field, g.rule, _spans(g.spans), g.score) for g in grounds[row.id]),
            confidence=row.confidence,
        )
        for row in rows
    ]


def load_events(connection: Connection, ids: Sequence[str]) -> list[Event]:
    """The events with these ids, in this order; without those that are not there."""
    rows = {row.id: row for row in connection.execute(select(t.events).where(t.events.c.id.in_(ids)))}
    actors, claims, figures, totals, contradictions, updates = (
        _children(connection, table, table.c.event_id.in_(ids)) for table in t.EVENT_TABLES[1:]
    )
    places = load_places(connection, {row.place_id for row in rows.values()})
    same = ("id", "event_type", "place_words", "time_start", "time_end", "time_precision", "certainty", "background", "operation",
            "sources", "lineages", "confidence", "summary")  # fmt: skip
    return [
        Event(
            **{field: rows[i]._mapping[field] for field in same},
            claims=tuple(c.claim_id for c in claims[i]),
            initiator=tuple(a.name for a in actors[i] if a.role == "initiator"),
            target=tuple(a.name for a in actors[i] if a.role == "target"),
            place=places.get(rows[i].place_id),
            figures=tuple(_event_figure(f) for f in figures[i]),
            totals=tuple(_event_figure(f) for f in totals[i]),
            contradictions=tuple(_difference(c) for c in contradictions[i]),
            updates=tuple(_difference(c) for c in updates[i]),
            links=tuple(Link(c.claim_id, c.score, c.why) for c in claims[i] if c.score is not None),
        )
        for i in ids
        if i in rows
    ]


def _children(connection: Connection, table: Table, where: ColumnElement[bool]) -> Children:
    """Rows of a table by their owner's id, each owner's in the order of its list."""
    key = list(table.primary_key)
    children: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(select(table).where(where).order_by(*key)).all():
        children[row[0]].append(row)
    return children


def _shared(connection: Connection, table: Table, ids: Iterable[str]) -> Sequence[Row[Any]]:
    return connection.execute(select(table).where(table.c.id.in_(sorted(ids)))).all()


def load_places(connection: Connection, ids: Iterable[str | None]) -> dict[str, Place]:
    """The places of these rows, by the row's id (which is not the gazetteer's)."""
    some = sorted({i for i in ids if i is not None})
    return {
        row.id: Place(
            id=row.gazetteer_id, name=row.name, kind=row.kind, lat=row.lat, lon=row.lon, country=row.country, admin1=row.admin1,
            admin2=row.admin2, radius_km=row.radius_km, geo_precision=row.geo_precision, where_prec=row.where_prec,
            layer=row.layer,
        )
        for part in batches(some)
        for row in _shared(connection, t.places, part)
    }  # fmt: skip


def _actor(row: Row[Any], parties: Mapping[str, Row[Any]]) -> ActorRef:
    party = parties[row.actor_id]
    return ActorRef(name=party.name, kind=party.kind, words=row.words, span=_span(row), by=row.read_by)


def _time(row: Row[Any]) -> Interval | None:
    if row.time_words is None:
        return None
    return Interval(
        span=Span(row.time_start_char, row.time_end_char), words=row.time_words, start=row.time_start, end=row.time_end,
        precision=row.time_precision, anchor=row.time_anchor, anchor_from=row.time_anchor_from, since=row.time_since,
        rule=row.time_rule,
    )  # fmt: skip


def _operation(row: Row[Any]) -> Operation | None:
    if row.operation is None:
        return None
    return Operation(row.operation, row.operation_phase, Span(row.operation_start_char, row.operation_end_char))


def _source(claim: Row[Any], source: Row[Any], outlets: Sequence[Row[Any]]) -> Source:
    return Source(
        speaker=source.speaker, role=source.role, organisation=source.organisation, type=source.type,
        via=tuple(row.outlet for row in outlets), spans=_spans(claim.source_spans), rule=claim.source_rule,
    )  # fmt: skip


def _figure(row: Row[Any]) -> Figure:
    return Figure(
        low=row.low, best=row.best, high=row.high, measure=row.measure, object=row.object, unit=row.unit, of=row.of_actor,
        part_of=row.part_of, words=row.words, span=_span(row), rule=row.rule,
    )  # fmt: skip


def _event_figure(row: Row[Any]) -> EventFigure:
    return EventFigure(
        measure=row.measure, object=row.object, unit=row.unit, of=row.of_actor, low=row.low, best=row.best, high=row.high,
        rule=row.rule, claims=tuple(row.claims),
    )  # fmt: skip


def _difference(row: Row[Any]) -> Contradiction:
    return Contradiction(
        field=row.field, sides=tuple((value, tuple(of)) for value, of in row.sides), kind=row.kind, gap=row.gap,
        independent=tuple(row.independent),
    )  # fmt: skip


def load_implied(connection: Connection) -> list[Implied]:
    """What running totals imply, by the days that it is about."""
    rows = connection.execute(select(t.implied_figures)).all()
    found = [
        Implied(
            id=row.id, measure=row.measure, object=row.object, unit=row.unit, of=row.of_actor, low=row.low, best=row.best,
            high=row.high, falls=row.falls, start=row.start, after=row.after, until=row.until, places=row.places,
            said_by=row.said_by, earlier=tuple(row.earlier), later=tuple(row.later), why=row.why,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.after, one.until, one.id))


def _span(row: Row[Any]) -> Span:
    return Span(row.start_char, row.end_char)


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
