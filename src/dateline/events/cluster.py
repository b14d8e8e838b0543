"""Joins incidents to events: the best pairs first, as long as the two sides fit on average and nothing speaks against it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from dateline.events.compare import THRESHOLD, Comparison, compare, score
from dateline.events.facts import Incident
from dateline.model import LinkDecisions

_LOOKED_AT = 10  # members of a cluster that are compared when it is to be joined: the cost of a large event stays linear
_NEVER = -1.0
DECIDED = "a person decided so"
_NOTHING_DECIDED = LinkDecisions()


class Linked(NamedTuple):
    """An incident with its best link within its event: to which claim, and why; None where it stands alone."""

    incident: Incident
    to: str | None
    comparison: Comparison | None


class Edge(NamedTuple):
    """Two incidents that could be one event, by their positions, the smaller first."""

    score: float
    a: int
    b: int


def cluster(ordered: Sequence[Incident], edges: Sequence[Edge], decided: LinkDecisions = _NOTHING_DECIDED) -> list[list[Linked]]:
    """Groups of incidents that tell of one event.

    `ordered` are in the order of their keys, `edges` are the candidates with a score of THRESHOLD and more.  Incidents come
    together along edges alone, and whether two groups join depends on their members and on nothing else: so what is linked
    of a part of a project is what linking all of it gives, as long as the part is whole (`link.py`).
    """
    scores = _Scores(ordered, edges, decided)
    ranked = sorted(edges, key=lambda edge: (-edge.score, edge.a, edge.b))
    groups = _Groups((n for n, incident in enumerate(ordered) if incident.claim.certainty != "denied"), scores)
    groups.join_scenes()
    for a, b in sorted(scores.forced):
        groups.force(a, b)
    for edge in ranked:
        groups.join(edge.a, edge.b)
    _add_denials(ordered, [*(Edge(1.0, a, b) for a, b in sorted(scores.forced)), *ranked], groups, scores)
    return [[_linked(n, group, ordered, scores) for n in sorted(group)] for _, group in sorted(groups.members.items())]


class _Scores:
    """Scores of pairs of incidents, by position: each pair is compared once.  Of a comparison only its number is kept."""

    def __init__(self, incidents: Sequence[Incident], edges: Sequence[Edge], decided: LinkDecisions) -> None:
        self._incidents = incidents
        # pair -> score; _NEVER where the two cannot be one
        self._made = {edge.a * len(incidents) + edge.b: edge.score for edge in edges}
        position = {incident.claim.id: n for n, incident in enumerate(incidents)}
        self.forced = frozenset(_positions(decided.forced - decided.forbidden, position))
        self._forbidden = frozenset(_positions(decided.forbidden, position))
        self._moved = frozenset(n for pair in self.forced for n in pair)
        # The first incident of each scene stands for it: claims of two reports are compared by their scenes.
        first: dict[tuple[str, str], int] = {}
        self.stands_for = [first.setdefault(_scene(incident), n) for n, incident in enumerate(incidents)]

    def of(self, a: int, b: int) -> float:
        """The score of two incidents, _NEVER where they cannot be one event."""
        first, second = (a, b) if a < b else (b, a)
        if self._forbidden and (first, second) in self._forbidden:
            return _NEVER
        if self._incidents[first].report.id != self._incidents[second].report.id:
            first, second = self.stands_for[first], self.stands_for[second]
        pair = first * len(self._incidents) + second
        known = self._made.get(pair)
        if known is None:
            made = score(self._incidents[first], self._incidents[second])
            known = self._made[pair] = _NEVER if made is None else made
        return known

    def is_forbidden(self, a: int, b: int) -> bool:
        """Whether a person keeps the two apart."""
        return (a, b) in self._forbidden or (b, a) in self._forbidden

    def is_moved(self, a: int, b: int) -> bool:
        """Whether a person put one of the two where it is: what speaks against it there is no matter any more."""
        return a in self._moved or b in self._moved

    def compare(self, a: int, b: int) -> Comparison:
        """The whole comparison of two, with its reasons."""
        if (min(a, b), max(a, b)) in self.forced:
            return Comparison(1.0, (DECIDED,))
        return compare(self._incidents[a], self._incidents[b])


class _Groups:
    """Which incidents have been joined: at first each asserted one stands alone, named by its position."""

    def __init__(self, positions: Iterable[int], scores: _Scores) -> None:
        self.members = {n: [n] for n in positions}
        self.group_of = {n: n for n in self.members}
        self._scores = scores
        # A group only grows, so its name and size say who is in it, and two that did not fit need no second look as they are.
        self._refused: set[tuple[int, int, int, int]] = set()

    def join_scenes(self) -> None:
        """Put the claims of each scene together, but for those that a person keeps apart from others of it."""
        for n, first in enumerate(self._scores.stands_for):
            if n == first or n not in self.group_of or first not in self.group_of:
                continue
            group = self.group_of[first]
            if not any(self._scores.is_forbidden(n, m) for m in self.members[group]):
                self._merge(group, n)

    def join(self, a: int, b: int) -> None:
        """Join the groups of two incidents, if they have one each and the two groups fit."""
        if a not in self.group_of or b not in self.group_of:
            return
        kept, gone = sorted((self.group_of[a], self.group_of[b]))
        state = (kept, len(self.members[kept]), gone, len(self.members[gone]))
        if kept == gone or state in self._refused:
            return
        if not self._fit(self._looked_at(kept), self._looked_at(gone)):
            self._refused.add(state)
            return
        self._merge(kept, gone)

    def force(self, a: int, b: int) -> None:
        """Join the groups of two incidents that a person put together, if they have one each."""
        if a in self.group_of and b in self.group_of and self.group_of[a] != self.group_of[b]:
            self._merge(*sorted((self.group_of[a], self.group_of[b])))

    def _merge(self, kept: int, gone: int) -> None:
        for n in self.members[gone]:
            self.group_of[n] = kept
        self.members[kept] = sorted(self.members[kept] + self.members.pop(gone))

    def _looked_at(self, group: int) -> list[int]:
        """Its scenes, each by one of its claims, as many as are looked at."""
        scenes = {self._scores.stands_for[n]: n for n in reversed(self.members[group])}
        return sorted(scenes.values())[:_LOOKED_AT]

    def _fit(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether they fit on average, and none cannot be one with another."""
        total, pairs = 0.0, 0
        for a, b in product(some, others):
            found = self._scores.of(a, b)
            if found != _NEVER:
                total += found
                pairs += 1
            elif self._scores.is_forbidden(a, b) or not self._scores.is_moved(a, b):
                return False
        return bool(pairs) and total >= THRESHOLD * pairs


