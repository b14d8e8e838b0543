"""Processes that read reports, and go on when one of them dies."""

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType

from dateline.claims.recode import recode
from dateline.errors import GazetteerError, LexiconError
from dateline.gazetteer import using
from dateline.lexicon.codebook import Codebook
from dateline.model import PlaceAlias, Reading, Report
from dateline.pipeline import read_report
from dateline.reports import Failure
from dateline.runners.processes import new_pool

Task = Callable[[Report], Reading | Failure]
"""What a worker does with a report; it is sent to other processes, and so is all that it holds."""
TRIES = 3  # a report is given up after this many workers died over it alone: one death can be the system's doing
WINDOW = 4  # reports under way for each worker: none waits for work, and few results wait for a slow report before them


def read_or_fail(
    report: Report, codebook: Codebook | None = None, layers: Sequence[Path] | None = None, aliases: Sequence[PlaceAlias] = ()
) -> Reading | Failure:
    """The reading of a report, or what the engine stumbled over: one odd report must not stop a run of thousands.

    Its claims have the names of `codebook`, those of Dateline where none is given; its places are looked for in `layers` of the
    gazetteer, in those of this user where none are given, after the names of `aliases`.

    What is wrong with the engine itself (its lexicon, its gazetteer) is raised: no other report would fare better.
    """
    try:
        with using(layers, aliases) if layers else nullcontext():
            reading = read_report(report)
        return recode(reading, codebook) if codebook else reading
    except (LexiconError, GazetteerError):
        raise
    except Exception as e:  # noqa: BLE001  # a defect of the engine, told with the report that shows it
        where = traceback.extract_tb(e.__traceback__)[-1]
        fault = f"{type(e).__name__}: {e} ({os.path.basename(where.filename)}:{where.lineno})"
        return Failure(name_of(report), None, f"the engine failed on it, which is a defect of Dateline: {fault}")


def name_of(report: Report) -> str:
    return report.path or report.id


class Workers:
    """A pool of `jobs` processes; a context, that ends them."""

    def __init__(self, jobs: int, task: Task = read_or_fail) -> None:
        self._jobs = jobs
        self._task = task
        self._pool: ProcessPoolExecutor | None = None
        self._lone: ProcessPoolExecutor | None = None  # one worker, for reports that were under way when the pool broke
        self._under_way: deque[tuple[Report, Future[Reading | Failure]]] = deque()

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Begin nothing more, and wait for the reports that are being read."""
        for pool in (self._pool, self._lone):
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)

    def read(self, reports: Iterable[Report]) -> Iterator[Reading | Failure]:
        """An outcome for each report, in their order."""
        for report in reports:
            self._under_way.append((report, self._submit(report)))
            if len(self._under_way) >= self._jobs * WINDOW:
                yield self._next()
        while self._under_way:
            yield self._next()

    def finished(self) -> list[Reading]:
        """After `stop`: readings that were made and not yet yielded by `read`."""
        done = [future for _, future in self._under_way if future.done() and not future.cancelled()]
        outcomes = [future.result() for future in done if future.exception() is None]
        return [outcome for outcome in outcomes if isinstance(outcome, Reading)]

    def _submit(self, report: Report) -> Future[Reading | Failure]:
        if self._pool is None:
            self._pool = new_pool(self._jobs)
        try:
            return self._pool.submit(self._task, report)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = new_pool(self._jobs)
            return self._pool.submit(self._task, report)

    def _next(self) -> Reading | Failure:
        report, future = self._under_way[0]  # stays there until its outcome is known, for `finished`
        try:
            outcome = future.result()
        except BrokenProcessPool:
            outcome = self._alone(report)
        self._under_way.popleft()
        return outcome

    def _alone(self, report: Report) -> Reading | Failure:
        """Read a report with a worker of its own, so that a death is its own doing."""
        for _ in range(TRIES):
            self._lone = self._lone or new_pool(1)
            try:
                return self._lone.submit(self._task, report).result()
            except BrokenProcessPool:
                self._lone.shutdown(wait=False)
                self._lone = None
        return Failure(name_of(report), None, f"reading it ended the worker process {TRIES} times (out of memory?)")
