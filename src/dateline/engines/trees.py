"""Scores of heads to a tree: the best one in which one word is the root and no words hang from each other in a ring.

The maximum spanning arborescence of Chu and Liu 1965 and Edmonds 1967, in dense form: where each word's best head makes a
ring, the ring becomes one node and the rest is solved again.
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def best_tree(scores: Scores) -> list[int]:
    """The head of every word: 0 is the root, i the i-th word counted from 1.

    `scores` [words, words + 1]: how well head j (column) suits word i (row). Exactly one word gets the root.
    """
    heads = _greedy(scores)
    if _ring(heads) is not None:
        heads = _arborescence(_square(scores))[1:]
    if heads.count(0) == 1:
        return heads
    square = _square(scores)
    square[1:, 0] -= 1 + 2 * len(heads) * float(np.abs(scores).max())  # a second root is dearer than all else
    return _arborescence(square)[1:]


def _square(scores: Scores) -> NDArray[np.float64]:
    """Scores with a row for the root, which has no head; no word is its own."""
    square = np.full((len(scores) + 1, len(scores) + 1), -np.inf)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    return square


def _greedy(scores: Scores) -> list[int]:
    own = np.arange(len(scores))
    kept = scores[own, own + 1].copy()
    scores[own, own + 1] = -np.inf
    heads: list[int] = scores.argmax(1).tolist()
    scores[own, own + 1] = kept
    return heads


def _ring(heads: list[int]) -> list[int] | None:
    """Nodes (counted from 1) that hang from each other, of heads that begin at node 1; None where all hang from the root."""
    done = [False] * (len(heads) + 1)
    done[0] = True
    for begin in range(1, len(heads) + 1):
        path: dict[int, None] = {}
        node = begin
        while not done[node] and node not in path:
            path[node] = None
            node = heads[node - 1]
        if not done[node]:
            walked = list(path)
            return walked[walked.index(node) :]
        for passed in path:
            done[passed] = True
    return None


def _arborescence(scores: NDArray[np.float64]) -> list[int]:
    """Heads of all nodes; node 0 is the root and its own head is 0."""
    heads: list[int] = [0, *scores[1:].argmax(1).tolist()]
    ring = _ring(heads[1:])
    if ring is None:
        return heads
    inside = set(ring)
    outside = [node for node in range(len(scores)) if node not in inside]
    kept = scores[ring, [heads[node] for node in ring]]
    others = scores[outside]
    into = scores[ring][:, outside] - kept[:, None]  # what breaking the ring at a node costs, by the new head
    out = others[:, ring]
    entered, left = into.argmax(0), out.argmax(1)
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = others[:, outside]
    small[-1, :-1] = into.max(0)
    small[:-1, -1] = out.max(1)
    solved = _arborescence(small)
    node = len(outside)  # the ring, in the smaller problem
    for i in range(1, len(outside)):
        heads[outside[i]] = ring[left[i]] if solved[i] == node else outside[solved[i]]
    broken = ring[entered[solved[node]]]
    heads[broken] = outside[solved[node]]
    return heads
