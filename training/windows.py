"""Documents to what the network learns from: windows of some sentences, written in several ways, as arrays of numbers."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dateline.engines.card import ClaimLabels
from dateline.engines.pieces import Pieces, Shape, shape_of, shape_row
from training.corpora import Document, Entity, Sentence, Tree

IGNORED: Final = -100  # as torch's cross_entropy takes it

Array = NDArray[np.int64]
_COLUMNS = ("sentence", "upos", "xpos", "heads", "relations", "ends", "named", "gum", "entities")


@dataclass(frozen=True)
class Labels:
    """The names that the heads give numbers to; written into the shipped file."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    relations: tuple[str, ...]
    named: tuple[str, ...]
    gum: tuple[str, ...]
    entities: tuple[str, ...]
    claims: ClaimLabels


def bio(types: Iterable[str]) -> tuple[str, ...]:
    """O, then B- and I- of each type."""
    return ("O", *(f"{mark}-{kind}" for kind in types for mark in "BI"))


@dataclass(frozen=True)
class Variety:
    """How often a window is rewritten: the probabilities of each way of writing."""

    capitals: float = 0.12
    small: float = 0.12
    title: float = 0.03
    no_stop: float = 0.08
    bullet: float = 0.03
    alone: float = 0.3  # a sentence by itself
    fewest: int = 20  # words: a window is closed at a random number of words between these two
    most: int = 110


PLAIN = Variety(0, 0, 0, 0, 0, 0, 110, 110)


@dataclass(frozen=True)
class ClaimMarks:
    """What a window of W words holds of claims: `traits` [W, 6] (kind 0 where no claim hangs on the word), `figures` [W, 2]
    (measure and object at a figure's first word, 0 elsewhere); for T triggers their words `rows` [T] and which words belong to
    them `links` [T, W, roles]."""

    traits: Array
    figures: Array
    rows: Array
    links: NDArray[np.float32]


@dataclass(frozen=True)
class Window:
    """Arrays of one window. `starts[i]` is the first piece of word i; heads count words from 1, 0 is the root."""

    ids: Array
    shapes: Array
    starts: Array
    sentence: Array
    upos: Array
    xpos: Array
    heads: Array
    relations: Array
    ends: Array
    named: Array
    gum: Array
    entities: Array
    claims: ClaimMarks | None = None  # None where nobody has coded the text

    @property
    def pieces(self) -> int:
        return len(self.ids)


def windows(
    documents: Iterable[Document], pieces: Pieces, labels: Labels, variety: Variety, chance: random.Random
) -> Iterator[Window]:
    """Windows over all documents, in order; every sentence is in exactly one."""
    for document in documents:
        for group in _groups(document.sentences, variety, chance):
            yield _window([_rewritten(s, variety, chance) for s in group], pieces, labels, case_of(variety, chance))


def _groups(sentences: Sequence[Sentence], variety: Variety, chance: random.Random) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    room = 0
    for sentence in sentences:
        if group and room < len(sentence.words):
            yield group
            group = []
        if not group:
            room = 0 if chance.random() < variety.alone else chance.randint(variety.fewest, variety.most)
        group.append(sentence)
        room -= len(sentence.words)
    if group:
        yield group


def _rewritten(sentence: Sentence, variety: Variety, chance: random.Random) -> Sentence:
    if sentence.tree is None:
        return sentence
    if chance.random() < variety.no_stop and _ends_in_leaf_stop(sentence):
        sentence = _without_last(sentence)
    if chance.random() < variety.bullet:
        sentence = _with_bullet(sentence, chance.choice("-*-"))
    return sentence


def _ends_in_leaf_stop(sentence: Sentence) -> bool:
    tree = sentence.tree
    return tree is not None and len(sentence.words) > 3 and sentence.words[-1] == "." and len(sentence.words) not in tree.heads


def _without_last(sentence: Sentence) -> Sentence:
    assert sentence.tree is not None
    t = sentence.tree
    tree = Tree(t.upos[:-1], t.xpos[:-1], t.heads[:-1], t.relations[:-1])
    # a line without its stop ends a paragraph, so that the next sentence's begin is known from outside
    return replace(sentence, words=sentence.words[:-1], spaces=sentence.spaces[:-1], tree=tree, layers=_within(sentence))


def _within(sentence: Sentence) -> dict[str, tuple[Entity, ...]]:
    last = len(sentence.words) - 1
    return {k: tuple((a, min(b, last), t) for a, b, t in v if a < last) for k, v in sentence.layers.items()}


