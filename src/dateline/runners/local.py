"""Codes files into a project on this machine: read, keep, link.

Whatever stops a run (Ctrl-C, a kill, a power cut), the same call goes on where it stopped and ends with the same rows:
a report is its SHA-256, finished reports are kept in small transactions, rows do not depend on the order of arrival, and
the events are made anew, in one transaction, from all reports of the project.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from msgspec import Struct

from dateline.errors import ReportError
from dateline.gazetteer.installed import installed_layers
from dateline.lexicon.codebook import Codebook
from dateline.model import Reading, Report
from dateline.pipeline import default_stages
from dateline.reports import Failure, Found, Ignored, ReadOptions, SourceFile, find_sources, read_sources
from dateline.runners.processes import cores
from dateline.runners.workers import Task, Workers, name_of, read_or_fail
from dateline.store import Project, RecordError, open_project
from dateline.store.aliases import aliases_of

BATCH = 16  # reports in a transaction: what a kill can cost


class Progress(Struct, frozen=True, kw_only=True):
    """How far a run is.  `total` is an estimate until all files are read: a table can hold any number of reports."""

    stage: Literal["coding", "linking"]
    done: int  # reports that are coded, were there already, or failed
    total: int


class CodingSummary(Struct, frozen=True, kw_only=True):
    """What a run did: reports coded, reports that the project (or an earlier file of the run) had, and what was not read."""

    coded: int
    already: int
    events: int  # of the whole project
    failures: tuple[Failure, ...]
    ignored: tuple[Ignored, ...]


class CodingStopped(KeyboardInterrupt):
    """Ctrl-C during a run.  Finished reports are kept; str() says how many, and how to go on."""


def code_project(
    paths: Sequence[Path],
    options: ReadOptions,
    project_dir: Path | str,
    *,
    codebook: Codebook | None = None,
    jobs: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> CodingSummary:
    """Code the reports in files and folders into a project, which is made where there is none.

    `codebook` is the project's own, kept with it: later runs need not name it, and may name no other (StoreError).
    `jobs` is the number of processes that read (default: the cores at hand; 1: this process itself).  Files are taken in
    the order of their paths, however named; of two reports with the same bytes the first is kept.  Raises CodingStopped on
    Ctrl-C, ReportError where there is nothing to read at all, StoreError where the project cannot be opened or written.
    """
    default_stages()  # an engine that cannot start says so here, once
    found = sorted(find_sources(paths), key=_by_path)
    if not any(isinstance(source, SourceFile) for source in found):
        raise ReportError(_nothing(paths, found))  # a misspelled path leaves no empty project behind
    with open_project(project_dir, create=True) as project:
        task = partial(
            read_or_fail,
            codebook=project.settle_codebook(codebook),
            layers=installed_layers(str(project_dir)),
            aliases=aliases_of(project),
        )
        run = _Run(project, found, options, progress or _say_nothing)
        run.code(task, jobs or cores())
        return run.link(jobs or cores())


class _Run:
    """One run over a list of files; counts what it does."""

    def __init__(self, project: Project, found: list[Found], options: ReadOptions, progress: Callable[[Progress], None]) -> None:
        self._project = project
        self._found = found
        self._options = options
        self._progress = progress
        self._known = set(project.known())
        self._pending: list[Reading] = []
        self._coded = self._already = 0
        self._failures: list[Failure] = []
        self._total = sum(map(_reports_in, found))

    def code(self, task: Task, jobs: int) -> None:
        with Workers(jobs, task) as workers:
            reports = self._new_reports()
            try:
                for outcome in workers.read(reports) if jobs > 1 else map(task, reports):
                    self._take(outcome)
                self._flush()
            except KeyboardInterrupt:
                workers.stop()
                self._pending += workers.finished()
                self._flush()
                raise CodingStopped(
                    f"stopped; {self._coded} reports were coded and are kept in {self._project.name}. "
                    "The same command goes on from here"
                ) from None

    def link(self, jobs: int) -> CodingSummary:
        from dateline.runners.linking import link_project  # numpy is loaded when there is something to link

        self._tell("linking")
        return CodingSummary(
            coded=self._coded,
            already=self._already,
            events=link_project(self._project, jobs=jobs),
            failures=tuple(self._failures),
            ignored=tuple(source for source in self._found if isinstance(source, Ignored)),
        )

    def _new_reports(self) -> Iterator[Report]:
        for outcome in read_sources(self._found, self._options):
            if isinstance(outcome, Failure):
                self._failures.append(outcome)
            elif outcome.sha256 in self._known:
                self._already += 1
            else:
                self._known.add(outcome.sha256)
                yield outcome
                continue
            self._tell("coding")

    def _take(self, outcome: Reading | Failure) -> None:
        if isinstance(outcome, Failure):
            self._failures.append(outcome)
        else:
            self._pending.append(outcome)
        if len(self._pending) >= BATCH:
            self._flush()
        self._tell("coding")

    def _flush(self) -> None:
        """Keep the pending readings; where the store refuses one, all the others."""
        try:
            self._count(self._pending)
        except RecordError:
            for reading in self._pending:
                self._keep_alone(reading)
        self._pending.clear()

    def _count(self, readings: Sequence[Reading]) -> None:
        kept = self._project.save(readings)
        self._coded += kept
        self._already += len(readings) - kept  # another run on the project was quicker

    def _keep_alone(self, reading: Reading) -> None:
        try:
            self._count([reading])
        except RecordError as e:
            self._failures.append(Failure(name_of(reading.report), None, f"its reading cannot be kept: {e}"))

    def _tell(self, stage: Literal["coding", "linking"]) -> None:
        done = self._coded + len(self._pending) + self._already + len(self._failures)
        self._progress(Progress(stage=stage, done=done, total=done if stage == "linking" else max(done, self._total)))


def _nothing(paths: Sequence[Path], found: Sequence[Found]) -> str:
    """Why there is nothing to read: what stands in the way of each file, or that there is none."""
    if faults := [str(failure) for failure in found if isinstance(failure, Failure)]:
        return f"nothing to read: {'; '.join(faults)}"
    others = ", ".join(str(source.path) for source in found if isinstance(source, Ignored))
    return f"no reports in {', '.join(map(str, paths))}" + (f"; left out, of other kinds: {others}" if others else "")


def _by_path(found: Found) -> tuple[str, int]:
    return str(found.path), (found.line or 0) if isinstance(found, Failure) else 0


def _reports_in(source: Found) -> int:
    """How many reports a file may hold, without reading it as such."""
    if isinstance(source, Ignored):
        return 0
    if not isinstance(source, SourceFile) or source.packed or source.format not in ("jsonl", "csv"):
        return 1
    try:
        with source.path.open("rb") as stream:
            lines = sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    except OSError:
        return 1  # reading it will say why
    return max(1, lines)


def _say_nothing(progress: Progress) -> None:
    pass
