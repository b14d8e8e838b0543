"""The figures of a claim: the quantities that the engine ties to it, with what was done to what."""

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from dateline.claims.candidates import Candidate, best
from dateline.mentions.noun_phrases import PERSONS
from dateline.model import ActorRef, CountedWord, Figure, QuantityMention, Span, plain_view
from dateline.model.actor import ActorKind

_LIKELY = 0.5
_SURE = 0.6  # probability of a measure below which a number is left unread: a wrong figure is worse than none
_CERTAIN, _PLAIN = 0.9, 0.8  # from here on the engine's measure, and its object of "people", count for more than the rules'
_ACT_OBJECTS = frozenset({"strike", "attack", "operation"})


_STATES: frozenset[ActorKind] = frozenset({"state_force", "police", "government", "coalition", "international"})
_REBELS: frozenset[ActorKind] = frozenset({"armed_group"})
_THEIRS = {"security_force": _STATES, "militant": _REBELS, "militant_leader": _REBELS, "supporter": _REBELS}
"""Whose such persons can be: no soldier belongs to the militants that the claim names."""


class Counted:
    """What the engine says of the numbers of a report, by their first characters."""

    def __init__(self, words: Sequence[CountedWord]) -> None:
        self.words = {word.span.start: word for word in words}

    def of(self, span: Span) -> CountedWord | None:
        """The surest word of a number's phrase."""
        found = [word for start, word in self.words.items() if span.start <= start < span.end]
        return min(found, key=lambda word: (word.measure.get("none", 0.0), word.span), default=None)


def taken_by(candidates: Sequence[Candidate], ruled: Sequence[Span]) -> dict[Span, Span]:
    """For each quantity that no rule counts, the trigger of the one claim that the engine most likely ties it to."""
    found: dict[Span, tuple[float, Span]] = {}
    for candidate in candidates:
        for mention in (q for v in candidate.near for q in v.quantities):
            share = candidate.share("figure", mention.span)
            if share >= _LIKELY and share > found.get(mention.span, (0.0, mention.span))[0]:
                found[mention.span] = (share, candidate.trigger.span)
    return {span: trigger for span, (_, trigger) in found.items() if not any(span.overlaps(other) for other in ruled)}


def figures(
    candidate: Candidate, counted: Counted, taken: Mapping[Span, Span], sides: Sequence[ActorRef], text: str
) -> tuple[Figure, ...]:
    """The figures that the engine gives to a claim, left to right. `taken`: which trigger has which quantity."""
    found: list[Figure] = []
    for mention in (q for v in candidate.near for q in v.quantities):
        if taken.get(mention.span) != candidate.trigger.span:
            continue
        figure = _figure(mention, counted, sides, text)
        if figure is not None and not any(figure.span.overlaps(f.span) or says_twice(figure, f) for f in found):
            found.append(as_part(figure, found, text))
    return tuple(found)


def says_twice(figure: Figure, other: Figure) -> bool:
    """What a claim says twice in the same words is said once."""
    return figure.measure == other.measure and figure.words.lower().split() == other.words.lower().split()


def _figure(mention: QuantityMention, counted: Counted, sides: Sequence[ActorRef], text: str) -> Figure | None:
    word = counted.of(mention.span)
    if word is None:
        return None
    measure = best(word.measure)
    if measure == "none" or word.measure[measure] < _SURE:
        return None
    quantity = mention.quantity
    thing = quantity.object or best(word.object)
    if thing == "none":
        return None
    return Figure(
        low=quantity.low, best=quantity.best, high=quantity.high, measure=measure, object=thing, unit=quantity.unit,
        of=_owner(mention, sides, thing), part_of=None, words=mention.span.of(text), span=mention.span,
        rule=f"head:{word.measure[measure]:.2f}",
    )  # fmt: skip


def reread(figure: Figure, counted: Counted) -> Figure | None:
    """A figure of the rules as the engine sees it where it is very sure: of the measure, of who "people" are, or that the number
    is no figure (then None)."""
    word = counted.of(figure.span)
    if word is None:
        return figure
    measure, thing = best(word.measure), best(word.object)
    if measure == "none":
        return None if word.measure[measure] >= _CERTAIN else figure
    if measure != figure.measure and word.measure[measure] >= _CERTAIN:
        figure = replace(figure, measure=measure, rule=f"{figure.rule}+head:{word.measure[measure]:.2f}")
    if figure.object == "person" and thing in PERSONS - {"person"} and word.object[thing] >= _PLAIN:
        figure = replace(figure, object=thing)
    return figure


def _owner(mention: QuantityMention, sides: Sequence[ActorRef], thing: str) -> str | None:
    """The party named in the words of the figure, else the one that the counted persons and things belong to."""
    parties = [r for r in sides if r.kind not in {"civilians", "people"}]
    inside = next((r.name for r in parties if mention.span.overlaps(r.span)), None)
    if inside or thing in {"time", "money", "civilian"}:
        return inside
    return next((r.name for r in parties if r.kind in _THEIRS.get(thing, {r.kind})), None)


_AMONG = re.compile(
    r" (?:were|was|are|is) among (?:them|the (?:dead|victims|wounded|injured|casualties|killed))\b", re.IGNORECASE
)


def with_parts(figures: tuple[Figure, ...], text: str) -> tuple[Figure, ...]:
    """ "Six women were among the wounded": a part of the wounded told before."""
    view, found = plain_view(text), list[Figure]()
    for figure in figures:
        among = figure.part_of is None and _AMONG.match(view, figure.span.end)
        whole = next((f for f in found if f.measure == figure.measure), None) if among else None
        found.append(replace(figure, part_of=whole.words, rule=f"{figure.rule}+part") if whole else figure)
    return tuple(found)


def as_part(figure: Figure, found: Sequence[Figure], text: str) -> Figure:
    """ "22 killed, including three leaders": the three are a part of the 22."""
    for whole in reversed(found):
        between = plain_view(text)[whole.span.end : figure.span.start].lower()
        if whole.measure == figure.measure and re.search(r"\b(including|among them|of whom|of which|among whom)\b", between):
            return replace(figure, part_of=whole.words, rule=f"{figure.rule}+part")
    return figure
