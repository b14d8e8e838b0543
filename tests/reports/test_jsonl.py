"""JSON: the gold format's fields, one report a line, one object, or a list of objects."""

import gzip
import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.model import Report
from dateline.reports import Failure, Outcome, ReadOptions, find_sources, read_sources

TEXT = "Raid\n11 August 2019\nGunmen raided a village at dawn.\r\n"
FULL = {
    "id": "r-1", "title": "Raid", "publisher": "Sahel Courier", "url": "https://example.org/1", "author": "J. Writer",
    "language": "en", "published": "2019-11-03", "published_from": "press", "text": TEXT,
}  # fmt: skip


def read(path: Path, options: ReadOptions | None = None) -> list[Outcome]:
    return list(read_sources(find_sources([path]), options or ReadOptions()))


def read_lines(path: Path, *rows: object, options: ReadOptions | None = None) -> list[Outcome]:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return read(path, options)


def one(outcomes: list[Outcome]) -> Report:
    (outcome,) = outcomes
    assert isinstance(outcome, Report), outcome
    return outcome


def test_all_fields_of_a_line_are_read(tmp_path: Path) -> None:
    """The gold format's fields arrive; the hash is of the text's UTF-8; the path names the line."""
    report = one(read_lines(tmp_path / "a.jsonl", FULL))
    assert report == Report(
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(), text=TEXT, title="Raid", publisher="Sahel Courier",
        url="https://example.org/1", author="J. Writer", language="en", published=date(2019, 11, 3), published_from="field",
        path=str(tmp_path / "a.jsonl") + "#1",
    )  # fmt: skip


def test_other_keys_change_nothing(tmp_path: Path) -> None:
    """Gold claims beside a text cannot leak into the report, whatever they hold."""
    plain = one(read_lines(tmp_path / "a.jsonl", FULL))
    with_gold = FULL | {"claims": [{"kind": "incident", "published": "1999-01-01"}], "date": "1999-01-01", "body": 7}
    assert one(read_lines(tmp_path / "a.jsonl", with_gold)) == plain


def test_a_null_date_stays_null(tmp_path: Path) -> None:
    """Null says that no date is known: the date in the text is not used.  Only where the key is absent is it."""
    for said in (None, "", " "):
        report = one(read_lines(tmp_path / "a.jsonl", {"text": TEXT, "published": said}))
        assert (report.published, report.published_from) == (None, None)
    report = one(read_lines(tmp_path / "a.jsonl", {"text": TEXT}))
    assert (report.published, report.published_from) == (date(2019, 8, 11), "text")


@pytest.mark.parametrize(
    "said", ["11 August 2019", "03/04/2019", "2019-13-01", "2019-02-30", "20190811", "2019-W32-7", "2019-08", "1565481600"]
)
def test_a_date_that_is_not_iso_is_a_failure(tmp_path: Path, said: str) -> None:
    """It is not guessed at, and the report is not read without it: its file, line and the words are named."""
    (outcome,) = read_lines(tmp_path / "a.jsonl", {"text": TEXT, "published": said})
    assert isinstance(outcome, Failure)
    assert (outcome.path, outcome.line) == (str(tmp_path / "a.jsonl"), 1)
    assert repr(said) in outcome.reason


@pytest.mark.parametrize(
    "said", ["2019-11-03", "2019-11-03T23:30:00Z", "2019-11-03 23:30", "2019-11-03T23:30:00.125+03:00", " 2019-11-03 "]
)
def test_an_iso_date_or_time_gives_its_day(tmp_path: Path, said: str) -> None:
    """The day is the one that is written; no clock is moved to another zone."""
    assert one(read_lines(tmp_path / "a.jsonl", {"text": TEXT, "published": said})).published == date(2019, 11, 3)


def test_a_line_that_cannot_be_read_does_not_stop_the_next(tmp_path: Path) -> None:
    """Each bad line is reported with its number, blank lines are passed over, good lines are read."""
    rows = [
        b'{"text": "First raid."}', b"", b"{not json}", b"[1, 2]", b'{"title": "no text"}', b'{"text": null}', b'{"text": 7}',
        b'{"text": ""}', b'{"text": "a \\u0000 hole"}', b'{"text": "\xff"}', b'{"text": "half \\ud800"}', b"[" * 100_000,
        b'{"text": "x", "title": ["a list"]}', b'{"text": "Last raid."}',
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(rows))
    outcomes = read(tmp_path / "a.jsonl")
    assert [o.text for o in outcomes if isinstance(o, Report)] == ["First raid.", "Last raid."]
    failures = [o for o in outcomes if isinstance(o, Failure)]
    assert [failure.line for failure in failures] == list(range(3, 14))
    assert "'text'" in failures[2].reason
    assert "$.title" in failures[-1].reason


