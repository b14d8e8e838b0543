"""Counts events and their tolls by period and by what else is asked (province, type, ...), with low and high bounds.

Counts of events:
  best   events whose days lie wholly in the period
  low    those of them that at least one source states as a fact (the rest are alleged)
  high   besides, those whose days reach into the period: an event of "early March" may belong to any of two weeks
Tolls are those of the events (`Event.totals`: never summed over the claims of one event), added up over events:
  best   of the events in `best`, the best number, or the lowest where an event has no best
  low    of the events in `low`, the lowest number of each, nothing where it has none
  high   of the events in `high`, the highest number of each; `open` counts those of which no source gives a highest, and
         which stand there with the most that is said
Where no source tells a toll of any event of a row there is none: no number, and no zero.
Running totals are no events and add to nothing.  An event whose days reach over several periods stands in a row of its own
("several weeks"), one without a date in another ("no date"), so that the rows of `best` add up to all events.

Beside them stands the reporting: how many reports, outlets and lineages tell of the events of a row, and how many reports and
outlets the whole project has of a period, by date of publication.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

from msgspec import Struct

from dateline import captions
from dateline.errors import FilterError
from dateline.lexicon.codebook import codebook
from dateline.model import Event, EventFigure
from dateline.trends.periods import UNITS, Period, Unit, period_of, periods

Dimension = Literal["country", "province", "event_type", "actor", "outlet"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
NO_DATE = "no date"
UNKNOWN = "not known"


class Told(NamedTuple):
    """An event, and the reports that tell of it: the id of each, and its outlet."""

    event: Event
    reports: tuple[tuple[str, str | None], ...]


class Published(NamedTuple):
    """A report as far as it is counted: when it was published and by whom."""

    day: date | None
    outlet: str | None


class Coverage(Struct, frozen=True):
    """How many reports and outlets a period has in the whole project."""

    reports: int = 0
    outlets: int = 0


class Range(Struct, frozen=True):
    """A count with its bounds; `open`: how many events have no upper bound."""

    low: float = 0
    best: float = 0
    high: float = 0
    open: int = 0


class Row(Struct, frozen=True, kw_only=True):
    """The events of one period and group.  `period` is None in the rows of events that lie in no one period."""

    period: Period | None
    name: str  # of the period, "several weeks" or "no date"
    group: tuple[str, ...]  # a value for each dimension
    events: Range
    toll: Range | None  # None where no source of these events tells one: a zero is never made up
    reports: int
    outlets: int
    lineages: int | None  # None where they are not known


class Trend(Struct, frozen=True, kw_only=True):
    """Counts over time: rows by period, then by group; `coverage` of every period from the first to the last."""

    unit: Unit
    dimensions: tuple[Dimension, ...]
    measure: str
    rows: tuple[Row, ...]
    coverage: tuple[tuple[Period, Coverage], ...]
    undated_reports: int


class _Placed(NamedTuple):
    """What is counted of an event, and the periods that it lies in or reaches into.  The event itself is not kept."""

    stated: bool
    groups: tuple[tuple[str, ...], ...]
    reports: tuple[tuple[str, str | None], ...]
    period: Period | None  # that it wholly lies in
    reaches: tuple[Period, Period] | None  # the first and the last that it reaches into, where they are several
    toll: EventFigure | None


def read_by(words: str) -> tuple[Unit, tuple[Dimension, ...]]:
    """The unit and the dimensions of "week,province".  Raises FilterError for a name that is neither, or two units."""
    names = [name.strip().lower().replace("-", "_") for name in words.split(",") if name.strip()]
    names = ["event_type" if name == "type" else name for name in names]
    if unknown := [name for name in names if name not in UNITS and name not in DIMENSIONS]:
        raise FilterError(f"cannot count by {unknown[0]!r}. Known: {', '.join((*UNITS, *DIMENSIONS))}")
    units = [unit for unit in UNITS if unit in names]
    if len(units) > 1:
        raise FilterError(f"cannot count by {' and '.join(units)} at once; choose one of them")
    return units[0] if units else "week", tuple(dict.fromkeys(d for name in names for d in DIMENSIONS if d == name))


def count_trend(
    told: Iterable[Told],
    published: Iterable[Published],
    *,
    unit: Unit = "week",
    dimensions: Sequence[Dimension] = (),
    measure: str = "killed",
    lineages: Mapping[str, str] | None = None,
) -> Trend:
    """Count events by period and group.  `published` are all reports of the project, `lineages` the lineage of each by its id.

    By actor or outlet an event stands under each that it has, so that rows of one period overlap.
    """
    placed = [_place(one, unit, dimensions, measure) for one in told]
    reports = list(published)
    span = _span(placed, reports, unit)
    cells: dict[tuple[Period | None, str, tuple[str, ...]], list[tuple[_Placed, bool]]] = defaultdict(list)
    for one in placed:
        for group in one.groups:
            cells[(one.period, _name(one, unit), group)].append((one, True))
            for period in _reached(one, span, unit):
                cells[(period, period.name, group)].append((one, False))
    if not dimensions:
        for period in span:
            cells.setdefault((period, period.name, ()), [])
    coverage = _coverage(reports, unit)
    ordered = sorted(cells, key=lambda key: (key[0] is None, key[0].start if key[0] else date.max, key[1] == NO_DATE, key[2]))
    return Trend(
        unit=unit,
        dimensions=tuple(dimensions),
        measure=measure,
        rows=tuple(_row(key, cells[key], lineages) for key in ordered),
        coverage=tuple((period, coverage.get(period, Coverage())) for period in span),
        undated_reports=sum(report.day is None for report in reports),
    )


def _place(told: Told, unit: Unit, dimensions: Sequence[Dimension], measure: str) -> _Placed:
    event = told.event
    start, end = event.time_start or event.time_end, event.time_end or event.time_start
    period, reaches = None, None
    if start is not None and end is not None:
        first, last = period_of(start, unit), period_of(max(start, end), unit)
        period, reaches = (first, None) if first == last else (None, (first, last))
    groups = tuple(_groups(told, dimensions))
    return _Placed(event.certainty == "stated", groups, told.reports, period, reaches, toll_of(event, measure))


def toll_of(event: Event, measure: str) -> EventFigure | None:
    """The event's figure of a measure: for tolls of persons all of them; else the only one, as other things do not add up."""
    found = [figure for figure in event.totals if _means(figure.measure, measure)]
    found = found or [figure for figure in event.figures if _means(figure.measure, measure)]
    return found[0] if len(found) == 1 else None


