"""Who acts and who is acted upon.

A party's side is read from where it stands (before or after the act), from the voice of the act, and from the word right
before it ("by", "against").  "They" and "the operation" have the sides of the claim that they go back to.
"""

import re
from collections.abc import Iterable
from typing import Literal

from dateline.claims.lexical.clauses import Clause
from dateline.claims.lexical.draft import Draft
from dateline.claims.roles import Sides, references
from dateline.lexicon.acts import act_by_id
from dateline.mentions.noun_phrases import PERSONS
from dateline.mentions.words import words_of
from dateline.model import ActMention, ActorMention, Span, plain_view

Side = Literal["initiator", "target"]

_TARGET_LINKS = frozenset({"against", "on", "targeting", "targeted", "at"})
_NEITHER_LINKS = frozenset(
    {"with", "from", "near", "in", "inside", "under", "for", "into", "including", "between", "to", "alongside"}
)
_DROPPED = frozenset({"the", "a", "an", "some", "several", "suspected", "alleged", "other", "any"})
_ANAPHORA = re.compile(r"(they|the (operations?|raids?|strikes?|campaigns?|attacks?|offensives?|forces?|assault)|he|she)\b")
_SCENE = re.compile(r"(in|near|at) [^,]{2,40}, ")
_REACH = 60  # characters before a party in which the word that ties it to the act is sought
_VERB_GAP = 14  # characters between a verb and its object, an article and an adjective among them


def sides(draft: Draft, text: str, last: Sides | None) -> Sides:
    """Both sides of a draft, from its own words first. `last`: those of the claim before, for "they" and "the raid"."""
    found = _own_sides(draft, text)
    subject = plain_view(text)[(draft.lead or draft.span).start : draft.span.end].lower()
    subject = _SCENE.sub("", subject, count=1)
    if subject.startswith("they ") and not found.initiator:
        found = found.filled(Sides(references(_speaking_parties(draft), text), ()))
    return found.filled(last) if last is not None and _ANAPHORA.match(subject) else found


def _own_sides(draft: Draft, text: str) -> Sides:
    anchor = anchor_of(draft.acts)
    if anchor is None:
        return Sides((), ())
    by_side: dict[Side, list[ActorMention]] = {"initiator": [], "target": []}
    for clause in draft.clauses:
        here = anchor_of(a for a in draft.acts if clause.span.contains(a.span)) or anchor
        for actor in clause.actors:
            side = _side(actor, here, clause, draft, text)
            if side is not None:
                by_side[side].append(actor)
    subjects = _lead_subjects(draft, text)
    subject_side: Side = "target" if _subject_suffers(anchor) else "initiator"
    if subjects and not by_side[subject_side] and anchor.voice != "noun":
        by_side[subject_side] = subjects
    initiators = {actor.name for actor in by_side["initiator"]}
    return Sides(
        references(by_side["initiator"], text), references([t for t in by_side["target"] if t.name not in initiators], text)
    )


def _lead_subjects(draft: Draft, text: str) -> list[ActorMention]:
    """The parties in the subject that the draft shares with an earlier clause."""
    if draft.lead is None:
        return []
    inside = [a for a in draft.view.actors if draft.lead.contains(a.span)]
    return [a for a in inside if _link(a, text, 0) not in _TARGET_LINKS | _NEITHER_LINKS | {"of"}]


def _speaking_parties(draft: Draft) -> list[ActorMention]:
    """ "The SDF announced that they began": the party that speaks."""
    said = [part for speaker in draft.view.speakers for part in speaker.parts]
    return [a for a in draft.view.actors if any(a.span.overlaps(part) for part in said)]


def anchor_of(acts: Iterable[ActMention]) -> ActMention | None:
    """The act whose grammar tells the sides: the first verb, else the first noun."""
    return min(acts, key=lambda a: (a.voice == "noun", a.span), default=None)


def _subject_suffers(anchor: ActMention) -> bool:
    return anchor.voice == "passive" or act_by_id()[anchor.act].subject == "target"


def _link(actor: ActorMention, text: str, start: int) -> str:
    """The word right before a party, articles left out."""
    before = [w.key for w in words_of(text, max(start, actor.span.start - _REACH), actor.span.start) if w.key not in _DROPPED]
    return before[-1] if before else ""


def _side(actor: ActorMention, anchor: ActMention, clause: Clause, draft: Draft, text: str) -> Side | None:
    """The side of a party in a clause; None where it only stands by ("with the support of X")."""
    link = _link(actor, text, clause.span.start)
    counted = any(q.span.overlaps(actor.span) and q.quantity.object in PERSONS for q in clause.quantities)
    if link == "by":
        return "initiator"
    if link == "for" and re.match(r" to\b", plain_view(text)[actor.span.end : actor.span.end + 4]):
        return "initiator"  # "it is possible for X to attack"
    if link in _TARGET_LINKS or _is_object(actor.span, draft):
        return "target"
    if actor.span.start > anchor.span.start:
        return _side_behind(anchor, link, counted)
    if link == "of":
        return "target" if counted else None
    if link in _NEITHER_LINKS:
        return None
    return "target" if _subject_suffers(anchor) else "initiator"


def _side_behind(anchor: ActMention, link: str, counted: bool) -> Side | None:
    if counted:
        return "target"
    if anchor.voice == "noun":
        return "target" if link in {"of", "from"} else None
    return None if link in _NEITHER_LINKS or anchor.voice == "passive" else "target"


def _is_object(party: Span, draft: Draft) -> bool:
    """Right behind an active verb of the sentence ("to pursue the group"), whether or not that verb makes the claim."""
    return any(a.voice == "active" and 0 < party.start - a.span.end <= _VERB_GAP and act_by_id()[a.act].subject != "target"
               for a in draft.view.acts)  # fmt: skip
