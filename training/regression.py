"""The descent by which the small readers beside the network are fitted: Adam over all examples at once, with a ridge."""

from collections.abc import Callable
from typing import Any

import numpy as np

_FIRST, _SECOND = 0.9, 0.999  # of the running means of the slope and of its square (Kingma and Ba 2015)


def descend(worth: Any, slope_of: Callable[[Any], Any], ridge: Any, *, steps: int, rate: float) -> Any:
    """`worth` after so many steps, each shorter than the one before; `slope_of` a worth is that of the loss without its ridge.

    Arrays of one shape and type; `ridge` may be a column. No figure depends on chance.
    """
    first, second = np.zeros_like(worth), np.zeros_like(worth)
    for step in range(1, steps + 1):
        slope = slope_of(worth) + ridge * worth
        first = _FIRST * first + (1 - _FIRST) * slope
        second = _SECOND * second + (1 - _SECOND) * slope**2
        length = rate * (1 - step / (steps + 1))
        worth = worth - length * (first / (1 - _FIRST**step)) / (np.sqrt(second / (1 - _SECOND**step)) + 1e-8)
    return worth
