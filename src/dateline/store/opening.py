"""Opens projects: a folder with `dateline.sqlite` in it, or the URL of a PostgreSQL database."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from dateline.errors import StoreError
from dateline.store.connect import engine_of
from dateline.store.migrate import migrate, revision_of
from dateline.store.project import Project

FILE = "dateline.sqlite"


def open_project(place: Path | str, *, create: bool = False) -> Project:
    """The project in a folder (or database), its tables brought to this version's.

    `place` is a folder, or a URL such as "postgresql+psycopg://user@host/database".  With `create` a project is made where
    there is none, with its folder.  Raises StoreError where there is none to open, where a newer version of Dateline made
    it, and where it cannot be opened.
    """
    url = _url(place)
    name = url.render_as_string() if url else str(place)
    database = url or _file(Path(place), create)
    engine = _engine(database, name)
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


def _engine(database: URL | Path, name: str) -> Engine:
    try:
        return engine_of(database)
    except ArgumentError as e:
        raise StoreError(f"{name} is not on a database that Dateline knows: {e}") from e
    except ModuleNotFoundError as e:
        raise StoreError(f"{name} needs the module {e.name}; for PostgreSQL: pip install 'psycopg[binary]'") from e


def _file(folder: Path, create: bool) -> Path:
    file = folder / FILE
    if create:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise StoreError(f"the project folder {folder} cannot be made: {e.strerror or e}") from e
    elif not file.is_file():
        raise StoreError(_missing(str(folder)))
    return file


def _missing(name: str) -> str:
    return f"no Dateline project in {name}; make one with: dateline code PATH --project {name}"
