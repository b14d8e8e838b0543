"""What a person can decide, as records that a page or a file can send.

`values` and `value` are plain JSON as `values.py` reads it.  The log holds a decision as it was settled: with the whole record of
each value, the ids of the claims that it made, and the claims that a link was about, so that its effect never depends on what a
gazetteer, a lexicon or an event is later.
"""

from typing import Any, Literal

import msgspec
from msgspec import Struct

from dateline.errors import ReviewError
from dateline.model import Span

Layer = str | None
"""Whose coding: a second coder's, who works blind, or (None) the record in force."""


class _Decision(Struct, frozen=True, kw_only=True, tag_field="action", forbid_unknown_fields=True):
    """What all decisions have: their name in the log."""

    @property
    def action(self) -> str:
        return str(self.__struct_config__.tag)


class Accept(_Decision, frozen=True, kw_only=True, tag="accept"):
    """Every field of the claim is right. `record` is the claim that was accepted."""

    claim: str
    record: dict[str, Any] | None = None


class Correct(_Decision, frozen=True, kw_only=True, tag="correct"):
    """A field of a claim has another value, or the n-th item of a list has: None takes the item out, n = length adds one.

    `also` are fields that have to change with it, as the event type with the kind.  `was` is the item that was changed,
    `unsupported` the fields whose value no characters of the report support.
    """

    claim: str
    field: str
    value: Any
    n: int | None = None
    also: dict[str, Any] = {}
    was: Any = None
    unsupported: tuple[str, ...] = ()


class Reject(_Decision, frozen=True, kw_only=True, tag="reject"):
    """The report makes no such claim."""

    claim: str


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a claim: its evidence, the positions of the figures that belong to it, and its type where it has another."""

    evidence: tuple[Span, ...]
    figures: tuple[int, ...] = ()
    event_type: str | None = None


class Split(_Decision, frozen=True, kw_only=True, tag="split"):
    """One claim is two or more.  The first keeps the id; `made` are the ids of the others."""

    claim: str
    parts: tuple[Part, ...]
    made: tuple[str, ...] = ()


class Merge(_Decision, frozen=True, kw_only=True, tag="merge"):
    """Claims of one report are one, which has the id of the first, and its values where two of them differ."""

    claims: tuple[str, ...]


class AddClaim(_Decision, frozen=True, kw_only=True, tag="add_claim"):
    """A claim that the engine missed: its kind, its evidence and its other fields."""

    report: str
    values: dict[str, Any]
    made: str = ""
    unsupported: tuple[str, ...] = ()


class NamePlace(_Decision, frozen=True, kw_only=True, tag="name_place"):
    """The n-th place of a claim is this one of the gazetteer, and the project calls it so from now on."""

    claim: str
    n: int
    place: str
    words: str = ""
    was: Any = None
    record: dict[str, Any] | None = None


class NotThisEvent(_Decision, frozen=True, kw_only=True, tag="not_this_event"):
    """The claim is about something else than the other claims of its event, `others`."""

    claim: str
    event: str
    others: tuple[str, ...] = ()


class SameEvent(_Decision, frozen=True, kw_only=True, tag="same_event"):
    """These claims are about one event."""

    claims: tuple[str, ...]


class AcceptLink(_Decision, frozen=True, kw_only=True, tag="accept_link"):
    """The claim is rightly in its event; it stays with the claim `other` of it."""

    claim: str
    event: str
    other: str = ""


class Resolve(_Decision, frozen=True, kw_only=True, tag="resolve"):
    """Where the sources of an event contradict each other in a field, this value holds. `founder` is one of its claims."""

    event: str
    field: str
    value: str
    founder: str = ""


class GradeSource(_Decision, frozen=True, kw_only=True, tag="grade_source"):
    """How far a source is trusted, from A (completely) to E (not at all); F: cannot be judged."""

    source: str
    grade: Literal["A", "B", "C", "D", "E", "F"]


class GradeClaim(_Decision, frozen=True, kw_only=True, tag="grade_claim"):
    """How far a claim is believed, from 1 (confirmed by others) to 5 (improbable); 6: cannot be judged."""

    claim: str
    grade: Literal[1, 2, 3, 4, 5, 6]


class Comment(_Decision, frozen=True, kw_only=True, tag="comment"):
    """A remark about a record; it changes nothing."""

    subject: str
    text: str


class Undo(_Decision, frozen=True, kw_only=True, tag="undo"):
    """The decision with this number no longer holds."""

    number: int


class Redo(_Decision, frozen=True, kw_only=True, tag="redo"):
    """The decision with this number holds again."""

    number: int


class Assign(_Decision, frozen=True, kw_only=True, tag="assign"):
    """A coder is to code a report blind: beginning with the engine's claims, or with nothing."""

    report: str
    coder: str
    start: Literal["engine", "nothing"] = "engine"


class Unassign(_Decision, frozen=True, kw_only=True, tag="unassign"):
    """The coder need not code the report; what was coded stays in the log."""

    report: str
    coder: str


class Finish(_Decision, frozen=True, kw_only=True, tag="finish"):
    """The reviewer has coded the whole report, in a layer."""

    report: str


class Recode(_Decision, frozen=True, kw_only=True, tag="recode"):
    """The report was read anew by this engine, and the decisions about its claims carried over; `recode.py` alone writes it."""

    report: str
    engine: str
    version: str


ClaimDecision = Accept | Correct | Reject | Split | Merge | AddClaim | NamePlace
"""What changes or confirms a claim; a second coder can make these blind."""
LinkDecision = NotThisEvent | SameEvent | AcceptLink
Decision = (
    ClaimDecision | LinkDecision | Resolve | GradeSource | GradeClaim | Comment
    | Undo | Redo | Assign | Unassign | Finish | Recode
)  # fmt: skip


def to_json(decision: Decision) -> str:
    """A decision as the log holds it."""
    return msgspec.json.encode(decision).decode()


def from_json(text: str | bytes) -> Decision:
    """A decision of JSON.  Raises ReviewError where it is none."""
    try:
        decision: Decision = msgspec.json.decode(text, type=Decision)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise ReviewError(f"no decision: {e}") from e
    return decision


def claims_named(decision: Decision) -> tuple[str, ...]:
    """The claims that a decision names, those that it makes left out."""
    match decision:
        case Merge(claims=claims) | SameEvent(claims=claims):
            return claims
        case NotThisEvent(claim=claim, others=others):
            return (claim, *others)
        case AcceptLink(claim=claim, other=other):
            return (claim, other) if other else (claim,)
        case Resolve(founder=founder):
            return (founder,) if founder else ()
        case Accept() | Correct() | Reject() | Split() | NamePlace() | GradeClaim():
            return (decision.claim,)
        case _:
            return ()


def claims_made(decision: Decision) -> tuple[str, ...]:
    """The claims that a settled decision makes."""
    match decision:
        case Split(made=made):
            return made
        case AddClaim(made=made):
            return (made,)
        case _:
            return ()


def renamed(decision: ClaimDecision, names: dict[str, str]) -> ClaimDecision:
    """The decision with the claims called as the present engine calls them; what it makes keeps its name."""
    if not any(names.get(i, i) != i for i in claims_named(decision)):
        return decision
    match decision:
        case Merge(claims=claims):
            return Merge(claims=tuple(names.get(i, i) for i in claims))
        case AddClaim():
            return decision
        case _:
            return msgspec.structs.replace(decision, claim=names.get(decision.claim, decision.claim))
