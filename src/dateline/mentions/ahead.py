"""Does a time lie ahead?  What stands before it in its sentence says so: "will meet on Friday", "is due in June"."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from dateline.lexicon.times import time_words
from dateline.model import Span

# How far from a time the words that make it lie ahead are looked for (characters).
REACH = 160
# How far before a time the verb of saying is looked for (characters).
SAYING_REACH = 60

_OPENS_CLAUSE = re.compile(r"(?:^|[;:(\"“\n]|\band\b|\bbut\b|\bthat\b)\W*$")
_HAS_HAPPENED = re.compile(r"(?<!\bbe) [a-z]{3,}ed(?: (?:on|in|at))? *$")
_IS_THE_VERB = re.compile(r" (?:(?:not |also )?be )?[a-z]+ *$")
_PAST = re.compile(r"\b(?:was|were|had)\b")
_OF_AN_ACT = ("'s", "’s")


class _Cues(NamedTuple):
    ahead: re.Pattern[str]
    not_ahead: re.Pattern[str]
    saying: re.Pattern[str]


@cache
def _cues() -> _Cues:
    words = time_words()
    return _Cues(
        re.compile(rf"(?<![\w-])(?:{_either(words.ahead)})(?![\w-])"),
        re.compile(rf"(?<![\w-])(?<!be )(?<!be\n)(?:{_either(words.not_ahead)})(?![\w-])"),
        re.compile(
            rf"(?<![\w-])(?:{_either(words.saying)})(?: +(?:in|to|by|through) [\w' ]{{1,30}}?)?,? +"
            r"(?:(?:late|early|on|earlier)\s+)*$"
        ),
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in sorted(words, key=lambda w: (-len(w), w)))


def looks_ahead(view: str, sentence: Span, time: Span) -> bool:
    """A word of the future before the time in its sentence, or after it where the time opens its clause, and nothing between
    the two that tells what has happened."""
    if view.startswith("for ", time.start, time.end):  # "announced a march for Saturday"
        return True
    if view.startswith(_OF_AN_ACT, time.end):  # "Monday's attack" has happened
        return False
    before = view[max(sentence.start, time.start - REACH) : time.start]
    cues = [m.end() for m in _cues().ahead.finditer(before)]
    if cues and not _cues().not_ahead.search(before, cues[-1]):
        return not _has_happened(before[cues[-1] :])
    if not _OPENS_CLAUSE.search(before):
        return False
    after = view[time.end : min(sentence.end, time.end + REACH)]
    cue = _cues().ahead.search(after)
    if cue is None or _PAST.search(after, 0, cue.start()):
        return False
    return not _cues().not_ahead.search(after, 0, cue.start())


def _has_happened(words: str) -> bool:
    """True for the words after "will" in "will pay for the posts burned (on Friday)", not in "will be moved (on Friday)"."""
    return bool(_HAS_HAPPENED.search(words)) and not _IS_THE_VERB.match(words)


def of_speech(view: str, sentence: Span, start: int) -> bool:
    """True for the day of a speech: "officials said on Monday" is not the day that the news is at."""
    return bool(_cues().saying.search(view, max(sentence.start, start - SAYING_REACH), start))
