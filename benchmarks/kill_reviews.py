#!/usr/bin/env python3
"""Kill a process with SIGKILL while it writes reviews, many times over: how many acknowledged reviews are lost?

    python benchmarks/kill_reviews.py [--kills 100] [--seed 1]

A child corrects a claim of a small project, again and again, and prints the number and hash of each review that it is told is
kept.  It is killed after a random time.  At the end every printed review must be in the log with its hash, the chain must be
whole, and the record in force must be what the log makes of it.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dateline.reviews import audit
from dateline.store import open_project
from dateline.testing import make_claim, make_reading, make_report

HASH = 64
LONGEST = 0.4  # seconds that a child works before it is killed
CHILD = """
import sys
from dateline.reviews import Correct, decide
from dateline.store import open_project
with open_project(sys.argv[1]) as project:
    claim = next(project.claims()).claim
    values = ["stated", "alleged", "denied"]
    at = values.index(claim.certainty)
    while True:
        at = (at + 1) % 3
        correction = Correct(claim=claim.id, field="certainty", value=values[at])
        decided = decide(project, correction, reviewer="benchmark", relink=False)
        print(decided.number, decided.hash, flush=True)
"""


def main(argv: list[str] | None = None) -> int:
    """The exit status: 1 where a review was lost or the audit found a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    pick = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        with open_project(project, create=True) as made:
            report = make_report()
            made.save([make_reading(report, [make_claim(report)])])
        told: dict[int, str] = {}
        for kill in range(args.kills):
            told |= killed_child(project, pick.uniform(0, LONGEST))
            print(f"\r{kill + 1} kills, {len(told)} reviews acknowledged", end="", file=sys.stderr)
        print(file=sys.stderr)
        with open_project(project) as again:
            kept = {row.number: row.hash for row in again.reviews()}
            faults = audit(again).faults
    lost = sorted(number for number, found in told.items() if kept.get(number) != found)
    print(f"kills {args.kills}; acknowledged {len(told)}; kept {len(kept)}; lost {len(lost)}; faults of the audit {len(faults)}")
    return 1 if lost or faults else 0


def killed_child(project: Path, after: float) -> dict[int, str]:
    """The reviews that a child was told are kept, before it was killed `after` seconds from its first."""
    with subprocess.Popen([sys.executable, "-c", CHILD, str(project)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(after)
        os.kill(child.pid, signal.SIGKILL)
        lines = [first, *child.stdout.read().splitlines()]
    words = [line.split() for line in lines]
    return {int(said[0]): said[1] for said in words if len(said) == 2 and len(said[1]) == HASH}


if __name__ == "__main__":
    sys.exit(main())
