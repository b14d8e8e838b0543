"""Finds how many of what: numbers with their bounds and the noun that they count.

Every number of the regions that are read ends up in a quantity, in a time, or in `Reading.unread` with the reason.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from typing import NamedTuple

from msgspec.structs import replace

from dateline.lexicon.numbers import number_words
from dateline.mentions.noun_phrases import PERSONS, NounPhrase, noun_phrase
from dateline.mentions.numbers import MONEY_SIGNS, Line, Number, holds_number, line_of, number_at
from dateline.mentions.segments import read_segments
from dateline.mentions.unread import after_a_name, reason_before_reading, reason_left
from dateline.model import Mention, Quantity, QuantityMention, Reading, Span, TimeMention, Unread
from dateline.pipeline import stage

# Things that "a" counts.  The article of an act ("a raid") is no figure.
ARTICLE_OBJECTS = PERSONS | {
    "tunnel", "hideout", "position", "building", "infrastructure", "oil_facility", "vehicle", "aircraft", "weapon", "munition",
    "explosive_device", "cache", "village",
}  # fmt: skip
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
    found: list[Mention] = []
    unread: list[Unread] = []
    for segment in read_segments(reading):
        inside = [m for m in times if segment.contains(m.span)]
        quantities, left = quantities_in(reading.report.text, segment, inside)
        found.extend(QuantityMention(span=q.span, quantity=q) for q in quantities)
        unread.extend(left)
    return replace(reading, mentions=(*reading.mentions, *found), unread=(*reading.unread, *unread))


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
        read = _quantity_at(text, line, i, dated, floor)
        if read:
            quantities.append(read.quantity)
            i = floor = read.last
            continue
        if holds_number(line.words[i]) and i not in timed:
            unread.append(Unread(span=line.words[i].span, reason=reason_left(line, i)))
        i += 1
    return quantities, unread


def _quantity_at(text: str, line: Line, i: int, dated: Set[int], floor: int) -> Read | None:
    """The quantity whose own number words begin at word i; its bound words stand before, from word `floor` on."""
    number = number_at(line, i)
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
    if number.rule == "none":
        counts = phrase is not None and phrase.object in NONE_OBJECTS and phrase.unit is None
        return _read(text, line, number, phrase) if counts else None
    if phrase is None or not phrase.known:
        return _unnamed(text, line, i, number, phrase)
    if line.key(i) == "one" and number.last == i + 1 and not _counts_one(line, number, phrase):
        return None
    return _read(text, line, number, phrase)


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
    return phrase.object is not None


def _unnamed(text: str, line: Line, i: int, number: Number, phrase: NounPhrase | None) -> Read | None:
    """A number with no noun that the lexicon knows: an unknown plural, or a bare number beside a verb of count."""
    if whole := _out_of(line, number):
        return _read(text, line, number, NounPhrase(number.last, number.last, whole))
    if phrase is not None and phrase.last > phrase.first and number.many:
        return _read(text, line, number, phrase)
    if line.key(i) == "one" and number.last == i + 1:
        return None
    return _read(text, line, number, None) if _bare_counts(line, number) else None


def _out_of(line: Line, number: Number) -> str | None:
    """The object of a number that is a part of another: "28 of 34 drones", "28 out of the 34 drones"."""
    i = number.last + (line.key(number.last) == "out")
    if line.key(i) != "of" or not line.near(i):
        return None
    i += 1 + (line.key(i + 1) in {"the", "those", "these"})
    whole = number_at(line, i) if i < len(line.words) and line.near(i) else None
    phrase = noun_phrase(line, whole.last, whole.many) if whole else None
    return phrase.object if phrase else None


def _bare_counts(line: Line, number: Number) -> bool:
    """Whether a bare number counts: "killed 12", "only 10,000 were killed", "raised the toll to 45"."""
    words = number_words()
    after, before = line.key(number.last), line.key(number.first - 1)
    if after_a_name(line, number.first) and before not in words.bare_before:
        return False
    if line.near(number.last) and after in words.bare_after:
        return True
    if line.near(number.first) and before in words.bare_before:
        return True
    if line.key(number.last) == "of" and line.key(number.last + 1) in {"them", "whom", "which", "these", "those"}:
        return True
    if (
        number.rule.split()[0] in {"at_least", "almost", "fewer"}
        and line.near(number.first)
        and before in words.toll_links | words.bare_before
    ):
        return True
    toll = any(w.key in words.toll_words for w in line.words[max(0, number.first - 25) : number.first])
    return toll and line.near(number.first) and before in words.toll_links


def _money(text: str, line: Line, number: Number) -> Read | None:
    """ "$2 million", "USD 500"; sums with the currency after them are read as noun phrases."""
    own = next((k for k in range(number.first, number.last) if line.words[k].text[:1].isdigit()), number.last - 1)
    at = line.words[own].start
    sign = line.view[at - 1 : at] if at else ""
    names = number_words().currencies
    currency = next((c for c, spelled in names.items() if sign and sign in spelled), None) if sign in MONEY_SIGNS else None
    begin = at - 1
    if currency is None and own == number.first and line.near(own):
        before = line.words[own - 1]
        currency = before.text if before.text in names else None
        begin = before.start
    if currency is None:
        return None
    start = min(begin, line.words[number.first].start)
    if sign in MONEY_SIGNS and line.view[max(0, begin - 2) : begin] == "us":
        start = min(start, begin - 2)
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
    """ "a tunnel", "an ISIL-held building": one thing or person of the lexicon."""
    if line.key(i) not in {"a", "an"} or not line.near(i + 1):
        return None
    phrase = noun_phrase(line, i + 1, many=False)
    if phrase is None or phrase.object not in ARTICLE_OBJECTS or phrase.measure or phrase.unit:
        return None
    if not dated.isdisjoint(range(phrase.first, phrase.last)):
        return None
    return _read(text, line, Number(i, i + 1, 1, 1, 1, "article"), phrase, article=True)
