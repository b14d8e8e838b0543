"""The base map: land, borders and provinces as paths of SVG, as finely as the view can show them.

Mercator, as on any map of the web: circles stay circles.  `World` holds all borders as numbers once; each view takes those it
touches, in its own pixels.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from msgspec import Struct

from dateline.errors import FilterError
from dateline.exports.page.outlines import world as coarse_world
from dateline.gazetteer.outlines import outlines
from dateline.queries import Box

FINE = 5.0
"""Pixels a degree from which provinces are drawn; below, countries."""
NORTHMOST = 84.0
_KM_A_DEGREE = 111.32
Array = np.ndarray[Any, np.dtype[np.float64]]
Halves = np.ndarray[Any, np.dtype[np.int64]]


class View(Struct, frozen=True):
    """A part of the map on a drawing of `width` by `height` pixels.  Made by `view_of`, which makes it fill the drawing."""

    box: Box
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Pixels a degree of longitude."""
        return self.width / (self.box.east - self.box.west)

    def x(self, lon: float) -> float:
        return (lon - self.box.west) * self.scale

    def y(self, lat: float) -> float:
        return (mercator(self.box.north) - mercator(lat)) * self.scale

    def radius(self, km: float, lat: float) -> float:
        """Pixels of so many kilometres at a latitude."""
        return km / (_KM_A_DEGREE * max(0.1, math.cos(math.radians(lat)))) * self.scale


@lru_cache(maxsize=1 << 16)  # every view asks for the same towns
def mercator(lat: float) -> float:
    """A latitude as the map's ordinate, in degrees of longitude at the equator."""
    lat = max(-NORTHMOST, min(NORTHMOST, lat))
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def latitude(ordinate: float) -> float:
    """The way back from `mercator`."""
    return math.degrees(math.atan(math.sinh(math.radians(ordinate))))


def view_of(box: Box, width: int, height: int, *, margin: float = 0.0) -> View:
    """A view that shows all of `box` in the middle of the drawing, with `margin` of its size around it."""
    west, east = box.west, box.east if box.east >= box.west else box.east + 360
    low, high = mercator(box.south), mercator(box.north)
    wide, tall = (east - west) * (1 + 2 * margin), (high - low) * (1 + 2 * margin)
    wide = min(360.0, max(wide, tall * width / height, 0.02))
    tall = wide * height / width
    x, y = (west + east) / 2, (low + high) / 2
    limit = mercator(NORTHMOST)
    y = 0.0 if tall > 2 * limit else max(-limit + tall / 2, min(limit - tall / 2, y))
    return View(Box(x - wide / 2, latitude(y - tall / 2), x + wide / 2, latitude(y + tall / 2)), width, height)


class Base(Struct, frozen=True):
    """The paths of a view: values of `d`, in half pixels.  `labels` are names of countries with their middles, in pixels."""

    land: str
    inner: str
    outer: str
    disputed: str
    labels: tuple[tuple[str, float, float], ...]
    fine: bool


@lru_cache(maxsize=32)
def base_of(view: View) -> Base:
    """Land and borders of a view; provinces where it is near enough to tell them apart."""
    fine = view.scale >= FINE
    drawn = _drawing(view, fine)
    areas = drawn.world.touching(view.box)
    inner, outer = drawn.world.borders(areas)
    return Base(
        land="".join(map(drawn.area, areas)),
        inner="".join(map(drawn.line, inner)) if fine else "",
        outer="".join(map(drawn.line, outer)),
        disputed="".join(drawn.path(line) for line in disputed_lines()),
        labels=tuple(_labels(view)),
        fine=fine,
    )


def outline_of(numbers: Iterable[int], view: View) -> str:
    """The path of some provinces (numbers as `gazetteer.shapes.outline_numbers` gives them), in half pixels."""
    return "".join(map(_drawing(view, True).area, numbers))


