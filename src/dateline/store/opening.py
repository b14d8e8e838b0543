"""Opens projects: a folder with `dateline.sqlite` in it, or the URL of a PostgreSQL database."""

import os
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from dateline.errors import StoreError
from dateline.store.connect import engine_of
from dateline.store.migrate import migrate, revision_of
from dateline.store.project import Project

FILE = "dateline.sqlite"
BACKENDS = ("sqlite", "postgresql")  # of database URLs


def open_project(place: Path | str, *, create: bool = False) -> Project:
    """The project in a folder (or database), its tables brought to this version's.

    `place` is a folder, or a URL such as "postgresql+psycopg://user@host/database".  With `create` a project is made where
    there is none, with its folder.  Raises StoreError where there is none to open, where a newer version of Dateline made
    it, where it cannot be opened, and, with `create`, where it cannot be written.  What cannot be written can be read.
    """
    url = _url(place)
    name = url.render_as_string() if url else str(place)
    database = url or _file(Path(place), create)
    read_only = isinstance(database, Path) and not _writable(database)
    if create and read_only:
        raise StoreError(f"the project {name} is read-only: its folder or {FILE} cannot be written; copy it, or change that")
    engine = _engine(database, name, read_only)
    try:
        found = revision_of(engine)
        if found is None and not create:
            raise StoreError(_missing(name))
        migrate(engine, found)
    except BaseException:
        engine.dispose()
        raise
    return Project(engine, name)


def _url(place: Path | str) -> URL | None:
    if isinstance(place, Path) or "://" not in place:
        return None
    try:
        return make_url(place)
    except ArgumentError as e:
        raise StoreError(f"{place} is no database URL such as postgresql+psycopg://user@host/database") from e


def _engine(database: URL | Path, name: str, read_only: bool) -> Engine:
    if isinstance(database, URL) and database.get_backend_name() not in BACKENDS:
        raise StoreError(f"{name} is not on a database that Dateline knows; those are: {', '.join(BACKENDS)}")
    try:
        return engine_of(database, read_only=read_only)
    except ArgumentError as e:
        raise StoreError(f"{name} is not on a database that Dateline knows: {e}") from e
    except ModuleNotFoundError as e:
        raise StoreError(f"{name} needs the module {e.name}; for PostgreSQL: pip install 'psycopg[binary]'") from e


def _file(folder: Path, create: bool) -> Path:
    file = folder / FILE
    if create:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError as e:
            raise StoreError(f"the project folder {folder} cannot be made: a file has that name") from e
        except OSError as e:
            raise StoreError(f"the project folder {folder} cannot be made: {e.strerror or e}") from e
    elif not file.is_file():
        raise StoreError(_missing(str(folder)))
    return file


def _writable(file: Path) -> bool:
    """Whether SQLite can write a file, and its log beside it."""
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def _missing(name: str) -> str:
    return f"no Dateline project in {name}; make one with: dateline code PATH --project {name}"
