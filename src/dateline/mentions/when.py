"""What days a time phrase means, counted from the day of the report or from a day that the text has named."""

import re
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

# A date of a sentence that looks ahead may lie this many months ahead; what is over longer ago than the rest of a year is next
# year's ("will be held in June").
MONTHS_AHEAD = 10


class When(NamedTuple):
    """First and last day (None where the words give none), how precise, and what a relative phrase was counted from."""

    start: date | None
    end: date | None
    precision: Precision
    anchor: date | None = None
    anchor_from: str | None = None


class Frame(NamedTuple):
    """What a phrase can be counted from."""

    today: date | None  # the day of the report
    today_from: str | None
    last_day: date | None = None  # the last day that the text has named
    last_words: str | None = None
    year: int | None = None  # said with a month or a day: dates without a year lie in it
    year_month: int = 1  # the month that it was said with: a month before it may be of the next year
    said_year: int | None = None  # the last year named, bare or not: "that year"
    last: Days | None = None  # the last stretch named, day or longer: "since then", "in the same period"
    stretch_words: str | None = None
    period: Days | None = None  # the stretch that the whole report tells of: "October to December 2024"
    period_words: str | None = None
    ahead: bool = False  # the words look ahead: "will meet on Friday"
    weeks_from_sunday: bool = False

    def counted(self, start: date, end: date, precision: Precision) -> When:
        return When(start, end, precision, self.today, self.today_from)

    def counted_from_stretch(self, start: date, end: date | None, precision: Precision) -> When:
        return When(start, end, precision, self.last[0] if self.last else None, self.stretch_words)

    def week_of(self, day: date) -> Days:
        return week_of(day, from_sunday=self.weeks_from_sunday)

    def counted_from_text(self, day: date, end: date | None = None, precision: Precision = "day") -> When:
        return When(day, end or day, precision, self.last_day, self.last_words)


Parts = dict[str, str]


def number(word: str) -> int:
    return int(word) if word.isdigit() else SMALL_NUMBERS[" ".join(word.split())]


def unresolved(precision: Precision) -> When:
    return When(None, None, precision)


def year_of_date(month: int, day: int | None, frame: Frame) -> tuple[int, bool] | None:
    """The year of a date that names none, and whether it was counted from the day of the report."""
    if frame.year is not None and not (frame.ahead and frame.today):
        return None if frame.ahead or month < frame.year_month else (frame.year, False)
    if frame.today is None:
        return None
    latest = days_on(frame.today, AHEAD if day else 0)
    if frame.ahead:
        latest = months_back(frame.today, -MONTHS_AHEAD)
    this = day_of(frame.today.year + 1, month, min(day or 1, 28))
    year = frame.today.year + 1
    while this and this > latest:
        year -= 1
        this = day_of(year, month, min(day or 1, 28))
    return year, True


def _named_year(p: Parts, frame: Frame) -> int | None:
    """The year of "last year", "of that year" after a date."""
    which = " ".join(p.get("of_year", "").split())
    if which in {"that", "the same", "the previous", "the following"} and frame.said_year:
        return frame.said_year + {"the previous": -1, "the following": 1}.get(which, 0)
    if frame.today is None or which not in {"last", "this", "next"}:
        return None
    return frame.today.year + {"last": -1, "next": 1}.get(which, 0)


def _explicit_year(p: Parts, suffix: str = "") -> int | None:
    if said := p.get("year" + suffix):
        return int(said)
    if said := p.get("yy" + suffix):
        return 1900 + int(said) if said.isdigit() else _full_year(int(said.strip("'")))
    return None


def _full_year(two_digits: int) -> int:
    return (1900 if two_digits >= 60 else 2000) + two_digits


def _one_day(year: int | None, month: int, day: int, frame: Frame) -> When:
    if year is not None:
        found = day_of(year, month, day)
        return When(found, found, "day") if found else unresolved("day")
    guess = year_of_date(month, day, frame)
    found = day_of(guess[0], month, day) if guess else None
    if guess is None or found is None:
        return unresolved("day")
    return frame.counted(found, found, "day") if guess[1] else When(found, found, "day")


