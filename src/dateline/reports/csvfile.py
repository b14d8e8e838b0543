"""Tables: one report per row of a .csv file, its fields in columns that the user maps or that are guessed by name."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import UNSET, UnsetType

from dateline.errors import ReportError
from dateline.model.report import DateOrigin
from dateline.reports.decode import decode
from dateline.reports.files import name_of, read_bytes
from dateline.reports.known import make_report, parse_published, prefer
from dateline.reports.records import Failure, Known, Outcome, ReadOptions, SourceFile

GUESSES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "outlet", "publication"),
    "url": ("url", "link"),
    "author": ("author", "byline"),
    "published": ("published", "date", "publication_date", "date_published", "published_at"),
    "language": ("language", "lang"),
}
"""Names of columns that are understood without a mapping, in the order of preference; case, blanks, - and _ do not count."""

_DELIMITERS = ",;\t"


class Row(NamedTuple):
    """One row under the header: the line it starts on (from 1) and its cells, or what is wrong with it."""

    line: int
    cells: list[str]
    fault: str | None = None


def read_csv(source: SourceFile, options: ReadOptions) -> Iterator[Outcome]:
    """One outcome per row; rows with no cell are passed over."""
    name, line = name_of(source.path), None
    try:
        header, rows = read_table(decode(read_bytes(source.path, options.max_file_bytes)).text)
        columns = find_columns(header, options.columns)
        if "text" not in columns:
            raise ReportError(
                f"it has no column 'text' (or body, content). Its columns: {', '.join(header)}. Map one with columns"
            )
        empty = True
        for row in rows:
            line, empty = row.line, False
            yield _outcome(row, columns, options, name)
        if empty:
            yield Failure(name, None, "it holds a header and no row")
    except ReportError as e:
        yield Failure(name, line, str(e))


def read_table(text: str) -> tuple[list[str], Iterator[Row]]:
    """The header of a table and its rows.  The delimiter is the one of , ; and tab that parts the header most often.

    Raises ReportError, also while the rows are iterated, where quotes do not close.
    """
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)  # the first of them where none is there
    rows = _rows(text, delimiter)
    header = next(rows, Row(1, []))
    names = [cell.strip() for cell in header.cells]
    if not any(names):
        raise ReportError("it has no header row")
    return names, _fitting(rows, len(names))


def find_columns(
    header: list[str], mapping: Mapping[str, str], guesses: Mapping[str, tuple[str, ...]] = GUESSES
) -> dict[str, int]:
    """The number of the column of each field: as mapped, else guessed.  A mapped column that is not there is a ReportError."""
    places = {_plain(name): number for number, name in reversed(list(enumerate(header)))}
    columns = {}
    for field, names in guesses.items():
        if field in mapping:
            if (wanted := _plain(mapping[field])) not in places:
                raise ReportError(f"it has no column {mapping[field]!r} for {field}. Its columns: {', '.join(header)}")
            columns[field] = places[wanted]
        elif known := [places[_plain(name)] for name in names if _plain(name) in places]:
            columns[field] = known[0]
    return columns


def known_of(cells: Mapping[str, str], origin: DateOrigin, *, blank_date: UnsetType | None) -> Known:
    """What the cells of a row say.  `blank_date` is what an empty cell of the date says.  Raises ReportError."""
    said = {field: cell.strip() or None for field, cell in cells.items() if field != "text"}
    published: date | UnsetType | None = UNSET
    if "published" in said:
        published = parse_published(said["published"]) if said["published"] else blank_date
    return Known(
        title=said.get("title"),
        publisher=said.get("publisher"),
        url=said.get("url"),
        author=said.get("author"),
        language=said.get("language"),
        published=published,
        published_from=origin,
    )


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "").replace("_", "").replace("-", "")


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # the module's own limit is 128 kB, less than an article
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):  # rows of nothing but delimiters are what spreadsheets leave behind
                yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as e:
        raise ReportError(f"the row that begins on line {line} does not end as a row should ({e}): is a quote left open?") from e


def _fitting(rows: Iterator[Row], width: int) -> Iterator[Row]:
    for row in rows:
        if len(row.cells) == width:
            yield row
        else:
            yield row._replace(fault=f"the row has {len(row.cells)} cells and the header {width}: its cells cannot be told apart")


def _outcome(row: Row, columns: Mapping[str, int], options: ReadOptions, name: str) -> Outcome:
    if row.fault:
        return Failure(name, row.line, row.fault)
    cells = {field: row.cells[number] for field, number in columns.items()}
    try:
        known = known_of(cells, "field", blank_date=None)
    except ReportError as e:
        return Failure(name, row.line, str(e))
    outcome = make_report(cells["text"], prefer(options.known(), known), options, path=f"{name}#{row.line}")
    return Failure(name, row.line, outcome.reason) if isinstance(outcome, Failure) else outcome
