"""Totals: since or over a time, many acts, many places, or a level."""

import re

from dateline.claims.lexical.draft import Draft, Judged
from dateline.claims.operation import find_operation
from dateline.lexicon.acts import acts
from dateline.mentions.noun_phrases import PERSONS
from dateline.mentions.words import words_of
from dateline.model import CueMention, Span, plain_view, small_view

_MANY_PLACES = 3


_HAVING = frozenset("has have had numbers numbered fields commands musters retains".split())


def strength(draft: Draft, text: str) -> Span | None:
    """ "The group still has between 5,000 and 7,000 fighters": a party, and how many it has."""
    for clause in draft.clauses:
        for mention in clause.quantities:
            before = words_of(text, clause.span.start, mention.span.start)[-3:]
            verb = next((w for w in before if w.key in _HAVING), None)
            if verb is not None and clause.actors and mention.quantity.object in PERSONS:
                return Span(verb.start, mention.span.end)
    return None


def judge_tally(draft: Draft, text: str) -> Judged | None:
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
        before = _LEVEL.search(small_view(text), max(0, act.span.start - 30), act.span.start)
        if before and act.act in _LEVEL_ACTS and act.voice == "passive":
            return Span(before.start(), act.span.end)
    return None


_STRETCH = re.compile(r"(over|during|in|for|throughout|within) (the|recent|several|many|some|past|last|weeks|months|years)")


def _is_stretch(words: str) -> bool:
    return bool(_STRETCH.match(plain_view(words).lower()))


def _because(text: str, since: CueMention) -> bool:
    """ "since the area is difficult" gives a reason, not a time: a verb follows before any number."""
    after = [w.key for w in words_of(text, since.span.end, min(len(text), since.span.end + 60))[:8]]
    return not any(w[:4].isdigit() or w in _TIMELY or w in _MONTHS for w in after)


_TIMELY = frozenset("beginning start year month week outbreak war then last mid early late took began came operation".split())
_MONTHS = frozenset("january february march april may june july august september october november december".split())


def _many_acts(draft: Draft, text: str) -> Span | None:
    """Plural acts with no one place and day ("operations have targeted", "34 strikes in Syria and Iraq")."""
    one_place = _one_place(draft)
    one_day = any(t.interval.precision == "day" for clause in draft.clauses for t in clause.times)
    if one_day and not draft.view.places:
        return None  # "ten air strikes in the last 24 hours"
    for act in draft.acts:
        words = plain_view(act.span.of(text)).lower()
        if act.voice == "noun" and words.endswith(acts().many) and not one_place:
            return act.span
    return None


def _one_place(draft: Draft) -> bool:
    """One named place smaller than a province."""
    scenes = [p for c in draft.clauses for p in c.places if p.use in {"scene", "unknown"}]
    return len({p.words.lower() for p in scenes if not (p.place and p.place.kind in _WIDE)}) == 1


_WIDE = frozenset({"country", "admin1", "region"})


def _goes_on(draft: Draft, text: str) -> Span | None:
    """Present perfect or progressive with no day and no one place: what has been done so far, or is being done."""
    if any(t.interval.precision == "day" for c in draft.clauses for t in c.times) or _one_place(draft):
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
