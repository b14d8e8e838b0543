"""Links what is new or changed in a project, and what it touches: the events are those of linking all of it at once.

Linking is local.  Groups join along edges alone, and whether two join depends on their members.  So a part of the project
can be linked by itself as long as nothing in it would join anything outside; to see that, the part is linked together with
all events that it has an edge to.  Those stay as they were, or become a part of the part, and it is linked again.

For the same reason incidents that no chain of edges ties to each other are joined apart.  The work is cut in pieces that any
process can do: a piece holds few incidents at a time, whatever the project holds.  What comes out depends neither on who did
which piece nor on when.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from dateline.events.candidates import Blocks, Pairs
from dateline.events.cluster import Decided, Edge, Linked, firsts_of_scenes, group, link
from dateline.events.facts import Incident
from dateline.events.link import edge_of
from dateline.events.profiles import Profiles
from dateline.events.sieve import Sieve
from dateline.events.spread import Spread

Made = TypeVar("Made")
Thing = TypeVar("Thing", covariant=True)
Positions = NDArray[np.int64]
Tell = Callable[[str, int, int], None]
"""Takes the name of a step, and how many incidents are done of how many."""

_AT_ONCE = 2048  # incidents compared with their candidates in one piece of work
_PAIRS_AT_ONCE = 20_000  # of pairs that are not found by days
_JOINED_AT_ONCE = 2048  # incidents joined in one, and more where they hang together
_MADE_AT_ONCE = 1024  # incidents of the events made in one
_HELD = 8192  # incidents whose facts are in memory while others are joined


class Some(Protocol):
    """Some incidents, by position; it is sent to other processes."""

    def profiles(self) -> tuple[Positions, Profiles]:
        """The positions of all of them, in order, and the profile of each."""
        ...

    def incidents(self, positions: Positions, /) -> Mapping[int, Incident]:
        """These of them, and perhaps others."""
        ...


Shelf = Callable[[Positions], Some]
"""What gives the incidents at some positions (and perhaps others)."""


class Relinked(NamedTuple, Generic[Made]):
    """What was made of the events that were linked anew, in the order of their first incidents; the positions of all incidents
    that were."""

    made: list[Made]
    positions: frozenset[int]


class Edges(NamedTuple):
    """Pairs of incidents that could be one event, by position, the smaller first."""

    scores: NDArray[np.float64]
    ones: Positions
    others: Positions

    def of(self, which: Positions) -> "Edges":
        return Edges(self.scores[which], self.ones[which], self.others[which])


def relink(
    blocks: Blocks,
    shelf: Shelf,
    event_of: Mapping[int, str],
    dirty: Iterable[int],
    changed: Pairs,
    decided: Decided,
    make: Callable[[Positions], "Make[Made]"],
    together: Iterable[tuple[int, int]] = (),
    spread: Spread = map,
    tell: Tell = lambda step, done, total: None,
) -> Relinked[Made]:
    """Link the incidents in `dirty`, those that an edge came or went between, and all that this touches.

    Incidents are named by their positions in the order of their keys.  `event_of`: the event that each had before; denials
    that were in none, and new incidents, are left out.  `changed`: pairs of others that are candidates now and were none before,
    or the other way round; of most nothing comes, since they are not alike.  `make` gives for some incidents what makes something
    of each of their events.  `together`: pairs that are looked at together though there is no edge between them.
    """
    part = _Part(blocks, shelf, event_of, decided, sorted({*together, *decided.forced}), spread, tell)
    part.take({*dirty, *part.ends(changed)})
    while grown := part.moved():
        part.take(grown)
    return Relinked([made for _, made in sorted(part.link(make), key=lambda one: one[0])], frozenset(part.inside))


class Make(Protocol[Thing]):
    """Makes something of an event; it is sent to other processes."""

    def __call__(self, linked: Sequence[Linked], /) -> Thing: ...


class _Comparing(NamedTuple):
    """A piece of work: pairs to be compared."""

    some: Some
    ones: Positions
    others: Positions


class _Joining(NamedTuple):
    """A piece of work: incidents to be joined along these edges; what was decided is by their places among the positions."""

    some: Some
    positions: Positions
    edges: Edges
    decided: Decided


class _Group(NamedTuple):
    """Incidents that are one event, and of each whether it stands for its scene (`cluster.firsts_of_scenes`)."""

    positions: list[int]
    firsts: list[bool]


class _Making(NamedTuple, Generic[Made]):
    """A piece of work: groups of which something is to be made; what was decided is by places among all their positions."""

    some: Some
    groups: list[_Group]
    decided: Decided
    make: Make[Made]


class _Part:
    """A part of the project that is whole: with each incident all others of the event that it had."""

    def __init__(
        self,
        blocks: Blocks,
        shelf: Shelf,
        event_of: Mapping[int, str],
        decided: Decided,
        together: Sequence[tuple[int, int]],
        spread: Spread,
        tell: Tell,
    ) -> None:
        self._blocks = blocks
        self._shelf = shelf
        self._event_of = event_of
        self._decided = decided
        self._together = together
        self._spread = spread
        self._tell = tell
        self._members: defaultdict[str, list[int]] = defaultdict(list)
        for position, event in event_of.items():
            self._members[event].append(position)
        self.inside: set[int] = set()
        self._around: set[int] = set()
        self._compared = np.zeros(len(blocks.days), np.bool_)  # with all candidates
        self._edges = _NONE  # of what has been compared with all candidates
        self._edges_around = _NONE  # those that hold the events around the part together
        self._groups: list[_Group] | None = None  # what it falls into, where that was worked out since it last grew

    def take(self, positions: Iterable[int]) -> None:
        """Make these part of it, with all of their events, and compare them with all candidates."""
        self._groups = None
        for position in positions:
            self.inside.update(self._whole(position))
        self._compare_all(_array(n for n in self.inside if not self._compared[n]))
        ends = set(np.concatenate((self._edges.ones, self._edges.others)).tolist())
        self._around = {n for end in ends - self.inside for n in self._whole(end)}
        self._edges_around = self._within()

    def ends(self, pairs: Pairs) -> set[int]:
        """The incidents of those of the pairs that could be one event."""
        work = self._pieces_of(pairs.ones, pairs.others)
        return {n for edges in self._spread(_compare, work) for ends in edges[1:] for n in ends.tolist()}

    def moved(self) -> set[int]:
        """The incidents around the part that are not in quite the event any more that they had."""
        moved = {position for position in self._around if position in self._event_of}
        self._groups = list(self._joined()) if moved else None
        for positions, _ in self._groups or ():
            outside = set(positions) - self.inside
            if len(outside) == len(positions) and outside == set(self._whole(positions[0])):
                moved -= outside
        return moved

    def link(self, make: Callable[[Positions], Make[Made]]) -> Iterator[tuple[int, Made]]:
        """What is made of the events of the part, each with its first incident."""
        done, pieces = 0, self._makings(make)
        for made in self._spread(_make, pieces):
            yield from ((first, one) for first, _, one in made)
            done += sum(count for _, count, _ in made)
            self._tell("joining incidents", min(done, len(self.inside)), len(self.inside))

    def _makings(self, make: Callable[[Positions], Make[Made]]) -> Iterator[_Making[Made]]:
        """Pieces of work: whole events of the part."""
        waiting: list[_Group] = []
        count = 0
        for some in self._joined() if self._groups is None else self._groups:
            if some.positions[0] in self.inside:
                waiting.append(some)
                count += len(some.positions)
            if count >= _MADE_AT_ONCE:
                yield self._making(waiting, make)
                waiting, count = [], 0
        if waiting:
            yield self._making(waiting, make)

    def _making(self, groups: list[_Group], make: Callable[[Positions], Make[Made]]) -> _Making[Made]:
        positions = _array(n for some in groups for n in some.positions)
        return _Making(self._shelf(positions), groups, self._decided.among(positions), make(positions))

    def _whole(self, position: int) -> list[int]:
        """The incidents of the event that one had; where it had none, that one."""
        return self._members[self._event_of[position]] if position in self._event_of else [position]

    def _joined(self) -> Iterator[_Group]:
        """The events that the part and what is around it fall into."""
        edges = _together([self._edges, self._edges_around])
        pieces = (
            _Joining(self._shelf(positions), positions, some, self._decided.among(positions))
            for positions, some in _pieces(_array(self.inside | self._around), edges, self._together)
        )
        for groups in self._spread(_join, pieces):
            yield from groups

    def _compare_all(self, positions: Positions) -> None:
        """Compare these with all candidates: day by day, since what is to be compared is mostly of the same days."""
        ordered = positions[np.lexsort((positions, self._blocks.days[positions]))]
        found = [self._edges]
        for n, edges in enumerate(self._spread(_compare, self._all_pairs(ordered)), 1):
            found.append(edges)
            self._tell("comparing incidents", min(len(ordered), n * _AT_ONCE), len(ordered))
        self._edges = _together(found)

    def _all_pairs(self, ordered: Positions) -> Iterator[_Comparing]:
        whole = len(ordered) == len(self._compared)
        among = np.zeros_like(self._compared)
        among[ordered] = True
        for start in range(0, len(ordered), _AT_ONCE):
            ones, others = self._blocks.pairs(ordered[start : start + _AT_ONCE], after=whole)
            new = ~self._compared[others] & (~among[others] | (ones < others))
            yield self._comparing(np.minimum(ones, others)[new], np.maximum(ones, others)[new])
        self._compared |= among

    def _within(self) -> Edges:
        """The edges that hold the events around the part together."""
        around = _array(n for n in self._around if len(self._whole(n)) > 1)
        if not len(around):
            return _NONE
        ones, others = self._blocks.pairs(around)
        numbers = {event: n for n, event in enumerate(sorted({self._event_of[n] for n in around.tolist()}))}
        number = np.full(len(self._compared), -1)
        number[around] = [numbers[self._event_of[n]] for n in around.tolist()]
        same = (others > ones) & (number[ones] == number[others])
        return _together([_NONE, *self._spread(_compare, self._pieces_of(ones[same], others[same]))])

    def _pieces_of(self, ones: Positions, others: Positions) -> Iterator[_Comparing]:
        for start in range(0, len(ones), _PAIRS_AT_ONCE):
            yield self._comparing(ones[start : start + _PAIRS_AT_ONCE], others[start : start + _PAIRS_AT_ONCE])

    def _comparing(self, ones: Positions, others: Positions) -> _Comparing:
        order = np.lexsort((others, ones))
        ones, others = ones[order], others[order]
        return _Comparing(self._shelf(np.unique(np.concatenate((ones, others)))), ones, others)


_NONE = Edges(np.empty(0, np.float64), np.empty(0, np.int64), np.empty(0, np.int64))


def _array(positions: Iterable[int]) -> Positions:
    return np.array(sorted(positions), dtype=np.int64)


def _compare(work: _Comparing) -> Edges:
    positions, profiles = work.some.profiles()
    ones, others = np.searchsorted(positions, work.ones), np.searchsorted(positions, work.others)
    left = Sieve(profiles).could_be_one(ones, others)
    ones, others = work.ones[left], work.others[left]
    known = work.some.incidents(np.unique(np.concatenate((ones, others))))
    edges = [edge_of(known[a], known[b], a, b) for a, b in zip(ones.tolist(), others.tolist(), strict=True)]
    return _edges(edge for edge in edges if edge)


def _together(some: Sequence[Edges]) -> Edges:
    return Edges(
        np.concatenate([edges.scores for edges in some]),
        np.concatenate([edges.ones for edges in some]),
        np.concatenate([edges.others for edges in some]),
    )


def _edges(edges: Iterable[Edge]) -> Edges:
    table = np.array([tuple(edge) for edge in edges], dtype=np.float64).reshape(-1, 3)
    return Edges(table[:, 0], table[:, 1].astype(np.int64), table[:, 2].astype(np.int64))


def _join(work: _Joining) -> list[_Group]:
    """The events of these incidents."""
    positions, profiles = work.some.profiles()
    profiles = profiles[np.searchsorted(positions, work.positions)]
    place = {position: n for n, position in enumerate(work.positions.tolist())}
    edges = [Edge(made, place[a], place[b]) for made, a, b in zip(*map(np.ndarray.tolist, work.edges), strict=True)]
    firsts = firsts_of_scenes(profiles)
    held = _Held(work.some, work.positions)
    return [
        _Group([int(work.positions[n]) for n in members], [firsts[n] == n for n in members])
        for members in group(profiles, held, edges, work.decided)
    ]


class _Held:
    """Incidents by their places among some positions; those asked for last stay in memory."""

    def __init__(self, some: Some, positions: Positions) -> None:
        self._some = some
        self._positions = positions
        self._known: OrderedDict[int, Incident] = OrderedDict()

    def __call__(self, place: int) -> Incident:
        position = int(self._positions[place])
        incident = self._known.get(position)
        if incident is None:
            found = self._some.incidents(self._positions[place : place + 1])
            incident = found[position]
            self._known |= found
            while len(self._known) > _HELD:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(position)
        return incident


def _make(work: _Making[Made]) -> list[tuple[int, int, Made]]:
    """Of each group the position of its first incident, how many it has, and what was made of it."""
    positions = _array(n for some in work.groups for n in some.positions)
    known = work.some.incidents(positions)
    made = []
    for some in work.groups:
        decided = work.decided.among(np.searchsorted(positions, some.positions))
        linked = link([known[n] for n in some.positions], some.firsts, decided)
        made.append((some.positions[0], len(some.positions), work.make(linked)))
    return made


def _pieces(local: Positions, edges: Edges, together: Iterable[tuple[int, int]]) -> Iterator[tuple[Positions, Edges]]:
    """Portions of these incidents with the edges between them, none of which hangs together with another."""
    piece_of = np.zeros(int(local[-1]) + 1 if len(local) else 0, np.int64)
    pieces: list[list[int]] = [[]]
    for held in _hanging_together(local, edges, together):
        if len(pieces[-1]) + len(held) > _JOINED_AT_ONCE and pieces[-1]:
            pieces.append([])
        pieces[-1] += held
        piece_of[held] = len(pieces) - 1
    order = np.argsort(piece_of[edges.ones], kind="stable")
    ends = np.searchsorted(piece_of[edges.ones][order], np.arange(len(pieces) + 1))
    for n, piece in enumerate(pieces):
        yield _array(piece), edges.of(order[ends[n] : ends[n + 1]])


def _hanging_together(local: Positions, edges: Edges, together: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The incidents that chains of edges tie to each other, by the first of them."""
    root = dict(zip(local.tolist(), local.tolist(), strict=True))

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = n = root[root[n]]
        return n

    held = ((a, b) for a, b in together if a in root and b in root)
    for pairs in (zip(edges.ones.tolist(), edges.others.tolist(), strict=True), held):
        for a, b in pairs:
            first, second = sorted((find(a), find(b)))
            root[second] = first
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for n in root:
        groups[find(n)].append(n)
    return list(groups.values())
