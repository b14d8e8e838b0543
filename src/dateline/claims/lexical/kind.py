"""Decides what a draft is: incident, tally, assessment, forecast, or no claim."""

from dateline.claims.lexical.clauses import Clause
from dateline.claims.lexical.draft import Draft, Judged, gravest
from dateline.claims.lexical.tally import judge_tally, strength
from dateline.mentions.noun_phrases import PERSONS
from dateline.mentions.words import words_of
from dateline.model import CueMention, plain_view

_STRONG_STATEMENTS = ("rising", "falling", "unchanged", "absent", "risk")
_BEFORE_ACT = 40  # characters before an act in which a plan's words must end to be about it


def judge(draft: Draft, text: str) -> Judged:
    """The kind of a draft."""
    plan = _plan(draft, text)
    if not draft.acts:
        return _statement(draft, plan, text)
    if draft.has_cue("no_claim"):
        return Judged(None, "no_claim.cue", ())
    if plan is not None:
        return Judged("forecast", f"forecast.{plan.cue}", (plan.span,))
    if draft.has_cue("appeal") and all(a.voice == "noun" for a in draft.acts) and not _told_anyway(draft):
        return Judged(None, "no_claim.appeal", ())
    return (
        _assessed_act(draft, text)
        or judge_tally(draft, text)
        or Judged("incident", f"incident.{gravest(draft.acts).act}", (draft.acts[0].span,))
    )


def _told_anyway(draft: Draft) -> bool:
    """ "condemns the attack in X that killed five": an appeal that tells of an act."""
    return any(c.places or c.times or c.quantities for c in draft.clauses)


def _plan(draft: Draft, text: str) -> CueMention | None:
    """The plan or condition that governs the first act: its words end shortly before it, with no clause between."""
    acts = draft.acts
    for clause in draft.clauses:
        for cue in clause.cues:
            if cue.cue == "plan" and _governs(cue, clause, draft, text):
                return cue
    for clause in draft.clauses:
        for cue in clause.cues:
            if (
                cue.cue == "may"
                and acts
                and 0 <= acts[0].span.start - cue.span.end <= 25
                and "have" not in _between(text, cue, draft)
            ):
                return cue
    return None


def _between(text: str, cue: CueMention, draft: Draft) -> str:
    return plain_view(text)[cue.span.end : draft.acts[0].span.start].lower()


def _governs(cue: CueMention, clause: Clause, draft: Draft, text: str) -> bool:
    first = next((a for a in draft.acts if clause.span.contains(a.span)), None)
    if first is None:
        return not draft.acts
    if first.voice == "noun":
        return cue.span.start < first.span.start or cue.span.start - first.span.end < _BEFORE_ACT
    return 0 <= first.span.start - cue.span.end <= _BEFORE_ACT


def _statement(draft: Draft, plan: CueMention | None, text: str) -> Judged:
    """A clause with no act: a forecast, an assessment, or nothing that we claim."""
    if draft.has_cue("no_claim") or draft.headline:
        return Judged(None, "no_claim.cue", ())
    if plan is not None and not draft.has_cue("appeal"):
        return Judged("forecast", f"forecast.{plan.cue}", (plan.span,))
    held = strength(draft, text)
    if held is not None:
        return Judged("tally", "tally.strength", (held,))
    stock = [c for clause in draft.clauses for c in clause.cues if c.cue == "stock"]
    if stock and any(q.quantity.object in PERSONS for c in draft.clauses for q in c.quantities):
        return Judged("tally", "tally.stock", (stock[0].span,))
    if draft.has_cue("appeal") and not draft.has_cue("rising", "falling"):
        return Judged(None, "no_claim.appeal", ())
    cues = [c for clause in draft.clauses for c in clause.cues]
    strong = [c for c in cues if c.cue in _STRONG_STATEMENTS]
    about = any(c.actors for c in draft.clauses) or any(c.cue == "risk" for c in cues)
    weak = [c for c in cues if c.cue in {"present", "judgement"}]
    if about and (strong or len(weak) > 1 or (weak and draft.source.speaker)):
        return Judged("assessment", f"assessment.{(strong or weak)[0].cue}", ((strong or weak)[0].span,))
    if draft.source.type == "analyst" and (strong or weak or about):
        return Judged("assessment", "assessment.analyst", (draft.clauses[0].span,))
    return Judged(None, "no_claim.nothing", ())


def _assessed_act(draft: Draft, text: str) -> Judged | None:
    """Acts that are only talked about: nouns beside words of trend or risk, or behind a present-tense judgement
    ("is capable of carrying out operations"), with no figure of their own."""
    if any(a.voice != "noun" for a in draft.acts) or any(c.quantities for c in draft.clauses):
        return None
    first = draft.clauses[0]
    found = [c for c in first.cues if c.cue in _STRONG_STATEMENTS]
    if not found and not first.times and not _told_as_past(first, text):
        found = [c for c in first.cues if c.cue in {"present", "judgement"} and c.span.end <= draft.acts[0].span.start]
    return Judged("assessment", f"assessment.{found[0].cue}", (found[0].span,)) if found else None


_PAST = frozenset("was were had did has have launched carried conducted killed".split())


def _told_as_past(clause: Clause, text: str) -> bool:
    words = words_of(text, clause.span.start, clause.span.end)
    return any(w.key in _PAST for w in words)
