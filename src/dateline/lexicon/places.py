"""The lexicon of places (`en/places.yaml`): demonyms, kinds, cues, and names that are none."""

from functools import cache

from msgspec import Struct

from dateline.lexicon.load import load


class PlaceWords(Struct, frozen=True, kw_only=True):
    """See the comments in `en/places.yaml`."""

    demonyms: dict[str, tuple[str, ...]]
    language_cues: tuple[str, ...]
    not_after_demonym: frozenset[str]
    abbreviations: dict[str, str]
    postal: dict[str, str]
    generics_after: dict[str, tuple[str, ...]]
    generics_before: dict[str, tuple[str, ...]]
    directions: tuple[str, ...]
    sides: dict[str, tuple[str, ...]]
    parts: tuple[str, ...]
    near: tuple[str, ...]
    units: dict[str, float]
    counts: dict[str, float]
    roads: tuple[str, ...]
    stretches: tuple[str, ...]
    edges: tuple[str, ...]
    strong_cues: tuple[str, ...]
    naming_cues: tuple[str, ...]
    bare_cues: tuple[str, ...]
    no_place_cues: tuple[str, ...]
    moves: tuple[str, ...]
    followers: frozenset[str]
    alias_cues: tuple[str, ...]
    weapons: frozenset[str]
    fire: frozenset[str]
    naming_generics: tuple[str, ...]
    naming_appositions: tuple[str, ...]
    settlement_kinds: frozenset[str]
    references: dict[str, tuple[str, ...]]
    not_behind_references: frozenset[str]
    bodies: frozenset[str]
    body_words: frozenset[str]
    borrowers: frozenset[str]
    borrowers_of: frozenset[str]
    titles: frozenset[str]
    name_particles: frozenset[str]
    roles: frozenset[str]
    given_names: frozenset[str]
    family_names: frozenset[str]
    only_cued: frozenset[str]
    stop_names: frozenset[str]
    months: frozenset[str]


_NO_PLURAL = frozenset({"Philippine"})  # "the Philippines" are the country


class _Common(Struct, frozen=True):
    words: frozenset[str]


@cache
def place_words() -> PlaceWords:
    return load("en/places.yaml", PlaceWords)


@cache
def common_words() -> frozenset[str]:
    """Common English words, in lower case."""
    return load("en/common.yaml", _Common).words


@cache
def demonyms() -> dict[str, str]:
    """Demonym as written, plurals too -> country or number of a place."""
    table: dict[str, str] = {}
    for place, words in place_words().demonyms.items():
        for word in words:
            table[word] = place
            if word not in _NO_PLURAL and not word.endswith(("s", "sh", "ch", "ese", "men", "man")):
                table[f"{word}s"] = place
    return table
