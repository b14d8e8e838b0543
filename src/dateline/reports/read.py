"""Files -> Reports, format by format."""

from collections.abc import Iterable, Iterator

from dateline.reports.jsonl import read_json, read_jsonl
from dateline.reports.plain import read_plain
from dateline.reports.records import DEFAULT_OPTIONS, Failure, Found, Ignored, Outcome, ReadOptions


def read_source(source: Found, options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Outcome]:
    """The reports of one file, and a Failure for each thing in it that cannot be read.  Bad content raises nothing.

    A Failure of `find_sources` comes out as it is, an Ignored file gives nothing: so a loop over what was found is enough.
    """
    if isinstance(source, Failure):
        yield source
    elif isinstance(source, Ignored):
        return
    elif isinstance(source.side, Failure):
        yield source.side
    elif source.format in ("text", "markdown"):
        yield from read_plain(source, source.side, options)
    elif source.format == "jsonl":
        yield from read_jsonl(source, options)
    elif source.format == "json":
        yield from read_json(source, options)
    else:
        yield Failure(str(source.path), None, f"{source.format} is not read yet")


def read_sources(sources: Iterable[Found], options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Outcome]:
    """`read_source` over many files, in their order.  HTML pages share one guarded process."""
    for source in sources:
        yield from read_source(source, options)
