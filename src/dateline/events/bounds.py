"""Arithmetic of low, best and high, where an end that no words support is open (None)."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import Figure


class Bounds(NamedTuple):
    """low <= best <= high, as far as they are given."""

    low: float | None
    best: float | None
    high: float | None

    @property
    def numbers(self) -> list[float]:
        return [n for n in self if n is not None]

    @property
    def number(self) -> float:
        """The one number that stands for it: the best, else the low, else the high."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), 0.0)

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.best == self.high

    def fits(self, other: "Bounds") -> bool:
        """Whether one number can be meant by both."""
        low = max(self.low or 0.0, other.low or 0.0)
        ends = [high for high in (self.high, other.high) if high is not None]
        return not ends or low <= min(ends)


def bounds_of(figure: Figure) -> Bounds:
    return Bounds(figure.low, figure.best, figure.high)


def lowest(told: Sequence[Bounds]) -> float | None:
    """The lowest bound given; None where a number below it is given with no bound ("nearly 30", beside 40)."""
    low = min((one.low for one in told if one.low is not None), default=None)
    unbounded = [n for one in told if one.low is None for n in one.numbers]
    return None if low is None or min(unbounded, default=low) < low else low


def highest(told: Sequence[Bounds]) -> float | None:
    """The highest bound given; None where a number above it is given with no bound ("at least 17", beside 12)."""
    high = max((one.high for one in told if one.high is not None), default=None)
    unbounded = [n for one in told if one.high is None for n in one.numbers]
    return None if high is None or max(unbounded, default=high) > high else high


def added(parts: Sequence[Bounds]) -> Bounds:
    """Counts of things apart, together: at least what is certain of each; best and high only where each part has one."""
    if len(parts) == 1:
        return parts[0]
    lows = [one.low for one in parts if one.low is not None]
    return Bounds(sum(lows) if lows else None, _sum([one.best for one in parts]), _sum([one.high for one in parts]))


def overlapping(parts: Sequence[Bounds]) -> Bounds:
    """Counts that may be of the same things, together: no fewer than the largest, no more than all, and no best number."""
    if len(parts) == 1:
        return parts[0]
    return Bounds(max((one.low for one in parts if one.low is not None), default=None), None, _sum([one.high for one in parts]))


def between(earlier: Bounds, later: Bounds) -> Bounds:
    """What is added from one running total to the next: "more than" leaves an end open, and a best needs two exact numbers."""
    low = later.low - earlier.high if later.low is not None and earlier.high is not None else None
    high = later.high - earlier.low if later.high is not None and earlier.low is not None else None
    best = (
        later.best - earlier.best
        if later.best is not None and earlier.best is not None and later.exact and earlier.exact
        else None
    )
    return Bounds(None if low is None else max(0.0, low), best, high)


def _sum(numbers: Sequence[float | None]) -> float | None:
    known = [n for n in numbers if n is not None]
    return sum(known) if len(known) == len(numbers) else None
