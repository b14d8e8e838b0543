"""When: an interval of days, as precise as the words are."""

from datetime import date

from msgspec import Struct

from dateline.model.codebook import Precision
from dateline.model.span import Span


class Interval(Struct, frozen=True, kw_only=True):
    """`start`..`end`, both days included; None where the words (with what they are counted from) give none.

    `anchor` is the day that a relative phrase was counted from, with the words or the field (`published`) that gave it.
    """

    span: Span
    words: str
    start: date | None = None
    end: date | None = None
    precision: Precision = "unknown"
    anchor: date | None = None
    anchor_from: str | None = None  # "published", or the words of the date that it was counted from
    since: bool = False  # open towards the report: "since the beginning of the year"
    rule: str = ""
