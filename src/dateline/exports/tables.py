"""Tables as CSV, and as JSON lines with the same names."""

import csv
from collections.abc import Iterable, Sequence
from typing import Generic, TextIO, TypeVar

import msgspec

from dateline.exports.base import Column, EventOf, Table
from dateline.exports.cells import csv_cell

Row = TypeVar("Row")


class CsvTable(Generic[Row]):
    """RFC 4180: commas, quotation marks where needed, CRLF; UTF-8 without a mark; a line of column names."""

    def __init__(self, table: Table, title: str, columns: Sequence[Column[Row]]) -> None:
        self.name = f"{table}.csv"
        self.table = table
        self.title = title
        self.columns = columns

    def write(self, rows: Iterable[Row], event_of: EventOf, stream: TextIO) -> int:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        count = 0
        for row in rows:
            count += 1
            writer.writerow([csv_cell(column.value(row, event_of)) for column in self.columns])
        return count


class JsonTable(Generic[Row]):
    """One object a line, with the columns of the CSV as keys; text as it stands in the report, null where nothing is known."""

    def __init__(self, table: Table, title: str, columns: Sequence[Column[Row]]) -> None:
        self.name = f"{table}.jsonl"
        self.table = table
        self.title = title
        self.columns = columns

    def write(self, rows: Iterable[Row], event_of: EventOf, stream: TextIO) -> int:
        count = 0
        for row in rows:
            count += 1
            values = {column.name: column.value(row, event_of) for column in self.columns}
            stream.write(msgspec.json.encode(values).decode() + "\n")
        return count
