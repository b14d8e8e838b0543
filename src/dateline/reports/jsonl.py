"""JSON: one report each line (.jsonl), or one object or a list of objects (.json), with the fields of the gold format."""

from collections.abc import Iterator
from io import BufferedIOBase

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from dateline.errors import ReportError
from dateline.reports.files import name_of, opened, read_bytes
from dateline.reports.known import make_report, parse_published, prefer
from dateline.reports.records import MB, Failure, Known, Outcome, ReadOptions, SourceFile

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FAULTS = (ReportError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError)  # all that bad JSON raises


class _Fields(Struct):
    """The keys that are read.  All others (id, claims, ...) are skipped by the decoder and never seen."""

    text: str | UnsetType | None = UNSET
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | list[str] | None = None
    language: str | None = None
    published: str | UnsetType | None = UNSET


_FIELDS = msgspec.json.Decoder(_Fields)
_ITEMS = msgspec.json.Decoder(list[Raw])


def read_jsonl(source: SourceFile, options: ReadOptions) -> Iterator[Outcome]:
    """One outcome per line that is not blank; a line that cannot be read does not stop the next."""
    name, line = name_of(source.path), 0
    try:
        with opened(source.path, packed=source.packed) as stream:
            for line, row in _rows(stream, options.max_row_bytes):
                yield _outcome(row, name, line, options) if row is not None else _too_large(name, line, options)
            if line == 0:
                yield Failure(name, None, "it holds no line")
    except ReportError as e:
        yield Failure(name, line + 1 if line else None, str(e))


def read_json(source: SourceFile, options: ReadOptions) -> Iterator[Outcome]:
    """The report of an object, or one outcome per object of a list."""
    name = name_of(source.path)
    try:
        data = _without_mark(read_bytes(source.path, options.max_file_bytes, packed=source.packed))
        items = _ITEMS.decode(data) if data.lstrip()[:1] == b"[" else None
    except _FAULTS as e:
        yield Failure(name, None, str(e))
        return
    if items is None:
        yield _outcome(data, name, None, options)
        return
    for number, item in enumerate(items, start=1):
        yield _outcome(bytes(item), f"{name}#{number}", None, options)
    if not items:
        yield Failure(name, None, "its list is empty")


def _rows(stream: BufferedIOBase, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line that is not blank with its number; None for one longer than `limit`."""
    line, blank = 0, 0
    while row := stream.readline(limit + 1):
        line += 1
        if line == 1:
            row = _without_mark(row)
        blank = blank + len(row) if row.isspace() else 0
        if blank > limit:  # a small packed file can unpack to line ends without end
            raise ReportError(f"{blank / MB:g} MB of blank lines end here: not a file of reports")
        if len(row) <= limit or row.endswith(b"\n"):
            if not blank:
                yield line, row
            continue
        while (rest := stream.readline(MB)) and not rest.endswith(b"\n"):
            pass
        yield line, None


def _without_mark(data: bytes) -> bytes:
    if data.startswith(_UTF16_MARKS):
        raise ReportError("it is UTF-16, and JSON is UTF-8; save it as UTF-8")
    return data.removeprefix(_UTF8_MARK)


def _outcome(row: bytes, name: str, line: int | None, options: ReadOptions) -> Outcome:
    try:
        fields = _FIELDS.decode(row)
        known = _known(fields)
    except _FAULTS as e:
        return Failure(name, line, str(e))
    if not isinstance(fields.text, str):
        return Failure(name, line, "it has no field 'text'")
    path = f"{name}#{line}" if line else name
    outcome = make_report(fields.text, prefer(options.known(), known), options, path=path)
    return Failure(name, line, outcome.reason) if isinstance(outcome, Failure) else outcome


def _known(fields: _Fields) -> Known:
    """What the object says; its date must be ISO, and null says that none is known.  Raises ReportError."""
    author = "; ".join(fields.author) if isinstance(fields.author, list) else fields.author
    published = fields.published
    return Known(
        title=fields.title,
        publisher=fields.publisher,
        url=fields.url,
        author=author,
        language=fields.language,
        published=(parse_published(published) if published.strip() else None) if isinstance(published, str) else published,
        published_from="field",
    )


def _too_large(name: str, line: int, options: ReadOptions) -> Failure:
    return Failure(name, line, f"the line has more than {options.max_row_bytes / MB:g} MB")
