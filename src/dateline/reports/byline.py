"""The day of publication where the text itself states it unmistakably.

Four forms count: a line that says what it is ("Published: 2019-08-11"), a line near the head or the foot that holds a
full date and nothing else ("11 August 2019", "By A. Writer | Aug 11, 2019"), a line near the head that holds a place and a
full date ("Brussels, 3 June 2024"), and a dateline at the start ("GOMA, Nov. 6, 2016 (AGENCY) -").  A date needs its year;
"03/04/2019" can be read two ways and gives nothing; a weekday must fit.  Two days that do not agree, as in a chronology,
give nothing either.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from msgspec import Struct

from dateline.lexicon.load import load
from dateline.model import Span, plain_view

HEAD_LINES = 8  # lines that are not blank: title, author, section, a repeated title, date
TAIL_LINES = 3
DATELINE_LINES = 4
LONGEST_LINE = 120  # characters; a longer line is a paragraph
LONGEST_PLACE = 4  # words of the place that stands before a date on a line of its own
LONGEST_DATELINE = 200  # characters of a paragraph in which its dateline must end

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_YEARS = range(1900, 2100)


class Stated(Struct, frozen=True):
    """A day of publication and the characters that state it."""

    day: date
    span: Span


class _Words(Struct, forbid_unknown_fields=True):
    """lexicon/en/bylines.yaml"""

    published: list[str]
    not_datelines: list[str]


class _Calendar(Struct):
    """What is needed here of lexicon/en/times.yaml."""

    months: list[list[str]]
    weekdays: list[list[str]]


class _Line(NamedTuple):
    """One line that is not blank: where it starts in the text, and its view in lower case."""

    start: int
    view: str


class _Grammar(NamedTuple):
    """The patterns, made from the word lists, and the words' numbers (months from 1, weekdays from 0)."""

    day: re.Pattern[str]
    line: re.Pattern[str]
    place_line: re.Pattern[str]
    dateline: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    not_datelines: frozenset[str]


def find_published(text: str) -> Stated | None:
    """The day of publication that `text` states in its head or foot; None where it states none or more than one."""
    lines = list(_lines(text))
    labelled, alone = [], []
    for number, line in enumerate(lines):
        near_edge = number < HEAD_LINES or number >= len(lines) - TAIL_LINES
        for stated, has_label in _dates_of_line(line):
            if not has_label:
                alone.append((stated, near_edge))
            elif near_edge:
                labelled.append(stated)
    if labelled:
        return _agreed(labelled)
    datelines = [s for line in lines[:DATELINE_LINES] if (s := _dateline(text, line))]
    datelines += [s for n, line in enumerate(lines[:HEAD_LINES]) if (s := _place_line(text, line, first=n == 0))]
    if not any(near_edge for _, near_edge in alone):
        return _agreed(datelines)
    return _agreed([stated for stated, _ in alone] + datelines)


def read_day(words: str) -> date | None:
    """The day that `words` name and nothing but it ("11 August 2019", "Sunday, Aug. 11, 2019", "2019 / 8 / 11")."""
    match = _grammar().day.fullmatch(plain_view(words).strip().lower())
    return _day(match) if match else None


def line_of_day(text: str, span: Span, *, first: bool) -> Literal["date", "place and date"] | None:
    """Whether a line of `text` holds a full date and at most its label, clock and author, or a place and a full date.

    `first`: whether it is the first line, where a title may stand ("Kidal attack, 3 June 2014").
    """
    line = _Line(span.start, span.of(plain_view(text)).lower())
    if any(_dates_of_line(line)):
        return "date"
    return "place and date" if _place_line(text, line, first=first) else None


def _agreed(found: list[Stated]) -> Stated | None:
    return found[0] if len({stated.day for stated in found}) == 1 else None


def _lines(text: str) -> Iterator[_Line]:
    lowered = plain_view(text).lower()
    for match in _LINE.finditer(text):
        view = lowered[match.start() : match.end()]
        if not view.isspace():
            yield _Line(match.start(), view)


def _dates_of_line(line: _Line) -> Iterator[tuple[Stated, bool]]:
    """The dates of a line that is made of dates, labels and an author's name alone; True where a label stands before."""
    if len(line.view.strip()) > LONGEST_LINE or not re.search(r"\d{4}", line.view):
        return
    found = []
    for part in re.finditer(r"[^|\u2022\u00b7]+", line.view):
        match = _grammar().line.fullmatch(part[0].strip())
        if match is None:
            if not _is_furniture(part[0]):
                return
            continue
        if match["other"]:
            continue
        if day := _day(match):
            at = line.start + part.start() + len(part[0]) - len(part[0].lstrip())
            found.append((Stated(day, Span(at + match.start("day"), at + match.end("day"))), bool(match["label"])))
    yield from found


def _is_furniture(part: str) -> bool:
    """Whether a part of a line beside the date can be an author, a section or an agency: short, with no figure in it."""
    return len(part) <= 60 and not re.search(r"\d", part)


