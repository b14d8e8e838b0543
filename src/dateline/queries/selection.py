"""What a user selects: filters, words, a part of the map.  Each selection is a URL, and a sentence.

/events?type=arrest&place=Kirkuk&since=2019        events of type arrest in Kirkuk, since 2019
/events?killed>=10&words=car+bomb                  events with at least 10 killed, whose reports say “car bomb”
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, not_, select

from dateline.errors import FilterError
from dateline.filters import FILTERS, Condition, Operator, Table, condition, parse, sentence
from dateline.queries.conditions import among, claims_where, events_where
from dateline.queries.search import claims_saying, plain
from dateline.store import tables as t

WORDS, WITHIN, AT, FILTER = "words", "within", "at", "filter"
"""Parameters beside the filters: words that a claim's sentence holds, a box of the map, one place by its row's id, and a
filter as it is written elsewhere ("killed>=10")."""

MAX_CONDITIONS = 40
"""Of one URL: more is no question that a person asks."""


class Box(Struct, frozen=True):
    """A part of the map in degrees; `west` > `east` where it crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def words(self) -> str:
        return f"{_degrees(self.south, 'S', 'N')} to {_degrees(self.north, 'S', 'N')}, " + (
            f"{_degrees(self.west, 'W', 'E')} to {_degrees(self.east, 'W', 'E')}"
        )

    def where(self) -> ColumnElement[bool]:
        """A condition on `tables.places`."""
        lon, lat = t.places.c.lon, t.places.c.lat
        across = lon.between(self.west, self.east) if self.west <= self.east else (lon >= self.west) | (lon <= self.east)
        return and_(lat.between(self.south, self.north), across)


class Selection(Struct, frozen=True):
    """Everything that narrows a list, a map, a timeline or an export; empty: all.

    `hidden` are reports that whoever asks may not see, the claims of which and the events that hold one are left out.  It comes
    from who asks and not from the URL, and is no filter: a selection that only hides is empty.
    """

    conditions: tuple[Condition, ...] = ()
    words: str = ""
    within: Box | None = None
    at: str | None = None
    hidden: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.conditions or self.words or self.within or self.at)

    def events(self, connection: Connection) -> ColumnElement[bool]:
        """A condition on `tables.events`.  Raises FilterError."""
        found = [events_where(connection, self.conditions)]
        if self.words:
            links = t.event_claims
            found.append(
                t.events.c.id.in_(select(links.c.event_id).where(links.c.claim_id.in_(claims_saying(connection, self.words))))
            )
        if self.at is not None:
            found.append(t.events.c.place_id == self.at)
        if self.within is not None:
            found.append(t.events.c.place_id.in_(select(t.places.c.id).where(self.within.where())))
        if self.hidden:
            found.append(t.events.c.id.not_in(self.hidden_events(connection)))
        return and_(*found)

    def hidden_events(self, connection: Connection) -> Select[tuple[str]]:
        """The ids of the events that hold a claim of a hidden report."""
        links = t.event_claims.alias("hidden_links")
        theirs = select(t.claims.c.id).where(among(connection, t.claims.c.report_id, self.hidden))
        return select(links.c.event_id).where(links.c.claim_id.in_(theirs))

    def claims(self, connection: Connection) -> ColumnElement[bool]:
        """A condition on `tables.claims`.  Raises FilterError."""
        found = [claims_where(connection, self.conditions)]
        if self.words:
            found.append(t.claims.c.id.in_(claims_saying(connection, self.words)))
        there = []
        if self.at is not None:
            there.append(among(connection, t.claim_places.c.place_id, [self.at]))
        if self.within is not None:
            there.append(t.claim_places.c.place_id.in_(select(t.places.c.id).where(self.within.where())))
        found += [t.claims.c.id.in_(select(t.claim_places.c.claim_id).where(one)) for one in there]
        if self.hidden:
            found.append(not_(among(connection, t.claims.c.report_id, self.hidden)))
        return and_(*found)

    def without(self, number: int) -> "Selection":
        """The selection without its n-th condition."""
        kept = tuple(c for n, c in enumerate(self.conditions) if n != number)
        return msgspec.structs.replace(self, conditions=kept)