def _with_bullet(sentence: Sentence, mark: str) -> Sentence:
    assert sentence.tree is not None
    t = sentence.tree
    heads = tuple(h + 1 if h else 0 for h in t.heads)
    tree = Tree(("PUNCT", *t.upos), ("NFP", *t.xpos), (heads.index(0) + 2, *heads), ("punct", *t.relations))
    layers = {k: tuple((a + 1, b + 1, kind) for a, b, kind in v) for k, v in sentence.layers.items()}
    return replace(sentence, words=(mark, *sentence.words), spaces=(True, *sentence.spaces), tree=tree, layers=layers)


def case_of(variety: Variety, chance: random.Random) -> Shape | None:
    """A way of writing all words of a window; None for as they are."""
    drawn = chance.random()
    for shape, share in ((Shape.UPPER, variety.capitals), (Shape.LOWER, variety.small), (Shape.TITLE, variety.title)):
        if drawn < share:
            return shape
        drawn -= share
    return None


def shaped(word: str, case: Shape | None) -> Shape:
    """The shape of the word when it is written so."""
    if case is Shape.UPPER:
        return shape_of(word.upper())
    if case is Shape.LOWER:
        return shape_of(word.lower())
    if case is Shape.TITLE:
        return shape_of(word.capitalize())
    return shape_of(word)


def _window(sentences: list[Sentence], pieces: Pieces, labels: Labels, case: Shape | None) -> Window:
    ids, shapes = [pieces.first], [int(Shape.MARK)]
    starts: list[int] = []
    columns: dict[str, list[int]] = {name: [] for name in _COLUMNS}
    glued = False
    for number, sentence in enumerate(sentences):
        before = len(starts)
        glued = glued and not sentence.new_paragraph
        for word, blank in zip(sentence.words, sentence.spaces, strict=True):
            found = pieces.of(word)
            starts.append(len(ids))
            ids.extend(found)
            shapes.extend([shape_row(shaped(word, case), glued=glued)] * len(found))
            glued = not blank
        n = len(sentence.words)
        columns["sentence"].extend([number] * n)
        columns["ends"].extend(_ends(sentence, last=number == len(sentences) - 1))
        _tree_columns(columns, sentence, labels, before)
        for layer, tags in (("named", labels.named), ("gum", labels.gum), ("entities", labels.entities)):
            columns[layer].extend(_tags(sentence, layer, tags))
    ids.append(pieces.last)
    shapes.append(int(Shape.MARK))
    arrays: dict[str, Any] = {k: np.array(v, dtype=np.int64) for k, v in columns.items()}
    return Window(np.array(ids), np.array(shapes), np.array(starts), **arrays)


def _ends(sentence: Sentence, *, last: bool) -> list[int]:
    """1 at a sentence's last word. The end of a window is known without asking, so nothing is learned there."""
    n = len(sentence.words)
    if not sentence.ends_known:
        return [IGNORED] * n
    return [0] * (n - 1) + [IGNORED if last else 1]


def _tree_columns(columns: dict[str, list[int]], sentence: Sentence, labels: Labels, before: int) -> None:
    t, n = sentence.tree, len(sentence.words)
    if t is None:
        for name in ("upos", "xpos", "heads", "relations"):
            columns[name].extend([IGNORED] * n)
        return
    columns["upos"].extend(labels.upos.index(tag) for tag in t.upos)
    columns["xpos"].extend(labels.xpos.index(tag) if tag in labels.xpos else IGNORED for tag in t.xpos)
    columns["heads"].extend(h + before if h else 0 for h in t.heads)
    columns["relations"].extend(relation_number(r, labels.relations) for r in t.relations)


def relation_number(relation: str, known: tuple[str, ...]) -> int:
    """A subtype too rare to learn counts as its base relation."""
    return known.index(relation) if relation in known else known.index(relation.split(":")[0])


def _tags(sentence: Sentence, layer: str, tags: tuple[str, ...]) -> list[int]:
    if layer not in sentence.layers:
        return [IGNORED] * len(sentence.words)
    found = [0] * len(sentence.words)
    for start, end, kind in sentence.layers[layer]:
        if f"B-{kind}" in tags:
            begin = tags.index(f"B-{kind}")
            found[start:end] = [begin] + [begin + 1] * (end - start - 1)
    return found
