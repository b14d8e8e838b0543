"""Filters as conditions of SQL, with the meaning that `dateline.filters` gives them.

A filter compares folded names ("Daesh" is "ISIS", "Salaheddine" without its accents), which no database can do.  So the
values that the tables hold are read first, folded and compared here, by the filter's own rule; the condition then names the
values that fit, as they are spelled in the tables.  There are few of them, and columns that hold many rows are read by their
index, value by value.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    false,
    func,
    not_,
    null,
    or_,
    select,
    text,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY

from dateline.filters import DATES, FILTERS, Condition, is_measure, number_of, read_day, same, unknown_value
from dateline.store import tables as t

FEW = 400
"""Values that a condition names one by one; more come as one list, for databases take a thousand variables or less."""

Ids = Callable[[ColumnElement[bool]], Select[Any]]


class Held(NamedTuple):
    """A column that holds values of a filter: `ids` selects the claims of the rows where a condition on it holds."""

    column: Column[Any]
    ids: Ids
    values: Callable[[Any], Iterable[str]] = lambda value: (value,)  # of the record, from the column's
    indexed: bool = True  # its values are read by its index; else from a table with few rows


def claims_where(connection: Connection, conditions: Sequence[Condition]) -> ColumnElement[bool]:
    """A condition on `tables.claims` that the claims of `select_claims` meet, and no others.

    Raises FilterError where no table holds a value; one that no claim has in this role (a target that only ever acts) selects
    nothing, where `select_claims` refuses it.
    """
    dated = [c for c in conditions if c.name in DATES]
    elsewhere = next((c for c in conditions if dated and c.operator == "=" and c.name in HELD), None)
    if elsewhere is None:
        return and_(true(), *(_claims(connection, c) for c in conditions))
    others = [c for c in conditions if c is not elsewhere and c not in dated]
    timed = _timed(_together(_ids(connection, elsewhere)), dated)
    return and_(t.claims.c.id.in_(timed), *(_claims(connection, c) for c in others))


def events_where(connection: Connection, conditions: Sequence[Condition]) -> ColumnElement[bool]:
    """A condition on `tables.events` that the events of `select_events` meet, and no others.

    Raises FilterError where no table holds a value; one that only claims outside of all events have selects nothing.
    """
    return and_(true(), *(_events(connection, c) for c in conditions))


def among(connection: Connection, column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column is one of `values`, however many they are."""
    listed = sorted(values)
    if len(listed) <= FEW:
        return column.in_(listed) if listed else false()
    if connection.dialect.name == "postgresql":
        return column == func.any(bindparam(None, listed, type_=ARRAY(String), unique=True))
    packed = bindparam(None, msgspec.json.encode(listed).decode(), type_=String, unique=True)
    return column.in_(select(text("value")).select_from(func.json_each(packed)))


def distinct(connection: Connection, column: Column[Any]) -> list[Any]:
    """The values of an indexed column, without nulls: one look into the index for each, not one for each row."""
    first = select(func.min(column).label("value")).cte("seen", recursive=True)
    next_value = select(func.min(column)).where(column > first.c.value).scalar_subquery()
    seen = first.union_all(select(next_value).where(first.c.value.is_not(None)))
    return list(connection.execute(select(seen.c.value).where(seen.c.value.is_not(None))).scalars())


def _claims(connection: Connection, c: Condition) -> ColumnElement[bool]:
    if c.name in DATES:
        return _in_time(t.claims.c.time_start, t.claims.c.time_end, c)
    if is_measure(c.name):
        figures = t.figures
        return t.claims.c.id.in_(select(figures.c.claim_id).where(_counted(connection, figures, c)))
    if (own := _own(connection, c)) is not None:
        return _met(c, own)
    return _met(c, t.claims.c.id.in_(_together(_ids(connection, c))))


def _together(ids: Sequence[Select[Any]]) -> Select[Any] | CompoundSelect[Any]:
    """Ids from several tables as one list: an index is looked into once for each of them, which it is not for an "or"."""
    if not ids:
        return select(t.claims.c.id).where(false())
    return ids[0] if len(ids) == 1 else union(*ids)


