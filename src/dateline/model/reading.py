"""One report with all that has been found in it so far: what passes from stage to stage."""

from msgspec import Struct

from dateline.model.claim import Claim
from dateline.model.figure import Unread
from dateline.model.mention import Mention, PlaceMention
from dateline.model.parse import Parse
from dateline.model.report import Region, Report, Sentence


class Reading(Struct, frozen=True, kw_only=True):
    """A report, its regions and sentences, what the language engine says of them, the mentions in them, and the claims.

    `parse` is what the engine says while a report is read; a project does not keep it. `unread` lists numbers that ended up in
    no figure, with the reason; `unresolved` the places without coordinates.
    """

    report: Report
    regions: tuple[Region, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    parse: Parse | None = None
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()
    gazetteer: tuple[str, ...] = ()  # names and versions of the layers that places were looked for in, the lowest first

    @property
    def unresolved(self) -> tuple[PlaceMention, ...]:
        """Mentions of places that the gazetteer cannot place."""
        return tuple(m for m in self.mentions if isinstance(m, PlaceMention) and m.place is None)
