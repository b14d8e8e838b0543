"""Finds the words that say when, and works out the days where the report gives what they are counted from.

`time_grammar` finds the phrases, `when` counts the days; here phrases get their small words ("on", "since", "early",
"Sunday (July 21st)" is one time), and are read in the order of the text, since "the next day" hangs on the day before it.
"""

import re
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from dateline.lexicon.times import time_words
from dateline.mentions.ahead import looks_ahead, of_speech
from dateline.mentions.calendar import Days, days_on, shrink
from dateline.mentions.segments import read_segments
from dateline.mentions.time_grammar import Phrase, phrases_in
from dateline.mentions.when import Frame, Parts, When, number
from dateline.mentions.when_said import READERS
from dateline.model import Interval, Mention, Reading, Report, Span, TimeMention, plain_view, small_view
from dateline.pipeline import stage

# "In that year" hangs on a year of its sentence or of the one before it (characters between the two).
NEXT_SENTENCE = 300

# The small words of a phrase stand at most this far before it (characters).
SMALL_WORDS_REACH = 60

_PART = re.compile(
    r"(?<![\w-])(?P<word>early|mid|middle|late|beginning|start|end|(?:first|opening|last) days|(?:first|second) half)"
    r"(?: +of| +in)?(?: +the)?(?: +| *- *)$"
)
_EDGE = re.compile(
    r"(?<![\w-])(?P<word>since|until|till|by|before|after|as of|prior to|from|up to|(?:no|not) +later +than|ahead +of)"
    r"(?: +the)? +$"
)
_FOR = re.compile(r"(?<![\w-])for(?: +the)? +$")
_AT = re.compile(
    r"(?<![\w-])(?:on|in|at|during|throughout|over|within|through|around|about"
    r"|(?:in +|during +|throughout +)?(?:all|much|most|the whole) of)(?: +the)? +$"
)
_OF_DAY = re.compile(
    r"(?<![\w-])(?:(?:the |in the |at the )?(?:(?:early|late|first|small|wee) +)?"
    r"(?:(?:hours|morning|night|evening|eve|afternoon|dawn) +of(?: +the)?|night(?: +from)?)"
    r"|(?:early|late|earlier|later)(?: +on| +in| +that| +in the)?|this|that|the) +$"
)
# "since the ceasefire broke down on 3 May": what happened on the day that a stretch is counted from, in the same clause.
_SINCE = re.compile(r"(?<![\w-])since +(?!then\b)(?:(?! and | but | or )[^,.;:\u2014!?\n]|\n(?!\n)|\.(?=\w)){1,80}$")
_DURING = re.compile(r"(?<![\w-])(?:during|throughout|over|within|for) +$")
_OVER = re.compile(r"(?<![\w-])(?:for|of|throughout|end of) +$")
_WHEN = re.compile(r"(?<![\w-])when(?: +the)? +$")
# Rules whose words alone are no time: they ask for a preposition.
_ASKED = {"day of month", "bare season", "annual", "the weekend", "first duration", "nth day"}
_ONWARD = re.compile(r" +(?:onwards?|until +(?:now|today)|up +to +(?:now|today)|to +date|so +far|through +today)(?!\w)")
_JOINED = re.compile(r"^ *,? *\(? *(?:the +|on +|of +)?$")
_LASTING = {"past units", "past vague units", "this unit"}
_FOR_RULES = _LASTING | {"weekday", "day month", "month day", "month", "day month year", "month day year", "month year"}
_SHRINKABLE = {"month", "month year", "year", "this unit", "the unit", "decade", "season year"}
# What a stretch can be counted from ("since the fall of the town in May"), and what such a stretch begins with.
_SINCE_RULES = {"day month year", "month day year", "day month", "month day", "month year", "month", "this unit", "weekday",
                "year", "units ago"}  # fmt: skip
_SINCE_OPEN = {"since clause", "since event", "event start"}
_SINCE_GAP = re.compile(r" *(?:(?! and | or | but )[^,.;:!?]){0,40}")
# A mention of these names a stretch that "since then" and "in the same period" can hang on.
_RANGES = {"day range", "month day range", "long range", "long month day range", "weekday range"}
_AHEAD_OF = frozenset({"before", "prior to", "ahead of"})
_YEAR = re.compile(r"(?<![\w./-])(?:19|20)\d\d(?![\w/])")
_YEAR_PLAIN = re.compile(r"(?<![\w-])(?P<word>the|a|an|of) +$")
_DATED = {"day month year": 0, "month day year": 0, "iso date": 0, "numeric date": 0, "day month": 1, "month day": 1,
          "weekday": 2, "day name": 3, "same day": 3, "holiday": 3, "day of month": 3}  # fmt: skip


