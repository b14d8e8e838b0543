"""Mentions -> claims: clauses into drafts, drafts into claims with every field and its grounds."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from dateline.claims import colour
from dateline.claims.attribution import attribute, source_within
from dateline.claims.clauses import SentenceView, view_sentences
from dateline.claims.counts import PERSONS, figures
from dateline.claims.draft import Draft, gravest
from dateline.claims.group import draft_claims
from dateline.claims.kind import judge
from dateline.claims.merge import Told, goes_on, joined, merge_headline
from dateline.claims.operation import find_operation
from dateline.claims.roles import Context, Sides, sides
from dateline.claims.scene import places, time
from dateline.claims.summary import summarise
from dateline.claims.tally import scope
from dateline.lexicon.acts import act_by_id
from dateline.mentions.words import words_of
from dateline.model import (
    ActMention,
    ActorMention,
    Claim,
    Figure,
    Ground,
    Interval,
    Kind,
    QuantityMention,
    Reading,
    Span,
    Unread,
    claim_id,
    plain_view,
)
from dateline.pipeline import stage

_FORCES = frozenset({"armed_group", "state_force", "police", "coalition"})  # fighters who flee are not displaced
_CIVILIANS = frozenset({"civilians", "people"})
_LIST_HEAD = re.compile(r"^\W*(near|in|at|around|outside|north of|south of|east of|west of) [\w' -]{2,40},", re.IGNORECASE)
_OBJECT_GAP = 14  # characters between a verb and its object, an article and an adjective among them
_TRIVIAL = 3  # words below which a clause says nothing


class Frame(NamedTuple):
    """What the claims before have set: their last sides and time, for "they", for "the operation" and for lists."""

    sides: Sides | None = None
    time: Interval | None = None
    operations: Mapping[str, Sides] = MappingProxyType({})
    acts: frozenset[str] = frozenset()

    def after(self, claim: Claim, acts: frozenset[str]) -> "Frame":
        if claim.kind == "assessment":
            return self
        found = Sides(claim.initiator, claim.target) if claim.initiator or claim.target else self.sides
        operations = self.operations
        if claim.operation is not None and found is not None:
            name = claim.operation.name
            operations = {**operations, name: operations.get(name, found).filled(found)}
        return Frame(found, claim.time or self.time, operations, acts)


@stage(needs={"sentences", "places", "times", "quantities", "actors", "acts", "cues", "speakers"}, adds={"claims"})
def assemble_claims(reading: Reading) -> Reading:
    """Make claims of the mentions, sentence by sentence, and list the numbers that ended up in none."""
    views = view_sentences(reading)
    sources = attribute(views, reading)
    told: list[Told] = []
    frame = Frame()
    for view, source in zip(views, sources, strict=True):
        listed = _in_list(view, reading.report.text)
        for draft in draft_claims(view, reading.report.text):
            claim = _claim(replace(draft, source=source_within(view, draft.span, source)), reading, frame, listed)
            if claim is None:
                continue
            if told and goes_on(told[-1], Told(claim, draft), reading.report.text):
                told[-1] = joined(told[-1], Told(claim, draft), reading.report.text)
                continue
            told.append(Told(claim, draft))
            acts = frozenset(a.act for a in draft.acts)
            frame = frame.after(claim, acts | frame.acts if listed else acts)
    named = _numbered(merge_headline([t.claim for t in told], views))
    return replace(reading, claims=tuple(named), unread=(*reading.unread, *_unread(reading, named)))


def _in_list(view: SentenceView, text: str) -> bool:
    """An item of a list of acts ("Near X, two strikes ..."): it has the day that the list was opened with."""
    head = _LIST_HEAD.match(view.sentence.span.of(plain_view(text)))
    end = view.sentence.span.start + (head.end() if head else 0)
    return not view.times and any(p.span.end <= end for p in view.places)


def _claim(draft: Draft, reading: Reading, frame: Frame, listed: bool) -> Claim | None:
    text = reading.report.text
    judged = judge(draft, text)
    if judged.kind is None or sum(len(words_of(text, c.span.start, c.span.end)) for c in draft.clauses) < _TRIVIAL:
        return None
    kind = judged.kind
    operation = find_operation(text, draft.span)
    context = Context(frame.sides, frame.operations, listed and bool(frame.acts & {a.act for a in draft.acts}))
    found = Sides((), ()) if kind == "assessment" else sides(draft, text, context, operation.name if operation else None)
    counted = figures(replace(draft, rule=judged.rule), kind, text, found.target, found.initiator)
    certainty, doubt = colour.certainty(draft, kind, text)
    past, history = colour.background(draft, reading.report, text)
    event_type, typed = _event_type(draft, kind, found, counted)
    stance, trend = colour.stance(draft, text) if kind == "assessment" else (None, None)
    evidence = _evidence(draft, text)
    grounds = [Ground("kind", judged.rule, judged.spans), *(g for g in (typed, doubt, history, trend) if g is not None)]
    return Claim(
        id="", report_id=reading.report.id, kind=kind, event_type=event_type, certainty=certainty, background=past,
        initiator=found.initiator, target=found.target, places=places(draft, operation, text),
        time=time(draft, kind, frame.time if listed else None),
        scope=scope(draft, judged.rule) if kind == "tally" else None, figures=counted,
        operation=operation, source=draft.source, stance=stance,
        about=_about(draft, text) if kind == "assessment" else None, evidence=evidence, grounds=tuple(grounds),
    )  # fmt: skip


def _event_type(draft: Draft, kind: Kind, found: Sides, counted: tuple[Figure, ...]) -> tuple[str | None, Ground | None]:
    """The gravest act; against civilians where they are the target or what is counted."""
    if kind == "assessment":
        return None, None
    if not draft.acts:
        talked = [a for clause in draft.clauses for a in clause.acts]
        return (talked[0].event_type if talked else "other"), None
    act = gravest(draft.acts)
    entry = act_by_id()[act.act]
    struck = any(r.kind in _CIVILIANS for r in found.target) or any(f.object == "civilian" for f in counted)
    fought = any(r.kind not in _CIVILIANS for r in found.target) or any(
        f.object in {"militant", "security_force"} for f in counted
    )
    movers = {r.kind for r in (*found.initiator, *found.target)}
    if entry.group == "displacement" and movers and movers <= _FORCES:
        return "force_movement", Ground("event_type", f"type.forces:{act.act}", (act.span,))
    if entry.persons and (any(f.object in PERSONS for f in counted) or _takes_persons(act, found)):
        return entry.persons, Ground("event_type", f"type.persons:{act.act}", (act.span,))
    if entry.civilians and struck and not fought:
        return entry.civilians, Ground("event_type", f"type.civilians:{act.act}", (act.span,))
    return act.event_type, Ground("event_type", f"type.act:{act.act}", (act.span,))


def _takes_persons(act: ActMention, found: Sides) -> bool:
    """ "captured ISIS fighters", "ELN members were captured": the party is what is taken, and not where a place is taken from."""
    return any(act.voice == "passive" or 0 < target.span.start - act.span.end <= _OBJECT_GAP for target in found.target)


def _about(draft: Draft, text: str) -> str:
    """The party that the statement is about, else its first words."""
    actors: Sequence[ActorMention] = [a for clause in draft.clauses for a in clause.actors]
    if actors:
        return actors[0].name
    words = draft.clauses[0].span.of(plain_view(text)).split()
    return " ".join(words[:6])


def _evidence(draft: Draft, text: str) -> tuple[Span, ...]:
    """The draft's clauses, run together where only a comma or a link parts them, and the subject that stands apart."""
    spans = sorted({*(c.span for c in draft.clauses), *([draft.lead] if draft.lead else [])})
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end <= 12 and "\n\n" not in text[joined[-1].end : span.start]:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(Span(s.start, s.start + len(s.of(text).rstrip())) for s in joined)


def _numbered(claims: Sequence[Claim]) -> list[Claim]:
    """The claims in the order of the text, with their ids and summaries."""
    seen: dict[str, int] = {}
    out = []
    for claim in sorted(claims, key=lambda c: c.evidence[0]):
        stem = claim_id(claim.report_id, claim.kind, claim.evidence)
        nth = seen.get(stem, 0)
        seen[stem] = nth + 1
        named = replace(claim, id=claim_id(claim.report_id, claim.kind, claim.evidence, nth))
        out.append(replace(named, summary=summarise(named)))
    return out


def _unread(reading: Reading, claims: Sequence[Claim]) -> list[Unread]:
    """Quantities that no claim counts (bare articles are none)."""
    used = [f.span for c in claims for f in c.figures]
    return [
        Unread(m.span, "unread")
        for m in reading.mentions
        if isinstance(m, QuantityMention) and not m.quantity.article and not any(m.span.overlaps(s) for s in used)
    ]