def _means(own: str, measure: str) -> bool:
    return own == measure or codebook().stands_for("measures", own) == {measure}


def _name(one: _Placed, unit: Unit) -> str:
    return one.period.name if one.period else f"several {unit}s" if one.reaches else NO_DATE


def _span(placed: Sequence[_Placed], reports: Sequence[Published], unit: Unit) -> list[Period]:
    """All periods from the first to the last that an event lies in; where none does, those of the reports."""
    known = [one.period for one in placed if one.period] or [period_of(r.day, unit) for r in reports if r.day]
    return list(periods(min(known).start, max(known).end, unit)) if known and placed else []


def _reached(one: _Placed, span: Sequence[Period], unit: Unit) -> Iterable[Period]:
    if one.reaches is None or not span:
        return ()
    first, last = max(one.reaches[0].start, span[0].start), min(one.reaches[1].end, span[-1].end)
    return periods(first, last, unit) if first <= last else ()


def _groups(told: Told, dimensions: Sequence[Dimension]) -> list[tuple[str, ...]]:
    groups: list[tuple[str, ...]] = [()]
    for dimension in dimensions:
        groups = [(*group, value) for group in groups for value in _VALUES[dimension](told)]
    return groups


def _province(told: Told) -> list[str]:
    place = told.event.place
    named = place and (place.admin1 or (place.name if place.kind == "admin1" else None))
    return [f"{named}, {place.country}" if place and place.country else named] if named else [UNKNOWN]


_VALUES: dict[Dimension, Callable[[Told], list[str]]] = {
    "country": lambda told: [told.event.place.country if told.event.place and told.event.place.country else UNKNOWN],
    "province": _province,
    "event_type": lambda told: [captions.event_type(told.event.event_type)],
    "actor": lambda told: sorted({*told.event.initiator, *told.event.target}) or [UNKNOWN],
    "outlet": lambda told: sorted({outlet for _, outlet in told.reports if outlet}) or [UNKNOWN],
}


def _row(
    key: tuple[Period | None, str, tuple[str, ...]], told: Sequence[tuple[_Placed, bool]], lineages: Mapping[str, str] | None
) -> Row:
    period, name, group = key
    certain = [one for one, surely in told if surely]
    reports = dict(report for one in certain for report in one.reports)
    return Row(
        period=period,
        name=name,
        group=group,
        events=Range(sum(one.stated for one in certain), len(certain), len(told)),
        toll=_toll(certain, [one for one, _ in told]),
        reports=len(reports),
        outlets=len({outlet for outlet in reports.values() if outlet}),
        lineages=None if lineages is None else len({lineages.get(i, i) for i in reports}),
    )


def _toll(certain: Sequence[_Placed], possible: Sequence[_Placed]) -> Range | None:
    if not any(one.toll for one in possible):
        return None
    tolls = [(one.stated, one.toll) for one in certain if one.toll]
    all_tolls = [one.toll for one in possible if one.toll]
    return Range(
        low=sum(toll.low or 0 for stated, toll in tolls if stated),
        best=sum(_best(toll) for _, toll in tolls),
        high=sum(toll.high if toll.high is not None else _best(toll) for toll in all_tolls),
        open=sum(toll.high is None for toll in all_tolls),
    )


def _best(toll: EventFigure) -> float:
    return toll.best if toll.best is not None else toll.low or 0


def _coverage(reports: Iterable[Published], unit: Unit) -> dict[Period, Coverage]:
    outlets: dict[Period, list[str | None]] = defaultdict(list)
    for report in reports:
        if report.day:
            outlets[period_of(report.day, unit)].append(report.outlet)
    return {period: Coverage(len(found), len({outlet for outlet in found if outlet})) for period, found in outlets.items()}
