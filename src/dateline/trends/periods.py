"""Stretches of the calendar: days, ISO weeks, months, years."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

Unit = Literal["day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)


class Period(NamedTuple):
    """One day, week, month or year: its name (2024-03-04, 2024-W10, 2024-03, 2024), first and last day."""

    start: date
    end: date
    name: str


@lru_cache(maxsize=1 << 14)
def period_of(day: date, unit: Unit) -> Period:
    """The period that a day lies in; weeks begin on Monday (ISO 8601)."""
    match unit:
        case "day":
            return Period(day, day, day.isoformat())
        case "week":
            monday = day - timedelta(days=day.weekday())
            year, week, _ = monday.isocalendar()
            return Period(monday, _days_on(monday, 6), f"{year:04}-W{week:02}")
        case "month":
            first = day.replace(day=1)
            return Period(first, _days_on(_next_month(first), -1), f"{day:%Y-%m}")
        case "year":
            return Period(date(day.year, 1, 1), date(day.year, 12, 31), f"{day.year:04}")


def periods(first: date, last: date, unit: Unit) -> Iterator[Period]:
    """All periods from that of the first day to that of the last."""
    period = period_of(first, unit)
    while period.start <= last:
        yield period
        if period.end == date.max:
            return
        period = period_of(_days_on(period.end, 1), unit)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1) if (first.year, first.month) != (9999, 12) else date.max


def _days_on(day: date, days: int) -> date:
    """So many days later; the calendar's first and last day where it ends there."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
