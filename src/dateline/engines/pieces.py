"""Words to the encoder's vocabulary: the WordPiece of uncased BERT, and the case that it loses as a shape a word.

Greedy longest match first, as in Wu et al. 2016 and Devlin et al. 2019; written here because it is short and the packages
that hold it bring along ten times the engine's size.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum

_LONGEST = 12  # pieces of one word: addresses and hashes are cut, so that they cannot fill a window
_LONGEST_CHARS = 100  # a longer run is one unknown piece, as in BERT
_KEPT = 50_000  # words whose pieces are remembered


class Shape(IntEnum):
    """How a word is written, which the uncased vocabulary does not tell."""

    MARK = 0  # no letter and no digit; also the two special pieces
    LOWER = 1
    TITLE = 2
    UPPER = 3  # two letters or more
    MIXED = 4
    DIGIT = 5  # any digit in it


SHAPES = 2 * len(Shape)
"""Rows of the network's embedding of shapes: the words that a blank stands before, then those written on to the word before
them ("al|-|Din", a closing mark), which tells opening from closing marks and parts of a name from words."""


def shape_row(shape: Shape, *, glued: bool) -> int:
    """The row of a word of that shape."""
    return int(shape) + glued * len(Shape)


def shape_of(word: str) -> Shape:
    """The shape of one word."""
    if word.islower():
        return Shape.DIGIT if any(c.isdigit() for c in word) else Shape.LOWER
    if any(c.isdigit() for c in word):
        return Shape.DIGIT
    if word.isupper():
        return Shape.UPPER if len(word) > 1 else Shape.TITLE
    if word.istitle():
        return Shape.TITLE
    return Shape.MIXED if any(c.isalpha() for c in word) else Shape.MARK


class Pieces:
    """The vocabulary. `of(word)` gives the ids of a word's pieces, at least one, at most twelve."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self._ids["[UNK]"]
        self.first = self._ids["[CLS]"]
        self.last = self._ids["[SEP]"]
        self._known: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def of(self, word: str) -> tuple[int, ...]:
        """The ids of the pieces of `word`, never empty."""
        ids = self._known.get(word)
        if ids is None:
            ids = tuple(self._cut(word))[:_LONGEST] or (self.unknown,)
            if len(self._known) < _KEPT:
                self._known[word] = ids
        return ids

    def _cut(self, word: str) -> Iterable[int]:
        for part in _parts(word):
            yield from self._greedy(part)

    def _greedy(self, part: str) -> list[int]:
        if len(part) > _LONGEST_CHARS:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            for end in range(len(part), start, -1):
                number = self._ids.get(prefix + part[start:end])
                if number is not None:
                    break
            else:
                return [self.unknown]
            found.append(number)
            start = end
        return found


def _parts(word: str) -> list[str]:
    """The word in small letters without accents, cut at every mark, as uncased BERT does before it looks pieces up."""
    plain = word.lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) not in ("Mn", "Cc", "Cf"))
    if plain.isalnum() and plain.isascii():
        return [plain]
    parts: list[str] = []
    run = ""
    for c in plain:
        if c.isspace() or _stands_alone(c):
            if run:
                parts.append(run)
            run = ""
            if not c.isspace():
                parts.append(c)
        else:
            run += c
    return [*parts, run] if run else parts


def _stands_alone(c: str) -> bool:
    if c.isascii():
        return not c.isalnum() and c.isprintable()
    return unicodedata.category(c).startswith("P") or "\u4e00" <= c <= "\u9fff"
