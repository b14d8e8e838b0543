"""What people decided about which claims tell of one event."""

from msgspec import Struct

Pair = tuple[str, str]
"""Two claim ids, the smaller first."""


class LinkDecisions(Struct, frozen=True, kw_only=True):
    """Claims that belong in one event, and claims that do not, whatever their scores say.

    A pair that is in both is kept apart.
    """

    forced: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()


def pair_of(a: str, b: str) -> Pair:
    """Two claim ids as a pair."""
    return (a, b) if a <= b else (b, a)
