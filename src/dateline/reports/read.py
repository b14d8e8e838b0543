"""Files -> Reports, format by format."""

from collections.abc import Iterable, Iterator

from dateline.reports.csvfile import read_csv
from dateline.reports.html import HtmlGuard, read_html
from dateline.reports.jsonl import read_json, read_jsonl
from dateline.reports.plain import read_plain
from dateline.reports.records import DEFAULT_OPTIONS, Failure, Found, Ignored, Known, Outcome, ReadOptions, SourceFile


def read_sources(sources: Iterable[Found], options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Outcome]:
    """`read_source` over many files, in their order; HTML pages share one guarded process."""
    with HtmlGuard(options) as guard:
        for source in sources:
            yield from read_source(source, options, guard)


def read_source(source: Found, options: ReadOptions = DEFAULT_OPTIONS, guard: HtmlGuard | None = None) -> Iterator[Outcome]:
    """The reports of one file, and a Failure for each thing in it that cannot be read.  Bad content raises nothing.

    A Failure of `find_sources` comes out as it is and an Ignored file gives nothing, so a loop over what was found is
    enough.  Without a `guard` each HTML page starts a process of its own (half a second).  ReportError only where that
    process does not start at all.
    """
    if isinstance(source, Ignored):
        return
    if isinstance(source, Failure):
        yield source
    elif isinstance(source.side, Failure):
        yield source.side
    elif guard is None:
        with HtmlGuard(options) as own:  # starts its process at the first page, if there is one
            yield from _read(source, source.side, options, own)
    else:
        yield from _read(source, source.side, options, guard)


def _read(source: SourceFile, side: Known | None, options: ReadOptions, guard: HtmlGuard) -> Iterator[Outcome]:
    match source.format:
        case "text" | "markdown":
            return read_plain(source, side, options)
        case "html":
            return read_html(source, side, options, guard)
        case "json":
            return read_json(source, options)
        case "jsonl":
            return read_jsonl(source, options)
        case "csv":
            return read_csv(source, options)
