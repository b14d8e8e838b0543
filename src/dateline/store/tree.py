"""Which rows belong to which, as the tables themselves say: a report with all that was found in it, an event with its claims.

A table is a part of another where its one cascading foreign key leads to that one.  Tables whose `info` has {"export": False}
(accounts, caches that can be made again) stand in no tree.
"""

from graphlib import TopologicalSorter
from typing import NamedTuple

from sqlalchemy import ForeignKey, Table

from dateline.store.tables import metadata


class Node(NamedTuple):
    """A table with its parts."""

    table: Table
    owner: str | None  # the column that holds the id of what its rows are a part of; None for a root
    parts: tuple["Node", ...]
    name: str
    columns: tuple[str, ...]  # without the owner's id, which the owner has
    key: tuple[str, ...]  # what tells rows of one owner apart


def forest() -> tuple[Node, ...]:
    """The trees of all tables that leave a project, those first that others point to; of equals by name."""
    tables = [table for table in metadata.sorted_tables if table.info.get("export", True)]
    owners = {table: _owner(table) for table in tables}
    root_of = {table: _root(table, owners) for table in tables}
    order: TopologicalSorter[str] = TopologicalSorter()
    for table in sorted(tables, key=lambda table: str(table.name)):
        needed = {str(root_of[key.column.table].name) for key in table.foreign_keys if key.column.table in root_of}
        order.add(str(root_of[table].name), *sorted(needed - {str(root_of[table].name)}))
    return tuple(_node(metadata.tables[name], owners) for name in _stable(order))


def _stable(order: TopologicalSorter[str]) -> list[str]:
    order.prepare()
    names: list[str] = []
    while order.is_active():
        ready = sorted(order.get_ready())
        names += ready
        order.done(*ready)
    return names


def _owner(table: Table) -> ForeignKey | None:
    """The cascading foreign key; a table with several (what two reports have in common) is no part of one row alone."""
    keys = [key for column in table.columns for key in column.foreign_keys if key.ondelete == "CASCADE"]
    return keys[0] if len(keys) == 1 else None


def _root(table: Table, owners: dict[Table, ForeignKey | None]) -> Table:
    key = owners[table]
    return table if key is None else _root(key.column.table, owners)


def _node(table: Table, owners: dict[Table, ForeignKey | None]) -> Node:
    key = owners[table]
    parts = sorted(
        (part for part, of in owners.items() if of is not None and of.column.table is table), key=lambda t: str(t.name)
    )
    owner = str(key.parent.name) if key else None
    columns, own = (
        tuple(str(column.name) for column in some if column.name != owner) for some in (table.columns, table.primary_key)
    )
    return Node(table, owner, tuple(_node(part, owners) for part in parts), str(table.name), columns, own)
