"""What the page knows, record by record: the template renders these and the scripts get them as JSON.

Spans are [start, end) in UTF-16 code units, as JavaScript counts characters; a claim, report or place is referred to by its
number in its list.
"""

from msgspec import Struct

Stretch = tuple[int, int]


class Mark(Struct, frozen=True):
    """Characters that one field of a claim was read from."""

    field: str  # figure place time initiator target source operation
    label: str
    span: Stretch


class FigureView(Struct, frozen=True, kw_only=True):
    caption: str
    words: str
    part_of: str | None
    span: Stretch


class PlaceView(Struct, frozen=True, kw_only=True):
    """A place with coordinates, once for all claims and events that name it."""

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float | None
    precision: int
    areas: tuple[int, ...]  # its outline: the detailed areas of the map that it is made of


class PlaceWords(Struct, frozen=True):
    """A place as a claim names it; `place` is None where it has no coordinates."""

    words: str
    caption: str
    place: int | None


class TimeView(Struct, frozen=True, kw_only=True):
    caption: str
    words: str
    start: str | None  # ISO dates, both included
    end: str | None
    precision: str
    since: bool
    counted_from: str | None


class ClaimView(Struct, frozen=True, kw_only=True):
    id: str
    report: int
    kind: str
    type: str | None
    type_label: str
    certainty: str
    background: bool
    initiator: tuple[str, ...]
    target: tuple[str, ...]
    places: tuple[PlaceWords, ...]
    time: TimeView | None
    scope: str | None
    figures: tuple[FigureView, ...]
    operation: str | None
    source: str
    source_type: str
    about: str | None
    stance: str | None
    summary: str
    quote: str
    evidence: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    events: tuple[int, ...]


class EventFigureView(Struct, frozen=True, kw_only=True):
    caption: str
    low: str
    best: str
    high: str
    counted: str
    rule: str
    claims: tuple[int, ...]


class Side(Struct, frozen=True):
    """One value of a contradiction and the claims that give it."""

    value: str
    claims: tuple[int, ...]


class ContradictionView(Struct, frozen=True):
    field: str
    sides: tuple[Side, ...]


class LinkView(Struct, frozen=True):
    """A claim of an event and why it belongs there."""

    claim: int
    score: float | None
    why: str


class EventView(Struct, frozen=True, kw_only=True):
    id: str
    type: str
    type_label: str
    initiator: tuple[str, ...]
    target: tuple[str, ...]
    place: int | None
    place_words: str
    start: str | None
    end: str | None
    time: str
    figures: tuple[EventFigureView, ...]
    certainty: str
    background: bool
    operation: str | None
    sources: int
    lineages: int
    contradictions: tuple[ContradictionView, ...]
    confidence: float | None
    links: tuple[LinkView, ...]
    summary: str


class UnreadView(Struct, frozen=True):
    """A number in no figure, with some words around it, and why."""

    before: str
    words: str
    after: str
    reason: str
    span: Stretch


class UnresolvedView(Struct, frozen=True):
    """Words that name a place which the gazetteer does not hold, and every place in the text where they stand."""

    words: str
    spans: tuple[Stretch, ...]


class ReportView(Struct, frozen=True, kw_only=True):
    id: str
    sha256: str
    title: str
    publisher: str | None
    author: str | None
    url: str | None
    published: str
    published_on: str | None
    language: str | None
    text: str
    regions: tuple[tuple[int, int, str], ...]  # those that are not plain body
    unread: tuple[UnreadView, ...]
    unresolved: tuple[UnresolvedView, ...]


class Page(Struct, frozen=True, kw_only=True):
    title: str
    reports: tuple[ReportView, ...]
    claims: tuple[ClaimView, ...]
    events: tuple[EventView, ...]
    places: tuple[PlaceView, ...]
    hidden: dict[str, str]  # code -> name of the hidden characters in the reports' texts

    def claims_of(self, report: int) -> tuple[ClaimView, ...]:
        return tuple(claim for claim in self.claims if claim.report == report)
