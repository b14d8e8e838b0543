"""Plain text and Markdown: a file is a report, its characters are the text (marks of Markdown too)."""

import logging
from collections.abc import Iterator

from dateline.errors import ReportError
from dateline.reports.decode import decode
from dateline.reports.files import name_of, read_bytes
from dateline.reports.known import make_report, prefer
from dateline.reports.records import Failure, Known, Outcome, ReadOptions, SourceFile

_LOG = logging.getLogger(__name__)
_WIDEST = 4  # bytes of a character in UTF-32: no file of a text within the limit is longer


def read_plain(source: SourceFile, side: Known | None, options: ReadOptions) -> Iterator[Outcome]:
    """The one report of a .txt or .md file."""
    name = name_of(source.path)
    try:
        raw = read_bytes(source.path, options.max_text_bytes * _WIDEST)
        decoded = decode(raw)
    except ReportError as e:
        yield Failure(name, None, str(e))
        return
    if decoded.guessed:
        _LOG.warning("%s: read as %s, by guess: it is not UTF-8 and has no byte order mark", name, decoded.encoding)
    yield make_report(decoded.text, prefer(options.known(), side), options, path=name, raw=raw)
