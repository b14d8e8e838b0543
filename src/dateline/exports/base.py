"""What an export is, and what its tables are made of."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Generic, Literal, NamedTuple, Protocol, TextIO, TypeVar

Row_contra = TypeVar("Row_contra", contravariant=True)
Table = Literal["claims", "figures", "events"]
Cell = str | int | float | bool | date | None
EventOf = Mapping[str, str]
"""The event's id of a claim's id, for claims that are in an event."""


class Export(Protocol[Row_contra]):
    """A format: which rows it takes, and how it writes them."""

    @property
    def name(self) -> str:
        """The name of the file, which chooses the format: "claims.csv"."""

    @property
    def title(self) -> str:
        """What it holds, in a line."""

    @property
    def table(self) -> Table:
        """What its rows are: ClaimRow, FigureRow or EventRow."""

    def write(self, rows: Iterable[Row_contra], event_of: EventOf, stream: TextIO) -> int:
        """Write rows, in their order; how many they are."""


class Column(NamedTuple, Generic[Row_contra]):
    """A column of a table: its name, and its value for a row."""

    name: str
    value: Callable[[Row_contra, EventOf], Cell]
