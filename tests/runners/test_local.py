"""Coding files into a project."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from made_reports import write_reports

from dateline.errors import ReportError, StoreError
from dateline.model import Reading, Report
from dateline.pipeline import read_report
from dateline.reports import Failure, ReadOptions, read_sources
from dateline.runners import local, workers
from dateline.runners.local import CodingStopped, Progress, code_project
from dateline.store import Project, dump, open_project

COUNT = 12


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    write_reports(folder, COUNT)
    return folder


def rows(project: Path) -> list[str]:
    with open_project(project) as opened:
        return list(dump(opened))


def test_a_run_tells_what_it_did(made: Path, tmp_path: Path) -> None:
    """Reports coded, the copy that was there already, the file that is no text."""
    summary = code_project([made], ReadOptions(), tmp_path / "p", jobs=1)
    assert (summary.coded, summary.already) == (COUNT, 1)
    assert [Path(failure.path).name for failure in summary.failures] == ["zz-damaged.txt"]
    with open_project(tmp_path / "p") as project:
        assert len(list(project.events())) == summary.events > 0
        assert all(reading.claims for reading in project.readings())


def test_coding_twice_changes_nothing(made: Path, tmp_path: Path) -> None:
    """The same bytes are the same reports."""
    code_project([made], ReadOptions(), tmp_path / "p", jobs=1)
    before = rows(tmp_path / "p")
    summary = code_project([made], ReadOptions(), tmp_path / "p", jobs=1)
    assert (summary.coded, summary.already) == (0, COUNT + 1)
    assert rows(tmp_path / "p") == before


def test_neither_cores_nor_the_order_of_paths_show_in_the_rows(made: Path, tmp_path: Path) -> None:
    """One process and two, a folder and its files in any order: the same rows, so the same bytes in every export."""
    files = sorted(path for path in made.iterdir() if not path.name.endswith(".meta.yaml"))
    code_project([made], ReadOptions(), tmp_path / "one", jobs=1)
    code_project([made], ReadOptions(), tmp_path / "two", jobs=2)
    code_project(files[::-1], ReadOptions(), tmp_path / "backwards", jobs=1)
    assert rows(tmp_path / "one") == rows(tmp_path / "two") == rows(tmp_path / "backwards")


def test_of_two_files_with_the_same_bytes_the_first_path_is_kept(tmp_path: Path) -> None:
    """However they are named on the command line."""
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("Police arrested two men in Gao.")
    code_project([tmp_path / "b.txt", tmp_path / "a.txt"], ReadOptions(), tmp_path / "p", jobs=1)
    with open_project(tmp_path / "p") as project:
        assert [report.path for report in project.reports()] == [str(tmp_path / "a.txt")]


def _published(path: Path) -> tuple[str, str]:
    known = yaml.safe_load(path.with_suffix(".meta.yaml").read_text(encoding="utf-8"))
    return str(known["published"]), path.name


def test_reports_can_come_in_parts(made: Path, tmp_path: Path) -> None:
    """Two runs, the earlier half first, give the rows of one run over all: events are made from the whole project."""
    files = sorted(made.glob("made-*.txt"), key=_published)
    code_project(files, ReadOptions(), tmp_path / "whole", jobs=1)
    for half in (files[: COUNT // 2], files):
        code_project(half, ReadOptions(), tmp_path / "parts", jobs=1)
    assert rows(tmp_path / "parts") == rows(tmp_path / "whole")


def test_ctrl_c_keeps_finished_reports(made: Path, tmp_path: Path) -> None:
    """The run says how to go on, and going on gives the rows of an undisturbed run."""

    def interrupt(progress: Progress) -> None:
        if progress.done == 5:
            raise KeyboardInterrupt

    for jobs in (1, 2):
        project = tmp_path / f"p{jobs}"
        with pytest.raises(CodingStopped, match=r"\d+ reports were coded and are kept in .*The same command goes on"):
            code_project([made], ReadOptions(), project, jobs=jobs, progress=interrupt)
        with open_project(project) as opened:
            assert len(opened.known()) >= 5
            assert not list(opened.events())
        code_project([made], ReadOptions(), project, jobs=1)
        code_project([made], ReadOptions(), tmp_path / "undisturbed", jobs=1)
        assert rows(project) == rows(tmp_path / "undisturbed")


def test_a_reading_that_cannot_be_kept_is_a_failure_of_its_report(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others of its transaction are kept."""

    def twice(report: Report) -> Reading:
        reading = read_report(report)
        return Reading(report=report, claims=reading.claims * 2) if report.title == "Made report 3" else reading

    monkeypatch.setattr(workers, "read_report", twice)
    summary = code_project([made], ReadOptions(), tmp_path / "p", jobs=1)
    assert summary.coded == COUNT - 1
    assert [Path(f.path).name for f in summary.failures if "cannot be kept" in f.reason] == ["made-0003.txt"]


def test_a_store_that_fails_stops_the_run(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is no fault of a report."""

    def full(self: Project, readings: object) -> int:
        raise StoreError("disk full")

    monkeypatch.setattr(Project, "save", full)
    with pytest.raises(StoreError, match="disk full"):
        code_project([made], ReadOptions(), tmp_path / "p", jobs=1)


def test_progress_ends_at_the_number_of_reports(made: Path, tmp_path: Path) -> None:
    """It never goes back, and its total is never less than what is done."""
    told: list[Progress] = []
    code_project([made], ReadOptions(), tmp_path / "p", jobs=1, progress=told.append)
    done = [progress.done for progress in told]
    assert done == sorted(done)
    assert all(progress.done <= progress.total for progress in told)
    assert told[-1] == Progress(stage="linking", done=COUNT + 2, total=COUNT + 2)


def test_reports_are_read_while_others_are_coded(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run holds a window of reports and not all of them."""
    taken: list[Report | Failure] = []

    def watched(*arguments: object) -> Iterator[Report | Failure]:
        for outcome in read_sources(*arguments):  # type: ignore[arg-type]
            taken.append(outcome)
            yield outcome

    monkeypatch.setattr(local, "read_sources", watched)
    seen: list[int] = []
    code_project([made], ReadOptions(), tmp_path / "p", jobs=1, progress=lambda _: seen.append(len(taken)))
    assert seen[0] == 1


def test_nothing_to_read_makes_no_project(tmp_path: Path) -> None:
    """A misspelled path and a folder without reports are told, and leave no empty project behind."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "map.pdf").touch()
    for path, said in (("mispelled", "no such file or folder"), ("folder", "no reports in .*folder; left out.*map.pdf")):
        with pytest.raises(ReportError, match=said):
            code_project([tmp_path / path], ReadOptions(), tmp_path / "p", jobs=1)
    assert not (tmp_path / "p").exists()


def test_reports_that_another_run_kept_meanwhile_were_there_already(made: Path, tmp_path: Path) -> None:
    """Two runs at once on one project: the slower one counts as coded only what it kept itself, and the rows are the same."""
    code_project([made], ReadOptions(), tmp_path / "p", jobs=1)
    before, began = rows(tmp_path / "p"), Project.known
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Project, "known", lambda self: frozenset(list(began(self))[:1]))  # as when this run began
        summary = code_project([made], ReadOptions(), tmp_path / "p", jobs=1)
    assert (summary.coded, summary.already) == (0, COUNT + 1)
    assert rows(tmp_path / "p") == before
