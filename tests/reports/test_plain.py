"""Plain text and Markdown: the characters of the file are the text of the report."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.model import Report
from dateline.reports import Failure, Outcome, ReadOptions, find_sources, read_sources


def read(path: Path, options: ReadOptions | None = None) -> Outcome:
    (outcome,) = read_sources(find_sources([path]), options or ReadOptions())
    return outcome


def report(path: Path, options: ReadOptions | None = None) -> Report:
    outcome = read(path, options)
    assert isinstance(outcome, Report), outcome
    return outcome


def failure(path: Path, options: ReadOptions | None = None) -> Failure:
    outcome = read(path, options)
    assert isinstance(outcome, Failure), outcome
    return outcome


ODD = "\ufeffGunmen raided a village.\r\n\r\nThe \u202bقرية\u202c\u00a0was empty\u200f; a -dir-ty trick.\rEnd\n"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TXT"])
def test_the_text_is_what_was_received(tmp_path: Path, name: str) -> None:
    """Byte order mark, CRLF, no-break spaces, direction marks and markup stay; the hash is of the file's bytes."""
    raw = ("# " + ODD).encode("utf-8")
    (tmp_path / name).write_bytes(raw)
    read_back = report(tmp_path / name)
    assert read_back.text == "# " + ODD
    assert read_back.sha256 == hashlib.sha256(raw).hexdigest()
    assert read_back.path == str(tmp_path / name)
    assert (read_back.title, read_back.publisher, read_back.language, read_back.published) == (None, None, None, None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_is_read_back_unchanged(tmp_path: Path, text: str) -> None:
    """Whatever a text holds, it comes back the same or is refused by name; it never comes back altered."""
    path = tmp_path / "any.txt"
    path.write_bytes(text.encode("utf-8"))
    outcome = read(path)
    if isinstance(outcome, Failure):
        assert "NUL" in outcome.reason or "empty" in outcome.reason or "not a text" in outcome.reason
    else:
        assert outcome.text == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n \xc2\xa0", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"a text\0with a hole", "NUL"),
        (b"\x1f\x8b\x08\x00packed", "gzip"),
        (bytes(range(1, 256)) * 10, "not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_reported(tmp_path: Path, raw: bytes, reason: str) -> None:
    """Nothing is raised, and nothing is read with replacement characters or as an empty report."""
    (tmp_path / "a.txt").write_bytes(raw)
    found = failure(tmp_path / "a.txt")
    assert reason in found.reason
    assert (found.path, found.line) == (str(tmp_path / "a.txt"), None)


def test_a_guessed_encoding_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file that is not UTF-8 is read without loss, and a warning names the encoding."""
    (tmp_path / "a.txt").write_bytes("The mayor’s café in Bogotá was hit.".encode("cp1252"))
    assert report(tmp_path / "a.txt").text == "The mayor’s café in Bogotá was hit."
    assert "cp1252, by guess" in caplog.text


def test_a_text_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    """The limit is on the text's bytes; at the limit it is still read."""
    options = ReadOptions(max_text_bytes=20)
    (tmp_path / "fits.txt").write_text("x" * 20, encoding="utf-8")
    (tmp_path / "more.txt").write_text("x" * 21, encoding="utf-8")
    (tmp_path / "much.txt").write_text("x" * 1000, encoding="utf-8")
    assert report(tmp_path / "fits.txt", options).text == "x" * 20
    assert "more than the" in failure(tmp_path / "more.txt", options).reason
    assert "more than" in failure(tmp_path / "much.txt", options).reason


def test_a_file_that_vanished_is_reported(tmp_path: Path) -> None:
    """Between finding and reading a file can go."""
    (tmp_path / "a.txt").write_text("Gunmen raided a village.", encoding="utf-8")
    found = find_sources([tmp_path])
    (tmp_path / "a.txt").unlink()
    (outcome,) = read_sources(found)
    assert isinstance(outcome, Failure)
    assert "cannot be opened" in outcome.reason


def test_the_date_in_the_head_is_used_and_its_origin_kept(tmp_path: Path) -> None:
    """A text that states its day gives it, and says that it was the text."""
    (tmp_path / "a.txt").write_text("Raid\n11 August 2019\nGunmen raided a village.", encoding="utf-8")
    found = report(tmp_path / "a.txt")
    assert (found.published, found.published_from) == (date(2019, 8, 11), "text")


def test_what_the_user_gives_goes_before_the_text(tmp_path: Path) -> None:
    """Options apply to every report and are marked as given."""
    (tmp_path / "a.txt").write_text("Raid\n11 August 2019\nGunmen raided a village.", encoding="utf-8")
    options = ReadOptions(
        published=date(2020, 1, 2), publisher="Sahel Courier", title="Raid", url="https://example.org/1", language="en"
    )
    found = report(tmp_path / "a.txt", options)
    assert (found.published, found.published_from) == (date(2020, 1, 2), "given")
    assert (found.publisher, found.title, found.url, found.language) == ("Sahel Courier", "Raid", "https://example.org/1", "en")


def test_reading_twice_gives_the_same_records(tmp_path: Path) -> None:
    """The same bytes are the same report, field for field."""
    (tmp_path / "a.txt").write_text("Raid\n11 August 2019\nGunmen raided a village.", encoding="utf-8")
    assert report(tmp_path / "a.txt") == report(tmp_path / "a.txt")
