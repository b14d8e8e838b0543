"""Coded reports: the form of a gold file, which is also the form in which an engine's claims are compared with it.

One report a line, as JSON.  Most fields may be missing; what is there must be of the right type.
"""

from datetime import date

from msgspec import Struct

from dateline.model import Certainty, Kind, Precision, Scope, SourceType, Stance

Evidence = str | tuple[int, int]
"""A quote that stands in the text, or [start, end) in characters of it."""


class CodedFigure(Struct, frozen=True, kw_only=True):
    """How many of what, done what to; `words` are verbatim."""

    low: float | None = None
    best: float | None = None
    high: float | None = None
    measure: str | None = None
    object: str | None = None
    unit: str | None = None
    of: str | None = None
    part_of: str | None = None
    words: str | None = None


class CodedTime(Struct, frozen=True, kw_only=True):
    """When: days, both included; None where none is known."""

    words: str | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None


class CodedOperation(Struct, frozen=True, kw_only=True):
    """A named operation and its phase."""

    name: str | None = None
    phase: int | None = None


class CodedSource(Struct, frozen=True, kw_only=True):
    """Who says so."""

    speaker: str | None = None
    role: str | None = None
    organisation: str | None = None
    type: SourceType | None = None
    via: list[str] | None = None


class CodedClaim(Struct, frozen=True, kw_only=True):
    """One claim.  `event` is any string that the incident claims of one event share."""

    id: str | None = None
    kind: Kind
    event_type: str | None = None
    certainty: Certainty | None = None
    background: bool | None = None
    initiator: list[str] | None = None
    target: list[str] | None = None
    places: list[str] | None = None
    time: CodedTime | None = None
    scope: Scope | None = None
    figures: list[CodedFigure] | None = None
    operation: CodedOperation | None = None
    source: CodedSource | None = None
    stance: Stance | None = None
    about: str | None = None
    evidence: list[Evidence] | None = None
    event: str | None = None


class CodedReport(Struct, frozen=True, kw_only=True):
    """A report and the claims coded in it.  `text` is the text as received; all offsets count its characters."""

    id: str
    text: str
    claims: list[CodedClaim]
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
