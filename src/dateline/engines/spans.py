"""Scores of B-, I- and O to spans: the best sequence in which no I- stands without its begin."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class TypedSpan(NamedTuple):
    """Words [start, end) of one type, and the mean probability of its words' tags."""

    start: int
    end: int
    type: str
    probability: float


def best_spans(scores: NDArray[np.float32], tags: Sequence[str]) -> list[TypedSpan]:
    """The spans of the best allowed sequence. `scores`: log probabilities [words, tags]; `tags`: O, then B-X, I-X by type."""
    path = _best_path(scores)
    likely = np.exp(scores[np.arange(len(path)), path]).tolist()
    found: list[TypedSpan] = []
    i = 0
    while i < len(path):
        if path[i] == 0:
            i += 1
            continue
        start, inside = i, path[i] + 1
        i += 1
        while i < len(path) and path[i] == inside:
            i += 1
        found.append(TypedSpan(start, i, tags[path[start]][2:], sum(likely[start:i]) / (i - start)))
    return found


def _best_path(scores: NDArray[np.float32]) -> list[int]:
    """Viterbi with one rule: I-X (even numbers) follows B-X or I-X. Greedy tags that keep it are the answer at once."""
    greedy: list[int] = scores.argmax(1).tolist()
    if _allowed(greedy):
        return greedy
    n, k = scores.shape
    inside = np.arange(2, k, 2)
    total = scores[0].copy()
    total[inside] = -np.inf
    back = np.zeros((n, k), dtype=np.int64)
    for i in range(1, n):
        any_before = int(total.argmax())
        back[i] = any_before
        new = total[any_before] + scores[i]
        from_begin = total[inside - 1] >= total[inside]
        back[i, inside] = np.where(from_begin, inside - 1, inside)
        new[inside] = np.maximum(total[inside - 1], total[inside]) + scores[i, inside]
        total = new
    path = [int(total.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def _allowed(path: Sequence[int]) -> bool:
    before = 0
    for tag in path:
        if tag and tag % 2 == 0 and before not in (tag - 1, tag):
            return False
        before = tag
    return True
