"""The base map: outlines of the world, and provinces of the countries that the page shows.  No tiles, no network.

Files are TopoJSON: borders are arcs, stored once, as differences of whole numbers; `base/build.py` makes them.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from dateline.model import Place

NEAR_DEGREES = 3.0
"""Countries within this of a place are drawn in detail: what a reader sees at the map's first zoom."""
MAX_DETAIL_POINTS = 60_000
"""Keeps a page that spans many large countries under about half a megabyte of outlines."""
AREA_PRECISION = 3

Ring = list[tuple[float, float]]


class Area(Struct, frozen=True):
    """One province: its country, the box around it, and its polygons (rings of (longitude, latitude), outer ring first)."""

    country: str
    box: tuple[float, float, float, float]  # west, south, east, north
    polygons: list[list[Ring]]
    geometry: dict[str, Any]

    def near(self, place: Place, degrees: float) -> bool:
        west, south, east, north = self.box
        return west - degrees <= place.lon <= east + degrees and south - degrees <= place.lat <= north + degrees

    def contains(self, place: Place) -> bool:
        return self.near(place, 0) and any(_inside(place.lon, place.lat, rings) for rings in self.polygons)


def world() -> Any:
    """The coarse world with country labels, as TopoJSON."""
    return json.loads(files("dateline.exports.page").joinpath("base", "world.topo.json").read_text(encoding="utf-8"))


def provinces_near(places: Sequence[Place]) -> tuple[dict[str, Any] | None, dict[str, tuple[int, ...]]]:
    """TopoJSON of the provinces of countries near `places`, and of which of them a place is made (numbers, by place id).

    A first-level area of a country is the one province that its point lies in, a country all of its provinces; other places
    have no outline.  None where there are no places.
    """
    topology, areas = _provinces()
    chosen = _choose(areas, places)
    if not chosen:
        return None, {}
    return _part(topology, chosen), {p.id: found for p in places if (found := _outline(chosen, p))}


def _outline(areas: Sequence[Area], place: Place) -> tuple[int, ...]:
    if place.geo_precision != AREA_PRECISION or place.kind not in ("admin1", "country"):
        return ()
    home = next((n for n, area in enumerate(areas) if area.contains(place)), None)
    if home is None or place.kind == "admin1":
        return () if home is None else (home,)
    return tuple(n for n, area in enumerate(areas) if area.country == areas[home].country)


def _choose(areas: Sequence[Area], places: Iterable[Place]) -> list[Area]:
    """All areas of the countries that have one near a place, those nearest to most places first, while they fit."""
    points = sorted({(p.lon, p.lat): p for p in places}.items())
    near = Counter(area.country for area in areas for _, place in points if area.near(place, NEAR_DEGREES))
    home = Counter(area.country for area in areas for _, place in points if area.contains(place))
    size = Counter[str]()
    for area in areas:
        size[area.country] += sum(len(ring) for rings in area.polygons for ring in rings)
    taken, points_left = set(), MAX_DETAIL_POINTS
    for country in sorted(near, key=lambda c: (-home[c], -near[c], c)):
        if size[country] <= points_left:
            taken.add(country)
            points_left -= size[country]
    return [area for area in areas if area.country in taken]


def _part(topology: dict[str, Any], areas: Sequence[Area]) -> dict[str, Any]:
    """The topology of these areas alone, with the arcs that they use, renumbered in order of first use."""
    number: dict[int, int] = {}

    def renumber(refs: Any) -> Any:
        if isinstance(refs, list):
            return [renumber(ref) for ref in refs]
        kept = number.setdefault(refs if refs >= 0 else ~refs, len(number))
        return kept if refs >= 0 else ~kept

    geometries = [
        {"type": a.geometry["type"], "c": a.country, "arcs": renumber(a.geometry["arcs"])} for a in areas
    ]  # one per area, in their order: places point to them by number
    return {"transform": topology["transform"], "arcs": [topology["arcs"][n] for n in number], "geometries": geometries}


@cache
def _provinces() -> tuple[dict[str, Any], tuple[Area, ...]]:
    packed = files("dateline.exports.page").joinpath("base", "provinces.topo.json.gz").read_bytes()
    topology = json.loads(gzip.decompress(packed))
    (layer,) = topology["objects"].values()
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    return topology, tuple(_area(geometry, arcs) for geometry in layer["geometries"] if geometry.get("arcs"))


def _arc(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _area(geometry: dict[str, Any], arcs: list[Ring]) -> Area:
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    polygons = [[list(_ring(refs, arcs)) for refs in rings] for rings in parts]
    xs, ys = zip(*(point for rings in polygons for ring in rings for point in ring), strict=True)
    return Area(geometry["properties"]["n"], (min(xs), min(ys), max(xs), max(ys)), polygons, geometry)


def _ring(refs: list[int], arcs: list[Ring]) -> Iterator[tuple[float, float]]:
    for ref in refs:
        yield from arcs[ref] if ref >= 0 else reversed(arcs[~ref])


def _inside(x: float, y: float, rings: list[Ring]) -> bool:
    """Even-odd rule over all rings, so holes count as outside."""
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside
