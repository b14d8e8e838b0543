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
    "day range": r"(?:between |from )?(?:the )?<DAY> ?(?:<TO> ?(?:the )?<DAY2>|/ ?(?P<night_end>\d{1,2})(?!\d"
    r"|/)) (?:of )?<MONTH>(?:,? <YEAR>)?<OF_YEAR>",
    "day list": r"(?:the )?<DAY>(?:, \d{1,2}(?:st|nd|rd|th)?){1,6},? (?:and"
    r"|or) (?:the )?<DAY2> (?:of )?<MONTH>(?:,? <YEAR>)?<OF_YEAR>",
    "month day list": r"<MONTH> <DAY>(?:, \d{1,2}(?:st|nd|rd|th)?){1,6},? (?:and|or) <DAY2>(?!\w)(?:,? <YEAR>)?<OF_YEAR>",
    "month day range": r"(?:between |from )?<MONTH> <DAY> ?<TO> ?<DAY2>(?!\w)(?:,? <YEAR>)?<OF_YEAR>",
    "long range": r"(?:between |from )<DAY> (?:of )?<MONTH>(?:,? <YEAR>)? ?<TO> ?<DAY2> (?:of )?<MONTH2>(?:,? <YEAR2>)?",
    "long month day range": r"(?:between |from )?<MONTH> <DAY>(?:,? <YEAR>)? ?<TO> ?<MONTH2> <DAY2>(?!\w)(?:,? <YEAR2>)?",
    "month range": r"(?:between |from )?<MONTH>(?: <YEAR>)? ?<TO> ?<MONTH2>(?:,? (?:of )?<YEAR2>)?<OF_YEAR>",
    "year range": r"(?:(?:between|from) <YEAR> (?:and|to|until|through|till) |(?:between |from )?<YEAR3>-)<YEAR2>"
    r"|<YEAR4>[-/](?P<short_year>\d\d)(?![\d-])",
    "weekday range": r"(?:between |from )?<WEEKDAY> (?:and|to|until|through) <WEEKDAY2>",
    # One explicit date.
    "iso date": r"<YEAR> ?[-/.] ?(?P<month_number>\d{1,2}) ?[-/.] ?(?P<day>\d{1,2})(?![\d/.-]*\d)",
    "numeric date": r"(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2(?P<year>(?:19|20)\d\d)(?!\d)",
    "day month year": r"(?:the )?<DAY> ?(?:of )?<MONTH>,? ?(?:<YEAR>|<YY>)",
    "month day year": r"<MONTH>(?: |(?<=\.))<DAY>,? ?<YEAR>",
    "day month": r"(?:the )?<DAY> (?:of )?<MONTH>(?!\w)<OF_YEAR>",
    "month day": r"<MONTH>(?: (?:the )?|(?<=\.))<DAY>(?!\w|[.,:]\d| ?%)<OF_YEAR>",
    "day of month": r"the (?P<day>\d{1,2})(?:st|nd|rd|th)(?:(?P<of_month> of (?:the|this|last) month)(?!\w)"
    r"|(?= *(?:[.,;:)]|$|(?:at|in|when|but|after|near|by|for|from|to|with|and|as|we|they|he|she|it|the|an?)\b(?! of\b))))",
    "month year": r"<MONTH>,? (?:of )?<YEAR>(?: alone)?",
    "month": r"(?P<which>last |this |next |this past )?<MONTH>(?!\w)<OF_YEAR>(?: (?:alone|so far))?",
    "season year": r"(?:the )?<SEASON>(?: of|,)? <YEAR>",
    "decade": r"(?:the )?(?P<decade>(?:19|20)\d0)'?s",
    "century": r"(?:the )?(?P<century>\d{1,2})(?:st|nd|rd|th)[ -]century",
    "half year": r"(?:the )?(?P<half>first|second) half of (?:the year )?(?:<YEAR>|this year|last year|the year)",
    "quarter": r"(?:the )?(?P<quarter>first|second|third|fourth|last) quarter(?: of (?:<YEAR>|this year|last year|the year))?"
    r"|q(?P<quarter_number>[1-4])(?: of)?,? <YEAR2>",
    "first months": r"(?:the )?first <N> months of (?:<YEAR>|this year|last year|the year)",
    "first of month": r"(?:the )?(?:first <N> <UNITS>|(?P<nth>first|opening|second|third|fourth|last"
    r"|final) week) of (?:<MONTH>(?: <YEAR>)?|(?P<which>the|this|last) month)(?!\w)",
    "year": r"<YEAR>(?![\w%])",
    # Weekdays.
    "weekday": r"(?P<which>last |this |next |this past |this coming |the following |the previous )?"
    r"<WEEKDAY>(?!\w)(?P<of_week> (?:of )?(?:last|this) week)?",
    # Counted from the day of the report.
    "day name": r"(?P<name><DAY_NAME>)",
    "said year": r"(?:the )?(?P<which>same|previous|preceding|following|next) year(?!\w|-)|that (?:same |very )?year"
    r"|the year (?P<which2>before|after)<NO_CLAUSE>",
    "this unit": r"(?P<which><WHICH>) (?P<unit>week|weekend|fortnight|month|year|yr)(?!\w|-)",
    "past day": r"the (?:past|last) (?P<unit>day|hour|half hour|half-hour)(?!\w|-| of)",
    "the weekend": r"the weekend(?!\w|-)",
    "the unit": r"the (?P<unit>week|weekend|month|year)(?!\w|-)",
    "this season": r"(?P<which>this|last|next|the past|this past) <SEASON>(?!\w)",
    "bare season": r"(?:the )?(?:(?:middle|height|depths?|start|beginning|end) of (?:the )?)?(?:coming "
    r"|following )?<SEASON>(?!\w|-| of\b)",
    "annual": r"(?:the )?(?:(?:middle|height|start|beginning|onset|end) of (?:the )?)?(?:coming |next |last )?<ANNUAL>(?!\w|-)"
    r"(?: (?:starts?|begins?|ends?|comes?|stops?|last year|this year)\b)?",
    "past units": r"(?:the )?(?:past|last|previous|preceding) <N> <UNITS>",
    "next units": r"(?:the )?(?:next|coming|following) <N> <UNITS>",
    "past vague units": r"(?:the )?(?:past|last|previous|recent|coming|next) (?:<VAGUE> <UNITS>|<MANY_UNITS>)(?!\w)",
    "period told of": r"(?:the )?(?:reporting|review) (?:period|month|quarter|week)|(?:the|that) (?P<unit>period|quarter)(?!\w|-)"
    r"(?: under review)?|the (?P<unit2>week|month|half-year|year) under review",
    "past period": r"(?:the )?(?:past|recent|coming|last|current|next|previous|preceding)"
    r" (?:reporting |review )?(?:period|era)|recent times",
    "units ago": r"(?:<BOUND> )?<N> (?:and a half )?<UNITS> (?:ago|earlier)(?! than)",
    "vague units ago": r"(?:<VAGUE> )?<UNITS> ago|(?:a )?long(?: time)? ago|(?:a )?(?:short )?while ago",
    "so far": r"so far (?:this|in) (?P<unit>week|month|year|<YEAR>)|(?:this )(?P<unit2>week|month|year) (?:so far|alone"
    r"|to date)",
    "earlier this": r"(?P<which>earlier|later|early|late|mid|mid-)(?: in)? (?:this|the) (?P<unit>week|month|year)",
    "now": r"(?:for )?(?:some time now|quite some time|some time)",
    # Counted from a day that the text has named.
    "next day": r"the (?:following|next) (?P<unit>day|morning|night|week)|(?:a|the) day (?:later(?!\w)"
    r"|after<NO_CLAUSE>(?! tomorrow))"
    r"|the (?:morning|night|evening) after<NO_CLAUSE>",
    "previous day": r"the (?:previous|preceding) (?:day|night|evening)|(?:a|the|one) day (?:earlier(?!\w)"
    r"|before<NO_CLAUSE>(?! yesterday))"
    r"|the (?:morning|night|evening|afternoon) before<NO_CLAUSE>",
    "same day": r"(?:the |that )same (?:day|night|morning|evening|afternoon)|that (?:very )?(?:day|night|morning|evening"
    r"|afternoon)"
    r"|(?:earlier|later)(?: on)? (?:in the|that|the same) day",
    "units later": r"(?:<BOUND> )?<N> <UNITS> (?:later|after that|afterwards)(?!\w)",
    "vague units later": r"(?:(?:<VAGUE>|just|mere) )?<UNITS> (?:later|afterwards|earlier|before)(?!\w| than)",
    "units after": r"(?:<BOUND> |barely )?<N> <UNITS> (?P<way>after|before)(?!\w| that\b)",
    "vague units after": r"(?:(?:<VAGUE>|just) )?<UNITS> (?:after|before)(?!\w)|(?:soon|shortly|immediately|moments"
    r"|just) (?:after|before)"
    r" (?!(?:<HOURS_OF_DAY>)\b)(?:the |that |this |its |their |his |her )?(?:[\w'-]+ )?[\w'-]+",
    "same period": r"(?:the |that )?same (?:period|time span|span|months?)(?: (?:of|in) <YEAR>"
    r"|,? (?:of )?(?P<year_before>last year|a year (?:ago|earlier|before)"
    r"|(?:of )?the (?:previous|preceding) year))?|(?:the|that) same time(?= *[,\w])|(?:that|this) (?:period|time)(?= )",
    # Feasts.
    "holiday": r"(?:this |last )?<HOLIDAY>(?:,? <YEAR>)?(?!\w)<OF_YEAR>",
    "lunar": r"(?:the )?(?:(?:start|first day|eve|end|beginning) of )?(?:the (?:holy )?month of |the )?<LUNAR>(?!\w)",
    "lunar date": r"(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?<OTHER_MONTH>(?:,? 1[34]\d\d)?(?: ah)?(?!\w)"
    r"|<OTHER_MONTH>,? 1[34]\d\d(?: ah)?(?!\w)",
    # Stretches with no date.
    "duration": r"(?:for|throughout|within|over|after|lasting) (?:the )?(?:<BOUND> )?(?:<N>"
    r"|<VAGUE>) (?:<GOING_ON> )?<LONG_UNITS>"
    r"(?: of (?:\w+ )?<EVENT_NOUN>)?(?! (?:ago|old|later|earlier|before|after|in prison)|-)",
    "bare duration": r"for (?:many |long |almost |nearly )?(?:decades|years|months|weeks|days|a long time|a while)(?: now)?",
    "within": r"within (?:(?:<VAGUE> )?(?:hours|minutes|days|weeks|months|years)|a (?:season|generation|heartbeat)"
    r"|the (?:hour|day|week|month|year))(?! of\b)",
    "duration in": r"in (?:the space of )?(?P<bound>less than |more than |under |just |only |barely |about |almost "
    r"|nearly )?<N> (?:<GOING_ON> )?<UNITS>"
    r"(?! (?:ago|old|later|earlier|before|after|time)\b|'|-)",
    "duration within": r"within (?:the )?(?:(?:next|first|coming) )?<N> hours(?! (?:of|after|before)\b|-)",
    "duration vague": r"in (?:as many (?:days|weeks|months|years)|(?:many |several |a few )?(?:days|weeks|months|years"
    r"|decades))(?! (?:ago|old|later|earlier|before|after|to)\b|'|-)",
    "first duration": r"(?:the |its |their |his |her )?(?:first|opening|final) <N> <UNITS>(?! of\b|-|')",
    "event part": r"(?:the )?<NTH> (?:<N> )?(?P<unit>(?:day|week|month|hour|year|phase|stage)s?) of <EVENT>",
    "nth day": r"the <NTH> (?:(?P<unit>day|night|week|phase|stage))(?! of\b|\w|-)",
    "unit out": r"before the (?P<unit>year|month|week) (?:is (?:out|over|up)|ends|runs out)",
    "event start": r"(?:(?P<since>since|from|after)|following) (?:the )?(?:very )?<START> of <EVENT>",
    "since event": r"(?P<since>since) (?:the |its |his |her |their |a |an )(?:[\w'-]+ ){0,5}?<EVENT_NOUN>(?! [a-z]+ed |[\w-])",
    "since clause": r"(?P<since>since) "
    r"(?!then |last |early |late |yesterday |this |mid|<MONTH>)(?:[a-z'.-]+ ){1,8}?"
    r"<EVENT_VERB>(?: (?:power|office|control|effect))?(?!\w)",
    "since then": r"(?P<since>since) then|(?P<since2>ever since)(?! <NOT_CLAUSE>)|(?P<since3>since)(?= *[.,;]| *$)",
    # Turns of the day and times of the clock: they lie on the day that the text is at.
    "day part": r"(?:(?:shortly|just|well|long|soon|about|around) )?(?:before |after |at |by |until "
    r"|around )*(?P<part><HOURS_OF_DAY>)(?! prayers?| of\b|\w)"
    r"|(?:(?:later|early|earlier|late) )?(?:in|during|throughout|until|till|by|for|on|since) (?:the )?(?:(?:wee|early"
    r"|late|small) hours"
    r"|(?:(?:early|late) )?(?:morning|afternoon|evening|night))(?!\w|-| \d| (?:of|from|market|club|patrol|raid|school)\b)"
    r"|all (?:night|day)(?: long)?(?!\w)|at night(?!\w)|(?:by|until|till) (?:morning|evening|night)(?!\w)",
    "clock": r"(?:(?:<NEAR_CLOCK> )*<CLOCK_FULL>|(?:<NEAR_CLOCK> )+<CLOCK_BARE>)(?: ?(?:and|to|until|till|-) ?(?:about "
    r"|around )?(?:<CLOCK_FULL>|<CLOCK_BARE>))?",
    # Ways to say when that give no day.
    "vague": r"(?:<VAGUE_TIME>)(?!\w|-)",
    "present": r"(?:<PRESENT>)(?!\w|-)",
    "every": r"(?:nearly |almost )?(?:every|each) (?:single |other |few )?(?:days?|nights?|weeks?|months?|years?"
    r"|mornings?|evenings?|hours?|weekends?|<WEEKDAY>)"
    r"(?: from now(?: on)?)?(?!\w|-)|(?:in )?(?:the )?(?:hours|days|weeks|months|years) (?:that|which) (?:come|follow"
    r"|followed|preceded)"
    r"|in (?:those|these) (?:last |first )?(?:days|weeks|months|years)(?!\w)",
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
        "DAY": r"(?P<day#>(?<![\d,:/$])(?<!\d\.)(?<!\s\.)\d{1,2})(?:st|nd|rd|th)?",
        "YEAR": r"(?P<year#>(?<![\d.,/$])(?:19|20)\d\d)(?!\d|,\d|\.\d)",
        "YY": r"(?P<yy#>'\d\d|[6-9]\d)(?=\s*(?:$|[(\[,.;)]|--))",
        "WEEKDAY": rf"(?P<weekday#>{_either(full)}|(?:{_either(short)})\.?(?=,? (?:\d|{months})))",
        "SEASON": rf"(?P<season#>{_either(words.seasons)})",
        "N": rf"(?P<n#>\d{{1,3}}|{_either(SMALL_NUMBERS)})",
        "UNITS": rf"(?P<units#>{_either(units)})\b",
        "LONG_UNITS": rf"(?P<units#>{_either(u for u in units if not u.startswith(('hour', 'min')))})\b",
        "MANY_UNITS": rf"(?:{_either(u for u in units if u.endswith('s'))})\b",
        "VAGUE": rf"(?:{_either(words.vague)})",
        "BOUND": rf"(?:{_either(words.bounds)})",
        "OF_YEAR": r"(?:,? (?:of )?(?P<of_year>last|this|that|the same|the previous|the following|next) year)?",
        "NO_CLAUSE": r"(?= *(?:[.,;:)]|$|(?:in|at|on|near|to|from|by|and|with|for)\b))",
        "NOT_CLAUSE": r"(?:the|a|an|its|his|her|their|it|he|she|they)\b",
        "ANNUAL": rf"(?:{_either(words.annual)})",
        "OTHER_MONTH": rf"(?:{_either(words.other_months)})",
        "HOURS_OF_DAY": _either(words.hours_of_day),
        "VAGUE_TIME": _either(words.vague_times),
        "PRESENT": _either(words.present),
        "NEAR_CLOCK": r"(?:at|around|about|approximately|by|until|till|from|before|after|since|between|shortly|just"
        r"|exactly|some)",
        "CLOCK_FULL": r"(?:(?<![\d.:,/])[012]?\d(?:[:.][0-5]\d)? ?(?:[ap]m\b|[ap]\.m\b\.?|o'clock|gmt\b|utc\b)"
        r"|(?<![\d.:,/])[012]\d[:.]?[0-5]\d ?(?:hrs?\b|hours\b|h\b|gmt\b|utc\b)"
        r"|(?<![\d.:,/])[012]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:]))",
        "CLOCK_BARE": r"(?:noon\b|midnight\b|midday\b|(?<![\d.:,/])[012]?\d\.[0-5]\d(?!\d|%|\.\d| (?:million|billion|per"
        r"|percent|km|metres|meters|kg|tons|tonnes)\b)"
        rf"|(?:{_either(SMALL_NUMBERS)}|\d{{1,2}}) in the (?:morning|afternoon|evening))",
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


