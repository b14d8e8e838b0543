"""What days a time phrase means that hangs on a time named before it: "the next day", "since then", "at about 11pm"."""

from collections.abc import Callable

from dateline.lexicon.times import time_words
from dateline.mentions.calendar import Days, days_on, month_of, same_days_of, year_of
from dateline.mentions.when import (
    CALENDAR_READERS,
    PRECISION_OF,
    Frame,
    Parts,
    When,
    back,
    no_days,
    number,
    this_unit,
    unresolved,
)
from dateline.model import Precision

Reader = Callable[[Parts, Frame], When]


def _from_text(step: int) -> Reader:
    """The same day, the next, the day before: counted from the last day that the text has named."""

    def read(p: Parts, frame: Frame) -> When:
        if p.get("unit") == "week":
            return unresolved("week")
        return frame.counted_from_text(days_on(frame.last_day, step)) if frame.last_day else unresolved("day")

    return read


def _same_day(p: Parts, frame: Frame) -> When:
    """ "that day" is the last day named; "later in the day" is the report's where it has named none."""
    if frame.last_day is None and frame.today and p["words"].endswith("in the day"):
        return frame.counted(frame.today, frame.today, "day")
    return frame.counted_from_text(frame.last_day) if frame.last_day else unresolved("day")


def _hour(p: Parts, frame: Frame) -> When:
    """A time of the clock, a turn of the day: on the day that the text is at; of the report's day where it has named none, and
    in a line of a running log.  "at night" may be any night."""
    if p["words"] == "at night":
        return unresolved("day")
    if frame.last_day and not (frame.today and ("line" in p or p.get("edge") == "since")):
        return frame.counted_from_text(frame.last_day)
    return frame.counted(frame.today, frame.today, "day") if frame.today else unresolved("day")


def _units_later(p: Parts, frame: Frame) -> When:
    """ "four days later" is that day; months and years count from the last month or day, years also from a bare year."""
    count, unit = number(p["n"]), time_words().unit(p["units"])
    precision: Precision = PRECISION_OF.get(unit, "period")
    if unit in {"minute", "hour"}:
        days = (count + 12) // 24 if unit == "hour" else 0
        return frame.counted_from_text(days_on(frame.last_day, days)) if frame.last_day else unresolved("day")
    if unit in {"day", "week", "fortnight"}:
        if frame.last_day is None:
            return unresolved(precision)
        return frame.counted_from_text(back(frame.last_day, -count, unit), None, precision)
    if frame.last is None or (unit == "month" and _length(frame.last) > 31):
        return unresolved(precision)
    day = back(frame.last[0], -count, unit)
    return frame.counted_from_stretch(*(month_of(day.year, day.month) if unit == "month" else year_of(day.year)), precision)


def _vague_units_later(p: Parts, frame: Frame) -> When:
    """ "hours later" is still that day; "weeks later" is no day."""
    unit = time_words().unit(p["units"])
    if unit in {"minute", "hour"}:
        return frame.counted_from_text(frame.last_day) if frame.last_day else unresolved("day")
    return unresolved("period")


def _units_after(p: Parts, frame: Frame) -> When:
    """ "They were freed on Monday, nine days after they were seized": nine days before the day that the sentence has named."""
    count, unit = number(p["n"]), time_words().unit(p["units"])
    precision: Precision = PRECISION_OF.get(unit, "period")
    if "near" not in p or frame.last_day is None or unit not in {"hour", "day", "week"}:
        return unresolved(precision)
    return frame.counted_from_text(back(frame.last_day, count if p["way"] == "after" else -count, unit), None, precision)


def _vague_units_after(p: Parts, frame: Frame) -> When:
    unit = time_words().unit(p["units"]) if "units" in p else "hour"
    return unresolved("day" if unit in {"minute", "hour"} else "period")


def _said_year(p: Parts, frame: Frame) -> When:
    """ "in that year", "the year before": counted from the last year named."""
    which = p.get("which") or p.get("which2") or "that"
    step = {"previous": -1, "preceding": -1, "before": -1, "following": 1, "next": 1, "after": 1}.get(which, 0)
    if frame.said_year is None:
        if which in {"previous", "next"}:
            return this_unit({"unit": "year", "which": f"the {which}"}, frame)
        return unresolved("year")
    return When(*year_of(frame.said_year + step), "year")


def _the_unit_told_of(p: Parts, frame: Frame) -> When:
    """ "during the month" is the month that the report tells of, where its head names one; else as the calendar has it."""
    told = _period_told_of(p, frame)
    return told if told.start and not {"part", "edge"} & p.keys() else CALENDAR_READERS["the unit"](p, frame)


def _same_period(p: Parts, frame: Frame) -> When:
    """ "against 21 in the same period of 2022": the last stretch named, moved to that year."""
    if frame.last is None or "same" not in p["words"]:
        return unresolved("period")
    year = int(p["year"]) if "year" in p else frame.last[1].year - 1 if "year_before" in p else None
    if year is None:
        return frame.counted_from_stretch(*frame.last, "period")
    if _length(frame.last) > 366:
        return unresolved("period")
    return frame.counted_from_stretch(*same_days_of(frame.last, year), "period")


_LONGEST, _SHORTEST = {"week": 8, "month": 31, "quarter": 92}, {"week": 6, "month": 28, "quarter": 90, "half-year": 180}
"""Days of a stretch that a unit can stand for."""


def _period_told_of(p: Parts, frame: Frame) -> When:
    """ "during the reporting period", "in the quarter": the stretch that the report's head says it tells of, where it has that
    length."""
    unit = p.get("unit") or p.get("unit2") or p["words"].split()[-1]
    if frame.period is None or not _SHORTEST.get(unit, 0) <= _length(frame.period) <= _LONGEST.get(unit, 366):
        return unresolved("period")
    return When(*frame.period, "period", frame.period[0], frame.period_words)


def _since_then(p: Parts, frame: Frame) -> When:
    """ "Since then": from the last day or stretch named, where that is over."""
    if frame.last is None or (frame.today and frame.last[0] > frame.today):
        return unresolved("period")
    start = frame.last[1] if _length(frame.last) <= 2 else frame.last[0]
    return frame.counted_from_stretch(start, start, "period")


def _length(days: Days) -> int:
    return (days[1] - days[0]).days + 1


READERS: dict[str, Reader] = CALENDAR_READERS | {
    "next day": _from_text(1), "previous day": _from_text(-1), "same day": _same_day,
    "units later": _units_later, "vague units later": _vague_units_later, "units after": _units_after,
    "vague units after": _vague_units_after, "said year": _said_year, "period told of": _period_told_of,
    "same period": _same_period, "since then": _since_then,
    "day part": _hour, "clock": _hour,
    "the unit": _the_unit_told_of,
    "past period": no_days("period"), "vague units ago": no_days("period"),
    "now": no_days("period"), "lunar": no_days("period"), "lunar date": no_days("day"), "annual": no_days("period"),
    "bare duration": no_days("period"), "event start": no_days("period"), "since event": no_days("period"),
    "since clause": no_days("period"), "within": no_days("period"), "duration vague": no_days("period"),
    "vague": no_days("period"), "every": no_days("period"),
}  # fmt: skip
"""Rule of the grammar -> what reads its phrases: the calendar's, those that hang on the text, and those that give no day."""
