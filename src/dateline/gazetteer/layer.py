"""One layer of the gazetteer: a file that is mapped into memory and searched where it lies.

A layer file is a line that says what it is, a head (JSON, see `Head`) and sections: a trie of keys (marisa-trie), arrays of
numbers (little-endian), a record for each place, and the ids and names of the places as one run of bytes.  Nothing of it is
read before it is asked for, so that opening a layer costs a few milliseconds whatever its size, and processes share its memory.
`compile.py` writes it.
"""

import hashlib
import mmap
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec
import numpy as np
from marisa_trie import Trie

from dateline.errors import GazetteerError
from dateline.gazetteer.draft import Rank
from dateline.model.place import PlaceKind

MAGIC = b"Dateline gazetteer layer, form 2\n"
SUFFIX = ".gaz"
ALIGNED = 16
DEGREE = 100_000
"""Points are kept in whole hundred-thousandths of a degree, about a metre."""
RANKS: tuple[Rank, ...] = ("", "capital", "own")
EXACT, CORE, BARE, SKELETON = "=", "~", "^", "%"
"""What a key begins with: the folded name, the name without articles, without generic words, its consonants."""
BEGINS = ">"
"""What a key of no place begins with: the first words of longer names, folded and without articles."""
ALIAS = "!"
"""The tier of a place that a project's alias names."""

RECORD = struct.Struct("<iiIfIHHHBB")
"""Of a place: latitude, longitude, people, kilometres of radius; where its id and name begin in `texts` and how long they are;
the numbers of its country, admin area, kind and rank."""
COLUMNS = np.dtype("<i4,<i4,<u4,<f4,<u4,<u2,<u2,<u2,u1,u1")
_KIND_COLUMN, _COUNTRY_AT = "f8", struct.Struct("<22xH4x")
_MOST_DIGITS = 9

_KINDS: dict[str, Literal["B", "H", "I", "i", "f"]] = {
    "": "B", "|u1": "B", "<u2": "H", "<u4": "I", "<i4": "i", "<f4": "f",
}  # fmt: skip
"""Types of sections (numpy's names) -> what Python calls them."""
Numbers: TypeAlias = "memoryview[Any]"
"""An array of numbers; one of them is read sooner than from numpy's."""


class Section(msgspec.Struct, frozen=True):
    """Where a section lies, counted from the end of the head; `type` as numpy names it, "" for bytes."""

    start: int
    size: int
    type: str = ""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a layer says of itself.  `hash` is the SHA-256 of all sections and of the words below: its version."""

    name: str
    title: str
    sources: tuple[str, ...]  # with licence, as they want to be named
    places: int
    names: int
    kinds: tuple[PlaceKind, ...]
    countries: tuple[str, ...]
    admin1: tuple[str, ...]
    sections: dict[str, Section]
    hash: str = ""


class Entry(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
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
    rank: Rank
    layer: str  # name and version of the layer that holds it


class Layer:
    """An open layer.  Places have numbers from 0, in the order of their ids (shorter ids first)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bytes, self.head, self._base = _opened(path)
        self.countries = frozenset(self.head.countries)

    @property
    def name(self) -> str:
        return self.head.name

    @cached_property
    def stamp(self) -> str:
        """Name and version: what a place says of the layer that it is from."""
        return stamp(self.head)

    @cached_property
    def key_number(self) -> Callable[[str], int | None]:
        """The number of a key, None where nothing bears it."""
        number: Callable[[str], int | None] = self._keys.get
        return number

    @cached_property
    def name_marks(self) -> tuple[memoryview, int]:
        """A bit for each `mark_of` a name, with articles or without, as bytes, and the mask that a mark is cut with."""
        marks = self._name_marks
        return marks, len(marks) * 8 - 1

    def posts(self, key_number: int) -> list[tuple[int, bool]]:
        """The numbers of the places that bear the key of that number, and whether it is of their main name."""
        starts = self._key_starts
        return [(post >> 1, not post & 1) for post in self._posts[starts[key_number] : starts[key_number + 1]]]

    def spellings(self, number: int) -> list[str]:
        """The folded names of a place."""
        start, end = self._spelling_starts[number], self._spelling_starts[number + 1]
        return [self._keys.restore_key(key)[len(EXACT) :] for key in self._spellings[start:end]]

    def entry(self, number: int) -> Entry:
        lat, lon, people, radius, start, length, country, admin1, kind, rank = RECORD.unpack_from(
            self._records, number * RECORD.size
        )
        id, _, name = str(self._texts[start : start + length], "utf-8").partition("\t")
        head = self.head
        return Entry(
            id, name, head.kinds[kind], lat / DEGREE, lon / DEGREE, head.countries[country], head.admin1[admin1], people,
            round(radius, 2), RANKS[rank], self.stamp)  # fmt: skip

    def id(self, number: int) -> str:
        """The id of a place."""
        start, length = RECORD.unpack_from(self._records, number * RECORD.size)[4:6]
        return str(self._texts[start : start + length], "utf-8").partition("\t")[0]

    def country(self, number: int) -> str:
        """The country of a place."""
        position: int = _COUNTRY_AT.unpack_from(self._records, number * RECORD.size)[0]
        return self.head.countries[position]

    def of_kinds(self, *kinds: PlaceKind) -> list[int]:
        """The numbers of all places of those kinds."""
        wanted = [n for n, kind in enumerate(self.head.kinds) if kind in kinds]
        numbers: list[int] = np.flatnonzero(np.isin(np.frombuffer(self._records, COLUMNS)[_KIND_COLUMN], wanted)).tolist()
        return numbers

    def number_of(self, id: str) -> int | None:
        """The number of the place with that id."""
        value = numeric(id)
        if value is None:
            return self._others.get(id)
        at = bisect_left(self._numeric, value)
        return self._numeric_places[at] if at < len(self._numeric) and self._numeric[at] == value else None

    def is_sound(self) -> bool:
        """Does the file still have the content that its head says?  Reads all of it."""
        return content_hash(self.head, self._bytes[self._base :]) == self.head.hash

    @cached_property
    def _others(self) -> dict[str, int]:
        """The places whose ids are no numbers; few in the layers that come with Dateline."""
        others = np.ones(self.head.places, bool)
        others[np.asarray(self._numeric_places)] = False
        return {self.id(number): number for number in np.flatnonzero(others).tolist()}

    def _array(self, name: str) -> Numbers:
        section = self.head.sections[name]
        start, kind = self._base + section.start, _KINDS[section.type]
        data = self._bytes[start : start + section.size]
        if sys.byteorder == "little":
            return data.cast(kind)
        swapped = array(kind, bytes(data))
        swapped.byteswap()
        return memoryview(swapped)

    @cached_property
    def _keys(self) -> Trie:
        section, trie = self.head.sections["keys"], Trie()
        start = self._base + section.start
        try:
            trie.map(self._bytes[start : start + section.size])
        except RuntimeError as e:
            raise GazetteerError(f"gazetteer layer {self.path} is damaged ({e})") from e
        return trie

    def _lazy(name: str) -> Any:  # type: ignore[misc]  # noqa: N805  # not a method: makes the properties below
        return cached_property(lambda self: self._array(name))

    _key_starts: Numbers = _lazy("key_starts")
    _posts: Numbers = _lazy("posts")
    _spelling_starts: Numbers = _lazy("spelling_starts")
    _spellings: Numbers = _lazy("spellings")
    _name_marks: Numbers = _lazy("name_marks")
    _texts: Numbers = _lazy("texts")
    _records: Numbers = _lazy("records")
    _numeric: Numbers = _lazy("numeric")
    _numeric_places: Numbers = _lazy("numeric_places")


