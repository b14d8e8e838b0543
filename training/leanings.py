"""Fits what the words of claims lean to (`lexicon/en/leanings.json`, read by `dateline.claims.leanings`).

    python -m training.leanings            # how often the words alone are right, on the train and dev parts of the corpus
    python -m training.leanings --write    # write the file

Examples are the engine's claims on the train part of the corpus that match a gold one, with the gold's event type or stance.
Multinomial logistic regression with a ridge, on signs that at least three claims have; worths near nothing are left out.
No figure depends on chance.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from dateline.claims.leanings import Field, Points, setting_of, signs_of
from dateline.claims.views import view_sentences
from dateline.evaluation.coding import code_report
from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import match
from dateline.evaluation.run import read_coded
from dateline.model import Reading
from training.regression import descend

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "dateline" / "lexicon" / "en" / "leanings.json"
FIELDS: tuple[Field, ...] = ("event_type", "stance")
NO_STANCE = "none"
LEAST_CLAIMS, LEAST_WORTH, RIDGE = 3, 0.12, 3.0
STEPS, RATE = 400, 0.05

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Example(Struct, frozen=True):
    """The signs of a claim and the label that the gold gives it."""

    signs: dict[str, float]
    label: str


def examples(path: Path) -> dict[Field, list[Example]]:
    """By field, the claims of a file's reports that match a gold one."""
    found: dict[Field, list[Example]] = {field: [] for field in FIELDS}
    for report in track(read_gold(path), description=path.name, console=Console(stderr=True)):
        reading = read_coded(report)
        own = signs(reading)
        for pair in match(report, code_report(reading, report.id, []).claims).pairs:
            gold, given = pair.gold.claim, own[str(pair.predicted.claim.id)]
            if gold.kind == "assessment":
                found["stance"].append(Example(given, gold.stance or NO_STANCE))
            elif gold.event_type is not None:
                found["event_type"].append(Example(given, gold.event_type))
    return found


def signs(reading: Reading) -> dict[str, dict[str, float]]:
    """The signs of each claim of a reading, by the name that its coded form has."""
    views = view_sentences(reading)
    setting, found = setting_of(views), {}
    for n, claim in enumerate(reading.claims, 1):
        trigger = next(g.spans[0] for g in claim.grounds if g.field in FIELDS)
        view = next(v for v in views if v.sentence.span.overlaps(trigger))
        found[f"c{n}"] = signs_of(claim.kind, trigger, claim.evidence, view, setting, reading.report.text)
    return found


class Table(NamedTuple):
    """Examples x signs as the places that are not zero: rows, columns and values in the order of the rows, and where each row
    begins; the same in the order of the columns."""

    rows: tuple[Ints, Ints, Floats, Ints]
    columns: tuple[Ints, Ints, Floats, Ints]

    def times(self, worth: Floats) -> Floats:
        _, columns, values, starts = self.rows
        return np.add.reduceat(values * worth[columns], starts)

    def slope(self, errors: Floats) -> Floats:
        rows, _, values, starts = self.columns
        return np.add.reduceat(values * errors[rows], starts)


def fitted(found: Sequence[Example]) -> Points:
    """The worth of each sign for each label: Adam on the log loss of all examples."""
    counted = Counter(sign for example in found for sign in example.signs)
    place = {sign: n for n, sign in enumerate(sorted(s for s, n in counted.items() if n >= LEAST_CLAIMS))}
    labels = sorted({example.label for example in found})
    right = np.zeros((len(found), len(labels)), np.float32)
    right[np.arange(len(found)), [labels.index(example.label) for example in found]] = 1
    worth = _adam(_table(found, place), right, len(place) + 1)
    kept = {
        sign: {label: round(float(w), 2) for label, w in zip(labels, worth[n], strict=True) if abs(w) >= LEAST_WORTH}
        for sign, n in place.items()
    }
    base = {label: round(float(w), 2) for label, w in zip(labels, worth[-1], strict=True)}
    return Points(base, {sign: worths for sign, worths in kept.items() if worths})


def _table(found: Sequence[Example], place: dict[str, int]) -> Table:
    """The signs of each example, and the base, which each has, in the last column."""
    entries = [(n, place[sign], much) for n, e in enumerate(found) for sign, much in e.signs.items() if sign in place]
    entries += [(n, len(place), 1.0) for n in range(len(found))]
    rows, columns = (np.array([entry[i] for entry in entries]) for i in range(2))
    values = np.array([[entry[2]] for entry in entries], np.float32)
    by_row, by_column = np.lexsort((columns, rows)), np.lexsort((rows, columns))
    return Table(
        (rows[by_row], columns[by_row], values[by_row], np.flatnonzero(np.diff(rows[by_row], prepend=-1))),
        (rows[by_column], columns[by_column], values[by_column], np.flatnonzero(np.diff(columns[by_column], prepend=-1))),
    )


def _adam(table: Table, right: Floats, signs: int) -> Floats:
    """Worths, signs x labels, from nothing; the base is free."""
    ridge = np.full((signs, 1), RIDGE, np.float32)
    ridge[-1] = 0

    def slope_of(worth: Floats) -> Floats:
        odds = table.times(worth)
        odds -= odds.max(1, keepdims=True)
        shares = np.exp(odds)
        shares /= shares.sum(1, keepdims=True)
        return table.slope(shares - right)

    start = np.zeros((signs, right.shape[1]), np.float32)
    return cast("Floats", descend(start, slope_of, ridge, steps=STEPS, rate=RATE))


def right_share(held: Points, found: Sequence[Example]) -> float:
    """How often the words alone give the gold's label."""
    hits = 0
    for example in found:
        told = held.of(example.signs)
        hits += max(sorted(told), key=lambda label: told[label]) == example.label
    return hits / max(1, len(found))


def fit(argv: list[str] | None, told: str, examples_of: Callable[[Path], Mapping[Any, list[Example]]], target: Path) -> int:
    """The command line of a script that `told` describes: fit each field on the train part, print how it does, write the file."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write the worths into {target.name}")
    args = parser.parse_args(argv)
    train, dev = (examples_of(ROOT / "corpus" / f"{part}.jsonl") for part in ("train", "dev"))
    made = {field: fitted(found) for field, found in train.items()}
    for field, held in made.items():
        print(field, len(held.signs), "signs:", *(f"{right_share(held, part[field]):.3f}" for part in (train, dev)))
    if args.write:
        write(made, target)
    return 0


def write(made: Mapping[Any, Points], target: Path) -> None:
    """One sign a line, so that people can read and amend it."""
    parts = []
    for field, held in made.items():
        lines = ",\n".join(f"    {json.dumps(sign)}: {json.dumps(worths)}" for sign, worths in held.signs.items())
        parts.append(f'  "{field}": {{\n   "base": {json.dumps(held.base)},\n   "signs": {{\n{lines}\n   }}\n  }}')
    target.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(fit(None, __doc__ or "", examples, TARGET))