def _date(p: Parts, frame: Frame) -> When:
    if "of_year" in p and _named_year(p, frame) is None:
        return unresolved("day")
    return _one_day(_explicit_year(p) or _named_year(p, frame), time_words().month(p["month"]), int(p["day"]), frame)


def _day_of_month(p: Parts, frame: Frame) -> When:
    """ "on the 23rd" is the last such day before the report, or the next one where the words look ahead."""
    if frame.today is None:
        return unresolved("day")
    first = frame.today.replace(day=1)
    months = [first, months_back(first, 1)] if "last" not in p.get("of_month", "") else [months_back(first, 1)]
    if frame.ahead:
        months = [first, months_back(first, -1)]
    for month in months:
        day = day_of(month.year, month.month, int(p["day"]))
        if day and (day >= frame.today if frame.ahead else day <= frame.today):
            return frame.counted(day, day, "day")
    return unresolved("day")


def _iso(p: Parts, frame: Frame) -> When:
    found = day_of(int(p["year"]), int(p["month_number"]), int(p["day"]))
    return When(found, found, "day") if found else unresolved("day")


def _numeric(p: Parts, frame: Frame) -> When:
    """3/4/2019 is 3 April or 4 March: only a number above 12, or two equal ones, says which.  3.4.2019 puts the day first."""
    first, second, year = int(p["first"]), int(p["second"]), int(p["year"])
    if "." not in p["words"] and first <= 12 and second <= 12 and first != second:
        return unresolved("day")
    day, month = (first, second) if second <= 12 else (second, first)
    return _one_day(year, month, day, frame)


def _range_of_days(p: Parts, frame: Frame) -> When:
    words = time_words()
    if "of_year" in p and _named_year(p, frame) is None:
        return unresolved("period")
    said = _explicit_year(p, "2") or _explicit_year(p) or _named_year(p, frame)
    last = _one_day(said, words.month(p.get("month2", p["month"])), int(p.get("day2") or p["night_end"]), frame)
    if last.end is None:
        return unresolved("period")
    month = words.month(p["month"])
    year = _explicit_year(p) or last.end.year
    first = day_of(year, month, int(p["day"]))
    if first and first > last.end and "year" not in p:
        first = day_of(year - 1, month, int(p["day"]))
    if first is None or first > last.end:
        return unresolved("period")
    return last._replace(start=first, precision="period")


def _range_of_months(p: Parts, frame: Frame) -> When:
    words = time_words()
    first, last = words.month(p["month"]), words.month(p["month2"])
    end_year = _explicit_year(p, "2") or _named_year(p, frame)
    if "of_year" in p and end_year is None:
        return unresolved("period")
    guess = (end_year, False) if end_year else year_of_date(last, None, frame)
    if guess is None:
        return unresolved("period")
    start_year = _explicit_year(p) or guess[0] - (first > last)
    start, end = month_of(start_year, first)[0], month_of(guess[0], last)[1]
    if start > end:
        return unresolved("period")
    return frame.counted(start, end, "period") if guess[1] else When(start, end, "period")


def _range_of_years(p: Parts, frame: Frame) -> When:
    first = int(p.get("year") or p.get("year3") or p["year4"])
    last = int(p["year2"]) if "year2" in p else first - first % 100 + int(p["short_year"])
    return When(date(first, 1, 1), date(last, 12, 31), "period") if first <= last else unresolved("period")


def _range_of_weekdays(p: Parts, frame: Frame) -> When:
    if frame.today is None:
        return unresolved("period")
    end = weekday_before(frame.today, time_words().weekday(p["weekday2"]))
    return frame.counted(weekday_before(end, time_words().weekday(p["weekday"])), end, "period")


def _month(p: Parts, frame: Frame) -> When:
    month, year = time_words().month(p["month"]), _explicit_year(p) or _named_year(p, frame)
    if "of_year" in p and year is None:
        return unresolved("month")
    if which := p.get("which", "").strip():
        return _month_named(month, which, frame)
    guess = (year, False) if year else year_of_date(month, None, frame)
    if guess is None:
        return unresolved("month")
    days = month_of(guess[0], month)
    if p["words"].endswith("so far") and frame.today and days[0] <= frame.today <= days[1]:
        return frame.counted(days[0], frame.today, "period")
    return frame.counted(*days, "month") if guess[1] else When(*days, "month")


