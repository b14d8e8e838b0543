"""A trend as a picture: for each group its events and its toll over time with their bounds, and below them the reporting."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline import captions
from dateline.trends.count import NO_DATE, Range, Row, Trend
from dateline.trends.periods import Period
from dateline.trends.style import (
    BLUE,
    INK,
    QUIET,
    SHADE,
    VERMILION,
    dates_below,
    drawing,
    few_numbers,
    foot,
    head,
    name,
    no_data,
    saved,
    shortened,
    x_of,
)
from dateline.trends.warn import Warning, warnings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_GROUPS = 8  # that have panels of their own, those with most events first; the others share one
_WIDTH, _PANEL, _REPORTS, _HEAD, _GAP = 10.0, 1.35, 0.75, 0.95, 0.42  # inches
_ROOM = 2  # of the picture's core: periods so far from it are left out, and said to be

_Series = Mapping[Period, Range]


class _Group(NamedTuple):
    """What one line of panels shows."""

    label: str
    events: _Series
    toll: _Series
    rest: bool = False  # the groups that have no panel of their own, together


def draw_trend(trend: Trend, title: str, format_: str) -> bytes:
    """The picture as "svg" or "png"."""
    from matplotlib.figure import Figure

    shown, left_out = _shown(trend)
    groups = _groups(trend)
    found = warnings(trend)
    notes = _notes(trend, left_out, found)
    with drawing():
        across = bool(trend.dimensions)  # with groups events stand left and tolls right, else one above the other
        lines = len(groups) if across else 2
        foot_height = 0.75 + 0.17 * len(notes)
        height = _HEAD + lines * (_PANEL + _GAP) + _REPORTS + foot_height
        figure = Figure(figsize=(_WIDTH, height))
        head(figure, title, _how_to_read(trend), 0.07)
        top = _HEAD + 0.15
        tops = _tops([group for group in groups if not group.rest], shown)
        for number, group in enumerate(groups):
            places = [(0.07, 0.41), (0.56, 0.41)] if across else [(0.07, 0.9), (0.07, 0.9)]
            for part, (series, colour, counted, nothing) in enumerate(_parts(group, trend)):
                row = number if across else part
                axes = _axes(figure, places[part], top + row * (_PANEL + _GAP), _PANEL, height)
                _panel(axes, series, shown, colour, nothing)
                axes.set_ylim(0, (_tops([group], shown) if group.rest else tops)[part])
                label = group.label if across else counted
                name(axes, shortened(label, 42), colour if not across else INK, counted if across and number == 0 else "")
                _warn_in(axes, found, shown)
        for left, wide in [(0.07, 0.41), (0.56, 0.41)] if across else [(0.07, 0.9)]:
            axes = _axes(figure, (left, wide), top + lines * (_PANEL + _GAP), _REPORTS, height)
            _reporting(axes, trend, shown)
            _warn_in(axes, found, shown)
        foot(figure, notes, 0.07)
        return saved(figure, format_)


def _axes(figure: "Figure", across: tuple[float, float], top: float, tall: float, height: float) -> "Axes":
    return figure.add_axes((across[0], 1 - (top + tall) / height, across[1], tall / height))


_NOT_TOLD = Range(math.nan, math.nan, math.nan)


def _parts(group: _Group, trend: Trend) -> list[tuple[_Series, str, str, Range]]:
    """Series, colour, what is counted, and what a period without a row has: no event told is none, no toll told is no number."""
    toll = captions.coded(trend.measure).capitalize()
    return [(group.events, BLUE, "Events", Range()), (group.toll, VERMILION, toll, _NOT_TOLD)]


def _panel(axes: "Axes", series: _Series, shown: Sequence[Period], colour: str, nothing: Range) -> None:
    """A band from low to high, the best as a line, and a plus where a highest number is open; a gap where no number is told."""
    ranges = [series.get(period, nothing) for period in shown]
    if ranges:
        edges = [x_of(period.start) for period in shown] + [x_of(shown[-1].end) + 1]
        low, best, high = ([*(getattr(one, end) for one in ranges), getattr(ranges[-1], end)] for end in ("low", "best", "high"))
        axes.fill_between(edges, low, high, step="post", color=colour, alpha=0.22, linewidth=0)
        axes.plot(edges, best, drawstyle="steps-post", color=colour, linewidth=1.4)
        unbounded = [(_middle(period), one.high) for period, one in zip(shown, ranges, strict=True) if one.open and one.high]
        if unbounded:
            pluses: Any = {"marker": "+", "markersize": 5, "markeredgewidth": 1, "linestyle": "none"}
            axes.plot(*zip(*unbounded, strict=True), **pluses, color=colour, clip_on=False)
        axes.set_xlim(edges[0], edges[-1])
        _name_the_most(axes, shown, ranges, colour)
        few_numbers(axes)
        dates_below(axes)
    else:
        no_data(axes, "No event with a date.")
    axes.tick_params(labelbottom=False)


def _tops(groups: Sequence[_Group], shown: Sequence[Period]) -> tuple[float, float]:
    """The ends of the scales: one for all panels of events, one for all of tolls, so that groups can be compared by eye."""
    events, tolls = (
        max([1.0, *(series.get(period, Range()).high * 1.15 for series in of for period in shown)])
        for of in ([group.events for group in groups], [group.toll for group in groups])
    )
    return events, tolls


def _name_the_most(axes: "Axes", shown: Sequence[Period], ranges: Sequence[Range], colour: str) -> None:
    most = max(range(len(ranges)), key=lambda n: (not math.isnan(ranges[n].best), ranges[n].best, -n))
    best = ranges[most].best
    if best and not math.isnan(best):
        at = (_middle(shown[most]), best)
        words = captions.number(best)
        axes.annotate(words, at, xytext=(0, 3), textcoords="offset points", ha="center", fontsize=8, color=colour)


def _reporting(axes: "Axes", trend: Trend, shown: Sequence[Period]) -> None:
    """How many reports the project has of each period, and how many outlets, as a tick on the bar."""
    coverage = dict(trend.coverage)
    told = [(period, coverage[period]) for period in shown if period in coverage]
    starts = [x_of(period.start) for period, _ in told]
    wide = [0.86 * ((period.end - period.start).days + 1) for period, _ in told]
    axes.bar(starts, [one.reports for _, one in told], width=wide, align="edge", color="#b9bec5", linewidth=0)
    ends = [start + width for start, width in zip(starts, wide, strict=True)]
    axes.hlines([one.outlets for _, one in told], starts, ends, color=INK, linewidth=1.2)
    name(axes, "Reports published", QUIET, "dark line: outlets")
    if shown:
        axes.set_xlim(x_of(shown[0].start), x_of(shown[-1].end) + 1)
        few_numbers(axes)
        dates_below(axes)
    else:
        no_data(axes, "")


def _warn_in(axes: "Axes", found: Sequence[Warning], shown: Sequence[Period]) -> None:
    """Periods whose counts may tell of their reporting stand on a shade."""
    for warned in found if shown else ():
        start, end = max(warned.period.start, shown[0].start), min(warned.period.end, shown[-1].end)
        if start <= end:
            axes.axvspan(x_of(start), x_of(end) + 1, color=SHADE, linewidth=0, zorder=0)


def _middle(period: Period) -> float:
    return (x_of(period.start) + x_of(period.end) + 1) / 2


def _shown(trend: Trend) -> tuple[list[Period], int]:
    """The periods of the picture, and how many events lie outside: a few of long ago would press the rest together."""
    span = [period for period, _ in trend.coverage]
    counted: dict[Period, float] = defaultdict(float)
    for row in trend.rows:
        if row.period:
            counted[row.period] += row.events.best
    days = [number for number, period in enumerate(span) for _ in range(int(counted[period]))]
    if not days:
        return span, 0
    first, last = days[len(days) // 20], days[-1 - len(days) // 20]
    room = _ROOM * (last - first + 4)
    shown = span[max(0, first - room) : last + room + 1]
    if len(shown) > 0.8 * len(span):
        shown = span
    drawn = set(shown)
    return shown, int(sum(counted[period] for period in span if period not in drawn))


def _groups(trend: Trend) -> list[_Group]:
    """Those with most events first; what is beyond `MOST_GROUPS` in one line."""
    rows: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in trend.rows:
        if row.period:
            rows[row.group].append(row)
    order = sorted(rows, key=lambda group: (-sum(row.events.best for row in rows[group]), group))
    kept, others = (order, []) if len(order) <= MOST_GROUPS else (order[: MOST_GROUPS - 1], order[MOST_GROUPS - 1 :])
    found = [_group(" · ".join(group), rows[group]) for group in kept]
    if others:
        rest = _group(f"{len(others)} others, on a scale of their own", [row for group in others for row in rows[group]])
        found.append(rest._replace(rest=True))
    return found or [_Group("", {}, {})]


def _group(label: str, rows: Sequence[Row]) -> _Group:
    return _Group(label, _added((row.period, row.events) for row in rows), _added((row.period, row.toll) for row in rows))


def _added(counts: Iterable[tuple[Period | None, Range | None]]) -> _Series:
    found: dict[Period, Range] = {}
    for period, other in counts:
        if period and other:
            one = found.get(period, Range())
            found[period] = Range(one.low + other.low, one.best + other.best, one.high + other.high, one.open + other.open)
    return found


def _how_to_read(trend: Trend) -> str:
    ends = "Line: best number; band: lowest to highest; +: no source gives a highest."
    return f"By {trend.unit}. {ends} Running totals are not counted."


def _notes(trend: Trend, left_out: int, found: Sequence[Warning]) -> list[str]:
    """What the picture leaves out, and what to be careful about."""
    apart: dict[str, int] = defaultdict(int)
    for row in trend.rows:
        if row.period is None:
            apart[row.name] += int(row.events.best)
    told = [f"{_events(count)} {'with' if name == NO_DATE else 'over'} {name}" for name, count in sorted(apart.items())]
    if left_out:
        told.append(f"{_events(left_out)} of other times")
    notes = [f"Not drawn: {', '.join(told)}."] if told else []
    if trend.undated_reports:
        notes.append(f"{trend.undated_reports} of the reports have no date of publication, and stand in no period.")
    if found:
        names = ", ".join(warned.period.name for warned in found[:4]) + (f" and {len(found) - 4} more" if len(found) > 4 else "")
        notes.append(f"Shaded: {names}: reporting, not violence, may have changed.")
    return notes


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"
