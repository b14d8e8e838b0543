"""Files and folders as the user names them -> the files to read, those left out, those that cannot be read."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.reports.records import Failure, Format, Found, Ignored, SourceFile

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


def find_sources(paths: Sequence[Path]) -> list[Found]:
    """The files of `paths`, in the order named, those of a folder (and its folders) by name; a file named twice once.

    Hidden files and folders are passed over in silence.  A file of another extension is Ignored in a folder and a Failure
    where it was named itself, as is a path that is not there.
    """
    found: dict[Path, Found] = {}
    for path in paths:
        entries = _in_folder(path) if path.is_dir() else [_named(path)]
        for entry in entries:
            found.setdefault(Path(os.path.abspath(_path_of(entry))), entry)
    return list(found.values())


def _path_of(entry: Found) -> Path:
    return Path(entry.path)


def _named(path: Path) -> Found:
    if not path.exists():
        return Failure(str(path), None, "no such file or folder")
    if not path.is_file():
        return Failure(str(path), None, "neither a file nor a folder")
    return _source(path) or Failure(str(path), None, _unknown(path))


def _in_folder(folder: Path) -> Iterator[Found]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as e:
        yield Failure(str(folder), None, f"the folder cannot be opened: {e.strerror}")
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():  # a link can lead back into this folder
                yield from _in_folder(path)
        elif not path.is_file():
            yield Ignored(str(path), "neither a file nor a folder")
        else:
            yield _source(path) or Ignored(str(path), _unknown(path))


def _source(path: Path) -> SourceFile | None:
    stem, extension = os.path.splitext(path.name.lower())
    packed = extension == ".gz"
    if packed:
        extension = os.path.splitext(stem)[1]
    if extension not in (_PACKABLE if packed else FORMATS):
        return None
    return SourceFile(path, FORMATS[extension], packed)


def _unknown(path: Path) -> str:
    return f"no format is known for {path.suffix or 'a name without extension'}. Known: {', '.join(FORMATS)}, .jsonl.gz, .json.gz"
