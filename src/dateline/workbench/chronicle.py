"""What the timeline of events draws: incidents as dots, many of them as counts, running totals as bars."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from math import log10
from typing import Literal

from msgspec import Struct

from dateline import captions
from dateline.model import Claim
from dateline.queries.picture import Stretch

DOTS = 160
"""Events up to which each is a dot; more are counted by day, week, month or year."""
BARS = 5
"""Running totals that have a line of their own."""
COLUMN = 4.2
"""Pixels that a column needs at least."""
LANE, BARS_TOP, COUNTS = 13, 8, 72
MAX_YEARS = 90
Unit = Literal["day", "week", "month", "year"]
UNIT_DAYS: dict[Unit, float] = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}


class Column(Struct, frozen=True):
    """Events of one day, week, month or year."""

    x: float
    width: float
    y: float
    height: float
    events: int
    words: str
    first: date
    last: date


class Dot(Struct, frozen=True):
    """One event, or some of the same days; `width` where it is known to some days only."""

    x: float
    y: float
    width: float
    events: int
    words: str
    first: date
    last: date


class Bar(Struct, frozen=True):
    """A running total over its time."""

    x: float
    width: float
    y: float
    words: str
    claim_id: str
    report_id: str


class Tick(Struct, frozen=True):
    x: float
    words: str


class Chronicle(Struct, frozen=True, kw_only=True):
    """The drawing; days become pixels by `x = (day - first) * scale`, days counted as `date.toordinal`."""

    width: int
    height: int
    first: float
    scale: float
    unit: Unit | None  # None: dots
    columns: tuple[Column, ...]
    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]
    more_bars: int
    ticks: tuple[Tick, ...]
    base: float  # y of the axis
    most: int  # events of the highest column
    outside: int  # events left of what is drawn


def draw_timeline(
    stretches: Sequence[Stretch], totals: Sequence[Claim], tallies: int, width: int, span: tuple[date, date] | None = None
) -> Chronicle | None:
    """The timeline of a selection (of the days of `span`, where it is given); None where nothing has a date."""
    bounds = span or _bounds(stretches, totals)
    if bounds is None:
        return None
    first, last = bounds
    days = (last - first).days + 1
    margin = max(1.0, days * 0.015)
    start, scale = first.toordinal() - margin, width / (days + 2 * margin)
    shown = [s for s in stretches if s.end >= first and s.start <= last]
    lanes = [claim for claim in totals if _reaches(claim, first, last)][:BARS]
    top = BARS_TOP + LANE * len(lanes) + (4 if lanes else 0)
    axis = Axis(start, scale, top + COUNTS)
    unit = None if sum(s.events for s in shown) <= DOTS else _unit(days, width)
    columns = _columns(shown, unit, axis) if unit else []
    return Chronicle(
        width=width,
        height=top + COUNTS + 20,
        first=start,
        scale=scale,
        unit=unit,
        columns=tuple(columns),
        dots=tuple(_dots(shown, axis) if unit is None else ()),
        bars=tuple(_bar(claim, n, axis, width) for n, claim in enumerate(lanes)),
        more_bars=tallies - len(lanes),
        ticks=tuple(_ticks(first, last, axis, width)),
        base=axis.base,
        most=max((column.events for column in columns), default=0),
        outside=sum(s.events for s in stretches) - sum(s.events for s in shown),
    )


class Axis(Struct, frozen=True):
    """Days to pixels."""

    start: float
    scale: float
    base: float

    def x(self, day: date) -> float:
        return round((day.toordinal() - self.start) * self.scale, 1)


def _bounds(stretches: Sequence[Stretch], totals: Sequence[Claim]) -> tuple[date, date] | None:
    """From the first to the last event; a total "since 2003" does not press the events of a week into one dot."""
    starts, ends = [s.start for s in stretches], [max(s.start, s.end) for s in stretches]
    if not starts:
        times = [claim.time for claim in totals if claim.time]
        starts = [t.start or t.end for t in times if t.start or t.end]  # type: ignore[misc]
        ends = [t.end or t.start for t in times if t.start or t.end]  # type: ignore[misc]
    if not starts:
        return None
    last = max(ends)
    return max(min(starts), _years_before(last)), last


def _years_before(day: date) -> date:
    return date(max(1, day.year - MAX_YEARS), 1, 1)


def _unit(days: int, width: int) -> Unit:
    for unit, length in UNIT_DAYS.items():
        if days / length <= width / COLUMN:
            return unit
    return "year"


def _columns(stretches: Sequence[Stretch], unit: Unit, axis: Axis) -> list[Column]:
    """An event is counted where its first day is."""
    counts: Counter[date] = Counter()
    for stretch in stretches:
        counts[_begin(stretch.start, unit)] += stretch.events
    most = max(counts.values(), default=1)
    found = []
    for first in sorted(counts):
        last = _end(first, unit)
        x, height = axis.x(first), max(1.5, (COUNTS - 12) * counts[first] / most)
        width = max(1.0, round(axis.x(last) + axis.scale - x - 1, 1))
        words = f"{_named(first, unit)}: {counts[first]:,} {'event' if counts[first] == 1 else 'events'}"
        found.append(Column(x, width, round(axis.base - height, 1), round(height, 1), counts[first], words, first, last))
    return found


def _dots(stretches: Sequence[Stretch], axis: Axis) -> list[Dot]:
    """One above the other where they would overlap."""
    ends: list[float] = []
    found = []
    for stretch in sorted(stretches, key=lambda s: (s.start, s.end)):
        x = axis.x(stretch.start)
        width = round(max(0.0, axis.x(stretch.end) - x), 1)
        row = next((n for n, end in enumerate(ends) if end + 3 < x), len(ends))
        ends[row : row + 1] = [x + width + 9]
        when = captions.days(stretch.start, stretch.end, "day")
        words = when if stretch.events == 1 else f"{when}: {stretch.events} events"
        y = axis.base - 9 - (row % 6) * 11
        found.append(Dot(x, y, width, stretch.events, words, stretch.start, stretch.end))
    return found


def _reaches(claim: Claim, first: date, last: date) -> bool:
    time = claim.time
    if time is None or (time.start or time.end) is None:
        return False
    return (time.end or time.start or first) >= first and (time.start or time.end or last) <= last


def _bar(claim: Claim, lane: int, axis: Axis, width: int) -> Bar:
    time = claim.time
    assert time is not None
    start, end = time.start or time.end, time.end or time.start
    assert start is not None
    assert end is not None
    x = max(0.0, axis.x(start))
    right = min(float(width), axis.x(end) + axis.scale)
    words = f"{captions.figure(claim.figures[0])}, {captions.interval(time)}"
    return Bar(x, round(max(2.0, right - x), 1), BARS_TOP + LANE * lane, words, claim.id, claim.report_id)


def _ticks(first: date, last: date, axis: Axis, width: int) -> list[Tick]:
    """Years, months or days, as many as have room."""
    days = (last - first).days + 1
    room = max(2, width // 84)
    if days / 365.25 >= 2:
        step = _round_step(days / 365.25 / room, (1, 2, 5, 10, 20, 50))
        marks = [(date(year, 1, 1), f"{year}") for year in range(first.year, last.year + 1) if year % step == 0]
    elif days > 62:
        step = _round_step(days / 30.44 / room, (1, 2, 3, 6))
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        marks = [(date(m // 12, m % 12 + 1, 1), f"{date(m // 12, m % 12 + 1, 1):%b %Y}") for m in months if m % step == 0]
    else:
        step = _round_step(days / room, (1, 2, 7, 14))
        marks = [(day, f"{day.day} {day:%b}") for day in (first + timedelta(days=n) for n in range(0, days, step))]
    return [Tick(axis.x(day), words) for day, words in marks if 0 <= axis.x(day) <= width - 30]


def _round_step(least: float, steps: Sequence[int]) -> int:
    return next(
        (step for step in steps if step >= least), steps[-1] * max(1, round(10 ** max(0.0, log10(max(1.0, least / steps[-1])))))
    )


def _begin(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day if unit == "day" else day.replace(day=1) if unit == "month" else date(day.year, 1, 1)


def _end(first: date, unit: Unit) -> date:
    if unit == "week":
        return first + timedelta(days=6) if first.toordinal() < date.max.toordinal() - 6 else date.max
    if unit == "day":
        return first
    if unit == "year":
        return date(first.year, 12, 31)
    return (date(first.year + first.month // 12, first.month % 12 + 1, 1) if first.year < 9999 else date.max) - timedelta(days=1)


def _named(first: date, unit: Unit) -> str:
    if unit == "year":
        return f"{first.year}"
    if unit == "month":
        return f"{first:%B %Y}"
    return f"week of {first}" if unit == "week" else f"{first}"
