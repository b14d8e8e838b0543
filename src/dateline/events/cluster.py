"""Joins incidents to events: the best pairs first, as long as the two sides fit on average and nothing speaks against it."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from dateline.events.candidates import candidate_pairs
from dateline.events.compare import THRESHOLD, Comparison, compare, goes_on, score
from dateline.events.facts import Incident

_LOOKED_AT = 10  # members of a cluster that are compared when it is to be joined: the cost of a large event stays linear
_NEVER = -1.0


class Linked(NamedTuple):
    """An incident with its best link within its event: to which claim, and why; None where it stands alone."""

    incident: Incident
    to: str | None
    comparison: Comparison | None


class _Edge(NamedTuple):
    score: float
    a: int
    b: int


def cluster(incidents: Sequence[Incident]) -> list[list[Linked]]:
    """Groups of incidents that tell of one event.  The order of `incidents` does not matter."""
    ordered = sorted(incidents, key=lambda incident: incident.key)
    scores = _Scores(ordered)
    edges = _edges(ordered, scores)
    groups = _Groups((n for n, incident in enumerate(ordered) if incident.claim.certainty != "denied"), scores)
    for edge in edges:
        groups.join(edge.a, edge.b)
    for edge in edges:
        if goes_on(ordered[edge.a], ordered[edge.b]):
            groups.follow(edge.a, edge.b, ordered)
    _add_denials(ordered, edges, groups)
    return [[_linked(n, group, ordered, scores) for n in sorted(group)] for _, group in sorted(groups.members.items())]


class _Scores:
    """Scores of pairs of incidents, by position: each pair is compared once.  Of a comparison only its number is kept."""

    def __init__(self, incidents: Sequence[Incident]) -> None:
        self._incidents = incidents
        self._made: dict[int, float] = {}  # pair -> score; _NEVER where the two cannot be one

    def of(self, a: int, b: int) -> float:
        """The score of two incidents, _NEVER where they cannot be one event."""
        first, second = (a, b) if a < b else (b, a)
        pair = first * len(self._incidents) + second
        known = self._made.get(pair)
        if known is None:
            made = score(self._incidents[first], self._incidents[second])
            known = self._made[pair] = _NEVER if made is None else made
        return known


class _Groups:
    """Which incidents have been joined: at first each asserted one stands alone, named by its position."""

    def __init__(self, positions: Iterable[int], scores: _Scores) -> None:
        self.members = {n: [n] for n in positions}
        self.group_of = {n: n for n in self.members}
        self._scores = scores
        # A group only grows, so its name and size say who is in it, and two that did not fit need no second look as they are.
        self._refused: set[tuple[int, int, int, int]] = set()

    def join(self, a: int, b: int) -> None:
        """Join the groups of two incidents, if they have one each and the two groups fit."""
        if a not in self.group_of or b not in self.group_of:
            return
        kept, gone = sorted((self.group_of[a], self.group_of[b]))
        state = (kept, len(self.members[kept]), gone, len(self.members[gone]))
        if kept == gone or state in self._refused:
            return
        if not self._fit(self.members[kept][:_LOOKED_AT], self.members[gone][:_LOOKED_AT]):
            self._refused.add(state)
            return
        self._merge(kept, gone)

    def follow(self, act: int, more: int, incidents: Sequence[Incident]) -> None:
        """Join what is told further of an act to it, whatever others in the act's group say: they may be of other reports.

        Not where the group of `more` has a scene of its own by now.
        """
        if act not in self.group_of or more not in self.group_of or self.group_of[act] == self.group_of[more]:
            return
        if all(incidents[n].follows for n in self.members[self.group_of[more]]):
            self._merge(*sorted((self.group_of[act], self.group_of[more])))

    def _merge(self, kept: int, gone: int) -> None:
        for n in self.members[gone]:
            self.group_of[n] = kept
        self.members[kept] = sorted(self.members[kept] + self.members.pop(gone))

    def _fit(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether they fit on average, and none cannot be one with another."""
        total = 0.0
        for a, b in product(some, others):
            found = self._scores.of(a, b)
            if found == _NEVER:
                return False
            total += found
        return total >= THRESHOLD * len(some) * len(others)


def _edges(ordered: Sequence[Incident], scores: _Scores) -> list[_Edge]:
    """Pairs that could be one event, the best first."""
    pairs = ((scores.of(a, b), a, b) for a, b in candidate_pairs(ordered))
    return sorted((_Edge(*pair) for pair in pairs if pair[0] >= THRESHOLD), key=lambda edge: (-edge.score, edge.a, edge.b))


def _add_denials(ordered: Sequence[Incident], edges: list[_Edge], groups: _Groups) -> None:
    """A denial belongs to the event that it denies most plainly; alone it is no event."""
    denied = [incident.claim.certainty == "denied" for incident in ordered]
    for edge in edges:
        for denial, other in ((edge.a, edge.b), (edge.b, edge.a)):
            if denied[denial] and denial not in groups.group_of and not denied[other]:
                group = groups.group_of[denial] = groups.group_of[other]
                groups.members[group].append(denial)


def _linked(n: int, group: list[int], ordered: Sequence[Incident], scores: _Scores) -> Linked:
    others = [m for m in sorted(group)[: _LOOKED_AT + 1] if m != n]
    if not others:
        return Linked(ordered[n], None, None)
    to = max(others, key=lambda m: (max(0.0, scores.of(n, m)), -m))
    return Linked(ordered[n], ordered[to].claim.id, compare(ordered[n], ordered[to]))
