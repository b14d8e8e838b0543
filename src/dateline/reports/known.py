"""What is known of a report from several origins, made into one Report.

The user's options go before the side file, the side file before the document itself.  Only where none of them says
anything about the date of publication is it looked for in the words of the text (`byline.py`).
"""

import hashlib
import re
from datetime import date
from typing import TypeVar

from msgspec import UNSET

from dateline.errors import ReportError
from dateline.model import Report, plain_view
from dateline.reports.byline import find_published
from dateline.reports.records import MB, Failure, Known, Outcome, ReadOptions

T = TypeVar("T")
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?(?:\d\d)?))?)?",
    re.ASCII,
)


def parse_published(words: str) -> date:
    """The day of an ISO date or date and time ("2019-11-03", "2019-11-03T10:30:00+03:00"), as it is written there.

    Nothing else is taken: "03/11/2019" is March to some and November to others.  Raises ReportError.
    """
    if match := _ISO.fullmatch(words.strip()):
        try:
            return date.fromisoformat(match[1])
        except ValueError:
            pass  # a 30 February: the message below fits it too
    raise ReportError(f"{words!r} is not an ISO date such as 2019-11-03, and other dates are not guessed at")


def prefer(*layers: Known | None) -> Known:
    """One statement out of several: for each field the first layer that has something to say."""
    said = [layer for layer in layers if layer is not None]
    dated = next((layer for layer in said if layer.published is not UNSET), Known())
    return Known(
        title=_first([k.title for k in said]),
        publisher=_first([k.publisher for k in said]),
        url=_first([k.url for k in said]),
        author=_first([k.author for k in said]),
        language=_first([k.language for k in said]),
        published=dated.published,
        published_from=dated.published_from if dated.published else None,
    )


def _first(values: list[str | None]) -> str | None:
    return next((value for value in values if value and not value.isspace()), None)


def make_report(text: str, known: Known, options: ReadOptions, *, path: str, raw: bytes | None = None) -> Outcome:
    """A report of `text`, or why there is none.

    `raw` are the bytes of the file where the file is one report; else the hash is taken from the text's UTF-8.
    """
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError as e:
        return Failure(path, None, f"the text holds half a character (a lone surrogate) at {e.start}")
    if reason := _unreadable(text, len(encoded), options):
        return Failure(path, None, reason)
    published, origin = known.published, known.published_from
    if published is UNSET:
        stated = find_published(text)
        published, origin = (stated.day, "text") if stated else (None, None)
    return Report(
        sha256=hashlib.sha256(encoded if raw is None else raw).hexdigest(),
        text=text,
        title=known.title,
        publisher=known.publisher,
        url=known.url,
        author=known.author,
        language=known.language,
        published=published,
        published_from=origin,
        path=path,
    )


def _unreadable(text: str, size: int, options: ReadOptions) -> str | None:
    if size > options.max_text_bytes:
        return f"the text has {size / MB:.1f} MB, more than the {options.max_text_bytes / MB:g} MB that a report may have"
    if "\0" in text:
        return f"the text holds a NUL character at {text.index(chr(0))}: not a text"
    if not plain_view(text[:10_000]).strip() and not plain_view(text).strip():
        return "the text is empty"
    return None
