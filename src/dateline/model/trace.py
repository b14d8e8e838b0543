"""What became of an event that is no longer what it was."""

from typing import Literal

from msgspec import Struct

Became = Literal["joined", "parted", "gone"]


class Trace(Struct, frozen=True, kw_only=True):
    """One line of the log of events: all claims of an event went to another ("joined") or to several ("parted"), or none of
    them tells of an incident any more ("gone").

    An event that is parted keeps its id in the part with its founding claim: then `became` names it too.
    """

    event_id: str
    what: Became
    became: tuple[str, ...]  # ids of the events that its claims went to
    claims: tuple[str, ...]  # ids of the claims that it had
