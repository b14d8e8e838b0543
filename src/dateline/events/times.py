"""Days of claims, compared."""

from datetime import date
from typing import NamedTuple

from dateline.model import Interval


class Days(NamedTuple):
    """A stretch of days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def known(interval: Interval | None) -> Days | None:
    """The days that an interval names; None where it names none, or has no end ("since Monday")."""
    if interval is None or interval.start is None or interval.end is None or interval.end < interval.start:
        return None
    return Days(interval.start, interval.end)


def overlap(a: Days, b: Days) -> bool:
    return a.start <= b.end and b.start <= a.end


def days_apart(a: Days, b: Days) -> int:
    """How many days lie between them, 1 for days next to each other; 0 where they overlap."""
    return max(0, (b.start - a.end).days, (a.start - b.end).days)


def time_precision(days: Days) -> int:
    """1 day, 2 week, 3 month, 4 longer (codebook: Event)."""
    return 1 if days.days == 1 else 2 if days.days <= 7 else 3 if days.days <= 31 else 4
