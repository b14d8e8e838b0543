"""Says where a trend may show a change of reporting rather than of violence.

The rule: of each period the reports that the whole project has of it (by date of publication), its outlets, and its events per
report are compared with their medians over the other periods.  A period is named

  - where no report at all was published (periods in a row together): nothing told is not nothing happened;
  - where reports (or outlets) are at least twice as many or at most half as many as the median, and farther from it than 4.5
    times the usual distance (the median of all distances; 4.5 of them are about three standard deviations), while events per
    report (per outlet) have moved less than the reports (outlets) themselves: then more events may be told because more is told.

Periods are compared where there are at least four, and half of them have reports.  Where reports come evenly and by chance
(Poisson counts, 26 periods), this names 2.6 % of the periods at 5 reports each, 1.2 % at 10, 0.2 % at 20, none at 50.
"""

from collections.abc import Callable, Iterator, Sequence
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
    """A period whose counts may tell of its reporting, and why, in words."""

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
    counted: tuple[tuple[str, Callable[[Coverage], int]], ...] = (("report", _reports), ("outlet", _outlets))
    for one in seen:
        others = [other for other in seen if other is not one]
        for noun, count in counted:
            if words := _departs(one, others, noun, count, unit):
                yield Warning(one.period, words)
                break


def _departs(one: _Seen, others: Sequence[_Seen], noun: str, count: Callable[[Coverage], int], unit: str) -> str | None:
    """Why a period's counts may come from its number of reports or outlets; None where nothing speaks for it."""
    mine, counts = count(one.coverage), [count(other.coverage) for other in others]
    usual = median(counts)
    distance = median(abs(other - usual) for other in counts)
    per = [other.events / count(other.coverage) for other in others if count(other.coverage)]
    if not mine or not usual or not per:
        return None
    moved, usual_per = abs(log(mine / usual)), median(per)
    share = one.events / mine
    moved_per = abs(log(share / usual_per)) if share and usual_per else 0.0 if share == usual_per else inf
    if moved < log(FACTOR) or abs(mine - usual) <= DISTANCES * distance or moved_per >= moved:
        return None
    counted = f"{mine} {noun}{'' if mine == 1 else 's'}, {'more' if mine > usual else 'fewer'} than usual"
    return (
        f"{counted} (median of the other {unit}s: {usual:g}), while events per {noun} are {share:.2g} (median {usual_per:.2g}):"
        " this may be a change of reporting, not of violence"
    )


def _reports(coverage: Coverage) -> int:
    return coverage.reports


def _outlets(coverage: Coverage) -> int:
    return coverage.outlets
