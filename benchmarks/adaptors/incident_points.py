"""What clues are worth: `points` of mappings/muc.yaml, a few round numbers set by hand."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from msgspec import Struct


class Points(Struct, frozen=True, dict=True):
    """The clues by their worth, and from how many points on a phrase, a document or a type is taken."""

    least: int
    clues: Mapping[int, frozenset[str]]
    again: int = 0  # for a second place that says nearly as much

    @cached_property
    def worth(self) -> Mapping[str, int]:
        """The worth of each clue."""
        return {clue: points for points, clues in self.clues.items() for clue in clues}

    def of(self, said: AbstractSet[str]) -> int:
        """The points of all that is said of one thing."""
        return sum(self.worth.get(clue, 0) for clue in said)

    def taken(self, said: AbstractSet[str]) -> bool:
        """Whether what is said is enough."""
        return self.of(said) >= self.least


class AllPoints(Struct, frozen=True):
    """Points of fillers by role, of documents, and of documents by type of incident."""

    roles: Mapping[str, Points]
    document: Points
    types: Mapping[str, Points]
