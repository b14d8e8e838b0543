"""The sides of an event, as columns of other codebooks ask for them: what kind they are, and whether they have a name."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from dateline.lexicon.actors import actors
from dateline.model import ActorRef, EventRow
from dateline.model.actor import ActorKind

Role = Literal["initiator", "target"]
STATE: frozenset[ActorKind] = frozenset({"state_force", "police", "government", "coalition", "international"})
AT_HOME: frozenset[ActorKind] = frozenset({"state_force", "police", "government"})
"""Of one state, which they serve in its own country or abroad."""
ORGANISED: frozenset[ActorKind] = STATE | {"armed_group"}


class Party(NamedTuple):
    """One side's party."""

    name: str
    kind: ActorKind
    named: bool  # and not only described ("gunmen")

    @property
    def organised(self) -> bool:
        """Whether it is a body with a name, as a codebook of organised violence asks for."""
        return self.named and self.kind in ORGANISED


def parties(row: EventRow, role: Role) -> tuple[Party, ...]:
    """The parties of an event's side, in the event's order."""
    names = row.event.initiator if role == "initiator" else row.event.target
    refs = [ref for claim, _ in row.claims for ref in (*claim.initiator, *claim.target)]
    return tuple(_party(name, [ref for ref in refs if ref.name == name]) for name in names)


def _party(name: str, refs: Sequence[ActorRef]) -> Party:
    kinds = Counter(ref.kind for ref in refs)
    nothing: ActorKind = "unknown"
    kind = min(kinds, key=lambda kind: (-kinds[kind], kind), default=nothing)
    return Party(name, kind, name not in _descriptions())


@cache
def _descriptions() -> frozenset[str]:
    """What parties are called that reports only describe: "gunmen", "militants"."""
    return frozenset(description.name for description in actors().descriptions)
