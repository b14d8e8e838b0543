"""One report with all that has been found in it so far: what passes from stage to stage."""

from msgspec import Struct

from dateline.model.claim import Claim
from dateline.model.figure import Unread
from dateline.model.mention import Mention, PlaceMention
from dateline.model.report import Region, Report, Sentence


class Reading(Struct, frozen=True, kw_only=True):
    """A report, its regions and sentences, the mentions in them, and the claims made of those.

    `unread` lists numbers that ended up in no figure, with the reason; `unresolved` the places without coordinates.
    """

    report: Report
    regions: tuple[Region, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def unresolved(self) -> tuple[PlaceMention, ...]:
        """Mentions of places that the gazetteer cannot place."""
        return tuple(m for m in self.mentions if isinstance(m, PlaceMention) and m.place is None)
