"""The events: list, map and timeline of one selection, which is the page's URL."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from dateline import captions
from dateline.errors import FilterError
from dateline.filters import DATES, read_day
from dateline.lexicon.codebook import codebook
from dateline.model import Event
from dateline.queries import EventItem, EventPage, Selection, events_page, read_query, selection_sentence, to_query
from dateline.queries.events import PAGE, Order
from dateline.queries.picture import Picture, first_page, picture, running_totals
from dateline.queries.selection import phrases
from dateline.store import Project
from dateline.workbench.access import MayRead, User
from dateline.workbench.atlas import View, read_view
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import in_sight
from dateline.workbench.chronicle import BARS, Chronicle, draw_timeline
from dateline.workbench.mapping import Map, draw_map, whole_view
from dateline.workbench.rendering import page

router = APIRouter()
MAP_SIZE = (700, 400)
"""Pixels of the map as it is first drawn; a window of another shape asks again."""
NARROW = 900
Width = Annotated[int, Query(ge=200, le=2600)]
Height = Annotated[int, Query(ge=120, le=1800)]
OWN = frozenset({"after", "order", "view", "width", "height", "days"})
"""Parameters of these pages that are no part of the selection."""


class Row(Struct, frozen=True, kw_only=True):
    """An event as the list shows it; `lon`, `lat`, `km`, `first` and `last` tell the scripts where it is drawn."""

    id: str
    type: str
    label: str
    summary: str
    when: str
    place: str
    tolls: tuple[str, ...]
    sources: int
    lineages: int
    contradictions: int
    certainty: str
    background: bool
    lon: float | None
    lat: float | None
    km: float
    key: str | None
    first: int | None
    last: int | None


def row_of(item: EventItem) -> Row:
    event = item.event
    place, start = event.place, event.time_start or event.time_end
    return Row(
        id=event.id,
        type=event.event_type,
        label=captions.event_type(event.event_type),
        summary=captions.event_summary(event),
        when=captions.event_time(event),
        place=place_words(event),
        tolls=tuple(captions.figure(figure) for figure in event.figures[:3]),
        sources=event.sources,
        lineages=event.lineages,
        contradictions=len(event.contradictions),
        certainty=event.certainty,
        background=event.background,
        lon=place.lon if place else None,
        lat=place.lat if place else None,
        km=(place.radius_km or 0.0) if place and place.geo_precision > 1 else 0.0,
        key=item.place_key,
        first=start.toordinal() if start else None,
        last=(event.time_end or start).toordinal() if start else None,
    )


def place_words(event: Event) -> str:
    """The event's place with its province, or its words with the remark that no gazetteer holds them."""
    if event.place is None:
        return f"{event.place_words} (not on the map)" if event.place_words else "no place named"
    place = event.place
    return ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part))


def selection_of(request: Request, user: User, project: Project) -> Selection:
    """The selection in a request's URL, as far as the user may see it.  Raises FilterError."""
    selection = read_query((key, value) for key, value in request.query_params.multi_items() if key not in OWN)
    return in_sight(project, user, selection)


@router.get("/events")
def events_screen(
    request: Request, user: MayRead, bench: TheBench, after: str | None = None, order: Order = "newest"
) -> Response:
    """List, map and timeline."""
    try:
        selection = selection_of(request, user, bench.project)
        return _screen(request, bench.project, selection, after, order, fault="")
    except FilterError as e:  # the page with its form stays, so that the filter can be put right
        return _screen(request, bench.project, in_sight(bench.project, user, Selection()), None, order, fault=str(e))


@router.get("/events/rows")
def more_rows(request: Request, user: MayRead, bench: TheBench, after: str | None = None, order: Order = "newest") -> Response:
    """The next rows of the list, to be put under those that are there."""
    selection = selection_of(request, user, bench.project)
    found = events_page(bench.project, selection, after=after, order=order)
    return page(request, "event_rows.html.j2", rows=[row_of(item) for item in found.items], next=_next(selection, found, order))


@router.get("/events/map")
def events_map(
    request: Request,
    user: MayRead,
    bench: TheBench,
    view: str | None = None,
    width: Width = MAP_SIZE[0],
    height: Height = MAP_SIZE[1],
) -> Response:
    """The map of a view; of all events of the selection where none is given."""
    selection = selection_of(request, user, bench.project)
    found = picture(bench.project, selection)
    drawn = _map(bench.project, selection, found, read_view(view, width, height) if view else (width, height))
    return page(request, "event_map.html.j2", map=drawn, picture=found, here=Links(selection))


