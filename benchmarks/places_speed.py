#!/usr/bin/env python3
"""Measures how fast places are found and chosen on one core, without the language engine, and what the gazetteer costs.

    python benchmarks/places_speed.py [FILE.jsonl...] [--rounds N] [--json]

The first place is that of one short sentence: it opens the gazetteer and reads the lexicon.  The first round pays for what is
looked up for the first time; the best of the others is the speed of a long run.  Seconds are the process's own, so that other
work on the machine counts little.  The files need nothing but a field `text`.
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

if TYPE_CHECKING:
    from dateline.model import Reading

SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench" / "geo"
FILES = (SHARED / "lgl.jsonl", SHARED / "trnews.jsonl")

SENTENCE = "A bomb killed two people in Kirkuk."


class Text(Struct):
    """A document's text."""

    text: str


class Speed(Struct, frozen=True, kw_only=True):
    """Megabytes of text (UTF-8) a second, seconds to the first place, and megabytes of memory that the gazetteer adds."""

    megabytes: float
    first_place_s: float
    first_mb_s: float
    best_mb_s: float
    memory_mb: float


def measure(texts: list[str], rounds: int) -> Speed:
    """Find the places of all texts, so many times over."""
    import dateline.mentions.places  # noqa: F401  # importing is no part of what is measured
    from dateline.model import Reading, report_of
    from dateline.pipeline import run
    from dateline.sentences.stages import SENTENCE_STAGES

    first, *readings = [run(Reading(report=report_of(text)), SENTENCE_STAGES) for text in (SENTENCE, *texts)]
    before, first_place = _memory(), _seconds([first])
    seconds = [_seconds(readings) for _ in range(rounds)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    return Speed(
        megabytes=size, first_place_s=first_place, first_mb_s=size / seconds[0], best_mb_s=size / min(seconds),
        memory_mb=_memory() - before)  # fmt: skip


def _seconds(readings: "list[Reading]") -> float:
    from dateline.mentions.places import find_places

    start = time.process_time()
    for reading in readings:
        find_places(reading)
    return time.process_time() - start


def _memory() -> float:
    """The most that the process has held, in megabytes; Linux counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description="Measure the speed of finding places.")
    parser.add_argument("files", type=Path, nargs="*", default=list(FILES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args(argv)
    if missing := [str(path) for path in args.files if not path.is_file()]:
        print(f"places_speed.py: no {', '.join(missing)}", file=sys.stderr)
        return 2
    lines = [line for path in args.files for line in path.read_bytes().splitlines() if line.strip()]
    speed = measure([msgspec.json.decode(line, type=Text).text for line in lines], max(1, args.rounds))
    if args.json:
        print(json.dumps(asdict(speed), indent=1))
        return 0
    print(f"{speed.megabytes:.2f} MB: {speed.first_mb_s:.2f} MB/s at first, {speed.best_mb_s:.2f} MB/s at best")
    print(f"first place after {speed.first_place_s:.2f} s; {speed.memory_mb:.0f} MB of memory")
    return 0


if __name__ == "__main__":
    sys.exit(main())
