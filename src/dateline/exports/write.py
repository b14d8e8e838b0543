"""Writes exports: the file's name chooses what and how."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from dateline.errors import ExportError
from dateline.exports.base import EventOf, Export
from dateline.exports.coded import ClaimsJsonl
from dateline.exports.columns import CLAIM_COLUMNS, EVENT_COLUMNS, FIGURE_COLUMNS
from dateline.exports.privacy import WITHOUT_NAMES
from dateline.exports.tables import CsvTable, JsonTable
from dateline.lexicon.codebook import using
from dateline.model import FigureRow

if TYPE_CHECKING:  # showing a table must not wait for the database library
    from dateline.store import Project

EXPORTS: dict[str, Export[Any]] = {
    export.name: export
    for export in (
        CsvTable("claims", "claims, one a row", CLAIM_COLUMNS),
        CsvTable("figures", "figures of claims, one a row", FIGURE_COLUMNS),
        CsvTable("events", "events, one a row", EVENT_COLUMNS),
        ClaimsJsonl(),
        JsonTable("figures", "figures of claims, one a line", FIGURE_COLUMNS),
        JsonTable("events", "events, one a line", EVENT_COLUMNS),
    )
}


class Written(NamedTuple):
    """A file that was written, and its rows."""

    path: Path
    export: Export[Any]
    rows: int


def export_for(name: str) -> Export[Any]:
    """The export of that file name.  Raises ExportError with the known ones."""
    if name not in EXPORTS:
        raise ExportError(f"no export {name!r}. Known: {', '.join(sorted(EXPORTS))}")
    return EXPORTS[name]


def export_project(project: "Project", path: Path, *, private_names: bool = False) -> Written:
    """Write what the name of `path` asks for ("claims.csv", "out/events.csv"), of the whole project.

    The file is there whole or not at all, and its folder is made.  `private_names` keeps the names of witnesses.  Raises
    ExportError for an unknown name and where the file cannot be written.
    """
    export = export_for(path.name)
    with using(project.codebook()), replacing(path) as stream:
        rows = write_rows(export, _rows(project, export), project.event_of(), stream, private_names=private_names)
    return Written(path, export, rows)


def write_rows(
    export: Export[Any], rows: Iterable[Any], event_of: EventOf, stream: TextIO, *, private_names: bool = False
) -> int:
    """Write chosen rows (ClaimRow, FigureRow or EventRow, as `export.table` says) to a stream; how many."""
    shown = rows if private_names else WITHOUT_NAMES[export.table](rows)
    return export.write(shown, event_of, stream)


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A file to write in the place of `path`, which changes only when all is written."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        part.replace(path)
    except OSError as e:
        raise ExportError(f"{path} cannot be written: {e.strerror or e}") from e
    finally:
        if os.path.exists(part):  # something went wrong on the way
            part.unlink()


def _rows(project: "Project", export: Export[Any]) -> Iterable[Any]:
    match export.table:
        case "claims":
            return project.claims()
        case "figures":
            return (FigureRow(figure, claim, report) for claim, report in project.claims() for figure in claim.figures)
        case "events":
            return project.event_rows()
