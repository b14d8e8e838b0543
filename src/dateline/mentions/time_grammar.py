"""The grammar of time phrases: which words can say when.  What days they mean is worked out in `when.py`.

Patterns are written over the lower-case plain view of a text.  A blank stands for one or more blanks, `<NAME>` for a block
of the lexicon; `<DAY2>` is the same block as `<DAY>` in a group of its own (`day2`).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from dateline.lexicon.times import time_words

_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
SMALL_NUMBERS: dict[str, int] = (
    {"a": 1, "an": 1}
    | {word: i + 1 for i, word in enumerate(_ONES)}
    | {word: 10 * (i + 2) for i, word in enumerate(_TENS)}
    | {f"{tens}-{one}": 10 * (i + 2) + j + 1 for i, tens in enumerate(_TENS) for j, one in enumerate(_ONES[:9])}
)

# Rule -> pattern.  Where two rules match, the longer match counts, then the earlier rule.
PATTERNS: dict[str, str] = {
    # Ranges of explicit dates.
    "day range": r"(?:between |from )?(?:the )?<DAY> ?<TO> ?(?:the )?<DAY2> (?:of )?<MONTH>(?:,? <YEAR>)?",
    "month day range": r"(?:between |from )?<MONTH> <DAY> ?<TO> ?<DAY2>(?!\w)(?:,? <YEAR>)?",
    "long range": r"(?:between |from )<DAY> (?:of )?<MONTH>(?:,? <YEAR>)? ?<TO> ?<DAY2> (?:of )?<MONTH2>(?:,? <YEAR2>)?",
    "long month day range": r"(?:between |from )?<MONTH> <DAY>(?:,? <YEAR>)? ?<TO> ?<MONTH2> <DAY2>(?!\w)(?:,? <YEAR2>)?",
    "month range": r"(?:between |from )?<MONTH>(?: <YEAR>)? ?<TO> ?<MONTH2>(?:,? (?:of )?<YEAR2>)?",
    "year range": r"(?:(?:between|from) <YEAR> (?:and|to|until|through|till) |(?:between |from )?<YEAR3>-)<YEAR2>"
    r"|<YEAR4>-(?P<short_year>\d\d)(?![\d-])",
    "weekday range": r"(?:between |from )?<WEEKDAY> (?:and|to|until|through) <WEEKDAY2>",
    # One explicit date.
    "iso date": r"<YEAR> ?[-/.] ?(?P<month_number>\d{1,2}) ?[-/.] ?(?P<day>\d{1,2})(?![\d/.-]*\d)",
    "numeric date": r"(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2(?P<year>(?:19|20)\d\d)(?!\d)",
    "day month year": r"(?:the )?<DAY> ?(?:of )?<MONTH>,? ?(?:<YEAR>|<YY>)",
    "month day year": r"<MONTH> <DAY>,? <YEAR>",
    "day month": r"(?:the )?<DAY> (?:of )?<MONTH>(?!\w)",
    "month day": r"<MONTH> (?:the )?<DAY>(?!\w|[.,:]\d| ?%)",
    "month year": r"<MONTH>,? (?:of )?<YEAR>",
    "month": r"(?P<which>last |this |next |this past )?<MONTH>(?!\w)",
    "season year": r"(?:the )?<SEASON>(?: of|,)? <YEAR>",
    "decade": r"(?:the )?(?P<decade>(?:19|20)\d0)'?s",
    "half year": r"(?:the )?(?P<half>first|second) half of (?:the year )?(?:<YEAR>|this year|last year|the year)",
    "quarter": r"(?:the )?(?P<quarter>first|second|third|fourth|last) quarter of (?:<YEAR>|this year|last year|the year)",
    "first months": r"(?:the )?first <N> months of (?:<YEAR>|this year|last year|the year)",
    "year": r"<YEAR>(?![\w%])",
    # Weekdays.
    "weekday": r"(?P<which>last |this |next |this past |this coming |the following |the previous )?"
    r"<WEEKDAY>(?!\w)(?P<of_week> (?:of )?(?:last|this) week)?",
    # Counted from the day of the report.
    "day name": r"(?P<name><DAY_NAME>)",
    "this unit": r"(?P<which><WHICH>) (?P<unit>week|weekend|month|year)(?!\w|-)",
    "past day": r"the (?:past|last) day(?!\w|-| of)",
    "the unit": r"the (?P<unit>week|weekend|month|year)(?!\w|-)",
    "this season": r"(?P<which>this|last|next|the past|this past) <SEASON>(?!\w)",
    "past units": r"(?:the )?(?:past|last|previous|preceding) <N> <UNITS>",
    "next units": r"(?:the )?(?:next|coming|following) <N> <UNITS>",
    "past vague units": r"(?:the )?(?:past|last|previous|recent|coming|next) (?:<VAGUE> <UNITS>|<MANY_UNITS>)(?!\w)",
    "past period": r"(?:the )?(?:past|recent|coming|last|current|next) (?:period|era)|recent times",
    "units ago": r"(?:<BOUND> )?<N> (?:and a half )?<UNITS> (?:ago|earlier)(?! than)",
    "vague units ago": r"(?:<VAGUE> )?<UNITS> ago|(?:a )?long(?: time)? ago|(?:a )?(?:short )?while ago",
    "so far": r"so far (?:this|in) (?P<unit>week|month|year|<YEAR>)|(?:this )(?P<unit2>week|month|year) (?:so far|alone|to date)",
    "earlier this": r"(?P<which>earlier|later|early|late|mid|mid-)(?: in)? (?:this|the) (?P<unit>week|month|year)",
    "now": r"(?:for )?(?:some time now|quite some time|some time)",
    # Counted from a day that the text has named.
    "next day": r"the (?:following|next) (?P<unit>day|morning|night|week)|(?:a|the) day (?:later|after)(?!\w| tomorrow)",
    "previous day": r"the (?:previous|preceding) (?:day|night|evening)|(?:a|the|one) day (?:earlier|before)(?!\w| yesterday)",
    "same day": r"(?:the |that )same (?:day|night|morning|evening)|that (?:very )?(?:day|night|morning|evening|afternoon)",
    "units later": r"<N> <UNITS> (?:later|after that)",
    # Feasts.
    "holiday": r"(?:this |last )?<HOLIDAY>(?:,? <YEAR>)?(?!\w)",
    "lunar": r"(?:the (?:holy )?month of )?<LUNAR>(?!\w)",
    # Stretches with no date.
    "duration": r"(?:for|throughout|within|over|after|lasting) (?:the )?(?:<BOUND> )?(?:<N>|<VAGUE>) (?:<GOING_ON> )?<LONG_UNITS>"
    r"(?: of (?:\w+ )?<EVENT_NOUN>)?(?! (?:ago|old|later|earlier|before|after|in prison)|-)",
    "bare duration": r"for (?:many |long |almost |nearly )?(?:decades|years|months|weeks|days|a long time|a while)(?: now)?",
    "event part": r"(?:the )?<NTH> (?:<N> )?(?P<unit>(?:day|week|month|hour|year|phase|stage)s?) of <EVENT>",
    "event start": r"(?P<since>since|from|after) (?:the )?(?:very )?<START> of <EVENT>",
    "since event": r"(?P<since>since) (?:the |its |his |her |their |a |an )(?:[\w'-]+ ){0,5}?<EVENT_NOUN>(?! [a-z]+ed |[\w-])",
    "since clause": r"(?P<since>since) "
    r"(?!then |last |early |late |yesterday |this |mid|<MONTH>)(?:[a-z'.-]+ ){1,8}?"
    r"<EVENT_VERB>(?: (?:power|office|control|effect))?(?!\w)",
    "since then": r"(?P<since>since) then|(?P<since2>ever since)",
    "day part": r"(?P<part>dawn|midnight|noon|nightfall|sunset|sunrise|dusk|midday)(?!\w)",
}  # fmt: skip

_PLACEHOLDER = re.compile(r"<([A-Z_]+)(\d?)>")


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", " +") for w in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def _blocks() -> dict[str, str]:
    """Block -> pattern; a block whose name is in lower case here makes a group of that name."""
    words = time_words()
    months = "|".join(
        rf"{name}\b\.?" if len(name) <= 4 and name not in {"may", "june", "july"} else name
        for name in sorted((n for names in words.months for n in names), key=lambda n: -len(n))
    )
    full = [names[0] for names in words.weekdays]
    short = [name for names in words.weekdays for name in names[1:]]
    units = [name for names in words.units.values() for name in names]
    return {
        "MONTH": rf"(?P<month#>{months})",
        "DAY": r"(?P<day#>(?<![\d.,:/$])\d{1,2})(?:st|nd|rd|th)?",
        "YEAR": r"(?P<year#>(?<![\d.,/$])(?:19|20)\d\d)(?!\d|,\d|\.\d)",
        "YY": r"(?P<yy#>'\d\d|[6-9]\d)(?=\s*(?:$|[(\[,.;)]|--))",
        "WEEKDAY": rf"(?P<weekday#>{_either(full)}|(?:{_either(short)})\.?(?=,? (?:\d|{months})))",
        "SEASON": rf"(?P<season#>{_either(words.seasons)})",
        "N": rf"(?P<n#>\d{{1,3}}|{_either(SMALL_NUMBERS)})",
        "UNITS": rf"(?P<units#>{_either(units)})\b",
        "LONG_UNITS": rf"(?P<units#>{_either(u for u in units if not u.startswith('hour'))})\b",
        "MANY_UNITS": rf"(?:{_either(u for u in units if u.endswith('s'))})\b",
        "VAGUE": rf"(?:{_either(words.vague)})",
        "BOUND": rf"(?:{_either(words.bounds)})",
        "TO": r"(?:-|to|and|until|through|till)",
        "GOING_ON": r"(?:more|consecutive|straight|successive|full|whole|long|continuous)",
        "DAY_NAME": _either(words.day_names),
        "WHICH": r"(?:(?:this|the) past|the (?:last|current|previous|next|coming|present)|this|last|next|current)",
        "START": r"(?:start|beginning|outbreak|launch|onset|outset|eruption|end)",
        "NTH": r"(?:first|second|third|fourth|fifth|opening|last|final|initial|early|1st|2nd|3rd|next)",
        "EVENT": rf"(?:the |its |their |this |a |an )?(?:[\w'-]+ +){{0,6}}?(?:{_either(words.event_nouns)})\b",
        "HOLIDAY": rf"(?P<holiday#>{_either([*words.holidays, *words.movable])})",
        "LUNAR": rf"(?:{_either(words.lunar)})",
        "EVENT_NOUN": rf"(?:{_either(words.event_nouns)})\b",
        "EVENT_VERB": rf"(?:{_either(words.event_verbs)})\b",
    }


def _compile(pattern: str) -> re.Pattern[str]:
    def fill(m: re.Match[str]) -> str:
        return _blocks()[m.group(1)].replace("#", m.group(2))

    # blanks of the pattern first: the blocks bring their own
    spaced = re.sub(r" (?!\*)", " +", pattern.replace(" ?", " *"))
    return re.compile(r"(?:(?<![\w-])|(?<=mid-)|(?<=early-)|(?<=late-))" + f"(?:{_PLACEHOLDER.sub(fill, spaced)})")


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _compile(pattern)) for name, pattern in PATTERNS.items())


class Phrase(NamedTuple):
    """Words that one rule of the grammar takes for a time: text[start:end], and the parts that the rule named."""

    start: int
    end: int
    rule: str
    parts: dict[str, str]


def phrases_in(view: str, start: int, end: int) -> Iterator[Phrase]:
    """The phrases of view[start:end] (plain, lower case), left to right, none overlapping another."""
    found = [
        (m.start(), -m.end(), order, Phrase(m.start(), m.end(), rule, {k: v for k, v in m.groupdict().items() if v}))
        for order, (rule, pattern) in enumerate(_rules())
        for m in pattern.finditer(view, start, end)
    ]
    last = start
    for _, _, _, phrase in sorted(found, key=lambda f: f[:3]):
        if phrase.start >= last:
            yield phrase
            last = phrase.end
