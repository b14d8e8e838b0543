"""Calendar arithmetic: the first and last days of weeks, months, seasons, and of holidays.  All ends are inclusive."""

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]

ONE = timedelta(days=1)


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day (31 June)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_of(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def week_of(day: date, *, from_sunday: bool = False) -> Days:
    """The week that holds `day`: from Monday as ISO 8601 has it, from Sunday as in the United States."""
    start = day - timedelta(days=(day.weekday() + from_sunday) % 7)
    return start, start + timedelta(days=6)


def weekend_of(day: date) -> Days:
    """Saturday and Sunday: the weekend that holds `day`, else the last one before it."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    return saturday, saturday + ONE


def season_of(year: int, first: int, last: int) -> Days:
    """First to last month of a season that begins in `year`; winter runs into the next."""
    return date(year, first, 1), month_of(year + (last < first), last)[1]


def months_back(day: date, months: int) -> date:
    """The same day of the month, `months` earlier (negative: later); the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    year = min(max(year, date.min.year), date.max.year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_on(day: date, days: int) -> date:
    """`day` plus `days`, kept inside the calendar."""
    ordinal = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def weekday_before(day: date, weekday: int, *, or_same: bool = True) -> date:
    """The most recent such weekday, `day` itself included where `or_same`."""
    back = (day.weekday() - weekday) % 7
    return day - timedelta(days=back if back or or_same else 7)


def weekday_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def easter_sunday(year: int) -> date:
    """Easter of the western churches (the method of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def same_days_of(days: Days, year: int) -> Days:
    """The days that `days` are in another year: `days` ends in that year; 29 February gives the day before it."""
    back = 12 * (days[1].year - year)
    return months_back(days[0], back), months_back(days[1], back)


def movable_feast(name: str, year: int) -> date:
    """The day of a feast of `times.yaml`'s list `movable` in `year`."""
    if name.startswith("thanksgiving"):  # the fourth Thursday of November
        return weekday_after(date(year, 10, 31), 3) + timedelta(days=21)
    after_easter = {"easter monday": 1, "good friday": -2, "palm sunday": -7}.get(name, 0)
    return easter_sunday(year) + timedelta(days=after_easter)


def shrink(days: Days, part: str) -> Days:
    """The early (first third), middle, or late part of a month, year or decade; or one of its halves.

    A third of a month is days 1-10, 11-20, 21-end, as coders take "early November".
    """
    start, end = days
    whole_month = start.day == 1 and (start.year, start.month) == (end.year, end.month)
    if whole_month:
        cut = {"early": (1, 10), "middle": (11, 20), "late": (21, end.day), "first half": (1, 15), "second half": (16, end.day)}
        first, last = cut[part]
        return start.replace(day=first), start.replace(day=last)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months < 3 or start.day != 1:
        return days
    third = months // 3
    cut = {
        "early": (0, third),
        "middle": (third, months - third),
        "late": (months - third, months),
        "first half": (0, months // 2),
        "second half": (months // 2, months),
    }
    first, last = cut[part]
    begin, finish = months_back(start, -first), months_back(start, -(last - 1))
    return begin, month_of(finish.year, finish.month)[1]
