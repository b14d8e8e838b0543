"""What names of places mean in a project, where somebody said so: kept with its settings, so that a database has them too."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from dateline.errors import StoreError
from dateline.model import PlaceAlias
from dateline.store import tables as t
from dateline.store.project import Project

_SETTING = "aliases"


def aliases_of(project: Project) -> tuple[PlaceAlias, ...]:
    """The names that mean one place throughout the project, by name."""
    with project.reading_tables() as connection:
        return load_aliases(connection)


def add_alias(project: Project, alias: PlaceAlias) -> None:
    """Let a name mean a place, in the place of what it was said to mean before; from the next report that is read on."""
    with project.writing_tables() as connection:
        keep_aliases(connection, [*(known for known in load_aliases(connection) if known.name != alias.name), alias])


def remove_alias(project: Project, name: str) -> None:
    """Leave a (folded) name to the gazetteer again.  Raises StoreError with the names that there are."""
    with project.writing_tables() as connection:
        known = load_aliases(connection)
        names = [alias.name for alias in known]
        if name not in names:
            raise StoreError(f"{project.name} has no alias {name!r}. There: {', '.join(names) or 'none'}")
        keep_aliases(connection, [alias for alias in known if alias.name != name])


def load_aliases(connection: Connection) -> tuple[PlaceAlias, ...]:
    value = connection.execute(select(t.settings.c.value).where(t.settings.c.name == _SETTING)).scalar_one_or_none()
    return tuple(PlaceAlias(name, place_id) for name, place_id in sorted((value or {}).items()))


def keep_aliases(connection: Connection, aliases: Iterable[PlaceAlias]) -> None:
    connection.execute(delete(t.settings).where(t.settings.c.name == _SETTING))
    if kept := {alias.name: alias.place_id for alias in aliases}:
        connection.execute(insert(t.settings), {"name": _SETTING, "value": kept})
