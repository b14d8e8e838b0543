"""Sentences with the mentions that stand in them, sorted by kind."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from dateline.model import (
    READ_REGIONS,
    ActMention,
    ActorMention,
    CueMention,
    Mention,
    PlaceMention,
    QuantityMention,
    Reading,
    Sentence,
    Span,
    SpeakerMention,
    TimeMention,
)

M = TypeVar("M", bound=Mention)


class SentenceView(NamedTuple):
    """A sentence with its mentions, each kind from left to right."""

    number: int
    sentence: Sentence
    acts: tuple[ActMention, ...]
    actors: tuple[ActorMention, ...]
    places: tuple[PlaceMention, ...]
    times: tuple[TimeMention, ...]
    quantities: tuple[QuantityMention, ...]
    cues: tuple[CueMention, ...]
    speakers: tuple[SpeakerMention, ...]


def view_sentences(reading: Reading) -> tuple[SentenceView, ...]:
    """The sentences that are read."""
    mentions = sorted(reading.mentions, key=lambda m: (m.span, type(m).__name__))
    views = []
    first = 0
    for number, sentence in enumerate(reading.sentences):
        while first < len(mentions) and mentions[first].span.start < sentence.span.start:
            first += 1
        last = first
        while last < len(mentions) and mentions[last].span.start < sentence.span.end:
            last += 1
        if sentence.region in READ_REGIONS:
            views.append(_view(number, sentence, mentions[first:last]))
        first = last
    return tuple(views)


def _view(number: int, sentence: Sentence, mentions: Sequence[Mention]) -> SentenceView:
    speakers = _of(mentions, SpeakerMention)
    names = [s.verb for s in speakers if s.verb] + [a.span for a in _of(mentions, ActorMention) if a.by == "name"]
    acts = tuple(a for a in _of(mentions, ActMention) if not any(name.overlaps(a.span) for name in names))
    return SentenceView(
        number, sentence, acts, _of(mentions, ActorMention), _scenes(mentions), _of(mentions, TimeMention),
        _of(mentions, QuantityMention), _of(mentions, CueMention), speakers,
    )  # fmt: skip


def _of(mentions: Sequence[Mention], kind: type[M]) -> tuple[M, ...]:
    return tuple(m for m in mentions if isinstance(m, kind))


def _scenes(mentions: Sequence[Mention]) -> tuple[PlaceMention, ...]:
    """The places that something could have happened at: not the ends of a road."""
    return tuple(m for m in _of(mentions, PlaceMention) if m.use != "landmark")


_EDGE = re.compile(r"^[\s,;:.\"'()-]*(?:according to [^,]{2,60}, )?(?:(?:(?:[a-z]+ing )?that|and|but|while|adding)\b[\s,:]*)*")
_STOP = re.compile(r"(?<=[^\s.]{2})\.$")  # behind a sentence; not that of "Sgt. A." or "3 p.m."
_TAIL = re.compile(r"(?:, according to [^,]{2,60})?[\s,;:\"'-]*(?:\b(?:and|but|that|while)[\s,]*)?[\s,;:\"'-]*$")


def trim(view: str, span: Span) -> Span | None:
    """`span` without the commas, quotation marks and links at its edges; None where nothing is left."""
    words = _STOP.sub("", view[span.start : span.end])
    start = span.start + len(_EDGE.match(words).group())  # type: ignore[union-attr]
    tail = _TAIL.search(words)
    end = span.start + (tail.start() if tail else len(words))
    return Span(start, end) if end - start > 2 else None
