"""Finds the places that a name could mean, by ever looser keys."""

import math
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import JaroWinkler

from dateline.gazetteer.data import Gazetteer, Memory, current
from dateline.gazetteer.layer import ALIAS, BARE, CORE, EXACT, SKELETON, Entry
from dateline.gazetteer.names import ARABIC_COUNTRIES, ARTICLES, LONG_FORMS, bare, core, fold, joined_bare, said_kinds, skeletons
from dateline.gazetteer.prominence import NATURAL, prominence
from dateline.model.place import PlaceKind

MAX_WORDS = 6
"""No name of the gazetteer is looked for with more words than this."""

_SAME_KM = 10.0
"""Two layers' places of one name and kind are one place within this, or within their own reach."""
_KM_A_DEGREE = 111.2


class Candidate(Struct, frozen=True, gc=False, cache_hash=True):
    """A place that the name could mean: `tier` is the kind of key that found it, `main` whether by its main name.

    `fame` is how much the place is talked of in general; `likeness` (0 to 1) compares the spelling with the nearest of the
    place's own, for keys that leave most of it out.
    """

    entry: Entry
    tier: str
    main: bool
    fame: float
    likeness: float = 1.0


def candidate_of(entry: Entry, tier: str, *, main: bool, likeness: float = 1.0) -> Candidate:
    """The place as a candidate, its fame worked out once for all reports that ask for the name."""
    return Candidate(entry, tier, main, prominence(entry), likeness)


def find(name: str) -> tuple[Candidate, ...]:
    """All places that bear `name`, by its spelling or but for Arabic articles; strictest key first, each place once.

    A project's alias of that name leaves its place alone.
    """
    return found_names()[name]


def found_names() -> Memory[tuple[Candidate, ...]]:
    """What `find` says of each name, by the gazetteer in use: for whoever asks for many."""
    return current().memory(_find)


def _find(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    folded = fold(name)
    if not folded:
        return ()
    if (meant := gazetteer.alias(folded)) is not None:
        return (candidate_of(meant, ALIAS, main=True),)
    exact, short = EXACT + folded, core(folded)
    if not (gazetteer.may_be_name(folded) or (short != folded and gazetteer.may_be_name(short))):
        return ()
    found: dict[str, Candidate] = {}
    for key in (exact, EXACT + short, CORE + short) if short != folded else (exact, CORE + short):
        for spot, main in gazetteer.hits(key):
            entry = gazetteer.entry(spot)
            if key != exact and entry.country not in ARABIC_COUNTRIES:
                continue
            if (first := found.get(entry.id)) is None:
                found[entry.id] = candidate_of(entry, EXACT if key == exact else CORE, main=main)
            elif main and not first.main:
                found[entry.id] = replace(first, main=True)
    return _without_doubles(gazetteer, tuple(found.values()))


def may_go_on(name: str, word: str) -> bool:
    """Could `name` go on with `word`?  No means no: whoever looks for the longest name stops there.

    Behind the whole of a name an article may always follow, for none is counted there ("Sharqat al").
    """
    return longer_names()[name] or (fold(word) in ARTICLES and current().is_name(fold(name)))


def longer_names() -> Memory[bool]:
    """Whether a name may go on with more than an article, by the gazetteer in use."""
    return current().memory(_goes_on)


def _goes_on(gazetteer: Gazetteer, name: str) -> bool:
    folded = fold(name)
    return not folded or folded in LONG_FORMS or gazetteer.goes_on(folded)


def find_alike(name: str) -> tuple[Candidate, ...]:
    """Places whose name differs in generic words alone, or whose consonants agree; the likest first.

    For names that `find` does not know and a cue supports.  A generic word of nature ("Jabal", "Lake") rules out all else.
    """
    return current().memory(_find_alike)[name]


def _find_alike(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    folded = fold(name)
    if not folded:
        return ()
    found: dict[str, Candidate] = {}
    plain, natural = bare(folded), said_kinds(folded) & NATURAL
    for key in (EXACT + plain, CORE + plain, BARE + plain, *(SKELETON + skeleton for skeleton in skeletons(folded))):
        for spot, main in gazetteer.hits(key):
            entry = gazetteer.entry(spot)
            if entry.id not in found and _may_be(entry, natural, key):
                tier = SKELETON if key[0] == SKELETON else BARE
                spellings = gazetteer.spellings(spot)
                if not natural and entry.kind in NATURAL:  # "Mousel" is no lake; "Himreen" is a range that is called Hamrin too
                    spellings = {spelling for spelling in spellings if not said_kinds(spelling)}
                if spellings:
                    found[entry.id] = candidate_of(entry, tier, main=main, likeness=likeness(plain, spellings))
    ranked = sorted(found.values(), key=lambda c: (-c.likeness, c.entry.id))
    return _without_doubles(gazetteer, tuple(ranked))


def tier_of(key: str, folded: str) -> str:
    """The tier at which a key of the name `folded` finds: by its spelling, but for articles, but for generic words, loosely."""
    if key[0] == SKELETON:
        return SKELETON
    if key[1:] == folded:
        return EXACT
    return CORE if key[1:] == core(folded) else BARE


def _may_be(entry: Entry, natural: frozenset[PlaceKind], key: str) -> bool:
    """Does the kind fit, and is the place of a country where names are spelled in many ways?"""
    return (not natural or entry.kind in natural) and (key[0] == SKELETON or entry.country in ARABIC_COUNTRIES)


def likeness(plain: str, spellings: Iterable[str]) -> float:
    """How like a bare name is to the nearest of these folded spellings, from 0 to 1."""
    own = plain.replace(" ", "")
    return max([JaroWinkler.similarity(own, joined_bare(other)) for other in spellings], default=0.0)


def _without_doubles(gazetteer: Gazetteer, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The candidates without those that a later layer holds under another id."""
    if len(candidates) < 2 or len({candidate.entry.layer for candidate in candidates}) < 2:
        return candidates
    above = [gazetteer.position[candidate.entry.layer] for candidate in candidates]
    top = max(above)

    def hidden(one: Entry, at: int) -> bool:
        later = (c.entry for c, higher in zip(candidates, above, strict=True) if higher > at)
        return at < top and any(_is_same(one, other) for other in later)

    return tuple([c for c, at in zip(candidates, above, strict=True) if not hidden(c.entry, at)])


def _is_same(one: Entry, other: Entry) -> bool:
    if one.kind != other.kind or (one.country and other.country and one.country != other.country):
        return False
    if one.kind == "admin1" and one.admin1:
        return one.admin1 == other.admin1
    return distance_km(one, other) <= max(_SAME_KM, min(one.radius, other.radius))


def distance_km(one: Entry, other: Entry) -> float:
    """Kilometres between two places, near enough for places near each other."""
    wide = (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(one.lat - other.lat, wide) * _KM_A_DEGREE


def area(code: str) -> Entry | None:
    """The country ("IQ"), the admin area ("US.TX") or the place with the id `code`."""
    return current().memory(_area)[code]


def _area(gazetteer: Gazetteer, code: str) -> Entry | None:
    return _areas(gazetteer).get(code) or gazetteer.by_id(code)


@lru_cache(maxsize=8)
def _areas(gazetteer: Gazetteer) -> dict[str, Entry]:
    """Countries and admin areas of the first level, by code."""
    areas: dict[str, Entry] = {}
    for place in gazetteer.each("country", "admin1"):
        if place.kind == "country":
            areas[place.country] = place
        elif place.admin1:
            areas[f"{place.country}.{place.admin1}"] = place
    return areas
