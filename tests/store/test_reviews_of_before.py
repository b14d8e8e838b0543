"""Reviews that a project had before the log was chained stay in it."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config

from dateline.reviews import audit
from dateline.store import FILE, open_project
from dateline.store.connect import engine_of, writing
from dateline.store.migrate import SCRIPTS


def test_they_stay_as_comments_with_all_that_they_said(tmp_path: Path) -> None:
    """They had no effect on the record then, and have none now."""
    engine = engine_of(tmp_path / FILE)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
    engine.dispose()
    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute(
            "INSERT INTO reviews (subject, field, engine_value, value, reviewer, at, reason) "
            "VALUES ('c-1', 'kind', '\"incident\"', '\"tally\"', 'Ana', '2025-01-02 03:04:05', 'a sum')"
        )
    with open_project(tmp_path) as project:
        [row] = project.reviews("c-1")
        assert (row.action, row.field, row.value, row.reviewer, row.reason) == ("comment", "kind", '"tally"', "Ana", "a sum")
        assert not audit(project).faults
