"""Who: parties as a claim names them."""

from typing import Literal

from msgspec import Struct

from dateline.model.span import Span

ActorKind = Literal[
    "state_force", "police", "government", "armed_group", "coalition", "international", "civilians", "people", "unknown"
]
ReadBy = Literal["name", "reference", "description"]


class Actor(Struct, frozen=True):
    """A party of the lexicon: canonical name, kind, the country that it belongs to where it belongs to one."""

    name: str
    kind: ActorKind
    country: str | None = None  # ISO 3166 alpha-2


class ActorRef(Struct, frozen=True, kw_only=True):
    """A party as one claim names it: canonical name, and the characters that say so."""

    name: str
    kind: ActorKind
    words: str
    span: Span
    by: ReadBy = "name"  # "reference": the organisation, they; resolved within the report
