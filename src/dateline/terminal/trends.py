"""Counts by period, and events in the order of time."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from dateline import captions
from dateline.terminal.layout import KIND_STYLES, Rows, sure
from dateline.terminal.words import line, short
from dateline.trends.count import Range, Trend
from dateline.trends.timeline import Entry

EMPTY_ROWS = 3  # periods in a row without events that are shown one by one


def trend_table(trend: Trend) -> RenderableType:
    """Counts by period and group; periods in a row in which nothing is told are one line."""
    toll = captions.coded(trend.measure)
    coverage = dict(trend.coverage)
    columns = (trend.unit, *(d.replace("_", " ") for d in trend.dimensions), "events", toll, "reports", "outlets", "lineages")
    table = Rows(*columns, "published")
    for empty, group in groupby(trend.rows, key=lambda row: not row.events.high and row.period is not None):
        rows = list(group)
        if empty and len(rows) > EMPTY_ROWS:
            table.add_row(f"{rows[0].name} to {rows[-1].name}", *[""] * len(trend.dimensions), "0", *[""] * 5)
            continue
        for row in rows:
            published = coverage.get(row.period) if row.period else None
            table.add_row(
                row.name,
                *map(line, row.group),
                _range(row.events),
                _range(row.toll) if row.toll else "",
                str(row.reports),
                str(row.outlets),
                "" if row.lineages is None else str(row.lineages),
                "" if published is None else f"{published.reports} by {published.outlets}",
            )
    return table


def _range(one: Range) -> str:
    """ "12", "12 (9–15)", "12 (9–15 or more)"."""
    if one.low == one.best == one.high and not one.open:
        return captions.number(one.best)
    ends = f"{captions.number(one.low)}–{captions.number(one.high)}{' or more' if one.open else ''}"
    return f"{captions.number(one.best)} ({ends})"


def timeline_table(found: Sequence[Entry]) -> RenderableType:
    """Events, running totals and what they imply, in the order of time."""
    table = Rows("when", "kind", "id", "what", "where", "figures", "told by")
    for entry in found:
        table.add_row(
            captions.days(entry.start, entry.end, "day") or captions.NO_DATE,
            Text(entry.kind, style=KIND_STYLES.get(entry.kind, "bold" if entry.kind == "event" else "dim")),
            short(entry.id),
            sure(entry.certainty) + Text(line(entry.what)),
            line(entry.where),
            "\n".join(map(line, entry.figures)),
            line(entry.told_by),
        )
    return table
