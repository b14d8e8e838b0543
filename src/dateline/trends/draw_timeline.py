"""A timeline as a picture: running totals as bars over the days that they count, events as dots, one lane for each type.

More events than can be told apart as dots are columns: how many there are in so many days.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline import captions
from dateline.trends.style import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    PURPLE,
    QUIET,
    VERMILION,
    dates_below,
    drawing,
    foot,
    head,
    no_data,
    saved,
    shortened,
    x_of,
)
from dateline.trends.timeline import Entry

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_BARS = 14  # rows of running totals that are drawn
MOST_LANES = 14
MOST_DOTS = 1_500  # events that are drawn one by one
_COLUMNS = 160  # at most, over the whole time
_WIDTH, _HEAD, _BAR, _LANE, _FOOT, _LEFT = 10.0, 0.95, 0.2, 0.36, 0.75, 0.2  # inches; `_LEFT` is a share
_ROOM = 0.5  # of the stretch that most events lie in, on either side
_LETTER = 0.062  # inches that a letter of a label takes
_FLOOR, _TALLEST = 0.42, 0.84  # of a lane's height: where columns stand below its middle, and the tallest of them
_TALLY = "#8a6d1f"

_Span = tuple[date, date]


class _Bar(NamedTuple):
    """A running total with its label, and the room that both take: days from `low` to `high`."""

    entry: Entry
    label: str
    start: float
    end: float
    low: float
    high: float


def draw_timeline(entries: Sequence[Entry], title: str, format_: str) -> bytes:
    """The picture as "svg" or "png"."""
    from matplotlib.figure import Figure

    shown = _span(entries)
    inside = [entry for entry in entries if shown and _overlaps(entry, shown)]
    bars = [entry for entry in inside if entry.kind != "event"]
    rows = _rows(bars, shown) if shown else []
    lanes = _lanes([entry for entry in inside if entry.kind == "event"])
    notes = _notes(entries, inside, len(bars) - sum(map(len, rows)))
    with drawing():
        heights = (max(1, len(rows)) * _BAR + 0.3 if rows else 0.0, max(1, len(lanes)) * _LANE)
        height = _HEAD + heights[0] + heights[1] + _FOOT + 0.17 * len(notes)
        figure = Figure(figsize=(_WIDTH, height))
        columns = _columns(lanes, shown) if shown and sum(len(events) for _, events in lanes) > MOST_DOTS else None
        head(figure, title, f"{_how_to_read(columns)} Bars: running totals.", 0.04)
        wide = 0.97 - _LEFT
        if rows:
            axes = figure.add_axes((_LEFT, 1 - (_HEAD + heights[0] - 0.3) / height, wide, (heights[0] - 0.3) / height))
            _draw_bars(axes, rows, shown)
        axes = figure.add_axes((_LEFT, 1 - (_HEAD + heights[0] + heights[1]) / height, wide, heights[1] / height))
        _draw_lanes(axes, lanes, shown, columns)
        foot(figure, notes, 0.04)
        return saved(figure, format_)


def _draw_bars(axes: "Axes", rows: Sequence[Sequence[_Bar]], shown: _Span | None) -> None:
    for number, row in enumerate(rows):
        for bar in row:
            colour = QUIET if bar.entry.kind == "implied" else _TALLY
            axes.barh(number, bar.end - bar.start, left=bar.start, height=0.62, color=colour, alpha=0.3, linewidth=0)
            axes.plot([bar.end, bar.end], [number - 0.31, number + 0.31], color=colour, linewidth=1.5)
            before = bar.low < bar.end and bar.high == bar.end
            place: Any = {"ha": "right" if before else "left", "va": "center", "xytext": (-4 if before else 4, 0)}
            axes.annotate(bar.label, (bar.end, number), **place, textcoords="offset points", fontsize=7)
    axes.set_yticks([])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.annotate(
        "Running totals", (0, 1), xycoords="axes fraction", xytext=(-10, -3), textcoords="offset points", color=_TALLY,
        fontweight="bold", ha="right", va="top",
    )  # fmt: skip
    _dated(axes, shown)
    axes.tick_params(labelbottom=False, bottom=False)
    axes.spines["bottom"].set_visible(False)


class _Columns(NamedTuple):
    """Events of each lane counted by so many days: those that somebody states, and all."""

    days: int
    stated: Sequence[Mapping[int, int]]  # by the number of the column, for each lane
    all: Sequence[Mapping[int, int]]

    @property
    def tallest(self) -> int:
        return max(max(counts.values(), default=0) for counts in self.all)


def _columns(lanes: Sequence[tuple[str, Sequence[Entry]]], shown: _Span) -> _Columns:
    days = max(1, ceil(((shown[1] - shown[0]).days + 1) / _COLUMNS))
    first = x_of(shown[0])

    def counted(events: Iterable[Entry]) -> Mapping[int, int]:
        return Counter(int((sum(_days(entry, shown)) / 2 - first) // days) for entry in events)

    stated = [counted(entry for entry in events if entry.certainty == "stated") for _, events in lanes]
    return _Columns(days, stated, [counted(events) for _, events in lanes])


def _how_to_read(columns: _Columns | None) -> str:
    if columns is None:
        return "Dots: events, the larger the more killed, hollow where only alleged."
    stretch = "one day" if columns.days == 1 else f"{columns.days} days"
    return f"Columns: events in {stretch} (the tallest: {columns.tallest:,}), pale where only alleged."


def _draw_lanes(
    axes: "Axes", lanes: Sequence[tuple[str, Sequence[Entry]]], shown: _Span | None, columns: _Columns | None
) -> None:
    colours = (BLUE, VERMILION, GREEN, PURPLE)
    for number, (label, events) in enumerate(lanes):
        colour = colours[number % len(colours)]
        axes.axhline(number if columns is None else number + _FLOOR, color=FAINT, linewidth=0.7, zorder=0)
        if columns is None or shown is None:
            _draw_dots(axes, events, number, shown, colour)
        else:
            _draw_columns(axes, columns, number, shown, colour)
        axes.annotate(
            f"{shortened(label, 26)}  {len(events):,}", (0, number), xycoords=("axes fraction", "data"), xytext=(-10, 0),
            textcoords="offset points", ha="right", va="center", color=INK,
        )  # fmt: skip
    axes.set_yticks([])
    axes.set_ylim(max(1, len(lanes)) - 0.4, -0.6)
    _dated(axes, shown)
    if not lanes:
        no_data(axes, "No event with a date.")


def _draw_dots(axes: "Axes", events: Sequence[Entry], number: int, shown: _Span | None, colour: str) -> None:
    for entry in sorted(events, key=lambda one: -_killed(one)):
        start, end = _days(entry, shown)
        if end - start > 1:
            axes.plot([start, end], [number, number], color=colour, linewidth=2.5, alpha=0.35, solid_capstyle="round")
        size = 4.2 + 1.1 * sqrt(min(_killed(entry), 400.0))
        hollow = entry.certainty != "stated"
        axes.plot(
            (start + end) / 2, number, marker="o", markersize=size, color=colour, alpha=0.75,
            markerfacecolor="none" if hollow else colour, markeredgecolor=colour if hollow else "white",
            markeredgewidth=1.0 if hollow else 0.5, clip_on=False,
        )  # fmt: skip


def _draw_columns(axes: "Axes", columns: _Columns, number: int, shown: _Span, colour: str) -> None:
    """Columns stand on the lane's floor; all lanes have one scale, so that types can be compared by eye."""
    for counts, alpha in ((columns.all[number], 0.3), (columns.stated[number], 1.0)):
        left = [x_of(shown[0]) + column * columns.days for column in sorted(counts)]
        tall = [-_TALLEST * counts[column] / columns.tallest for column in sorted(counts)]  # the axis points down
        axes.bar(left, tall, width=columns.days, bottom=number + _FLOOR, align="edge", color=colour, alpha=alpha, linewidth=0)


