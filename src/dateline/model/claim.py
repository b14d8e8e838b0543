"""One assertion that a report makes, with the characters behind every value."""

import hashlib

from msgspec import Struct

from dateline.model.actor import ActorRef
from dateline.model.codebook import Certainty, Kind, Scope, Stance
from dateline.model.figure import Figure
from dateline.model.interval import Interval
from dateline.model.place import PlaceRef
from dateline.model.source import Source
from dateline.model.span import Span


class Operation(Struct, frozen=True):
    """A named operation, and its phase."""

    name: str
    phase: int | None
    span: Span


class Ground(Struct, frozen=True):
    """Why a field has its value: the rule or head that read it and the characters that it was read from.

    `score`: the calibrated probability that the value is right; None where a rule gives none.
    """

    field: str
    rule: str
    spans: tuple[Span, ...]
    score: float | None = None


class Claim(Struct, frozen=True, kw_only=True):
    """What is said to be so, who says it, and the exact characters that say it (codebook: Claim)."""

    id: str
    report_id: str
    kind: Kind
    event_type: str | None = None
    certainty: Certainty = "stated"
    background: bool = False
    initiator: tuple[ActorRef, ...] = ()
    target: tuple[ActorRef, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    time: Interval | None = None
    scope: Scope | None = None
    figures: tuple[Figure, ...] = ()
    operation: Operation | None = None
    source: Source = Source()
    stance: Stance | None = None
    about: str | None = None
    evidence: tuple[Span, ...]
    summary: str = ""
    grounds: tuple[Ground, ...] = ()
    confidence: float | None = None  # calibrated: of the claims given 0.8, eight in ten are in gold data


def claim_id(report_id: str, kind: Kind, evidence: tuple[Span, ...], nth: int = 0) -> str:
    """A promise: made from the report's hash, the kind and the evidence alone.  `nth` parts claims that share all three."""
    stem = f"{report_id}:{kind}:{';'.join(f'{s.start}-{s.end}' for s in evidence)}:{nth}"
    return f"c-{hashlib.sha256(stem.encode()).hexdigest()[:16]}"
