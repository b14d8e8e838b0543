"""The console, tables that fit it, and texts with marks."""

import os
from collections.abc import Iterable, Sequence
from typing import IO

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from dateline.model import Claim, Span
from dateline.terminal.words import visible

KIND_STYLES = {"incident": "bold", "tally": "magenta", "assessment": "cyan", "forecast": "blue"}
CERTAINTY_STYLES = {"alleged": "yellow", "denied": "red"}
MARK = "black on bright_yellow"
GAP = 3  # columns between two columns of a table
PIPED_WIDTH = 160  # columns where the output is no terminal and COLUMNS is not set


def console(file: IO[str] | None = None, *, stderr: bool = False, markup: bool = False) -> Console:
    """A console that prints words as they are.  `markup` is for text of Dateline's own alone."""
    made = Console(file=file, stderr=stderr, markup=markup, emoji=False, highlight=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = PIPED_WIDTH
    return made


class Rows:
    """Rows of cells: a table where it fits without breaking words, else each row as a list of names and values."""

    def __init__(self, *columns: str) -> None:
        self._columns = columns
        self._rows: list[tuple[str | Text, ...]] = []

    def add_row(self, *cells: str | Text) -> None:
        self._rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if widths := self._widths(options.max_width):
            yield self._table(widths)
            return
        for number, row in enumerate(self._rows):
            if number:
                yield ""
            yield facts_table(zip(self._columns, row, strict=True))

    def _widths(self, room: int) -> list[int] | None:
        """Columns of the screen for each column, the widest cut first, none under its longest word; None without room."""
        cells = [[name, *map(str, column)] for name, column in zip(self._columns, zip(*self._rows, strict=True), strict=True)]
        most = [max(cell_len(part) for cell in column for part in cell.splitlines()) for column in cells]
        least = [max(cell_len(word) for cell in column for word in cell.split()) for column in cells]
        least[0] = most[0]  # an id with its number stays on one line
        room -= GAP * (len(cells) - 1)
        for cap in range(max(most), 0, -1):
            widths = [max(low, min(high, cap)) for low, high in zip(least, most, strict=True)]
            if sum(widths) <= room:
                return widths
        return None

    def _table(self, widths: Sequence[int]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for column, width in zip(self._columns, widths, strict=True):
            table.add_column(column, width=width)
        for row in self._rows:
            table.add_row(*row)
        return table


def facts_table(facts: Iterable[tuple[str, str | Text]]) -> Table:
    """Names and values, those without a value left out."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts:
        if value:
            table.add_row(name, Text(value) if isinstance(value, str) else value)
    return table


def marked(text: str, marks: Iterable[tuple[Span, str]]) -> Text:
    """A text with spans marked; each span's label stands behind it in brackets."""
    shown = Text(visible(text))
    labels: dict[int, list[str]] = {}
    for span, label in marks:
        shown.stylize(MARK, span.start, span.end)
        if label:
            labels.setdefault(span.end, []).append(label)
    pieces = shown.divide(sorted(labels))
    ends = [*sorted(labels), None]
    out = Text()
    for piece, end in zip(pieces, ends, strict=True):
        out.append_text(piece)
        if end is not None:
            out.append(f"[{','.join(labels[end])}]", style="bold green")
    return out


def kind_of(claim: Claim) -> Text:
    """The claim's kind in its colour."""
    return Text(claim.kind, style=KIND_STYLES[claim.kind])


def sure(certainty: str) -> Text:
    """ "alleged " and "denied "; nothing before what is stated."""
    return Text() if certainty == "stated" else Text(f"{certainty} ", style=CERTAINTY_STYLES[certainty])
