"""The how-to page docs/how-to/bring-your-reports.md does what it says."""

import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from dateline.model import Report
from dateline.model.report import DateOrigin
from dateline.reports import Failure, find_sources, read_sources
from dateline.reports.csvfile import GUESSES
from dateline.reports.find import FORMATS

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "bring-your-reports.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `articles` with a report, and the working folder above it."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "raid.txt").write_text("Gunmen raided a village at dawn on Friday.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def test_the_python_of_the_page_runs(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each example runs as it stands."""
    (articles / "empty.txt").write_text("", encoding="utf-8")
    for block in blocks("python"):
        exec(compile(block, "bring-your-reports.md", "exec"), {})  # noqa: S102 (our own page)
    printed = capsys.readouterr().out
    assert "not read:" in printed
    assert "Gunmen raided" in printed


def test_the_json_of_the_page_is_a_report(articles: Path) -> None:
    """The line can be copied into a file."""
    (articles / "a.jsonl").write_text("".join(blocks("json")), encoding="utf-8")
    (report,) = read_sources(find_sources([articles / "a.jsonl"]))
    assert isinstance(report, Report)
    assert (report.published, report.published_from) == (date(2019, 11, 3), "field")


def test_the_side_file_of_the_page_is_understood(articles: Path) -> None:
    """All its keys are keys."""
    (articles / "raid.meta.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    (report,) = read_sources(find_sources([articles]))
    assert isinstance(report, Report)
    assert (report.title, report.author, report.published_from) == ("Gunmen raid a village", "J. Writer", "side_file")


def test_the_table_of_the_page_is_understood(articles: Path) -> None:
    """It speaks of the file that is there, and its row about one that is not is reported."""
    (articles / "metadata.csv").write_text(blocks("csv")[0], encoding="utf-8")
    fault, report = read_sources(find_sources([articles]))
    assert isinstance(fault, Failure)
    assert "truce.html" in fault.reason
    assert isinstance(report, Report)
    assert report.publisher == "Sahel Courier"


def test_the_page_names_every_format_origin_and_field() -> None:
    """What can be read, where a date can be from, and what a column can give is on the page."""
    for name in [*FORMATS, *get_args(DateOrigin), *GUESSES]:
        assert f"`{name}`" in PAGE, name
