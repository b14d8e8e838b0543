"""The base map: outlines of the world, and provinces of the countries that the page shows.  No tiles, no network.

Files are TopoJSON: borders are arcs, stored once, as differences of whole numbers; `base/build.py` makes them.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from dateline.gazetteer.outlines import Area, outlines
from dateline.gazetteer.shapes import outline_numbers
from dateline.model import Place

NEAR_DEGREES = 3.0
"""Countries within this of a place are drawn in detail: what a reader sees at the map's first zoom."""
MAX_DETAIL_POINTS = 60_000
"""Keeps a page that spans many large countries under about half a megabyte of outlines."""


def world() -> Any:
    """The coarse world with country labels, as TopoJSON."""
    return json.loads(files("dateline.exports.page").joinpath("base", "world.topo.json").read_text(encoding="utf-8"))


def provinces_near(places: Sequence[Place]) -> tuple[dict[str, Any] | None, dict[str, tuple[int, ...]]]:
    """TopoJSON of the provinces of countries near `places`, and of which of them a place is made (numbers, by place id).

    Places that are no provinces or countries have no outline, nor have those that need one that is not on the page.  None where
    there are no places.
    """
    areas = outlines().areas
    chosen = _choose(areas, places)
    if not chosen:
        return None, {}
    position = {area: n for n, area in enumerate(chosen)}
    made_of = {p.id: [position.get(areas[number]) for number in outline_numbers(p)] for p in places}
    whole = {id: tuple(n for n in found if n is not None) for id, found in made_of.items() if found and None not in found}
    return _part(outlines().topology, chosen), whole


def _choose(areas: Sequence[Area], places: Iterable[Place]) -> list[Area]:
    """All areas of the countries that have one near a place, those nearest to most places first, while they fit."""
    points = sorted({(p.lon, p.lat): p for p in places}.items())
    near = Counter(area.country for area in areas for _, place in points if area.near(place.lat, place.lon, NEAR_DEGREES))
    home = Counter(area.country for area in areas for _, place in points if area.contains(place.lat, place.lon))
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
