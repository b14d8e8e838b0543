"""The gazetteer's data files in memory: places by number, and keys with the numbers of their places.

Both files are read once, as lists of lines; a key is found by bisection and a line is taken apart when it is asked for,
so that loading costs little more than unpacking.
"""

import hashlib
import lzma
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

from dateline.errors import GazetteerError
from dateline.model.place import PlaceKind

EXACT, CORE, SKELETON = "=", "~", "%"
"""What a key begins with: the folded name, the name without articles, its consonants."""
ALTERNATE = "a"
"""Stands after the number of a place that has the key by another name than its main one."""


class Entry(NamedTuple):
    """One place of the gazetteer; `admin1` is the code within the country, `radius` is in kilometres."""

    id: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    radius: float
    layer: str


class Hit(NamedTuple):
    """A place that bears a key; `main` where it is the key of its main name."""

    number: int
    main: bool


class _Files(NamedTuple):
    places: list[bytes]
    names: list[bytes]
    version: str


def _unpack(name: str) -> bytes:
    try:
        return lzma.decompress(files("dateline.gazetteer").joinpath("data", name).read_bytes())
    except FileNotFoundError as e:
        raise GazetteerError(f"gazetteer file {name} is missing from the installation; reinstall dateline") from e
    except lzma.LZMAError as e:
        raise GazetteerError(f"gazetteer file {name} is damaged ({e}); reinstall dateline") from e


@cache
def _loaded() -> _Files:
    places, names = _unpack("places.tsv.xz"), _unpack("names.tsv.xz")
    version = hashlib.sha256(places + b"\0" + names).hexdigest()[:16]
    return _Files(places.splitlines(), names.splitlines(), version)


def version() -> str:
    """The first 16 digits of the SHA-256 of the data: which gazetteer placed an event."""
    return _loaded().version


def hits(key: str) -> tuple[Hit, ...]:
    """The places that bear `key` (with its first character: EXACT, CORE or SKELETON)."""
    names, wanted = _loaded().names, key.encode() + b"\t"
    at = bisect_left(names, wanted)
    if at == len(names) or not names[at].startswith(wanted):
        return ()
    numbers = names[at][len(wanted) :].decode().split()
    return tuple(Hit(int(number.rstrip(ALTERNATE)), not number.endswith(ALTERNATE)) for number in numbers)


@lru_cache(maxsize=32768)
def entry(number: int) -> Entry:
    """The place with that number."""
    row = _loaded().places[number].decode().split("\t")
    id, name, kind, lat, lon, country, admin1, population, radius, layer = row
    return Entry(id, name, cast(PlaceKind, kind), float(lat), float(lon), country, admin1, int(population), float(radius), layer)


def each(*kinds: PlaceKind) -> Iterator[Entry]:
    """All places of those kinds, in the order of their numbers."""
    wanted = [f"\t{kind}\t".encode() for kind in kinds]
    for number, line in enumerate(_loaded().places):
        if any(kind in line for kind in wanted):
            yield entry(number)


def by_id(id: str) -> Entry | None:
    """The place with that id."""
    places, wanted = _loaded().places, id.encode()
    at = bisect_left(places, (len(wanted), wanted), key=_order)
    return entry(at) if at < len(places) and places[at].startswith(wanted + b"\t") else None


def _order(line: bytes) -> tuple[int, bytes]:
    """Places stand in the order of their ids, shorter ids first."""
    id = line.partition(b"\t")[0]
    return len(id), id
