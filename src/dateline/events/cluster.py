"""Joins incidents to events: the best pairs first, as long as the two sides fit on average and nothing speaks against it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.events.compare import THRESHOLD, Comparison, compare, score
from dateline.events.facts import Incident
from dateline.events.profiles import Profiles, profiles_of
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


class Decided(NamedTuple):
    """What people decided about links of incidents, by position, the smaller first: who is together, and who is not."""

    forced: frozenset[tuple[int, int]] = frozenset()
    forbidden: frozenset[tuple[int, int]] = frozenset()

    def among(self, positions: NDArray[np.int64]) -> "Decided":
        """What was decided of some incidents, by their places among these."""
        if not self.forced and not self.forbidden:
            return self
        place = {position: n for n, position in enumerate(positions.tolist())}
        return Decided(*(frozenset((place[a], place[b]) for a, b in some if a in place and b in place) for some in self))


def decided_of(decisions: LinkDecisions, position: Mapping[str, int]) -> Decided:
    """Decisions about claims as such about positions; those about claims that are not here are left out."""
    return Decided(_positions(decisions.forced - decisions.forbidden, position), _positions(decisions.forbidden, position))


def cluster(
    ordered: Sequence[Incident], edges: Sequence[Edge], decisions: LinkDecisions = _NOTHING_DECIDED
) -> list[list[Linked]]:
    """Groups of incidents that tell of one event, linked.  `ordered` are in the order of their keys; `edges` as in `group`."""
    decided = decided_of(decisions, {incident.claim.id: n for n, incident in enumerate(ordered)})
    profiles = profiles_of(ordered)
    firsts = firsts_of_scenes(profiles)
    return [
        link([ordered[n] for n in members], [firsts[n] == n for n in members], decided.among(np.array(members)))
        for members in group(profiles, ordered.__getitem__, edges, decided)
    ]


def group(
    profiles: Profiles,
    incident_of: Callable[[int], Incident],
    edges: Sequence[Edge],
    decided: Decided = Decided(),  # noqa: B008  # frozen
) -> list[list[int]]:
    """Groups of incidents that tell of one event, by their positions in the order of their keys.

    `edges` are the candidates with a score of THRESHOLD and more.  Incidents come together along edges alone, and whether two
    groups join depends on their members and on nothing else: so what is linked of a part of a project is what linking all of it
    gives, as long as the part is whole (`relink.py`).  `incident_of` is asked for those that no edge says enough about.
    """
    scores = _Scores(firsts_of_scenes(profiles), profiles["report"].tolist(), incident_of, edges, decided)
    denied = profiles["denied"].tolist()
    ranked = sorted(edges, key=lambda edge: (-edge.score, edge.a, edge.b))
    groups = _Groups((n for n, is_denied in enumerate(denied) if not is_denied), scores)
    groups.join_scenes()
    for a, b in sorted(decided.forced):
        groups.force(a, b)
    groups.join_along(ranked, _in_time(profiles))
    _add_denials(denied, [*(Edge(1.0, a, b) for a, b in sorted(decided.forced)), *ranked], groups, scores)
    return [sorted(members) for _, members in sorted(groups.members.items())]


def firsts_of_scenes(profiles: Profiles) -> list[int]:
    """The first incident of the scene of each: it stands for it, since claims of two reports are compared by their scenes."""
    first: dict[tuple[int, int], int] = {}
    scenes = zip(profiles["report"].tolist(), profiles["scene"].tolist(), strict=True)
    return [first.setdefault(scene, n) for n, scene in enumerate(scenes)]


def link(incidents: Sequence[Incident], firsts: Sequence[bool], decided: Decided) -> list[Linked]:
    """The members of a group with their best links; `firsts` says which stand for their scenes."""
    reports = [incident.report.id for incident in incidents]
    made: dict[tuple[int, int], float] = {}

    def of(a: int, b: int) -> float:
        """The score of two, 0 where they cannot be one."""
        pair = (a, b) if a < b else (b, a)
        if pair in decided.forbidden:
            return 0.0
        if pair not in made:
            made[pair] = score(incidents[pair[0]], incidents[pair[1]]) or 0.0
        return made[pair]

    def compared(a: int, b: int) -> Comparison:
        if (min(a, b), max(a, b)) in decided.forced:
            return Comparison(1.0, (DECIDED,))
        return compare(incidents[a], incidents[b])

    linked = []
    for n, incident in enumerate(incidents):
        others = [m for m in range(min(len(incidents), _LOOKED_AT + 1)) if m != n]
        if not others:
            return [Linked(incident, None, None)]
        if firsts[n]:  # it shows what ties its scene to other reports
            others = [m for m in others if reports[m] != reports[n]] or others
        forced = [m for m in range(len(incidents)) if decided.forced and (min(n, m), max(n, m)) in decided.forced]
        to = max(forced or others, key=lambda m: (of(n, m), -m))
        linked.append(Linked(incident, incidents[to].claim.id, compared(n, to)))
    return linked


class _Scores:
    """Scores of pairs of incidents, by position: each pair is compared once.  Of a comparison only its number is kept."""

    def __init__(
        self,
        firsts: list[int],
        reports: list[int],
        incident_of: Callable[[int], Incident],
        edges: Sequence[Edge],
        decided: Decided,
    ) -> None:
        self.stands_for = firsts
        self._reports = reports
        self._incident_of = incident_of
        # pair -> score; _NEVER where the two cannot be one
        self._made = {edge.a * len(firsts) + edge.b: edge.score for edge in edges}
        self._forbidden = decided.forbidden
        self._moved = frozenset(n for pair in decided.forced for n in pair)

    def of(self, a: int, b: int) -> float:
        """The score of two incidents, _NEVER where they cannot be one event."""
        first, second = (a, b) if a < b else (b, a)
        if self._forbidden and (first, second) in self._forbidden:
            return _NEVER
        if self._reports[first] != self._reports[second]:
            first, second = self.stands_for[first], self.stands_for[second]
        pair = first * len(self.stands_for) + second
        known = self._made.get(pair)
        if known is None:
            made = score(self._incident_of(first), self._incident_of(second))
            known = self._made[pair] = _NEVER if made is None else made
        return known

    def is_forbidden(self, a: int, b: int) -> bool:
        """Whether a person keeps the two apart."""
        return (a, b) in self._forbidden or (b, a) in self._forbidden

    def is_moved(self, a: int, b: int) -> bool:
        """Whether a person put one of the two where it is: what speaks against it there is no matter any more."""
        return a in self._moved or b in self._moved


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

    def join_along(self, ranked: Sequence[Edge], order: Iterable[int]) -> None:
        """Join groups along these edges, where they fit: the outcome is that of taking the edges one by one, the first first.

        Whether an edge joins two groups depends on these alone.  So it can be taken as soon as it is the first that is left of
        both, whatever is left elsewhere.  That way incidents are taken in about the `order` given, and not from all over a
        project, of which only a part is in memory.
        """
        edges = _Left(ranked, self.group_of)
        for start in order:
            path = [self.group_of[start]] if start in self.group_of else []
            while path:
                number = edges.first_of(path[-1])
                if number is None:
                    path.pop()
                    continue
                kept, gone = sorted((self.group_of[ranked[number].a], self.group_of[ranked[number].b]))
                other = gone if path[-1] == kept else kept
                if edges.first_of(other) != number:
                    path.append(other)  # which has one that comes before
                    continue
                edges.take(number)
                path.pop()
                if self._join(kept, gone):
                    edges.merge(kept, gone)
                    path = path or [kept]
                else:
                    path = path or [self.group_of[start]]

    def _join(self, kept: int, gone: int) -> bool:
        """Join two groups if they fit."""
        state = (kept, len(self.members[kept]), gone, len(self.members[gone]))
        if state in self._refused:
            return False
        if not self._fit(self._looked_at(kept), self._looked_at(gone)):
            self._refused.add(state)
            return False
        self._merge(kept, gone)
        return True

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


class _Left:
    """The edges of each group that have not been taken yet, by their numbers."""

    def __init__(self, ranked: Sequence[Edge], group_of: Mapping[int, int]) -> None:
        self._ranked = ranked
        self._group_of = group_of
        self._taken = bytearray(len(ranked))
        self._waiting: defaultdict[int, list[int]] = defaultdict(list)  # heaps
        for number, edge in enumerate(ranked):
            if edge.a in group_of and edge.b in group_of:
                self._waiting[group_of[edge.a]].append(number)
                self._waiting[group_of[edge.b]].append(number)

    def first_of(self, group: int) -> int | None:
        """The first that is left of those that lead to another group."""
        waiting = self._waiting[group]
        while waiting:
            edge = self._ranked[waiting[0]]
            if not self._taken[waiting[0]] and self._group_of[edge.a] != self._group_of[edge.b]:
                return waiting[0]
            heappop(waiting)
        return None

    def take(self, number: int) -> None:
        self._taken[number] = True

    def merge(self, kept: int, gone: int) -> None:
        few, many = sorted((self._waiting.pop(kept), self._waiting.pop(gone)), key=len)
        for number in few:
            heappush(many, number)
        self._waiting[kept] = many


def _in_time(profiles: Profiles) -> list[int]:
    """Places of incidents in the order of their days."""
    days = np.where(profiles["start"] != 0, profiles["start"], profiles["published"])
    places: list[int] = np.argsort(days, kind="stable").tolist()
    return places


def _positions(pairs: Iterable[tuple[str, str]], position: Mapping[str, int]) -> frozenset[tuple[int, int]]:
    known = [(position[a], position[b]) for a, b in pairs if a in position and b in position]
    return frozenset((min(pair), max(pair)) for pair in known)


def _add_denials(denied: Sequence[bool], edges: Iterable[Edge], groups: _Groups, scores: _Scores) -> None:
    """A denial belongs to the event that it denies most plainly; alone it is no event."""
    for edge in edges:
        for denial, other in ((edge.a, edge.b), (edge.b, edge.a)):
            if not denied[denial] or denial in groups.group_of or denied[other]:
                continue
            group = groups.group_of[other]
            if not any(scores.is_forbidden(denial, n) for n in groups.members[group]):
                groups.group_of[denial] = group
                groups.members[group].append(denial)
