#!/usr/bin/env python3
"""How well copies of one text are told from texts that are alike: recall and precision on made-up texts with known truth.

    python benchmarks/lineages.py [--texts 20000] [--seed 3]

Of the texts, two in three stand alone.  The others are copies with edits, cut copies, copies with later figures, the same
statement in other words (two translations), and, as a hazard, bulletins of one series: one frame with other facts each day,
which are no copies.  Prints recall and precision of pairs of reports in one lineage, by kind, and processor time a text;
exit status 1 where recall or precision is below 0.98.
"""

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from msgspec import Struct

from dateline.events.lineage import Text, lineages
from dateline.events.sketch import sketch_of

LEAST = 0.98
FIRST_DAY = date(2020, 1, 1)
KINDS = ("alone", "edited", "cut", "updated", "translated", "series")
SHARES = (66, 8, 8, 6, 4, 8)
SERIES_LENGTH = 40


class Made(Struct, frozen=True):
    """A text, when it was published, which text it copies (its own number where none), and how."""

    words: str
    published: date
    lineage: int
    kind: str


class Writer:
    """Writes texts in a language of made-up words: common ones often, as in any language."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "on")]
        self.vocabulary = ["".join(dice.choices(syllables, k=dice.randint(1, 3))) for _ in range(6000)]
        self.names = [
            "".join(dice.choices(syllables, k=2)).capitalize() + dice.choice(("", "ab", "ur", "os")) for _ in range(900)
        ]
        self.weights = [1 / (n + 5) for n in range(len(self.vocabulary))]

    def sentence(self) -> list[str]:
        words = self.dice.choices(self.vocabulary, self.weights, k=self.dice.randint(9, 26))
        words[0] = words[0].capitalize()
        for _ in range(self.dice.choice((0, 1, 1, 2, 3))):
            fact = self.dice.choice(self.names) if self.dice.random() < 0.7 else str(self.dice.randint(2, 400))
            words.insert(self.dice.randint(1, len(words)), fact)
        return words

    def text(self) -> list[list[str]]:
        return [self.sentence() for _ in range(self.dice.randint(5, 25))]

    def edited(self, text: list[list[str]], share: float) -> list[list[str]]:
        """Some plain words are replaced, and a paper's name stands at the end."""
        made = [[self.word() if self.dice.random() < share and is_plain(word) else word for word in line] for line in text]
        return [*made, [self.dice.choice(self.names), "Post"]]

    def updated(self, text: list[list[str]]) -> list[list[str]]:
        """Three numbers in ten have grown, and there is a sentence more."""
        made = [
            [str(self.dice.randint(2, 400)) if word.isdigit() and self.dice.random() < 0.3 else word for word in line]
            for line in text
        ]
        return [self.sentence(), *self.edited(made, 0.03)]

    def bulletin(self, frame: list[list[str]]) -> list[list[str]]:
        """Other names and numbers in one frame."""
        return [[word if n == 0 else self.next_day(word) for n, word in enumerate(line)] for line in frame]

    def next_day(self, word: str) -> str:
        """Numbers change, and every other name; the rest, ministries and the like, belongs to the frame."""
        if word.isdigit():
            return str(self.dice.randint(2, 400))
        return self.dice.choice(self.names) if not is_plain(word) and self.dice.random() < 0.5 else word

    def word(self) -> str:
        return self.dice.choice(self.vocabulary)


def is_plain(word: str) -> bool:
    return word.islower()


def made_texts(count: int, seed: int) -> list[Made]:
    """So many texts, in a mixed order."""
    dice = random.Random(seed)  # made-up texts are no secret
    writer = Writer(dice)
    made: list[Made] = []
    while len(made) < count:
        made += _group(writer, dice, len(made), dice.choices(KINDS, SHARES)[0])
    dice.shuffle(made)
    return made[:count]


def _group(writer: Writer, dice: random.Random, number: int, kind: str) -> Iterator[Made]:
    """A text and what is like it."""
    text, day = writer.text(), FIRST_DAY + timedelta(days=dice.randint(0, 900))
    if kind == "series":
        for n in range(SERIES_LENGTH):
            yield Made(_line(writer.bulletin(text)), day + timedelta(days=n), number + n, kind)
        return
    yield Made(_line(text), day, number, kind)
    for n in range(0 if kind == "alone" else dice.randint(1, 4)):
        yield Made(_line(_copy(writer, dice, text, kind)), day + timedelta(days=min(n, 2)), number, kind)


def _copy(writer: Writer, dice: random.Random, text: list[list[str]], kind: str) -> list[list[str]]:
    if kind == "cut":
        return writer.edited(text[: max(3, int(len(text) * dice.uniform(0.35, 0.8)))], 0.01)
    if kind == "updated":
        return writer.updated(text)
    return writer.edited(text, dice.uniform(0.0, 0.06) if kind == "edited" else 0.7)


def _line(text: list[list[str]]) -> str:
    return " ".join(" ".join(line) + "." for line in text)


def score(made: Sequence[Made], of: Mapping[str, str]) -> tuple[float, float, dict[str, str]]:
    """Recall and precision of pairs in one lineage, and what was found and what was wrong, by kind."""
    true, found = _pairs(enumerate(text.lineage for text in made)), _pairs((int(i), line) for i, line in of.items())
    kinds = Counter(made[a].kind for a, _ in true)
    right = Counter(made[a].kind for a, _ in true & found)
    wrong = Counter(made[a].kind for a, _ in found - true)
    by_kind = {kind: f"{right[kind]} of {kinds[kind]} pairs found, {wrong[kind]} wrong" for kind in KINDS}
    return len(true & found) / max(1, len(true)), len(true & found) / max(1, len(found)), by_kind


def _pairs(members: Iterable[tuple[int, object]]) -> set[tuple[int, int]]:
    groups: defaultdict[object, list[int]] = defaultdict(list)
    for n, group in members:
        groups[group].append(n)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args(arguments)
    made = made_texts(options.texts, options.seed)
    began = time.process_time()
    sketches = {f"{n:06}": sketch_of(text.words) for n, text in enumerate(made)}
    sketched = time.process_time() - began
    found = lineages(sketches, lambda ids: {i: Text(made[int(i)].words, made[int(i)].published) for i in ids})
    seconds = time.process_time() - began
    recall, precision, by_kind = score(made, found.of)
    print(f"{len(made):,} texts: recall {recall:.4f}, precision {precision:.4f}")
    print(f"{sketched / len(made) * 1e6:.0f} us a text for the sketch, {seconds / len(made) * 1e6:.0f} us in all")
    for kind, words in by_kind.items():
        print(f"  {kind}: {words}")
    print(f"  links: {dict(sorted(Counter(link.likeness for link in found.links).items()))}")
    return 0 if min(recall, precision) >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
