"""Scores of heads to trees."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dateline.engines.trees import Scores, best_tree

WHOLE = st.integers(-9, 9).map(float)


def hangs_from_root(heads: tuple[int, ...]) -> bool:
    """Whether one word is the root and every other comes to it over its heads."""
    for word in range(1, len(heads) + 1):
        node = word
        for _ in heads:
            node = heads[node - 1] if node else 0
        if node:
            return False
    return heads.count(0) == 1


def worth(scores: Scores, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


@given(st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=WHOLE)))
def test_no_tree_is_better(scores: Scores) -> None:
    """The tree is one, and the best of all that can be drawn."""
    words = len(scores)
    found = tuple(best_tree(scores.copy()))
    assert hangs_from_root(found)
    trees = (heads for heads in product(range(words + 1), repeat=words) if hangs_from_root(heads))
    assert worth(scores, found) == max(worth(scores, heads) for heads in trees)


def test_a_ring_is_broken_where_it_costs_least() -> None:
    """Two words that each want the other, and a third that wants the first: the root goes where it loses least."""
    scores = np.array([[1, 0, 9, 0], [3, 8, 0, 0], [0, 5, 0, 0]], dtype=np.float32)
    assert best_tree(scores) == [2, 0, 1]


def test_one_root_alone() -> None:
    """Two words that both want the root: the second best head is taken for the one that loses less."""
    scores = np.array([[9, 0, 1], [9, 5, 0]], dtype=np.float32)
    assert best_tree(scores) == [0, 1]


def test_a_long_sentence_of_rings_is_solved() -> None:
    """400 words that hang from each other in pairs end in a tree, in time."""
    words = 400
    scores = np.zeros((words, words + 1), dtype=np.float32)
    for i in range(words):
        scores[i, (i ^ 1) + 1] = 5
    assert hangs_from_root(tuple(best_tree(scores)))
