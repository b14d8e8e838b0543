"""The projects of the store's tests: SQLite, and PostgreSQL where there is one."""

from tests.store.conftest import project, where

__all__ = ["project", "where"]