def _dateline(text: str, line: _Line) -> Stated | None:
    match = _grammar().dateline.match(line.view[:LONGEST_DATELINE])
    return _with_place(text, line, match) if match else None


def _place_line(text: str, line: _Line, *, first: bool) -> Stated | None:
    """The day of "Brussels, 3 June 2024"; of the first line, which may be a title, only where the place is one word."""
    match = _grammar().place_line.fullmatch(line.view.strip()) if len(line.view) <= LONGEST_LINE else None
    if match is None or len(match["place"].split()) > (1 if first else LONGEST_PLACE):
        return None
    return _with_place(text, _Line(line.start + len(line.view) - len(line.view.lstrip()), line.view.strip()), match)


def _with_place(text: str, line: _Line, match: re.Match[str]) -> Stated | None:
    """The day of a match, if what it takes for a place looks like one."""
    if match["place"].split()[0].strip(",.") in _grammar().not_datelines:
        return None
    place = text[line.start + match.start("place") : line.start + match.end("place")]
    if not all(word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", place)):  # "de", "al" may be small
        return None
    day = _day(match)
    return Stated(day, Span(line.start + match.start("day"), line.start + match.end("day"))) if day else None


def _day(match: re.Match[str]) -> date | None:
    grammar, said = _grammar(), match.groupdict()
    if said["number_a"]:
        day = _of_numbers(int(said["number_a"]), int(said["number_b"]), int(said["year_n"]))
    elif said["year_first"]:
        day = _of(int(said["year_first"]), int(said["month_n"]), int(said["day_n"]))
    else:
        which = "1" if said["month_1"] else "2"
        day = _of(int(said[f"year_{which}"]), grammar.months[said[f"month_{which}"]], int(said[f"day_{which}"]))
    if day and said["weekday"] and grammar.weekdays[said["weekday"]] != day.weekday():
        return None
    return day


def _of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _of_numbers(a: int, b: int, year: int) -> date | None:
    """The day of "25/12/2019"; None for "03/04/2019", which is one day to some readers and another to others."""
    readings = {day for day in (_of(year, b, a), _of(year, a, b)) if day}
    return readings.pop() if len(readings) == 1 else None


@cache
def _grammar() -> _Grammar:
    words, calendar = load("en/bylines.yaml", _Words), load("en/times.yaml", _Calendar)
    months = {name: number for number, names in enumerate(calendar.months, start=1) for name in names}
    weekdays = {name: number for number, names in enumerate(calendar.weekdays) for name in names}
    month, weekday, label = _any(months), _any(weekdays), _any(words.published)
    day = (
        rf"(?:(?P<weekday>{weekday})\.?,? +)?"
        r"(?P<day>"
        r"(?P<year_first>\d{4}) ?(?P<s1>[-/.]) ?(?P<month_n>\d{1,2}) ?(?P=s1) ?(?P<day_n>\d{1,2})"
        r"|(?P<number_a>\d{1,2}) ?(?P<s2>[-/.]) ?(?P<number_b>\d{1,2}) ?(?P=s2) ?(?P<year_n>\d{4})"
        rf"|(?P<day_1>\d{{1,2}})(?:st|nd|rd|th)?(?: +of)?[ -]+(?P<month_1>{month})\b\.?,?[ -]+(?P<year_1>\d{{4}})"
        rf"|(?P<month_2>{month})\b\.? +(?P<day_2>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year_2>\d{{4}})"
        r")(?!\d)"
    )
    clock = (
        r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?(?: *[ap]\.?m\.?)?"
        r"(?: *(?:z|\(?(?:gmt|utc|[a-z]{2,4}t)(?: ?[+-]\d{1,2})?\)?|[+-]\d\d:?\d\d))?"
    )
    author = r"by +[^\d|]{2,60}?(?:,| -| on)? +"
    return _Grammar(
        day=re.compile(day),
        line=re.compile(
            rf"(?:{author}|(?P<label>{label}) *:? *|(?P<other>[a-z]+(?: [a-z]+)? *:|(?:last )?(?:updated|modified)(?: on)?) *)?"
            rf"(?:{clock},? +)?{day}(?:(?:,| -| at|t)? *{clock})?"
        ),
        place_line=re.compile(rf"(?P<place>[^\W\d_][^\d()\n:;|.!?]{{1,40}}?),? +{day}(?:,? +{clock})?"),
        dateline=re.compile(
            rf"\W{{0,3}}(?P<place>[^\W\d_][^\d()\n:;]{{1,60}}?)(?:, *| *\( *| +-+ +){day}"
            r"(?:(?: *\)| *\([^()]{2,40}\)| */[^/]{2,30}/)? *(?:-{1,2}|:)| *\([^()]{2,40}\)\.)(?: |$)"
        ),
        months=months,
        weekdays=weekdays,
        not_datelines=frozenset([*words.not_datelines, *weekdays]),
    )


def _any(words: list[str] | dict[str, int]) -> str:
    """A pattern for any of `words`, the longest first so that "sept" is not read as "sep"."""
    return "|".join(re.escape(word).replace(r"\ ", " +") for word in sorted(words, key=lambda word: (-len(word), word)))
