"""Who says so."""

from msgspec import Struct

from dateline.model.codebook import SourceType
from dateline.model.span import Span


class Source(Struct, frozen=True, kw_only=True):
    """The innermost speaker of a claim, and the outlets that it passed through from the speaker outwards.

    Where no speaker or body is named, the report itself speaks: `organisation` is its publisher, `type` media or the type
    of the body that issued it.  `spans` are the characters that name speaker, role, organisation and the reporting verb.
    """

    speaker: str | None = None
    role: str | None = None
    organisation: str | None = None
    type: SourceType = "media"
    via: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    rule: str = ""
