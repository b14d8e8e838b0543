"""How far provinces and countries reach: their outlines, and where their northern, western, ... parts lie.

`build_extents.py` makes the table, from the outlines of `outlines.py` and the towns of the world layer.
"""

import math
import struct
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import msgspec

Side = Literal["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest", "centre"]
SIDES: tuple[Side, ...] = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest", "centre")
FILE = "extents.msgpack"
HUNDREDTHS = 100  # points of parts are kept in hundredths of a degree
_PART, _BOX = struct.Struct("<3h"), struct.Struct("<4h")


class Part(NamedTuple):
    """A part of an area: its middle, on land where the area is, and the kilometres that nearly all of it lies within."""

    lat: float
    lon: float
    radius: float


class Extent(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the table knows of one area: the numbers of its outlines (none where they would draw another area), its parts."""

    outlines: tuple[int, ...]
    packed: bytes

    def part(self, side: Side) -> Part:
        lat, lon, radius = _PART.unpack_from(self.packed, SIDES.index(side) * _PART.size)
        return Part(lat / HUNDREDTHS, lon / HUNDREDTHS, float(radius))


class Extents(msgspec.Struct, frozen=True):
    """The table: by code of the area ("IQ", "IQ.01"), and which place of the gazetteer has which code."""

    areas: dict[str, Extent]
    codes: dict[str, str]
    boxes: bytes

    def box(self, number: int) -> tuple[float, float, float, float]:
        """West, south, east, north of an outline, rounded outwards: it need not be worked out to know what it cannot hold."""
        west, south, east, north = _BOX.unpack_from(self.boxes, number * _BOX.size)
        return west / HUNDREDTHS, south / HUNDREDTHS, east / HUNDREDTHS, north / HUNDREDTHS


def packed(parts: list[Part]) -> bytes:
    """Parts, one for each of SIDES, as the table holds them."""
    return b"".join(_PART.pack(round(p.lat * HUNDREDTHS), round(p.lon * HUNDREDTHS), round(p.radius)) for p in parts)


def packed_boxes(boxes: Iterable[tuple[float, float, float, float]]) -> bytes:
    """Boxes of outlines, as the table holds them."""
    return b"".join(_BOX.pack(_down(west), _down(south), _up(east), _up(north)) for west, south, east, north in boxes)


def _down(degrees: float) -> int:
    return math.floor(degrees * HUNDREDTHS)


def _up(degrees: float) -> int:
    return math.ceil(degrees * HUNDREDTHS)


@cache
def extents() -> Extents:
    """The table that Dateline ships."""
    return msgspec.msgpack.decode(files("dateline.gazetteer").joinpath("data", FILE).read_bytes(), type=Extents)


def extent_of(id: str, code: str = "") -> Extent | None:
    """What is known of the area with that id or, where a pack gives it another id, with that code."""
    known = extents()
    return known.areas.get(known.codes.get(id, code))
