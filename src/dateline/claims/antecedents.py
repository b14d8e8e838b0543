"""Whom "they", "it" and "we" stand for: one of the parties that the report names or describes before."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from dateline.claims.candidates import Lines
from dateline.claims.views import SentenceView
from dateline.lexicon.actors import country_named, party_words
from dateline.model import ActorMention, ActorRef, Source, SourceType, Span, cover, plain_view
from dateline.model.actor import ActorKind

Side = Literal["initiator", "target"]

_BACK = 14  # mentions that a pronoun can go back over
_FAR = 4  # sentences from which on it makes no difference how far a party stands
_LEAST = 0.35  # share of the likeliest party from which on it is meant


class _Weights(NamedTuple):
    """What speaks for and against a party, as log odds; fitted on the 845 pronouns of the corpus's train part (rounded to
    halves), where they find 59 of 100 parties, and half of the dev part's."""

    sentence: float = -0.5  # for each sentence between
    same_sentence: float = 1.0
    core: float = 1.0  # a subject or object there
    told: float = 1.5  # it had a side in the claim before
    same_side: float = 1.5  # it had this side
    group: float = 1.0  # an armed group
    named: float = 0.5  # by name
    unarmed_acts: float = -1.5  # civilians, for who acts
    unarmed_it: float = -3.0  # civilians, for "it"
    plural_it: float = -1.0  # words in the plural, for "it"
    unarmed_count: float = 2.0  # civilians, for a count: "nine others"


_WEIGHTS = _Weights()
_REGULAR: frozenset[ActorKind] = frozenset({"state_force", "police", "coalition", "international"})
_SINGULAR = frozenset({"it", "its", "itself"})
_CORE = frozenset({"nsubj", "nsubj:pass", "obj"})
_BODIES: dict[SourceType, ActorKind] = {
    "military": "state_force", "police": "police", "armed_group": "armed_group", "official": "government",
    "international": "international",
}  # fmt: skip
_UNARMED = frozenset({"civilians", "people", "unknown"})


class Member(NamedTuple):
    """A party where a report speaks of it: the mention, the number of its sentence, whether it is subject or object there, and
    whether its words are a plural."""

    actor: ActorMention
    sentence: int
    core: bool
    plural: bool


class Cast(NamedTuple):
    """The parties of a report in the order of the text, where they begin, and the ones of their kind that it names most."""

    members: tuple[Member, ...]
    starts: tuple[int, ...]
    force: ActorMention | None = None  # of a state, its police among them, a coalition or the UN
    police: ActorMention | None = None
    group: ActorMention | None = None


class Sided(NamedTuple):
    """Names of the parties on the wanted side and on the other side of the claim before."""

    same: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()


class Reference(NamedTuple):
    """Words that stand for a party: a pronoun, or a count ("nine others")."""

    span: Span
    word: str
    counts: bool
    sentence: int  # its number


def cast_of(views: Sequence[SentenceView], lines: Lines, text: str) -> Cast:
    members = tuple(
        Member(actor, view.number, _is_core(actor.span, lines), actor.span.of(text).lower().endswith("s"))
        for view in views
        for actor in view.actors
    )
    starts = tuple(m.actor.span.start for m in members)
    kinds: tuple[frozenset[ActorKind], ...] = (_REGULAR, frozenset({"police"}), frozenset({"armed_group"}))
    return Cast(members, starts, *(_foremost(members, of) for of in kinds))


def _foremost(members: Sequence[Member], kinds: Collection[ActorKind]) -> ActorMention | None:
    """The party of some kinds that is spoken of most, the first of these: its first mention."""
    first: dict[str, ActorMention] = {}
    counts: Counter[str] = Counter()
    for member in members:
        if member.actor.kind in kinds:
            first.setdefault(member.actor.name, member.actor)
            counts[member.actor.name] += 1
    return first[counts.most_common(1)[0][0]] if counts else None


def _is_core(span: Span, lines: Lines) -> bool:
    hung = lines.hangs(span)
    return hung is not None and hung.relation in _CORE


