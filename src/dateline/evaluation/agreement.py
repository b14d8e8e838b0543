"""How far two coders agree, in the figures that coders report.

On the claims that both have (paired by kind and characters, as an engine's claims are with gold ones): Cohen's kappa for fields
with one value, F1 for fields that are sets.  That a claim is there at all has no chance rate, since nobody counts the claims that
neither coder saw; it is told as F1 (Hripcsak and Rothschild 2005).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence

from msgspec import Struct

from dateline.evaluation.matching import Matched, Pair, match
from dateline.evaluation.measures import compare_fields, figure_keys
from dateline.evaluation.records import CodedClaim, CodedReport
from dateline.lexicon.names import ActorNames, place

CATEGORICAL = ("kind", "event_type", "certainty", "background", "scope", "stance", "source_type")
"""Fields with one value of a closed list: what kappa is for."""


class Kappa(Struct, frozen=True):
    """Agreement on a field with one value: the share of claims that agree, that to be expected by chance, and Cohen's kappa.

    Kappa is None where chance alone gives full agreement: both coders used one and the same value throughout.
    """

    agree: float
    chance: float
    kappa: float | None
    of: int


class SetScore(Struct, frozen=True):
    """F1 of the values of both coders, with how many each gave; None where neither gave any."""

    f1: float | None
    first: int
    second: int


class Agreement(Struct, frozen=True, kw_only=True):
    """How far two coders agree, on how many reports."""

    reports: int
    claims: SetScore  # which claims there are
    fields: dict[str, Kappa]
    sets: dict[str, SetScore]  # initiator, target, places, figures, and whole values such as the time


def agreement_of(matched: Sequence[Matched], names: ActorNames) -> Agreement:
    """The agreement over reports whose claims have been paired, the first coder's taken as the gold."""
    pairs = [(m, pair) for m in matched for pair in m.pairs]
    first, second = sum(len(m.gold) for m in matched), sum(len(m.predicted) for m in matched)
    shared = SetScore(_f1(len(pairs), first, second), first, second)
    return Agreement(reports=len(matched), claims=shared, fields=_fields(matched, pairs, names), sets=_sets(pairs, names))


def kappa(values: Sequence[tuple[Hashable, Hashable]]) -> Kappa | None:
    """Cohen's kappa (1960) of pairs of values; None where there are none."""
    if not values:
        return None
    of = len(values)
    agree = sum(a == b for a, b in values) / of
    first, second = Counter(a for a, _ in values), Counter(b for _, b in values)
    chance = sum(first[value] * second[value] for value in first) / of**2
    return Kappa(agree, chance, None if chance == 1 else (agree - chance) / (1 - chance), of)


def _fields(matched: Sequence[Matched], pairs: Iterable[tuple[Matched, Pair]], names: ActorNames) -> dict[str, Kappa]:
    values: dict[str, list[tuple[Hashable, Hashable]]] = {field: [] for field in CATEGORICAL}
    for m, pair in pairs:
        for field, first, second in compare_fields(pair.gold.claim, pair.predicted.claim, m.report, names):
            if field in values:
                values[field].append((str(first), str(second)))
    # claims are paired within a kind, so that the kind is compared on those that stand on the same characters whatever it is
    values["kind"] = [kinds for m in matched for kinds in _kinds(m)]
    return {field: found for field, some in values.items() if (found := kappa(some))}


def _kinds(m: Matched) -> list[tuple[Hashable, Hashable]]:
    """The kinds that both coders give to the same characters."""
    first, second = [p.claim for p in m.gold], [p.claim for p in m.predicted]
    return [(first[i].kind, second[j].kind) for i, j in match_whatever_kind(m.report, first, second)]


def match_whatever_kind(report: CodedReport, first: Sequence[CodedClaim], second: Sequence[CodedClaim]) -> list[tuple[int, int]]:
    """Claims that stand on the same characters, by their positions in both lists, whether or not they are of one kind."""
    one, other = ([_as_incident(claim, str(i)) for i, claim in enumerate(claims)] for claims in (first, second))
    paired = match(CodedReport(id=report.id, text=report.text, claims=one), other).pairs
    return [(int(g.claim.id or 0), int(p.claim.id or 0)) for g, p in paired]


def _as_incident(claim: CodedClaim, identity: str) -> CodedClaim:
    return CodedClaim(id=identity, kind="incident", event_type=claim.event_type, evidence=claim.evidence)


def _sets(pairs: Sequence[tuple[Matched, Pair]], names: ActorNames) -> dict[str, SetScore]:
    parts: dict[str, Callable[[CodedClaim], Counter[Hashable]]] = {
        "initiator": lambda c: Counter({names.actor(name) for name in c.initiator or []}),
        "target": lambda c: Counter({names.actor(name) for name in c.target or []}),
        "places": lambda c: Counter({place(name) for name in c.places or []}),
        "figures": lambda c: figure_keys(c, strict=True),
        "time": lambda c: Counter([(c.time.start, c.time.end)] if c.time and (c.time.start or c.time.end) else []),
        "operation": lambda c: Counter([(c.operation.name, c.operation.phase)] if c.operation and c.operation.name else []),
    }
    found = {}
    for field, values in parts.items():
        right = first = second = 0
        for _, pair in pairs:
            mine, theirs = values(pair.gold.claim), values(pair.predicted.claim)
            right, first, second = right + (mine & theirs).total(), first + mine.total(), second + theirs.total()
        found[field] = SetScore(_f1(right, first, second), first, second)
    return found


def _f1(right: int, first: int, second: int) -> float | None:
    return 2 * right / (first + second) if first + second else None
