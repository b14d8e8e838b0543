"""The figures of a claim: the quantities that the engine ties to it, with what was done to what."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from dateline.claims.candidates import Candidate, best
from dateline.claims.leanings import setting_of
from dateline.claims.number_leanings import NONE, leaning, number_signs
from dateline.claims.views import SentenceView
from dateline.model import ActorRef, CountedWord, Figure, QuantityMention, Shares, Span, plain_view
from dateline.model.actor import ActorKind

_LIKELY = 0.3  # that a number belongs to a claim
_SURE = 0.6  # probability of a measure below which a number is left unread: a wrong figure is worse than none
_HEARD, _HEARD_OF_ONE = 0.3, 0.6  # share that the engine itself must give to a measure that no rule gives
_CERTAIN = 0.9  # from here on the measure of the engine and the words counts for more than the rules'
_PLAIN, _OTHER = 0.55, 0.8  # the same of who "people" are, and of what another thing is
_TAKING_PART = ("deployed", "strength")


_STATES: frozenset[ActorKind] = frozenset({"state_force", "police", "government", "coalition", "international"})
_REBELS: frozenset[ActorKind] = frozenset({"armed_group"})
_THEIRS = {"security_force": _STATES, "militant": _REBELS, "militant_leader": _REBELS, "supporter": _REBELS}
"""Whose such persons can be: no soldier belongs to the militants that the claim names."""


class Counted:
    """What the engine and the words beside them say of the numbers of a report."""

    def __init__(self, words: Sequence[CountedWord], views: Sequence[SentenceView], text: str) -> None:
        self._words = {word.span.start: word for word in words}
        self._starts = sorted(self._words)
        self._mentions = {mention.span: (mention, view) for view in views for mention in view.quantities}
        self._setting, self._text = setting_of(views), text
        self._weighed: dict[Span, CountedWord | None] = {}

    def of(self, span: Span) -> CountedWord | None:
        """The surest word of a number's phrase, its shares weighed with what the words lean to."""
        if span not in self._weighed:
            first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
            found = [self._words[start] for start in self._starts[first:last]]
            word = min(found, key=lambda word: (word.measure.get(NONE, 0.0), word.span), default=None)
            self._weighed[span] = self._leant(word, *self._mentions[span]) if word and span in self._mentions else word
        return self._weighed[span]

    def hears(self, mention: QuantityMention, measure: str) -> bool:
        """Whether the engine itself gives weight to a measure of a number, more where only an article counts."""
        first, last = bisect_left(self._starts, mention.span.start), bisect_left(self._starts, mention.span.end)
        alike = _TAKING_PART if measure in _TAKING_PART else (measure,)
        words = [self._words[start] for start in self._starts[first:last]]
        least = _HEARD_OF_ONE if mention.quantity.article else _HEARD
        return any(sum(word.measure.get(name, 0.0) for name in alike) >= least for word in words)

    def _leant(self, word: CountedWord, mention: QuantityMention, view: SentenceView) -> CountedWord:
        signs = number_signs(mention, view, self._setting, self._text)
        return replace(word, measure=leaning("measure", word.measure, signs), object=leaning("object", word.object, signs))


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
    near = [q for v in candidate.near for q in v.quantities]
    for mention in near:
        if taken.get(mention.span) != candidate.trigger.span or is_whole(mention, near, text) or is_sentence(mention, text):
            continue
        figure = _figure(mention, counted, candidate, sides, text)
        if figure is not None and not any(figure.span.overlaps(f.span) or says_twice(figure, f) for f in found):
            found.append(as_part(figure, found, text))
    return tuple(found)


_OF = re.compile(r" (?:out )?of (?:(?:the|those|these|its|their) )?(?:[\w-]+(?: [\w-]+)?'s? )?")


def is_whole(mention: QuantityMention, quantities: Sequence[QuantityMention], text: str) -> bool:
    """ "41 of 64 drones", "300 of the camp's 1,200 tents": what was done to the part was not done to the whole."""
    start = mention.span.start
    return any(q.span.end < start and _OF.fullmatch(plain_view(text), q.span.end, start) for q in quantities)


_PRISON = re.compile(
    r"(?:'|'s)? (?:in|of|behind) (?:prison|jail|bars|custody|imprisonment|hard labou?r)\b|'? imprisonment\b", re.IGNORECASE
)


def is_sentence(mention: QuantityMention, text: str) -> bool:
    """ "15 years in prison": a court's measure, and not how long anything lasted."""
    return mention.quantity.object == "time" and bool(_PRISON.match(plain_view(text), mention.span.end))


def says_twice(figure: Figure, other: Figure) -> bool:
    """What a claim says twice in the same words is said once."""
    return figure.measure == other.measure and figure.words.lower().split() == other.words.lower().split()


_GATHERINGS = frozenset({"protest", "riot"})


