"""One published text and what is known about it."""

import hashlib
from datetime import date
from typing import Literal

from msgspec import Struct

from dateline.model.span import Span

DateOrigin = Literal["given", "side_file", "field", "json_ld", "meta", "url", "text", "guess"]
"""Where a date of publication is from: the user's option, a side file, a field of the record (JSON, CSV), the page's
JSON-LD or meta tags, its URL, its text, or a guess of the HTML reader.  Pages state a wrong date in 7 to 13 % of cases."""

RegionKind = Literal[
    "body", "headline", "repeated_headline", "subhead", "byline", "dateline", "caption", "teaser", "comments", "via", "furniture"
]
READ_REGIONS: frozenset[RegionKind] = frozenset({"body", "headline", "caption"})
"""Regions whose sentences are read for claims; the others are kept and marked."""


def report_id(sha256: str) -> str:
    """The short id of a report: the first 16 digits of its SHA-256."""
    return sha256[:16]


class Report(Struct, frozen=True, kw_only=True):
    """One published text.  Never edited: every span of every claim counts characters of `text`.

    `sha256` is taken from the bytes as received (from the UTF-8 text where a report is a field of a larger file), so the
    same bytes are the same report.
    """

    sha256: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    published: date | None = None
    published_from: DateOrigin | None = None
    language: str | None = None
    path: str | None = None  # where it was read from, as the user named it; with #LINE for a line of a larger file

    @property
    def id(self) -> str:
        return report_id(self.sha256)


def report_of(text: str, **known: object) -> Report:
    """A report of a text at hand; `known` are fields of Report."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(sha256=sha256, text=text, **known)  # type: ignore[arg-type]


class Region(Struct, frozen=True):
    """A part of the text and what it is: body, headline, caption, or furniture that is not read."""

    span: Span
    kind: RegionKind


class Sentence(Struct, frozen=True):
    """One sentence of the text as received (hard line wraps stay inside it)."""

    span: Span
    region: RegionKind
    paragraph: int  # number of its paragraph, counted from 0 over the whole text
    quoted: tuple[Span, ...] = ()  # parts of it that stand in quotation marks, marks included
