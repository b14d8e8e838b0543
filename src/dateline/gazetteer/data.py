"""The gazetteer in use: layers on top of each other, of which later ones win.

A place that two layers hold under one id is one place: it has the names of both and all else as the later one says (its people,
where that one does not know them, as the earlier).  What two layers hold under different ids is made one in `lookup.py`.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property, lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from dateline.errors import GazetteerError
from dateline.gazetteer.layer import BEGINS, CORE, EXACT, SUFFIX, Entry, Layer, mark_of
from dateline.gazetteer.names import ARTICLES, core
from dateline.model.place import PlaceAlias, PlaceKind

SHIPPED = ("world", "iq-sy")
"""The layers that come with Dateline, the first at the bottom."""


Spot = int
"""A place of one layer, in one number: the place's in its layer, shifted by LAYER_BITS, and the layer's position."""

LAYER_BITS = 8
_POSITION = (1 << LAYER_BITS) - 1

T = TypeVar("T")
_MOST_REMEMBERED = 65536

Hit = tuple[Spot, bool]
"""A place that bears a key; true where it is the key of its main name."""


class Memory(dict[str, T]):
    """What was answered to a name; when that is too much, all of it is forgotten."""

    def __init__(self, answer: Callable[[str], T]) -> None:
        self._answer = answer

    def __missing__(self, name: str) -> T:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[name] = told = self._answer(name)
        return told


class Gazetteer:
    """Layers, the later the stronger.  Asked for what it has been asked before, it answers from memory."""

    def __init__(self, layers: Sequence[Layer], aliases: Sequence[PlaceAlias] = ()) -> None:
        self.layers = tuple(layers)
        self._aliases = {alias.name: alias.place_id for alias in aliases}
        self._memories: dict[Any, Memory[Any]] = {}
        self.entry = lru_cache(maxsize=32768)(self._entry)
        self._topmost = lru_cache(maxsize=65536)(self._find_topmost)

    def memory(self, answer: "Callable[[Gazetteer, str], T]") -> Memory[T]:
        """What a function of this gazetteer and a name has answered so far, and answers."""
        if (kept := self._memories.get(answer)) is None:
            kept = self._memories[answer] = Memory(partial(answer, self))
        return kept

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """Names and versions of the layers, and of the aliases where there are any: what a reading depends on."""
        layers = tuple(layer.stamp for layer in self.layers)
        if not self._aliases:
            return layers
        told = "\n".join(f"{name}\t{place_id}" for name, place_id in sorted(self._aliases.items()))
        return (*layers, f"aliases@{hashlib.sha256(told.encode()).hexdigest()[:16]}")

    @cached_property
    def _key_numbers(self) -> tuple[Callable[[str], int | None], ...]:
        return tuple(layer.key_number for layer in self.layers)

    @cached_property
    def _name_marks(self) -> tuple[tuple[memoryview, int], ...]:
        return tuple(layer.name_marks for layer in self.layers)

    @cached_property
    def position(self) -> dict[str, int]:
        """Name and version of a layer -> how many lie below it."""
        return {layer.stamp: n for n, layer in enumerate(self.layers)}

    def alias(self, folded: str) -> Entry | None:
        """The place that somebody said the (folded) name means, if its layer is still there."""
        place_id = self._aliases.get(folded)
        return self.by_id(place_id) if place_id is not None else None

    def hits(self, key: str) -> list[Hit]:
        """The places that bear `key` (with its first character, see `layer.py`), each as its last layer holds it."""
        found: dict[Spot, bool] = {}
        for position, number_of in enumerate(self._key_numbers):
            if (known := number_of(key)) is not None:
                for number, main in self.layers[position].posts(known):
                    spot = self._topmost(number << LAYER_BITS | position)
                    found[spot] = main or found.get(spot, False)
        return list(found.items())

    def may_be_name(self, folded: str) -> bool:
        """No where no layer holds the (folded) name, with articles or without; soon, and mostly, told."""
        mark = mark_of(folded)
        for marks, mask in self._name_marks:
            at = mark & mask
            if marks[at >> 3] >> (at & 7) & 1:
                return True
        return False

    def has_key(self, key: str) -> bool:
        """Does `key` stand in any layer?"""
        for number_of in self._key_numbers:  # noqa: SIM110  # asked for every word: sooner than any()
            if number_of(key) is not None:
                return True
        return False

    def goes_on(self, folded: str) -> bool:
        """Does any name, with its Arabic articles or without, begin with the words of a (folded) name and have more?"""
        short = core(folded)
        if ARTICLES.issuperset(short.split()):  # what follows is found without them
            return True
        if self.has_key(BEGINS + folded) or (short != folded and self.has_key(BEGINS + short)):
            return True
        return bool(self._aliases) and any(name.startswith(f"{folded} ") for name in self._aliases)

    def is_name(self, folded: str) -> bool:
        """Does a place bear this (folded) name, but for articles?"""
        short = core(folded)
        return self.has_key(EXACT + short) or self.has_key(CORE + short)

    def spellings(self, spot: Spot) -> set[str]:
        """The folded names of a place in all layers."""
        id = self.entry(spot).id
        position, own = spot & _POSITION, spot >> LAYER_BITS
        numbers = [(layer, layer.number_of(id)) for layer in self.layers[:position]]
        told = {name for layer, number in numbers if number is not None for name in layer.spellings(number)}
        return told | set(self.layers[position].spellings(own))

    def by_id(self, id: str) -> Entry | None:
        """The place with that id."""
        for position in range(len(self.layers) - 1, -1, -1):
            if (number := self.layers[position].number_of(id)) is not None:
                return self.entry(number << LAYER_BITS | position)
        return None

    def each(self, *kinds: PlaceKind) -> Iterator[Entry]:
        """All places of those kinds, each as its last layer holds it."""
        for position, layer in enumerate(self.layers):
            for number in layer.of_kinds(*kinds):
                spot = number << LAYER_BITS | position
                if self._topmost(spot) == spot:
                    yield self.entry(spot)

    def _entry(self, spot: Spot) -> Entry:
        """The place, with the people that an earlier layer counts where its own does not."""
        position, own = spot & _POSITION, spot >> LAYER_BITS
        entry = self.layers[position].entry(own)
        for below in reversed(self.layers[:position]):
            if entry.population and entry.rank:
                break
            if (number := below.number_of(entry.id)) is not None:
                other = below.entry(number)
                entry = replace(entry, population=entry.population or other.population, rank=entry.rank or other.rank)
        return entry

    def _find_topmost(self, spot: Spot) -> Spot:
        """The same place in the last layer that holds it."""
        position, own = spot & _POSITION, spot >> LAYER_BITS
        if position == len(self.layers) - 1:
            return spot
        layer, id = self.layers[position], None
        country = layer.country(own)
        for above in range(len(self.layers) - 1, position, -1):
            if country not in self.layers[above].countries:
                continue
            id = id or layer.id(own)
            if (number := self.layers[above].number_of(id)) is not None:
                return number << LAYER_BITS | above
        return spot


def gazetteer_of(layers: Sequence[Path], aliases: Sequence[PlaceAlias] = ()) -> Gazetteer:
    """The gazetteer of these layer files, the lowest first; the same one as long as the files stay the same."""
    return _gazetteer_of(tuple((path, *_state(path)) for path in layers), tuple(aliases))


def _state(path: Path) -> tuple[int, int]:
    """What changes when a file is replaced."""
    try:
        found = path.stat()
    except OSError as e:
        raise GazetteerError(f"gazetteer layer {path} cannot be read: {e.strerror or e}") from e
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=4)
def _gazetteer_of(layers: tuple[tuple[Path, int, int], ...], aliases: tuple[PlaceAlias, ...]) -> Gazetteer:
    return Gazetteer([Layer(path) for path, *_ in layers], aliases)


@cache
def shipped_layers() -> tuple[Path, ...]:
    """The files of the layers that come with Dateline, the lowest first."""
    folder = Path(str(files("dateline.gazetteer").joinpath("data")))
    paths = tuple(folder / f"{name}{SUFFIX}" for name in SHIPPED)
    if lacking := [path.name for path in paths if not path.is_file()]:
        raise GazetteerError(f"gazetteer file {lacking[0]} is missing from the installation; reinstall dateline")
    return paths


_in_use: ContextVar[Gazetteer | None] = ContextVar("gazetteer", default=None)


def current() -> Gazetteer:
    """The gazetteer in use: that of the innermost `using`, else the shipped layers and the packs of this user."""
    return _in_use.get() or _installed()


@cache
def _installed() -> Gazetteer:
    from dateline.gazetteer.installed import installed_layers

    return gazetteer_of(installed_layers())


@contextmanager
def using(layers: Sequence[Path], aliases: Sequence[PlaceAlias] = ()) -> Iterator[Gazetteer]:
    """Read with these layers, the lowest first, and a project's aliases, while the context lasts."""
    token = _in_use.set(gazetteer_of(layers, aliases))
    try:
        yield current()
    finally:
        _in_use.reset(token)


def version() -> str:
    """The first 16 digits of the SHA-256 of the versions of all layers in use."""
    return hashlib.sha256(" ".join(current().stamps).encode()).hexdigest()[:16]