def _measure(shares: Shares, candidate: Candidate) -> tuple[str, float]:
    """The likeliest measure. Who takes part in a deed is told as strength or as deployment: what the engine gives to both is for
    the one that goes with the deed, strength for a gathering."""
    both = sum(shares.get(name, 0.0) for name in _TAKING_PART)
    measure = best(shares)
    if candidate.kind != "incident" or measure not in _TAKING_PART:
        return measure, shares[measure]
    return "strength" if best(candidate.trigger.event_type) in _GATHERINGS else "deployed", both


def _figure(
    mention: QuantityMention, counted: Counted, candidate: Candidate, sides: Sequence[ActorRef], text: str
) -> Figure | None:
    word = counted.of(mention.span)
    if word is None:
        return None
    measure, share = _measure(word.measure, candidate)
    quantity = mention.quantity
    if measure == NONE or share < _SURE or not counted.hears(mention, measure):
        return None
    thing = best(word.object)
    if quantity.object and word.object[thing] < _OTHER:
        thing = quantity.object
    if thing == NONE:
        return None
    return Figure(
        low=quantity.low, best=quantity.best, high=quantity.high, measure=measure, object=thing, unit=quantity.unit,
        of=_owner(mention, sides, thing), part_of=None, words=mention.span.of(text), span=mention.span,
        rule=f"head:{share:.2f}",
    )  # fmt: skip


_IN_ROW = re.compile(r"(?:,|,? and|,? or) ")


def reread(figures: Sequence[Figure], counted: Counted, text: str) -> list[Figure]:
    """The figures of the rules as the engine sees them where it is very sure; but what stands in one row behind one act had the
    same done to it: "killed five officers and three drivers and hurt 17"."""
    found: list[Figure] = []
    last: tuple[Figure, Figure] | None = None  # by rule, and as it was read again
    for figure in figures:
        again = _reread(figure, counted)
        if again is not None and last is not None and last[0].rule == figure.rule and last[0].measure == last[1].measure:
            row = _IN_ROW.fullmatch(plain_view(text), last[0].span.end, figure.span.start)
            again = replace(again, measure=figure.measure, rule=figure.rule) if row else again
        if again is not None:
            found.append(again)
            last = (figure, again)
    return found


def _reread(figure: Figure, counted: Counted) -> Figure | None:
    """A figure of the rules as the engine sees it where it is very sure: of the measure, of who "people" are, or that the number
    is no figure (then None)."""
    word = counted.of(figure.span)
    if word is None:
        return figure
    measure, thing = best(word.measure), best(word.object)
    if measure == NONE:
        return None if word.measure[measure] >= _CERTAIN else figure
    if measure != figure.measure and word.measure[measure] >= _CERTAIN and not figure.rule.startswith(_OWN_MEASURE):
        figure = replace(figure, measure=measure, rule=f"{figure.rule}+head:{word.measure[measure]:.2f}")
    if figure.object != thing and word.object[thing] >= (_PLAIN if figure.object == "person" else _OTHER):
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


_IN_BRACKET = re.compile(r" ?\([^()]*")
_OWN_MEASURE = "measure.noun"  # the rule of figures whose own words say what was done: "22 abducted"


def with_parts(figures: tuple[Figure, ...], text: str) -> tuple[Figure, ...]:
    """The figures with their wholes: "six women were among the wounded", "41 killed (24 men, 17 women)", "ten dead, among them
    four children"."""
    found: list[Figure] = []
    for figure in figures:
        found.append(_in_bracket(figure, found, text) or _part(figure, found, text))
    return tuple(found)


def _part(figure: Figure, found: Sequence[Figure], text: str) -> Figure:
    same = [f for f in found if f.measure == figure.measure]
    if figure.part_of is not None:
        kept = any(f.words == figure.part_of for f in same)
        return figure if kept else as_part(replace(figure, part_of=None), same, text)
    if same and _AMONG.match(plain_view(text), figure.span.end):
        return replace(figure, part_of=same[0].words, rule=f"{figure.rule}+part")
    return as_part(figure, same, text)


def _in_bracket(figure: Figure, found: Sequence[Figure], text: str) -> Figure | None:
    """A figure in the brackets right behind another: what was done to the whole was done to its parts."""
    wholes = [f for f in found if _IN_BRACKET.fullmatch(plain_view(text), f.span.end, figure.span.start)]
    if not wholes or figure.rule.startswith(_OWN_MEASURE) or figure.unit != wholes[-1].unit:
        return None
    whole = wholes[-1]
    if figure.low is None or (whole.high is not None and figure.low > whole.high):
        return None
    return replace(figure, measure=whole.measure, part_of=whole.words, rule=f"{whole.rule}+part")


def as_part(figure: Figure, found: Sequence[Figure], text: str) -> Figure:
    """ "22 killed, including three leaders": the three are a part of the 22."""
    for whole in reversed(found):
        between = plain_view(text)[whole.span.end : figure.span.start].lower()
        if whole.measure == figure.measure and re.search(r"\b(including|among them|of whom|of which|among whom)\b", between):
            return replace(figure, part_of=whole.words, rule=f"{figure.rule}+part")
    return figure
