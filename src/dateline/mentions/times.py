"""Finds the words that say when, and works out the days where the report gives what they are counted from.

`time_grammar` finds the phrases, `when` counts the days; here phrases get their small words ("on", "since", "early",
"Sunday (July 21st)" is one time), and are read in the order of the text, since "the next day" hangs on the day before it.
"""

import re
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from dateline.lexicon.times import time_words
from dateline.mentions.calendar import days_on, shrink
from dateline.mentions.segments import read_segments
from dateline.mentions.time_grammar import Phrase, phrases_in
from dateline.mentions.when import READERS, Frame, When
from dateline.model import Interval, Mention, Reading, Report, Span, TimeMention, plain_view
from dateline.pipeline import stage

# The small words of a phrase stand at most this far before it (characters).
SMALL_WORDS_REACH = 60

_PART = re.compile(
    r"(?<![\w-])(?P<word>early|mid|middle|late|beginning|start|end|(?:first|opening|last) days|(?:first|second) half)"
    r"(?: +of| +in)?(?: +the)?(?: +| *- *)$"
)
_EDGE = re.compile(r"(?<![\w-])(?P<word>since|until|till|by|before|after|as of|prior to|from|up to)(?: +the)? +$")
_FOR = re.compile(r"(?<![\w-])for(?: +the)? +$")
_AT = re.compile(r"(?<![\w-])(?:on|in|at|during|throughout|over|within|through|around|about)(?: +the)? +$")
_OF_DAY = re.compile(
    r"(?<![\w-])(?:(?:the |in the |at the )?(?:(?:early|late|first|small) +)?"
    r"(?:hours|morning|night|evening|eve|afternoon|dawn) +of(?: +the)?"
    r"|(?:early|late|earlier|later)(?: +on| +in| +that| +in the)?|this|that|the) +$"
)
_ONWARD = re.compile(r" +(?:onwards?|until +(?:now|today)|up +to +(?:now|today)|to +date|so +far|through +today)(?!\w)")
_JOINED = re.compile(r"^ *,? *\(? *(?:the +|on +|of +)?$")
_LASTING = {"past units", "past vague units", "this unit"}
_SHRINKABLE = {"month", "month year", "year", "this unit", "the unit", "decade", "season year"}
_DATED = {"day month year": 0, "month day year": 0, "iso date": 0, "numeric date": 0, "day month": 1, "month day": 1,
          "weekday": 2, "day name": 3, "same day": 3, "holiday": 3}  # fmt: skip


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
    frame = _frame(reading)
    said_year: tuple[int, Span] | None = None  # year, and the sentence that said it
    found: list[Mention] = []
    for segment in read_segments(reading):
        for time in times_in(report.text, segment.start, segment.end):
            # With a day of publication the next sentence is back in the present: "displaced since March 2022. Clashes
            # on 10 February" are this February's.
            near = said_year and (report.published is None or said_year[1] == segment)
            frame = frame._replace(year=said_year[0] if said_year and near else None)
            interval = _interval(report.text, time, frame)
            found.append(TimeMention(span=interval.span, interval=interval))
            if year := _year_said(time):
                said_year = (year, segment)
            if interval.precision == "day" and interval.start and interval.start == interval.end:
                frame = frame._replace(last_day=interval.start, last_words=interval.words)
    return replace(reading, mentions=(*reading.mentions, *found))


def _frame(reading: Reading) -> Frame:
    """Relative times count from the day of publication; without one, from a full date in the report's dateline."""
    report = reading.report
    if report.published:
        return Frame(report.published, "published")
    for region in reading.regions:
        if region.kind in {"dateline", "byline"} and (day := _full_date(report, region.span)):
            return day
    return Frame(None, None)


def _full_date(report: Report, span: Span) -> Frame | None:
    for time in times_in(report.text, span.start, span.end):
        phrase = time.phrases[0]
        if _DATED.get(phrase.rule) == 0:
            when = READERS[phrase.rule](phrase.parts, Frame(None, None))
            return Frame(when.start, report.text[time.start : time.end])
    return None


def _year_said(time: Found) -> int | None:
    """The year of a phrase that says it with a month or a day: later dates without a year lie in it."""
    for phrase in time.phrases:
        said = phrase.parts.get("year2") or phrase.parts.get("year")
        if said and "month" in phrase.parts:
            return int(said)
    return None


