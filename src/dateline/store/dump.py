"""All rows of a project as lines that can be compared: two projects are equal where their dumps are."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from dateline.store.project import Project
from dateline.store.tables import metadata


def dump(project: Project) -> Iterator[str]:
    """Every row of every table as a line of JSON, [table, {column: value, ...}], sorted."""
    with project.database.connect() as connection:
        for table in sorted(metadata.tables.values(), key=lambda table: str(table.name)):
            columns = [str(column.name) for column in table.columns]
            rows = (dict(zip(columns, row, strict=True)) for row in connection.execute(select(table)))
            yield from sorted(msgspec.json.encode((str(table.name), row)).decode() for row in rows)