_BEGINS = r"\b(?<!\w)(?:(?<!-)|(?<=mid-)|(?<=early-)|(?<=late-))"
"""A phrase begins with a word; \\b first, since it fails fastest and most places are no beginning."""
_NAMES, _BACK = re.compile(r"\(\?P<\w+>"), re.compile(r"\\[1-9]")


def _filled(pattern: str) -> str:
    def fill(m: re.Match[str]) -> str:
        return _blocks()[m.group(1)].replace("#", m.group(2))

    # blanks of the pattern first: the blocks bring their own
    spaced = re.sub(r" (?!\*)", " +", pattern.replace(" ?", " *"))
    return _PLACEHOLDER.sub(fill, spaced)


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(f"{_BEGINS}(?:{_filled(pattern)})")) for name, pattern in PATTERNS.items())


@cache
def _groups() -> tuple[tuple[re.Pattern[str], tuple[tuple[int, str, re.Pattern[str]], ...]], ...]:
    """The rules in groups, each with its numbers and one pattern for all of it: most groups begin with no word of a text."""
    numbered = [(order, rule, pattern) for order, (rule, pattern) in enumerate(_rules())]
    groups = [tuple(numbered[first : first + _GROUP]) for first in range(0, len(numbered), _GROUP)]
    return tuple((_any_of([PATTERNS[rule] for _, rule, _ in group]), group) for group in groups)


_GROUP = 9  # about the root of how many rules there are


@cache
def _somewhere() -> re.Pattern[str]:
    """Where any rule can begin: one pass over a sentence instead of one for each rule."""
    return _any_of(PATTERNS.values())


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Where one of these begins.  Groups lose their names here, and a sign that must come again may be any."""
    bodies = (_BACK.sub(r"[-/.]", _NAMES.sub("(?:", _filled(pattern))) for pattern in patterns)
    return re.compile(f"{_BEGINS}(?={'|'.join(bodies)})")


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
        for beginning in _somewhere().finditer(view, start, end)
        for any_of, rules in _groups()
        if any_of.match(view, beginning.start(), end)
        for order, rule, pattern in rules
        if (m := pattern.match(view, beginning.start(), end))
    ]
    last = start
    for _, _, _, phrase in sorted(found, key=lambda f: f[:3]):
        if phrase.start >= last:
            yield phrase
            last = phrase.end
