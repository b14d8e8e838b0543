"""Which outline holds a point: the outlines of `outlines.py`, each to be read on its own.

Few points of a report are asked for, and reading all outlines for them takes longer than reading the report.  `build_extents.py`
makes the file.
"""

import zlib
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from sys import byteorder

import msgspec

from dateline.gazetteer.outlines import Area, Grid, Ring, is_inside

FILE = "borders.msgpack"


class Borders(msgspec.Struct, frozen=True):
    """The file: the grid that points lie on, and the packed polygons of each outline, in the order of `outlines.py`."""

    grid: Grid
    areas: list[bytes]

    def holds(self, number: int, lat: float, lon: float) -> bool:
        """Does the outline of that number hold the point?"""
        return any(is_inside(lon, lat, rings) for rings in _polygons(number))


@cache
def borders() -> Borders:
    """The outlines that Dateline ships."""
    return msgspec.msgpack.decode(files("dateline.gazetteer").joinpath("data", FILE).read_bytes(), type=Borders)


@lru_cache(maxsize=256)
def _polygons(number: int) -> list[list[Ring]]:
    known = borders()
    parts = msgspec.msgpack.decode(zlib.decompress(known.areas[number]), type=list[list[bytes]])
    return [[_ring(known.grid, packed) for packed in rings] for rings in parts]


def _ring(grid: Grid, packed: bytes) -> Ring:
    """Steps east and north in turn, the first from the grid's corner."""
    steps = array("i", packed)
    if byteorder != "little":
        steps.byteswap()
    return [grid.point(x, y) for x, y in zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)]


def packed_area(area: Area) -> bytes:
    """The polygons of an outline as the file has them."""
    return zlib.compress(msgspec.msgpack.encode([[_packed(ring) for ring in rings] for rings in area.on_grid]), 9)


def _packed(ring: Sequence[tuple[int, int]]) -> bytes:
    x = y = 0
    steps = array("i")
    for east, north in ring:
        steps.extend((east - x, north - y))
        x, y = east, north
    if byteorder != "little":
        steps.byteswap()
    return steps.tobytes()
