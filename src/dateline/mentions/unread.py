"""Numbers that count nothing, and why: dates, names, ages, ordinals, pointers."""

import re

from dateline.lexicon.numbers import number_words
from dateline.mentions.noun_phrases import PERSONS, is_plural, noun_at, noun_phrase
from dateline.mentions.numbers import Line, Number, is_calibre, number_at
from dateline.model import UnreadReason

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|d)")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_CLOCK = frozenset("am pm a.m p.m a.m. p.m. gmt utc o'clock hours local".split())
_CLOCK_DIGITS = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")  # 0200, 1835: hours of the military clock
_CLOCK_BEFORE = frozenset("at approximately about around between by until from gmt and since before after".split())
_YEAR_BEFORE = frozenset("the in since by of during its early late mid until from november october september".split())
_AGES = frozenset({"aged", "age", "ages", "younger", "older"})
_BETWEEN_AGES = frozenset({"and", "between", "to", "of", "from", "than", "or"})
OLDEST = 120


def reason_before_reading(line: Line, i: int, number: Number) -> UnreadReason | None:
    """Why the number at word i counts nothing, whatever noun follows; None where it may count."""
    word, single = line.words[i], number.last == i + 1
    if word.text[:1].isdigit() and (
        line.view[word.start - 1 : word.start] in {"/", "#"} or line.view[word.end : word.end + 1] == "/"
    ):
        return "reference"
    if _age(line, i, number):
        return "age"
    if word.key in {"twice", "thrice"} or (line.key(number.last) == "times" and line.near(number.last)):
        return "reference"  # comparisons: "three times the size"; times that something was done are read apart
    if single and _name(line, i, number):
        return "name"
    if single and word.text.isdigit() and line.near(i + 1) and line.key(i + 1) in _CLOCK and line.key(i + 1) != "hours":
        return "date"
    if single and _CLOCK_DIGITS.fullmatch(word.text) and _like_clock(line, i):
        return "date"
    if single and _YEAR.fullmatch(word.text) and _like_year(line, i):
        return "date"
    bore = is_calibre(line, number.last + 1)  # "three caliber .45 pistols"
    if line.near(number.last) and line.key(number.last) in number_words().not_counted and not bore:
        return "date" if line.key(number.last) in _CLOCK else "reference"
    return "reference" if _score(line, i) or _points(line, i) or _shared(line, number) else None


def reason_left(line: Line, i: int) -> UnreadReason:
    """Why the number at word i ended up in no quantity."""
    key = line.key(i)
    number = number_at(line, i)
    if number is not None and (reason := reason_before_reading(line, i, number)):
        return reason
    if _ORDINAL.fullmatch(key) or key in number_words().ordinals or any(p in number_words().ordinals for p in key.split("-")):
        follows = line.words[i + 1] if i + 1 < len(line.words) and line.near(i + 1) else None
        return "name" if _ORDINAL.fullmatch(key) and follows and follows.capital and not follows.text.isupper() else "ordinal"
    if "year-old" in key or "years-old" in key:
        return "age"
    if ":" in key:
        return "date"
    if any(c.isdigit() for c in key) and any(c.isalpha() for c in key):
        return "date" if re.fullmatch(r"(?:19|20)\d0s", key) else "name"
    if key == "one":
        return "reference"
    if _YEAR.fullmatch(key):
        return "date"
    return "name" if after_a_name(line, i) else "unread"


def after_a_name(line: Line, i: int) -> bool:
    """ "CTF 50", "Exercise Eager Lion 16": a number that no noun follows, after a word with a capital inside a sentence."""
    if not line.near(i) or i < 2 or not line.key(i).isdigit():
        return False
    before, first = line.words[i - 1], line.words[0]
    shouted = first.text.isupper() and line.words[i - 2].text.isupper() and before.text.isupper()
    return before.capital and not shouted


def _age(line: Line, i: int, number: Number) -> bool:
    """ "aged 42", "42-year-old", "42 years old", "Haddad, 42, of"."""
    value, after = number.best, number.last
    if value is None or not 0 < value <= OLDEST:
        return False
    if _aged(line, i) or _of_a_person(line, i, number):
        return True
    follows = line.key(after)
    if follows.startswith(("year-old", "years-old")) or (
        follows in {"year", "years"} and line.key(after + 1) in {"old", "of"} and _old(line, after)
    ):
        return True
    between_commas = line.gap(i).strip() in {",", "("} and line.view[line.words[after - 1].end :].lstrip()[:1] in {",", ")"}
    return between_commas and i > 0 and any(c.isupper() for c in line.words[i - 1].text) and line.words[i].text.isdigit()


