"""Makes the table of how far provinces and countries reach, from the shipped layers and outlines; and the file of borders.

    python -m dateline.gazetteer.build_extents

An outline is part of the province and of the country that most towns in it belong to.  Where the two divide a country
differently, so that towns of a province lie outside its outlines or others' inside, the province has none.  A part, such as the
west, is the share of the area that lies furthest that way, whatever its shape; far islands and exclaves are left out of it.
The same inputs give the same bytes.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np

from dateline.gazetteer.borders import FILE as BORDERS
from dateline.gazetteer.borders import Borders, packed_area
from dateline.gazetteer.data import shipped_layers, using
from dateline.gazetteer.extents import FILE, SIDES, Extent, Extents, Part, Side, packed, packed_boxes
from dateline.gazetteer.layer import Entry
from dateline.gazetteer.outlines import Area, Box, Ring, outlines

Points = np.ndarray[Any, np.dtype[np.float64]]
"""Rows of (longitude, latitude)."""

AGREED = 0.6
"""An outline is taken for a province that has this share of its towns in it, and in which this share of the towns are its own."""
SURE, SURE_TOWNS = 0.8, 3  # of the towns of an outline, for a country other than the outline's own name says
HALF, QUARTER = 0.45, 0.28  # of an area: "the north", "the north-west"
WITHIN = 0.95  # of a part lies within its radius
APART = 1.0  # degrees of sea or of other countries that make two pieces of one
MAIN = 0.25  # pieces that are smaller than this share of the largest are left out
GRID = 48  # points to a side
LEAST_TOWNS = 8  # for parts of a province without an outline
_TOWARDS: dict[Side, tuple[int, int]] = {
    "north": (0, 1), "northeast": (1, 1), "east": (1, 0), "southeast": (1, -1), "south": (0, -1), "southwest": (-1, -1),
    "west": (-1, 0), "northwest": (-1, 1),
}  # fmt: skip
_KM_A_DEGREE = 111.2


def main() -> None:
    """Write the table into the package."""
    layers = shipped_layers()
    with using(layers[:1]) as world:
        towns = list(world.each("settlement"))
    with using(layers) as gazetteer:
        villages = [place for place in gazetteer.each("settlement") if place.layer not in world.stamps]
        units = list(gazetteer.each("country", "admin1"))
    table = build(towns, villages, units, outlines().areas)
    packed_areas = [packed_area(area) for area in outlines().areas]
    borders = msgspec.msgpack.encode(Borders(outlines().grid, packed_areas))
    layers[0].with_name(BORDERS).write_bytes(borders)
    path = layers[0].with_name(FILE)
    path.write_bytes(msgspec.msgpack.encode(table))
    print(f"{len(table.areas):,} areas, {sum(bool(a.outlines) for a in table.areas.values()):,} with outlines", file=sys.stderr)


def build(towns: Sequence[Entry], villages: Sequence[Entry], units: Iterable[Entry], areas: Sequence[Area]) -> Extents:
    """The table of these countries and provinces; `villages` decide where `towns` alone do not."""
    of_country = _countries(_towns_in(areas, towns), towns, areas)
    of_admin1 = _owned(_towns_in(areas, towns), [_code(town) for town in towns])
    taken = {number for numbers in of_admin1.values() for number in numbers}
    every = [*towns, *villages]
    for code, more in _owned(_towns_in(areas, every), [_code(town) for town in every]).items():
        if code not in of_admin1 and taken.isdisjoint(more):
            of_admin1[code] = more
    by_admin1: dict[str, list[Entry]] = defaultdict(list)
    for town in every:
        by_admin1[_code(town)].append(town)
    table: dict[str, Extent] = {}
    codes: dict[str, str] = {}
    for unit in sorted(units, key=lambda entry: entry.id):
        code = unit.country if unit.kind == "country" else _code(unit)
        numbers = tuple((of_country if unit.kind == "country" else of_admin1).get(code, ()))
        samples = _sampled([areas[n] for n in numbers]) if numbers else _points_of(by_admin1.get(code, []))
        if numbers or len(samples) >= LEAST_TOWNS:
            table[code] = Extent(numbers, packed([_part(samples, side) for side in SIDES]))
            codes[unit.id] = code
    return Extents(table, codes, packed_boxes(area.box for area in areas))


def _code(place: Entry) -> str:
    return f"{place.country}.{place.admin1}"


def _countries(inside: Sequence[Sequence[int]], towns: Sequence[Entry], areas: Sequence[Area]) -> dict[str, list[int]]:
    """Country -> its areas: by the country that the outlines name, but for what lies apart and has a code of its own (Guiana)."""
    owners: list[str | None] = []
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for area, numbers in zip(areas, inside, strict=True):
        counts = Counter(towns[number].country for number in numbers)
        owner = min(counts, key=lambda code: (-counts[code], code)) if counts else None
        owners.append(owner if counts.total() >= SURE_TOWNS and owner and counts[owner] >= SURE * counts.total() else None)
        named[area.country].update(counts)
    found: dict[str, list[int]] = defaultdict(list)
    for number, (area, owner) in enumerate(zip(areas, owners, strict=True)):
        most = named[area.country]
        code = owner or (min(most, key=lambda code: (-most[code], code)) if most else None)
        if code:
            found[code].append(number)
    return found


def _towns_in(areas: Sequence[Area], towns: Sequence[Entry]) -> list[list[int]]:
    """The numbers of the towns in each area."""
    points = _points_of(towns)
    found: list[list[int]] = []
    for area in areas:
        west, south, east, north = area.box
        near = np.flatnonzero((points[:, 0] >= west) & (points[:, 0] <= east) & (points[:, 1] >= south) & (points[:, 1] <= north))
        within = np.zeros(len(near), bool)
        for rings in area.polygons:
            within |= _inside(points[near], rings)
        found.append(near[within].tolist())
    return found


def _owned(inside: Sequence[Sequence[int]], owners: Sequence[str]) -> dict[str, list[int]]:
    """Owner -> the areas most of whose towns it owns, where the two agree on their towns."""
    most: dict[str, list[int]] = defaultdict(list)
    for number, towns in enumerate(inside):
        if towns:
            counts = Counter(owners[town] for town in towns)
            most[min(counts, key=lambda owner: (-counts[owner], owner))].append(number)
    totals = Counter(owners)
    kept: dict[str, list[int]] = {}
    for owner, numbers in most.items():
        held = [owners[town] for number in numbers for town in inside[number]]
        own = held.count(owner)
        if own >= AGREED * len(held) and own >= AGREED * totals[owner]:
            kept[owner] = numbers
    return kept


def _points_of(towns: Sequence[Entry]) -> Points:
    return np.array([(town.lon, town.lat) for town in towns], float).reshape(-1, 2)


def _inside(points: Points, rings: list[Ring]) -> Any:
    """Which points lie inside: the even-odd rule, over all rings."""
    x, y = points[:, 0], points[:, 1]
    within = np.zeros(len(points), bool)
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if y1 != y2:
                within ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return within


def _sampled(areas: Sequence[Area]) -> Points:
    """Points in a grid over the main pieces of an area."""
    pieces = _main_pieces([rings for area in areas for rings in area.polygons])
    xs = [x for rings in pieces for x, _ in rings[0]]
    ys = [y for rings in pieces for _, y in rings[0]]
    grid_x, grid_y = np.meshgrid(_steps(min(xs), max(xs)), _steps(min(ys), max(ys)))
    points = np.column_stack([grid_x.ravel(), grid_y.ravel()])
    within = np.zeros(len(points), bool)
    for rings in pieces:
        within |= _inside(points, rings)
    return points[within] if within.any() else np.array(pieces[0][0], float)


def _steps(low: float, high: float) -> Any:
    return low + (high - low) * (np.arange(GRID) + 0.5) / GRID


def _main_pieces(polygons: list[list[Ring]]) -> list[list[Ring]]:
    """The polygons without those that lie far from the largest and are small beside it."""
    boxes = [_box(rings[0]) for rings in polygons]
    group = list(range(len(polygons)))

    def root(n: int) -> int:
        while group[n] != n:
            n = group[n]
        return n

    for n, (west, south, east, north) in enumerate(boxes):
        for m in range(n):
            w, s, e, o = boxes[m]
            if w - APART <= east and west - APART <= e and s - APART <= north and south - APART <= o:
                group[root(n)] = root(m)
    sizes: dict[int, float] = defaultdict(float)
    for n, rings in enumerate(polygons):
        sizes[root(n)] += abs(_size(rings[0]))
    largest = max(sizes.values())
    return [rings for n, rings in enumerate(polygons) if sizes[root(n)] >= MAIN * largest]


def _box(ring: Ring) -> Box:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _size(ring: Ring) -> float:
    """Square degrees, by the surveyor's formula."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _part(points: Points, side: Side) -> Part:
    """The share of the points that lies furthest to one side, or nearest to the middle."""
    low, high = points.min(axis=0), points.max(axis=0)
    scaled = (points - (low + high) / 2) / np.maximum((high - low) / 2, 1e-6)
    if side == "centre":
        rank, share = -np.abs(scaled - np.median(scaled, axis=0)).max(axis=1), QUARTER
    else:
        x, y = _TOWARDS[side]
        rank, share = scaled[:, 0] * x + scaled[:, 1] * y, QUARTER if x and y else HALF
    taken = points[np.argsort(-rank, kind="stable")[: max(1, math.ceil(share * len(points)))]]
    middle = taken.mean(axis=0)
    middle = taken[np.argmin(_km(taken, middle))]  # a point of the area itself: the mean of a crescent lies outside it
    return Part(float(middle[1]), float(middle[0]), max(5.0, float(np.quantile(_km(taken, middle), WITHIN))))


def _km(points: Points, middle: Any) -> Any:
    """Kilometres from a point, near enough within a country."""
    wide = (points[:, 0] - middle[0]) * math.cos(math.radians(middle[1]))
    return np.hypot(wide, points[:, 1] - middle[1]) * _KM_A_DEGREE


if __name__ == "__main__":
    main()