class Found(NamedTuple):
    """A phrase with its small words: text[start:end] is the whole, `phrases` what it is made of."""

    start: int
    end: int
    phrases: tuple[Phrase, ...]
    part: str | None = None  # early, middle, late, ...
    edge: str | None = None  # since, until, ...
    lasting: bool = False  # with how long: "for three years since 2014"


@stage(needs={"sentences"}, adds={"times"})
def find_times(reading: Reading) -> Reading:
    """Append a TimeMention for each phrase that says when, in the regions that are read."""
    report = reading.report
    view = plain_view(report.text).lower()
    said = _Said(_period(reading, _frame(reading)), dated=report.published is not None, title_year=_title_year(report))
    found: list[Mention] = []
    for segment in read_segments(reading):
        for time in times_in(report.text, segment.start, segment.end):
            frame = said.frame(segment)._replace(ahead=looks_ahead(view, segment, Span(time.start, time.end)))
            interval = _interval(report.text, time, frame, said.hints(report.text, segment, time))
            found.append(TimeMention(span=interval.span, interval=interval))
            said.hear(time, interval, segment, of_speech=of_speech(view, segment, time.start))
    return replace(reading, mentions=(*reading.mentions, *found))


class _Said:
    """What the text has named so far that later times can hang on."""

    def __init__(self, frame: Frame, *, dated: bool, title_year: int | None) -> None:
        self._frame, self._dated, self._title_year = frame, dated, title_year
        self._year: tuple[int, int, Span] | None = None  # said with a month (given too) or a day, and the sentence that said it
        self._bare_year: tuple[int, Span] | None = None
        self._day_in: Span | None = None  # the sentence that named the last day

    def frame(self, segment: Span) -> Frame:
        # With a day of publication the next sentence is back in the present: "displaced since March 2022. Clashes on 10
        # February" are this February's.
        kept = self._year if self._year and (self._year[2] == segment or not (self._dated or self._title_year)) else None
        bare = self._bare_year if self._bare_year and segment.start - self._bare_year[1].end < NEXT_SENTENCE else None
        return self._frame._replace(
            year=kept[0] if kept else self._title_year,
            year_month=kept[1] if kept else 1,
            said_year=bare[0] if bare else None,
        )

    def hints(self, text: str, segment: Span, time: Found) -> Parts:
        """How the phrase stands in its sentence, for the readers that ask."""
        hints = {"edge": time.edge} if time.edge else {}
        if self._day_in == segment:
            hints["near"] = "yes"
        if _opens_line(text, time.start) and text[time.start].isdigit():
            hints["line"] = "yes"
        return hints

    def hear(self, time: Found, interval: Interval, segment: Span, *, of_speech: bool) -> None:
        self._hear_year(time, segment)
        if interval.start is None or of_speech:
            return
        if interval.precision == "day" and interval.start == interval.end:
            self._frame = self._frame._replace(last_day=interval.start, last_words=interval.words)
            self._day_in = segment
        end = interval.end or self._frame.today
        if end and end >= interval.start and time.phrases[0].rule != "same period":
            self._frame = self._frame._replace(last=(interval.start, end), stretch_words=interval.words)

    def _hear_year(self, time: Found, segment: Span) -> None:
        for phrase in time.phrases:
            said = phrase.parts.get("year2") or phrase.parts.get("year")
            if not said:
                continue
            self._bare_year = (int(said), segment)
            if "month" in phrase.parts or "season" in phrase.parts:
                month = time_words().month(phrase.parts["month"]) if "month" in phrase.parts else 1
                self._year = (int(said), month, segment)
            elif self._year and int(said) > self._year[0]:
                self._year = None  # "in May 2011 ... In 2014 ... On 5 May": of which year is not said


def _title_year(report: Report) -> int | None:
    """The year of "Timeline of the war (2016)", for a report with no date: its dates that say no year are of that year."""
    years = set(_YEAR.findall(report.title or ""))
    return int(years.pop()) if report.published is None and len(years) == 1 else None


