"""Rows into tables."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table, insert, select

from dateline.store import tables as t
from dateline.store.rows import Row, Rows

VARIABLES = 900  # values in one query: the least that any SQLite takes is 999


def insert_rows(connection: Connection, rows: Rows) -> None:
    """Insert rows of any tables, owners before what they own; of shared rows only those that are not there yet."""
    for table in t.metadata.sorted_tables:
        some = rows.get(table, [])
        if table in t.SHARED_TABLES:
            some = _unseen(connection, table, some)
        if some:
            connection.execute(insert(table), [_one_zero(row) for row in some])


def _one_zero(row: Row) -> Row:
    """A zero has no sign: SQLite loses it and PostgreSQL keeps it, and a project must be the same in both."""
    return {name: 0.0 if isinstance(value, float) and value == 0 else value for name, value in row.items()}


def batches(ids: Sequence[str], size: int = VARIABLES) -> Iterator[Sequence[str]]:
    """The ids in portions that a query takes."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _unseen(connection: Connection, table: Table, rows: Sequence[Row]) -> list[Row]:
    """One row for each id that the table does not have yet, by id."""
    by_id = {row["id"]: row for row in rows}
    for ids in batches(sorted(by_id)):
        for known in connection.execute(select(table.c.id).where(table.c.id.in_(ids))).scalars():
            del by_id[known]
    return [by_id[i] for i in sorted(by_id)]
