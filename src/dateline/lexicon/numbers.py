"""The lexicons of numbers and of counted things (`en/numbers.yaml`, `en/objects.yaml`)."""

from functools import cache
from typing import Literal

from msgspec import Struct

from dateline.lexicon.load import load

BoundClass = Literal["at_least", "almost", "about", "fewer", "exact"]
Bounds = tuple[float | None, float | None, float | None]


class UnitWords(Struct, frozen=True):
    """A unit and its spellings; a number of these times `factor` is one in the unit."""

    unit: str
    names: tuple[str, ...]
    object: str | None = None
    factor: float = 1
    money: str | None = None  # the currency of the same name, where the sentence speaks of money


class NumberWords(Struct, frozen=True):
    """Words of number; see `en/numbers.yaml` for each list."""

    ones: dict[str, int]
    tens: dict[str, int]
    multipliers: dict[str, int]
    after_million: frozenset[str]
    ordinals: frozenset[str]
    nth: dict[str, int]
    exact: dict[str, int]
    vague: dict[str, Bounds]
    none: tuple[str, ...]
    nobody: frozenset[str]
    without: tuple[str, ...]
    negations: frozenset[str]
    over_verbs: frozenset[str]
    compared: frozenset[str]
    companies: dict[str, str | None]
    bounds: dict[BoundClass, tuple[str, ...]]
    bounds_after: dict[BoundClass, tuple[str, ...]]
    names_before: frozenset[str]
    shares: frozenset[str]
    not_counted: tuple[str, ...]
    units: tuple[UnitWords, ...]
    currencies: dict[str, tuple[str, ...]]
    money_prefixes: dict[str, str | None]
    dollars: dict[str, str]
    money_names: tuple[str, ...]
    bare_before: frozenset[str]
    bare_after: frozenset[str]
    bare_joined: frozenset[str]
    bare_closed: frozenset[str]
    done_to_persons: frozenset[str]
    done_to_things: frozenset[str]
    goes_back: frozenset[str]
    next_ones: frozenset[str]
    hurting: frozenset[str]
    hurt: frozenset[str]
    toll_words: frozenset[str]
    toll_links: frozenset[str]


class ObjectWords(Struct, frozen=True):
    """Counted nouns; see `en/objects.yaml` for each list."""

    objects: dict[str, tuple[str, ...]]
    others: frozenset[str]
    measured: dict[str, dict[str, tuple[str, ...]]]
    plurals: dict[str, str]
    invariant: frozenset[str]
    bare_members: frozenset[str]
    belongs_to: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    mixed: tuple[str, ...]
    flew: dict[str, frozenset[str]]
    people_endings: tuple[str, ...]
    people: frozenset[str]
    articled: frozenset[str]
    verbs_after: frozenset[str]
    stops: frozenset[str]


@cache
def number_words() -> NumberWords:
    return load("en/numbers.yaml", NumberWords)


@cache
def object_words() -> ObjectWords:
    return load("en/objects.yaml", ObjectWords)


@cache
def number_keys() -> frozenset[str]:
    """Words that are numbers: "nine", "forty", "dozens"."""
    words = number_words()
    return frozenset((*words.ones, *words.tens, *words.multipliers, *words.exact, *words.vague))
