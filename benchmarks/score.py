#!/usr/bin/env python3
"""Run the benchmarks that stand in the shared folder and print their scores in one table.

    python benchmarks/score.py [--quick] [--json] [--shared ../shared] [--only NAME...] [--jobs N]
    python benchmarks/score.py --gate              # the quick ones; exit 1 where a score is below its floor
    python benchmarks/score.py --raise             # the quick ones; raise the floors to what was scored
    python benchmarks/score.py --lower REASON      # the same, and lower those that are not reached

A benchmark whose documents are not there is named and left out.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import floors
from msgspec import Struct
from rich.console import Console
from rich.table import Table
from suite import SUITE, Benchmark, Row, rows

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"


class BenchmarkError(Exception):
    """A predictor or a scorer failed; the message holds what it said."""


class Scored(Struct, frozen=True):
    """A benchmark's scores, and the wall time of its prediction in seconds."""

    benchmark: Benchmark
    documents: int
    rows: list[Row]
    seconds: float


def gold_lines(files: Iterable[Path], limit: int | None) -> list[bytes]:
    """The documents of the files with their gold, at most `limit`."""
    lines: list[bytes] = []
    for file in files:
        raw = file.read_bytes()
        lines += [x for x in (gzip.decompress(raw) if file.suffix == ".gz" else raw).split(b"\n") if x.strip()]
    return lines[:limit]


def run(command: Sequence[str | Path]) -> str:
    """What the command prints.  Raises BenchmarkError where it fails."""
    shipped = os.environ | {"DATELINE_DATA": str(HERE / "no-packs")}  # scores do not depend on packs of whoever runs them
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, env=shipped)
    if done.returncode:
        raise BenchmarkError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr.strip()}")
    return done.stdout


def score(benchmark: Benchmark, shared: Path, quick: bool, jobs: int) -> Scored:
    """Predict on a benchmark's documents and score the predictions."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        lines = gold_lines(benchmark.files(shared), benchmark.quick if quick else None)
        gold.write_bytes(b"\n".join(lines) + b"\n")
        started = time.monotonic()
        run([sys.executable, HERE / "predict.py", benchmark.task, gold, predicted, "--jobs", str(jobs)])
        seconds = time.monotonic() - started
        result: dict[str, Any] = json.loads(run([sys.executable, shared / benchmark.scorer, gold, predicted, "--json"]))
    return Scored(benchmark, len(lines), rows(benchmark, result), seconds)


def missing(benchmark: Benchmark, shared: Path) -> list[Path]:
    """The files that the benchmark needs and that are not there."""
    return [file for file in (*benchmark.files(shared), shared / benchmark.scorer) if not file.is_file()]


def table(scored: Sequence[Scored]) -> Table:
    """All scores, for people."""
    out = Table("benchmark", "measure", "P", "R", "F1 or value", "documents", "seconds", title="Scores", box=None)
    for column in out.columns[2:]:
        column.justify = "right"
    for one in scored:
        for n, row in enumerate(one.rows):
            first = [one.benchmark.name, str(one.documents), f"{one.seconds:.1f}"] if n == 0 else ["", "", ""]
            out.add_row(
                first[0], row.measure.name, cell(row.p), cell(row.r), count(row), *first[1:], end_section=row is one.rows[-1]
            )
    return out


def cell(value: float | None) -> str:
    """A share as shown."""
    return "-" if value is None else f"{value:.3f}"


def count(row: Row) -> str:
    """A row's value as shown: what is better when lower is a count of mistakes."""
    return f"{row.value:.0f}" if row.measure.lower_is_better and row.value is not None else cell(row.value)


def as_json(scored: Sequence[Scored]) -> str:
    """All scores, for machines."""
    return json.dumps(
        {
            one.benchmark.name: {
                "documents": one.documents,
                "seconds": round(one.seconds, 1),
                "scores": {row.measure.name: {"value": row.value, "p": row.p, "r": row.r} for row in one.rows},
            }
            for one in scored
        },
        indent=1,
    )


def gate(scored: Sequence[Scored], shared: Path) -> list[str]:
    """What is below its floor, in words."""
    pinned = floors.load().benchmarks
    return [
        line
        for one in scored
        for line in floors.breaches(
            one.benchmark, one.rows, pinned.get(one.benchmark.name), floors.fingerprint(one.benchmark.files(shared))
        )
    ]


def pin(scored: Sequence[Scored], shared: Path, reason: str | None) -> None:
    """Raise (with a reason: lower) the floors to the scores."""
    held = floors.load()
    for one in scored:
        floors.pin(one.benchmark, one.rows, held, floors.fingerprint(one.benchmark.files(shared)), reason)
    floors.save(held)


def arguments(argv: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Run the benchmarks and print their scores.")
    parser.add_argument("--quick", action="store_true", help="only the quick ones")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--shared", type=Path, default=SHARED, help="the folder with the benchmarks (default: beside the repository)"
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=[b.name for b in SUITE], help="only these")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--gate", action="store_true", help="quick; exit 1 where a score is below its floor")
    parser.add_argument("--raise", dest="raised", action="store_true", help="quick; raise the floors to the scores")
    parser.add_argument("--lower", metavar="REASON", help="quick; set the floors to the scores even where those are lower")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    args = arguments(argv)
    quick = args.quick or args.gate or args.raised or args.lower is not None
    notes, scored = Console(stderr=True), []
    try:
        for benchmark in SUITE:
            if (args.only and benchmark.name not in args.only) or (quick and benchmark.quick == 0):
                continue
            if lacking := missing(benchmark, args.shared):
                notes.print(f"left out: {benchmark.name}: no {lacking[0]}", soft_wrap=True)
                continue
            notes.print(f"running {benchmark.name} ...", highlight=False)
            scored.append(score(benchmark, args.shared, quick, args.jobs))
    except BenchmarkError as e:
        notes.print(f"score.py: {e}", markup=False, highlight=False, soft_wrap=True)
        return 2
    print(as_json(scored)) if args.json else Console(width=None if sys.stdout.isatty() else 100).print(table(scored))
    if args.raised or args.lower is not None:
        pin(scored, args.shared, args.lower)
    below = gate(scored, args.shared) if args.gate else []
    for line in below:
        notes.print(f"below its floor: {line}", markup=False, highlight=False, soft_wrap=True)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
