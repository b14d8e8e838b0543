"""Tables: columns mapped or guessed, rows that do not fit, dates that are not ISO."""

from datetime import date
from pathlib import Path

import pytest

from dateline.errors import ReportError
from dateline.model import Report
from dateline.reports import Failure, Outcome, ReadOptions, find_sources, read_sources


def read(folder: Path, content: str | bytes, options: ReadOptions | None = None) -> list[Outcome]:
    path = folder / "a.csv"
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return list(read_sources(find_sources([path]), options or ReadOptions()))


def report(folder: Path, content: str | bytes, options: ReadOptions | None = None) -> Report:
    (outcome,) = read(folder, content, options)
    assert isinstance(outcome, Report), outcome
    return outcome


def failure(folder: Path, content: str | bytes, options: ReadOptions | None = None) -> Failure:
    (outcome,) = read(folder, content, options)
    assert isinstance(outcome, Failure), outcome
    return outcome


@pytest.mark.parametrize(
    "header",
    [
        "text,title,published,publisher,url,author,language",
        "Body,Headline,Date,Source,Link,Byline,Lang",
        "content,title,Publication Date,outlet,URL,author,language",
        "\ufefffull-text,headline,published_at,publication,url,author,lang",
    ],
)
def test_common_names_of_columns_are_understood(tmp_path: Path, header: str) -> None:
    """The usual names need no mapping; case, blanks, hyphens and a byte order mark do not count."""
    found = report(tmp_path, f"{header}\nGunmen raided.,Raid,2019-11-03,Courier,https://example.org/1,J. Writer,en\n")
    assert (found.text, found.title, found.publisher, found.author) == ("Gunmen raided.", "Raid", "Courier", "J. Writer")
    assert (found.url, found.language) == ("https://example.org/1", "en")
    assert (found.published, found.published_from) == (date(2019, 11, 3), "field")
    assert found.path == str(tmp_path / "a.csv") + "#2"


def test_a_mapping_goes_before_the_guess(tmp_path: Path) -> None:
    """A mapped column is the only one that its field is read from."""
    content = "text,notes,date,day\nGunmen raided.,The note.,2019-01-01,2020-02-02\n"
    found = report(tmp_path, content, ReadOptions(columns={"text": "notes", "published": "day"}))
    assert (found.text, found.published) == ("The note.", date(2020, 2, 2))


def test_a_mapping_to_no_column_is_a_failure(tmp_path: Path) -> None:
    """The columns that there are stand in the message."""
    assert "text, day" in failure(tmp_path, "text,day\nx,y\n", ReadOptions(columns={"published": "date"})).reason


def test_a_mapping_of_no_field_is_refused() -> None:
    """A misspelled field is found before any file is opened."""
    with pytest.raises(ReportError, match="publisched"):
        ReadOptions(columns={"publisched": "date"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    """Comma, the semicolon of many spreadsheets, tab."""
    assert report(tmp_path, delimiter.join(["title", "text"]) + "\n" + delimiter.join(["Raid", "Gunmen raided."])).title == "Raid"


def test_text_in_quotes_is_kept_as_it_is(tmp_path: Path) -> None:
    """Line ends, quotes and blanks of a cell are the text's; a row is named by the line that it begins on."""
    content = 'title,text\r\nRaid,"  One\r\ntwo ""quoted""\nthree, "\r\n\r\n,\r\nA,B,C\r\nSecond,"Gunmen"\r\n'
    first, second, third = read(tmp_path, content)
    assert isinstance(first, Report)
    assert first.text == '  One\r\ntwo "quoted"\nthree, '
    assert isinstance(second, Failure)  # three cells in a table of two
    assert isinstance(third, Report)
    assert (first.path, second.line, third.path) == (f"{tmp_path / 'a.csv'}#2", 7, f"{tmp_path / 'a.csv'}#8")


def test_a_long_article_fits(tmp_path: Path) -> None:
    """Python's own limit of a cell is 128 kB; a report may have more."""
    assert len(report(tmp_path, "text\n" + "x" * 300_000).text) == 300_000


def test_an_empty_date_says_that_none_is_known(tmp_path: Path) -> None:
    """As null in JSON: with a column for dates, the text is not asked.  Without one it is."""
    text = '"Raid\n11 August 2019\nGunmen raided."'
    assert report(tmp_path, f"text,published\n{text},\n").published is None
    assert report(tmp_path, f"text\n{text}\n").published_from == "text"


def test_a_date_that_is_not_iso_is_a_failure_of_its_row(tmp_path: Path) -> None:
    """The other rows are read."""
    first, second = read(tmp_path, "text,date\nGunmen raided.,03/04/2019\nGunmen left.,2019-04-03\n")
    assert isinstance(first, Failure)
    assert (first.line, "'03/04/2019'" in first.reason) == (2, True)
    assert isinstance(second, Report)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("\n\n", "no header"),
        ("title,day\nx,y\n", "no column 'text'"),
        ("title,text\n", "no row"),
        ("title,text\nRaid,\n", "empty"),
        ("title,text\nRaid\n", "1 cells and the header 2"),
        ('title,text\nRaid,"never closed\nmore\n', "line 2"),
        ('title,text\nRaid,"closed" and more\n', "line 2"),
        (b"title,text\nRaid,a\0b\n", "NUL"),
        (b"PK\x03\x04 a spreadsheet", "zip"),
    ],
)
def test_what_cannot_be_read_is_reported(tmp_path: Path, content: str | bytes, reason: str) -> None:
    """Nothing is raised, and cells are never moved to the wrong column."""
    assert reason in failure(tmp_path, content).reason


def test_a_table_in_another_encoding_is_read(tmp_path: Path) -> None:
    """Spreadsheets still write Windows-1252."""
    assert report(tmp_path, "text\nThe mayor’s café in Bogotá\n".encode("cp1252")).text == "The mayor’s café in Bogotá"
