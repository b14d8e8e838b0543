"""Which reports copy one text."""

from datetime import date
from typing import Literal

from msgspec import Struct

Likeness = Literal["copy", "updated copy", "same statement", "same series"]
"""`copy`: one text, cut or not; `updated copy`: with other figures or some new facts; `same statement`: other words, but the
same names and numbers in the same order, as of two translations; `same series`: one frame with other facts, as of daily
bulletins, which is no copy."""
COPIES: frozenset[Likeness] = frozenset({"copy", "updated copy", "same statement"})


class ReportLink(Struct, frozen=True, kw_only=True):
    """Two reports whose texts are alike, the smaller id first, and how much.

    `words` is the share of the shorter text's runs of three words that stand in the other; `facts` the share of its names
    and numbers.  `first` is the report that was published first; None where a date is missing or both have the same: then
    nobody knows who copied whom.
    """

    report_id: str
    other_id: str
    likeness: Likeness
    words: float
    facts: float
    first: str | None


class Copy(Struct, frozen=True):
    """A report in a lineage."""

    report_id: str
    title: str | None
    publisher: str | None
    published: date | None


class Lineage(Struct, frozen=True, kw_only=True):
    """Reports that copy one text, by date (undated last), and the links that make it.

    `origin` is the one that was published first; None where two share that day, or none has a date.
    """

    id: str  # the smallest id of its reports
    reports: tuple[Copy, ...]
    links: tuple[ReportLink, ...]
    origin: str | None
