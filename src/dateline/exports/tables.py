"""Tables as CSV, and as JSON lines with the same names."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, Generic, TypeVar

import msgspec

from dateline.exports.base import Cell, Column, Context
from dateline.exports.cells import csv_cell, joined

Row = TypeVar("Row")


class CsvLines:
    """RFC 4180: commas, quotation marks where needed, CRLF; UTF-8 without a mark; no cell that a spreadsheet could run."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = csv.writer(_Utf8(stream), lineterminator="\r\n")

    def add(self, cells: Iterable[Cell]) -> int:
        self._lines.writerow([csv_cell(cell) for cell in cells])
        return 1

    def plain(self, cells: Iterable[str]) -> None:
        """A line of our own words, as they are."""
        self._lines.writerow(cells)


class CsvTable(Generic[Row]):
    """A line of column names, then a line a row."""

    def __init__(self, columns: Sequence[Column[Row]], stream: BinaryIO, context: Context) -> None:
        self.columns = columns
        self.context = context
        self.lines = CsvLines(stream)
        self.lines.add(column.name for column in columns)

    def add(self, row: Row) -> int:
        return self.lines.add(column.value(row, self.context.event_of) for column in self.columns)

    def finish(self) -> None:
        """Nothing comes last."""


class JsonTable(Generic[Row]):
    """One object a line, with the columns of the CSV as keys; text as it stands in the report, null where nothing is known."""

    def __init__(self, columns: Sequence[Column[Row]], stream: BinaryIO, context: Context) -> None:
        self._columns = columns
        self._context = context
        self._stream = stream

    def add(self, row: Row) -> int:
        self._stream.write(json_line({c.name: joined(c.value(row, self._context.event_of)) for c in self._columns}))
        return 1

    def finish(self) -> None:
        """Nothing comes last."""


def json_line(value: Any) -> bytes:
    return msgspec.json.encode(value) + b"\n"


class _Utf8:
    """What a csv writer writes to."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        self._stream.write(text.encode())