def _timed(ids: Select[Any] | CompoundSelect[Any], dates: Sequence[Condition]) -> Select[Any]:
    """Those of the claims with these ids that lie in a time.

    SQLite would read each claim for it, from anywhere in a wide table; the index has what is asked, and is a tenth of its size.
    """
    c = t.claims.alias("timed").c
    query = select(c.id).where(c.id.in_(ids), *(_in_time(c.time_start, c.time_end, one) for one in dates))
    return query.with_hint(c.id.table, "INDEXED BY ix_claims_id_time_start_time_end", "sqlite")


def _events(connection: Connection, c: Condition) -> ColumnElement[bool]:
    if c.name in DATES:
        return _in_time(t.events.c.time_start, t.events.c.time_end, c)
    if is_measure(c.name):
        figures = t.event_figures
        return t.events.c.id.in_(select(figures.c.event_id).where(_counted(connection, figures, c)))
    if (own := EVENT_FILTERS.get(c.name)) is not None:
        if FILTERS[c.name].known is None:
            list(_ids(connection, c))  # refuses a value that no claim has
        return _met(c, own(connection, c))
    links = t.event_claims
    found = [select(links.c.event_id).where(links.c.claim_id.in_(ids)) for ids in _ids(connection, c)]
    return _met(c, or_(false(), *(t.events.c.id.in_(ids) for ids in found)))


def _met(c: Condition, held: ColumnElement[bool]) -> ColumnElement[bool]:
    """A null is no value: it meets no "=", and every "!="."""
    return held if c.operator == "=" else not_(func.coalesce(held, false()))


def _ids(connection: Connection, c: Condition) -> list[Select[Any]]:
    """Selects of the ids of the claims that have one of the condition's values."""
    of = FILTERS[c.name]
    if (own := _own(connection, c)) is not None:
        return [select(t.claims.c.id).where(own)]
    present: set[str] = set()
    selects: list[Select[Any]] = []
    for held in HELD[c.name]:
        fitting = set()
        for value in _values(connection, held):
            said = [one for one in held.values(value) if one]
            present.update(said if of.known is None else ())
            if any(_fits(c.name, wanted, one) for wanted in c.values for one in said):
                fitting.add(value)
        if fitting:
            selects.append(held.ids(among(connection, held.column, fitting)))
    if of.known is None and (present or connection.execute(select(t.claims.c.id).limit(1)).first()):
        for wanted in c.values:
            if not any(_fits(c.name, wanted, one) for one in present):
                raise unknown_value(c.name, wanted, present)
    return selects


def _own(connection: Connection, c: Condition) -> ColumnElement[bool] | None:
    """Whether a column of the claim's own has one of the values; None where they stand in other tables."""
    if c.name == "background":
        return or_(*(t.claims.c.background.is_(value == "yes") for value in c.values))
    return among(connection, CLOSED[c.name], c.values) if c.name in CLOSED else None


def _values(connection: Connection, held: Held) -> list[Any]:
    if held.indexed:
        return distinct(connection, held.column)
    return list(connection.execute(select(held.column).where(held.column.is_not(None)).distinct()).scalars())


@lru_cache(maxsize=1 << 18)
def _fits(name: str, wanted: str, value: str) -> bool:
    """Folding a project's every name takes a second; a workbench asks for the same names at each request."""
    of = FILTERS[name]
    return same(of, wanted, of.fold(value))


def _in_time(start: ColumnElement[Any], end: ColumnElement[Any], c: Condition) -> ColumnElement[bool]:
    """Times with one end have that as the other too."""
    days: list[date] = [read_day(value, last=c.name == "until") for value in c.values]
    if c.name == "since":
        return func.coalesce(end, start) >= min(days)
    return func.coalesce(start, end) <= max(days)


def _counted(connection: Connection, figures: Any, c: Condition) -> ColumnElement[bool]:
    """Figures of a measure (alone, or joined with another) whose number meets the condition."""
    measures = [value for value in distinct(connection, figures.c.measure) if c.name in value.split("+")]
    number = func.coalesce(figures.c.best, figures.c.low, figures.c.high)
    wanted = [number_of(c.name, value) for value in c.values]
    compared = {"=": _one_of, "!=": _none_of, ">=": _from, "<=": _up_to}[c.operator](number, wanted)
    return and_(among(connection, figures.c.measure, measures), number.is_not(null()), compared)


def _one_of(number: ColumnElement[float], wanted: list[float]) -> ColumnElement[bool]:
    return number.in_(wanted)


def _none_of(number: ColumnElement[float], wanted: list[float]) -> ColumnElement[bool]:
    return number.not_in(wanted)


