"""What colours a claim: how certain it is, whether it is history, which way an assessment points."""

import re
from datetime import date

from dateline.claims.draft import Draft
from dateline.mentions.words import words_of
from dateline.model import Certainty, CueMention, Ground, Kind, Report, Stance, plain_view


def certainty(draft: Draft, kind: Kind, text: str) -> tuple[Certainty, Ground | None]:
    """Denied where the words that deny govern the act; alleged for hearsay and conditions; else stated."""
    cues = [c for clause in draft.clauses for c in clause.cues]
    refusal = next((s.verb for s in draft.view.speakers if s.verb and _DENYING.match(plain_view(s.verb.of(text)).lower())), None)
    if refusal is not None and kind != "assessment" and refusal.end <= draft.span.start:
        return "denied", Ground("certainty", "denied.verb", (refusal,))
    if kind == "assessment":
        doubt = next((c for c in cues if c.cue == "alleged"), None)
        return ("alleged", _ground("certainty", "alleged.cue", doubt)) if doubt else ("stated", None)
    zero = next((q for c in draft.clauses for q in c.quantities if q.quantity.high == 0), None)
    if zero is not None:
        return "denied", Ground("certainty", "denied.zero", (zero.span,))
    anchor = draft.acts[0].span.start if draft.acts else draft.span.end
    denial = next((c for c in cues if c.cue == "denied" and 0 <= anchor - c.span.end <= 30), None)
    if denial is not None:
        return "denied", _ground("certainty", "denied.cue", denial)
    may = next((c for c in cues if c.cue == "may"), None)
    if kind == "forecast" and may is not None:
        return "alleged", _ground("certainty", "alleged.may", may)
    doubt = next((c for c in cues if c.cue == "alleged" and not _of_the_taken(c, draft, text)), None)
    if doubt is not None:
        return "alleged", _ground("certainty", "alleged.cue", doubt)
    return "stated", None


def _of_the_taken(doubt: CueMention, draft: Draft, text: str) -> bool:
    """ "Arrested two suspected members": what they are is in doubt, not that they were arrested."""
    said = plain_view(doubt.span.of(text)).lower()
    return said in {"suspected", "alleged", "presumed"} and draft.group in {"arrest", "seizure", "territory", "disrupt"}


def _ground(field: str, rule: str, cue: CueMention) -> Ground:
    return Ground(field, rule, (cue.span,))


_DENYING = re.compile(r"(den(y|ie)|disput|reject|refut)")
_OLD_DAYS = 90  # a dated act this long before publication is history


def background(draft: Draft, report: Report, text: str) -> tuple[bool, Ground | None]:
    """History: words that say so, or a date long before the report's."""
    for clause in draft.clauses:
        for time in clause.times:
            end: date | None = time.interval.end or time.interval.start
            if report.published and end and (report.published - end).days > _OLD_DAYS and not time.interval.since:
                return True, Ground("background", "background.old_date", (time.span,))
        cue = next((c for c in clause.cues if c.cue == "background"), None)
        if (
            cue is not None
            and draft.acts
            and plain_view(cue.span.of(text)).lower() not in {"following the", "until", "background"}
        ):
            return True, _ground("background", "background.cue", cue)
    return False, None


_STANCES: dict[str, Stance] = {
    "unchanged": "unchanged", "absent": "absent", "falling": "falling", "rising": "rising",
    "risk": "present", "present": "present",
}  # fmt: skip
_TRENDS = frozenset({"unchanged", "absent", "falling", "rising"})


def stance(draft: Draft, text: str) -> tuple[Stance | None, Ground | None]:
    """Of an assessment: what its first word of trend says, else risk or presence; None for a judgement of cause alone.

    A negated trend says nothing ("growing, not shrinking").
    """
    cues = sorted((c for clause in draft.clauses for c in clause.cues if c.cue in _STANCES), key=lambda c: c.span)
    cues = [c for c in cues if c.cue not in _TRENDS or not _negated(c, text)]
    cue = next((c for c in cues if c.cue in _TRENDS), cues[0] if cues else None)
    return (_STANCES[cue.cue], _ground("stance", f"stance.{cue.cue}", cue)) if cue else (None, None)


def _negated(cue: CueMention, text: str) -> bool:
    before = words_of(text, max(0, cue.span.start - 20), cue.span.start)
    return bool(before) and before[-1].key in {"not", "never", "neither", "nor"}