class World:
    """Areas that share borders: arcs of (longitude, ordinate), and of each area the rings that arcs make."""

    def __init__(self, topology: dict[str, Any], geometries: Sequence[dict[str, Any]], country: str) -> None:
        (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
        self.arcs = [_arc(arc, scale_x, scale_y, move_x, move_y) for arc in topology["arcs"]]
        self.rings = [_rings(geometry) for geometry in geometries]
        self.countries = [geometry["properties"][country] for geometry in geometries]
        boxes = np.array([(*arc.min(axis=0), *arc.max(axis=0)) for arc in self.arcs])
        of = [sorted({~n if n < 0 else n for ring in rings for n in ring}) for rings in self.rings]
        self.boxes = np.array([(*boxes[some, :2].min(axis=0), *boxes[some, 2:].max(axis=0)) for some in of])
        self._arcs_of = of
        self._users = _users(of, len(self.arcs))

    def touching(self, box: Box) -> list[int]:
        """The areas whose own box meets a box."""
        west, south, east, north = self.boxes.T
        met = (west <= box.east) & (east >= box.west) & (south <= mercator(box.north)) & (north >= mercator(box.south))
        return [int(n) for n in np.flatnonzero(met)]

    def borders(self, areas: Iterable[int]) -> tuple[list[int], list[int]]:
        """The arcs of some areas: those between two areas of one country, and the rest (coasts, borders of countries)."""
        inner: list[int] = []
        outer: list[int] = []
        for arc in sorted({n for area in areas for n in self._arcs_of[area]}):
            users = self._users[arc]
            same = len(users) > 1 and len({self.countries[user] for user in users}) == 1
            (inner if same else outer).append(arc)
        return inner, outer


class Drawing:
    """A world in the half pixels of a view: points that fall on the same one are one."""

    def __init__(self, world: World, view: View) -> None:
        self.world = world
        self._view = view
        self._corner = (view.box.west, mercator(view.box.north))
        self._points: dict[int, Halves] = {}

    def line(self, arc: int) -> str:
        return _path(self._arc(arc))

    def area(self, number: int) -> str:
        return "".join(self._ring(ring) for ring in self.world.rings[number])

    def path(self, line: Array) -> str:
        """Any line of (longitude, ordinate); empty where it is out of sight."""
        points = self._halves(line)
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        out = right < 0 or left > 2 * self._view.width or bottom < 0 or top > 2 * self._view.height
        return "" if out else _path(points)

    def _ring(self, ring: Sequence[int]) -> str:
        points = np.concatenate([self._arc(n) if n >= 0 else self._arc(~n)[::-1] for n in ring])
        return f"{_path(points)}Z" if len(points) > 3 else ""

    def _arc(self, number: int) -> Halves:
        if number not in self._points:
            self._points[number] = self._halves(self.world.arcs[number])
        return self._points[number]

    def _halves(self, line: Array) -> Halves:
        scale = 2 * self._view.scale
        halves = np.rint((line - self._corner) * (scale, -scale)).astype(np.int64)
        kept = np.ones(len(halves), dtype=bool)
        kept[1:] = (halves[1:] != halves[:-1]).any(axis=1)
        found: Halves = halves[kept]
        return found


def _path(points: Halves) -> str:
    if len(points) < 2:
        return ""
    steps = np.diff(points, axis=0)
    told = " ".join(map(str, steps[(steps != 0).any(axis=1)].ravel().tolist()))
    return f"M{points[0, 0]} {points[0, 1]}l{told}" if told else ""


@lru_cache(maxsize=4)
def _drawing(view: View, fine: bool) -> Drawing:
    return Drawing(provinces() if fine else countries(), view)


@cache
def provinces() -> World:
    found = outlines()
    return World(found.topology, [area.geometry for area in found.areas], "n")


@cache
def countries() -> World:
    topology = coarse_world()
    (layer,) = topology["objects"].values()
    return World(topology, [geometry for geometry in layer["geometries"] if geometry.get("arcs")], "n")


@cache
def disputed_lines() -> tuple[Array, ...]:
    """Borders that are not agreed on, as Natural Earth has them."""
    lines = (
        part
        for geometry in coarse_world()["disputed"]
        for part in ([geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"])
    )
    return tuple(np.array([(lon, mercator(lat)) for lon, lat in line]) for line in lines)


@cache
def country_labels() -> tuple[tuple[str, float, float, float], ...]:
    """Name, longitude and latitude of the middle, and width in degrees of each country."""
    return tuple((name, lon, lat, size) for name, lon, lat, size in coarse_world()["labels"])


def _labels(view: View) -> Iterable[tuple[str, float, float]]:
    """Names of countries that have room in the view, with their places in it."""
    for name, lon, lat, size in country_labels():
        x, y = view.x(lon), view.y(lat)
        if size * view.scale >= len(name) * 7 + 24 and 20 < x < view.width - 20 and 14 < y < view.height - 14:
            yield name, round(x, 1), round(y, 1)


def _arc(arc: list[list[int]], scale_x: float, scale_y: float, move_x: float, move_y: float) -> Array:
    points = np.cumsum(np.array(arc, dtype=np.float64), axis=0) * (scale_x, scale_y) + (move_x, move_y)
    lat = np.clip(points[:, 1], -NORTHMOST, NORTHMOST)
    points[:, 1] = np.degrees(np.arcsinh(np.tan(np.radians(lat))))
    found: Array = points
    return found


def _rings(geometry: dict[str, Any]) -> list[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [ring for rings in polygons for ring in rings]


def _users(arcs_of: Sequence[Sequence[int]], arcs: int) -> list[list[int]]:
    users: list[list[int]] = [[] for _ in range(arcs)]
    for area, some in enumerate(arcs_of):
        for arc in some:
            users[arc].append(area)
    return users


def read_view(words: str, width: int, height: int) -> View:
    """The view of "WEST,SOUTH,EAST,NORTH" on a drawing of a size.  Raises FilterError."""
    try:
        west, south, east, north = (float(edge) for edge in words.split(","))
        if not (-400 <= west < east <= 400 and -90 <= south <= north <= 90):
            raise ValueError
    except ValueError:
        raise FilterError(f"{words!r} is no view of the map. Write WEST,SOUTH,EAST,NORTH in degrees") from None
    return view_of(Box(west, south, east, north), width, height)