def _killed(entry: Entry) -> float:
    return entry.best if entry.best is not None else entry.low or 0.0


def _dated(axes: "Axes", shown: _Span | None) -> None:
    axes.grid(visible=True, axis="x")
    if shown:
        axes.set_xlim(x_of(shown[0]), x_of(shown[1]) + 1)
        dates_below(axes)


def _days(entry: Entry, shown: _Span | None) -> tuple[float, float]:
    """Where an entry begins and ends, within the picture."""
    start, end = entry.start or entry.end, entry.end or entry.start
    assert start is not None
    assert end is not None
    low, high = (x_of(shown[0]), x_of(shown[1]) + 1) if shown else (x_of(start), x_of(end) + 1)
    return max(low, x_of(start)), min(high, max(x_of(start), x_of(end)) + 1)


def _overlaps(entry: Entry, shown: _Span) -> bool:
    start, end = entry.start or entry.end, entry.end or entry.start
    return start is not None and end is not None and start <= shown[1] and end >= shown[0]


def _span(entries: Sequence[Entry]) -> _Span | None:
    """The stretch that most events lie in; a few of long ago would press the rest together."""
    events = [entry for entry in entries if entry.kind == "event"] or list(entries)
    days = sorted(day for entry in events if (day := entry.start or entry.end))
    if not days:
        return None
    core = days[len(days) // 20], days[-1 - len(days) // 20]
    room = timedelta(days=_ROOM * ((core[1] - core[0]).days + 15))
    inside = [day for day in days if core[0] - room <= day <= core[1] + room]
    pad = timedelta(days=max(2, (inside[-1] - inside[0]).days // 40))
    return inside[0] - pad, inside[-1] + pad


def _rows(entries: Sequence[Entry], shown: _Span) -> list[list[_Bar]]:
    """Bars with their labels, in as few rows as they fit in: those that count the dead first, then the longest."""
    day = (x_of(shown[1]) + 1 - x_of(shown[0])) / ((0.97 - _LEFT) * _WIDTH) * _LETTER
    bars = sorted((_bar(entry, shown, day) for entry in entries), key=_worth)
    rows: list[list[_Bar]] = []
    for bar in bars:
        free = next((row for row in rows if all(bar.high < other.low or other.high < bar.low for other in row)), None)
        if free is not None:
            free.append(bar)
        elif len(rows) < MOST_BARS:
            rows.append([bar])
    return rows


def _worth(bar: _Bar) -> tuple[bool, bool, bool, float, str]:
    entry = bar.entry
    killed = entry.low is not None or entry.best is not None or entry.high is not None
    return entry.kind != "implied", not killed, not entry.figures, bar.start - bar.end, entry.id


def _bar(entry: Entry, shown: _Span, letter: float) -> _Bar:
    """The label stands before the bar's end, or behind it where there is no room before; `letter`: days that a letter takes."""
    start, end = _days(entry, shown)
    label = shortened(entry.figures[0] if entry.figures else entry.what, 46)
    room = letter * (len(label) + 2)
    if end - room >= x_of(shown[0]):
        return _Bar(entry, label, start, end, min(start, end - room), end)
    return _Bar(entry, label, start, end, start, end + room)


def _lanes(events: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Events by type, the types with most first; what is beyond `MOST_LANES` in one lane."""
    lanes: dict[str, list[Entry]] = defaultdict(list)
    for entry in events:
        lanes[entry.what.partition(":")[0]].append(entry)
    ordered = sorted(lanes.items(), key=lambda lane: (-len(lane[1]), lane[0]))
    if len(ordered) <= MOST_LANES:
        return ordered
    others = [entry for _, some in ordered[MOST_LANES - 1 :] for entry in some]
    return [*ordered[: MOST_LANES - 1], (f"{len(ordered) - MOST_LANES + 1} other types", others)]


def _notes(entries: Sequence[Entry], inside: Sequence[Entry], bars_left_out: int) -> list[str]:
    undated = sum(entry.start is None and entry.end is None for entry in entries)
    elsewhere = len(entries) - len(inside) - undated
    told = [(undated, "without a date"), (elsewhere, "of other times"), (bars_left_out, "running totals for want of room")]
    left_out = ", ".join(f"{captions.number(count)} {what}" for count, what in told if count)
    return [f"Not drawn: {left_out}."] if left_out else []
