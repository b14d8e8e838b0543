"""Trends and timelines as CSV and JSON."""

import csv
import io
from collections.abc import Sequence

import msgspec

from dateline.exports.base import Cell
from dateline.exports.cells import csv_cell
from dateline.trends.count import Row, Trend
from dateline.trends.timeline import Entry
from dateline.trends.warn import warnings

_TIMELINE = ("kind", "id", "start", "end", "what", "where", "province", "certainty", "low", "best", "high", "figures", "told_by")


def trend_records(trend: Trend) -> list[dict[str, Cell]]:
    """Each row of a trend by the names of its columns: `docs/how-to/tolls-and-trends.md` has them."""
    coverage = dict(trend.coverage)
    return [_record(trend, row, coverage.get(row.period) if row.period else None) for row in trend.rows]


def _record(trend: Trend, row: Row, coverage: object) -> dict[str, Cell]:
    toll = trend.measure.replace("+", "_")
    return {
        "period": row.name,
        "start": row.period.start if row.period else None,
        "end": row.period.end if row.period else None,
        **dict(zip(trend.dimensions, row.group, strict=True)),
        "events_low": row.events.low,
        "events": row.events.best,
        "events_high": row.events.high,
        f"{toll}_low": row.toll.low if row.toll else None,
        toll: row.toll.best if row.toll else None,
        f"{toll}_high": row.toll.high if row.toll else None,
        f"{toll}_open": row.toll.open if row.toll else None,
        "reports": row.reports,
        "outlets": row.outlets,
        "lineages": row.lineages,
        "published_reports": getattr(coverage, "reports", None),
        "published_outlets": getattr(coverage, "outlets", None),
    }


def trend_csv(trend: Trend) -> bytes:
    return _csv(trend_records(trend))


def trend_json(trend: Trend, of: str) -> bytes:
    """One object: what is counted in words (`of`), the rows, and the periods to be careful about."""
    told = [{"period": warned.period.name, "words": warned.words} for warned in warnings(trend)]
    return _json(
        {"of": of, "by": [trend.unit, *trend.dimensions], "toll": trend.measure, "rows": trend_records(trend), "warnings": told}
    )


def timeline_csv(entries: Sequence[Entry]) -> bytes:
    return _csv([{name: getattr(entry, name) for name in _TIMELINE} for entry in entries], _TIMELINE)


def timeline_json(entries: Sequence[Entry], of: str) -> bytes:
    return _json({"of": of, "entries": entries})


def _csv(records: Sequence[dict[str, Cell]], columns: Sequence[str] = ()) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns or (records[0] if records else ()))
    writer.writerows([[csv_cell(value) for value in record.values()] for record in records])
    return stream.getvalue().encode()


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