def test_a_line_too_large_is_reported_and_passed_over(tmp_path: Path) -> None:
    """Neither a long line nor a long text costs memory beyond the limits, or the lines behind it."""
    options = ReadOptions(max_row_bytes=2_000, max_text_bytes=100)
    rows = [{"text": "x" * 5_000_000}, {"text": "y" * 500}, {"text": "z"}]
    outcomes = read_lines(tmp_path / "a.jsonl", *rows, options=options)
    assert [o.line for o in outcomes if isinstance(o, Failure)] == [1, 2]
    assert isinstance(outcomes[2], Report)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [(b"", "no line"), (b"\n \n", "no line"), ('{"text": "x"}'.encode("utf-16"), "UTF-16")],
)
def test_a_file_with_no_report_is_a_failure(tmp_path: Path, raw: bytes, reason: str) -> None:
    """An empty file, and one in another encoding, are one failure and not one per line."""
    (tmp_path / "a.jsonl").write_bytes(raw)
    (outcome,) = read(tmp_path / "a.jsonl")
    assert isinstance(outcome, Failure)
    assert reason in outcome.reason


def test_packed_lines_are_read(tmp_path: Path) -> None:
    """.jsonl.gz and .json.gz are unpacked as they are read."""
    packed = gzip.compress(json.dumps(FULL).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    (tmp_path / "b.json.gz").write_bytes(packed)
    first, second = read(tmp_path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.sha256 == second.sha256


def test_a_damaged_packed_file_says_where(tmp_path: Path) -> None:
    """What could be unpacked is read; the break is reported."""
    rows = b"".join(json.dumps({"text": f"Raid {hashlib.sha256(bytes([n])).hexdigest()}"}).encode() + b"\n" for n in range(200))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows)[:4000])
    outcomes = read(tmp_path / "a.jsonl.gz")
    assert isinstance(outcomes[0], Report)
    last = outcomes[-1]
    assert isinstance(last, Failure)
    assert "gzip" in last.reason
    assert last.line == len(outcomes)


def test_a_packed_file_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    """A small .json.gz cannot fill the memory."""
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(b" " * 3_000_000))
    (outcome,) = read(tmp_path / "a.json.gz", ReadOptions(max_file_bytes=1_000_000))
    assert isinstance(outcome, Failure)
    assert "more than 1 MB" in outcome.reason


def test_blank_lines_without_end_are_refused(tmp_path: Path) -> None:
    """Nor can a small .jsonl.gz keep the run busy for ever."""
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n' + b"\n" * 200_000))
    first, second = read(tmp_path / "a.jsonl.gz", ReadOptions(max_row_bytes=100_000))
    assert isinstance(first, Report)
    assert isinstance(second, Failure)
    assert "blank lines" in second.reason


def test_a_json_file_is_an_object_or_a_list(tmp_path: Path) -> None:
    """An object is the file's one report; objects of a list are named by their number."""
    (tmp_path / "a.json").write_text("\ufeff" + json.dumps(FULL), encoding="utf-8")
    assert one(read(tmp_path / "a.json")).path == str(tmp_path / "a.json")
    (tmp_path / "b.json").write_text(json.dumps([FULL, {"title": "no text"}, {"text": "x"}]), encoding="utf-8")
    first, second, third = read(tmp_path / "b.json")
    assert isinstance(first, Report)
    assert isinstance(third, Report)
    assert (first.path, third.path) == (str(tmp_path / "b.json") + "#1", str(tmp_path / "b.json") + "#3")
    assert isinstance(second, Failure)
    assert second.path == str(tmp_path / "b.json") + "#2"


@pytest.mark.parametrize("raw", ["", "[]", "7", "{", '{"title": "no text"}', "[" * 100_000, '{"text": "x"} {"text": "y"}'])
def test_a_json_file_that_is_no_report_is_a_failure(tmp_path: Path, raw: str) -> None:
    """Nothing is raised, whatever the file holds."""
    (tmp_path / "a.json").write_text(raw, encoding="utf-8")
    (outcome,) = read(tmp_path / "a.json")
    assert isinstance(outcome, Failure)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(), ascii_only=st.booleans())
def test_any_text_of_a_line_is_read_back_unchanged(tmp_path: Path, text: str, ascii_only: bool) -> None:
    """Escaped or not, a text comes back the same; only an empty one, NUL and half characters are refused."""
    row = json.dumps({"text": text}, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    (tmp_path / "a.jsonl").write_bytes(row)
    (outcome,) = read(tmp_path / "a.jsonl")
    if isinstance(outcome, Failure):
        half = any("\ud800" <= character <= "\udfff" for character in text)
        assert half or "\0" in text or "empty" in outcome.reason
    else:
        assert outcome.text == text
