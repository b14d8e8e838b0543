"""What is said in several places and is one claim: the results told in the next sentence, and the headline."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from dateline.claims.lexical.draft import Draft
from dateline.claims.lexical.sides import anchor_of
from dateline.claims.views import SentenceView
from dateline.lexicon.acts import act_by_id, acts
from dateline.lexicon.codebook import codebook
from dateline.model import ActorRef, Claim, Figure, Span, plain_view

_EFFECTS = frozenset({"harm", "destroy"})
_HARMFUL = frozenset(
    {"attack_on_civilians", "suicide_bombing", "bombing", "air_strike", "shelling", "armed_clash", "destruction"}
)
_AMONG = re.compile(r"\b(among (them|the (dead|victims|wounded|injured|casualties|killed)))\b")


@cache
def _the_act() -> re.Pattern[str]:
    """ "It", "the blast": the sentence goes back to the act before."""
    return re.compile(rf"\W*(it|the (\w+ )?({'|'.join(acts().going_back)}))\b")


class Told(NamedTuple):
    """A claim with its sentence, the last one that tells it, and what the lexicon made of it."""

    claim: Claim
    view: SentenceView
    last: SentenceView
    draft: Draft | None


def goes_on(last: Told, new: Told, text: str) -> bool:
    """Does the next sentence tell the results of the act before: "Two guards were wounded.", "The blast also burned a shop."?

    It has no place and no time of its own, the same source, and nobody new who acts.
    """
    before, claim = last.claim, new.claim
    if {before.kind, claim.kind} != {"incident"} or before.event_type not in _HARMFUL:
        return False
    if new.draft is None or new.draft.group not in _EFFECTS:
        return False
    here, there = new.view, last.last
    if here.number != there.number + 1 or here.sentence.paragraph != there.sentence.paragraph:
        return False
    places = {p.words.lower() for p in claim.places} - {p.words.lower() for p in before.places}
    if places or here.times or (claim.certainty, claim.background) != (before.certainty, before.background):
        return False
    if _who(claim) != _who(before) or not _names(claim.initiator) <= _names(before.initiator):
        return False
    if _among(new.draft, text):
        return True
    said = plain_view(text)[here.sentence.span.start : here.sentence.span.end].lower()
    return not _told_twice(before, claim) and (_suffers(new.draft) or bool(_the_act().match(said)))


def _among(draft: Draft, text: str) -> bool:
    """ "Six women were among the wounded": a part of what is told before."""
    return bool(_AMONG.search(plain_view(text)[draft.span.start : draft.span.end].lower()))


def _suffers(draft: Draft) -> bool:
    anchor = anchor_of(draft.acts)
    return anchor is not None and (anchor.voice == "passive" or act_by_id()[anchor.act].subject == "target")


def _who(claim: Claim) -> tuple[str | None, str | None, str]:
    return claim.source.speaker, claim.source.organisation, claim.source.type


def _told_twice(before: Claim, claim: Claim) -> bool:
    """Two tolls of one kind belong to two acts, or contradict each other: they stay apart."""
    return bool({(f.measure, f.object) for f in before.figures} & {(f.measure, f.object) for f in claim.figures})


def joined(last: Told, new: Told, text: str) -> Told:
    """One claim of both: the graver type, the figures and evidence of both."""
    before, claim = last.claim, new.claim
    known = {r.name for r in (*before.initiator, *before.target)}
    target = (*before.target, *(r for r in claim.target if r.name not in known))
    event_type = _graver(before, claim)
    typed = before if event_type == before.event_type else claim
    grounds = [g for g in before.grounds if g.field != "event_type"] + [g for g in typed.grounds if g.field == "event_type"]
    counted = tuple(_part(f, before.figures) for f in claim.figures) if new.draft and _among(new.draft, text) else claim.figures
    made = replace(
        before, event_type=event_type, target=target, grounds=tuple(grounds), figures=(*before.figures, *counted),
        evidence=_union((*before.evidence, *claim.evidence)),
    )  # fmt: skip
    return Told(made, last.view, new.last, new.draft)


def _union(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans in order, those that share characters run together."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _graver(before: Claim, claim: Claim) -> str | None:
    """The graver type; the weapon of an attack is kept (codebook), also where its "blast" or its victims come next."""
    gravity = codebook().gravity
    armed = gravity("attack_on_civilians") < gravity(before.event_type) < gravity("armed_clash")
    return before.event_type if armed else min(before.event_type, claim.event_type, key=gravity)


def _part(figure: Figure, wholes: tuple[Figure, ...]) -> Figure:
    """ "Six women were among the dead": a part of the dead told before."""
    whole = next((w for w in wholes if w.measure == figure.measure), None)
    return replace(figure, part_of=whole.words, rule=f"{figure.rule}+part") if whole else figure


def merge_headline(claims: list[Claim], views: Sequence[SentenceView]) -> list[Claim]:
    """A headline that says what the body says is the same claim, with its words as further evidence."""
    headlines = [v.sentence.span for v in views if v.sentence.region == "headline"]
    heads = [c for c in claims if any(h.contains(c.evidence[0]) for h in headlines)]
    body = [c for c in claims if c not in heads]
    for head in heads:
        same = next((i for i, c in enumerate(body) if _says_the_same(head, c)), None)
        if same is None:
            body.insert(0, head)
        else:
            body[same] = replace(body[same], evidence=_union((*body[same].evidence, *head.evidence)))
    return body


def _says_the_same(head: Claim, claim: Claim) -> bool:
    if claim.kind not in {"incident", "tally"} or head.kind not in {"incident", "tally"} or claim.background:
        return False
    sides = _names(head.initiator) & _names(claim.initiator) or _names(head.target) & _names(claim.target)
    return bool(sides) or head.event_type == claim.event_type


def _names(refs: tuple[ActorRef, ...]) -> set[str]:
    return {r.name for r in refs}
