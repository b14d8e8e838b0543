"""Links what is new or changed in a project, and what it touches: the events are those of linking all of it at once.

Linking is local.  Groups join along edges alone, and whether two join depends on their members.  So a part of the project
can be linked by itself as long as nothing in it would join anything outside; to see that, the part is linked together with
all events that it has an edge to.  Those stay as they were, or become a part of the part, and it is linked again.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.events.candidates import Blocks
from dateline.events.cluster import Edge, Linked, cluster
from dateline.events.facts import Incident
from dateline.events.link import edge_of
from dateline.model import LinkDecisions

Load = Callable[[Iterable[int]], Mapping[int, Incident]]
"""The incidents at some positions (and perhaps others)."""
Tell = Callable[[int, int], None]
"""Takes how many incidents have been compared, of how many."""

_AT_ONCE = 256  # incidents whose candidates are loaded together


class Relinked(NamedTuple):
    """The events of what was linked anew, and the positions of the incidents that were."""

    groups: list[list[Linked]]
    positions: frozenset[int]


def relink(
    blocks: Blocks, load: Load, event_of: Mapping[int, str], dirty: Iterable[int], decided: LinkDecisions, tell: Tell
) -> Relinked:
    """Link the incidents in `dirty` and all that this touches.

    Incidents are named by their positions in the order of their keys.  `event_of`: the event that each had before; denials
    that were in none, and new incidents, are left out.
    """
    part = _Part(blocks, load, event_of, tell)
    part.take(dirty)
    while True:
        groups = part.link(decided)
        if not (grown := part.moved(groups)):
            inside = frozenset(part.inside)
            return Relinked([[linked for _, linked in group] for group in groups if group[0][0] in inside], inside)
        part.take(grown)


_Group = list[tuple[int, Linked]]


class _Part:
    """A part of the project that is whole: with each incident all others of the event that it had."""

    def __init__(self, blocks: Blocks, load: Load, event_of: Mapping[int, str], tell: Tell) -> None:
        self._blocks = blocks
        self._load = load
        self._event_of = event_of
        self._tell = tell
        self._members: defaultdict[str, list[int]] = defaultdict(list)
        for position, event in event_of.items():
            self._members[event].append(position)
        self.inside: set[int] = set()
        self._around: set[int] = set()
        self._compared: set[int] = set()  # with all candidates
        self._edges = _Edges()  # of what has been compared with all candidates

    def take(self, positions: Iterable[int]) -> None:
        """Make these part of it, with all of their events."""
        for position in positions:
            self.inside.update(self._whole(position))

    def link(self, decided: LinkDecisions) -> list[_Group]:
        """Link the part with the events around it."""
        self._compare_all(sorted(self.inside - self._compared))
        self._around = {n for end in self._edges.ends() if end not in self.inside for n in self._whole(end)}
        local = sorted(self.inside | self._around)
        place = {position: n for n, position in enumerate(local)}
        edges = [Edge(made, place[a], place[b]) for made, a, b in (*self._edges, *self._within(sorted(self._around)))]
        known = self._load(local)
        incidents = [known[position] for position in local]
        position_of = {incident.claim.id: position for incident, position in zip(incidents, local, strict=True)}
        return [[(position_of[one.incident.claim.id], one) for one in group] for group in cluster(incidents, edges, decided)]

    def moved(self, groups: Sequence[_Group]) -> set[int]:
        """The incidents around the part that are not in quite the event any more that they had."""
        moved = {position for position in self._around if position in self._event_of}
        for group in groups:
            positions = {position for position, _ in group}
            outside = positions - self.inside
            if outside and positions == outside and outside == set(self._whole(min(outside))):
                moved -= outside
            else:
                moved |= outside
        return moved

    def _whole(self, position: int) -> Sequence[int]:
        return self._members[self._event_of[position]] if position in self._event_of else [position]

    def _compare_all(self, positions: Sequence[int]) -> None:
        """Compare these with all of their candidates."""
        for start in range(0, len(positions), _AT_ONCE):
            some = positions[start : start + _AT_ONCE]
            pairs: list[tuple[int, int]] = []
            for position in some:
                others = self._blocks.candidates(position).tolist()
                pairs += [(min(position, n), max(position, n)) for n in others if n not in self._compared]
                self._compared.add(position)
            for edge in self._compare(pairs):
                self._edges.add(edge)
            self._tell(start + len(some), len(positions))

    def _within(self, positions: Sequence[int]) -> Iterator[Edge]:
        """The edges that hold the events of these together."""
        pairs = [
            (position, other)
            for position in positions
            if position in self._event_of and len(self._whole(position)) > 1
            for other in self._blocks.candidates(position).tolist()
            if other > position and self._event_of.get(other) == self._event_of[position]
        ]
        return self._compare(pairs)

    def _compare(self, pairs: Sequence[tuple[int, int]]) -> Iterator[Edge]:
        known = self._load({position for pair in pairs for position in pair})
        for a, b in pairs:
            if edge := edge_of(known[a], known[b], a, b):
                yield edge


class _Edges:
    """Many edges in little memory."""

    def __init__(self) -> None:
        self._scores, self._ends = array("d"), array("q")

    def add(self, edge: Edge) -> None:
        self._scores.append(edge.score)
        self._ends.extend((edge.a, edge.b))

    def ends(self) -> Iterator[int]:
        return iter(self._ends)

    def __iter__(self) -> Iterator[Edge]:
        return map(Edge, self._scores, self._ends[::2], self._ends[1::2])
