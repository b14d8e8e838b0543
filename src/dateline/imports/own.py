"""Reads Dateline's own form (`exports/own.py`) into a new project."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dateline.errors import ProjectFileError, StoreError
from dateline.imports.shapes import Pairs, decoder, inner, roots
from dateline.model import report_id
from dateline.store import FILE, open_project
from dateline.store.connect import give_room, writing
from dateline.store.migrate import HEAD
from dateline.store.project import Project
from dateline.store.search_index import search_index_made_after
from dateline.store.tree import Node

LONGEST = 1 << 28  # bytes of a line: a report of several million characters with all that was found in it
_TOLD_EVERY = 100  # lines
_TOGETHER, _BYTES = 200, 1 << 23  # lines, and about so many bytes of them, that are put into the tables at once
_SHA256 = re.compile(r"[0-9a-f]{64}")

Progress = Callable[[str, int, int], None]
"""Is told the step, the bytes that are read, and of how many."""


Row = dict[str, Any]


class Imported(NamedTuple):
    """What was read."""

    reports: int
    claims: int
    events: int
    private_names: bool  # whether the file has the names of witnesses


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    """The first line."""

    dateline: str
    tables: str
    version: str
    private_names: bool


class _End(msgspec.Struct, forbid_unknown_fields=True):
    """The last line: how many lines stand before it, and their SHA-256."""

    end: int
    sha256: str


def import_project(path: Path, place: Path | str, *, progress: Progress | None = None) -> Imported:
    """Make a project of a file that `dateline export --to dateline.jsonl` wrote.

    `place` is the folder or database URL of a project that is not there yet, or has nothing in it.  The file is read line by
    line; the project has all of it or nothing.  Raises ProjectFileError with the line where the file is damaged or not of this
    version's tables, StoreError where the project cannot be made.
    """
    try:
        stream = path.open("rb")
    except OSError as e:
        raise ProjectFileError(f"{path} cannot be read: {e.strerror or e}") from e
    with stream, _new_project(place) as project:
        try:
            with writing(project.database) as connection:
                give_room(connection)
                with search_index_made_after(connection):
                    return _Reading(path, stream, connection, progress or _say_nothing).read()
        except SQLAlchemyError as e:
            raise StoreError(f"{project.name} cannot be written: {_cause(e)}") from e


@contextmanager
def _new_project(place: Path | str) -> Iterator[Project]:
    """A project with nothing in it; one that was made for it is taken away again where something goes wrong."""
    folder = None if isinstance(place, str) and "://" in place else Path(place)
    made = folder is not None and not (folder / FILE).exists()
    made_folder = folder is not None and not folder.exists()
    try:
        with open_project(place, create=True) as project:
            if filled := _filled(project):
                raise StoreError(f"{project.name} has {filled} already; import into a project that is not there yet")
            yield project
    except BaseException:
        if folder is not None and made:
            for file in folder.glob(f"{FILE}*"):
                file.unlink()
        if folder is not None and made_folder and folder.exists():
            folder.rmdir()
        raise


def _filled(project: Project) -> str | None:
    """The first table that has rows."""
    with project.reading_tables() as connection:
        for name, node in roots().items():
            if connection.execute(select(func.count()).select_from(node.table)).scalar_one():
                return name
    return None


class _Reading:
    """One pass over a file."""

    def __init__(self, path: Path, stream: BinaryIO, connection: Connection, progress: Progress) -> None:
        self._path = path
        self._stream = stream
        self._connection = connection
        self._progress = progress
        self._number = 0
        self._waiting: list[_Record] = []  # of one root
        self._bytes = 0  # of the lines of these
        self._hash = hashlib.sha256()
        self._counts = dict.fromkeys(("reports", "claims", "events"), 0)

    def read(self) -> Imported:
        size = self._path.stat().st_size
        header = self._header()
        for line in self._lines():
            if line.startswith(b'{"end":'):
                self._check_end(line)
                self._flush()
                self._progress("making the index", size, size)
                _advance_sequences(self._connection)
                return Imported(**self._counts, private_names=header.private_names)
            self._keep(line)
            self._hash.update(line)
            if self._number % _TOLD_EVERY == 0:
                self._progress("reading", self._stream.tell(), size)
        raise self._fault("the file ends before its last line: a part of it is missing")

    def _header(self) -> _Header:
        line = next(self._lines(), b"")
        try:
            header = msgspec.json.decode(line, type=_Header)
        except (msgspec.MsgspecError, UnicodeError) as e:
            raise self._fault("this is no file of `dateline export --to dateline.jsonl`: it does not begin like one") from e
        if header.tables != HEAD:
            raise self._fault(
                f"the file has tables of revision {header.tables}, this version of Dateline has {HEAD}. Install Dateline "
                f"{header.version}, or write the file anew with this version: it brings an older project to its own tables"
            )
        self._hash.update(line)
        return header

    def _lines(self) -> Iterator[bytes]:
        while line := self._stream.readline(LONGEST + 1):
            self._number += 1
            if not line.endswith(b"\n"):
                raise self._fault(
                    f"the line is longer than {LONGEST:,} bytes" if len(line) > LONGEST else "the file ends within the line"
                )
            yield line

    def _check_end(self, line: bytes) -> None:
        try:
            end = msgspec.json.decode(line, type=_End)
        except (msgspec.MsgspecError, UnicodeError) as e:
            raise self._fault(f"the last line cannot be read: {e}") from e
        if end.end != self._number - 1:
            raise self._fault(
                f"the file has {self._number - 1:,} lines before its last one, and had {end.end:,} when it was written"
            )
        if end.sha256 != self._hash.hexdigest():
            raise self._fault("the lines are not those that were written: the file was changed or damaged")
        if self._stream.read(1):
            raise self._fault("there is more behind the last line")

    def _keep(self, line: bytes) -> None:
        """Put the record of a line into its tables."""
        try:
            record = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
            if len(record) != 1 or (root := next(iter(record))) not in roots():
                raise self._fault(f"no record of a project: {', '.join(record) or 'nothing'}. Known: {', '.join(roots())}")
            row = msgspec.to_builtins(decoder(root).decode(record[root]), builtin_types=(date, datetime))
            self._check(roots()[root], row, len(row.get("text", "")))
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
            raise self._fault(str(e)) from e
        if self._waiting and (root != self._waiting[0].root or len(self._waiting) == _TOGETHER or self._bytes > _BYTES):
            self._flush()
        self._waiting.append(_Record(self._number, root, row))
        self._bytes += len(line)

    def _flush(self) -> None:
        """Put the records that wait into the tables, a statement for each table; where one is refused, find its line."""
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        if not waiting:
            return
        node = roots()[waiting[0].root]
        try:
            with self._connection.begin_nested():
                self._insert(node, [record.row for record in waiting])
        except _REFUSED:
            for record in waiting:
                self._insert_one(node, record)
        if node.name in self._counts:
            self._counts[node.name] += len(waiting)
        self._counts["claims"] += sum(len(record.row.get("claims", ())) for record in waiting)

    def _insert_one(self, node: Node, record: "_Record") -> None:
        try:
            self._insert(node, [record.row])
        except _REFUSED as e:
            what = f"the record is there twice, points to one that is not there, or cannot be kept: {_cause(e)}"
            raise self._fault(what, record.line) from e

    def _check(self, node: Node, row: Row, characters: int) -> None:
        """What types cannot say: ids that are made of hashes, spans that lie in the text, what stands in columns of JSON."""
        if node.name == "reports" and not (_SHA256.fullmatch(row["sha256"]) and row["id"] == report_id(row["sha256"])):
            raise self._fault(f"report {row['id']}: the id is not made of the SHA-256 {row['sha256']}")
        spans, json = inner(node.name)
        for start, end in spans:
            if row[start] is not None:
                self._check_span(node.name, row[start], row[end], characters)
        for column, type_ in json:
            self._check_json(node.name, column, row[column], type_, characters)
        for part in node.parts:
            for own in row[part.name]:
                self._check(part, own, characters)

    def _check_json(self, table: str, column: str, value: Any, type_: Any, characters: int) -> None:
        try:
            found = msgspec.convert(value, type_)
        except msgspec.ValidationError as e:
            raise self._fault(f"{table}.{column}: {e}") from e
        if type_ is Pairs:
            for start, end in found:
                self._check_span(f"{table}.{column}", start, end, characters)

    def _check_span(self, where: str, start: int, end: int | None, characters: int) -> None:
        if end is None or not 0 <= start <= end <= characters:
            raise self._fault(f"{where}: characters {start} to {end} are not in the text, which has {characters}")

    def _insert(self, node: Node, rows: Sequence[Row]) -> None:
        if not rows:
            return
        parts = {part.name for part in node.parts}
        own = [{column: value for column, value in row.items() if column not in parts} for row in rows]
        self._connection.execute(insert(node.table), own)
        for part in node.parts:
            self._insert(part, [one | {part.owner: row["id"]} for row in rows for one in row[part.name]])

    def _fault(self, what: str, line: int | None = None) -> ProjectFileError:
        return ProjectFileError(f"{self._path}, line {line or self._number}: {what}")


class _Record(NamedTuple):
    """A record that was read and waits to be put into its tables."""

    line: int
    root: str
    row: Row


_REFUSED = (DBAPIError, OverflowError, ValueError)
"""What a row that a table cannot keep raises."""


def _advance_sequences(connection: Connection) -> None:
    """PostgreSQL counts up from where it stands, and does not see numbers that were given."""
    if connection.dialect.name != "postgresql":
        return
    for node in roots().values():
        column = node.table.autoincrement_column
        if column is not None:
            sequence = func.pg_get_serial_sequence(node.name, column.name)
            connection.execute(select(func.setval(sequence, select(func.max(column)).scalar_subquery())))


def _cause(error: Exception) -> str:
    """What the database said, without the statement and its values: those hold whole reports."""
    return str(error.orig) if isinstance(error, DBAPIError) else str(error)


def _say_nothing(step: str, done: int, total: int) -> None:
    """For callers who need no progress."""
