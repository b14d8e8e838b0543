"""Something that happened, as far as all claims about it tell."""

import hashlib
from datetime import date
from typing import Literal

from msgspec import Struct

from dateline.model.place import Place

BestRule = Literal["most-trusted", "latest", "lowest", "median"]
"""How the best number of an event is chosen among those that sources give (`events/tolls.py` has each rule's words)."""
ContradictionKind = Literal["toll", "time", "place", "initiator", "happened"]


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
    """A field in which the sources cannot all be right: each value with the claims that give it.

    `gap` says how far apart the values are, from 0 to 1 (`events/contradictions.py` has the measure of each kind);
    `independent` counts for each side the voices that do not copy each other.
    """

    field: str  # killed civilian, time, place, initiator, happened
    sides: tuple[tuple[str, tuple[str, ...]], ...]
    kind: ContradictionKind = "toll"
    gap: float = 0.0
    independent: tuple[int, ...] = ()


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
    totals: tuple[EventFigure, ...] = ()  # one for each toll of persons, whatever kind they are: never summed over claims
    certainty: str = "stated"
    background: bool = False
    operation: str | None = None
    sources: int = 0
    lineages: int = 0
    contradictions: tuple[Contradiction, ...] = ()
    updates: tuple[Contradiction, ...] = ()  # values that one source gave in turn, the later in the place of the earlier
    confidence: float | None = None  # calibrated: of the events given 0.8, eight in ten are one act that careful coders have
    links: tuple[Link, ...] = ()
    summary: str = ""


def event_id(founder: str) -> str:
    """From the id of its founding claim (`events/identity.py`): stable while other claims are added."""
    return f"e-{hashlib.sha256(founder.encode()).hexdigest()[:16]}"
