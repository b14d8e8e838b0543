"""Files and folders as the user names them -> the files to read, those left out, those that cannot be read."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from dateline.reports.files import name_of
from dateline.reports.records import Failure, Format, Found, Ignored, SourceFile
from dateline.reports.sidefile import Table, is_side_file, read_table_of, side_of

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
}
_PACKABLE = frozenset({".json", ".jsonl"})
_ONE_REPORT: frozenset[Format] = frozenset({"text", "markdown", "html"})  # formats that side files speak of

TableOf = Callable[[Path], Table | Failure | None]


def find_sources(paths: Sequence[Path]) -> list[Found]:
    """The files of `paths`, in the order named, those of a folder (and its folders) by name; a file named twice once.

    Hidden files and folders, side files, and links from a folder to another are passed over in silence.  A file of another
    extension is Ignored in a folder and a Failure where it was named itself, as is a path that is not there.  What stands
    beside a file (`sidefile.py`) is read here and goes with it; a row of `metadata.csv` that names no file of its folder
    is a Failure.
    """
    # os.path asks about files without raising, whatever their folder's permissions; Path does not
    table_of = cache(read_table_of)  # each folder's table is read once in a run
    found: dict[str, Found] = {}
    for path in paths:
        for entry in _in_folder(path, table_of) if os.path.isdir(path) else [_named(path, table_of)]:
            found.setdefault(_key(entry), entry)
    return list(found.values())


def _key(entry: Found) -> str:
    """What makes two entries the same: the file, and for the faults of a table the line."""
    return f"{os.path.abspath(entry.path)}:{entry.line if isinstance(entry, Failure) else None}"


def _named(path: Path, table_of: TableOf) -> Found:
    name = name_of(path)
    if not os.path.exists(path):
        return Failure(name, None, "no such file or folder")
    if not os.path.isfile(path):
        return Failure(name, None, "neither a file nor a folder")
    return _source(path, table_of) or Failure(name, None, _unknown(path))


def _in_folder(folder: Path, table_of: TableOf) -> Iterator[Found]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as e:
        yield Failure(name_of(folder), None, f"the folder cannot be opened: {e.strerror or e}")
        return
    yield from _faults(table_of(folder), {entry.name for entry in entries})
    for path in entries:
        if path.name.startswith(".") or (os.path.isfile(path) and is_side_file(path)):
            continue
        if os.path.isdir(path):
            if not path.is_symlink():  # a link can lead back into this folder
                yield from _in_folder(path, table_of)
        elif not os.path.isfile(path):
            yield Ignored(name_of(path), "neither a file nor a folder")
        else:
            yield _source(path, table_of) or Ignored(name_of(path), _unknown(path))


def _faults(table: Table | Failure | None, names: set[str]) -> Iterator[Failure]:
    """What is wrong with a folder's table, apart from rows about files that are there."""
    if isinstance(table, Failure):
        yield table
    elif table is not None:
        yield from table.faults
        for name, line in table.lines.items():
            if name not in names:
                yield Failure(name_of(table.path), line, f"the row is about {name}, and there is no such file in its folder")


def _source(path: Path, table_of: TableOf) -> SourceFile | None:
    stem, extension = os.path.splitext(path.name.lower())
    packed = extension == ".gz"
    if packed:
        extension = os.path.splitext(stem)[1]
    if extension not in (_PACKABLE if packed else FORMATS):
        return None
    format_ = FORMATS[extension]
    side = side_of(path, table_of(path.parent)) if format_ in _ONE_REPORT else None
    return SourceFile(path, format_, packed, side)


def _unknown(path: Path) -> str:
    what = f"files that end in {path.suffix}" if path.suffix else "a name without an extension"
    return f"no reader for {what}. There are readers for {', '.join(FORMATS)}, .jsonl.gz and .json.gz"