def _frame(reading: Reading) -> Frame:
    """Relative times count from the day of publication; without one, from a full date in the report's dateline."""
    report = reading.report
    sunday = _weeks_from_sunday(report)
    if report.published:
        return Frame(report.published, "published", weeks_from_sunday=sunday)
    for region in reading.regions:
        if region.kind in {"dateline", "byline"} and (day := _full_date(report, region.span)):
            return day._replace(weeks_from_sunday=sunday)
    return Frame(None, None)


_HEAD = 400  # characters in which a report says which stretch of time it tells of
_SHORTEST_PERIOD, _LONGEST_PERIOD = 6, 366  # days
_PERIODS = {*_RANGES, "month range", "month year", "quarter", "half year"}


def _period(reading: Reading, frame: Frame) -> Frame:
    """The frame with the stretch that the title or the first lines name: "Quarterly report, October to December 2024"."""
    report = reading.report
    said = frame._replace(year=_title_year(report))
    for text in (report.title or "", report.text[:_HEAD]):
        for time in times_in(text, 0, len(text)):
            interval = _interval(text, time, said, {})
            if time.edge is None and time.phrases[0].rule in _PERIODS and interval.start and interval.end:
                days = (interval.end - interval.start).days + 1
                if _SHORTEST_PERIOD <= days <= _LONGEST_PERIOD and not (frame.today and interval.start > frame.today):
                    return frame._replace(period=(interval.start, interval.end), period_words=interval.words)
    return frame


def _weeks_from_sunday(report: Report) -> bool:
    publisher = (report.publisher or "").lower()
    return any(name in publisher for name in time_words().sunday_weeks)


def _full_date(report: Report, span: Span) -> Frame | None:
    for time in times_in(report.text, span.start, span.end):
        if phrase := next((phrase for phrase in time.phrases if _DATED.get(phrase.rule) == 0), None):
            words = report.text[time.start : time.end]
            when = READERS[phrase.rule](phrase.parts | {"words": words.lower()}, Frame(None, None))
            return Frame(when.start, words)
    return None


def times_in(text: str, start: int, end: int) -> list[Found]:
    """The times of text[start:end] as words, left to right, none overlapping another; no days are worked out yet."""
    view = small_view(text)
    found: list[Found] = []
    floor = start
    for phrase in phrases_in(view, start, end):
        if phrase.start < floor or not _plausible(text, view, phrase, floor):
            continue
        time = _with_small_words(view, phrase, floor, end)
        if found and (joined := _join(view, found[-1], time, end)):
            found[-1] = time = joined
        else:
            found.append(time)
        floor = time.end
    return found


def _plausible(text: str, view: str, phrase: Phrase, floor: int) -> bool:
    """False for "may" the verb, for "July 14 Brigade", for a bare year."""
    words = time_words()
    before = view[max(floor, phrase.start - SMALL_WORDS_REACH) : phrase.start]
    for name in (phrase.parts.get(k) for k in ("month", "month2", "weekday", "holiday")):
        at = view.find(name, phrase.start) if name else -1
        if name and not text[at].isupper():
            return False
    following = re.match(r" +([\w'-]+)", view[phrase.end : phrase.end + 40])
    after = following.group(1) if following else ""
    if after in words.names_after and text[phrase.end + len(following.group()) - len(after)].isupper():  # type: ignore[union-attr]
        return False
    if phrase.rule in {"month", "day month"} and phrase.parts["month"] == "may" and after in {"have", "be", "not", "also"}:
        return False
    if phrase.rule == "month" and "which" not in phrase.parts and phrase.parts["month"].rstrip(".") in words.shy_months:
        return any(p.search(before) for p in (_AT, _EDGE, _PART, _FOR)) or before.endswith(" of ")
    if phrase.rule == "the unit":  # "the beginning of the year", not "the year"
        part = bool(re.search(r"(?:of|-) +$", before) and _PART.search(before + "the "))
        return part or (phrase.parts["unit"] == "month" and bool(_DURING.search(before)))
    if phrase.rule == "year":
        return _plausible_year(text, view, phrase, before, after)
    words_of = view[phrase.start : phrase.end]
    asked = phrase.rule in _ASKED or (phrase.rule == "quarter" and " of " not in words_of and "year2" not in phrase.parts)
    if phrase.rule == "day part" and words_of == phrase.parts.get("part"):
        asked = True
    if phrase.rule == "clock":
        return _plausible_clock(text, view, phrase, before)
    if phrase.rule == "lunar":
        name_before = re.search(r"[A-Z]\w+ $", text[max(0, phrase.start - 30) : phrase.start])
        return not _capital(text, phrase.end) and (not name_before or bool(_AT.search(before) or _EDGE.search(before)))
    if phrase.rule in {"duration in", "duration within"}:  # "in two hours" says how long
        return time_words().unit(phrase.parts.get("units", "hours")) not in {"minute", "hour"} or number(phrase.parts["n"]) >= 24
    if phrase.rule == "period told of":
        return bool(_AT.search(before) or _OVER.search(before)) or words_of.startswith(("the reporting", "reporting"))
    if asked or phrase.parts.get("unit") in {"phase", "stage", "phases", "stages"}:
        return bool(_AT.search(before) or _EDGE.search(before) or _WHEN.search(before))
    return True


