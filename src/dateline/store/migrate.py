"""Brings a project's database to the tables of this version of Dateline."""

from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from dateline.errors import StoreError
from dateline.store.connect import writing

HEAD = "0005"
"""The newest revision under `migrations/versions`; kept here so that opening a project need not import Alembic."""

SCRIPTS = Path(__file__).parent / "migrations"


def revision_of(engine: Engine) -> str | None:
    """The revision of a database; None where it holds no project.  Raises StoreError where it is no database at all."""
    try:
        with engine.connect() as connection:
            return _revision(connection)
    except DBAPIError as e:
        raise StoreError(f"{_name(engine)} cannot be opened as a Dateline project: {e.orig}") from e


def migrate(engine: Engine, found: str | None) -> None:
    """Bring a database from the revision `found` to HEAD.  Raises StoreError where a newer Dateline made it."""
    if found == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"{_name(engine)} was made by a newer version of Dateline (its tables are at revision {found}, this version knows "
            f"{HEAD}); upgrade Dateline to open it"
        )
    with writing(engine) as connection:
        if _revision(connection) != found:  # another process was quicker; it brought it where we would
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return found


def _name(engine: Engine) -> str:
    return engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string()  # type: ignore[return-value]
