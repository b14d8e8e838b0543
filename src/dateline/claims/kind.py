"""Decides what a draft is: incident, tally, assessment, forecast, or no claim; how certain; news or history."""

import re
from datetime import date
from typing import NamedTuple

from dateline.claims.clauses import Clause
from dateline.claims.counts import PERSONS
from dateline.claims.draft import Draft, gravest
from dateline.claims.operation import find_operation
from dateline.claims.scene import places
from dateline.mentions.words import words_of
from dateline.model import Certainty, CueMention, Ground, Kind, Report, Scope, Span, Stance, plain_view

_STRONG_STATEMENTS = ("rising", "falling", "unchanged", "absent", "risk")
_BEFORE_ACT = 40  # characters before an act in which a plan's words must end to be about it
_PLURAL_ACT = re.compile(
    r"(?:operations|raids|strikes|airstrikes|attacks|offensives|campaigns|clashes|bombings|battles|sweeps|killings"
    r"|abductions|kidnappings|arrests|assassinations|atrocities|violations|incidents)$"
)
_MANY_PLACES = 3


class Judged(NamedTuple):
    """A kind (None: no claim), the rule that gave it, and the words that decided."""

    kind: Kind | None
    rule: str
    spans: tuple[Span, ...]


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
        or _tally(draft, text)
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
    stock = [c for clause in draft.clauses for c in clause.cues if c.cue == "stock"]
    if stock and any(q.quantity.object in PERSONS for c in draft.clauses for q in c.quantities):
        return Judged("tally", "tally.stock", (stock[0].span,))
    held = _strength(draft, text)
    if held is not None:
        return Judged("tally", "tally.stock", (held,))
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


_HAVING = frozenset("has have had numbers numbered fields commands musters retains".split())


def _strength(draft: Draft, text: str) -> Span | None:
    """ "The group still has between 5,000 and 7,000 fighters": a party, and how many it has."""
    for clause in draft.clauses:
        for mention in clause.quantities:
            before = words_of(text, clause.span.start, mention.span.start)[-3:]
            verb = next((w for w in before if w.key in _HAVING), None)
            if verb is not None and clause.actors and mention.quantity.object in PERSONS:
                return Span(verb.start, mention.span.end)
    return None


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


def _tally(draft: Draft, text: str) -> Judged | None:
    """A total: since or over a time, many acts, or many places."""
    over_time = _over_time(draft, text)
    if over_time is not None:
        return over_time
    named = find_operation(text, draft.span) is not None  # one operation, however many places and raids it had
    plural = _many_acts(draft, text)
    if plural is not None and not named:
        return Judged("tally", "tally.many_acts", (plural,))
    going = _goes_on(draft, text)
    if going is not None:
        return Judged("tally", "tally.goes_on", (going,))
    scenes = [p for c in draft.clauses for p in c.places if p.use == "scene"]
    if len(scenes) >= _MANY_PLACES and not named:
        return Judged("tally", "tally.many_places", tuple(p.span for p in scenes))
    return None


def _over_time(draft: Draft, text: str) -> Judged | None:
    """ "Since", "so far", "over the past month", in the draft's clauses or in the subject that it shares."""
    times = [t for clause in draft.clauses for t in clause.times]
    cues = [c for clause in draft.clauses for c in clause.cues]
    if draft.lead is not None:
        times += [t for t in draft.view.times if draft.lead.contains(t.span)]
        cues += [c for c in draft.view.cues if draft.lead.contains(c.span)]
    for time in times:
        if time.interval.since or plain_view(time.interval.words).lower().startswith("since"):
            return Judged("tally", "tally.since", (time.span,))
    level = _level(draft, text)
    if level is not None:
        return Judged("tally", "tally.stock", (level,))
    for cue in cues:
        if cue.cue == "since" and not _because(text, cue):
            return Judged("tally", "tally.since", (cue.span,))
    stretches = [t.span for t in times if t.interval.precision == "period" and _is_stretch(t.interval.words)]
    days = [t.span for t in times if t.interval.precision == "day"]  # "in the past 24 hours" is a day
    found = [c.span for c in cues if c.cue == "period" and not any(d.overlaps(c.span) for d in days)] + stretches
    return Judged("tally", "tally.period", (found[0],)) if found else None


_LEVEL = re.compile(r"\b(?:are|is|remain|remains)(?: (?:now|still|currently|being))* $")
_LEVEL_ACTS = frozenset({"displace", "displace_them", "arrest", "abduct"})


def _level(draft: Draft, text: str) -> Span | None:
    """ "170,000 people are now displaced", "remain detained": how many there are, not what happened."""
    for act in draft.acts:
        before = _LEVEL.search(plain_view(text).lower(), max(0, act.span.start - 30), act.span.start)
        if before and act.act in _LEVEL_ACTS and act.voice == "passive":
            return Span(before.start(), act.span.end)
    return None


def _is_stretch(words: str) -> bool:
    return bool(
        re.search(
            r"^(over|during|in|for|throughout|within) (the|recent|several|many|some|past|last|weeks|months|years)",
            plain_view(words).lower(),
        )
    )


def _because(text: str, since: CueMention) -> bool:
    """ "since the area is difficult" gives a reason, not a time: a verb follows before any number."""
    after = [w.key for w in words_of(text, since.span.end, min(len(text), since.span.end + 60))[:8]]
    timely = {
        "beginning",
        "start",
        "year",
        "month",
        "week",
        "outbreak",
        "war",
        "then",
        "last",
        "mid",
        "early",
        "late",
        "took",
        "began",
        "came",
        "operation",
    }
    return not (any(w[:4].isdigit() or w in timely or w in _MONTHS for w in after))


_MONTHS = frozenset("january february march april may june july august september october november december".split())


def _many_acts(draft: Draft, text: str) -> Span | None:
    """Plural acts with no one place and day ("operations have targeted", "34 strikes in Syria and Iraq")."""
    one_place = _one_place(draft, text)
    for act in draft.acts:
        words = plain_view(act.span.of(text)).lower()
        if act.voice == "noun" and _PLURAL_ACT.search(words) and not one_place:
            return act.span
    return None


def _one_place(draft: Draft, text: str) -> bool:
    """One named place smaller than a province (with the areas that it lies in), in the draft or at the head of its sentence."""
    kept = [p for p in places(draft, None, text) if not (p.place and p.place.kind in _WIDE)]
    return len(kept) == 1


_WIDE = frozenset({"country", "admin1", "region"})


def _goes_on(draft: Draft, text: str) -> Span | None:
    """Present perfect or progressive with no day and no one place: what has been done so far, or is being done."""
    if any(t.interval.precision == "day" for c in draft.clauses for t in c.times) or _one_place(draft, text):
        return None
    verb = next((a for a in draft.acts if a.voice != "noun"), draft.acts[0])
    said = words_of(text, verb.span.start, verb.span.end)[0].key
    before = words_of(text, draft.span.start, verb.span.start)[-4:]
    for n, word in enumerate(before):
        rest = [w.key for w in before[n + 1 :]]
        progressive = word.key in {"are", "is"} and any(key.endswith("ing") for key in [*rest, said])
        if (word.key in {"has", "have"} or progressive) and rest[:1] != ["to"] and not set(rest) & {"now", "just", "begun"}:
            return Span(word.start, verb.span.end)
    return None


# --- what follows from the kind ----------------------------------------------------------------------------------------


def scope(draft: Draft, rule: str) -> Scope:
    """Of a tally: since a start, a level at a time, or over a period."""
    if rule == "tally.since":
        return "since"
    return "stock" if rule == "tally.stock" else "period"


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
