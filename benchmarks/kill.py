#!/usr/bin/env python3
"""Kill `dateline code` again and again, resume it each time, and compare what it ends with.

    python benchmarks/kill.py [--kills 50] [--reports 200] [--jobs N] [--seed 1]

Made-up reports are coded once undisturbed.  Then, project by project, the same command gets a SIGKILL at a random moment
(while it starts, once so many reports are kept, while it links events), is started anew, gets the next, and after some
kills is left to finish.  Each project must then equal the undisturbed one row
for row, and no process may outlive its killed parent.  Exit status 1 where one does not.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from made_reports import write_reports
from msgspec import Struct

from dateline.errors import StoreError
from dateline.store import dump, open_project

KILLS_A_PROJECT = 5  # before a run is left to finish: late phases are killed too, not only the first seconds
POLL = 0.03  # seconds between looks at how far a run is
LAG = 0.5  # seconds, at most, between the moment that was waited for and the kill
PATIENCE = 10.0  # seconds for the children of a killed process to end


class Result(Struct, frozen=True, kw_only=True):
    """What came of it: kills by the moment that they hit, the projects that were compared, and those that differ."""

    kills: Counter[str]
    reports: int
    rows: int
    projects: int
    different: tuple[str, ...]
    orphans: int
    seconds: float  # of the undisturbed run

    @property
    def passed(self) -> bool:
        return not self.different and not self.orphans

    def __str__(self) -> str:
        moments = ", ".join(f"{count} {moment}" for moment, count in sorted(self.kills.items()))
        equal = f"{self.projects - len(self.different)} of {self.projects} projects equal the undisturbed run ({self.rows} rows)"
        return (
            f"{self.kills.total()} kills over {self.reports} reports ({moments}): {equal}; {self.orphans} processes left over; "
            f"undisturbed {self.seconds:.1f} s"
        )


def run_kills(folder: Path, *, kills: int, reports: int, jobs: int | None, seed: int) -> Result:
    """The whole test, in an empty folder."""
    dice = random.Random(seed)  # the moments of kills are no secret
    sources = folder / "reports"
    write_reports(sources, reports)
    undisturbed = folder / "undisturbed"
    began = time.monotonic()
    _finish(sources, undisturbed, jobs)
    seconds = time.monotonic() - began
    expected = _rows(undisturbed)
    moments: Counter[str] = Counter()
    different, orphans, projects = [], 0, 0
    while moments.total() < kills:
        project = folder / f"project-{projects}"
        projects += 1
        wanted = sorted(
            dice.randint(-reports // 4, reports * 5 // 4) for _ in range(min(KILLS_A_PROJECT, kills - moments.total()))
        )
        for kept in wanted:
            moment, left = _kill(sources, project, jobs, kept, reports, dice.uniform(0, LAG))
            orphans += left
            if moment is None:
                break
            moments[moment] += 1
        _finish(sources, project, jobs)
        if _rows(project) != expected:
            different.append(str(project))
    return Result(
        kills=moments, reports=reports, rows=len(expected), projects=projects, different=tuple(different), orphans=orphans,
        seconds=seconds,
    )  # fmt: skip


def _start(sources: Path, project: Path, jobs: int | None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dateline", "code", str(sources), "--project", str(project), "--quiet"]
    command += ["--jobs", str(jobs)] if jobs else []
    return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)


def _finish(sources: Path, project: Path, jobs: int | None) -> None:
    """Run to the end.  The damaged file among the reports makes the exit status 1."""
    process = _start(sources, project, jobs)
    _, said = process.communicate()
    if process.returncode != 1:
        raise RuntimeError(f"dateline code ended with {process.returncode}: {said.decode()}")


def _kill(sources: Path, project: Path, jobs: int | None, kept: int, reports: int, lag: float) -> tuple[str | None, int]:
    """Start a run, kill it once the project has `kept` reports: the moment that it hit (None: it had ended), processes left."""
    process = _start(sources, project, jobs)
    while process.poll() is None and _reports_in(project) < min(kept, reports):
        time.sleep(POLL)
    moment = None
    try:
        process.wait(lag)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        moment = _moment(project, reports)
    if process.stderr:
        process.stderr.close()
    return moment, _left_over(process.pid)


def _reports_in(project: Path) -> int:
    try:
        with open_project(project) as opened:
            return len(opened.known())
    except StoreError:  # there is none yet
        return 0


def _moment(project: Path, reports: int) -> str:
    """How far the project was when it was killed."""
    known = _reports_in(project)
    if known < reports:
        return "between reports" if known else "before a report was kept"
    with open_project(project) as opened:
        return "with events" if any(opened.events()) else "before events"


def _left_over(session: int) -> int:
    """1 where processes of a session still run after a while (they are ended then), else 0."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return 0
        time.sleep(0.05)
    os.killpg(session, signal.SIGKILL)
    return 1


def _rows(project: Path) -> list[str]:
    with open_project(project) as opened:
        return list(dump(opened))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="dateline-kill-") as folder:
        result = run_kills(Path(folder), kills=options.kills, reports=options.reports, jobs=options.jobs, seed=options.seed)
    print(result)
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
