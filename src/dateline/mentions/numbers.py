"""Reads numbers: digits and number words, ranges, vague numbers, and the words before and after that bound them.

Values are (low, best, high) by the codebook's table, None where no words support a number.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.lexicon.numbers import BoundClass, Bounds, number_words
from dateline.mentions.words import PhraseTable, Word, key_of
from dateline.model import plain_view, small_view

# Digits part from the letters of a unit that is glued to them ("50kg", "3.5m"), not from those of a name ("M16", "122nd").
_TOKEN = re.compile(
    r"(?-i:[^\W\d_]++(?=[ ,]))"  # most words
    r"|(?:[^\W\d_]\.){2,}"
    # The letter of a currency that is glued to a sum: "N10m", "P65,000", "Rs40"; the roads "N380" and "P5" stay whole.
    r"|(?-i:[NPRK])(?=\d+(?:[.,]\d+)*(?:\s?(?:m|bn)(?![^\W_])|\s(?:million|billion)(?![^\W_]))|\d{1,3}(?:,\d{3})+(?![^\W_]))"
    r"|(?:Rs|K?Shs?|Ushs?|UGX|FCFA|CFA|USD|EUR|Tk)(?=\d)"
    r"|\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th|d)(?![^\W_])|(?=(?:km²|m²|[a-z]{1,3}\d?)(?![^\W_]))|(?![^\W_]))"
    r"|[^\W_]+(?:[-'][^\W_]+)*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d{3}){2,}")
_INDIAN = re.compile(r"\d{1,3}(?:,\d{2})*,\d{3}")  # 1,50,000
_LONGEST = 15  # digits; longer ones are no counts, and beyond what a float holds

LARGEST = 1e15
MONEY_SIGNS = "$€£¥₹₺₦₽₴₱₪"
BLANKS = " \"'+" + MONEY_SIGNS


class Line(NamedTuple):
    """The words of one segment, and the lower-case plain view of the whole text that they stand in."""

    view: str
    words: tuple[Word, ...]

    def gap(self, i: int) -> str:
        """What stands between word i - 1 and word i."""
        return self.view[self.words[i - 1].end : self.words[i].start] if 0 < i < len(self.words) else "\n"

    def near(self, i: int) -> bool:
        """Whether only blanks (a quotation mark, a sign of money) part word i from the one before it."""
        return 0 < i < len(self.words) and not self.gap(i).strip(BLANKS)

    def key(self, i: int) -> str:
        return self.words[i].key if 0 <= i < len(self.words) else ""


@lru_cache(maxsize=512)
def line_of(text: str, start: int, end: int) -> Line:
    """The words of text[start:end], with offsets into `text`."""
    plain = plain_view(text)
    words = tuple(Word(m.start(), m.end(), m.group(), key_of(m.group())) for m in _TOKEN.finditer(plain, start, end))
    return Line(small_view(text), words)


class Number(NamedTuple):
    """Words [first, last) that say a number, with its bounds; `rule` says how it was read."""

    first: int
    last: int
    low: float | None
    best: float | None
    high: float | None
    rule: str

    @property
    def many(self) -> bool:
        """Whether the counted noun should stand in the plural."""
        return (self.low, self.best, self.high) != (1, 1, 1)


def value_of(key: str) -> float | None:
    """The value of one token of digits: "3,500", "1.2", "1.234.567"; None for clock times, ordinals and names."""
    if not key[:1].isdecimal():
        return None
    if len(re.sub(r"\D", "", key)) > _LONGEST:
        return None
    if _DIGITS.fullmatch(key) or _INDIAN.fullmatch(key):
        plain = key.replace(",", "")
        return float(plain.replace(".", "") if plain.count(".") > 1 else plain)
    return None


def word_value(key: str) -> int | None:
    """The value of a word below 100: "seven", "forty", "twenty-two"."""
    words = number_words()
    if key in words.ones:
        return words.ones[key]
    if key in words.tens:
        return words.tens[key]
    tens, dash, one = key.partition("-")
    if dash and tens in words.tens and 0 < words.ones.get(one, 0) < 10:
        return words.tens[tens] + words.ones[one]
    return None


def cardinal_at(line: Line, i: int) -> tuple[float, int] | None:
    """The number that begins at word i and the word after it: "one hundred and fifty", "1.2 million", "2 500"."""
    key = line.key(i)
    value = value_of(key)
    if value is not None:
        if is_calibre(line, i):
            return None
        i += 1
        if value == int(value) and value < 1000 and key.isdigit() and _thousands_follow(line, i):
            value, i = value * 1000 + int(line.key(i)), i + 1
        elif re.fullmatch(r"\d{1,3}\.\d{3}", key) and line.key(i).isalpha() and line.key(i) not in number_words().multipliers:
            value *= 1000  # "50.000 fighters", as much of the press writes it
        return _multiplied(line, value, i)
    if word_value(key) is None and not (key in {"a", "an"} and _is_multiplier(line, i + 1)):
        return _spelled(line, i) if key in _ALONE and not _counted_before(line, i) else None
    return _spelled(line, i)


_ALONE = frozenset({"hundred", "thousand", "million", "billion", "dozen"})
"""Multipliers that say a number with nothing before them."""


def is_calibre(line: Line, i: int) -> bool:
    """ ".303", ".45": a fraction with nothing before its point is the bore of a gun."""
    if i >= len(line.words):
        return False
    start = line.words[i].start
    return start > 0 and line.view[start - 1] == "." and not line.view[max(0, start - 2) : start - 1].strip("(\"' ")


def _counted_before(line: Line, i: int) -> bool:
    """A multiplier after "several" or a number belongs to that."""
    return line.near(i) and line.key(i - 1) in {"several", "few", "many", "the", "per"}


def _thousands_follow(line: Line, i: int) -> bool:
    size = line.near(i + 1) and line.key(i + 1) in {"mm", "cm"}  # "4 120 mm mortars"
    return i < len(line.words) and line.gap(i) in {" "} and bool(re.fullmatch(r"\d{3}", line.key(i))) and not size


def _is_multiplier(line: Line, i: int) -> bool:
    key = line.key(i)
    return line.near(i) and key in number_words().multipliers and len(key) > 3


def _multiplied(line: Line, value: float, i: int) -> tuple[float, int]:
    """ "1.2 million", "3 dozen", "$5bn"; a lone letter multiplies only where it is glued to the digits of a sum of money."""
    multipliers = number_words().multipliers
    while i < len(line.words) and line.near(i) and line.key(i) in multipliers and value * multipliers[line.key(i)] < LARGEST:
        if len(line.key(i)) == 1 and not (line.gap(i) == "" and (_money_sign(line, i - 1) or _counted_in_millions(line, i))):
            break
        value, i = round(value * multipliers[line.key(i)], 6), i + 1
    return value, i


def _counted_in_millions(line: Line, i: int) -> bool:
    """ "1m people": the letter is no metre where what follows is counted so."""
    return line.near(i + 1) and line.key(i + 1) in number_words().after_million


def _money_sign(line: Line, i: int) -> bool:
    before = line.view[max(0, line.words[i].start - 2) : line.words[i].start].rstrip()
    prefix = line.near(i) and line.key(i - 1) in number_words().money_prefixes
    return before[-1:] in set(MONEY_SIGNS) or prefix


def _spelled(line: Line, i: int) -> tuple[float, int] | None:
    """Number words, by the usual sums: "two hundred and five thousand"."""
    multipliers = number_words().multipliers
    total, current, start, smallest = 0.0, 0.0, i, LARGEST
    while i < len(line.words) and (i == start or line.near(i) or line.gap(i) == "-"):
        key = line.key(i)
        small = word_value(key)
        if key in {"a", "an"} and i == start:
            current = 1
        elif small is not None:
            if current % 100 and not (current % 10 == 0 and current % 100 >= 20 and 0 < small < 10):
                break
            if i > start and current == 0 and total == 0:
                break
            current += small
        elif key in multipliers and len(key) > 3:
            by = multipliers[key]
            if by >= 1000:
                if by >= smallest:
                    break
                total, current, smallest = total + (current or 1) * by, 0, by
            else:
                current = (current or 1) * by
        elif key == "and" and i > start and _and_joins(line, i):
            pass
        else:
            break
        i += 1
    return (total + current, i) if i > start else None


def _and_joins(line: Line, i: int) -> bool:
    """The "and" of "two hundred and five", not of "two hundred and five others" (which nobody can part) or "ten and two"."""
    before, after = line.key(i - 1), word_value(line.key(i + 1))
    return before in {"hundred", "thousand", "million"} and after is not None and after > 0 and line.near(i + 1)


@cache
def _vague() -> PhraseTable[tuple[Bounds, str]]:
    words = number_words()
    exact = [(phrase, ((float(n), float(n), float(n)), "exact")) for phrase, n in words.exact.items()]
    said = {"none": words.none, "without": words.without, "nobody": words.nobody}
    none = [(phrase, ((0.0, 0.0, 0.0), rule)) for rule, phrases in said.items() for phrase in phrases]
    return PhraseTable([*((phrase, (bounds, "vague")) for phrase, bounds in words.vague.items()), *exact, *none])


BoundPhrases = Mapping[str, Sequence[tuple[tuple[str, ...], BoundClass]]]


@cache
def _before() -> BoundPhrases:
    """Bound phrases as words, longest first, by their last word, which stands next to the number."""
    return _bound_phrases(number_words().bounds, -1)


@cache
def _after() -> BoundPhrases:
    """Those behind a number, by their first word."""
    return _bound_phrases(number_words().bounds_after, 0)


def _bound_phrases(classes: Mapping[BoundClass, Iterable[str]], nearest: int) -> BoundPhrases:
    listed = [(tuple(p.split()), kind) for kind, phrases in classes.items() for p in phrases]
    found: dict[str, list[tuple[tuple[str, ...], BoundClass]]] = {}
    for words, kind in sorted(listed, key=lambda f: (-len(f[0]), f[0])):
        found.setdefault(words[nearest], []).append((words, kind))
    return found


def number_at(line: Line, i: int) -> Number | None:
    """The number whose own words begin at word i, with its range, and with the bounds that stand before and after it."""
    core = _core(line, i)
    return bounded(line, core) if core else None


def _core(line: Line, i: int) -> Number | None:
    vague = _vague().at(line.words, i)
    if vague and all(line.near(j) for j in range(vague.first + 1, vague.last)):
        bounds, rule = vague.payload
        if rule == "vague" and line.key(vague.last) == "dozen" and line.near(vague.last):
            return None
        return Number(vague.first, vague.last, *bounds, rule)
    cardinal = cardinal_at(line, i)
    if cardinal is None:
        return None
    value, after = cardinal
    if ranged := _range(line, i, value, after):
        return ranged
    if _said_again(line, after, value):
        after += 1
    return Number(i, after, value, value, value, "number")


def _said_again(line: Line, i: int, value: float) -> bool:
    """ "fifty-eight (58) students": the number once more, in brackets."""
    return line.gap(i).strip() == "(" and value_of(line.key(i)) == value and line.view[line.words[i].end :][:1] == ")"


def _range(line: Line, i: int, value: float, after: int) -> Number | None:
    """ "two to three", "between 5,000 and 7,000", "10-15", "two or three"."""
    gap, joint = line.gap(after), line.key(after)
    between = line.near(i) and line.key(i - 1) == "between"
    second: tuple[float, int] | None = None
    if gap.strip() == "-" and len(gap) <= 3:
        second = cardinal_at(line, after)
    elif (joint in {"to", "or"} or (joint == "and" and between)) and line.near(after) and line.near(after + 1):
        second = cardinal_at(line, after + 1)
    if second is None:
        return None
    low, (high, last) = value, second
    scale = number_words().multipliers.get(line.key(last - 1))
    if scale and low < 1000 <= scale and low * scale < high:  # "2 to 3 million"
        low *= scale
    if low >= high:
        return None
    first = i - 1 if between or (line.near(i) and line.key(i - 1) == "from") else i
    return Number(first, last, low, None, high, "range")


def bounded(line: Line, number: Number) -> Number:
    """The number with the bound words before it, else with those after it."""
    number, bound = _bound_before(line, number)
    second: BoundClass | None = None
    if bound in {None, "exact"}:
        for words, after in _after().get(line.key(number.last), ()):
            j = number.last
            if all(line.key(j + k) == w and (line.near(j + k) or line.gap(j + k) == "-") for k, w in enumerate(words)):
                number, second = number._replace(last=j + len(words)), after
                break
    if bound in {None, "exact"} and number.rule == "number" and line.gap(number.last).strip() == "+":
        second = "at_least"  # "100+ fighters"
    start = line.words[number.first].start
    if bound is None and second is None and start and line.view[start - 1] in "~≈":
        second = "about"  # "~40 fighters"
    kind = second or bound
    if kind in {None, "exact"} or number.rule in {"none", "without", "nobody", "range"}:
        return number
    low, best, high = apply_bound(kind, number.low, number.best, number.high)
    return number._replace(low=low, best=best, high=high, rule=f"{kind} {number.rule}")


def _bound_before(line: Line, number: Number) -> tuple[Number, BoundClass | None]:
    """Looks twice: "a total of more than 50", "only about 20"."""
    bound: BoundClass | None = None
    for _ in range(2):
        for words, kind in _before().get(line.key(number.first - 1), ()):
            j = number.first - len(words)
            if j < 0 or not all(line.key(j + k) == w and line.near(j + k + 1) for k, w in enumerate(words)):
                continue
            if words == ("over",) and line.near(j) and line.key(j - 1) in number_words().over_verbs:
                continue
            number, bound = number._replace(first=j), bound if kind == "exact" and bound else kind
            break
        else:
            break
    return number, bound


def apply_bound(kind: BoundClass | None, low: float | None, best: float | None, high: float | None) -> Bounds:
    """What a bound word does to a number: "more than" opens it upwards, "almost" downwards, "about" on both sides."""
    if kind == "at_least":
        return low, best, None
    if kind == "almost":
        return None, best, high
    if kind == "about":
        return (None, best, None) if best is not None else (low, best, high)
    if kind == "fewer":
        return None, None, high if high is not None else best
    return low, best, high


def holds_number(word: Word) -> bool:
    """Whether a word says a number in digits or letters; bare articles and "no" do not."""
    if word.text.isalpha():
        return is_number_word(word.key)
    return any(c.isdigit() for c in word.text) or any(is_number_word(part) for part in word.key.split("-"))


def may_begin_number(key: str) -> bool:
    """Whether `number_at` can find a number at a word; most words are settled by one look-up."""
    return key[:1].isdecimal() or "-" in key or key in _first_words()


@cache
def _first_words() -> frozenset[str]:
    words = number_words()
    return frozenset({*words.ones, *words.tens, "a", "an", *_ALONE, *_vague().first_words})


@cache
def _number_words() -> frozenset[str]:
    words = number_words()
    long = {m for m in words.multipliers if len(m) > 3}
    vague = {"dozens", "scores", "hundreds", "thousands", "millions", "billions", "several", "couple"}
    return frozenset({*words.ones, *words.tens, *long, *words.ordinals, *vague})


def is_number_word(part: str) -> bool:
    """Whether a part of a word says a number: "seven", "hundred", "third"."""
    return part in _number_words()