def _month_named(month: int, which: str, frame: Frame) -> When:
    """ "last May" is over before the month of the report, "next May" comes after it, "this May" lies in its year."""
    if frame.today is None:
        return unresolved("month")
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
        return unresolved("period")
    first, last = time_words().seasons[p["season"]]
    days = season_of(frame.today.year, first, last)
    if p["which"] == "next":
        days = days if days[0] > frame.today else season_of(frame.today.year + 1, first, last)
        return frame.counted(*days, "period")
    while days[0] > frame.today or (p["which"] != "this" and days[1] >= frame.today):
        days = season_of(days[0].year - 1, first, last)
    return frame.counted(*days, "period")


def _bare_season(p: Parts, frame: Frame) -> When:
    """ "since the spring" of a report is its last one; any other bare season says no year, and is kept as words."""
    if p.get("edge") != "since" or "fall" in p["season"]:
        return unresolved("period")
    return _this_season(p | {"which": "this"}, frame)


def _century(p: Parts, frame: Frame) -> When:
    number_ = int(p["century"])
    if not 1 <= number_ <= 30:
        return unresolved("period")
    return When(date(100 * (number_ - 1) + 1, 1, 1), date(100 * number_, 12, 31), "period")


def _decade(p: Parts, frame: Frame) -> When:
    first = int(p["decade"])
    return When(date(first, 1, 1), date(first + 9, 12, 31), "period")


def _year(p: Parts, frame: Frame) -> When:
    return When(*year_of(int(p["year"])), "year")


_QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3}


def _part_of_year(p: Parts, frame: Frame) -> When:
    """Halves, quarters and first months of a year."""
    said = p.get("year") or p.get("year2")
    year = int(said) if said else None
    if year is None:
        if frame.today is None:
            return unresolved("period")
        year = frame.today.year - ("last year" in p.get("words", ""))
        if "quarter" in p and "year" not in p["words"] and 3 * _QUARTERS[p["quarter"]] + 1 > frame.today.month:
            year -= 1  # of a report of May, the third quarter is last year's
    if "half" in p:
        days = shrink(year_of(year), f"{p['half']} half")
    elif "quarter" in p or "quarter_number" in p:
        first = 3 * (int(p["quarter_number"]) - 1 if "quarter_number" in p else _QUARTERS[p["quarter"]]) + 1
        days = month_of(year, first)[0], month_of(year, first + 2)[1]
    else:
        days = date(year, 1, 1), month_of(year, min(max(number(p["n"]), 1), 12))[1]
    return When(*days, "period") if said else frame.counted(*days, "period")


def _first_units(p: Parts, frame: Frame) -> When:
    """ "in the first four months", of nothing named, are those of the report's year, where they are over; "its first months" and
    other stretches begin at nobody says when."""
    count = number(p["n"])
    of_year = time_words().unit(p["units"]) == "month" and re.search(r"\bthe first\b", p["words"]) and count < 12
    if frame.today is None or not of_year or count > frame.today.month:
        return unresolved("period")
    return _part_of_year(p, frame)


_NTH_WEEK = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1}


def _first_of_month(p: Parts, frame: Frame) -> When:
    """ "the first two weeks of May", "the second week of the month": days of a month, weeks counted from its first."""
    count = number(p["n"]) if "n" in p else 1
    unit = time_words().unit(p["units"]) if "units" in p else "week"
    before = 7 * _NTH_WEEK[p["nth"]] if "nth" in p else 0
    if unit not in {"day", "week"}:
        return unresolved("period")
    if "month" in p:
        when = _month(p | {"which": ""}, frame)
    else:
        when = this_unit({"unit": "month", "which": "last" if p["which"] == "last" else "this"}, frame)
    if when.start is None:
        return unresolved("week" if "nth" in p else "period")
    last = month_of(when.start.year, when.start.month)[1]
    start = days_on(last, -6) if before < 0 else days_on(when.start, before)
    end = min(last, days_on(start, count * (7 if unit == "week" else 1) - 1))
    return when._replace(start=start, end=end, precision="week" if "nth" in p else "period")


