"""What the words of one sentence mention, before claims are made of them.  Each mention is one record with its span."""

from typing import Literal

from msgspec import Struct

from dateline.model.actor import ActorKind, ReadBy
from dateline.model.codebook import SourceType
from dateline.model.figure import Quantity
from dateline.model.interval import Interval
from dateline.model.place import Place
from dateline.model.span import Span


class ActorMention(Struct, frozen=True, kw_only=True, tag_field="mention", tag="actor"):
    """Words that name or describe a party, or refer to one named before."""

    span: Span
    name: str  # canonical
    kind: ActorKind
    by: ReadBy = "name"


PlaceUse = Literal["scene", "adjective", "organisation", "speaker", "entity", "landmark", "unknown"]


class PlaceCandidate(Struct, frozen=True, gc=False):
    """One place that the words could mean, with its score and the reasons for it."""

    place: Place
    score: float
    why: str


class PlaceMention(Struct, frozen=True, kw_only=True, tag_field="mention", tag="place", gc=False):
    """Words that name a place.  `place` is None where none fits well enough (then it counts as unresolved)."""

    span: Span
    words: str
    place: Place | None
    # "Iraqi" is an adjective, "Anbar Police" an organisation; "entity": the engine alone sees it; "landmark": the end of a road
    use: PlaceUse = "unknown"
    candidates: tuple[PlaceCandidate, ...] = ()
    name: Span | None = None  # the proper name within the words: "Anbar" of "western Anbar"


class TimeMention(Struct, frozen=True, kw_only=True, tag_field="mention", tag="time"):
    """Words that say when."""

    span: Span
    interval: Interval


class QuantityMention(Struct, frozen=True, kw_only=True, tag_field="mention", tag="quantity"):
    """A number with what it counts."""

    span: Span
    quantity: Quantity


class SpeakerMention(Struct, frozen=True, kw_only=True, tag_field="mention", tag="speaker"):
    """Somebody who is quoted or reported, with the reporting words."""

    span: Span  # name, role and organisation as they stand together
    speaker: str | None
    role: str | None
    organisation: str | None
    type: SourceType
    via: tuple[str, ...] = ()
    verb: Span | None = None  # "said", "according to"
    parts: tuple[Span, ...] = ()


class ActMention(Struct, frozen=True, kw_only=True, tag_field="mention", tag="act"):
    """Words that say an act: a verb or an act's noun."""

    span: Span
    act: str  # id of the lexicon's act
    event_type: str | None
    measure: str | None
    voice: Literal["active", "passive", "noun"] = "active"


class CueMention(Struct, frozen=True, kw_only=True, tag_field="mention", tag="cue"):
    """Words that colour a statement: denial, hearsay, plan, total, trend, history."""

    span: Span
    cue: str  # class of the lexicon's cue


Mention = ActorMention | PlaceMention | TimeMention | QuantityMention | SpeakerMention | ActMention | CueMention
