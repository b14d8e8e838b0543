"""What stands beside a report: side files, the folder's table, their order and their faults."""

import json
from datetime import date
from pathlib import Path

import pytest

from dateline.model import Report
from dateline.reports import Failure, Outcome, ReadOptions, find_sources, read_sources

TEXT = "Raid\n11 August 2019\nGunmen raided a village."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def read(path: Path, options: ReadOptions | None = None) -> list[Outcome]:
    return list(read_sources(find_sources([path]), options or ReadOptions()))


def report(path: Path, options: ReadOptions | None = None) -> Report:
    (outcome,) = read(path, options)
    assert isinstance(outcome, Report), outcome
    return outcome


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.meta.json",
            '{"title": "Raid at dawn", "publisher": "Courier", "url": "https://example.org/1", "author": "J. Writer",'
            ' "published": "2019-11-03", "language": "en"}',
        ),
        (
            "a.meta.yaml",
            "title: Raid at dawn\npublisher: Courier\nurl: https://example.org/1\nauthor: J. Writer\n"
            "published: 2019-11-03\nlanguage: en\n",
        ),
        (
            "metadata.csv",
            "file,title,publisher,url,author,published,language,notes\n"
            "a.txt,Raid at dawn,Courier,https://example.org/1,J. Writer,2019-11-03,en,read twice\n",
        ),
    ],
)
def test_a_side_file_and_the_table_say_the_same(folder: Path, name: str, content: str) -> None:
    """All fields arrive from each form, go before what the text says, and the file itself is no report."""
    (folder / name).write_text(content, encoding="utf-8")
    found = report(folder)
    assert (found.title, found.publisher, found.author, found.language) == ("Raid at dawn", "Courier", "J. Writer", "en")
    assert (found.url, found.published, found.published_from) == ("https://example.org/1", date(2019, 11, 3), "side_file")
    assert report(folder / "a.txt") == found


def test_the_user_goes_before_the_side_file_before_the_table(folder: Path) -> None:
    """Field by field: each is taken from the first that says it."""
    (folder / "metadata.csv").write_text("file,publisher,author,title\na.txt,Table,Table,Table\n", encoding="utf-8")
    (folder / "a.meta.json").write_text(json.dumps({"publisher": "Side", "author": "Side"}), encoding="utf-8")
    found = report(folder, ReadOptions(publisher="User"))
    assert (found.publisher, found.author, found.title) == ("User", "Side", "Table")
    assert found.published_from == "text"  # neither says a day


def test_null_says_that_no_date_is_known(folder: Path) -> None:
    """An outspoken null keeps the date of the text out; an empty cell of the table says nothing."""
    (folder / "a.meta.yaml").write_text("published: null\n", encoding="utf-8")
    assert report(folder).published is None
    (folder / "a.meta.yaml").unlink()
    (folder / "metadata.csv").write_text("file,published\na.txt,\n", encoding="utf-8")
    assert report(folder).published_from == "text"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.meta.json", '{"publised": "2019-11-03"}', "publised"),
        ("a.meta.json", "{", "truncated"),
        ("a.meta.json", '{"published": "3 November 2019"}', "3 November 2019"),
        ("a.meta.yaml", "published: 03/11/2019\n", "03/11/2019"),
        ("a.meta.yaml", "- a list\n", "keys and values"),
        ("a.meta.yaml", "title: [\n", "meta.yaml"),
        ("a.meta.yaml", "", "empty"),
        ("metadata.csv", "file,published\na.txt,03/11/2019\n", "metadata.csv:2"),
        ("metadata.csv", "file,title\na.txt,One\na.txt,Two\n", "metadata.csv:3"),
    ],
)
def test_a_report_is_not_read_without_what_stands_beside_it(folder: Path, name: str, content: str, reason: str) -> None:
    """A fault in a side file is the report's failure: read without its date, it would be stored as if it had none."""
    (folder / name).write_text(content, encoding="utf-8")
    (outcome,) = read(folder)
    assert isinstance(outcome, Failure)
    assert outcome.path == str(folder / "a.txt")
    assert reason in outcome.reason


def test_a_table_that_cannot_be_read_is_named(folder: Path) -> None:
    """The table's own failure comes first, then each report that it may have spoken of."""
    (folder / "metadata.csv").write_text("name,title\na.txt,One\n", encoding="utf-8")
    table, article = read(folder)
    assert isinstance(table, Failure)
    assert isinstance(article, Failure)
    assert (table.path, article.path) == (str(folder / "metadata.csv"), str(folder / "a.txt"))


def test_a_row_about_no_file_is_reported(folder: Path) -> None:
    """A misspelled file name is found; the report is read without the row."""
    (folder / "metadata.csv").write_text("file,title\nb.txt,One\n,Two\n", encoding="utf-8")
    outcomes = read(folder)
    assert sorted(o.line or 0 for o in outcomes if isinstance(o, Failure)) == [2, 3]
    assert isinstance(outcomes[-1], Report)


def test_two_side_files_of_one_report_are_a_failure(folder: Path) -> None:
    """Which of them is right, nobody can know."""
    (folder / "a.meta.json").write_text("{}", encoding="utf-8")
    (folder / "a.meta.yaml").write_text("title: x", encoding="utf-8")
    (outcome,) = read(folder)
    assert isinstance(outcome, Failure)


def test_a_table_speaks_of_its_own_folder_only(folder: Path) -> None:
    """The same name in a folder within is another file."""
    (folder / "within").mkdir()
    (folder / "within" / "a.txt").write_text(TEXT + " Again.", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,title\na.txt,One\n", encoding="utf-8")
    assert [o.title for o in read(folder) if isinstance(o, Report)] == ["One", None]
