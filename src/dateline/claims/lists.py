"""Lists of acts ("Near X, two strikes destroyed ..."): an item has the day and the sides of the sentence that opens the list."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.claims.scene import fullest
from dateline.claims.views import SentenceView
from dateline.model import Interval, plain_view

_BULLET = re.compile(r"\s*(?:[-*•–+·]|\d{1,2}[.)])\s")
_PLACE_FIRST = re.compile(
    r"\W*(near|in|at|around|outside|north of|south of|east of|west of) [\w' -]{2,40},", re.IGNORECASE
)  # two items in a row that begin so are a list without bullets
_DASH = re.compile(r"\s*(?:[-\u2013\u2014]\s|:\s)")
_REACH = 30  # sentences from the day to the opening of a list, the items of the lists between them among these

_LONGEST_MARK = 4  # characters of a bullet or a number with the blank behind it


class Opening(NamedTuple):
    """The sentence that opens a list, and the day that it or a sentence shortly before it says."""

    number: int
    time: Interval | None


def openings(views: Sequence[SentenceView], text: str) -> dict[int, Opening]:
    """For each item of a list, by its sentence's number, what opens the list."""
    items = [_is_item(v, text) for v in views]
    found: dict[int, Opening] = {}
    opener: Opening | None = None
    day, day_at = None, 0
    for n, sentence in enumerate(views):
        beside = items[n] and ((n and items[n - 1]) or items[n + 1 : n + 2] == [True] or _BULLET.match(_line(sentence, text)))
        if not beside:
            own = _day_of(sentence)
            day, day_at = (own, n) if own is not None else (day, day_at)
            opener = Opening(sentence.number, day if n - day_at <= _REACH else None)
        elif opener is not None:
            found[sentence.number] = opener
    return found


def entries(views: Sequence[SentenceView], text: str) -> dict[int, Interval]:
    """For each sentence of an entry in a chronicle ("6 January - Gunmen ..."), by its number, the entry's date."""
    found: dict[int, Interval] = {}
    paragraph, date = -1, None
    for sentence in views:
        if sentence.sentence.paragraph != paragraph:
            paragraph, date = sentence.sentence.paragraph, _date_ahead(sentence, text)
        if date is not None:
            found[sentence.number] = date
    return found


def _date_ahead(sentence: SentenceView, text: str) -> Interval | None:
    """The date with which a sentence begins, a dash or a colon behind it."""
    first = sentence.times[0] if sentence.times else None
    if first is None or first.interval.start is None:
        return None
    view = plain_view(text)
    ahead = view[sentence.sentence.span.start : first.span.start]
    return first.interval if not ahead.strip("-*• ") and _DASH.match(view, first.span.end) else None


def _day_of(sentence: SentenceView) -> Interval | None:
    dated = [t for t in sentence.times if t.interval.start is not None and t.interval.end is not None and not t.interval.since]
    return fullest(dated).interval if dated else None


def _is_item(sentence: SentenceView, text: str) -> bool:
    line = _line(sentence, text)
    return not sentence.times and bool(_BULLET.match(line) or _PLACE_FIRST.match(line))


def _line(sentence: SentenceView, text: str) -> str:
    """The sentence with the mark that stands before it in its line, if one does."""
    span = sentence.sentence.span
    mark = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    return plain_view((mark if len(mark) <= _LONGEST_MARK else "") + span.of(text))
