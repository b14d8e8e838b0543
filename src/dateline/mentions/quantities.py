"""Finds how many of what: numbers with their bounds and the noun that they count.

Every number of the regions that are read ends up in a quantity, in a time, or in `Reading.unread` with the reason.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from typing import NamedTuple

from msgspec.structs import replace

from dateline.lexicon.numbers import number_words, object_words
from dateline.mentions.elided import bare_counts, labelled, out_of, with_antecedents
from dateline.mentions.noun_phrases import PERSONS, NounPhrase, noun_phrase
from dateline.mentions.number_forms import form_at, may_begin_form
from dateline.mentions.numbers import (
    MONEY_SIGNS,
    Line,
    Number,
    bounded,
    holds_number,
    is_calibre,
    line_of,
    may_begin_number,
    number_at,
)
from dateline.mentions.segments import read_segments
from dateline.mentions.unread import reason_before_reading, reason_left
from dateline.model import Quantity, QuantityMention, Reading, Span, TimeMention, Unread
from dateline.pipeline import stage

# Things that "a" counts.  The article of an act ("a raid") is no figure.
ARTICLE_OBJECTS = PERSONS | {
    "tunnel", "hideout", "position", "building", "infrastructure", "oil_facility", "vehicle", "aircraft", "weapon", "munition",
    "explosive_device", "cache", "village",
}  # fmt: skip
# What "without" denies.
_LOSSES = frozenset({"killed", "wounded", "casualties"})
_POSSESSIVES = frozenset({"his", "her", "its", "their"})
# What "no" denies; "no group", "no country" say nothing of a count.
NONE_OBJECTS = frozenset(ARTICLE_OBJECTS | {"operation", "strike", "attack", "ammunition"})


class Read(NamedTuple):
    """A quantity, and the words [first, last) that it takes up."""

    quantity: Quantity
    first: int
    last: int


@stage(needs={"sentences", "times"}, adds={"quantities"})
def find_quantities(reading: Reading) -> Reading:
    """Append a QuantityMention for each number that counts or measures; list the other numbers in `unread`."""
    times = [m for m in reading.mentions if isinstance(m, TimeMention)]
    found: list[Quantity] = []
    unread: list[Unread] = []
    for segment in read_segments(reading):
        inside = [m for m in times if segment.contains(m.span)]
        quantities, left = quantities_in(reading.report.text, segment, inside)
        found.extend(quantities)
        unread.extend(left)
    told = [QuantityMention(span=q.span, quantity=q) for q in with_antecedents(reading.report.text, found)]
    return replace(reading, mentions=(*reading.mentions, *told), unread=(*reading.unread, *unread))


def quantities_in(text: str, segment: Span, times: Sequence[TimeMention] = ()) -> tuple[list[Quantity], list[Unread]]:
    """The quantities of one segment, left to right, none overlapping another, and its numbers that are in none of them.

    Numbers inside `times` are neither, but for those of a stretch of time: "for two years" also says how long.
    """
    line = line_of(text, segment.start, segment.end)
    dated = _words_in(line, [m.span for m in times if "duration" not in m.interval.rule])
    timed = _words_in(line, [m.span for m in times])
    quantities: list[Quantity] = []
    unread: list[Unread] = []
    i = floor = 0
    while i < len(line.words):
        if i in dated:
            i += 1
            continue
        read = _quantity_at(text, line, i, dated, floor) if _may_begin(line.words[i].key) else None
        if read:
            quantities.append(read.quantity)
            i = floor = read.last
            continue
        if holds_number(line.words[i]) and i not in timed:
            unread.append(Unread(span=line.words[i].span, reason=reason_left(line, i)))
        i += 1
    return quantities, unread


def _may_begin(key: str) -> bool:
    """Whether a quantity can begin at a word: by its number, its form or its article (see `_quantity_at`)."""
    return may_begin_number(key) or may_begin_form(key) or key in _POSSESSIVES


def _quantity_at(text: str, line: Line, i: int, dated: Set[int], floor: int) -> Read | None:
    """The quantity whose own number words begin at word i; its bound words stand before, from word `floor` on."""
    number = number_at(line, i)
    if form := form_at(line, i, number):
        taken = range(form.number.first, max(form.number.last, form.phrase.last))
        return _read(text, line, form.number, form.phrase) if form.number.first >= floor and dated.isdisjoint(taken) else None
    if number is None:
        return _article_at(text, line, i, dated)
    number = number._replace(first=max(number.first, floor))
    if reason_before_reading(line, i, number) is not None:
        return None
    if not dated.isdisjoint(range(i, number.last)):
        return None
    if not dated.isdisjoint(range(number.first, i)):  # a bound that is a word of the time
        number = number._replace(first=i)
    if money := _money(text, line, number):
        return money
    if percent := _percent(text, line, number):
        return percent
    phrase = noun_phrase(line, number.last, number.many)
    if phrase is not None and not dated.isdisjoint(range(phrase.first, phrase.last)):
        phrase = None
    if phrase is not None and phrase.unit is None and _fraction(number):
        phrase = None
    if number.rule == "nobody":
        return _read(text, line, number, NounPhrase(number.last, number.last, "person"))
    if number.rule == "without":
        lost = phrase is not None and phrase.measure in _LOSSES
        return _read(text, line, number, phrase) if lost else None
    if line.key(i) == "both" and not _both_count(line, phrase):
        return None
    if number.rule == "none":
        counts = phrase is not None and phrase.object in NONE_OBJECTS and phrase.unit is None
        return _read(text, line, number, phrase) if counts else None
    if phrase is None or not phrase.known:
        return _unnamed(text, line, i, number, phrase)
    if line.key(i) == "one" and number.last == i + 1 and not _counts_one(line, number, phrase):
        return None
    return _read(text, line, number, phrase)


def _both_count(line: Line, phrase: NounPhrase | None) -> bool:
    """ "both bridges", not "both soldiers and civilians"."""
    return (
        phrase is not None
        and phrase.known
        and phrase.object is not None
        and "and" not in {line.key(k) for k in range(phrase.first, phrase.last + 1)}
    )


def _another(line: Line, i: int) -> Number | None:
    """ "another was wounded", "detonated a fourth", "the third was captured": one more, whose noun is left out."""
    words = number_words()
    last = i + 1 if line.key(i) == "another" else i + 2
    if last == i + 2 and not (line.key(i) in {"a", "the"} and line.near(i + 1) and line.key(i + 1) in words.next_ones):
        return None
    passive = line.near(last) and line.key(last) in {"was", "were"} and line.key(last + 1) in words.done_to_persons
    hurt = line.near(last) and line.key(last) in words.hurt
    ends = not line.near(last) or line.key(last) in {"and", "in", "on", "at", "near"}
    acted_on = ends and line.key(i) != "the" and line.near(i) and line.key(i - 1) in words.bare_before - {"another", "other"}
    return Number(i, last, 1, 1, 1, "another") if passive or hurt or acted_on else None


def _single_denied(line: Line, i: int) -> bool:
    """ "did not fire a single shell" counts none."""
    words = [line.key(k) for k in range(max(0, i - 6), i)]
    return line.key(i + 1) == "single" and any(w in number_words().negations or w.endswith("n't") for w in words)


def _fraction(number: Number) -> bool:
    """Parts of persons and things are not counted."""
    return any(v is not None and v != int(v) for v in (number.low, number.best, number.high))


def _words_in(line: Line, spans: Sequence[Span]) -> frozenset[int]:
    """The words that the spans touch, by their places in the line."""
    starts, found = [w.start for w in line.words], set[int]()
    for span in spans:
        first = bisect_right(starts, span.start) - 1
        found.update(k for k in range(max(first, 0), bisect_left(starts, span.end)) if span.overlaps(line.words[k].span))
    return frozenset(found)


def _read(
    text: str, line: Line, number: Number, phrase: NounPhrase | None, *, article: bool = False, start: int | None = None
) -> Read:
    last = phrase.last if phrase and phrase.last > number.last else number.last
    begin = line.words[number.first].start if start is None else start
    factor = phrase.factor if phrase else 1
    low, best, high = (None if v is None else _scaled(v, factor) for v in (number.low, number.best, number.high))
    quantity = Quantity(
        span=Span(begin, line.words[last - 1].end),
        number=Span(begin, line.words[number.last - 1].end),
        noun=Span(line.words[phrase.first].start, line.words[phrase.last - 1].end)
        if phrase and phrase.last > phrase.first
        else None,
        low=low,
        best=best,
        high=high,
        object=phrase.object if phrase else None,
        unit=phrase.unit if phrase else None,
        article=article,
        measure=phrase.measure if phrase else None,
        rule="article" if article else number.rule,
    )
    return Read(quantity, number.first, last)


def _scaled(value: float, factor: float) -> float:
    return value if factor == 1 else round(value * factor, 4)


def _counts_one(line: Line, number: Number, phrase: NounPhrase) -> bool:
    """ "one soldier" counts, "one day" (some day) and "one another" do not."""
    if phrase.unit is not None:
        return line.key(number.first - 1) in {"for", "than", "lasted", "within", "after", "lasting", "only"}
    return phrase.object is not None or (line.key(number.last) == "of" and line.key(phrase.last - 1) in {"them", "whom"})


def _unnamed(text: str, line: Line, i: int, number: Number, phrase: NounPhrase | None) -> Read | None:
    """A number with no noun that the lexicon knows: an unknown plural, or a bare number beside a verb of count."""
    if whole := out_of(line, number) or labelled(line, number):
        return _read(text, line, number, NounPhrase(number.last, number.last, whole))
    if phrase is not None and phrase.last > phrase.first and number.many:
        return _read(text, line, number, phrase)
    if line.key(i) == "one" and number.last == i + 1 and not _one_hurt(line, i):
        return None
    return _read(text, line, number, None) if bare_counts(line, number) else None


def _one_hurt(line: Line, i: int) -> bool:
    """ "killing one and injuring three": one is who was killed."""
    ends = not line.near(i + 1) or line.key(i + 1) in {"and", "or", "in", "on", "at", "near"}
    return ends and line.near(i) and line.key(i - 1) in number_words().hurting


def _money(text: str, line: Line, number: Number) -> Read | None:
    """ "$2 million", "USD 500"; sums with the currency after them are read as noun phrases."""
    own = next((k for k in range(number.first, number.last) if line.words[k].text[:1].isdigit()), number.last - 1)
    at = line.words[own].start
    sign = line.view[at - 1 : at] if at else ""
    names, prefixes = number_words().currencies, number_words().money_prefixes
    known = bool(sign) and sign in MONEY_SIGNS
    currency = next((c for c, spelled in names.items() if sign and sign in spelled), None) if sign in MONEY_SIGNS else None
    begin = at - 1
    if currency is None and own == number.first and line.near(own):
        before = line.words[own - 1]
        if before.text in names:
            currency, known = before.text, True
        elif before.key in prefixes and (len(before.key) > 1 or line.gap(own) == ""):
            currency, known = prefixes[before.key], True
            number = bounded(line, number._replace(first=own - 1))
        begin = before.start
    if not known:
        return None
    start = min(begin, line.words[number.first].start)
    letters = re.search(r"(?<![^\W_])[a-z]{1,3}$", line.view[max(0, begin - 4) : begin]) if sign == "$" else None
    if letters and letters.group() in number_words().dollars:
        currency, start = number_words().dollars[letters.group()], min(start, begin - len(letters.group()))
    read = _read(text, line, number, None, start=start)
    return read._replace(quantity=replace(read.quantity, object="money", unit=currency))


def _percent(text: str, line: Line, number: Number) -> Read | None:
    """ "15 to 20 percent of the city", "80%": a share, with what it is a share of."""
    end = line.words[number.last - 1].end
    sign = line.view[end : end + 2].lstrip()[:1]
    if sign != "%":
        return None
    close = end + line.view[end : end + 2].index("%") + 1
    read = _read(text, line, number, None)
    span = Span(read.quantity.span.start, close)
    return read._replace(quantity=replace(read.quantity, span=span, number=span, unit="percent"))


def _article_at(text: str, line: Line, i: int, dated: Set[int]) -> Read | None:
    """ "a tunnel", "an ISIL-held building", "killing its driver": one thing or person of the lexicon."""
    if another := _another(line, i):
        return _read(text, line, another, None)
    whose = line.key(i) in _POSSESSIVES and line.near(i) and line.key(i - 1) in number_words().hurting
    if not (whose or line.key(i) in {"a", "an", "another"}) or (not line.near(i + 1) and not is_calibre(line, i + 1)):
        return None
    phrase = noun_phrase(line, i + 1, many=False)
    if phrase is None or phrase.unit or (phrase.measure and line.key(i) != "another"):
        return None
    if phrase.object not in ARTICLE_OBJECTS and line.key(phrase.last - 1) not in object_words().articled:
        return None
    if not dated.isdisjoint(range(phrase.first, phrase.last)):
        return None
    if line.key(i) != "another" and _single_denied(line, i):
        return _read(text, line, Number(i, i + 2, 0, 0, 0, "none"), phrase)
    return _read(text, line, Number(i, i + 1, 1, 1, 1, "article"), phrase, article=line.key(i) != "another")
