"""Which of the numbers that sources give is an event's best, by the rule that the project chose (`BestRule`).

    most-trusted   of the figures that no later one took the place of (successors.py) the latest of the best-placed source:
                   first those that people graded well, by claim (1 to 3), then by source (A to C), those graded badly last (4
                   and 5, D and E); of one grade police, military, officials, international bodies, NGOs, documents, media,
                   witnesses, armed groups, analysts, nameless sources (the codebook's rule, and the default)
    latest         the figure that was published last; of one day that of the best-placed source
    lowest         the lowest number that any source gives
    median         of the last number of each voice the one in the middle, of two in the middle the lower

A best is always a number that some source gives, and figures without a best number ("several") are taken last.  A voice is a
speaker or body wherever it is quoted; where reports speak themselves, those that copy one text are one voice.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import get_args

from dateline.events.bounds import Bounds
from dateline.events.said import Said
from dateline.events.successors import Successors
from dateline.events.voices import placing, voice
from dateline.model import UNGRADED, BestRule, Grades

BEST_RULES: tuple[BestRule, ...] = get_args(BestRule)
DEFAULT_RULE: BestRule = "most-trusted"


_CREDIBILITY = "123645"  # the best first; 6 and F are nobody's judgement
_RELIABILITY = "ABCFDE"


def best_of(told: Sequence[Said], lineage: Mapping[str, str], rule: BestRule, grades: Mapping[str, Grades]) -> tuple[Said, str]:
    """The one whose best number is the event's, and why, in words.

    `lineage` is the lineage of each report, `grades` what people think of claims and their sources, by claim.
    """
    if len(told) == 1:
        return told[0], f"the only figure, from a source of type {_kind(told[0])}"
    chosen, which = _by_trust(told, grades) if rule == "most-trusted" else _CHOICES[rule](told, lineage)
    grade = f", graded {given}" if rule == "most-trusted" and (given := str(_grades(chosen, grades))) else ""
    when = f", published {published.isoformat()}" if (published := chosen.incident.report.published) else ""
    return chosen, f"{which}: type {_kind(chosen)}{grade}{when}"


def last_words(told: Sequence[Said], lineage: Mapping[str, str]) -> list[Said]:
    """The last figure of each voice; where copies of one text tell one number under several names, that number once."""
    copies: dict[tuple[str, Bounds], Said] = {}
    for said in sorted(told, key=_most_trusted):
        copies.setdefault((lineage.get(said.incident.report.id, said.incident.report.id), said.bounds), said)
    voices: dict[str, Said] = {}
    for said in sorted(copies.values(), key=_latest):
        voices.setdefault(voice(said.incident, lineage), said)
    return list(voices.values())


def _kind(said: Said) -> str:
    return said.incident.claim.source.type.replace("_", " ")


def _day(said: Said) -> int:
    """Later is smaller; no date is last."""
    return -(said.incident.report.published or date.min).toordinal()


def _grades(said: Said, grades: Mapping[str, Grades]) -> Grades:
    return grades.get(said.incident.claim.id, UNGRADED)


_Order = tuple[bool, float, float, tuple[object, ...]]


def _most_trusted(said: Said) -> _Order:
    return said.bounds.best is None, placing(said.incident.claim.source.type), _day(said), said.incident.key


def _latest(said: Said) -> _Order:
    return said.bounds.best is None, _day(said), placing(said.incident.claim.source.type), said.incident.key


def _lowest(said: Said) -> _Order:
    return said.bounds.best is None, said.bounds.number, placing(said.incident.claim.source.type), said.incident.key


def _by_trust(told: Sequence[Said], grades: Mapping[str, Grades]) -> tuple[Said, str]:
    def order(said: Said) -> tuple[bool, int, int, _Order]:
        given = _grades(said, grades)
        credibility = _CREDIBILITY.index(given.credibility or "6")
        return said.bounds.best is None, credibility, _RELIABILITY.index(given.reliability or "F"), _most_trusted(said)

    successors = Successors(told)
    standing = [said for said in told if not successors.is_past(said)] or told
    passed = f", {len(told) - len(standing)} of them out of date" if len(standing) < len(told) else ""
    return min(standing, key=order), f"the latest figure of the best-placed of {len(told)} claims{passed}"


def _by_day(told: Sequence[Said], lineage: Mapping[str, str]) -> tuple[Said, str]:
    return min(told, key=_latest), f"the latest of the figures of {len(told)} claims"


def _by_number(told: Sequence[Said], lineage: Mapping[str, str]) -> tuple[Said, str]:
    return min(told, key=_lowest), f"the lowest of the figures of {len(told)} claims"


def _by_median(told: Sequence[Said], lineage: Mapping[str, str]) -> tuple[Said, str]:
    voices = sorted(last_words(told, lineage), key=_lowest)
    numbered = [said for said in voices if said.bounds.best is not None] or voices
    return numbered[(len(numbered) - 1) // 2], f"the median of {len(numbered)} independent voices"


_CHOICES: dict[BestRule, Callable[[Sequence[Said], Mapping[str, str]], tuple[Said, str]]] = {
    "latest": _by_day,
    "lowest": _by_number,
    "median": _by_median,
}
