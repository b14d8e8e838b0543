"""The projects of the store's tests: SQLite, and PostgreSQL where there is one."""

from tests.store.conftest import postgresql, project, where

__all__ = ["postgresql", "project", "where"]
