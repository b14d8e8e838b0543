"""Something that happened, as far as all claims about it tell."""

import hashlib
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from dateline.model.place import Place


class EventFigure(Struct, frozen=True, kw_only=True):
    """The figures of all claims of an event for one measure and object: never summed over claims."""

    measure: str
    object: str
    unit: str | None
    of: str | None
    low: float | None  # the lowest that any source gives
    best: float | None  # by `rule`
    high: float | None  # the highest that any source gives
    rule: str  # which claim's figure is `best`, in words
    claims: tuple[str, ...]  # ids


class Contradiction(Struct, frozen=True):
    """A field in which the sources cannot all be right: each value with the claims that give it."""

    field: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]


class Link(Struct, frozen=True):
    """Why a claim belongs to its event: the score, and its parts in words."""

    claim_id: str
    score: float
    why: str


class Event(Struct, frozen=True, kw_only=True):
    """One or more incident claims, from one or more reports, linked (codebook: Event)."""

    id: str
    claims: tuple[str, ...]  # ids, in the order of report and characters
    event_type: str
    initiator: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: Place | None = None
    place_words: str | None = None
    time_start: date | None = None
    time_end: date | None = None
    time_precision: int | None = None  # 1 day, 2 week, 3 month, 4 longer; None where no date is known
    figures: tuple[EventFigure, ...] = ()
    certainty: str = "stated"
    background: bool = False
    operation: str | None = None
    sources: int = 0
    lineages: int = 0
    contradictions: tuple[Contradiction, ...] = ()
    confidence: float | None = None  # None until it is calibrated
    links: tuple[Link, ...] = ()
    summary: str = ""


def event_id(claim_ids: Iterable[str]) -> str:
    """From the smallest claim id: stable while claims are added behind it."""
    return f"e-{hashlib.sha256(min(claim_ids).encode()).hexdigest()[:16]}"
