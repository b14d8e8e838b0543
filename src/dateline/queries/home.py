"""What a project holds, in numbers: for the workbench's first screen."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, select, true

from dateline.queries.selection import Selection
from dateline.store import Project
from dateline.store import tables as t


class Holdings(Struct, frozen=True, kw_only=True):
    """How much of what."""

    reports: int
    claims: int
    events: int
    kinds: tuple[tuple[str, int], ...]  # claims of each kind, the most first
    publishers: tuple[tuple[str | None, int], ...]  # the ten with the most reports
    first_published: date | None
    last_published: date | None
    undated_reports: int
    reports_without_claims: int
    incidents_without_event: int  # incident claims that are linked to nothing: a linking is due
    contradicted: int  # events
    unplaced: int  # events
    unresolved: tuple[tuple[str, int], ...]  # words of places that no gazetteer holds, the most named first
    unread_numbers: int


class Week(Struct, frozen=True):
    """Reports and outlets that were published in the seven days from a Monday."""

    monday: date
    reports: int
    outlets: int


def holdings(project: Project, hidden: frozenset[str] = frozenset()) -> Holdings:
    """What the project holds now; claims and events of `hidden` reports are left out (`Selection.hidden`)."""
    return project.memory.answer(("holdings", hidden), lambda: _holdings(project, hidden))


def _holdings(project: Project, hidden: frozenset[str]) -> Holdings:
    reports, claims, events, unread = t.reports.c, t.claims.c, t.events.c, t.unread_numbers.c
    sight = Selection(hidden=hidden)
    with project.reading_tables() as connection:
        shown, told = (sight.claims(connection), sight.events(connection)) if hidden else (true(), true())
        own = select(claims.id).where(shown)
        linked = t.event_claims.c.claim_id.in_(own) if hidden else None
        disputed = t.contradictions.c.event_id.in_(select(events.id).where(told)) if hidden else true()
        first, last = connection.execute(select(func.min(reports.published), func.max(reports.published))).one()
        kinds = _most(connection, claims.kind, 9, shown)
        return Holdings(
            reports=_count(connection, t.reports),
            claims=_count(connection, t.claims, shown if hidden else None),
            events=_count(connection, t.events, told if hidden else None),
            kinds=kinds,  # type: ignore[arg-type]  # a kind is never null
            publishers=_most(connection, reports.publisher, 10),
            first_published=first,
            last_published=last,
            undated_reports=_count(connection, t.reports, reports.published.is_(None)),
            reports_without_claims=_count(
                connection, t.reports, and_(~exists().where(claims.report_id == reports.id), reports.id.not_in(hidden))
            ),
            incidents_without_event=dict(kinds).get("incident", 0)
            - _count(connection, t.event_claims, linked),  # one event at most for each
            contradicted=connection.execute(
                select(func.count(t.contradictions.c.event_id.distinct())).where(disputed)
            ).scalar_one(),
            unplaced=_count(connection, t.events, and_(events.place_id.is_(None), told)),
            unresolved=_unresolved(connection, t.claim_places.c.claim_id.in_(own) if hidden else true()),
            unread_numbers=_count(connection, t.unread_numbers, and_(unread.reason == "unread", unread.report_id.not_in(hidden))),
        )


def coverage(project: Project) -> Sequence[Week]:
    """Reports and outlets by the week of publication, from the first to the last, weeks without any included."""
    return project.memory.answer("coverage", lambda: _coverage(project))


def _coverage(project: Project) -> Sequence[Week]:
    reports = t.reports.c
    with project.reading_tables() as connection:
        monday = _monday(connection, reports.published)
        outlets = func.count(reports.publisher.distinct()).label("outlets")
        counted = select(monday.label("monday"), func.count().label("reports"), outlets)
        rows = connection.execute(counted.where(reports.published.is_not(None)).group_by(monday)).all()
    found = {date.fromisoformat(row.monday): row for row in rows}
    if not found:
        return []
    weeks = (max(found) - min(found)).days // 7 + 1
    mondays = [min(found) + timedelta(weeks=n) for n in range(weeks)]
    return [Week(day, found[day].reports, found[day].outlets) if day in found else Week(day, 0, 0) for day in mondays]


def _monday(connection: Connection, day: ColumnElement[date]) -> ColumnElement[str]:
    """The Monday on or before a day, as text."""
    if connection.dialect.name == "postgresql":
        return func.to_char(func.date_trunc("week", day), "YYYY-MM-DD")
    return func.date(day, "weekday 0", "-6 days")


def _count(connection: Connection, table: Table, where: object = None) -> int:
    query = select(func.count()).select_from(table)
    found: int = connection.execute(query if where is None else query.where(where)).scalar_one()  # type: ignore[arg-type]
    return found


def _most(
    connection: Connection, column: object, limit: int, where: ColumnElement[bool] | None = None
) -> tuple[tuple[str | None, int], ...]:
    count = func.count()
    of = true() if where is None else where
    query = select(column, count).where(of).group_by(column).order_by(count.desc(), column).limit(limit)  # type: ignore[call-overload]
    return tuple((value, number) for value, number in connection.execute(query))


def _unresolved(connection: Connection, shown: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
    words, count = t.claim_places.c.words, func.count()
    query = (
        select(words, count)
        .where(t.claim_places.c.place_id.is_(None), shown)
        .group_by(words)
        .order_by(count.desc(), words)
        .limit(12)
    )
    return tuple((word, number) for word, number in connection.execute(query))