def _weekday(p: Parts, frame: Frame) -> When:
    if frame.today is None:
        return unresolved("day")
    weekday, which = time_words().weekday(p["weekday"]), p.get("which", "").strip()
    if "of_week" in p:
        start = frame.week_of(days_on(frame.today, -7 if "last" in p["of_week"] else 0))[0]
        day = days_on(start, (weekday - start.weekday()) % 7)
    elif which in {"next", "this coming", "the following"}:
        day = weekday_after(frame.today, weekday)
    elif frame.ahead and which in {"", "this"}:
        day = weekday_after(days_on(frame.today, -1), weekday)
    else:
        day = weekday_before(frame.today, weekday, or_same=which not in {"last", "this past", "the previous"})
    return frame.counted(day, day, "day")


_DAY_NAMES = {
    "yesterday": (-1, -1), "last night": (-1, -1), "last evening": (-1, -1), "overnight": (-1, 0), "tomorrow": (1, 1),
    "the day before yesterday": (-2, -2), "the day after tomorrow": (2, 2),
}  # fmt: skip


def _day_name(p: Parts, frame: Frame) -> When:
    if frame.today is None:
        return unresolved("day")
    first, last = _DAY_NAMES.get(" ".join(p["name"].split()), (0, 0))
    return frame.counted(days_on(frame.today, first), days_on(frame.today, last), "day")


def _unit_around(day: date, unit: str, frame: Frame) -> Days:
    if unit == "week":
        return frame.week_of(day)
    if unit == "weekend":
        return weekend_of(day)
    return month_of(day.year, day.month) if unit == "month" else year_of(day.year)


PRECISION_OF: dict[str, Precision] = {
    "day": "day",
    "hour": "day",
    "minute": "day",
    "week": "week",
    "month": "month",
    "year": "year",
}
_LAST = frozenset({"last", "the past", "this past", "the previous", "the last"})


def this_unit(p: Parts, frame: Frame) -> When:
    """ "this week" ends with the report; "last week" is the week before; "the past week" ends with the report too."""
    unit, which = "year" if p["unit"] == "yr" else p["unit"], p.get("which", "this")
    precision: Precision = PRECISION_OF.get(unit, "period")
    if frame.today is None:
        return unresolved(precision)
    if which in {"the past", "the last", "this past"} and unit != "weekend":
        return frame.counted(back(frame.today, 1, unit), frame.today, precision)
    if unit == "fortnight":
        ahead = which in {"next", "the next", "the coming"}
        days = (frame.today, days_on(frame.today, 14)) if ahead else (days_on(frame.today, -14), frame.today)
        return frame.counted(*days, "period")
    start, end = _unit_around(frame.today, unit, frame)
    if which in _LAST:
        over = unit == "weekend" and end < frame.today  # of a Friday's report, last weekend is the one before it
        return frame.counted(*((start, end) if over else _unit_around(days_on(start, -1), unit, frame)), precision)
    if which in {"next", "the next", "the coming"}:
        return frame.counted(*_unit_around(days_on(end, 7 if unit == "weekend" else 1), unit, frame), precision)
    if unit == "weekend" and frame.ahead and end < frame.today:
        start, end = days_on(start, 7), days_on(end, 7)
    whole = unit == "weekend" or "part" in p or frame.ahead  # "the end of this year" may lie ahead
    return frame.counted(start, end if whole else frame.today, precision)


