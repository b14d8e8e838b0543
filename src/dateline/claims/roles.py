"""Who acts and who is acted upon: the parties among the words that the engine ties to the claim in that role."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from dateline.claims.antecedents import Cast, Reference, Side, Sided, antecedent, both_sides, speaking
from dateline.claims.candidates import Candidate, Lines
from dateline.claims.described import described
from dateline.lexicon.actors import party_words
from dateline.model import ActorMention, ActorRef, Source, Span, cover, plain_view

_SIDES: tuple[Side, Side] = ("initiator", "target")
_LIKELY = 0.5
"""Probability from which on words are tied to a claim as a side."""
_LIKELY_KNOWN, _LIKELY_BY_GRAMMAR = 0.25, 0.2
"""The same for a party that the word lists know, and for one that stands in its sentence as the side does."""
_STANDS: Mapping[Side, frozenset[str]] = {
    "initiator": frozenset({"nsubj", "obl:agent"}),
    "target": frozenset({"obj", "nsubj:pass"}),
}
_UNLIKELY, _NOT_TIED = 0.3, 0.1  # set on the corpus's dev part and the visible gold
_HELP_REACH = 60  # characters before a party in which words of help stand


@cache
def _before_name() -> re.Pattern[str]:
    """What says how many, or which, and is no part of a party's name."""
    words = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(party_words().before_names, key=len, reverse=True))
    return re.compile(rf"(?:(?:{words}|\d[\d,.]*)\s+)+", re.IGNORECASE)


@cache
def _headless() -> re.Pattern[str]:
    """Counts of people named before: "nine others", "of whom", "16"."""
    words = "|".join(re.escape(w) for w in sorted(party_words().headless | party_words().before_names, key=len, reverse=True))
    return re.compile(rf"(?:(?:{words}|\d[\d,.]*)(?:[\s-]+|$))+(?:of (?:them|whom|these|those))?|of (?:them|whom|these|those)")


class Sides(NamedTuple):
    """The initiators and targets of a claim."""

    initiator: tuple[ActorRef, ...]
    target: tuple[ActorRef, ...]

    def filled(self, other: "Sides") -> "Sides":
        """What is empty here taken from `other`, save a party that stands on the opposite side here."""
        initiator = self.initiator or tuple(r for r in other.initiator if r.name not in {t.name for t in self.target})
        target = self.target or tuple(r for r in other.target if r.name not in {i.name for i in initiator})
        return Sides(initiator, target)

    def of(self, side: Side) -> tuple[ActorRef, ...]:
        return self.initiator if side == "initiator" else self.target


class Party(NamedTuple):
    """Words that stand for a party in a claim: a known one, else (`ref` None) a reference to one or other words."""

    ref: ActorRef | None
    span: Span
    refers: bool = False


class Around(NamedTuple):
    """What the report tells round a claim, for its pronouns: all parties, the sides of the claim before, who speaks."""

    cast: Cast
    last: Sides | None
    source: Source


def sides(candidate: Candidate, lines: Lines, text: str, around: Around) -> Sides:
    """Both sides of a claim."""
    found: dict[Side, list[ActorRef]] = {"initiator": [], "target": []}
    for side in _SIDES:
        for party in _parties(candidate, lines, text, side):
            refs = _refs(party, candidate, lines, around, text, side)
            found[side] += [r for r in refs if _side(candidate, party.span, text) == side]
    initiator = once(found["initiator"])
    names = {r.name for r in initiator}
    return Sides(initiator, tuple(r for r in once(found["target"]) if r.name not in names))


def _refs(party: Party, candidate: Candidate, lines: Lines, around: Around, text: str, side: Side) -> Sequence[ActorRef]:
    """The parties that words stand for."""
    if party.ref is not None:
        return [party.ref]
    if party.refers:
        return _antecedents(party.span, candidate, around, text, side)
    if _is_own(party.span, text) and (own := speaking(around.source, around.cast, party.span, text)):
        return own
    found = described(party.span, candidate, lines, around.cast, side, text)
    return [found] if found is not None else []


def _is_own(words: Span, text: str) -> bool:
    """ "our troops", "my men": the speaker's own."""
    first, *rest = plain_view(words.of(text)).lower().split()
    return first in party_words().owning and bool(rest) and rest[-1] in party_words().own_people


def not_gainsaid(ruled: Sides, candidate: Candidate) -> Sides:
    """Sides by grammar, without parties that the engine ties to the claim in neither role, and with those on the other side that
    it plainly ties to that one. A party of an earlier claim ("they") is left as it is."""
    found: dict[Side, list[ActorRef]] = {"initiator": [], "target": []}
    for side, other in (_SIDES, _SIDES[::-1]):
        for ref in ruled.of(side):
            here, there = candidate.share(side, ref.span), candidate.share(other, ref.span)
            near = any(view.sentence.span.overlaps(ref.span) for view in (candidate.view, *candidate.near))
            if near and there >= _LIKELY and here < _UNLIKELY:
                found[other].append(ref)
            elif not near or max(here, there) >= _NOT_TIED:
                found[side].append(ref)
    initiator = once(found["initiator"])
    names = {ref.name for ref in initiator}
    return Sides(initiator, tuple(ref for ref in once(found["target"]) if ref.name not in names))


