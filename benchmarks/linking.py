#!/usr/bin/env python3
"""What linking costs: time and memory for so many claims of a made-up stream of look-alike reports, and for a few more.

    python benchmarks/linking.py [--claims 10000 30000 100000] [--a-day 60] [--new 500] [--jobs 2] [--folder DIR]

For each size a project is made of readings without the engine (their making is not counted) and linked in a process of its
own, as `dateline link` does it, with all reading from and writing to the project; then `--new` claims are added to it and
linked.  Prints seconds by the clock and of the processors, and the most memory that the process and those that worked for it
took together, looked at twice a second (where the system tells, pages that they share are counted once).  Exit status 1 where
100,000 claims take more than 5 minutes or 2 GB, or a claim of the largest size costs more than 1.3 times one of the smallest,
in time of the processors.  `--quality` scores the events against the stream's truth instead, without a project.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path

from made_stream import Shape, Told, made_stream, make_reading
from msgspec import Struct

from dateline.events import link_events
from dateline.store import open_project

MOST_SECONDS, MOST_MEGABYTES, MOST_GROWTH = 300.0, 2000.0, 1.3
CLAIMS_A_REPORT = 1.185  # of the stream
AT_ONCE = 500  # reports kept in one transaction


class Cost(Struct, frozen=True, kw_only=True):
    """What one linking cost."""

    claims: int
    events: int
    seconds: float
    processor: float  # seconds, of all processes
    megabytes: float  # the most that all processes had together

    @property
    def a_claim(self) -> float:
        """Microseconds of processor time: what else the machine does tells less on it than on the clock."""
        return self.processor / self.claims * 1e6

    def __str__(self) -> str:
        return (
            f"{self.claims:7,} claims -> {self.events:6,} events: {self.seconds:7.1f} s ({self.processor:.1f} of the processors, "
            f"{self.a_claim:.0f} us a claim), {self.megabytes:.0f} MB ({self.megabytes / self.claims * 1000:.1f} KB a claim)"
        )


def measure(claims: int, new: int, a_day: float, jobs: int, folder: Path) -> tuple[Cost, Cost]:
    """Link so many claims, then `new` more: the cost of each, in processes of their own."""
    project = folder / str(claims)
    stream = made_stream(int((claims + new) / CLAIMS_A_REPORT), Shape(incidents_a_day=a_day))
    first = save(project, stream, claims)
    whole = run(project, first, jobs)
    more = save(project, stream, new)
    return whole, run(project, more, jobs)


def save(project: Path, stream: Iterable[Told], claims: int) -> int:
    """Keep readings until there are so many claims; how many there are."""
    kept = 0
    with open_project(project, create=True) as opened:
        batch = []
        for told in stream:
            batch.append(make_reading(told))
            kept += len(batch[-1].claims)
            if len(batch) == AT_ONCE or kept >= claims:
                opened.save(batch)
                batch = []
            if kept >= claims:
                break
    return kept


def run(project: Path, claims: int, jobs: int) -> Cost:
    """Link a project in a process of its own."""
    command = [sys.executable, __file__, "--link", str(project), "--jobs", str(jobs)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return Cost(claims=claims, **json.loads(done.stdout))


def link(project: Path, jobs: int) -> dict[str, float]:
    """Link a project in this process."""
    from dateline.runners.linking import link_project

    with open_project(project) as opened, Watch() as watch:
        began, busy = time.perf_counter(), time.process_time()
        events = link_project(opened, jobs=jobs)
        seconds, processor = time.perf_counter() - began, time.process_time() - busy
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "events": events,
        "seconds": seconds,
        "processor": processor + others.ru_utime + others.ru_stime,
        "megabytes": watch.most or (own.ru_maxrss + jobs * others.ru_maxrss) / 1000,
    }


class Watch:
    """The most memory, in MB, that this process and its children had together while the context lasted; 0 where the system does
    not tell."""

    def __init__(self) -> None:
        self.most = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.5):
            self.most = max(self.most, sum(map(proportional_megabytes, ["self", *children()])))


def children() -> list[str]:
    """The ids of the processes that this one began, where the system tells."""
    return [i for file in Path("/proc/self/task").glob("*/children") for i in file.read_text().split()]


def proportional_megabytes(process: str) -> float:
    """The memory of a process; of pages that several share its part of them."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended, or there is no such file
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


def quality(reports: int, a_day: float) -> str:
    """B-cubed and pairs of reports against the stream's truth; a report is where its first claim is."""
    stream = list(made_stream(reports, Shape(incidents_a_day=a_day)))
    events = {claim: event.id for event in link_events(map(make_reading, stream)) for claim in event.claims}
    readings = {told.report.id: make_reading(told) for told in stream}
    answer = {i: events.get(reading.claims[0].id, i) for i, reading in readings.items()}
    key = {told.report.id: told.incident for told in stream}
    return f"{len(key):,} reports on {len(set(key.values())):,} incidents: {agreement(key, answer)}"


def agreement(key: Mapping[str, Hashable], answer: Mapping[str, Hashable]) -> str:
    """Precision and recall, by report (B-cubed) and by pair."""
    keys, answers = _members(key), _members(answer)
    both = Counter((key[i], answer[i]) for i in key)
    precision = sum(both[key[i], answer[i]] / len(answers[answer[i]]) for i in key) / len(key)
    recall = sum(both[key[i], answer[i]] / len(keys[key[i]]) for i in key) / len(key)
    right, said, true = (_pairs(sizes) for sizes in (both.values(), map(len, answers.values()), map(len, keys.values())))
    return f"B-cubed {_scores(precision, recall)}; pairs {_scores(right / max(1, said), right / max(1, true))}"


def _members(of: Mapping[str, Hashable]) -> dict[Hashable, list[str]]:
    members: defaultdict[Hashable, list[str]] = defaultdict(list)
    for i, group in of.items():
        members[group].append(i)
    return members


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _scores(precision: float, recall: float) -> str:
    mean = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f} R {recall:.3f} F1 {mean:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--a-day", type=float, default=60.0, help="incidents a day, over 40 cities")
    parser.add_argument("--new", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where to keep the projects")
    parser.add_argument("--quality", type=int, metavar="REPORTS")
    parser.add_argument("--link", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.link:
        print(json.dumps(link(options.link, options.jobs)))
        return 0
    if options.quality:
        print(quality(options.quality, options.a_day))
        return 0
    with tempfile.TemporaryDirectory(prefix="dateline-linking-") as folder:
        costs = []
        for claims in options.claims:
            whole, more = measure(claims, options.new, options.a_day, options.jobs, options.folder or Path(folder))
            told = f"{more.seconds:.1f} s ({more.processor:.1f} of the processors), {more.megabytes:.0f} MB"
            print(f"{whole}\n  and {more.claims:,} more: {told}", flush=True)
            costs.append(whole)
    growth = costs[-1].a_claim / costs[0].a_claim
    print(f"a claim costs {growth:.2f} times as much among {costs[-1].claims:,} as among {costs[0].claims:,}")
    largest = costs[-1].claims < 100_000 or (costs[-1].seconds <= MOST_SECONDS and costs[-1].megabytes <= MOST_MEGABYTES)
    return 0 if growth <= MOST_GROWTH and largest else 1


if __name__ == "__main__":
    sys.exit(main())
