"""What the network says of a window, read: where sentences end, and each one's tags, tree and entities."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.engines.card import Labels
from dateline.engines.spans import TypedSpan, best_spans
from dateline.engines.trees import best_tree
from dateline.engines.windows import Window

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class Scores(NamedTuple):
    """The outputs for a window of W words.

    upos, xpos [W]: numbers of labels. ends [W]: the log odds that a sentence ends behind the word. arcs [W, W + 1]: head j for
    word i, 0 the root. relations [W, R, S] and heads [W + 1, S]: their product scores the relation of a word to a head.
    named, entities [W, tags]: log probabilities. Of claims: traits, figures [W, labels]: log probabilities by list of labels;
    links [W, roles, W]: the log odds that the last word belongs to the claim of the first.
    """

    upos: Numbers
    xpos: Numbers
    ends: Floats
    arcs: Floats
    relations: Floats
    heads: Floats
    named: Floats
    entities: Floats
    traits: Floats
    figures: Floats
    links: Floats


class Decoded(NamedTuple):
    """One sentence: words [start, end) of the window. `heads` count the sentence's words from 1, 0 is the root; spans count
    them from 0."""

    start: int
    end: int
    upos: list[int]
    xpos: list[int]
    heads: list[int]
    relations: list[int]
    entities: list[TypedSpan]


def decode(scores: Scores, labels: Labels, window: Window) -> Iterator[Decoded]:
    """The sentences of a window, in order."""
    sentences = list(_between(_ends(scores.ends, window)))
    trees = [best_tree(_own_arcs(scores.arcs, start, end)) for start, end in sentences]
    relations = _relations(scores, labels, sentences, trees)
    upos, xpos = scores.upos.tolist(), scores.xpos.tolist()
    for (start, end), heads in zip(sentences, trees, strict=True):
        found = best_spans(scores.entities[start:end], labels.entities)
        yield Decoded(start, end, upos[start:end], xpos[start:end], heads, relations[start:end], found)


def _ends(likely: Floats, window: Window) -> list[int]:
    """The numbers behind the last words of sentences, in order."""
    if window.settled:
        return sorted(window.borders)
    return sorted({*window.borders, *(np.flatnonzero(likely > np.array(window.bounds())) + 1).tolist()})


def _between(ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for end in ends:
        yield start, end
        start = end


def _own_arcs(arcs: Floats, start: int, end: int) -> Floats:
    """Arc scores of one sentence's words to the root and to each other."""
    own = np.empty((end - start, end - start + 1), dtype=arcs.dtype)
    own[:, 0] = arcs[start:end, 0]
    own[:, 1:] = arcs[start:end, start + 1 : end + 1]
    return own


_ONCE = (frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"}), frozenset({"obj"}))
"""Relations that a head has once at most: a clause has one subject and one object (Universal Dependencies' guidelines)."""


def _relations(scores: Scores, labels: Labels, sentences: Sequence[tuple[int, int]], trees: Sequence[list[int]]) -> list[int]:
    """The best relation of every word to its head: `root` where that is the root, and nowhere else."""
    root = labels.relations.index("root")
    heads = np.array([h + start if h else 0 for (start, _), tree in zip(sentences, trees, strict=True) for h in tree])
    likely = np.matmul(scores.relations, scores.heads[heads][:, :, None])[:, :, 0]
    likely[:, root] = -np.inf
    found: list[int] = likely.argmax(1).tolist()
    for names in _ONCE:
        _keep_one(found, heads.tolist(), likely, [i for i, name in enumerate(labels.relations) if name in names])
    return [root if head == 0 else relation for head, relation in zip(heads.tolist(), found, strict=True)]


def _keep_one(found: list[int], heads: list[int], likely: Floats, numbers: list[int]) -> None:
    """Where a head has several words in one of these relations, keep the surest; the others get their next best."""
    claimed: dict[int, int] = {}
    for word, (head, relation) in enumerate(zip(heads, found, strict=True)):
        if relation not in numbers or head == 0:
            continue
        other = claimed.setdefault(head, word)
        if other == word:
            continue
        weaker = min(word, other, key=lambda w: _margin(likely[w], numbers))
        claimed[head] = other if weaker == word else word
        likely[weaker, numbers] = -np.inf
        found[weaker] = int(likely[weaker].argmax())


def _margin(row: Floats, numbers: list[int]) -> float:
    """How much better the best of these relations is than the best other one."""
    others = np.delete(row, numbers)
    return float(row[numbers].max() - others.max())
