"""What was worked out from a project's tables, kept in memory until anybody writes to the project.

The database itself says whether something was written, by this process or by any other: so what is kept is never older than
what a query would find.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

T = TypeVar("T")
KEPT = 192
"""Answers that are kept, those asked for last: some pages of each of twenty analysts."""


class _Answer:
    """An answer, and the state of the database that it was worked out from."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.state: object = None
        self.begun: float | None = None  # when reading for it began; None: never yet
        self.value: Any = None


class Memory:
    """Answers by what was asked.  Several threads may ask at once: one works an answer out, the others wait for it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._watch: PoolProxiedConnection | None = None
        self.lasting: dict[str, Any] = {}  # records by a hash of what they say, which no writing can change

    def answer(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returns; what it returned before where nothing was written since.  `key` says all that it depends on.

        Whoever takes it must not change it.
        """
        asked = monotonic()
        with self._lock:
            kept = self._answers.setdefault(key, _Answer())
            self._answers.move_to_end(key)
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        with kept.lock:
            if kept.begun is None or kept.begun < asked:  # else it was begun while we waited for it
                begun, state = monotonic(), self._state()  # before the tables are read: a later writing makes it an old one
                if kept.begun is None or kept.state != state:
                    kept.value, kept.state, kept.begun = make(), state, begun
            value: T = kept.value
        return value

    def close(self) -> None:
        with self._lock:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def _state(self) -> object:
        """Another one after each transaction that wrote; one of its own where the database does not say."""
        with self._lock:
            try:
                self._watch = self._watch or self._watching()
                cursor = self._watch.cursor()
                cursor.execute(_QUESTIONS[self._engine.dialect.name])
                (state,) = cursor.fetchone() or (object(),)
                cursor.close()
            except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error):
                self._watch = None  # a connection that broke is made anew; what is wrong is told by the query that meets it
                return object()
            return state

    def _watching(self) -> PoolProxiedConnection:
        """A connection that nobody writes through: SQLite does not count a connection's own writes."""
        connection = self._engine.raw_connection()
        connection.detach()
        if self._engine.dialect.name == "postgresql":
            connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]  # a transaction would stay open
        return connection


_QUESTIONS = {
    "sqlite": "PRAGMA data_version",
    "postgresql": "SELECT CAST(pg_current_snapshot() AS text)",  # equal snapshots see the same rows
}
