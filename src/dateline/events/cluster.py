"""Joins incidents to events: the best pairs first, as long as the two sides fit on average and nothing speaks against it."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.events.candidates import candidate_pairs
from dateline.events.compare import THRESHOLD, Comparison, compare
from dateline.events.facts import Incident

_LOOKED_AT = 10  # members of a cluster that are compared when it is to be joined: the cost of a large event stays linear


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
    asserted = [n for n, incident in enumerate(ordered) if incident.claim.certainty != "denied"]
    found = _Comparisons(ordered)
    edges = _edges(ordered, found)
    member_of = {n: n for n in asserted}
    members = {n: [n] for n in asserted}
    for edge in edges:
        if edge.a in member_of and edge.b in member_of:
            _join(member_of[edge.a], member_of[edge.b], member_of, members, found)
    _add_denials(ordered, edges, member_of, members)
    return [[_linked(n, group, ordered, found) for n in sorted(group)] for _, group in sorted(members.items())]


class _Comparisons:
    """Comparisons of incidents by position.  Those that can matter again are kept, the many that come to nothing are not."""

    def __init__(self, incidents: Sequence[Incident]) -> None:
        self._incidents = incidents
        self._made: dict[tuple[int, int], Comparison] = {}

    def of(self, a: int, b: int) -> Comparison:
        key = (a, b) if a < b else (b, a)
        made = self._made.get(key)
        if made is None:
            made = compare(self._incidents[a], self._incidents[b])
            if made.score >= THRESHOLD:
                self._made[key] = made
        return made


def _edges(ordered: Sequence[Incident], found: _Comparisons) -> list[_Edge]:
    """Pairs that could be one event, the best first."""
    pairs = ((found.of(a, b).score, a, b) for a, b in candidate_pairs(ordered))
    return sorted((_Edge(*pair) for pair in pairs if pair[0] >= THRESHOLD), key=lambda edge: (-edge.score, edge.a, edge.b))


def _join(one: int, other: int, member_of: dict[int, int], members: dict[int, list[int]], found: _Comparisons) -> None:
    """Join two clusters if their members fit on average and none of those looked at cannot be one with another."""
    if one == other:
        return
    pairs = [found.of(a, b) for a in members[one][:_LOOKED_AT] for b in members[other][:_LOOKED_AT]]
    if any(pair.cannot for pair in pairs) or sum(pair.score for pair in pairs) < THRESHOLD * len(pairs):
        return
    kept, gone = sorted((one, other))
    for n in members[gone]:
        member_of[n] = kept
    members[kept] = sorted(members[kept] + members.pop(gone))


def _add_denials(
    ordered: Sequence[Incident], edges: list[_Edge], member_of: dict[int, int], members: dict[int, list[int]]
) -> None:
    """A denial belongs to the event that it denies most plainly; alone it is no event."""
    for edge in edges:
        for denial, other in ((edge.a, edge.b), (edge.b, edge.a)):
            if (
                ordered[denial].claim.certainty == "denied"
                and denial not in member_of
                and ordered[other].claim.certainty != "denied"
            ):
                member_of[denial] = member_of[other]
                members[member_of[other]].append(denial)


def _linked(n: int, group: list[int], ordered: Sequence[Incident], found: _Comparisons) -> Linked:
    others = [(found.of(n, m), m) for m in sorted(group)[: _LOOKED_AT + 1] if m != n]
    if not others:
        return Linked(ordered[n], None, None)
    best, to = max(others, key=lambda pair: (pair[0].score, -pair[1]))
    return Linked(ordered[n], ordered[to].claim.id, best)
