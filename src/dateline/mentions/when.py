"""What days a time phrase means, counted from the day of the report or from a day that the text has named."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from dateline.lexicon.times import time_words
from dateline.mentions.calendar import (
    Days,
    day_of,
    days_on,
    month_of,
    months_back,
    movable_feast,
    season_of,
    shrink,
    week_of,
    weekday_after,
    weekday_before,
    weekend_of,
    year_of,
)
from dateline.mentions.time_grammar import SMALL_NUMBERS
from dateline.model import Precision

# A date with no year lies in the year that brings it nearest to the report; reports look back, so it may lie ahead of the
# report by no more than these days ("elections on 5 May").
AHEAD = 45


class When(NamedTuple):
    """First and last day (None where the words give none), how precise, and what a relative phrase was counted from."""

    start: date | None
    end: date | None
    precision: Precision
    anchor: date | None = None
    anchor_from: str | None = None


class Frame(NamedTuple):
    """What a phrase can be counted from: the day of the report, the last day named, the last year said with a month or day."""

    today: date | None
    today_from: str | None
    last_day: date | None = None
    last_words: str | None = None
    year: int | None = None

    def counted(self, start: date, end: date, precision: Precision) -> When:
        return When(start, end, precision, self.today, self.today_from)

    def counted_from_text(self, day: date, end: date | None = None, precision: Precision = "day") -> When:
        return When(day, end or day, precision, self.last_day, self.last_words)


Parts = dict[str, str]


def number(word: str) -> int:
    return int(word) if word.isdigit() else SMALL_NUMBERS[" ".join(word.split())]


def _nothing(precision: Precision) -> When:
    return When(None, None, precision)


def year_of_date(month: int, day: int | None, frame: Frame) -> tuple[int, bool] | None:
    """The year of a date that names none, and whether it was counted from the day of the report."""
    if frame.year is not None:
        return frame.year, False
    if frame.today is None:
        return None
    latest = days_on(frame.today, AHEAD if day else 0)
    this = day_of(frame.today.year + 1, month, min(day or 1, 28))
    year = frame.today.year + 1
    while this and this > latest:
        year -= 1
        this = day_of(year, month, min(day or 1, 28))
    return year, True


def _explicit_year(p: Parts, suffix: str = "") -> int | None:
    if said := p.get("year" + suffix):
        return int(said)
    if said := p.get("yy" + suffix):
        return 1900 + int(said) if said.isdigit() else _century(int(said.strip("'")))
    return None


def _century(two_digits: int) -> int:
    return (1900 if two_digits >= 60 else 2000) + two_digits


def _one_day(year: int | None, month: int, day: int, frame: Frame) -> When:
    if year is not None:
        found = day_of(year, month, day)
        return When(found, found, "day") if found else _nothing("day")
    guess = year_of_date(month, day, frame)
    found = day_of(guess[0], month, day) if guess else None
    if guess is None or found is None:
        return _nothing("day")
    return frame.counted(found, found, "day") if guess[1] else When(found, found, "day")


def _date(p: Parts, frame: Frame) -> When:
    return _one_day(_explicit_year(p), time_words().month(p["month"]), int(p["day"]), frame)


def _iso(p: Parts, frame: Frame) -> When:
    found = day_of(int(p["year"]), int(p["month_number"]), int(p["day"]))
    return When(found, found, "day") if found else _nothing("day")


def _numeric(p: Parts, frame: Frame) -> When:
    """3/4/2019 is 3 April or 4 March: only a number above 12, or two equal ones, says which.  3.4.2019 puts the day first."""
    first, second, year = int(p["first"]), int(p["second"]), int(p["year"])
    if "." not in p["words"] and first <= 12 and second <= 12 and first != second:
        return _nothing("day")
    day, month = (first, second) if second <= 12 else (second, first)
    return _one_day(year, month, day, frame)


def _range_of_days(p: Parts, frame: Frame) -> When:
    words = time_words()
    last = _one_day(_explicit_year(p, "2") or _explicit_year(p), words.month(p.get("month2", p["month"])), int(p["day2"]), frame)
    if last.end is None:
        return _nothing("period")
    month = words.month(p["month"])
    year = _explicit_year(p) or last.end.year
    first = day_of(year, month, int(p["day"]))
    if first and first > last.end and "year" not in p:
        first = day_of(year - 1, month, int(p["day"]))
    if first is None or first > last.end:
        return _nothing("period")
    return last._replace(start=first, precision="period")


def _range_of_months(p: Parts, frame: Frame) -> When:
    words = time_words()
    first, last = words.month(p["month"]), words.month(p["month2"])
    end_year = _explicit_year(p, "2")
    guess = (end_year, False) if end_year else year_of_date(last, None, frame)
    if guess is None:
        return _nothing("period")
    start_year = _explicit_year(p) or guess[0] - (first > last)
    start, end = month_of(start_year, first)[0], month_of(guess[0], last)[1]
    if start > end:
        return _nothing("period")
    return frame.counted(start, end, "period") if guess[1] else When(start, end, "period")


def _range_of_years(p: Parts, frame: Frame) -> When:
    first = int(p.get("year") or p.get("year3") or p["year4"])
    last = int(p["year2"]) if "year2" in p else first - first % 100 + int(p["short_year"])
    return When(date(first, 1, 1), date(last, 12, 31), "period") if first <= last else _nothing("period")


def _range_of_weekdays(p: Parts, frame: Frame) -> When:
    if frame.today is None:
        return _nothing("period")
    end = weekday_before(frame.today, time_words().weekday(p["weekday2"]))
    return frame.counted(weekday_before(end, time_words().weekday(p["weekday"])), end, "period")


def _month(p: Parts, frame: Frame) -> When:
    month, year = time_words().month(p["month"]), _explicit_year(p)
    if which := p.get("which", "").strip():
        return _month_named(month, which, frame)
    guess = (year, False) if year else year_of_date(month, None, frame)
    if guess is None:
        return _nothing("month")
    days = month_of(guess[0], month)
    return frame.counted(*days, "month") if guess[1] else When(*days, "month")


def _month_named(month: int, which: str, frame: Frame) -> When:
    """ "last May" is over before the month of the report, "next May" comes after it, "this May" lies in its year."""
    if frame.today is None:
        return _nothing("month")
    year = frame.today.year
    if which in {"last", "this past"} and month >= frame.today.month:
        year -= 1
    elif which == "next" and month <= frame.today.month:
        year += 1
    return frame.counted(*month_of(year, month), "month")


def _season(p: Parts, frame: Frame) -> When:
    return When(*season_of(int(p["year"]), *time_words().seasons[p["season"]]), "period")


def _this_season(p: Parts, frame: Frame) -> When:
    if frame.today is None:
        return _nothing("period")
    first, last = time_words().seasons[p["season"]]
    days = season_of(frame.today.year, first, last)
    while days[0] > frame.today or (p["which"] != "this" and days[1] >= frame.today):
        days = season_of(days[0].year - 1, first, last)
    return frame.counted(*days, "period")


def _decade(p: Parts, frame: Frame) -> When:
    first = int(p["decade"])
    return When(date(first, 1, 1), date(first + 9, 12, 31), "period")


def _year(p: Parts, frame: Frame) -> When:
    return When(*year_of(int(p["year"])), "year")


_QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3}


def _part_of_year(p: Parts, frame: Frame) -> When:
    """Halves, quarters and first months of a year."""
    year = int(p["year"]) if "year" in p else None
    if year is None:
        if frame.today is None:
            return _nothing("period")
        year = frame.today.year - ("last year" in p.get("words", ""))
    if "half" in p:
        days = shrink(year_of(year), f"{p['half']} half")
    elif "quarter" in p:
        first = 3 * _QUARTERS[p["quarter"]] + 1
        days = month_of(year, first)[0], month_of(year, first + 2)[1]
    else:
        days = date(year, 1, 1), month_of(year, min(max(number(p["n"]), 1), 12))[1]
    return When(*days, "period") if "year" in p else frame.counted(*days, "period")


def _weekday(p: Parts, frame: Frame) -> When:
    if frame.today is None:
        return _nothing("day")
    weekday, which = time_words().weekday(p["weekday"]), p.get("which", "").strip()
    if "of_week" in p:
        sunday = week_of(days_on(frame.today, -7 if "last" in p["of_week"] else 0))[0]
        day = days_on(sunday, (weekday + 1) % 7)
    elif which in {"next", "this coming", "the following"}:
        day = weekday_after(frame.today, weekday)
    else:
        day = weekday_before(frame.today, weekday, or_same=which not in {"last", "this past", "the previous"})
    return frame.counted(day, day, "day")


_DAY_NAMES = {
    "yesterday": (-1, -1), "last night": (-1, -1), "overnight": (-1, 0), "tomorrow": (1, 1),
    "the day before yesterday": (-2, -2), "the day after tomorrow": (2, 2),
}  # fmt: skip


def _day_name(p: Parts, frame: Frame) -> When:
    if frame.today is None:
        return _nothing("day")
    first, last = _DAY_NAMES.get(" ".join(p["name"].split()), (0, 0))
    return frame.counted(days_on(frame.today, first), days_on(frame.today, last), "day")


def _unit_around(day: date, unit: str) -> Days:
    if unit == "week":
        return week_of(day)
    if unit == "weekend":
        return weekend_of(day)
    return month_of(day.year, day.month) if unit == "month" else year_of(day.year)


_PRECISION: dict[str, Precision] = {"day": "day", "hour": "day", "week": "week", "month": "month", "year": "year"}
_LAST = frozenset({"last", "the past", "this past", "the previous", "the last"})


def _this_unit(p: Parts, frame: Frame) -> When:
    """ "this week" ends with the report; "last week" is the week before; "the past week" ends with the report too."""
    unit, which = p["unit"], p.get("which", "this")
    precision: Precision = _PRECISION.get(unit, "period")
    if frame.today is None:
        return _nothing(precision)
    if which in {"the past", "the last", "this past"} and unit != "weekend":
        return frame.counted(_back(frame.today, 1, unit), frame.today, precision)
    start, end = _unit_around(frame.today, unit)
    if which in _LAST:
        return frame.counted(*_unit_around(days_on(start, -1), unit), precision)
    if which in {"next", "the next", "the coming"}:
        return frame.counted(*_unit_around(days_on(end, 7 if unit == "weekend" else 1), unit), precision)
    whole = unit == "weekend" or "part" in p  # "the end of this year" may lie ahead
    return frame.counted(start, end if whole else frame.today, precision)


def _back(day: date, count: int, unit: str) -> date:
    """`count` units before `day` (after it, where negative)."""
    if unit in {"month", "year", "decade"}:
        return months_back(day, count * {"month": 1, "year": 12, "decade": 120}[unit])
    days = {"hour": (abs(count) + 23) // 24 * (1 if count > 0 else -1), "day": count, "week": 7 * count}[unit]
    return days_on(day, -days)


def _past_units(p: Parts, frame: Frame) -> When:
    """ "in the last 24 hours" runs from the day before the report to its day."""
    count, unit = number(p["n"]), time_words().unit(p["units"])
    one_day = (unit == "hour" and count <= 24) or (unit == "day" and count <= 1)
    precision: Precision = (
        "day" if one_day else _PRECISION[unit] if count == 1 and unit in {"week", "month", "year"} else "period"
    )
    return frame.counted(_back(frame.today, count, unit), frame.today, precision) if frame.today else _nothing(precision)


def _past_day(p: Parts, frame: Frame) -> When:
    return frame.counted(days_on(frame.today, -1), frame.today, "day") if frame.today else _nothing("day")


def _next_units(p: Parts, frame: Frame) -> When:
    count, unit = number(p["n"]), time_words().unit(p["units"])
    return frame.counted(frame.today, _back(frame.today, -count, unit), "period") if frame.today else _nothing("period")


def _units_ago(p: Parts, frame: Frame) -> When:
    """ "three days ago" is that day, "two weeks ago" the seven days around it, "two months ago" that month."""
    count, unit = number(p["n"]), time_words().unit(p["units"])
    precision: Precision = _PRECISION.get(unit, "period")
    if p["words"].endswith("earlier"):  # counted from a day that the text has named, if it has named one
        if frame.last_day is None:
            return _nothing(precision)
        return frame.counted_from_text(*_around(_back(frame.last_day, count, unit), unit), precision)
    if frame.today is None:
        return _nothing(precision)
    return frame.counted(*_around(_back(frame.today, count, unit), unit), precision)


def _around(day: date, unit: str) -> Days:
    if unit in {"hour", "day"}:
        return day, day
    if unit == "week":
        return days_on(day, -3), days_on(day, 3)
    return month_of(day.year, day.month) if unit == "month" else year_of(day.year)


def _so_far(p: Parts, frame: Frame) -> When:
    unit = p.get("unit") or p["unit2"]
    if unit.isdigit():
        return When(*year_of(int(unit)), "period")
    return frame.counted(_unit_around(frame.today, unit)[0], frame.today, "period") if frame.today else _nothing("period")


def _earlier_this(p: Parts, frame: Frame) -> When:
    unit, which = p["unit"], p["which"].strip("-")
    if frame.today is None:
        return _nothing("period" if unit != "week" else "week")
    start, end = _unit_around(frame.today, unit)
    days = {"earlier": (start, frame.today), "later": (frame.today, end)}.get(which)
    part = {"early": "early", "mid": "middle", "late": "late"}.get(which, "early")
    return frame.counted(*(days or shrink((start, end), part)), "week" if unit == "week" else "period")


def _from_text(step: int) -> Callable[[Parts, Frame], When]:
    """The same day, the next, the day before: counted from the last day that the text has named."""

    def read(p: Parts, frame: Frame) -> When:
        if p.get("unit") == "week":
            return _nothing("week")
        return frame.counted_from_text(days_on(frame.last_day, step)) if frame.last_day else _nothing("day")

    return read


def _units_later(p: Parts, frame: Frame) -> When:
    count, unit = number(p["n"]), time_words().unit(p["units"])
    precision: Precision = _PRECISION.get(unit, "period")
    if frame.last_day is None:
        return _nothing(precision)
    return frame.counted_from_text(*_around(_back(frame.last_day, -count, unit), unit), precision)


def _holiday(p: Parts, frame: Frame) -> When:
    name = " ".join(p["holiday"].split())
    years = [int(p["year"])] if "year" in p else [frame.year] if frame.year else []
    if not years and frame.today is None:
        return _nothing("day")
    days = [_feast(name, year) for year in (years or _years_near(frame))]
    if years:
        return When(days[0], days[0], "day")
    assert frame.today is not None
    latest = days_on(frame.today, AHEAD)
    day = max(d for d in days if d <= latest)
    return frame.counted(day, day, "day")


def _years_near(frame: Frame) -> list[int]:
    assert frame.today is not None
    return [frame.today.year - 1, frame.today.year, frame.today.year + 1]


def _feast(name: str, year: int) -> date:
    fixed = time_words().holidays.get(name)
    return date(year, *fixed) if fixed else movable_feast(name, year)


def _open(precision: Precision) -> Callable[[Parts, Frame], When]:
    return lambda p, frame: _nothing(precision)


def _event_part(p: Parts, frame: Frame) -> When:
    unit = p["unit"]
    precision: Precision = "period"
    if unit in _PRECISION and "n" not in p:
        precision = _PRECISION[unit]
    return _nothing(precision)


READERS: dict[str, Callable[[Parts, Frame], When]] = {
    "day range": _range_of_days, "month day range": _range_of_days, "long range": _range_of_days,
    "long month day range": _range_of_days, "month range": _range_of_months, "year range": _range_of_years,
    "weekday range": _range_of_weekdays, "iso date": _iso, "numeric date": _numeric, "day month year": _date,
    "month day year": _date, "day month": _date, "month day": _date, "month year": _month, "month": _month,
    "season year": _season, "decade": _decade, "half year": _part_of_year, "quarter": _part_of_year,
    "first months": _part_of_year, "year": _year, "weekday": _weekday, "day name": _day_name, "this unit": _this_unit,
    "the unit": _this_unit,
    "this season": _this_season, "past units": _past_units, "next units": _next_units,
    "past vague units": _open("period"),
    "past period": _open("period"), "past day": _past_day,
    "units ago": _units_ago, "vague units ago": _open("period"), "so far": _so_far, "earlier this": _earlier_this,
    "now": _open("period"), "next day": _from_text(1), "previous day": _from_text(-1), "same day": _from_text(0),
    "units later": _units_later, "holiday": _holiday, "lunar": _open("period"), "duration": _open("period"),
    "bare duration": _open("period"), "event part": _event_part, "event start": _open("period"),
    "since event": _open("period"), "since clause": _open("period"), "since then": _open("period"), "day part": _open("day"),
}  # fmt: skip
"""Rule of the grammar -> what reads its phrases.  `parts["words"]` holds the phrase itself."""
