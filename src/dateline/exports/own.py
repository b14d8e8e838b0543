"""Dateline's own form: all that a project holds, a record a line, which `dateline import` reads again without loss.

    {"dateline": "project", "tables": "0005", "version": "0.1.0", "private_names": true}
    {"settings": {"name": "codebook", ...}}
    {"reports": {"id": "4ea98dfa949e8de5", ..., "claims": [{"id": "c-...", ..., "evidence": [...]}]}}
    {"events": {"id": "e-...", ..., "event_claims": [...]}}
    {"end": 1234, "sha256": "..."}

A line is a row of a table with the rows that are a part of it (`store/tree.py`); columns are those of the tables, without those
that are null.  The last line counts the lines before it and has their SHA-256, so that a file that lost its end is known.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from dateline.exports.base import Context
from dateline.exports.privacy import PRIVATE, without_name, without_names
from dateline.exports.tables import json_line
from dateline.model import Claim

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from dateline.store import Project
    from dateline.store.tree import Node

Row = dict[str, Any]
_BATCH = 100  # reports or events loaded at a time
_STREAMED = 1000  # rows of other tables


class ProjectJsonl:
    """The whole project.  Without private names, those of witnesses are left out as in all exports; else nothing is."""

    def __init__(self, stream: BinaryIO, context: Context) -> None:
        self._stream = stream
        self._private_names = context.private_names
        self._progress = context.progress
        self._hash = hashlib.sha256()
        self._lines = 0

    def add(self, project: "Project") -> int:
        from dateline import __version__
        from dateline.store.migrate import HEAD
        from dateline.store.tree import forest

        self._write({"dateline": "project", "tables": HEAD, "version": __version__, "private_names": self._private_names})
        with project.database.connect() as connection:
            names = None if self._private_names else _Names(connection)
            for node in forest():
                total = _counted(connection, node) if self._progress else 0
                for n, row in enumerate(_rows(connection, node), 1):
                    self._write({node.name: names.hidden(node.name, row) if names else row})
                    if self._progress and n % _BATCH == 0:
                        self._progress(node.name.replace("_", " "), n, total)
        return self._lines - 1

    def finish(self) -> None:
        self._stream.write(json_line({"end": self._lines, "sha256": self._hash.hexdigest()}))

    def _write(self, line: Row) -> None:
        encoded = json_line(line)
        self._hash.update(encoded)
        self._lines += 1
        self._stream.write(encoded)


def _counted(connection: "Connection", node: "Node") -> int:
    from sqlalchemy import func, select

    return connection.execute(select(func.count()).select_from(node.table)).scalar_one()


def _rows(connection: "Connection", node: "Node") -> Iterator[Row]:
    """The rows of a root, each with its parts, in the order of their keys."""
    from sqlalchemy import select

    if not node.parts:
        found = connection.execution_options(stream_results=True).execute(
            select(node.table).order_by(*_ordered(connection, node))
        )
        yield from (_row(node, row._mapping) for row in found)
        return
    ids = connection.execute(select(node.table.c.id).order_by(*_ordered(connection, node))).scalars().all()
    for start in range(0, len(ids), _BATCH):
        some = _with_parts(connection, node, node.table.c.id.in_(ids[start : start + _BATCH]))
        yield from sorted(some[None], key=lambda row: str(row["id"]))


def _with_parts(connection: "Connection", node: "Node", where: "ColumnElement[bool]") -> dict[str | None, list[Row]]:
    """The rows that fit, with their parts, by their owner's id (None for roots) and in the order of their keys."""
    from sqlalchemy import select

    of: dict[str, dict[str | None, list[Row]]] = {}
    for part in node.parts:
        assert part.owner
        own = select(node.table.c.id).where(where)
        of[part.name] = _with_parts(connection, part, part.table.c[part.owner].in_(own))
    rows: defaultdict[str | None, list[Row]] = defaultdict(list)
    for found in connection.execute(select(node.table).where(where)):
        row = _row(node, found._mapping)
        for name, parts in of.items():
            if some := parts.get(row["id"]):
                row[name] = some
        rows[found._mapping[node.owner] if node.owner else None].append(row)
    for some in rows.values():
        some.sort(key=lambda row: tuple(row[column] for column in node.key))
    return rows


def _row(node: "Node", values: Mapping[Any, Any]) -> Row:
    return {column: value for column in node.columns if (value := values[column]) is not None}


def _ordered(connection: "Connection", node: "Node") -> list[Any]:
    """The key, compared by code points on every database."""
    from sqlalchemy import Text, collate

    columns = list(node.table.primary_key)
    if connection.dialect.name == "sqlite":
        return columns
    return [collate(column, "C") if isinstance(column.type, Text) else column for column in columns]


class _Names:
    """Takes names of private persons out of rows; what people decided stays as they wrote it: its hashes stand on it."""

    def __init__(self, connection: "Connection") -> None:
        from sqlalchemy import select

        from dateline.store.tables import sources

        query = select(sources.c.id, sources.c.speaker, sources.c.type).where(sources.c.type.in_(sorted(PRIVATE)))
        self._private = {row.id: (row.speaker, row.type) for row in connection.execute(query) if row.speaker}

    def hidden(self, table: str, row: Row) -> Row:
        if table == "sources" and row["id"] in self._private:
            return {column: value for column, value in row.items() if column != "speaker"}
        if table == "reports":
            return row | {
                part: list(map(hide, row[part]))
                for part, hide in (("mentions", _mention), ("claims", self._claim), ("engine_claims", _engine_claim))
                if part in row
            }
        return row

    def _claim(self, row: Row) -> Row:
        if row["source_id"] not in self._private:
            return row
        speaker, kind = self._private[row["source_id"]]
        return row | {"summary": without_name(row["summary"], speaker, kind)}


def _mention(row: Row) -> Row:
    payload = row["payload"]
    if payload.get("mention") != "speaker" or payload.get("type") not in PRIVATE:
        return row
    return row | {"payload": payload | {"speaker": None}}


def _engine_claim(row: Row) -> Row:
    """The claim as the engine read it, before people corrected it."""
    claim = msgspec.json.decode(row["record"], type=Claim)
    hidden = without_names(claim)
    return row if hidden is claim else row | {"record": msgspec.json.encode(hidden).decode()}
