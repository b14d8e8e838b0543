"""One layer of the gazetteer: a file that is mapped into memory and searched where it lies.

A layer file is a line that says what it is, a head (JSON, see `Head`) and sections: a trie of keys (marisa-trie), arrays of
numbers (little-endian), and the ids and names of the places as one run of bytes.  Nothing of it is read before it is asked for,
so that opening a layer costs a few milliseconds whatever its size, and processes share its memory.  `compile.py` writes it.
"""

import hashlib
import mmap
import sys
from array import array
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec
import numpy as np
from marisa_trie import Trie

from dateline.errors import GazetteerError
from dateline.gazetteer.draft import Rank
from dateline.model.place import PlaceKind

MAGIC = b"Dateline gazetteer layer, form 1\n"
SUFFIX = ".gaz"
ALIGNED = 16
DEGREE = 100_000
"""Points are kept in whole hundred-thousandths of a degree, about a metre."""
RANKS: tuple[Rank, ...] = ("", "capital", "own")
EXACT, CORE, BARE, SKELETON = "=", "~", "^", "%"
"""What a key begins with: the folded name, the name without articles, without generic words, its consonants."""
ALIAS = "!"
"""The tier of a place that a project's alias names."""

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

    def hits(self, key: str) -> list[tuple[int, bool]]:
        """The numbers of the places that bear `key`, and whether it is of their main name."""
        found = self._keys.get(key)
        if found is None:
            return []
        starts = self._key_starts
        return [(post >> 1, not post & 1) for post in self._posts[starts[found] : starts[found + 1]]]

    def has_key(self, key: str) -> bool:
        """Does any place bear `key`?"""
        return key in self._keys

    def has_keys(self, beginning: str) -> bool:
        """Does any key begin like this?"""
        return next(self._keys.iterkeys(beginning), None) is not None

    def spellings(self, number: int) -> list[str]:
        """The folded names of a place."""
        start, end = self._spelling_starts[number], self._spelling_starts[number + 1]
        return [self._keys.restore_key(key)[len(EXACT) :] for key in self._spellings[start:end]]

    def entry(self, number: int) -> Entry:
        id, _, name = self._text(number).partition("\t")
        return Entry(
            id, name, self.head.kinds[self._kinds[number]], self._lats[number] / DEGREE, self._lons[number] / DEGREE,
            self.head.countries[self._countries[number]], self.head.admin1[self._admin1[number]], self._people[number],
            round(self._radii[number], 2), RANKS[self._ranks[number]], self.stamp)  # fmt: skip

    def id(self, number: int) -> str:
        """The id of a place."""
        return self._text(number).partition("\t")[0]

    def country(self, number: int) -> str:
        """The country of a place."""
        return self.head.countries[self._countries[number]]

    def of_kinds(self, *kinds: PlaceKind) -> list[int]:
        """The numbers of all places of those kinds."""
        wanted = [n for n, kind in enumerate(self.head.kinds) if kind in kinds]
        numbers: list[int] = np.flatnonzero(np.isin(np.asarray(self._kinds), wanted)).tolist()
        return numbers

    def number_of(self, id: str) -> int | None:
        """The number of the place with that id."""
        wanted = id.encode()
        low, high, length = 0, self.head.places, len(id)
        texts, starts = self._bytes, self._text_starts
        base = self._base + self.head.sections["texts"].start
        while low < high:
            middle = (low + high) // 2
            other, _, _ = texts[base + starts[middle] : base + starts[middle + 1]].tobytes().partition(b"\t")
            size = len(other) if other.isascii() else len(other.decode())
            if size < length or (size == length and other < wanted):  # the order of `id_order`, in UTF-8 too
                low = middle + 1
            else:
                high = middle
        return low if low < self.head.places and self.id(low) == id else None

    def is_sound(self) -> bool:
        """Does the file still have the content that its head says?  Reads all of it."""
        return content_hash(self.head, self._bytes[self._base :]) == self.head.hash

    def _text(self, number: int) -> str:
        return str(self._texts[self._text_starts[number] : self._text_starts[number + 1]], "utf-8")

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
    _text_starts: Numbers = _lazy("text_starts")
    _texts: Numbers = _lazy("texts")
    _kinds: Numbers = _lazy("kinds")
    _lats: Numbers = _lazy("lats")
    _lons: Numbers = _lazy("lons")
    _countries: Numbers = _lazy("countries")
    _admin1: Numbers = _lazy("admin1")
    _people: Numbers = _lazy("people")
    _radii: Numbers = _lazy("radii")
    _ranks: Numbers = _lazy("ranks")


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
