"""Opening, making and migrating projects."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from dateline.errors import StoreError
from dateline.store import FILE, Project, open_project
from dateline.store.migrate import HEAD, SCRIPTS
from dateline.store.search_index import PREFIX
from dateline.store.tables import metadata
from dateline.testing import make_reading

APPEND_ONLY = ("account_log", "event_traces", "reviews")


def test_a_folder_without_a_project_says_how_to_make_one(tmp_path: Path) -> None:
    """And nothing is made there."""
    with pytest.raises(StoreError, match=f"no Dateline project in {tmp_path}/x; make one with: dateline code PATH --project"):
        open_project(tmp_path / "x")
    assert not list(tmp_path.iterdir())


def test_an_empty_database_is_no_project(where: Path | str, tmp_path: Path) -> None:
    """What a run leaves that was killed before its first transaction can be made a project, and is none before."""
    if isinstance(where, Path):
        where.mkdir()
        (where / FILE).touch()
    with pytest.raises(StoreError, match="no Dateline project"):
        open_project(where)
    open_project(where, create=True).close()
    open_project(where).close()


def test_a_project_of_a_newer_version_is_refused(project: Project, where: Path | str) -> None:
    with project.database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for create in (False, True):
        with pytest.raises(StoreError, match=r"newer version of Dateline .*9999.*upgrade Dateline"):
            open_project(where, create=create)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not a database, but quite a long text that begins like none")
    with pytest.raises(StoreError, match="cannot be opened as a Dateline project: file is not a database"):
        open_project(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        open_project(tmp_path / "file", create=True)


@pytest.mark.parametrize("url", ["nonsense://x", "http://host/x", "mysql://host/x", "://"])
def test_a_url_of_no_database_is_refused(url: str) -> None:
    with pytest.raises(StoreError):
        open_project(url)


def test_migrations_end_where_the_tables_are(project: Project) -> None:
    """The tables that the migrations make are those of `tables.py`, column by column: no drift."""
    with project.database.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, kind, _: not (kind == "table" and name.startswith(PREFIX))}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_newest_revision_is_the_one_that_is_named() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == HEAD


def test_every_append_only_table_has_its_triggers(project: Project) -> None:
    """Rebuilding a table drops its triggers in silence; this count must hold after each migration."""
    with project.database.connect() as connection:
        if connection.dialect.name == "sqlite":
            own = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'search_%' ORDER BY name"
            found = connection.execute(text(own)).scalars().all()
            assert found == [f"{table}_no_{action}" for table in APPEND_ONLY for action in ("DELETE", "UPDATE")]
        else:
            own = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
            found = connection.execute(text(own)).scalars().all()
            assert found == [f"{table}_no_change" for table in APPEND_ONLY]


def test_foreign_keys_point_where_they_should(project: Project) -> None:
    found = [name for name in inspect(project.database).get_table_names() if not name.startswith(PREFIX)]
    assert len(found) == len(metadata.tables) + 1  # and Alembic's own


def test_one_can_read_while_another_writes(tmp_path: Path) -> None:
    """Readers see the last commit; the file is in WAL mode."""
    with open_project(tmp_path, create=True) as writer, open_project(tmp_path) as reader:
        with writer.database.connect().execution_options(dateline_writes=True) as connection, connection.begin():
            assert list(reader.reports()) == []
        writer.save([make_reading()])
        assert len(list(reader.reports())) == 1
    with sqlite3.connect(tmp_path / FILE) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_cannot_be_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project on a read-only disk is read with nothing made beside it; a run that would write is told before it begins."""
    with open_project(tmp_path, create=True) as project:
        project.save([make_reading()])
    monkeypatch.setattr(os, "access", lambda *_, **__: False)  # root, as tests in containers run, may write anywhere
    with open_project(tmp_path) as project:
        assert len(list(project.reports())) == 1
        assert [path.name for path in tmp_path.iterdir()] == [FILE]
        with pytest.raises(StoreError, match="readonly"):
            project.save([make_reading("Another text.")])
    with pytest.raises(StoreError, match="is read-only"):
        open_project(tmp_path, create=True)


def test_processes_that_make_a_project_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """SQLite refuses at once where two processes set up one file; none of many starts may fail for it."""
    code = "import sys, dateline.store; sys.stdin.read(1); dateline.store.open_project(sys.argv[1], create=True).close()"
    for number in range(3):
        command = [sys.executable, "-c", code, str(tmp_path / str(number))]
        started = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go")
            process.stdin.flush()
        assert [process.communicate()[1] for process in started] == [""] * 4
