"""Scores of marks to spans."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from dateline.engines.spans import best_spans

TAGS = ("O", "B-Person", "I-Person", "B-Weapon", "I-Weapon")
Scores = NDArray[np.float32]


def allowed(path: tuple[int, ...]) -> bool:
    """An I- stands behind a B- or I- of its type alone."""
    return all(tag % 2 or not tag or (i and path[i - 1] in (tag - 1, tag)) for i, tag in enumerate(path))


def spans_of(path: tuple[int, ...]) -> list[tuple[int, int, str]]:
    """The spans that the numbers of tags write down."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(path):
        if tag % 2:
            found.append((i, i + 1, TAGS[tag][2:]))
        elif tag:
            start, _, kind = found.pop()
            found.append((start, i + 1, kind))
    return found


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, 5), elements=st.integers(-30, 0).map(float))))
def test_the_spans_are_those_of_the_best_allowed_marks(scores: Scores) -> None:
    """No allowed sequence of marks scores higher than one that gives these spans."""
    paths = [path for path in product(range(5), repeat=len(scores)) if allowed(path)]
    worth = {path: float(sum(scores[i, tag] for i, tag in enumerate(path))) for path in paths}
    best = max(worth.values())
    found = [(s.start, s.end, s.type) for s in best_spans(scores, TAGS)]
    assert found in [spans_of(path) for path in paths if worth[path] == best]


def test_probability_is_the_mean_over_the_words() -> None:
    """A span of two words tells the mean of what the network gave to their marks."""
    shares = np.full((2, 5), 0.05, dtype=np.float32)
    shares[0, 1], shares[1, 2] = 0.8, 0.6
    (span,) = best_spans(np.log(shares), TAGS)
    assert span[:3] == (0, 2, "Person")
    assert abs(span.probability - 0.7) < 1e-6


def test_two_of_a_type_side_by_side_stay_two() -> None:
    """A new begin ends the span before it."""
    scores = np.full((2, 5), -9, dtype=np.float32)
    scores[:, 1] = 0
    assert [(s.start, s.end) for s in best_spans(scores, TAGS)] == [(0, 1), (1, 2)]