def _opens_line(text: str, start: int) -> bool:
    """Does a line of the text, a cell of a table, begin here?"""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t[(|*-\u2013\u2014\u2022")


def _capital(text: str, end: int) -> bool:
    return bool(re.match(r" [A-Z]", text[end : end + 2]))


def _plausible_year(text: str, view: str, phrase: Phrase, before: str, after: str) -> bool:
    """A year after a preposition, "the 2016 bombing", "the attack of 2019,", or the first cell of a table's line; not a count."""
    words = time_words()
    counted = bool(re.fullmatch(r"(?!was|has|its|this|as|is)[a-z-]+s|people|men|women|civilian|children", after))
    if _AT.search(before) or _PART.search(before) or (_EDGE.search(before) and not counted):
        return True
    if not int(phrase.parts["year"]) % 100:
        return False
    if m := _YEAR_PLAIN.search(before):
        if m["word"] != "of":
            return bool(after) and not (counted and (m["word"] == "a" or phrase.parts["year"].endswith("0")))
        return not after or after in words.after_year
    return _opens_line(text, phrase.start) and bool(re.match(r"\*?(?:\t| {2,}| *\|)", text[phrase.end : phrase.end + 4]))


def _plausible_clock(text: str, view: str, phrase: Phrase, before: str) -> bool:
    """A time of the clock says so ("3 pm", "0540 hrs", "at 07:10") or opens its line."""
    words = view[phrase.start : phrase.end]
    if re.search(r"[a-z]", words) or _AT.search(before) or _EDGE.search(before):
        return True
    return _opens_line(text, phrase.start)


def _with_small_words(view: str, phrase: Phrase, floor: int, end: int) -> Found:
    """The phrase with "on", "since", "early", "the night of" before it and "night", "until now" after it."""
    start, finish, part, edge = phrase.start, phrase.end, None, None
    since_floor = floor
    floor = max(floor, start - SMALL_WORDS_REACH)
    if phrase.parts.get("since"):
        edge = phrase.parts["since"]
    elif phrase.parts.get("since2") or phrase.parts.get("since3"):
        edge = "since"
    if phrase.rule in _SHRINKABLE and (m := _PART.search(view, floor, start)):
        start, part = m.start(), time_words().parts.get(" ".join(m["word"].split()), None)
    elif phrase.rule in {*_DATED, *_RANGES, "day part"} and (m := _OF_DAY.search(view, floor, start)):
        start = m.start()
    of_act = view.startswith(("'s", "\u2019s"), finish)  # "owned up to Monday's attack"
    if edge is None and (m := _EDGE.search(view, floor, start)) and not (of_act and m["word"] != "since"):
        start, edge = m.start(), " ".join(m["word"].split())
    elif m := _AT.search(view, floor, start) or (_FOR.search(view, floor, start) if phrase.rule in _FOR_RULES else None):
        start = m.start()
    if phrase.rule in _DATED and (
        m := re.compile(rf"(?: +at)? +(?:{'|'.join(time_words().day_parts)})(?!\w)").match(view, finish, end)
    ):
        finish = m.end()
    if edge is None and phrase.rule in _SINCE_RULES and (m := _SINCE.search(view, since_floor, start)):
        start, edge = m.start(), "since"
    if m := _ONWARD.match(view, finish, end):
        finish, edge = m.end(), edge if edge != "from" else "since"
    return Found(start, finish, (phrase,), part, edge)


def _join(view: str, left: Found, right: Found, end: int) -> Found | None:
    """Two phrases that say one time: a weekday and its date, a stretch and its beginning, an event and its day."""
    gap, first, second = view[left.end : right.start], left.phrases[-1].rule, right.phrases[0].rule
    if first in _DATED and second in _DATED and first != second and _JOINED.match(gap) and right.edge is None:
        close = right.end + 1 if "(" in gap and view[right.end : right.end + 1] == ")" and right.end < end else right.end
        return left._replace(end=close, phrases=left.phrases + right.phrases)
    if first in _DATED and second == "clock" and right.edge is None and re.fullmatch(r",? *", gap):
        return left._replace(end=right.end)
    opened = left.edge == "since" and first in _SINCE_OPEN and right.edge is None
    if opened and second in _SINCE_RULES and _SINCE_GAP.fullmatch(gap):
        return right._replace(start=left.start, edge="since")
    if gap.strip():
        return None
    hour = first in {"day part", "clock"}
    if (first in {"duration", "bare duration"} and right.edge == "since") or (hour and second in {*_DATED, *_RANGES}):
        return right._replace(start=left.start, lasting=not hour)
    if opened:
        return right._replace(start=left.start, edge="since")
    return None


def _interval(text: str, time: Found, frame: Frame, hints: Parts) -> Interval:
    phrase = min(time.phrases, key=lambda p: _DATED.get(p.rule, 9))
    words = text[time.start : time.end]
    said = hints | phrase.parts | {"words": " ".join(words.lower().split())} | ({"part": time.part} if time.part else {})
    when = READERS[phrase.rule](said, frame)
    edge = time.edge
    if time.part and when.start and when.end:
        first, last = _part_of((when.start, when.end), time.part, edge)
        when = when._replace(start=first, end=last, precision="period")
        edge = "until" if time.part == "late" and edge in _AHEAD_OF else edge  # "before the end of May"
    elif time.part:
        when = when._replace(precision="period")
    when = _of_the_night(when, phrase.rule, said["words"])
    if edge in _AHEAD_OF and phrase.rule == "holiday" and when.end and when.end != when.end.replace(month=1, day=1):
        edge = "until"  # "before Easter" is time up to the feast
    if phrase.rule not in {"day part", "clock"} or edge == "since":
        when = _from_edge(when, edge)
    return Interval(
        span=Span(time.start, time.end),
        words=words,
        start=when.start,
        end=when.end,
        precision=when.precision,
        anchor=when.anchor,
        anchor_from=when.anchor_from,
        since=time.edge == "since",
        rule=" ".join(filter(None, ["duration" if time.lasting else None, time.edge, phrase.rule])),
    )


def _part_of(days: Days, part: str, edge: str | None) -> Days:
    """ "by mid-May", "since mid-May" mean the 15th; "in mid-May" its middle third."""
    start, end = days
    if part == "middle" and edge and start.day == 1 and (start.year, start.month) == (end.year, end.month):
        return start.replace(day=15), start.replace(day=15)
    return shrink(days, part)


def _of_the_night(when: When, rule: str, words: str) -> When:
    """ "the night of 3 to 4 May" is one night, told by its two days; "overnight on Friday" ends on Saturday."""
    if rule in _RANGES and "night" in words:
        near = when.start is None or when.end is None or (when.end - when.start).days == 1
        return when._replace(precision="day") if near else when
    if rule == "weekday" and words.startswith("overnight") and when.end:
        return when._replace(end=days_on(when.end, 1))
    return when


def _from_edge(when: When, edge: str | None) -> When:
    """ "since May" begins on 1 May and stays open; "until May" and "by May" end with it, "before May" the day before: when they
    begin nobody says; "as of May" is May."""
    if edge in {None, "as of"}:
        return when
    start: date | None = None
    end: date | None = None
    if edge in {"since", "from"}:
        start = when.start
    elif edge == "after":
        start = days_on(when.end, 1) if when.end else None
    elif edge in _AHEAD_OF:
        end = days_on(when.start, -1) if when.start else None
    else:
        end = when.end
    return when._replace(start=start, end=end, precision="period")
