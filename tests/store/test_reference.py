"""The reference page about the project folder tells the truth."""

import re
from pathlib import Path

import pytest

import dateline
from dateline.store import FILE, open_project
from dateline.store.tables import metadata

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "project.md").read_text(encoding="utf-8")


def test_every_table_has_a_line() -> None:
    """And no line is about a table that is not there."""
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == {str(name) for name in metadata.tables}


def test_its_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The query quotes the words of a claim, and the loop prints its summary."""
    monkeypatch.chdir(tmp_path)
    text = "Shops were closed. Insurgents killed 12 soldiers near Gao on Monday."
    with open_project("demo", create=True) as project:
        project.save([dateline.read(text, title="Twelve", published="2022-03-09")])
        [query] = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
        with project.database.connect() as connection:
            words = [row[1] for row in connection.exec_driver_sql(query)]
    assert (tmp_path / "demo" / FILE).exists()
    assert any("killed 12 soldiers" in said for said in words)
    [loop] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(loop, {})  # noqa: S102  # our own page
    assert "Twelve" in capsys.readouterr().out
