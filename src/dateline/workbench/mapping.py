"""What the map of events draws: each place as precisely as it is known, and no more.

A province or country is its own area, a range or a stretch of road a circle as wide as it may be, a town a dot.  Dots that
would cover each other at this zoom are one, with their count: what is sent does not grow with the project.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.gazetteer.shapes import circle_km, outline_numbers
from dateline.model import Place
from dateline.queries import Box
from dateline.queries.picture import Spot
from dateline.workbench.atlas import Base, View, base_of, outline_of, view_of

CELL = 34
"""Pixels within which dots are one."""
MARGIN = 60
"""Pixels beyond the edges that are drawn, so that a small move shows no holes."""
MIN_CIRCLE = 7.0
OVERLAP = 0.85
"""Of the sum of two radii: nearer than that, two clusters are drawn as one."""
AREAS = 400
"""Areas and circles of one view, those with the most events first; the rest are counted, not drawn."""

MarkKind = Literal["dot", "cluster", "area", "circle"]


class Mark(Struct, frozen=True, kw_only=True):
    """One thing on the map: `path` of an area, `r` of a circle or dot, in pixels."""

    kind: MarkKind
    x: float
    y: float
    r: float
    events: int
    places: int
    name: str
    keys: tuple[str, ...]  # of the places' rows; of a cluster the first few
    path: str = ""
    wash: int = 1  # 1 to 5, by how many events
    box: Box | None = None  # of a cluster: what to zoom to


class Map(Struct, frozen=True):
    """A view with all that is drawn in it."""

    view: View
    base: Base
    areas: tuple[Mark, ...]
    circles: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    counted: tuple[Mark, ...]  # areas and circles whose number has room
    shown: int  # events at places in the view
    beyond: int  # events at places outside of it
    undrawn: int  # areas and circles that were too many to draw


def draw_map(spots: Sequence[Spot], view: View) -> Map:
    """The marks of the places of a view."""
    inside = [spot for spot in spots if _in_view(spot.place, view)]
    wide = [(spot, _outline(spot.place), circle_km(spot.place)) for spot in inside]
    areas = sorted(((s, numbers) for s, numbers, _ in wide if numbers), key=lambda pair: (-pair[0].events, pair[0].key))
    circles = sorted(((s, km) for s, numbers, km in wide if km and not numbers), key=lambda pair: (-pair[0].events, pair[0].key))
    drawn = [(s, km) for s, km in circles if view.radius(km, s.place.lat) >= MIN_CIRCLE]
    points = [s for s, numbers, km in wide if not numbers and not (km and view.radius(km, s.place.lat) >= MIN_CIRCLE)]
    most = max((spot.events for spot in inside), default=1)
    area_marks = tuple(_area(spot, numbers, view, most) for spot, numbers in areas[:AREAS])
    circle_marks = tuple(_circle(spot, km, view, most) for spot, km in drawn[:AREAS])
    dots = tuple(_dots(points, view))
    return Map(
        view=view,
        base=base_of(view),
        areas=area_marks,
        circles=circle_marks,
        dots=dots,
        counted=tuple(_with_room((*area_marks, *circle_marks), dots)),
        shown=sum(spot.events for spot in inside),
        beyond=sum(spot.events for spot in spots) - sum(spot.events for spot in inside),
        undrawn=max(0, len(areas) - AREAS) + max(0, len(drawn) - AREAS),
    )


def whole_view(spots: Sequence[Spot], width: int, height: int) -> View:
    """The view that shows all places with their reach; the world where there is none."""
    if not spots:
        return view_of(Box(-170.0, -55.0, 180.0, 75.0), width, height)
    reach = [(spot.place, min(6.0, (spot.place.radius_km or 0) / 111)) for spot in spots]
    box = Box(
        min(p.lon - d for p, d in reach), max(-84.0, min(p.lat - d for p, d in reach)),
        max(p.lon + d for p, d in reach), min(84.0, max(p.lat + d for p, d in reach)),
    )  # fmt: skip
    if box.east - box.west < 1.5:  # one town: with the country around it
        middle = (box.east + box.west) / 2
        box = Box(middle - 1.2, box.south - 0.6, middle + 1.2, box.north + 0.6)
    return view_of(box, width, height, margin=0.06)


@lru_cache(maxsize=1 << 14)
def _outline(place: Place) -> tuple[int, ...]:
    return outline_numbers(place)


def _in_view(place: Place, view: View) -> bool:
    reach = MARGIN + view.radius(place.radius_km or 0, place.lat)
    x, y = view.x(place.lon), view.y(place.lat)
    return -reach <= x <= view.width + reach and -reach <= y <= view.height + reach


def _area(spot: Spot, numbers: Sequence[int], view: View, most: int) -> Mark:
    return Mark(
        kind="area", x=round(view.x(spot.place.lon), 1), y=round(view.y(spot.place.lat), 1), r=0, events=spot.events, places=1,
        name=spot.place.name, keys=(spot.key,), path=outline_of(numbers, view), wash=_wash(spot.events, most),
    )  # fmt: skip


def _circle(spot: Spot, km: float, view: View, most: int) -> Mark:
    return Mark(
        kind="circle", x=round(view.x(spot.place.lon), 1), y=round(view.y(spot.place.lat), 1),
        r=round(view.radius(km, spot.place.lat), 1), events=spot.events, places=1, name=spot.place.name, keys=(spot.key,),
        wash=_wash(spot.events, most),
    )  # fmt: skip


def _dots(spots: Sequence[Spot], view: View) -> list[Mark]:
    """Dots, and those of one cell as one.  Cells are fixed to the map, so that a move does not shuffle the counts."""
    size = CELL / view.scale
    cells: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in spots:
        top = (view.y(spot.place.lat) - view.y(0)) / view.scale
        cells[math.floor(spot.place.lon / size), math.floor(top / size)].append(spot)
    return _apart([(_dot(some, view), some) for _, some in sorted(cells.items())], view)


def _apart(marks: Sequence[tuple[Mark, list[Spot]]], view: View) -> list[Mark]:
    """Neighbours that still cover each other, joined to the larger: a number that cannot be read says nothing."""
    kept: list[tuple[Mark, list[Spot]]] = []
    for mark, spots in sorted(marks, key=lambda pair: (-pair[0].events, pair[0].keys)):
        near = next((n for n, (other, _) in enumerate(kept) if _covers(other, mark)), None)
        if near is None:
            kept.append((mark, spots))
        else:
            joined = [*kept[near][1], *spots]
            whole = _dot(joined, view)
            kept[near] = (msgspec.structs.replace(whole, x=kept[near][0].x, y=kept[near][0].y), joined)
    return sorted((mark for mark, _ in kept), key=lambda mark: (mark.events, mark.keys))


def _covers(one: Mark, other: Mark) -> bool:
    return math.hypot(one.x - other.x, one.y - other.y) < (one.r + other.r) * OVERLAP


def _with_room(wide: Sequence[Mark], dots: Sequence[Mark]) -> list[Mark]:
    """Areas whose number covers no dot and no other number."""
    kept: list[Mark] = []
    for mark in wide:
        free = all(math.hypot(mark.x - dot.x, mark.y - dot.y) > dot.r + 8 for dot in dots)
        if mark.events > 1 and free and all(abs(mark.x - one.x) > 24 or abs(mark.y - one.y) > 12 for one in kept):
            kept.append(mark)
    return kept


def _dot(spots: Sequence[Spot], view: View) -> Mark:
    """One dot or one cluster, where most of its events are."""
    first = min(spots, key=lambda spot: (-spot.events, spot.key))
    events = sum(spot.events for spot in spots)
    if len(spots) == 1:
        x, y, r = view.x(first.place.lon), view.y(first.place.lat), 4.5 if events == 1 else _size(events)
    else:
        x = sum(view.x(s.place.lon) * s.events for s in spots) / events
        y = sum(view.y(s.place.lat) * s.events for s in spots) / events
        r = _size(events)
    more = f" and {len(spots) - 1} more places" if len(spots) > 1 else ""
    box = Box(
        min(s.place.lon for s in spots), min(s.place.lat for s in spots),
        max(s.place.lon for s in spots), max(s.place.lat for s in spots),
    )  # fmt: skip
    return Mark(
        kind="dot" if len(spots) == 1 else "cluster", x=round(x, 1), y=round(y, 1), r=round(r, 1), events=events,
        places=len(spots), name=first.place.name + more, keys=tuple(spot.key for spot in spots[:60]),
        box=box if len(spots) > 1 else None,
    )  # fmt: skip


def _size(events: int) -> float:
    """Pixels: the count has room, and ten times as many are a little larger."""
    return 7 + 2.6 * math.log10(max(1, events)) + 1.2 * len(f"{events}")


def _wash(events: int, most: int) -> int:
    """How deep an area is coloured, by the logarithm of its events."""
    return 1 + round(4 * math.log1p(events) / math.log1p(max(most, 1)))
