"""How databases differ: all that is not the same on SQLite and PostgreSQL stands here and in `append_only.py`."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, FromClause, create_engine, event, text
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import URL

BUSY_TIMEOUT = 60_000  # milliseconds that a writer waits for another process's transaction
_PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT}",
    "synchronous = NORMAL",  # with WAL: a killed process loses nothing, a power cut at most the last commits, never the file
    "foreign_keys = ON",
)
_ROOM = 256 * 1024  # KB
_WRITES = "dateline_writes"
_DURABLE = "dateline_durable"
_WRITE_LOCK = 0x64617465  # an arbitrary number that all writers of a PostgreSQL database share


def engine_of(database: URL | Path, *, read_only: bool = False) -> Engine:
    """An engine for a SQLite file or a database URL; connects to nothing yet.

    With `read_only` a SQLite file is read where nothing can be written beside it, as on a disk that is mounted so.
    """
    url = _sqlite_url(database, read_only) if isinstance(database, Path) else database
    engine = create_engine(url, json_serializer=_to_json, json_deserializer=msgspec.json.decode)
    if engine.dialect.name == "sqlite":
        engine.dialect.statement_compiler = _Compiler
        event.listen(engine, "connect", _set_up_sqlite)
        if not read_only:
            event.listen(engine, "connect", _set_wal)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


class _Compiler(SQLiteCompiler):
    """Writes `with_hint` behind the name of a table: SQLite knows little of what an index holds, and may take the wrong one."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        return text


@contextmanager
def writing(engine: Engine, *, durable: bool = False) -> Iterator[Connection]:
    """One transaction that holds the write lock from its first statement, so what it reads stays true until it commits.

    With `durable` it is on the disk when it has committed: what people did cannot be done again by running a command.
    """
    options = {_WRITES: True, _DURABLE: durable}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITE_LOCK})
        yield connection


def give_room(connection: Connection) -> None:
    """Let a transaction that fills a database keep its pages in memory.

    Rows have hashes as keys and go to all places of a table: with SQLite's 2 MB each page is written and read again many times.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_ROOM}")


def _sqlite_url(file: Path, read_only: bool) -> URL:
    if not read_only:
        return URL.create("sqlite", database=str(file))
    # "immutable" needs no -shm beside the file, but does not look into a -wal: then SQLite must take the two that are there.
    wal = file.with_name(f"{file.name}-wal")
    query = {"mode": "ro", "uri": "true"} | ({} if wal.exists() and wal.stat().st_size else {"immutable": "1"})
    return URL.create("sqlite", database=file.absolute().as_uri(), query=query)


def _to_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`, not guessed by the driver
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _set_wal(connection: sqlite3.Connection, _record: Any) -> None:
    """Readers see the last commit while a writer works.

    SQLite does not heed its timeout when two processes make a database at once and both change its mode, so we wait here.
    """
    deadline = monotonic() + BUSY_TIMEOUT / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as e:
            if e.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that reads first and writes later fails at once when another one wrote meanwhile: lock from the start."""
    options = connection.get_execution_options()
    if options.get(_WRITES, False):  # set for each transaction: connections are used again
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get(_DURABLE, False) else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")
