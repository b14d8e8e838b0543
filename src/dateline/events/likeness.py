"""The signs that speak for or against two incidents being one, and what they share whether told in one report or two."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Literal, NamedTuple

from msgspec import Struct

from dateline.events.facts import Incident
from dateline.lexicon.load import load
from dateline.model import ActorRef, Figure

Kinship = Literal["same_type", "close_type", "like_type", "other_type"]

# What is told of an act's effects takes its type from them, not from the act's means: "At least 14 were wounded."
_MEANS = frozenset("suicide_bombing bombing air_strike shelling armed_clash attack_on_civilians riot".split())
_EFFECTS = frozenset("attack_on_civilians armed_clash destruction".split())
SOME, MANY = 3, 10  # from which on a number that two tell alike is no chance, and is told of few acts


class Sign(NamedTuple):
    """One agreement or disagreement: its name in `links.yaml`, how much of it there is, and what they agree in."""

    name: str
    much: float = 1.0
    what: str = ""


class _Kinds(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `kinds.yaml`: types that claims of one act bear together."""

    close: tuple[str, ...]
    like: tuple[str, ...]


@cache
def kinds_that_go(which: Literal["close", "like"]) -> frozenset[tuple[str, str]]:
    """Pairs of types that claims of one act bear together, often ("close") or now and then ("like")."""
    families = [family.split() for family in getattr(load("kinds.yaml", _Kinds), which)]
    return frozenset(pair for family in families for pair in product(family, family))


@lru_cache(maxsize=4096)  # all pairs of types of a codebook
def kinship(a: frozenset[str], b: frozenset[str]) -> Kinship:
    """How often claims of one act bear both types (of Dateline's own codebook, as a project's types stand for them)."""
    if not a.isdisjoint(b):
        return "same_type"
    pairs = tuple(product(a, b))
    if any(pair in kinds_that_go("close") for pair in pairs):
        return "close_type"
    return "like_type" if any(pair in kinds_that_go("like") for pair in pairs) else "other_type"


def same_operation(a: Incident, b: Incident) -> bool:
    return a.operation is not None and a.operation == b.operation


def goes_on(a: Incident, b: Incident) -> bool:
    """Whether `b` tells an effect with no scene of its own and `a` is the violent act told just before it."""
    return b.follows is not None and b.follows == a.claim.id and not a.acts.isdisjoint(_MEANS) and not b.acts.isdisjoint(_EFFECTS)


def can_be_one(a: ActorRef, b: ActorRef) -> bool:
    """One party called in two ways: "gunmen" and a group, the army and the forces of one country."""
    if a.kind != b.kind:
        return {a.kind, b.kind} <= {"state_force", "police", "government"} and a.name.split()[0] == b.name.split()[0]
    return "name" not in (a.by, b.by) or a.by != b.by or a.name.split()[0] == b.name.split()[0]


def compare_figures(
    some: Sequence[Figure], others: Sequence[Figure], tolls: frozenset[str], persons: frozenset[str]
) -> Iterator[Sign]:
    """Tolls of one kind agree or do not; the best agreement counts once.

    That both tell of 47 dead says more than that both tell of three, and that both tell of one or two says little.
    """
    same: list[tuple[float, str]] = []
    other = ""
    for one, two in product(some, others):
        if one.measure != two.measure or one.unit != two.unit or (one.object != two.object and one.measure not in tolls):
            continue
        if one.best is not None and one.best == two.best:
            same.append((one.best, one.measure))
        elif one.measure in tolls and _same_persons(one, two, persons) and not figures_fit(one, two):
            other = other or f"{one.words} and {two.words} {one.measure}"
    if same:
        number, measure = min(same, key=lambda told: (-told[0], told[1]))
        yield Sign(_size(number), 1.0, f"{number:g} {measure}")
    elif other:
        yield Sign("other_figure", 1.0, other)


def _size(number: float) -> str:
    return "same_small_figure" if number < SOME else "same_figure" if number < MANY else "same_large_figure"


def _same_persons(a: Figure, b: Figure, persons: frozenset[str]) -> bool:
    """Whether two tolls can count the same persons: militants and civilians killed in one strike do not disagree."""
    return a.object == b.object or not {a.object, b.object} <= persons


def figures_fit(a: Figure, b: Figure) -> bool:
    """Whether one number can be meant by both."""
    low = max(_bound(a.low, a.best, 0.0), _bound(b.low, b.best, 0.0))
    high = min(_bound(a.high, a.best, float("inf")), _bound(b.high, b.best, float("inf")))
    return low <= high


def _bound(bound: float | None, best: float | None, open_end: float) -> float:
    """A bound that is not given is open, unless a single number stands in its place ("about 30")."""
    return bound if bound is not None else open_end if best is None or open_end else 0.0
