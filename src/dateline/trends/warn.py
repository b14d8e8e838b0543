"""Says where a trend may show a change of reporting rather than of violence.

The rule: of each period the reports that the whole project has of it (by date of publication), its outlets, and its events per
report are compared with their medians over the other periods.  A period is named

  - where no report at all was published: nothing told is not nothing happened;
  - where reports (or outlets) are at least twice as many or at most half as many as the median, and farther from it than 4.5
    times the usual distance (the median of all distances; 4.5 of them are about three standard deviations), while events per
    report (per outlet) have moved less than the reports (outlets) themselves: then more events may be told because more is told.

Periods are compared where there are at least four, and half of them have reports.  Where reports come evenly and by chance
(Poisson counts, 26 periods), this names 2.6 % of the periods at 5 reports each, 1.2 % at 10, 0.2 % at 20, none at 50.
Periods in a row that depart the same way are named together.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from math import inf, log
from statistics import median
from typing import NamedTuple

from dateline.trends.count import Coverage, Trend
from dateline.trends.periods import Period

FACTOR = 2.0  # from which on a number of reports is unusual
DISTANCES = 4.5  # usual distances from the median, besides: about three standard deviations
FEWEST_PERIODS = 4


class Warning(NamedTuple):
    """A period, or several in a row, whose counts may tell of its reporting, and why, in words."""

    period: Period
    words: str


class _Seen(NamedTuple):
    period: Period
    events: float
    coverage: Coverage


def warnings(trend: Trend) -> tuple[Warning, ...]:
    """The periods to be careful about, in their order."""
    events: dict[Period, float] = {}
    for row in trend.rows:
        if row.period:
            events[row.period] = events.get(row.period, 0) + row.events.best
    seen = [_Seen(period, events.get(period, 0), coverage) for period, coverage in trend.coverage]
    found = list(_silent(seen, trend.unit))
    if len(seen) >= FEWEST_PERIODS and median(one.coverage.reports for one in seen) > 0:
        found += _unusual(seen, trend.unit)
    return tuple(sorted(found))


def _silent(seen: Sequence[_Seen], unit: str) -> Iterator[Warning]:
    for silent, group in groupby(seen, key=lambda one: one.coverage.reports == 0):
        told = list(group)
        if silent:
            first, last = told[0].period, told[-1].period
            these = f"in this {unit}" if first == last else f"in these {len(told):,} {unit}s"
            name = first.name if first == last else f"{first.name} to {last.name}"
            yield Warning(
                Period(first.start, last.end, name), f"no report was published {these}: nothing told is not nothing happened"
            )


def _unusual(seen: Sequence[_Seen], unit: str) -> Iterator[Warning]:
    counted = [_Counted(seen, noun, count) for noun, count in (("report", _reports), ("outlet", _outlets))]
    departing = ((one, next(filter(None, (_departure(one, among) for among in counted)), None)) for one in seen)
    for alike, group in groupby(departing, key=lambda pair: pair[1] and (pair[1].noun, pair[1].more, pair[1].usual)):
        if alike:
            pairs = [(one.period, departure) for one, departure in group if departure]
            yield _warning([period for period, _ in pairs], [departure for _, departure in pairs], unit)


class _Departure(NamedTuple):
    """How far a period's number of reports or outlets is from the usual, and its events for each of them."""

    noun: str
    number: int
    usual: float
    more: bool
    share: float
    usual_share: float


def _warning(these: Sequence[Period], found: Sequence[_Departure], unit: str) -> Warning:
    """Of one period, or of several in a row that depart the same way."""
    first, last, one = these[0], these[-1], found[0]
    fewest, most = min(departure.number for departure in found), max(departure.number for departure in found)
    low, high = (f"{end(departure.share for departure in found):.2g}" for end in (min, max))
    number = f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"
    each = "" if len(these) == 1 else f" a {unit}"
    return Warning(
        Period(first.start, last.end, first.name if first == last else f"{first.name} to {last.name}"),
        f"{number} {one.noun}{'' if most == 1 else 's'}{each}, {'more' if one.more else 'fewer'} than usual (median of the other "
        f"{unit}s: {one.usual:g}), while events per {one.noun} are {low if low == high else f'{low} to {high}'} (median "
        f"{one.usual_share:.2g}): this may be a change of reporting, not of violence",
    )


class Others:
    """Medians of numbers without one of them: sorted once, for a period is compared with thousands of others."""

    def __init__(self, numbers: Iterable[float]) -> None:
        self._numbers = sorted(numbers)

    def median_without(self, number: float) -> float | None:
        """None where there is no other."""
        own, count = bisect_left(self._numbers, number), len(self._numbers) - 1
        if not count:
            return None
        low, high = (self._numbers[n + (n >= own)] for n in ((count - 1) // 2, count // 2))
        return (low + high) / 2


class _Counted:
    """How many reports (or outlets) the periods have, and how many events for each of them."""

    def __init__(self, seen: Sequence[_Seen], noun: str, count: Callable[[Coverage], int]) -> None:
        self.noun = noun
        self.count = count
        self._counts = [count(one.coverage) for one in seen]
        self.usual = Others(self._counts)
        self.per = Others(one.events / count(one.coverage) for one in seen if count(one.coverage))
        self._distances: dict[float, Others] = {}

    def distance(self, mine: int, usual: float) -> float:
        """The usual distance of the other periods from `usual`, of which there are few: one period more or less."""
        if usual not in self._distances:
            self._distances[usual] = Others(abs(other - usual) for other in self._counts)
        return self._distances[usual].median_without(abs(mine - usual)) or 0.0


def _departure(one: _Seen, among: _Counted) -> _Departure | None:
    """By what a period's counts may come from its number of reports or outlets; None where nothing speaks for it."""
    mine = among.count(one.coverage)
    usual = among.usual.median_without(mine)
    if not mine or not usual:
        return None
    share = one.events / mine
    usual_per = among.per.median_without(share)
    if usual_per is None:
        return None
    moved = abs(log(mine / usual))
    moved_per = abs(log(share / usual_per)) if share and usual_per else 0.0 if share == usual_per else inf
    if moved < log(FACTOR) or abs(mine - usual) <= DISTANCES * among.distance(mine, usual) or moved_per >= moved:
        return None
    return _Departure(among.noun, mine, usual, mine > usual, share, usual_per)


def _reports(coverage: Coverage) -> int:
    return coverage.reports


def _outlets(coverage: Coverage) -> int:
    return coverage.outlets
