"""Plain text and Markdown: a file is a report, its characters are the text (marks of Markdown too)."""

from collections.abc import Iterator

from dateline.errors import ReportError
from dateline.reports.decode import decode
from dateline.reports.files import read_whole
from dateline.reports.known import make_report, prefer
from dateline.reports.records import Failure, Known, Outcome, ReadOptions, SourceFile

_WIDEST = 4  # bytes of a character in UTF-32: no file of a text within the limit is longer


def read_plain(source: SourceFile, side: Known | None, options: ReadOptions) -> Iterator[Outcome]:
    """The one report of a .txt or .md file."""
    name = str(source.path)
    try:
        raw = read_whole(source, options.max_text_bytes * _WIDEST)
        decoded = decode(raw)
    except ReportError as e:
        yield Failure(name, None, str(e))
        return
    yield make_report(decoded.text, prefer(options.known(), side), options, path=name, raw=raw)
