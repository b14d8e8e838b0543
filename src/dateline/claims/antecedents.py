"""Whom "they", "it" and "we" stand for: one of the parties that the report names or describes before."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, NamedTuple

from dateline.claims.views import SentenceView
from dateline.model import ActorMention, ActorRef, Source, SourceType, Span, cover
from dateline.model.actor import ActorKind

Side = Literal["initiator", "target"]

_BACK = 8  # mentions that a pronoun can go back over
_STEP, _SENTENCE, _FIRST, _ARMED, _SAME_SIDE = 0.3, 1.0, 1.0, 2.0, 1.0
"""Weights, set on the corpus's train part, where they find 56 of 100 parties of pronouns: what is lost with each mention and each
sentence between, and what is gained by the first party of a sentence, by one that can fight (for who acts), and by the one that
had the same side in the claim before."""
_BODIES: dict[SourceType, ActorKind] = {
    "military": "state_force", "police": "police", "armed_group": "armed_group", "official": "government",
    "international": "international",
}  # fmt: skip
_UNARMED = frozenset({"civilians", "people", "unknown"})


class Cast(NamedTuple):
    """The parties of a report in the order of the text: mentions, where they begin, the numbers of their sentences."""

    actors: tuple[ActorMention, ...]
    starts: tuple[int, ...]
    sentences: tuple[int, ...]

    def first_of_sentence(self, i: int) -> bool:
        return i == 0 or self.sentences[i - 1] != self.sentences[i]


def cast_of(views: Sequence[SentenceView]) -> Cast:
    found = [(actor, view.number) for view in views for actor in view.actors]
    return Cast(tuple(a for a, _ in found), tuple(a.span.start for a, _ in found), tuple(n for _, n in found))


def antecedent(pronoun: Span, sentence: int, side: Side, cast: Cast, before: Sequence[ActorRef]) -> ActorMention | None:
    """The likeliest party that a pronoun in a sentence stands for. `before`: who has the side in the claim before."""
    last = bisect_left(cast.starts, pronoun.start)
    names = {ref.name for ref in before}

    def weight(i: int) -> float:
        actor = cast.actors[i]
        return (
            -_STEP * (last - 1 - i)
            - _SENTENCE * (sentence - cast.sentences[i])
            + _FIRST * cast.first_of_sentence(i)
            + _ARMED * (side == "initiator" and actor.kind not in _UNARMED)
            + _SAME_SIDE * (actor.name in names)
        )

    near = range(last - 1, max(-1, last - 1 - _BACK), -1)
    found = max(near, key=weight, default=None)
    return cast.actors[found] if found is not None else None


def both_sides(words: Span, cast: Cast) -> tuple[ActorMention, ...]:
    """The two parties that can fight which were named last before "both sides"; none where there is but one."""
    found: dict[str, ActorMention] = {}
    for i in range(bisect_left(cast.starts, words.start) - 1, -1, -1):
        actor = cast.actors[i]
        if actor.kind not in _UNARMED:
            found.setdefault(actor.name, actor)
        if len(found) == 2:
            return tuple(reversed(found.values()))
    return ()


def speaking(source: Source, cast: Cast, text: str) -> tuple[ActorRef, ...]:
    """Whom "we" stands for: the party in the words that name the speaker, else the body that he speaks for."""
    named = [a for a in cast.actors if any(a.span.overlaps(span) for span in source.spans)]
    refs = [ActorRef(name=a.name, kind=a.kind, words=a.span.of(text), span=a.span, by="reference") for a in named]
    kind = _BODIES.get(source.type)
    if not refs and kind is not None and source.organisation and source.spans:
        whole = cover(source.spans)
        refs = [ActorRef(name=source.organisation, kind=kind, words=whole.of(text), span=whole, by="reference")]
    return tuple(refs)
