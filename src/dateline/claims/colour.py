"""What colours a claim: how certain it is, whether it is history, which way an assessment points."""

import math
from datetime import date
from typing import cast

from dateline.claims.candidates import Candidate, best
from dateline.claims.confidence import calibrated
from dateline.model import Certainty, Figure, Ground, Interval, Report, Scope, Shares, Stance

_FLOOR = 0.002  # share of a label that the engine leaves out
_OLD_DAYS = 90  # a dated act this long before publication is history


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
    return best(shares) == "background", head("background", shares, candidate)


LEXICON_TYPE, LEXICON_STANCE = 2.0, 1.0
"""Added to the log share of the event type, and of the stance, that the lexicon gives."""


def event_type(candidate: Candidate, ruled: str | None) -> tuple[str, Ground]:
    """Of all but assessments; `ruled`: the type by the lexicon's acts."""
    found, share = _leaning(candidate.trigger.event_type, ruled, LEXICON_TYPE)
    return found, _ground("event_type", share, ruled == found, candidate)


def stance(candidate: Candidate, ruled: Stance | None) -> tuple[Stance | None, Ground]:
    """Of an assessment; None for a judgement of cause alone."""
    found, share = _leaning(candidate.trigger.stance, ruled, LEXICON_STANCE)
    return None if found == "none" else cast(Stance, found), _ground("stance", share, ruled == found, candidate)


def _leaning(shares: Shares, ruled: str | None, weight: float) -> tuple[str, float]:
    """The likeliest label, and its share, when the lexicon's label counts for more."""
    odds = {label: math.log(share) for label, share in shares.items()}
    if ruled is not None:
        odds[ruled] = odds.get(ruled, math.log(_FLOOR)) + weight
    found = max(sorted(odds), key=lambda label: odds[label])
    total = sum(math.exp(value) for value in odds.values())
    return found, math.exp(odds[found]) / total


def _ground(field: str, share: float, told: bool, candidate: Candidate) -> Ground:
    return Ground(field, "head and lexicon" if told else "head", (candidate.trigger.span,), calibrated(field, share))


_SCOPES: dict[str, Scope] = {"tally.since": "since", "tally.stock": "stock"}


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