@router.get("/events/timeline")
def events_timeline(
    request: Request, user: MayRead, bench: TheBench, days: str | None = None, width: Width = MAP_SIZE[0]
) -> Response:
    """The timeline, or some days of it (`days=2019-01,2019-06`)."""
    selection = selection_of(request, user, bench.project)
    found = picture(bench.project, selection)
    drawn = _timeline(bench.project, selection, found, width, days)
    return page(request, "event_timeline.html.j2", timeline=drawn, picture=found, here=Links(selection))


def _screen(request: Request, project: Project, selection: Selection, after: str | None, order: Order, fault: str) -> Response:
    found, rows = first_page(project, selection, order, PAGE)
    if after:
        rows = events_page(project, selection, after=after, order=order)
    return page(
        request,
        "events.html.j2",
        status=400 if fault else 200,
        fault=fault,
        selection=selection,
        says=selection_sentence("events", selection, _place_name(found, selection)),
        parts=[(words, f"/events?{to_query(left)}") for words, left in phrases(selection)],
        query=to_query(selection),
        given=_given(selection),
        kept=_kept(selection),
        types=[(one.name, one.label) for one in codebook().event_types],
        order=order,
        rows=[row_of(item) for item in rows.items],
        next=_next(selection, rows, order),
        picture=found,
        map=_map(project, selection, found, MAP_SIZE),
        timeline=_timeline(project, selection, found, MAP_SIZE[0], None),
        here=Links(selection),
    )


def _map(project: Project, selection: Selection, found: Picture, seen: View | tuple[int, int]) -> Map:
    """The map of a view; of a size in pixels, that of all events.  Kept until the project changes."""

    def draw() -> Map:
        return draw_map(found.spots, seen if isinstance(seen, View) else whole_view(found.spots, *seen))

    return project.memory.answer(("map", selection, seen), draw)


def _timeline(project: Project, selection: Selection, found: Picture, width: int, days: str | None) -> Chronicle | None:
    """The timeline of some days, else of all.  Kept until the project changes."""
    totals, tallies = running_totals(project, selection, limit=BARS)
    span = _days(days) if days else None
    return project.memory.answer(
        ("timeline", selection, width, span), lambda: draw_timeline(found.stretches, totals, tallies, width, span)
    )


def _days(words: str) -> tuple[date, date]:
    first, mark, last = words.partition(",")
    bounds = read_day(first), read_day(last if mark else first, last=True)
    if bounds[0] > bounds[1]:
        raise FilterError(f"{words!r} ends before it begins")
    return bounds


def _next(selection: Selection, found: EventPage, order: Order) -> str | None:
    if found.after is None:
        return None
    more = {"after": found.after} | ({"order": order} if order != "newest" else {})
    return to_query(selection, **more)


class Links(Struct, frozen=True):
    """URLs that keep the selection and change one thing of it."""

    selection: Selection

    def at(self, key: str) -> str:
        return "/events?" + to_query(Selection(self.selection.conditions, self.selection.words, None, key))

    def during(self, first: date, last: date) -> str:
        kept = tuple(c for c in self.selection.conditions if c.name not in DATES)
        wanted = msgspec.structs.replace(self.selection, conditions=kept)
        return "/events?" + to_query(wanted, since=f"{first}", until=f"{last}")


FIELDS = ("type", "place", "actor", "source", "since", "until")
Given = dict[str, str]


def _given(selection: Selection) -> Given:
    """What the form's fields show: filters of one value that hold, not those that exclude."""
    shown = dict.fromkeys((*FIELDS, "words"), "")
    shown["words"] = selection.words
    for c in selection.conditions:
        if c.name in shown and c.operator == "=" and len(c.values) == 1:
            shown[c.name] = c.values[0]
    return shown


def _kept(selection: Selection) -> Sequence[tuple[str, str]]:
    """The filters that the form has no field for, which it sends along."""
    given = _given(selection)
    pairs = [
        (f"{c.name}{c.operator[:-1]}", value)
        for c in selection.conditions
        for value in c.values
        if given.get(c.name) != value or c.operator != "="
    ]
    if selection.at:
        pairs.append(("at", selection.at))
    if (box := selection.within) is not None:
        pairs.append(("within", ",".join(f"{edge:.5g}" for edge in (box.west, box.south, box.east, box.north))))
    return pairs


def _place_name(found: Picture, selection: Selection) -> str | None:
    return next((spot.place.name for spot in found.spots if spot.key == selection.at), None)