def back(day: date, count: int, unit: str) -> date:
    """`count` units before `day` (after it, where negative)."""
    if unit in {"month", "year", "decade"}:
        return months_back(day, count * {"month": 1, "year": 12, "decade": 120}[unit])
    if unit in {"minute", "hour"}:
        hours = abs(count) if unit == "hour" else 1
        return days_on(day, -((hours + 23) // 24 * (1 if count > 0 else -1)))
    return days_on(day, -count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _past_units(p: Parts, frame: Frame) -> When:
    """ "in the last 24 hours" runs from the day before the report to its day."""
    count, unit = number(p["n"]), time_words().unit(p["units"])
    one_day = unit == "minute" or (unit == "hour" and count <= 24) or (unit == "day" and count <= 1)
    precision: Precision = (
        "day" if one_day else PRECISION_OF[unit] if count == 1 and unit in {"week", "month", "year"} else "period"
    )
    return frame.counted(back(frame.today, count, unit), frame.today, precision) if frame.today else unresolved(precision)


def _past_day(p: Parts, frame: Frame) -> When:
    if frame.today is None:
        return unresolved("day")
    return frame.counted(days_on(frame.today, -1 if p["unit"] == "day" else 0), frame.today, "day")


def _next_units(p: Parts, frame: Frame) -> When:
    """ "in the next three days" counts from the report, "in the following three days" from the last day named."""
    count, unit = number(p["n"]), time_words().unit(p["units"])
    if "following" in p["words"]:
        end = back(frame.last_day, -count, unit) if frame.last_day else None
        return frame.counted_from_text(frame.last_day, end, "period") if frame.last_day else unresolved("period")
    return frame.counted(frame.today, back(frame.today, -count, unit), "period") if frame.today else unresolved("period")


def _units_ago(p: Parts, frame: Frame) -> When:
    """ "three days ago" is that day, "two weeks ago" the seven days around it, "two months ago" that month."""
    count, unit = number(p["n"]), time_words().unit(p["units"])
    precision: Precision = PRECISION_OF.get(unit, "period")
    if p["words"].endswith("earlier"):  # counted from a day that the text has named, if it has named one
        if frame.last_day is None:
            return unresolved(precision)
        return frame.counted_from_text(*_around(back(frame.last_day, count, unit), unit), precision)
    if frame.today is None:
        return unresolved(precision)
    return frame.counted(*_around(back(frame.today, count, unit), unit), precision)


def _in_units(p: Parts, frame: Frame) -> When:
    """ "the third attack in two weeks" counts back from the report, "will be ready in two weeks" ahead."""
    count, unit = number(p["n"]), time_words().unit(p["units"])
    if frame.today is None or "bound" in p:
        return unresolved("period")
    if frame.ahead:
        return frame.counted(frame.today, back(frame.today, -count, unit), "period")
    return frame.counted(back(frame.today, count, unit), frame.today, "period")


def _duration(p: Parts, frame: Frame) -> When:
    """A stretch with no beginning; "will be done within two weeks" begins with the report."""
    if not (frame.ahead and frame.today and p["words"].startswith("within ") and "n" in p):
        return unresolved("period")
    return _in_units(p, frame)


def _within_hours(p: Parts, frame: Frame) -> When:
    return _in_units(p | {"units": "hours"}, frame) if frame.ahead else unresolved("period")


def _unit_out(p: Parts, frame: Frame) -> When:
    """ "before the year is out" ends with the last day of the report's year; when it begins nobody says."""
    if frame.today is None:
        return unresolved("period")
    return When(None, _unit_around(frame.today, p["unit"], frame)[1], "period", frame.today, frame.today_from)


def _around(day: date, unit: str) -> Days:
    if unit in {"minute", "hour", "day"}:
        return day, day
    if unit in {"week", "fortnight"}:
        return days_on(day, -3), days_on(day, 3)
    return month_of(day.year, day.month) if unit == "month" else year_of(day.year)


def _so_far(p: Parts, frame: Frame) -> When:
    unit = p.get("unit") or p["unit2"]
    if unit.isdigit():
        first, last = year_of(int(unit))
        if frame.today and first <= frame.today <= last:
            return frame.counted(first, frame.today, "period")
        return When(first, last, "period")
    if frame.today is None:
        return unresolved("period")
    return frame.counted(_unit_around(frame.today, unit, frame)[0], frame.today, "period")


def _earlier_this(p: Parts, frame: Frame) -> When:
    unit, which = p["unit"], p["which"].strip("-")
    if frame.today is None:
        return unresolved("period" if unit != "week" else "week")
    start, end = _unit_around(frame.today, unit, frame)
    days = {"earlier": (start, frame.today), "later": (frame.today, end)}.get(which)
    part = {"early": "early", "mid": "middle", "late": "late"}.get(which, "early")
    return frame.counted(*(days or shrink((start, end), part)), "week" if unit == "week" else "period")


def _holiday(p: Parts, frame: Frame) -> When:
    name = " ".join(p["holiday"].split())
    named = _explicit_year(p) or _named_year(p, frame)
    if "of_year" in p and named is None:
        return unresolved("day")
    years = [named] if named else [frame.year] if frame.year and not frame.ahead else []
    if not years and frame.today is None:
        return unresolved("day")
    days = [_feast(name, year) for year in (years or _years_near(frame))]
    if years:
        return When(days[0], days[0], "day")
    assert frame.today is not None
    latest = days_on(frame.today, AHEAD)
    day = min(d for d in days if d >= frame.today) if frame.ahead else max(d for d in days if d <= latest)
    return frame.counted(day, day, "day")


def _years_near(frame: Frame) -> list[int]:
    assert frame.today is not None
    return [frame.today.year - 1, frame.today.year, frame.today.year + 1]


def _feast(name: str, year: int) -> date:
    fixed = time_words().holidays.get(name)
    return date(year, *fixed) if fixed else movable_feast(name, year)


def no_days(precision: Precision) -> Callable[[Parts, Frame], When]:
    """A reader of words that give no day."""
    return lambda p, frame: unresolved(precision)


def _event_part(p: Parts, frame: Frame) -> When:
    unit = p["unit"]
    return unresolved(PRECISION_OF[unit] if unit in PRECISION_OF and "n" not in p else "period")


def _present(p: Parts, frame: Frame) -> When:
    return frame.counted(frame.today, frame.today, "day") if frame.today else unresolved("day")


def _vague_units(p: Parts, frame: Frame) -> When:
    """ "in the coming weeks" begins with the report; "in recent weeks" gives no day."""
    if frame.today is None or not ("coming" in p["words"] or "next" in p["words"]):
        return unresolved("period")
    return When(frame.today, None, "period", frame.today, frame.today_from)


def _weekend(p: Parts, frame: Frame) -> When:
    """ "over the weekend" is the last one before the report, or the one that it lies in."""
    return this_unit({"unit": "weekend", "which": "this"}, frame)


def _the_unit(p: Parts, frame: Frame) -> When:
    """ "the end of the month" is of the report's month; "during the month" alone does not say of which."""
    if "part" in p or "edge" in p:
        return this_unit(p, frame)
    return unresolved(PRECISION_OF.get(p["unit"], "period"))


CALENDAR_READERS: dict[str, Callable[[Parts, Frame], When]] = {
    "day range": _range_of_days, "day list": _range_of_days, "month day list": _range_of_days,
    "month day range": _range_of_days, "long range": _range_of_days,
    "long month day range": _range_of_days, "month range": _range_of_months, "year range": _range_of_years,
    "weekday range": _range_of_weekdays, "iso date": _iso, "numeric date": _numeric, "day month year": _date,
    "month day year": _date, "day month": _date, "month day": _date, "day of month": _day_of_month,
    "month year": _month, "month": _month, "first of month": _first_of_month,
    "season year": _season, "decade": _decade, "century": _century, "half year": _part_of_year, "quarter": _part_of_year,
    "first months": _part_of_year, "year": _year, "weekday": _weekday, "day name": _day_name, "this unit": this_unit,
    "the unit": _the_unit, "the weekend": _weekend,
    "this season": _this_season, "bare season": _bare_season, "past units": _past_units, "next units": _next_units,
    "past day": _past_day, "units ago": _units_ago, "so far": _so_far, "earlier this": _earlier_this,
    "past vague units": _vague_units, "holiday": _holiday, "event part": _event_part, "present": _present,
    "nth day": _event_part, "first duration": _first_units, "duration": _duration, "duration in": _in_units,
    "duration within": _within_hours, "unit out": _unit_out,
}  # fmt: skip
"""Rule of the grammar -> what reads its phrases, for those that count from the calendar or the day of the report.
`parts["words"]` holds the phrase itself."""
