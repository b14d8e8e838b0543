#!/usr/bin/env python3
"""Fit how sure the engine says it is, and show how well that holds.

    python benchmarks/calibrate.py            # a table: what was said, and how often it was so, on dev and on test
    python benchmarks/calibrate.py --write    # fit the lines on corpus/dev.jsonl into src/dateline/lexicon/calibration.yaml

A claim is right where careful coders have one that matches it (as `dateline evaluate` matches); a field is right where a matched
claim has the same value. Probabilities are mended by a line through their log odds (Platt 1999), one for each field and each
kind of claim.
"""

import argparse
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table
from suite import ROOT

from dateline.claims import confidence
from dateline.claims.confidence import Calibration, Line, log_odds
from dateline.engines.weights import read_card
from dateline.evaluation.coding import code_report
from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import match
from dateline.evaluation.measures import compare_fields
from dateline.evaluation.run import read_coded
from dateline.lexicon.names import lexicon_names

TARGET = ROOT / "src" / "dateline" / "lexicon" / "calibration.yaml"
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
STEPS, RATE, RIDGE = 4000, 0.3, 0.02

Told = dict[str, list[tuple[float, bool]]]
"""By field: the probability that was given, and whether the value was right."""


def told(path: Path) -> Told:
    """What the engine says of its claims and fields on the reports of a file."""
    found: Told = defaultdict(list)
    names = lexicon_names()
    for report in read_gold(path):
        reading = read_coded(report)
        coded = code_report(reading, report.id, [])
        scores = [{g.field: g.score for g in c.grounds if g.score is not None} for c in reading.claims]
        matched = match(report, coded.claims)
        partner = {p.predicted.claim.id: p.gold.claim for p in matched.pairs}
        for claim, own in zip(coded.claims, scores, strict=True):
            gold = partner.get(claim.id)
            found[f"claim {claim.kind}"].append((own["kind"], gold is not None))
            if gold is None:
                continue
            right = {name: a == b for name, a, b in compare_fields(gold, claim, report, names)}
            for field in own.keys() & right.keys():
                found[field].append((own[field], right[field]))
    return found


def fitted(found: Sequence[tuple[float, bool]]) -> Line:
    """Slope and offset by gradient descent on the log loss, held lightly near the identity."""
    slope, offset = 1.0, 0.0
    for _ in range(STEPS):
        up_slope, up_offset = RIDGE * (slope - 1), RIDGE * offset
        for probability, right in found:
            odds = log_odds(probability)
            error = 1 / (1 + math.exp(-slope * odds - offset)) - right
            up_slope += error * odds / len(found)
            up_offset += error / len(found)
        slope, offset = slope - RATE * up_slope, offset - RATE * up_offset
    return Line(round(slope, 3), round(offset, 3))


def rows(found: Sequence[tuple[float, bool]]) -> Iterator[tuple[str, int, float, float]]:
    """By bin: its name, how many, the mean of what was said, the share that was right."""
    for low, high in pairwise(BINS):
        inside = [(p, ok) for p, ok in found if low <= p < high or (high == 1.0 and p == 1.0)]
        if inside:
            yield (
                f"{low:.2f}-{high:.2f}",
                len(inside),
                sum(p for p, _ in inside) / len(inside),
                sum(ok for _, ok in inside) / len(inside),
            )


def error(found: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error: how far what was said is from what was so, over the bins."""
    return sum(n * abs(said - so) for _, n, said, so in rows(found)) / len(found)


def show(parts: dict[str, Told], console: Console) -> None:
    """All fields' bins, part by part."""
    for part, found in parts.items():
        table = Table("field", "said", "values", "mean said", "right", title=f"Reliability on {part}", box=None)
        for field in sorted(found):
            for n, (name, count, said, so) in enumerate(rows(found[field])):
                first = f"{field} (error {error(found[field]):.3f})" if n == 0 else ""
                table.add_row(first, name, str(count), f"{said:.2f}", f"{so:.2f}")
        console.print(table)


def main(argv: list[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="fit the lines on the dev part and write them")
    args = parser.parse_args(argv)
    parts = {part: ROOT / "corpus" / f"{part}.jsonl" for part in ("dev", "test")}
    if args.write:
        write(TARGET, "", {})
        confidence.calibration.cache_clear()
        fresh = told(parts["dev"])
        write(TARGET, read_card().sha256, {field: fitted(found) for field, found in sorted(fresh.items())})
        print(f"wrote {TARGET}; run again without --write for the table", file=sys.stderr)
        return 0
    show({part: told(path) for part, path in parts.items()}, Console())
    return 0


def write(path: Path, model: str, lines: dict[str, Line]) -> None:
    """The file that the engine reads."""
    held = Calibration(model, lines)
    body = {"model": held.model, "fields": {name: {"slope": x.slope, "offset": x.offset} for name, x in held.fields.items()}}
    head = "# How the probabilities of the engine's heads are mended (claims/confidence.py), by benchmarks/calibrate.py.\n"
    path.write_text(head + yaml.safe_dump(body, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
