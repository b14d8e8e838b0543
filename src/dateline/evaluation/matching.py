"""Which predicted claim is which gold claim: by kind and by the characters of their evidence, one to one."""

from typing import NamedTuple

from msgspec import Struct

from dateline.evaluation.records import CodedClaim, CodedReport, Evidence

HALF, UNION = 0.5, 0.2
"""A match shares this much of the shorter evidence, and this much of both together: whole sentences match clauses, and a
whole text matches nothing."""


class Placed(Struct, frozen=True, eq=False):
    """A claim with the characters that its evidence covers; compared by identity."""

    claim: CodedClaim
    chars: frozenset[int]


class Pair(NamedTuple):
    """A gold claim and the predicted claim that it matches."""

    gold: Placed
    predicted: Placed


class Matched(Struct, frozen=True):
    """One report: its gold claims, the predicted ones, and the pairs of them that match."""

    report: CodedReport
    gold: tuple[Placed, ...]
    predicted: tuple[Placed, ...]
    pairs: tuple[Pair, ...]

    @property
    def partners(self) -> list[tuple[Placed, Placed | None]]:
        """Each gold claim with its match, or None."""
        partner = {id(g): p for g, p in self.pairs}
        return [(g, partner.get(id(g))) for g in self.gold]

    @property
    def spurious(self) -> list[Placed]:
        """The predicted claims that match no gold claim."""
        matched = {id(p) for _, p in self.pairs}
        return [p for p in self.predicted if id(p) not in matched]


def overlap(a: Placed, b: Placed) -> tuple[float, float] | None:
    """Shared characters as a share of the shorter evidence and of both together; None where that is no match."""
    shared = len(a.chars & b.chars)
    shares = shared / max(1, min(len(a.chars), len(b.chars))), shared / max(1, len(a.chars | b.chars))
    return shares if shares[0] >= HALF and shares[1] >= UNION else None


def match(report: CodedReport, predicted: list[CodedClaim]) -> Matched:
    """Pair the gold claims of `report` with `predicted` ones of the same kind, best overlap first.

    Ties: the closer span, then the same event type, then the order.
    """
    gold = tuple(place_claim(c, report.text) for c in report.claims)
    guesses = tuple(place_claim(c, report.text) for c in predicted)
    candidates = [
        (-shares[0], -shares[1], g.claim.event_type != p.claim.event_type, i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(guesses)
        if g.claim.kind == p.claim.kind and (shares := overlap(g, p))
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(candidates):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return Matched(report, gold, guesses, tuple(Pair(gold[i], guesses[j]) for i, j in partner.items()))


def place_claim(claim: CodedClaim, text: str) -> Placed:
    """The claim with its characters; a quote that is not in the text covers none."""
    return Placed(claim, frozenset(i for e in claim.evidence or [] for i in _characters(e, text)))


def _characters(evidence: Evidence, text: str) -> range:
    if not isinstance(evidence, str):
        return range(*evidence)
    start = text.find(evidence) if evidence else -1
    return range(start, start + len(evidence)) if start >= 0 else range(0)