def mark_of(name: str) -> int:
    """A number that a folded name is soon ruled out by, where no name of a layer has it (`Layer.name_marks`)."""
    return zlib.crc32(name.encode())


def numeric(id: str) -> int | None:
    """The number that an id is, as GeoNames has them; None for all others."""
    return int(id) if len(id) <= _MOST_DIGITS and id.isascii() and id.isdecimal() and id[0] != "0" else None


def id_order(id: str) -> tuple[int, str]:
    """Places stand in the order of their ids, shorter ids first."""
    return len(id), id


def stamp(head: Head) -> str:
    """ "world@1f0c9a3e5b7d2468"."""
    return f"{head.name}@{head.hash[:16]}"


def content_hash(head: Head, content: "bytes | memoryview") -> str:
    """The hash of a layer: of its head, but for the hash, and its sections."""
    whole = hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(head, hash=""), order="sorted"))
    whole.update(content)
    return whole.hexdigest()


def read_head(path: Path) -> Head:
    """What a layer file says of itself, without opening the rest.  Raises GazetteerError where it is none."""
    return _opened(path)[1]


def _opened(path: Path) -> tuple[memoryview, Head, int]:
    """The bytes of a layer file, its head, and where its sections begin."""
    try:
        with path.open("rb") as stream:
            whole = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as e:  # ValueError: an empty file
        raise GazetteerError(f"gazetteer layer {path} cannot be read: {getattr(e, 'strerror', None) or e}") from e
    if bytes(whole[: len(MAGIC)]) != MAGIC:
        raise GazetteerError(f"{path} is no gazetteer layer of this version of Dateline; add its source anew")
    at = len(MAGIC)
    length = int.from_bytes(whole[at : at + 4], "little")
    try:
        head = msgspec.json.decode(whole[at + 4 : at + 4 + length], type=Head)
    except msgspec.DecodeError as e:
        raise GazetteerError(f"gazetteer layer {path} is damaged ({e})") from e
    base = aligned(at + 4 + length)
    if len(whole) < base + max(section.start + section.size for section in head.sections.values()):
        raise GazetteerError(f"gazetteer layer {path} is cut short; add its source anew")
    return whole, head, base


def aligned(at: int) -> int:
    """The next offset at which a section may begin."""
    return -(-at // ALIGNED) * ALIGNED
