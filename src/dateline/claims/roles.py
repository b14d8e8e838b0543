"""Who acts and who is acted upon."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dateline.claims.draft import Draft
from dateline.lexicon.acts import act_by_id
from dateline.mentions.words import words_of
from dateline.model import ActMention, ActorMention, ActorRef, QuantityMention, plain_view

_TARGET_LINKS = frozenset({"against", "on", "targeting", "targeted", "at"})
_NOUN_TARGET_LINKS = _TARGET_LINKS | {"of", "from"}
_NEITHER_LINKS = frozenset("with from near in inside under for into including between to alongside".split())
_PERSON_OBJECTS = frozenset("militant militant_leader supporter civilian security_force person prisoner".split())
_ANAPHORA = re.compile(r"^(they|the (operations?|raids?|strikes?|campaigns?|attacks?|offensives?|forces?|assault)|it|he|she)\b")


class Sides(NamedTuple):
    """The initiators and targets of a draft."""

    initiator: tuple[ActorRef, ...]
    target: tuple[ActorRef, ...]


def sides(draft: Draft, text: str, before: Sides | None, listed: bool) -> Sides:
    """Both sides, from the actors in the draft's clauses; `before` are those of the claim before, for "they" and for lists."""
    if not draft.acts:
        return Sides((), ())
    initiators: list[ActorMention] = []
    targets: list[ActorMention] = []
    lead_actors = [a for a in draft.view.actors if draft.lead and draft.lead.contains(a.span)]
    for clause in draft.clauses:
        acts = [a for a in draft.acts if clause.span.contains(a.span)]
        anchor = _anchor(acts) or _anchor(draft.acts)
        if anchor is None:
            continue
        for actor in clause.actors:
            side = _side(actor, anchor, clause.quantities, text, clause.span.start)
            if side == "initiator":
                initiators.append(actor)
            elif side == "target":
                targets.append(actor)
    anchor = _anchor(draft.acts)
    if anchor is not None and not initiators and anchor.voice == "active" and act_by_id()[anchor.act].subject != "target":
        initiators = [a for a in lead_actors if not _link(a, text, 0) & (_TARGET_LINKS | {"of"})]
    if (
        anchor is not None
        and not targets
        and lead_actors
        and (anchor.voice == "passive" or act_by_id()[anchor.act].subject == "target")
    ):
        targets = [a for a in lead_actors if not _link(a, text, 0) & (_TARGET_LINKS | {"of"})]
    found = Sides(_refs(initiators, text), _refs([t for t in targets if t.name not in {i.name for i in initiators}], text))
    return _with_anaphora(draft, text, found, before, listed)


def _with_anaphora(draft: Draft, text: str, found: Sides, before: Sides | None, listed: bool) -> Sides:
    """ "They", "the operation", an item of a list of acts: the sides of the claim before."""
    if before is None:
        return found
    subject = plain_view(text)[(draft.lead or draft.span).start : draft.span.end].lower()
    subject = re.sub(r"^(in|near|at) [^,]{2,40}, ", "", subject)
    if not listed and not _ANAPHORA.match(subject):
        return found
    initiator = found.initiator or tuple(r for r in before.initiator if r.name not in {t.name for t in found.target})
    target = found.target or tuple(r for r in before.target if r.name not in {i.name for i in initiator})
    return Sides(initiator, target)


def _anchor(acts: Iterable[ActMention]) -> ActMention | None:
    """The act whose grammar tells the sides: the first verb, else the first noun."""
    found = sorted(acts, key=lambda a: (a.voice == "noun", a.span))
    return found[0] if found else None


def _link(actor: ActorMention, text: str, start: int) -> set[str]:
    """The words right before an actor, articles left out (at most two)."""
    before = [w.key for w in words_of(text, max(start, actor.span.start - 60), actor.span.start)]
    before = [w for w in before if w not in {"the", "a", "an", "some", "several", "suspected", "alleged", "other"}]
    return set(before[-1:])


def _side(actor: ActorMention, anchor: ActMention, quantities: Sequence[QuantityMention], text: str, start: int) -> str | None:
    link = _link(actor, text, start)
    if "by" in link:
        return "initiator"
    inside = next((q for q in quantities if q.span.overlaps(actor.span)), None)
    subject_is_target = act_by_id()[anchor.act].subject == "target"
    if actor.span.start < anchor.span.start:
        if link & {"of", "on", "against", "targeting", "at"}:
            return "target" if link & _TARGET_LINKS or inside is not None else None
        if link & _NEITHER_LINKS:
            return None
        passive = anchor.voice == "passive" or subject_is_target
        return "target" if passive else "initiator"
    if inside is not None and inside.quantity.object in _PERSON_OBJECTS:
        return "target"
    if anchor.voice == "noun":
        return "target" if link & _NOUN_TARGET_LINKS else None
    if link & {"against", "on", "targeting"}:
        return "target"
    if link & _NEITHER_LINKS or anchor.voice == "passive":
        return None
    return "target"


def _refs(actors: Sequence[ActorMention], text: str) -> tuple[ActorRef, ...]:
    """One reference for each name, at its first mention."""
    refs: dict[str, ActorRef] = {}
    for actor in actors:
        refs.setdefault(
            actor.name, ActorRef(name=actor.name, kind=actor.kind, words=actor.span.of(text), span=actor.span, by=actor.by)
        )
    return tuple(refs.values())