def _scene(incident: Incident) -> tuple[str, str]:
    return incident.report.id, incident.scene.first if incident.scene else incident.claim.id


def _positions(pairs: Iterable[tuple[str, str]], position: Mapping[str, int]) -> list[tuple[int, int]]:
    """Pairs of claims as pairs of positions, the smaller first; those that are not here are left out."""
    known = [(position[a], position[b]) for a, b in pairs if a in position and b in position]
    return sorted((min(pair), max(pair)) for pair in known)


def _add_denials(ordered: Sequence[Incident], edges: Iterable[Edge], groups: _Groups, scores: _Scores) -> None:
    """A denial belongs to the event that it denies most plainly; alone it is no event."""
    denied = [incident.claim.certainty == "denied" for incident in ordered]
    for edge in edges:
        for denial, other in ((edge.a, edge.b), (edge.b, edge.a)):
            if not denied[denial] or denial in groups.group_of or denied[other]:
                continue
            group = groups.group_of[other]
            if not any(scores.is_forbidden(denial, n) for n in groups.members[group]):
                groups.group_of[denial] = group
                groups.members[group].append(denial)


def _linked(n: int, group: list[int], ordered: Sequence[Incident], scores: _Scores) -> Linked:
    others = [m for m in sorted(group)[: _LOOKED_AT + 1] if m != n]
    if not others:
        return Linked(ordered[n], None, None)
    if scores.stands_for[n] == n:  # the first claim of a scene shows what ties the scene to other reports
        others = [m for m in others if ordered[m].report.id != ordered[n].report.id] or others
    forced = [m for m in group if (min(n, m), max(n, m)) in scores.forced]
    to = max(forced or others, key=lambda m: (max(0.0, scores.of(n, m)), -m))
    return Linked(ordered[n], ordered[to].claim.id, scores.compare(n, to))
