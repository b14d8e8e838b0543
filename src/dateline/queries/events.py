"""Pages of events, by key and not by number: the next page is found as fast as the first, and nothing is counted for it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, select, tuple_

from dateline.errors import FilterError
from dateline.filters import read_day
from dateline.model import Event
from dateline.queries.selection import Selection
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.load import load_events

PAGE = 50
Order = Literal["newest", "oldest"]


class EventItem(Struct, frozen=True):
    """An event of a list: the record, and the row of its place (`Selection.at` takes it)."""

    event: Event
    place_key: str | None


class EventPage(Struct, frozen=True):
    """Some events of a list; `after` begins the next page, None on the last."""

    items: tuple[EventItem, ...]
    after: str | None


Key = tuple[str, str | None]
"""The id of an event, and the row of its place."""


def events_page(
    project: Project, selection: Selection, *, after: str | None = None, order: Order = "newest", size: int = PAGE
) -> EventPage:
    """The events of a selection by their first day (those without one last), `size` at a time.

    `after` is that of the page before.  Raises FilterError where it, or the selection, is none.
    """
    with project.reading_tables() as connection:
        return page_of(connection, list(_keys(connection, selection.events(connection), after, order, size + 1)), size)


def page_of(connection: Connection, keys: Sequence[Key], size: int) -> EventPage:
    """The page of these events, of which there is one more than `size` where another page follows."""
    places = dict(keys[:size])
    events = load_events(connection, list(places))
    last = _cursor(events[-1]) if events and len(keys) > size else None
    return EventPage(tuple(EventItem(event, places[event.id]) for event in events), last)


def selected_events(connection: Connection, selection: Selection) -> list[str]:
    """The ids of all events of a selection, the oldest first, those without a day last.  Raises FilterError."""
    chosen = selection.events(connection)
    return [i for i, _ in _keys(connection, chosen, None, "oldest", None)]


def _keys(
    connection: Connection, chosen: ColumnElement[bool], after: str | None, order: Order, size: int | None
) -> Iterator[Key]:
    """Id and place of events.  The dated and the undated are asked for apart: databases sort nulls unlike."""
    start, key = t.events.c.time_start, t.events.c.id
    newest = order == "newest"
    day, last = _read_cursor(after) if after else (None, None)
    found = 0
    shown = select(key, t.events.c.place_id).where(chosen)
    if last is None or day is not None:
        dated = shown.where(start.is_not(None))
        if day is not None:
            here = tuple_(start, key)
            dated = dated.where(here < (day, last) if newest else here > (day, last))
        ordered = (start.desc(), key.desc()) if newest else (start, key)
        for row in connection.execute(dated.order_by(*ordered).limit(size)):
            found += 1
            yield row.id, row.place_id
    if size is not None and found >= size:
        return
    undated = shown.where(start.is_(None))
    if last is not None and day is None:
        undated = undated.where(key > last)
    for row in connection.execute(undated.order_by(key).limit(None if size is None else size - found)):
        yield row.id, row.place_id


def _cursor(event: Event) -> str:
    return f"{event.time_start or ''}~{event.id}"


def _read_cursor(after: str) -> tuple[date | None, str]:
    day, mark, event_id = after.partition("~")
    if not mark or not event_id:
        raise FilterError(f"{after!r} begins no page")
    return (read_day(day) if day else None), event_id
