"""Finds the places that a name could mean, by ever looser keys."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from dateline.gazetteer.data import CORE, EXACT, SKELETON, Entry, by_id, each, entry, hits
from dateline.gazetteer.names import ARABIC_COUNTRIES, core, fold, skeleton
from dateline.model.place import Place, PlaceKind

MAX_WORDS = 6
"""No name of the gazetteer is looked for with more words than this."""

NATURAL: frozenset[PlaceKind] = frozenset({"mountain", "desert", "valley", "water"})
"""Kinds that never stand for a settlement of the same name, nor it for them."""

_COARSE: dict[PlaceKind, int] = {
    "country": 3, "admin1": 3, "region": 3, "desert": 3, "admin2": 2, "mountain": 2, "water": 2, "valley": 2, "area": 2,
}  # fmt: skip
_WIDE_KM = 100.0


class Candidate(NamedTuple):
    """A place that the name could mean: `tier` is the kind of key that found it, `main` whether by its main name.

    `likeness` (0 to 1) compares the spelling with that of the main name, for keys that leave most of it out.
    """

    entry: Entry
    tier: str
    main: bool
    likeness: float = 1.0


@lru_cache(maxsize=65536)
def find(name: str) -> tuple[Candidate, ...]:
    """All places that bear `name`, by its spelling or but for Arabic articles; strictest key first, each place once."""
    folded = fold(name)
    if not folded:
        return ()
    found: dict[int, Candidate] = {}
    bare = core(folded)
    keys = [EXACT + folded] + ([EXACT + bare] if bare != folded else []) + [CORE + bare]
    for key in keys:
        for hit in hits(key):
            if key == keys[0] or entry(hit.number).country in ARABIC_COUNTRIES:
                first = found.get(hit.number, Candidate(entry(hit.number), EXACT if key == keys[0] else CORE, hit.main))
                found[hit.number] = first._replace(main=first.main or hit.main)
    return tuple(found.values())


@lru_cache(maxsize=8192)
def find_alike(name: str) -> tuple[Candidate, ...]:
    """Places whose consonants agree with those of `name`; for names that `find` does not know and a cue supports."""
    folded = fold(name)
    key = skeleton(folded)
    if key is None:
        return ()
    found = ((hit, entry(hit.number)) for hit in hits(SKELETON + key))
    return tuple(Candidate(place, SKELETON, hit.main, _likeness(folded, place.name)) for hit, place in found)


def _likeness(folded: str, name: str) -> float:
    return JaroWinkler.similarity(core(folded).replace(" ", ""), core(fold(name)).replace(" ", ""))


@lru_cache(maxsize=4096)
def area(code: str) -> Entry | None:
    """The country ("IQ"), the admin area ("US.TX") or the place with the id `code`."""
    return _areas().get(code) or by_id(code)


@lru_cache(maxsize=1)
def _areas() -> dict[str, Entry]:
    """Countries and admin areas of the first level, by code."""
    areas: dict[str, Entry] = {}
    for place in each("country", "admin1"):
        if place.kind == "country":
            areas[place.country] = place
        elif place.admin1:
            areas[f"{place.country}.{place.admin1}"] = place
    return areas


def place_of(found: Entry, *, coarse: bool = False, near: bool = False) -> Place:
    """The record of an entry; `coarse` where only a part of it is meant, `near` where a thing in or by it is."""
    precision = _COARSE.get(found.kind, 1)
    if coarse:
        precision = max(precision, 2 if found.kind == "settlement" else 3)
    if near:
        precision = max(precision, 2)
    if found.radius >= _WIDE_KM:
        precision = 3
    above = area(f"{found.country}.{found.admin1}") if found.admin1 and found.kind != "admin1" else None
    return Place(
        id=found.id, name=found.name, kind=found.kind, lat=found.lat, lon=found.lon, country=found.country or None,
        admin1=found.name if found.kind == "admin1" else above.name if above else None,
        admin2=found.name if found.kind == "admin2" else None,
        radius_km=found.radius, geo_precision=precision, layer=found.layer)  # fmt: skip
