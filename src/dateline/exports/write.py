"""Writes exports: the file's name chooses what and how."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TextIO

from dateline.errors import ExportError
from dateline.exports.base import Context, Export, Table, Writer
from dateline.exports.known import export_for
from dateline.exports.privacy import WITHOUT_NAMES
from dateline.filters import Condition, select_claims, select_events, select_figures, sentence
from dateline.lexicon.codebook import using
from dateline.model import FigureRow

if TYPE_CHECKING:  # showing a table must not wait for the database library
    from dateline.store import Project

Progress = Callable[[str, int, int], None]
"""Is told the rows that are read, how many are done, and of how many (0: not known)."""

_TOLD_EVERY = 500  # rows


class Written(NamedTuple):
    """A file that was written, and its rows."""

    path: Path
    export: Export
    rows: int


def export_project(
    project: "Project",
    paths: Iterable[Path],
    *,
    filters: Sequence[Condition] = (),
    private_names: bool = False,
    progress: Progress | None = None,
) -> list[Written]:
    """Write what the names of `paths` ask for ("claims.csv", "out/acled.csv"), with the files that belong beside them.

    All files are there whole or none is changed; their folders are made.  `filters` choose among claims, figures and events;
    `private_names` keeps the names of witnesses.  Raises ExportError for an unknown name, for filters on a file that holds
    the whole project, and where a file cannot be written; FilterError where a filter names a value that there is not.
    """
    wanted = _with_companions(paths)
    if filters and (whole := [path.name for path, export in wanted.items() if export.table == "project"]):
        raise ExportError(f"{whole[0]} holds the whole project; leave the filters out, or write another file")
    event_of = project.event_of()
    with using(project.codebook()), ExitStack() as files:
        opened: dict[Table, list[_Open]] = {}
        for path, export in wanted.items():
            context = Context(event_of, _sentence(export, filters), project, private_names)
            stream = files.enter_context(replacing(path)).buffer
            opened.setdefault(export.table, []).append(_Open(path, export, export.writer(stream, context)))
        for table, some in opened.items():
            _fill(some, _rows(project, table, filters), private_names, _counted(project, table), progress or _say_nothing)
    return [Written(one.path, one.export, one.rows) for some in opened.values() for one in some]


def write_rows(export: Export, rows: Iterable[Any], context: Context, stream: BinaryIO) -> int:
    """Write chosen rows (ClaimRow, FigureRow or EventRow, as `export.table` says) to a stream; how many."""
    one = _Open(Path(export.name), export, export.writer(stream, context))
    _fill([one], rows, context.private_names, 0, _say_nothing)
    return one.rows


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


class _Open:
    """A file that is being written, and its rows so far."""

    def __init__(self, path: Path, export: Export, writer: Writer[Any]) -> None:
        self.path = path
        self.export = export
        self.writer = writer
        self.rows = 0


def _fill(files: Sequence[_Open], rows: Iterable[Any], private_names: bool, total: int, progress: Progress) -> None:
    table = files[0].export.table
    show = WITHOUT_NAMES[table]
    for n, row in enumerate(rows, 1):
        shown = row if private_names else show(row)
        for file in files:
            file.rows += file.writer.add(shown)
        if n % _TOLD_EVERY == 0:
            progress(table, n, total)
    for file in files:
        file.writer.finish()


def _with_companions(paths: Iterable[Path]) -> dict[Path, Export]:
    """Each path once, those beside it behind it."""
    wanted: dict[Path, Export] = {}
    for path in paths:
        for name in (path.name, *export_for(path.name).beside):
            wanted.setdefault(path.with_name(name), export_for(name))
    return wanted


def _sentence(export: Export, filters: Sequence[Condition]) -> str | None:
    return sentence(export.table, filters) if filters and export.table != "project" else None


def _rows(project: "Project", table: Table, filters: Sequence[Condition]) -> Iterable[Any]:
    match table:
        case "claims":
            return select_claims(project.claims(), filters) if filters else project.claims()
        case "figures" if filters:
            return select_figures(project.claims(), filters)
        case "figures":
            return (FigureRow(figure, claim, report) for claim, report in project.claims() for figure in claim.figures)
        case "events":
            return select_events(project.event_rows(), filters) if filters else project.event_rows()
        case "project":
            return [project]


def _counted(project: "Project", table: Table) -> int:
    """How many rows there are without filters; 0 where that takes as long as reading them."""
    from sqlalchemy import func, select

    from dateline.store.tables import metadata

    if table == "project":
        return 0
    with project.database.connect() as connection:
        return connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()


def _say_nothing(step: str, done: int, total: int) -> None:
    """For callers who need no progress."""
