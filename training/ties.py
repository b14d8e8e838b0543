"""Fits how words are tied to claims (`lexicon/en/ties.json`, read by `dateline.claims.ties`).

    python -m training.ties            # how well signs and heads find initiators and places, on the dev part of the corpus
    python -m training.ties --write    # write the file

Examples are the words that can name something, within a sentence of the word that a coded claim of the corpus hangs on.  The
engine's trees and entities come from treebanks, so that they are as good, and as bad, on the train part as on any other text;
its heads have learned the train part by heart, and are no sign.  Logistic regression with a ridge for each role, on signs that
at least `LEAST_WORDS` words have; worths near nothing are left out.  No figure depends on chance.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from dateline.claims.confidence import log_odds
from dateline.claims.ties import NAMING, REACH, ROLES, Points, Standing, kind_of
from dateline.engines.engine import load_engine
from dateline.model import LinkedWord, Parse, Span, Trigger
from training.claims import Coded, read_corpus
from training.regression import descend

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "dateline" / "lexicon" / "en" / "ties.json"
LEAST_WORDS, LEAST_WORTH, RIDGE = 5, 0.1, 3.0
STEPS, RATE = 100, 0.08
UNTOLD = 0.02

Floats = NDArray[np.float64]
Numbers = NDArray[np.int32]


class Example(NamedTuple):
    """A word beside a claim: its signs, whether it has each role, and the heads' probabilities."""

    signs: tuple[str, ...]
    roles: tuple[bool, ...]
    heads: tuple[float, ...]


def examples(path: Path) -> list[Example]:
    """All words within reach of the claims of a corpus file."""
    engine, found = load_engine(), list[Example]()
    for report in track(read_corpus(path), description=path.name, console=Console(stderr=True)):
        parse = engine.read(report.text)
        standing, triggers = Standing(parse, report.text), {t.span.start: t for t in parse.triggers}
        for claim in report.claims:
            if (at := _hangs_on(claim, parse, triggers)) is not None:
                found.extend(_beside(claim, at, parse, standing, triggers))
    return found


def _hangs_on(claim: Coded, parse: Parse, triggers: dict[int, Trigger]) -> tuple[int, int] | None:
    """The numbers of the sentence and the word that a claim hangs on: of several words the engine's likeliest."""
    words = [
        (n, i)
        for n, sentence in enumerate(parse.sentences)
        if sentence.span.overlaps(claim.trigger[0])
        for i, word in enumerate(sentence.words)
        if word.span.overlaps(claim.trigger[0])
    ]
    told = [triggers.get(parse.sentences[n].words[i].span.start) for n, i in words]
    likely = [trigger.probability if trigger else 0.0 for trigger in told]
    return words[likely.index(max(likely))] if words else None


def _beside(
    claim: Coded, at: tuple[int, int], parse: Parse, standing: Standing, triggers: dict[int, Trigger]
) -> Iterator[Example]:
    trigger = triggers.get(parse.sentences[at[0]].words[at[1]].span.start)
    judged = claim.traits["kind"]
    kind = kind_of(trigger, judged) if trigger else claim.traits["event_type"] or judged
    linked = {word.span.start: word for word in trigger.linked} if trigger else {}
    for n in range(max(0, at[0] - REACH), min(len(parse.sentences), at[0] + REACH + 1)):
        for i, word in enumerate(parse.sentences[n].words):
            if word.tag in NAMING:
                signs = tuple(standing.signs((n, i), at, kind))
                yield Example(signs, _roles(claim, word.span), _heads(linked.get(word.span.start)))


def _roles(claim: Coded, span: Span) -> tuple[bool, ...]:
    return tuple(any(span.overlaps(words) for words in claim.links[role]) for role in ROLES)


def _heads(word: LinkedWord | None) -> tuple[float, ...]:
    return tuple(getattr(word, role) if word else UNTOLD for role in ROLES)


