"""Processes that read reports, and what becomes of a report that ends one."""

import os
from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.model import Reading, Report
from dateline.pipeline import run
from dateline.reports import Failure
from dateline.runners import workers
from dateline.runners.workers import TRIES, Workers, read_or_fail
from dateline.testing import make_report


def end_on_poison(report: Report) -> Reading | Failure:
    """A task that ends its process on one kind of text, always or the first time, and reads the others."""
    if report.text == "poison":
        os._exit(9)
    if report.text.startswith("once "):
        mark = Path(report.text.removeprefix("once "))
        if not mark.exists():
            mark.touch()
            os._exit(9)
    if report.text == "bad lexicon":
        raise LexiconError("cues.yaml is wrong")
    return Reading(report=report)


def texts(count: int) -> list[Report]:
    return [make_report(f"text {number}", path=f"{number}.txt") for number in range(count)]


def test_outcomes_come_in_the_order_of_the_reports() -> None:
    reports = texts(30)
    with Workers(2, end_on_poison) as pool:
        assert [outcome.report for outcome in pool.read(reports) if isinstance(outcome, Reading)] == reports


def test_a_report_that_ends_its_worker_is_named_and_the_others_are_read() -> None:
    """Those that were under way with it are read again, and it alone is given up, after some tries."""
    reports = [*texts(6), make_report("poison", path="poison.txt"), *texts(20)[6:]]
    with Workers(2, end_on_poison) as pool:
        outcomes = list(pool.read(reports))
    assert [outcome for outcome in outcomes if isinstance(outcome, Failure)] == [
        Failure("poison.txt", None, f"reading it ended the worker process {TRIES} times (out of memory?)")
    ]
    assert [o.report for o in outcomes if isinstance(o, Reading)] == [r for r in reports if r.text != "poison"]


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    """A death that was the system's doing leaves no failure."""
    reports = [*texts(3), make_report(f"once {tmp_path / 'mark'}"), *texts(9)[3:]]
    with Workers(2, end_on_poison) as pool:
        assert [o.report for o in pool.read(reports) if isinstance(o, Reading)] == reports


def test_what_is_wrong_with_the_engine_itself_is_raised() -> None:
    """A broken lexicon is no fault of a report."""
    with Workers(2, end_on_poison) as pool, pytest.raises(LexiconError, match=r"cues\.yaml"):
        list(pool.read([make_report("bad lexicon")]))


def test_a_defect_of_the_engine_is_told_with_the_report_that_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(report: Report) -> Reading:
        return run(Reading(report=report), [lambda reading: reading[0]])  # type: ignore[index]

    monkeypatch.setattr(workers, "read_report", stumble)
    outcome = read_or_fail(make_report(path="odd.txt"))
    assert isinstance(outcome, Failure)
    assert outcome.path == "odd.txt"
    assert "TypeError" in outcome.reason
    assert "test_workers.py:" in outcome.reason
