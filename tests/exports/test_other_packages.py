"""Exports that installed packages register."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from made_events import CLASH, made_project

from dateline.errors import ExportError
from dateline.exports import export_for, export_project, known

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "your-own-export.md"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package of the how-to, installed."""
    page = PAGE.read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "my_package.py").write_text(code)
    [(name, value)] = re.findall(r'^"([\w.]+)" = "([\w:]+)"$', page, re.MULTILINE)
    points = (
        EntryPoint(name, value, known.GROUP),
        EntryPoint("broken.csv", "my_package:NOTHING", known.GROUP),
        EntryPoint("other.csv", "my_package:CASUALTIES", known.GROUP),
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(known, "entry_points", lambda group: [point for point in points if point.group == group])
    yield tmp_path
    sys.modules.pop("my_package", None)


def test_the_export_of_the_how_to_works(package: Path) -> None:
    """What the page says can be copied."""
    with made_project(package / "project") as project:
        [written] = export_project(project, [package / "out" / "casualties.tsv"])
    assert written.rows == 2
    assert f"{CLASH.id}\t17\t22\n".replace("17", "17.0").replace("22", "22.0") in written.path.read_text()


def test_it_is_listed_where_a_name_is_not_known(package: Path) -> None:
    with pytest.raises(ExportError, match=r"no export 'acld\.csv'\. Known: acled\.csv, .*casualties\.tsv, claims\.csv"):
        export_for("acld.csv")


def test_an_export_that_cannot_be_loaded_is_told_with_whose_it_is(package: Path) -> None:
    with pytest.raises(ExportError, match=r"the export 'broken\.csv' of my_package:NOTHING cannot be loaded"):
        export_for("broken.csv")
    with pytest.raises(ExportError, match=r"my_package:CASUALTIES is no export named 'other\.csv'"):
        export_for("other.csv")


def test_ours_cannot_be_replaced(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package does not change what claims.csv is."""
    monkeypatch.setattr(
        known, "_registered", lambda: {"claims.csv": EntryPoint("claims.csv", "my_package:CASUALTIES", known.GROUP)}
    )
    assert export_for("claims.csv") is known.EXPORTS["claims.csv"]