def times_in(text: str, start: int, end: int) -> list[Found]:
    """The times of text[start:end] as words, left to right, none overlapping another; no days are worked out yet."""
    view = plain_view(text).lower()
    found: list[Found] = []
    floor = start
    for phrase in phrases_in(view, start, end):
        if not _plausible(text, view, phrase, floor):
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
        return bool(_AT.search(before) or _EDGE.search(before) or _PART.search(before) or before.endswith(" of "))
    if phrase.rule == "the unit":  # "the beginning of the year", not "the year"
        return bool(re.search(r"(?:of|-) +$", before) and _PART.search(before + "the "))
    if phrase.rule == "year":
        counted = bool(re.fullmatch(r"(?!was|has|its|this|as|is)[a-z-]+s|people|men|women|civilian|children", after))
        return bool(_AT.search(before) or _PART.search(before) or (_EDGE.search(before) and not counted))
    if phrase.rule == "day part" or phrase.parts.get("unit") in {"phase", "stage", "phases", "stages"}:
        return bool(_AT.search(before) or _EDGE.search(before))
    return True


def _with_small_words(view: str, phrase: Phrase, floor: int, end: int) -> Found:
    """The phrase with "on", "since", "early", "the night of" before it and "night", "until now" after it."""
    start, finish, part, edge = phrase.start, phrase.end, None, None
    floor = max(floor, start - SMALL_WORDS_REACH)
    if phrase.parts.get("since"):
        edge = phrase.parts["since"]
    elif phrase.parts.get("since2"):
        edge = "since"
    if phrase.rule in _SHRINKABLE and (m := _PART.search(view, floor, start)):
        start, part = m.start(), time_words().parts.get(" ".join(m["word"].split()), None)
    elif phrase.rule in {*_DATED, "day part", "day range"} and (m := _OF_DAY.search(view, floor, start)):
        start = m.start()
    if edge is None and (m := _EDGE.search(view, floor, start)) and not (m["word"] == "from" and view.startswith("'s", finish)):
        start, edge = m.start(), m["word"]
    elif m := _AT.search(view, floor, start) or (_FOR.search(view, floor, start) if phrase.rule in _LASTING else None):
        start = m.start()
    if phrase.rule in _DATED and (
        m := re.compile(rf"(?: +at)? +(?:{'|'.join(time_words().day_parts)})(?!\w)").match(view, finish, end)
    ):
        finish = m.end()
    if m := _ONWARD.match(view, finish, end):
        finish, edge = m.end(), edge if edge != "from" else "since"
    return Found(start, finish, (phrase,), part, edge)


def _join(view: str, left: Found, right: Found, end: int) -> Found | None:
    """Two phrases that say one time: a weekday and its date, a stretch and its beginning, an event and its day."""
    gap, first, second = view[left.end : right.start], left.phrases[-1].rule, right.phrases[0].rule
    if first in _DATED and second in _DATED and first != second and _JOINED.match(gap) and right.edge is None:
        close = right.end + 1 if "(" in gap and view[right.end : right.end + 1] == ")" and right.end < end else right.end
        return left._replace(end=close, phrases=left.phrases + right.phrases)
    if gap.strip():
        return None
    if first in {"duration", "bare duration", "day part"} and (
        right.edge == "since" or (first == "day part" and second in _DATED)
    ):
        return right._replace(start=left.start, lasting=first != "day part")
    if first in {"since clause", "since event", "event start"} and left.edge == "since" and right.edge is None:
        return right._replace(start=left.start, edge="since")
    return None


def _interval(text: str, time: Found, frame: Frame) -> Interval:
    phrase = min(time.phrases, key=lambda p: _DATED.get(p.rule, 9))
    words = text[time.start : time.end]
    said = phrase.parts | {"words": " ".join(words.lower().split())} | ({"part": time.part} if time.part else {})
    when = READERS[phrase.rule](said, frame)
    if time.part and when.start and when.end:
        first, last = shrink((when.start, when.end), time.part)
        when = when._replace(start=first, end=last, precision="period")
    elif time.part:
        when = when._replace(precision="period")
    when = _from_edge(when, time.edge)
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


def _from_edge(when: When, edge: str | None) -> When:
    """ "since May" begins on 1 May and stays open; "until May" ends with it; "before May" the day before."""
    if edge is None:
        return when
    start: date | None = None
    end: date | None = None
    if edge in {"since", "as of", "from"}:
        start = when.start
    elif edge == "after":
        start = days_on(when.end, 1) if when.end else None
    elif edge in {"before", "prior to"}:
        end = days_on(when.start, -1) if when.start else None
    else:
        end = when.end
    return when._replace(start=start, end=end, precision="period")