def considered_parties(candidate: Candidate, lines: Lines, text: str, side: Side) -> Iterator[tuple[str, Span, float, str]]:
    """Name, characters, probability and origin of every party that could have the side."""
    for actor in (actor for view in candidate.near for actor in view.actors):
        yield actor.name, actor.span, candidate.share(side, actor.span), actor.by
    for party in _parties(candidate, lines, text, side):
        if party.ref is None:
            by = "pronoun" if party.refers else "description"
            yield party.span.of(text), party.span, candidate.share(side, party.span), by


def _parties(candidate: Candidate, lines: Lines, text: str, side: Side) -> Iterator[Party]:
    """The parties behind each run of words that has the side: those that the lexicon knows, else an entity, else the words."""
    known = [actor for view in candidate.near for actor in view.actors]
    view = plain_view(text)
    for actor in known:
        hung = lines.hangs(actor.span)
        least = _LIKELY_BY_GRAMMAR if hung is not None and hung.relation in _STANDS[side] else _LIKELY_KNOWN
        if candidate.share(side, actor.span) >= least:
            yield Party(_ref(actor, text), actor.span)
    for run in lines.runs(candidate, side, _LIKELY):
        if any(a.span.overlaps(run) for a in known):
            continue
        entity = next((e for e in lines.at(run.start).entities if e.span.overlaps(run)), None)
        span = cover([run, entity.span]) if entity is not None and len(entity.span) <= 2 * len(run) + 20 else run
        lead = _before_name().match(view, span.start, span.end)
        span = Span(lead.end(), span.end) if lead and lead.end() < span.end else span
        name = " ".join(span.of(text).split())
        if not any(c.isalpha() for c in name):
            continue
        pronoun = name.lower() in party_words().references | party_words().both or bool(_headless().fullmatch(name.lower()))
        yield Party(None, span, refers=pronoun)


def _antecedents(pronoun: Span, candidate: Candidate, around: Around, text: str, side: Side) -> Sequence[ActorRef]:
    """The parties that a pronoun stands for: the one right before a relative, the speaker's own for "we", else the likeliest of
    those before."""
    word = " ".join(pronoun.of(text).lower().split())
    if word in party_words().both:
        return [replace(_ref(a, text), by="reference") for a in both_sides(pronoun, around.cast)]
    if word in party_words().relatives:
        before = [a for v in candidate.near for a in v.actors if a.span.end <= pronoun.start]
        return [_ref(a, text) for a in before[-1:]]
    if word in party_words().speaking:
        return speaking(around.source, around.cast, pronoun, text)
    if word in party_words().persons and side == "initiator":
        return []  # a person is no party, but can be one of those who suffer
    reference = Reference(pronoun, word, word not in party_words().references, candidate.view.number)
    found = antecedent(reference, side, around.cast, _sided(around.last, side))
    return [replace(_ref(found, text), by="reference")] if found is not None else []


def _sided(last: Sides | None, side: Side) -> Sided:
    """The names of the claim before, on the side and on the other."""
    if last is None:
        return Sided()
    other = last.target if side == "initiator" else last.initiator
    return Sided(frozenset(r.name for r in last.of(side)), frozenset(r.name for r in other))


_AGAINST = re.compile(r"\bagainst(?: the| suspected| alleged)? $")


def _side(candidate: Candidate, span: Span, text: str) -> Side:
    if _AGAINST.search(plain_view(text)[max(0, span.start - 24) : span.start].lower()):
        return "target"
    return "initiator" if candidate.share("initiator", span) >= candidate.share("target", span) else "target"


def _ref(actor: ActorMention, text: str) -> ActorRef:
    return ActorRef(name=actor.name, kind=actor.kind, words=actor.span.of(text), span=actor.span, by=actor.by)


def without_bystanders(found: Sides, event_type: str, text: str) -> Sides:
    """Whom an act is to help has no side in it. Civilians who demonstrate are protesters; they do not initiate acts of force:
    where they seem to, "men" were read for those that the words tell of."""
    view = plain_view(text)
    found = Sides(*(tuple(r for r in refs if not _is_helped(r, view)) for refs in found))
    if event_type in party_words().acts_of_protesters:
        hurt = once([_as_protesters(r) for r in found.target]) if event_type == "protest" else found.target
        return Sides(once([_as_protesters(r) for r in found.initiator]), hurt)
    if event_type in party_words().acts_of_civilians:
        return found
    return Sides(tuple(r for r in found.initiator if r.kind != "civilians"), found.target)


def _as_protesters(ref: ActorRef) -> ActorRef:
    return replace(ref, name="protesters", kind="people") if ref.kind == "civilians" else ref


def _is_helped(ref: ActorRef, view: str) -> bool:
    return bool(_helping().search(view, max(0, ref.span.start - _HELP_REACH), ref.span.start))


@cache
def _helping() -> re.Pattern[str]:
    words = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(party_words().helping))
    return re.compile(rf"\b(?:{words})(?:\s+(?:the|its|their|our|government|forces|of|local))*\s+$", re.IGNORECASE)


def references(actors: Sequence[ActorMention], text: str) -> tuple[ActorRef, ...]:
    """One reference for each name, at its first mention."""
    refs: dict[str, ActorRef] = {}
    for actor in actors:
        refs.setdefault(actor.name, _ref(actor, text))
    return tuple(refs.values())


def once(found: Sequence[ActorRef]) -> tuple[ActorRef, ...]:
    """One reference for each name, at its first mention."""
    refs: dict[str, ActorRef] = {}
    for ref in sorted(found, key=lambda ref: ref.span):
        refs.setdefault(ref.name, ref)
    return tuple(refs.values())