def _from(number: ColumnElement[float], wanted: list[float]) -> ColumnElement[bool]:
    return number >= min(wanted)


def _up_to(number: ColumnElement[float], wanted: list[float]) -> ColumnElement[bool]:
    return number <= max(wanted)


def _of_claim(column: Column[Any]) -> Ids:
    """From a table of which each row belongs to a claim."""
    return lambda fits: select(column).where(fits)


def _by_key(key: Column[Any], shared: Any, owner: Column[Any], *more: ColumnElement[bool]) -> Ids:
    """From a table that claims share: of rows whose `key` names one that fits."""
    return lambda fits: select(owner).where(key.in_(select(shared.c.id).where(fits)), *more)


def _actors(*roles: str) -> tuple[Held, ...]:
    mine = t.claim_actors.c.role.in_(roles)
    claim = t.claim_actors.c.claim_id
    words: Ids = lambda fits: select(claim).where(fits, mine)  # noqa: E731  # one line of the table below
    return (
        Held(t.actors.c.name, _by_key(t.claim_actors.c.actor_id, t.actors, claim, mine), indexed=False),
        Held(t.claim_actors.c.words, words),
    )


def _place(column: Column[Any]) -> Held:
    return Held(column, _by_key(t.claim_places.c.place_id, t.places, t.claim_places.c.claim_id), indexed=False)


def _source(column: Column[Any]) -> Held:
    return Held(column, _by_key(t.claims.c.source_id, t.sources, t.claims.c.id), indexed=False)


def _report(column: Column[Any], indexed: bool) -> Held:
    return Held(column, _by_key(t.claims.c.report_id, t.reports, t.claims.c.id), indexed=indexed)


CLOSED: dict[str, Column[Any]] = {
    "kind": t.claims.c.kind,
    "certainty": t.claims.c.certainty,
    "type": t.claims.c.event_type,
    "scope": t.claims.c.scope,
    "stance": t.claims.c.stance,
}
"""Filters whose values are those of a list, in a column of the claim's own; so is `background`, as a yes or no."""

HELD: dict[str, tuple[Held, ...]] = {
    "actor": _actors("initiator", "target"),
    "initiator": _actors("initiator"),
    "target": _actors("target"),
    "place": (
        Held(t.claim_places.c.words, _of_claim(t.claim_places.c.claim_id)),
        *map(_place, (t.places.c.name, t.places.c.admin1, t.places.c.admin2, t.places.c.country)),
    ),
    "operation": (Held(t.claims.c.operation, _of_claim(t.claims.c.id)),),
    "measure": (Held(t.figures.c.measure, _of_claim(t.figures.c.claim_id), lambda joined: joined.split("+")),),
    "object": (Held(t.figures.c.object, _of_claim(t.figures.c.claim_id)),),
    "source": (_source(t.sources.c.type),),
    "speaker": (
        _source(t.sources.c.speaker),
        _source(t.sources.c.organisation),
        Held(t.claim_outlets.c.outlet, _of_claim(t.claim_outlets.c.claim_id)),
    ),
    "publisher": (_report(t.reports.c.publisher, indexed=True),),
    "report": (_report(t.reports.c.id, indexed=False), _report(t.reports.c.title, indexed=False)),
}
"""Where the values of every other filter stand."""


def _event_actors(*roles: str) -> Callable[[Connection, Condition], ColumnElement[bool]]:
    def found(connection: Connection, c: Condition) -> ColumnElement[bool]:
        names = t.event_actors.c.name
        fitting = [name for name in distinct(connection, names) if any(_fits(c.name, wanted, name) for wanted in c.values)]
        some = select(t.event_actors.c.event_id).where(among(connection, names, fitting), t.event_actors.c.role.in_(roles))
        return t.events.c.id.in_(some)

    return found


EVENT_FILTERS: dict[str, Callable[[Connection, Condition], ColumnElement[bool]]] = {
    "kind": lambda connection, c: true() if "incident" in c.values else false(),
    "certainty": lambda connection, c: among(connection, t.events.c.certainty, c.values),
    "background": lambda connection, c: or_(*(t.events.c.background.is_(value == "yes") for value in c.values)),
    "type": lambda connection, c: among(connection, t.events.c.event_type, c.values),
    "actor": _event_actors("initiator", "target"),
    "initiator": _event_actors("initiator"),
    "target": _event_actors("target"),
}
"""Filters that an event meets by values of its own (`Filter.of_event`)."""
