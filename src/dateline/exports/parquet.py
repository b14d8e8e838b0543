"""Tables as Parquet, with types: dates are dates, several values are lists.  DuckDB writes them."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Generic, NamedTuple, TypeVar

from dateline.exports.base import Column, Context
from dateline.exports.tables import json_line
from dateline.model import EventRow, Link

Row = TypeVar("Row")

_LARGEST = 1 << 28  # bytes of one row
_ROWS = 20_000  # of a row group: the unit that readers skip by, and what DuckDB holds in memory


class ParquetTable(Generic[Row]):
    """The columns of the CSV, with their types.

    Rows go to a file of JSON lines first, which DuckDB reads as a stream: memory does not grow with them, and with one thread
    the same rows give the same bytes.
    """

    def __init__(self, columns: Sequence[Column[Row]], stream: BinaryIO, context: Context) -> None:
        self._columns = columns
        self._context = context
        self._stream = stream
        self._folder = TemporaryDirectory(prefix="dateline-")
        self._lines = (Path(self._folder.name) / "rows.jsonl").open("wb")

    def add(self, row: Row) -> int:
        self._lines.write(json_line({c.name: c.value(row, self._context.event_of) for c in self._columns}))
        return 1

    def finish(self) -> None:
        self._lines.close()
        made = Path(self._folder.name) / "rows.parquet"
        _convert(Path(self._lines.name), made, {c.name: c.type for c in self._columns}, self._context.filters)
        with made.open("rb") as parquet:
            shutil.copyfileobj(parquet, self._stream)
        self._folder.cleanup()


def _convert(lines: Path, to: Path, types: dict[str, str], filters: str | None) -> None:
    import duckdb

    columns = ", ".join(f"{_quoted(name)}: {_quoted(type_)}" for name, type_ in types.items())
    source = f"read_json({_quoted(str(lines))}, format = 'newline_delimited', columns = {{{columns}}}, {_JSON})"
    told = f", KV_METADATA {{filters: {_quoted(filters)}}}" if filters else ""
    # S608: names and types are constants of ours, paths and the sentence are quoted
    copy = f"COPY (SELECT * FROM {source}) TO {_quoted(str(to))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS}{told})"
    with duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False}) as database:
        database.execute(copy)


_JSON = f"maximum_object_size = {_LARGEST}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class LinkRow(NamedTuple):
    """A claim of an event, and why it is in it."""

    event_id: str
    claim_id: str
    report_id: str
    report_sha256: str
    link: Link | None


LINK_COLUMNS: tuple[Column[LinkRow], ...] = (
    Column("event_id", lambda row, _: row.event_id),
    Column("claim_id", lambda row, _: row.claim_id),
    Column("report_id", lambda row, _: row.report_id),
    Column("score", lambda row, _: row.link.score if row.link else None, "DOUBLE"),
    Column("why", lambda row, _: row.link.why if row.link else None),
    Column("report_sha256", lambda row, _: row.report_sha256),
)


class LinksParquet:
    """A row a claim of an event."""

    def __init__(self, stream: BinaryIO, context: Context) -> None:
        self._table: ParquetTable[LinkRow] = ParquetTable(LINK_COLUMNS, stream, context)

    def add(self, row: EventRow) -> int:
        links = {link.claim_id: link for link in row.event.links}
        rows = (LinkRow(row.event.id, claim.id, report.id, report.sha256, links.get(claim.id)) for claim, report in row.claims)
        return sum(map(self._table.add, rows))

    def finish(self) -> None:
        self._table.finish()