def _aged(line: Line, i: int) -> bool:
    """ "aged 42", "ages 27, 22 and 34", "aged between 24 and 41", "at the age of 84", "not younger than 18"."""
    k = i - 1
    while k > max(0, i - 6) and (line.key(k) in _BETWEEN_AGES or line.key(k).isdigit()):
        k -= 1
    return line.key(k) in _AGES and (k == i - 1 or line.near(k + 1))


def _of_a_person(line: Line, i: int, number: Number) -> bool:
    """ "a boy of nineteen", "a mother of four": an age, or children that nothing happened to."""
    if line.key(i - 1) != "of" or not line.near(i) or not line.near(i - 1) or not number.many:
        return False
    person = noun_at(line, i - 2)
    if person is None or person.payload.object not in PERSONS or person.payload.plural is not False or person.payload.measure:
        return False
    return noun_phrase(line, number.last, number.many) is None


def _old(line: Line, i: int) -> bool:
    return line.key(i + 1) == "old" or line.key(i + 2) == "age"


def _name(line: Line, i: int, number: Number) -> bool:
    """ "Highway 80", "Article 140": a word of the list before it, with a capital, or with no counted noun after it."""
    if line.key(i - 1) in {"and", "or", "to"} and i > 2 and line.words[i - 2].text.isdigit():  # "Articles 14 and 15"
        return line.key(i - 3).removesuffix("s") in number_words().names_before and line.words[i - 3].capital
    if not i or line.gap(i).strip(" .") or line.key(i - 1).rstrip(".") not in number_words().names_before:
        return False
    before = line.words[i - 1]
    phrase = noun_phrase(line, number.last, number.many)
    counted = phrase is not None and phrase.known and phrase.object is not None
    cased = before.capital and not (before.text.isupper() and len(before.text) > 3)
    if before.key in {"no", "army", "point", "level", "position", "order", "number"} and counted:
        return False
    return (cased and i > 1) or not counted


def _like_clock(line: Line, i: int) -> bool:
    """ "at 1835", "0035 GMT": four digits after "at" with no counted noun after them, or with a nought before."""
    if line.key(i).startswith("0"):
        return True
    phrase = noun_phrase(line, i + 1, True)
    return line.near(i) and line.key(i - 1) in _CLOCK_BEFORE and (phrase is None or phrase.object is None)


def _like_year(line: Line, i: int) -> bool:
    """A bare number such as 2003 is a year unless a counted plural follows it and no article stands before it."""
    phrase = noun_phrase(line, i + 1, True)
    acts = {"operation", "strike", "attack"}  # "2014 attacks" are those of a year
    counted = phrase is not None and phrase.object is not None and phrase.object not in acts and is_plural(line, phrase)
    return not counted or (line.near(i) and line.key(i - 1) in _YEAR_BEFORE)


def _points(line: Line, i: int) -> bool:
    """Footnotes in brackets ("[3]"), and degrees, minutes and seconds."""
    word = line.words[i]
    before, after = line.view[word.start - 1 : word.start], line.view[word.end : word.end + 1]
    return word.text[:1].isdigit() and ((before, after) == ("[", "]") or after == "°" or before == "°")


def _shared(line: Line, number: Number) -> bool:
    """ "half of the 2,500 residents": the clause counts a share of the number, not the number."""
    i = number.first - 1
    i -= line.key(i) in {"the", "its", "their", "these", "those"}
    return line.key(i) == "of" and line.key(i - 1) in number_words().shares


def _score(line: Line, i: int) -> bool:
    """ "3-1", and the parts of a telephone number: digits joined by dashes that make no range."""
    digits = [j for j in (i - 1, i, i + 1) if 0 <= j < len(line.words) and line.words[j].text.isdigit()]
    if i not in digits:
        return False
    after = i + 1 in digits and line.gap(i + 1) == "-" and float(line.key(i)) >= float(line.key(i + 1))
    before = i - 1 in digits and line.gap(i) == "-"
    return after or before
