"""What stands beside a report: `article.meta.json` or `article.meta.yaml` for one file, `metadata.csv` for a folder.

A side file has the keys title, publisher, url, author, published (an ISO date) and language, each of which may be left
out; any other key is an error, since a misspelled one would be lost in silence.  It speaks for `article.txt`,
`article.md` and `article.html` beside it.  `metadata.csv` has a column `file` with names of files of its own folder, and
columns for the same fields (the names that a table of reports may use); its other columns are not read.  Where both speak,
the side file goes before the table, field by field.  An empty cell says nothing; `published: null` in a side file says
that the date is not known, and then none is looked for in the report.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import UNSET, Struct, UnsetType

from dateline.errors import ReportError
from dateline.reports.csvfile import GUESSES, Row, find_columns, known_of, read_table
from dateline.reports.decode import decode
from dateline.reports.files import name_of, read_bytes
from dateline.reports.known import parse_published, prefer
from dateline.reports.records import MB, Failure, Known

ENDINGS = (".meta.json", ".meta.yaml", ".meta.yml")
TABLE = "metadata.csv"

_LARGEST = 64 * MB
_COLUMNS = {"file": ("file", "filename", "file_name", "path")} | {f: names for f, names in GUESSES.items() if f != "text"}
_YAML_NULL = frozenset({"", "~", "null"})


class _Keys(Struct, forbid_unknown_fields=True):
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    published: str | UnsetType | None = UNSET


class Table(Struct, frozen=True):
    """A folder's `metadata.csv`: what it says of each file, or the Failure of that row; the line that names each file."""

    path: Path
    rows: dict[str, Known | Failure]
    lines: dict[str, int]
    faults: tuple[Failure, ...] = ()  # rows that belong to no file


def is_side_file(path: Path) -> bool:
    """Whether a file speaks of other files and is itself no report."""
    return path.name.lower().endswith(ENDINGS) or path.name == TABLE


def read_table_of(folder: Path) -> Table | Failure | None:
    """The `metadata.csv` of a folder; None where there is none, a Failure where it cannot be read."""
    path = folder / TABLE
    if not os.path.isfile(path):
        return None
    try:
        header, found = read_table(decode(read_bytes(path, _LARGEST)).text)
        columns = find_columns(header, {}, _COLUMNS)
        if "file" not in columns:
            raise ReportError(f"it has no column 'file'. Its columns: {', '.join(header)}")
        rows, lines, faults = _rows_by_file(path, list(found), columns)
    except ReportError as e:
        return Failure(name_of(path), None, str(e))
    return Table(path, rows, lines, tuple(faults))


def side_of(path: Path, table: Table | Failure | None) -> Known | Failure | None:
    """What stands beside one file, in its side file and its folder's table."""
    beside = _read_side_file(path)
    row = table.rows.get(path.name) if isinstance(table, Table) else table
    for said in (beside, row):
        if isinstance(said, Failure):
            return Failure(name_of(path), None, f"it is not read, because what stands beside it cannot be: {said}")
    return prefer(beside, row) if beside or row else None  # type: ignore[arg-type]


def _read_side_file(path: Path) -> Known | Failure | None:
    candidates = [path.with_name(path.stem + ending) for ending in ENDINGS]
    found = [candidate for candidate in candidates if os.path.isfile(candidate)]
    if not found:
        return None
    if len(found) > 1:
        return Failure(name_of(found[0]), None, f"{found[1].name} speaks of the same report; keep one of them")
    try:
        return _known(_keys(found[0]))
    except (ReportError, msgspec.MsgspecError, yaml.YAMLError, RecursionError) as e:
        return Failure(name_of(found[0]), None, " ".join(str(e).split()))


def _keys(path: Path) -> _Keys:
    text = decode(read_bytes(path, MB)).text.removeprefix("\ufeff")
    if path.name.lower().endswith(".json"):
        return msgspec.json.decode(text, type=_Keys)
    loaded: Any = yaml.load(text, Loader=yaml.BaseLoader)
    if not isinstance(loaded, Mapping):
        raise ReportError("it is no list of keys and values")
    return msgspec.convert({key: _or_null(value) for key, value in loaded.items()}, _Keys)


def _or_null(value: object) -> object:
    return None if isinstance(value, str) and value.lower() in _YAML_NULL else value


def _known(keys: _Keys) -> Known:
    said = keys.published
    return Known(
        title=keys.title,
        publisher=keys.publisher,
        url=keys.url,
        author=keys.author,
        language=keys.language,
        published=parse_published(said) if isinstance(said, str) else said,
        published_from="side_file",
    )


def _rows_by_file(
    path: Path, found: list[Row], columns: Mapping[str, int]
) -> tuple[dict[str, Known | Failure], dict[str, int], list[Failure]]:
    rows: dict[str, Known | Failure] = {}
    lines: dict[str, int] = {}
    faults: list[Failure] = []
    for row in found:
        name = row.cells[columns["file"]].strip() if not row.fault else ""
        if row.fault or not name:
            faults.append(Failure(name_of(path), row.line, row.fault or "the row names no file"))
        elif name in rows:
            rows[name] = Failure(name_of(path), row.line, f"{name} has a row before, on line {lines[name]}")
        else:
            rows[name], lines[name] = _row(path, row, columns), row.line
    return rows, lines, faults


def _row(path: Path, row: Row, columns: Mapping[str, int]) -> Known | Failure:
    cells = {field: row.cells[number] for field, number in columns.items() if field != "file"}
    try:
        return known_of(cells, "side_file", blank_date=UNSET)
    except ReportError as e:
        return Failure(name_of(path), row.line, str(e))
