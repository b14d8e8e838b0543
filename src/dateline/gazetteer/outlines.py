"""Outlines of the world's first-level areas: Natural Earth's, as TopoJSON.

Borders are arcs, stored once, as differences of whole numbers; `exports/page/base/build.py` makes the file.  Natural Earth's
areas are not always those of the gazetteer (counties for England, departments for French regions): which of them a province
or country is made of is settled when the gazetteer is built (`extents.py`).
"""

import gzip
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

FILE = "provinces.topo.json.gz"
Ring = list[tuple[float, float]]
"""Points (longitude, latitude); the first is not always said again at the end."""
Box = tuple[float, float, float, float]
"""West, south, east, north."""


class Grid(NamedTuple):
    """What whole numbers of the file mean in degrees, (longitude, latitude) each: steps of `scale` from `corner`."""

    scale: tuple[float, float]
    corner: tuple[float, float]

    def point(self, x: int, y: int) -> tuple[float, float]:
        return x * self.scale[0] + self.corner[0], y * self.scale[1] + self.corner[1]


_NONE = frozenset({b"[]", b"null"})


class _Properties(msgspec.Struct, frozen=True, gc=False):
    n: str  # the country


class _Geometry(msgspec.Struct, frozen=True, gc=False):
    """What is read of every area at once; a country without provinces has no arcs."""

    properties: _Properties
    arcs: msgspec.Raw = msgspec.Raw(b"[]")


class Area:
    """One area: its country, the box around it, and its polygons (rings, the outer one first)."""

    def __init__(self, told: msgspec.Raw, outlines: "Outlines", country: str) -> None:
        self.country = country
        self._told = told
        self._outlines = outlines

    @cached_property
    def geometry(self) -> dict[str, Any]:
        """The area as the file has it (TopoJSON)."""
        geometry: dict[str, Any] = msgspec.json.decode(self._told)
        return geometry

    @property
    def on_grid(self) -> list[list[list[tuple[int, int]]]]:
        """The polygons in whole numbers of the grid."""
        parts = [self.geometry["arcs"]] if self.geometry["type"] == "Polygon" else self.geometry["arcs"]
        return [[list(self._outlines.ring(refs)) for refs in rings] for rings in parts]

    @cached_property
    def polygons(self) -> list[list[Ring]]:
        point = self._outlines.grid.point
        return [[[point(x, y) for x, y in ring] for ring in rings] for rings in self.on_grid]

    @cached_property
    def box(self) -> Box:
        xs, ys = zip(*(point for rings in self.polygons for ring in rings for point in ring), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def near(self, lat: float, lon: float, degrees: float) -> bool:
        """Is the point within so many degrees of the box?"""
        west, south, east, north = self.box
        return west - degrees <= lon <= east + degrees and south - degrees <= lat <= north + degrees

    def contains(self, lat: float, lon: float) -> bool:
        return self.near(lat, lon, 0) and any(is_inside(lon, lat, rings) for rings in self.polygons)


class _Layer(msgspec.Struct, frozen=True):
    geometries: list[msgspec.Raw]


class _Packed(msgspec.Struct, frozen=True):
    """The file, its areas and arcs unread: most readers need a few of them, and reading all takes a tenth of a second."""

    transform: dict[str, list[float]]
    objects: dict[str, _Layer]
    arcs: list[msgspec.Raw]


class Outlines:
    """The file's areas, in its order; an area's points are worked out when they are asked for."""

    def __init__(self, told: bytes) -> None:
        packed = msgspec.json.decode(told, type=_Packed)
        self._told = told
        self._packed = packed
        self._arcs: dict[int, list[tuple[int, int]]] = {}
        self.grid = msgspec.convert((packed.transform["scale"], packed.transform["translate"]), Grid)
        (layer,) = packed.objects.values()
        read = msgspec.json.Decoder(_Geometry).decode
        found = ((told, read(told)) for told in layer.geometries)
        self.areas = tuple(Area(told, self, head.properties.n) for told, head in found if bytes(head.arcs) not in _NONE)

    @cached_property
    def topology(self) -> dict[str, Any]:
        """The whole file (TopoJSON)."""
        whole: dict[str, Any] = msgspec.json.decode(self._told)
        return whole

    def ring(self, refs: list[int]) -> Iterator[tuple[int, int]]:
        """The points, on the grid, of a ring that is made of these arcs (`~n` is the arc n backwards)."""
        for ref in refs:
            yield from self._arc(ref) if ref >= 0 else reversed(self._arc(~ref))

    def _arc(self, number: int) -> list[tuple[int, int]]:
        if number not in self._arcs:
            x = y = 0
            points = []
            for dx, dy in msgspec.json.decode(self._packed.arcs[number], type=list[tuple[int, int]]):
                x, y = x + dx, y + dy
                points.append((x, y))
            self._arcs[number] = points
        return self._arcs[number]


@cache
def outlines() -> Outlines:
    """All outlines that Dateline ships."""
    packed = files("dateline.gazetteer").joinpath("data", FILE).read_bytes()
    return Outlines(gzip.decompress(packed))


def is_inside(x: float, y: float, rings: list[Ring]) -> bool:
    """Even-odd rule over all rings, so holes count as outside."""
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside
