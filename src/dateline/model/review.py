"""What a person decided.  A row is added, never changed: undo is one more row."""

import hashlib

import msgspec
from msgspec import Struct

FIRST = "0" * 64
"""What stands for the hash of the row before the first."""


class Review(Struct, frozen=True, kw_only=True):
    """One row of the log of decisions: who decided what about which record, on what grounds, and how the record stood before.

    `engine_value`, `before` (what was in force), `value`, `decision` and `anchors` are JSON texts.  `decision` is the whole
    decision, from which its effect can be made again; `anchors` gives for each claim that it names [report, kind, evidence,
    hash of the report's text]: by these the claim is found when a later engine reads the report anew, and the text vouched for.
    """

    number: int  # counted from 1, without a gap
    subject: str  # id of a claim, event, report or source
    report_id: str | None  # of the claim, where it is about one
    action: str
    field: str | None
    engine_value: str | None
    before: str | None
    value: str | None
    reviewer: str
    at: str  # UTC, ISO 8601 with microseconds
    reason: str | None
    layer: str | None  # a second coder who codes blind; None: the record in force
    decision: str
    anchors: str
    previous: str  # the hash of the row before
    hash: str


def review_hash(review: Review) -> str:
    """SHA-256 in hexadecimal over all columns of a row but the hash itself, as a JSON list in the order of the columns.

    The hash of the row before is among them: who changes, takes out or puts in a row must forge all that follow.
    """
    values = [getattr(review, column) for column in Review.__struct_fields__ if column != "hash"]
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()


def text_hash(text: str) -> str:
    """SHA-256 in hexadecimal of a report's text: what a reviewer saw."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def chained(review: Review, previous: str) -> Review:
    """The row as it stands in the log behind the row with the hash `previous`."""
    linked = msgspec.structs.replace(review, previous=previous)
    return msgspec.structs.replace(linked, hash=review_hash(linked))


class Grade(Struct, frozen=True, kw_only=True):
    """How far a source is trusted (A to F), or a claim believed (1 to 6), after the Admiralty: F and 6 cannot be judged.

    Only people set one; `by` is None where nobody has.
    """

    grade: str
    by: str | None = None
    at: str | None = None
    reason: str | None = None


class Grades(Struct, frozen=True):
    """What people think of a claim: how far its source is trusted (A to F), and how far the claim itself is believed (1 to 6)."""

    reliability: str | None = None
    credibility: str | None = None

    def __str__(self) -> str:
        return f"{self.reliability or 'F'}{self.credibility or '6'}" if self != UNGRADED else ""


UNGRADED = Grades()
