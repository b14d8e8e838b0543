"""What colours a claim: how certain it is, whether it is history, which way an assessment points."""

import math
from datetime import date
from typing import cast

from dateline.claims.candidates import Candidate, best
from dateline.claims.confidence import calibrated
from dateline.claims.lexical.traits import TRENDS
from dateline.model import Certainty, Figure, Ground, Interval, Report, Scope, Shares, Stance

_FLOOR = 0.002  # share of a label that the engine leaves out
_OLD_DAYS = 90  # a dated act this long before publication is history
PAST = 0.8  # the engine's probability of history from which on it is


Ruled = tuple[Certainty, Ground]
"""A certainty by the lexicon, and the words that give it."""


def certainty(candidate: Candidate, figures: tuple[Figure, ...], ruled: Ruled | None) -> tuple[Certainty, Ground]:
    """A count of zero is a denial (codebook); then the lexicon's words of denial and doubt decide, then the engine."""
    zero = next((f for f in figures if f.high == 0), None)
    if zero is not None:
        return "denied", Ground("certainty", "denied.zero", (zero.span,))
    if ruled is not None:
        return ruled
    shares = candidate.trigger.certainty
    return cast(Certainty, best(shares)), head("certainty", shares, candidate)


def background(candidate: Candidate, time: Interval | None, report: Report) -> tuple[bool, Ground]:
    """History: as the engine reads it, or by a date long before the report's."""
    end: date | None = (time.end or time.start) if time else None
    if time and report.published and end and (report.published - end).days > _OLD_DAYS and not time.since:
        return True, Ground("background", "background.old_date", (time.span,))
    shares = candidate.trigger.background
    return shares.get("background", 0.0) >= PAST, head("background", shares, candidate)


LEXICON_TYPE, LEXICON_STANCE, LEXICON_TREND = 1.5, 1.5, 3.0
"""Added to the log share of the event type, and of the stance, that the lexicon gives: a word of trend ("on the rise") is right
four times in five."""
HEAD, WORDS = 0.7, 1.0
"""What the log shares of the head and of the words count: the head is too sure of itself on reports that it has not seen."""


def event_type(candidate: Candidate, ruled: str | None, words: Shares) -> tuple[str, Ground]:
    """Of all but assessments; `ruled`: the type by the lexicon's acts; `words`: the points of what its words lean to."""
    found, share = _leaning(candidate.trigger.event_type, ruled, LEXICON_TYPE, words)
    return found, _ground("event_type", share, ruled == found, candidate)


def stance(candidate: Candidate, ruled: Stance | None, words: Shares) -> tuple[Stance | None, Ground]:
    """Of an assessment; None for a judgement of cause alone."""
    weight = LEXICON_TREND if ruled in TRENDS else LEXICON_STANCE
    found, share = _leaning(candidate.trigger.stance, ruled, weight, words)
    return None if found == "none" else cast(Stance, found), _ground("stance", share, ruled == found, candidate)


def _leaning(shares: Shares, ruled: str | None, weight: float, words: Shares) -> tuple[str, float]:
    """The likeliest label, and its share, by the head, the words and the lexicon together."""
    total = math.log(sum(map(math.exp, words.values())))
    odds = {
        label: HEAD * math.log(max(shares.get(label, 0.0), _FLOOR)) + WORDS * (told - total) + (weight if label == ruled else 0.0)
        for label, told in words.items()
    }
    found = max(sorted(odds), key=lambda label: odds[label])
    return found, math.exp(odds[found]) / sum(map(math.exp, odds.values()))


def _ground(field: str, share: float, told: bool, candidate: Candidate) -> Ground:
    return Ground(
        field, "head, words and lexicon" if told else "head and words", (candidate.trigger.span,), calibrated(field, share)
    )


def is_total(candidate: Candidate, when: Interval | None, counts: tuple[Figure, ...]) -> bool:
    """What is counted over a stretch of days with a known beginning and end is a total, not an incident: of 82 such claims that
    were told as incidents in the train and dev parts of the corpus, 68 were totals."""
    if candidate.kind != "incident" or when is None or when.precision != "period" or not counts:
        return False
    return when.start is not None and when.end is not None and when.start < when.end


_SCOPES: dict[str, Scope] = {"tally.since": "since", "tally.stock": "stock", "tally.strength": "stock"}


def scope(candidate: Candidate) -> tuple[Scope, Ground]:
    """Of a tally: the lexicon's "since" and levels decide, then the engine."""
    rule = candidate.lexical.rule if candidate.lexical else ""
    if rule in _SCOPES:
        return _SCOPES[rule], Ground("scope", rule, (candidate.trigger.span,))
    shares = candidate.trigger.scope
    return cast(Scope, best(shares)), head("scope", shares, candidate)


def head(field: str, shares: dict[str, float], candidate: Candidate) -> Ground:
    """The ground of a value that a head of the engine gave, with the probability that it is right."""
    return Ground(field, "head", (candidate.trigger.span,), calibrated(field, max(shares.values())))