def numbered(found: Sequence[Example]) -> dict[str, int]:
    """The signs that enough words have, from 1."""
    counted = Counter(sign for example in found for sign in example.signs)
    return {sign: n for n, sign in enumerate(sorted(s for s, many in counted.items() if many >= LEAST_WORDS), start=1)}


def table(found: Sequence[Example], place: dict[str, int]) -> Numbers:
    """The numbers of each example's signs, 0 where there are no more."""
    rows = np.zeros((len(found), max(len(example.signs) for example in found)), np.int32)
    for row, example in enumerate(found):
        known = [place[sign] for sign in example.signs if sign in place]
        rows[row, : len(known)] = known
    return rows


def fitted(rows: Numbers, right: Floats, signs: int) -> Floats:
    """The worths of the signs, at 0 the base, by the log loss of all examples."""
    start, ridge = np.zeros(signs + 1), np.full(signs + 1, RIDGE)
    start[0], ridge[0] = -3.0, 0.0

    def slope_of(worth: Floats) -> Floats:
        wrong = 1 / (1 + np.exp(-scored(rows, worth))) - right
        slope = np.bincount(rows.ravel(), weights=np.repeat(wrong, rows.shape[1]), minlength=signs + 1).astype(np.float64)
        slope[0] = wrong.sum()
        return slope

    return cast("Floats", descend(start, slope_of, ridge, steps=STEPS, rate=RATE))


def scored(rows: Numbers, worth: Floats) -> Floats:
    """The log odds of each example."""
    told = np.append(0.0, worth[1:])[rows].sum(1)
    return np.asarray(told + worth[0])


def report(found: Sequence[Example], rows: Numbers, worths: Sequence[Floats]) -> None:
    """Print the best F1, and where it is, of the heads, of the signs and of both, word by word."""
    for n, (role, worth) in enumerate(zip(ROLES, worths, strict=True)):
        right = np.array([example.roles[n] for example in found])
        heads = np.array([log_odds(min(max(example.heads[n], 0.005), 0.995)) for example in found])
        told = scored(rows, worth)
        figures = (best_f1(told_by, right) for told_by in (heads, told, 0.7 * heads + 0.7 * told))
        print(role, "heads, signs, both:", *(f"{f1:.3f} at {at:+.1f}" for f1, at in figures))


def best_f1(odds: Floats, right: NDArray[np.bool_]) -> tuple[float, float]:
    """The best F1 over all bounds, and the bound."""
    bounds = np.arange(-5, 2, 0.1)
    f1 = [2 * (right & (odds >= b)).sum() / max(1, right.sum() + (odds >= b).sum()) for b in bounds]
    at = int(np.argmax(f1))
    return float(f1[at]), float(bounds[at])


def write(place: dict[str, int], worths: Sequence[Floats]) -> None:
    """One sign a line, with its points for each role."""
    kept = {
        sign: tuple(round(float(worth[n]), 2) for worth in worths)
        for sign, n in place.items()
        if max(abs(worth[n]) for worth in worths) >= LEAST_WORTH
    }
    held = Points(tuple(round(float(worth[0]), 2) for worth in worths), kept)  # type: ignore[arg-type]  # two of each
    lines = ",\n".join(f"  {json.dumps(sign, ensure_ascii=False)}: {json.dumps(held.signs[sign])}" for sign in held.signs)
    TARGET.write_text(f'{{\n "base": {json.dumps(held.base)},\n "signs": {{\n{lines}\n }}\n}}\n', encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the worths into ties.json")
    args = parser.parse_args(argv)
    train, dev = (examples(ROOT / "corpus" / f"{part}.jsonl") for part in ("train", "dev"))
    place = numbered(train)
    rows = table(train, place)
    right = np.array([example.roles for example in train], dtype=np.float64)
    worths = [fitted(rows, right[:, n], len(place)) for n in range(len(ROLES))]
    print(f"{len(train):,} words, {len(place):,} signs")
    report(dev, table(dev, place), worths)
    if args.write:
        write(place, worths)
    return 0


if __name__ == "__main__":
    sys.exit(main())