def read_query(pairs: Iterable[tuple[str, str]]) -> Selection:
    """The selection of a URL's parameters.

    `place!=Anbar` and `killed>=10` reach us as parameters called "place!" and "killed>".  A parameter that comes twice widens,
    as does a comma where the values are those of a list.  Empty ones are left out: an unfilled field of a form is no filter.
    Raises FilterError for what is no filter.
    """
    values: dict[tuple[str, Operator], list[str]] = {}
    words, within, at = "", None, None
    for key, value in pairs:
        value = value.strip()
        if not value:
            continue
        if key == FILTER:
            one = parse(value)
            values.setdefault((one.name, one.operator), []).extend(one.values)
        elif key == WORDS:
            words = plain(value)
        elif key == WITHIN:
            within = _box(value)
        elif key == AT:
            at = value
        else:
            name, operator = _name(key)
            listed = name in FILTERS and FILTERS[name].known is not None
            values.setdefault((name, operator), []).extend(value.split(",") if listed else [value])
    if len(values) > MAX_CONDITIONS or sum(map(len, values.values())) > MAX_CONDITIONS:
        raise FilterError(f"more than {MAX_CONDITIONS} filters at once; leave some out")
    found = (condition(name, *some, operator=operator) for (name, operator), some in values.items())
    return Selection(tuple(found), words, within, at)


def to_query(selection: Selection, **more: str) -> str:
    """The URL's parameters of a selection, and further ones, without the question mark."""
    pairs = [(f"{c.name}{c.operator[:-1]}", value) for c in selection.conditions for value in c.values]
    if selection.words:
        pairs.append((WORDS, selection.words))
    if (box := selection.within) is not None:
        pairs.append((WITHIN, ",".join(f"{edge:.5g}" for edge in (box.west, box.south, box.east, box.north))))
    if selection.at is not None:
        pairs.append((AT, selection.at))
    return urlencode([*pairs, *more.items()])


def selection_sentence(table: Table, selection: Selection, place: str | None = None) -> str:
    """What is shown, in words; `place` is the name of the place of `at`."""
    text = sentence(table, selection.conditions)
    if selection.words:
        text += f", whose reports say “{selection.words}”"
    if selection.at is not None:
        text += f", at {place or 'one place'}"
    if selection.within is not None:
        text += f", within {selection.within.words()}"
    if hidden := len(selection.hidden):
        text += f", without {hidden} {'report' if hidden == 1 else 'reports'} that you code blind"
    return text


def phrases(selection: Selection) -> Sequence[tuple[str, Selection]]:
    """Each part of a selection in words, with the selection that is left when it is taken away."""
    found = [(_bare(c), selection.without(n)) for n, c in enumerate(selection.conditions)]
    if selection.words:
        found.append((f"“{selection.words}”", msgspec.structs.replace(selection, words="")))
    if selection.at is not None:
        found.append(("one place", msgspec.structs.replace(selection, at=None)))
    if selection.within is not None:
        found.append((f"within {selection.within.words()}", msgspec.structs.replace(selection, within=None)))
    return found


def _bare(c: Condition) -> str:
    """A condition's own words: the sentence of it alone, without the noun."""
    said = sentence("events", (c,))
    return said.removeprefix("events").removesuffix("events").strip(" ,") or said


def _name(key: str) -> tuple[str, Operator]:
    for end, operator in (("!", "!="), (">", ">="), ("<", "<=")):
        if key.endswith(end):
            return key[:-1], operator  # type: ignore[return-value]  # the table holds just these
    return key, "="


def _box(value: str) -> Box:
    try:
        west, south, east, north = (float(edge) for edge in value.split(","))
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            raise ValueError
    except ValueError:
        raise FilterError(
            f"{value!r} is no part of the map. Write WEST,SOUTH,EAST,NORTH in degrees, as in 38.8,29,48.6,37.4"
        ) from None
    return Box(west, south, east, north)


def _degrees(value: float, negative: str, positive: str) -> str:
    return f"{abs(value):.3g}° {positive if value >= 0 else negative}"