def antecedent(reference: Reference, side: Side, cast: Cast, before: Sided) -> ActorMention | None:
    """The likeliest party that words stand for, where it is likely enough: its last mention before them."""
    last = bisect_left(cast.starts, reference.span.start)
    near = cast.members[max(0, last - _BACK) : last]
    if not near:
        return None
    weights = [_weight(member, reference, side, before) for member in near]
    most = max(weights)
    shares: dict[str, float] = {}
    for member, weight in zip(near, weights, strict=True):
        shares[member.actor.name] = shares.get(member.actor.name, 0.0) + math.exp(weight - most)
    name = max(sorted(shares), key=lambda n: shares[n])
    if shares[name] < _LEAST * sum(shares.values()):
        return None
    return next(m.actor for m in reversed(near) if m.actor.name == name)


def _weight(member: Member, reference: Reference, side: Side, before: Sided) -> float:
    weights, actor = _WEIGHTS, member.actor
    apart = reference.sentence - member.sentence
    unarmed, singular = actor.kind in _UNARMED, reference.word in _SINGULAR
    return (
        weights.sentence * min(apart, _FAR)
        + weights.same_sentence * (apart == 0)
        + weights.core * member.core
        + weights.told * (actor.name in before.same or actor.name in before.other)
        + weights.same_side * (actor.name in before.same)
        + weights.group * (actor.kind == "armed_group")
        + weights.named * (actor.by == "name")
        + weights.unarmed_acts * (unarmed and side == "initiator")
        + weights.unarmed_it * (unarmed and singular)
        + weights.plural_it * (member.plural and singular)
        + weights.unarmed_count * (unarmed and reference.counts)
    )


def both_sides(words: Span, cast: Cast) -> tuple[ActorMention, ...]:
    """The two parties that can fight which were named last before "both sides"; none where there is but one."""
    found: dict[str, ActorMention] = {}
    for i in range(bisect_left(cast.starts, words.start) - 1, -1, -1):
        actor = cast.members[i].actor
        if actor.kind not in _UNARMED:
            found.setdefault(actor.name, actor)
        if len(found) == 2:
            return tuple(reversed(found.values()))
    return ()


def speaking(source: Source, cast: Cast, words: Span, text: str) -> tuple[ActorRef, ...]:
    """Whom "we" (`words`) stands for: the party in the words that name the speaker, else the party for which his body speaks. A
    body that no words of the text name is that of the whole report: then the pronoun itself is its evidence."""
    named = [a for a in (m.actor for m in cast.members) if any(a.span.overlaps(span) for span in source.spans)]
    if named:
        return tuple(ActorRef(name=a.name, kind=a.kind, words=a.span.of(text), span=a.span, by="reference") for a in named)
    kind = _BODIES.get(source.type)
    if kind is None or not source.organisation:
        return ()
    name, kind = _spoken_for(source.organisation, kind)
    whole = cover(source.spans) if source.spans else words
    return (ActorRef(name=name, kind=kind, words=whole.of(text), span=whole, by="reference"),)


def _spoken_for(body: str, kind: ActorKind) -> tuple[str, ActorKind]:
    """The party for which a body speaks: a country's ministry of defence for its forces, its other offices for the government;
    the body itself where it is a party."""
    known = party_words().speaks_for.get(body)
    if known is not None:
        return known, _KINDS.get(known.split()[-1], "state_force")
    words = plain_view(body).split()
    small = {word.lower() for word in words}
    country = country_named(" ".join(words)) if small & party_words().offices and kind in _SERVICES else None
    if country is None:
        return body, kind
    if kind == "government" and small & {"defence", "defense"}:
        kind = "state_force"
    return country.body_name(_SERVICES[kind]), kind


_KINDS: dict[str, ActorKind] = {"government": "government", "police": "police"}
_SERVICES: dict[ActorKind, str] = {"state_force": "forces", "police": "police", "government": "government"}
