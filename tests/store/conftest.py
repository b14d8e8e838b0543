"""A project to test on: SQLite always, PostgreSQL where there is one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from database_server import new_database
from dateline.store import Project, open_project


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a project can be made: a folder that is not there yet, or an empty database."""
    return tmp_path / "project" if request.param == "sqlite" else new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def project(where: Path | str) -> Iterator[Project]:
    with open_project(where, create=True) as opened:
        yield opened
