"""What a map and a timeline draw of a selection: counts by place and by day, in one look at the events that it holds."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, Integer, Text, and_, cast, func, literal, null, select, union_all

from dateline.model import Claim, Place
from dateline.queries.conditions import among
from dateline.queries.events import PAGE, EventPage, Key, Order, page_of
from dateline.queries.selection import Selection
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.load import load_claims, load_places
from dateline.store.memory import Memory


class Spot(Struct, frozen=True):
    """A place with the number of events there; `key` is its row (`Selection.at`)."""

    key: str
    place: Place
    events: int


class Stretch(Struct, frozen=True):
    """How many events have this interval."""

    start: date
    end: date
    events: int


class Picture(Struct, frozen=True):
    """A selection by place and by time."""

    events: int
    spots: tuple[Spot, ...]  # by place key
    stretches: tuple[Stretch, ...]  # by start and end
    unplaced: int  # events whose place no gazetteer holds, or that name none
    undated: int


def picture(project: Project, selection: Selection) -> Picture:
    """Where and when the events of a selection were.  Raises FilterError."""
    return first_page(project, selection)[0]


def first_page(project: Project, selection: Selection, order: Order = "newest", size: int = PAGE) -> tuple[Picture, EventPage]:
    """The picture and the first events of a list, with one look for the events that they share.  Raises FilterError.

    Kept until the project changes (`Project.memory`), as the picture of map and timeline.
    """

    def look() -> tuple[Picture, EventPage]:
        with project.reading_tables() as connection:
            found, keys = _picture(connection, project.memory, selection, order, size + 1)
            return found, page_of(connection, keys, size)

    return project.memory.answer(("first page", selection, order, size), look)


def _picture(connection: Connection, memory: Memory, selection: Selection, order: Order, size: int) -> tuple[Picture, list[Key]]:
    events = t.events.c
    chosen = (
        select(events.id, events.place_id, events.time_start, func.coalesce(events.time_end, events.time_start).label("time_end"))
        .where(selection.events(connection))
        .cte("chosen")
        .prefix_with("MATERIALIZED")
    )
    count = func.count().label("events")
    start, end = cast(chosen.c.time_start, Text), cast(chosen.c.time_end, Text)
    by_place = select(chosen.c.place_id.label("key"), null().label("until"), count, literal(0, Integer).label("part"))
    by_time = select(start.label("key"), end.label("until"), count, literal(1, Integer).label("part"))
    newest = order == "newest"
    by_day = chosen.c.time_start.desc() if newest else chosen.c.time_start
    listed = select(chosen.c.id.label("key"), cast(chosen.c.place_id, Text).label("until"), literal(0, Integer).label("events"))
    dated_part = listed.add_columns(literal(2, Integer).label("part")).where(chosen.c.time_start.is_not(None))
    undated_part = listed.add_columns(literal(3, Integer).label("part")).where(chosen.c.time_start.is_(None))
    ordered = (
        dated_part.order_by(by_day, chosen.c.id.desc() if newest else chosen.c.id).limit(size).subquery("dated"),
        undated_part.order_by(chosen.c.id).limit(size).subquery("undated"),
    )
    rows = connection.execute(
        union_all(
            by_place.group_by(chosen.c.place_id),
            by_time.group_by(chosen.c.time_start, chosen.c.time_end),
            *(select(part) for part in ordered),
        )
    ).all()
    at = {key: number for key, _, number, part in rows if part == 0}
    when = [(first, last, number) for first, last, number, part in rows if part == 1]
    places = _places(connection, memory, [key for key in at if key is not None])
    dated = [(first, last, n) for first, last, n in when if first is not None]
    listed_keys = [(part, key, place) for key, place, _, part in rows if part >= 2]
    keys = [(key, place) for _, key, place in sorted(listed_keys, key=lambda one: one[0])][:size]
    drawn = Picture(
        events=sum(at.values()),
        spots=tuple(Spot(key, place, at[key]) for key, place in sorted(places.items())),
        stretches=tuple(Stretch(date.fromisoformat(a), date.fromisoformat(b), n) for a, b, n in sorted(dated)),
        unplaced=at.get(None, 0),
        undated=sum(n for first, _, n in when if first is None),
    )
    return drawn, keys


def _places(connection: Connection, memory: Memory, keys: Sequence[str]) -> dict[str, Place]:
    """The places of these rows.  A row's key is a hash of what it says: it is read once."""
    known: dict[str, Place] = memory.lasting.setdefault("places", {})
    known |= load_places(connection, [key for key in keys if key not in known])
    return {key: known[key] for key in keys if key in known}


def running_totals(project: Project, selection: Selection, *, limit: int) -> tuple[Sequence[Claim], int]:
    """The tallies with a time and a figure that a selection holds, those of the most days first, and how many have a time.

    Filters that only events have (a part of the map) are asked of the tallies' own places.
    """
    return project.memory.answer(("running totals", selection, limit), lambda: _running_totals(project, selection, limit))


def _running_totals(project: Project, selection: Selection, limit: int) -> tuple[Sequence[Claim], int]:
    claims = t.claims.c
    start, end = func.coalesce(claims.time_start, claims.time_end), func.coalesce(claims.time_end, claims.time_start)
    with project.reading_tables() as connection:
        chosen = and_(claims.kind == "tally", start.is_not(None), selection.claims(connection))
        days = end - start if connection.dialect.name == "postgresql" else func.julianday(end) - func.julianday(start)
        tallies = select(claims.id, days.label("days")).where(chosen).cte("tallies").prefix_with("MATERIALIZED")
        longest = select(tallies.c.id, func.count().over().label("tallies")).order_by(tallies.c.days.desc(), tallies.c.id)
        rows = connection.execute(longest.limit(limit * WITHOUT_FIGURE)).all()
        found = load_claims(connection, among(connection, claims.id, [row.id for row in rows])) if rows else []
    by_id = {claim.id: claim for claim in found if claim.figures}
    return [by_id[row.id] for row in rows if row.id in by_id][:limit], rows[0].tallies if rows else 0


WITHOUT_FIGURE = 4
"""So many times as many of the longest tallies are looked at as are wanted: some give no number."""
