"""Writes exports: the file's name chooses what and how."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TextIO

from dateline.errors import ExportError
from dateline.exports.base import Context, Export, Progress, Table, Writer
from dateline.exports.known import export_for
from dateline.exports.privacy import WITHOUT_NAMES
from dateline.filters import Condition, sentence
from dateline.lexicon.codebook import using

if TYPE_CHECKING:  # showing a table must not wait for the database library
    from dateline.queries import Selection
    from dateline.store import Project

_TOLD_EVERY = 500  # rows
_WITH_EVENTS: frozenset[Table] = frozenset({"claims", "figures"})  # whose rows tell the event of a claim


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
    from dateline.queries import Selection

    wanted = _with_companions(paths)
    if filters and (whole := [path.name for path, export in wanted.items() if export.table == "project"]):
        raise ExportError(f"{whole[0]} holds the whole project; leave the filters out, or write another file")
    selection = Selection(tuple(filters))
    with using(project.codebook()), ExitStack() as files:
        event_of = project.event_of() if any(export.table in _WITH_EVENTS for export in wanted.values()) else {}
        opened: dict[Table, list[_Open]] = {}
        for path, export in wanted.items():
            context = Context(event_of, _sentence(export, filters), project, private_names, progress)
            stream = files.enter_context(replacing(path)).buffer
            opened.setdefault(export.table, []).append(_Open(path, export, export.writer(stream, context)))
        for table, some in opened.items():
            total = _counted(project, table, selection) if progress else 0
            _fill(some, rows_of(project, table, selection), private_names, total, progress)
    return [Written(one.path, one.export, one.rows) for some in opened.values() for one in some]


def write_rows(export: Export, rows: Iterable[Any], context: Context, stream: BinaryIO) -> int:
    """Write chosen rows (ClaimRow, FigureRow or EventRow, as `export.table` says) to a stream; how many."""
    one = _Open(Path(export.name), export, export.writer(stream, context))
    _fill([one], rows, context.private_names, 0, context.progress)
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


def _fill(files: Sequence[_Open], rows: Iterable[Any], private_names: bool, total: int, progress: Progress | None) -> None:
    table = files[0].export.table
    show = WITHOUT_NAMES[table]
    for n, row in enumerate(rows, 1):
        shown = row if private_names else show(row)
        for file in files:
            file.rows += file.writer.add(shown)
        if progress and n % _TOLD_EVERY == 0:
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


def rows_of(project: "Project", table: Table, selection: "Selection") -> Iterable[Any]:
    """The rows that a selection chooses for files of a table, a batch of them in memory at a time.  Raises FilterError."""
    from dateline.queries.records import claim_records, event_records, figure_records

    match table:
        case "claims":
            return claim_records(project, selection)
        case "figures":
            return figure_records(project, selection)
        case "events":
            return event_records(project, selection)
        case "project":
            return [project]


def _counted(project: "Project", table: Table, selection: "Selection") -> int:
    """How many rows there are, for the progress bar; 0 where only reading them tells."""
    from dateline.queries.records import count_claims, count_events

    match table:
        case "claims":
            return count_claims(project, selection)
        case "events":
            return count_events(project, selection)
        case _:
            return 0
