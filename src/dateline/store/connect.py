"""How databases differ: all that is not the same on SQLite and PostgreSQL stands here and in `append_only.py`."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL

BUSY_TIMEOUT = 60_000  # milliseconds that a writer waits for another process's transaction
_PRAGMAS = (
    "journal_mode = WAL",  # readers see the last commit while a writer works
    "synchronous = NORMAL",  # with WAL: a killed process loses nothing, a power cut at most the last commits, never the file
    "foreign_keys = ON",
    f"busy_timeout = {BUSY_TIMEOUT}",
)
_WRITES = "dateline_writes"
_WRITE_LOCK = 0x64617465  # an arbitrary number that all writers of a PostgreSQL database share


def engine_of(database: URL | Path) -> Engine:
    """An engine for a SQLite file or a database URL; connects to nothing yet."""
    url = URL.create("sqlite", database=str(database)) if isinstance(database, Path) else database
    engine = create_engine(url, json_serializer=_to_json, json_deserializer=msgspec.json.decode)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that holds the write lock from its first statement, so what it reads stays true until it commits."""
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITE_LOCK})
        yield connection


def _to_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`, not guessed by the driver
    for pragma in reversed(_PRAGMAS):  # the timeout first: setting WAL may have to wait
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that reads first and writes later fails at once when another one wrote meanwhile: lock from the start."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
