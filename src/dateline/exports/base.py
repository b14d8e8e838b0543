"""What an export is, and what its tables are made of."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, Literal, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:  # showing a table must not wait for the database library
    from dateline.store import Project

Row_contra = TypeVar("Row_contra", contravariant=True)
Table = Literal["claims", "figures", "events", "project"]
"""What a row is: ClaimRow, FigureRow, EventRow; or the one Project, for forms that hold all of it."""

Cell = str | int | float | bool | date | tuple[str, ...] | None
Progress = Callable[[str, int, int], None]
"""Is told the rows that are read, how many are done, and of how many (0: not known)."""

EventOf = Mapping[str, str]
"""The event's id of a claim's id, for claims that are in an event."""


class Context(NamedTuple):
    """What a writer may ask beside its rows."""

    event_of: EventOf = MappingProxyType({})
    filters: str | None = None  # what was asked for, as a sentence; None where it is the whole project
    project: "Project | None" = None  # None where rows are written that no project holds
    private_names: bool = False  # whether names of private persons were asked for
    progress: Progress | None = None  # for a writer whose one row is a whole project: what it does, how far, of how far


class Writer(Protocol[Row_contra]):
    """A file that is being written."""

    def add(self, row: Row_contra) -> int:
        """Write a row; how many rows it became: 0 where the format has no place for it."""

    def finish(self) -> None:
        """Write what comes last.  Called once, after all rows."""


class Export(NamedTuple):
    """A format.  Its writer is made with the stream, which is the writer's to fill and not to close, and the context."""

    name: str  # of the file, which chooses the format: "claims.csv"
    title: str  # what it holds, in a line
    table: Table  # what its rows are
    writer: Callable[[BinaryIO, Context], Writer[Any]]
    beside: tuple[str, ...] = ()  # exports that are always written with it: what it left out, and where its rows are from


class Column(NamedTuple, Generic[Row_contra]):
    """A column of a table: its name, its value for a row, and the type that DuckDB gives it."""

    name: str
    value: Callable[[Row_contra, EventOf], Cell]
    type: str = "VARCHAR"
