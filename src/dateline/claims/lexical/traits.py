"""Event type, certainty and stance by the lexicon's acts and cues."""

import re
from collections.abc import Sequence

from dateline.claims.lexical.draft import Draft, gravest
from dateline.claims.roles import Sides
from dateline.claims.views import SentenceView
from dateline.lexicon.acts import act_by_id
from dateline.mentions.noun_phrases import PERSONS
from dateline.mentions.words import words_of
from dateline.model import ActMention, Certainty, CueMention, Figure, Ground, Kind, Span, Stance, plain_view

_FORCES = frozenset({"armed_group", "state_force", "police", "coalition"})  # fighters who flee are not displaced
_CIVILIANS = frozenset({"civilians", "people"})
_OFFICERS = frozenset({"state_force", "police"})
_HURT = frozenset({"killed", "wounded", "casualties"})
_OBJECT_GAP = 14  # characters between a verb and its object, an article and an adjective among them


def event_type(draft: Draft, found: Sides, counted: tuple[Figure, ...]) -> str | None:
    """The gravest act; against civilians where they are the target or what is counted. A level with no act ("has 5,000 fighters")
    is a happening of no type."""
    if not draft.acts:
        return "other" if draft.rule == "tally.strength" else None
    act = gravest(draft.acts)
    entry = act_by_id()[act.act]
    struck = any(r.kind in _CIVILIANS for r in found.target) or any(f.object == "civilian" for f in counted)
    fought = any(r.kind not in _CIVILIANS for r in found.target) or any(
        f.object in {"militant", "security_force"} for f in counted
    )
    movers = {r.kind for r in (*found.initiator, *found.target)}
    if entry.group == "displacement" and movers and movers <= _FORCES:
        return "force_movement"
    if entry.persons and (any(f.object in PERSONS for f in counted) or _takes_persons(act, found)):
        return entry.persons
    if entry.bloodless and _is_bloodless(draft, found, counted):
        return entry.bloodless
    if entry.civilians and struck and not fought:
        return entry.civilians
    return act.event_type


def _is_bloodless(draft: Draft, found: Sides, counted: tuple[Figure, ...]) -> bool:
    """Whether a state's forces or the police act, and no word says that anybody was hurt."""
    officers = bool(found.initiator) and all(r.kind in _OFFICERS for r in found.initiator)
    hurt = any(act_by_id()[a.act].measure in _HURT for a in draft.acts) or any(set(f.measure.split("+")) & _HURT for f in counted)
    return officers and not hurt


def _takes_persons(act: ActMention, found: Sides) -> bool:
    """ "captured ISIS fighters", "ELN members were captured": the party is what is taken, and not where a place is taken from."""
    return any(act.voice == "passive" or 0 < target.span.start - act.span.end <= _OBJECT_GAP for target in found.target)


_STANCES: dict[str, Stance] = {
    "unchanged": "unchanged", "absent": "absent", "falling": "falling", "rising": "rising",
    "risk": "present", "present": "present",
}  # fmt: skip
TRENDS = frozenset({"unchanged", "absent", "falling", "rising"})


def stance(draft: Draft | None, view: SentenceView, evidence: Sequence[Span], text: str) -> Stance | None:
    """What the first word of trend says in the draft, or in the evidence where there is none, else risk or presence; a negated
    trend says nothing ("growing, not shrinking")."""
    told = [c for clause in draft.clauses for c in clause.cues] if draft else []
    told = told or [c for c in view.cues if any(span.contains(c.span) for span in evidence)]
    cues = sorted((c for c in told if c.cue in _STANCES), key=lambda c: c.span)
    cues = [c for c in cues if c.cue not in TRENDS or not _negated(c, text)]
    cue = next((c for c in cues if c.cue in TRENDS), cues[0] if cues else None)
    return _STANCES[cue.cue] if cue else None


def _negated(cue: CueMention, text: str) -> bool:
    before = words_of(text, max(0, cue.span.start - 20), cue.span.start)
    return bool(before) and before[-1].key in {"not", "never", "neither", "nor"}


def certainty(draft: Draft, kind: Kind, text: str) -> tuple[Certainty, Ground] | None:
    """Denied where the words that deny govern the act; alleged for hearsay and conditions; None where no words say either."""
    cues = [c for clause in draft.clauses for c in clause.cues]
    refusal = next((s.verb for s in draft.view.speakers if s.verb and _DENYING.match(plain_view(s.verb.of(text)).lower())), None)
    if refusal is not None and kind != "assessment" and refusal.end <= draft.span.start:
        return "denied", Ground("certainty", "denied.verb", (refusal,))
    if kind == "assessment":
        doubt = next((c for c in cues if c.cue == "alleged"), None)
        return ("alleged", Ground("certainty", "alleged.cue", (doubt.span,))) if doubt else None
    anchor = draft.acts[0].span.start if draft.acts else draft.span.end
    denial = next((c for c in cues if c.cue == "denied" and 0 <= anchor - c.span.end <= 30), None)
    if denial is not None:
        return "denied", Ground("certainty", "denied.cue", (denial.span,))
    may = next((c for c in cues if c.cue == "may"), None)
    if kind == "forecast" and may is not None:
        return "alleged", Ground("certainty", "alleged.may", (may.span,))
    doubt = next((c for c in cues if c.cue == "alleged" and not _of_the_taken(c, draft, text)), None)
    if doubt is not None:
        return "alleged", Ground("certainty", "alleged.cue", (doubt.span,))
    return None


def _of_the_taken(doubt: CueMention, draft: Draft, text: str) -> bool:
    """ "Arrested two suspected members": what they are is in doubt, not that they were arrested."""
    said = plain_view(doubt.span.of(text)).lower()
    return said in {"suspected", "alleged", "presumed"} and draft.group in {"arrest", "seizure", "territory", "disrupt"}


_DENYING = re.compile(r"(den(y|ie)|disput|reject|refut)")
