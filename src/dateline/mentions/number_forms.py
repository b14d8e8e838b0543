"""Counts that are no number right before its noun: "27 times", "a 30-day truce", "a family of five", "the third attack"."""

from functools import cache
from typing import NamedTuple

from dateline.lexicon.numbers import number_words
from dateline.mentions.noun_phrases import NounPhrase, noun_phrase
from dateline.mentions.numbers import Line, Number, bounded, is_number_word, number_at, value_of, word_value

_ACTS = frozenset({"operation", "strike", "attack"})
_LASTING = frozenset({"for", "lasted", "lasting", "took", "within", "after", "than"})
_BOUNDS = frozenset(
    {"about", "around", "nearly", "almost", "over", "roughly", "approximately", "some", "least", "at", "only", "just"}
)
_ARTICLES = frozenset({"a", "an", "the", "another", "its", "their"})
_STRONG = frozenset({"strong", "man", "member", "person"})
_PERIODS = frozenset({"month", "months", "week", "weeks", "year", "years", "day", "days", "since", "row", "hours"})
_AHEAD = 12  # words from an ordinal to the period that it counts in


class Form(NamedTuple):
    """A number and what it counts; the phrase may stand before the number ("a family of five") or be empty."""

    number: Number
    phrase: NounPhrase


def may_begin_form(key: str) -> bool:
    """Whether `form_at` can find a count at a word that begins no number."""
    return key in _ARTICLES or key in number_words().nth


def form_at(line: Line, i: int, number: Number | None) -> Form | None:
    """What begins at word i, where `number` is read, and counts in another way than by a noun after it, if anything."""
    if line.key(i) in _ARTICLES:
        return _company(line, i) or _couple(line, i) or _lasting(line, i)
    return (number and _times(line, i, number)) or _hyphened(line, i) or _nth(line, i)


def _times(line: Line, i: int, number: Number) -> Form | None:
    """ "shelled 27 times", "raided twice": acts; "twice the number" and "three times as many" compare."""
    last = number.last
    if line.key(i) not in {"twice", "thrice"}:
        if line.key(last) != "times" or not line.near(last):
            return None
        last += 1
    if line.near(last) and line.key(last) in number_words().compared:
        return None
    return Form(number._replace(last=last), NounPhrase(last, last, "attack"))


@cache
def _spans() -> dict[str, tuple[str, float]]:
    """Names of spans of time, with the codebook's unit and the factor."""
    return {name: (unit.unit, unit.factor) for unit in number_words().units if unit.object == "time" for name in unit.names}


def _hyphened(line: Line, i: int) -> Form | None:
    """ "a 30-day truce", "a fourteen-month siege", "a 19,600-strong force"."""
    head, dash, word = line.key(i).rpartition("-")
    value = word_value(head) if dash else value_of(line.key(i))
    if value is None:
        return None
    last = i + 1
    if not dash:
        word, last = line.key(last), last + 1
        if line.gap(last - 1) != "-" and not (word == "strong" and line.near(last - 1)):
            return None
    number = Number(i, last, value, value, value, "hyphen")
    if word in _spans():
        unit, factor = _spans()[word]
        return Form(number, NounPhrase(last, last, "time", "duration", unit, factor))
    if word not in _STRONG:
        return None
    phrase = noun_phrase(line, last, True)
    return Form(number, NounPhrase(last, last, phrase.object if phrase and phrase.known else None))


def _company(line: Line, i: int) -> Form | None:
    """ "a family of five", "a gang of six": the number of those in it."""
    companies = number_words().companies
    k = i + 1
    while k < i + 4 and line.near(k) and line.key(k) not in companies:
        k += 1
    if line.key(k) not in companies or not line.near(k):
        return None
    number = number_at(line, k + 2) if line.key(k + 1) == "of" and line.near(k + 1) and line.near(k + 2) else None
    if number is None or noun_phrase(line, number.last, number.many) is not None:
        return None
    return Form(number._replace(first=i), NounPhrase(number.last, number.last, companies[line.key(k)]))


def _couple(line: Line, i: int) -> Form | None:
    """ "killed a couple", "an elderly couple": two persons; "a couple of trucks" is vague."""
    k = i + 1 + (line.key(i + 2) == "couple")
    if line.key(i) not in {"a", "an", "another"} or line.key(k) != "couple" or not line.near(k) or not line.near(i + 1):
        return None
    if line.near(k + 1) and (line.key(k + 1) == "of" or is_number_word(line.key(k + 1)) or noun_phrase(line, k + 1, True)):
        return None
    return Form(Number(i, k + 1, 2, 2, 2, "number"), NounPhrase(k + 1, k + 1, "civilian"))


def _nth(line: Line, i: int) -> Form | None:
    """ "the third attack in a month": that many acts; a first or a plain "second attack" counts nothing."""
    value = number_words().nth.get(line.key(i))
    if value is None or not line.near(i + 1) or line.key(i - 1) not in {"the", "their", "its"}:
        return None
    phrase = noun_phrase(line, i + 1 + (line.key(i + 1) == "such"), False)
    ahead = {line.key(k) for k in range(i + 1, i + _AHEAD)}
    if phrase is None or phrase.object not in _ACTS or not (ahead & _PERIODS or line.key(i + 1) == "such"):
        return None
    return Form(Number(i, i + 1, value, value, value, "nth"), phrase)


def _lasting(line: Line, i: int) -> Form | None:
    """ "for about an hour", "after a decade of fighting": one of a span of time, where the words say how long."""
    if line.key(i) not in {"a", "an"} or not line.near(i + 1) or line.key(i + 1) not in _spans():
        return None
    k = i - 1
    while k > 0 and line.near(k) and line.key(k) in _BOUNDS:
        k -= 1
    if line.key(k) not in _LASTING:
        return None
    unit, factor = _spans()[line.key(i + 1)]
    return Form(bounded(line, Number(i, i + 1, 1, 1, 1, "article")), NounPhrase(i + 1, i + 2, "time", "duration", unit, factor))
