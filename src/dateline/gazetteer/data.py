"""The gazetteer in use: layers on top of each other, of which later ones win.

A place that two layers hold under one id is one place: it has the names of both and all else as the later one says (its people,
where that one does not know them, as the earlier).  What two layers hold under different ids is made one in `lookup.py`.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec.structs import replace

from dateline.errors import GazetteerError
from dateline.gazetteer.layer import CORE, EXACT, SUFFIX, Entry, Layer
from dateline.gazetteer.names import ARTICLES, core
from dateline.model.place import PlaceAlias, PlaceKind

SHIPPED = ("world", "iq-sy")
"""The layers that come with Dateline, the first at the bottom."""

GoesOn = Literal["no", "article", "any"]
"""By no further word, by an Arabic article at most, by any."""


class Spot(NamedTuple):
    """A place of one layer: the layer's position and the place's number in it."""

    layer: int
    number: int


class Hit(NamedTuple):
    """A place that bears a key; `main` where it is the key of its main name."""

    spot: Spot
    main: bool


class Gazetteer:
    """Layers, the later the stronger.  Asked for what it has been asked before, it answers from memory."""

    def __init__(self, layers: Sequence[Layer], aliases: Sequence[PlaceAlias] = ()) -> None:
        self.layers = tuple(layers)
        self._aliases = {alias.name: alias.place_id for alias in aliases}
        self.entry = lru_cache(maxsize=32768)(self._entry)
        self._topmost = lru_cache(maxsize=65536)(self._find_topmost)

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """Names and versions of the layers, and of the aliases where there are any: what a reading depends on."""
        layers = tuple(layer.stamp for layer in self.layers)
        if not self._aliases:
            return layers
        told = "\n".join(f"{name}\t{place_id}" for name, place_id in sorted(self._aliases.items()))
        return (*layers, f"aliases@{hashlib.sha256(told.encode()).hexdigest()[:16]}")

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
        for position, layer in enumerate(self.layers):
            for number, main in layer.hits(key):
                spot = self._topmost(Spot(position, number))
                found[spot] = main or found.get(spot, False)
        return [Hit(spot, main) for spot, main in found.items()]

    def goes_on(self, folded: str) -> GoesOn:
        """How may a (folded) name go on: does any name, with its Arabic articles or without, begin with its words and have more?

        Behind the whole of a name an article may always follow, for none is counted there ("Sharqat al").
        """
        short = core(folded)
        if all(word in ARTICLES for word in short.split()):  # what follows is found without them
            return "any"
        keys = dict.fromkeys((f"{EXACT}{folded} ", f"{EXACT}{short} ", f"{CORE}{short} "))
        for layer in self.layers:
            if any(map(layer.has_keys, keys)):
                return "any"
        if any(name.startswith(f"{folded} ") for name in self._aliases):
            return "any"
        return "article" if any(layer.has_key(key + short) for layer in self.layers for key in (EXACT, CORE)) else "no"

    def spellings(self, spot: Spot) -> set[str]:
        """The folded names of a place in all layers."""
        id = self.entry(spot).id
        numbers = [(layer, layer.number_of(id)) for layer in self.layers[: spot.layer]]
        told = {name for layer, number in numbers if number is not None for name in layer.spellings(number)}
        return told | set(self.layers[spot.layer].spellings(spot.number))

    def by_id(self, id: str) -> Entry | None:
        """The place with that id."""
        for position in range(len(self.layers) - 1, -1, -1):
            if (number := self.layers[position].number_of(id)) is not None:
                return self.entry(Spot(position, number))
        return None

    def each(self, *kinds: PlaceKind) -> Iterator[Entry]:
        """All places of those kinds, each as its last layer holds it."""
        for position, layer in enumerate(self.layers):
            for number in layer.of_kinds(*kinds):
                spot = Spot(position, number)
                if self._topmost(spot) == spot:
                    yield self.entry(spot)

    def _entry(self, spot: Spot) -> Entry:
        """The place, with the people that an earlier layer counts where its own does not."""
        entry = self.layers[spot.layer].entry(spot.number)
        for below in reversed(self.layers[: spot.layer]):
            if entry.population and entry.rank:
                break
            if (number := below.number_of(entry.id)) is not None:
                other = below.entry(number)
                entry = replace(entry, population=entry.population or other.population, rank=entry.rank or other.rank)
        return entry

    def _find_topmost(self, spot: Spot) -> Spot:
        """The same place in the last layer that holds it."""
        layer, country, id = self.layers[spot.layer], self.layers[spot.layer].country(spot.number), None
        for position in range(len(self.layers) - 1, spot.layer, -1):
            if country not in self.layers[position].countries:
                continue
            id = id or layer.id(spot.number)
            if (number := self.layers[position].number_of(id)) is not None:
                return Spot(position, number)
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
