"""Readings made by hand, so that adaptors are tested apart from the engine."""

from datetime import date
from typing import Any

from dateline.model import (
    ActMention,
    ActorMention,
    ActorRef,
    Claim,
    Figure,
    Interval,
    Mention,
    Place,
    PlaceMention,
    PlaceRef,
    Quantity,
    QuantityMention,
    Reading,
    Sentence,
    Span,
    SpeakerMention,
    TimeMention,
    claim_id,
    report_of,
)
from dateline.model.actor import ActorKind, ReadBy

TORBAL = Place(id="9001", name="Torbal", kind="settlement", lat=4.5, lon=-70.5, country="CO", admin1="Meta")
"""A town that does not exist, in a country that does."""


class Made:
    """A text, and records of it that find their own spans."""

    def __init__(self, text: str, **known: Any) -> None:
        self.text = text
        self.report = report_of(text, **known)

    def span(self, words: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def actor(self, words: str, name: str, kind: ActorKind, by: ReadBy = "name") -> ActorMention:
        return ActorMention(span=self.span(words), name=name, kind=kind, by=by)

    def actor_ref(self, words: str, name: str, kind: ActorKind, by: ReadBy = "name") -> ActorRef:
        return ActorRef(name=name, kind=kind, words=words, span=self.span(words), by=by)

    def place(self, words: str, place: Place | None = None, **more: Any) -> PlaceMention:
        return PlaceMention(span=self.span(words), words=words, place=place, **more)

    def place_ref(self, words: str, place: Place | None = None) -> PlaceRef:
        return PlaceRef(words=words, span=self.span(words), place=place)

    def time(self, words: str) -> TimeMention:
        return TimeMention(span=self.span(words), interval=self.interval(words))

    def interval(self, words: str, day: date | None = None) -> Interval:
        return Interval(span=self.span(words), words=words, start=day, end=day, precision="day")

    def quantity(self, words: str, number: str, noun: str, counted: str, n: float, article: bool = False) -> QuantityMention:
        whole = self.span(words)
        start, at = whole.start + words.index(number), whole.start + words.index(noun)
        quantity = Quantity(
            span=whole,
            number=Span(start, start + len(number)),
            noun=Span(at, at + len(noun)),
            low=n,
            best=n,
            high=n,
            object=counted,
            article=article,
        )
        return QuantityMention(span=whole, quantity=quantity)

    def speaker(self, words: str, speaker: str) -> SpeakerMention:
        return SpeakerMention(span=self.span(words), speaker=speaker, role=None, organisation=None, type="military")

    def act(self, words: str, act: str, event_type: str, measure: str | None = None) -> ActMention:
        return ActMention(span=self.span(words), act=act, event_type=event_type, measure=measure)

    def figure(self, words: str, n: float, measure: str, counted: str) -> Figure:
        return Figure(
            low=n,
            best=n,
            high=n,
            measure=measure,
            object=counted,
            unit=None,
            of=None,
            part_of=None,
            words=words,
            span=self.span(words),
        )

    def claim(self, evidence: str, kind: Any = "incident", **more: Any) -> Claim:
        spans = (self.span(evidence),)
        return Claim(id=claim_id(self.report.id, kind, spans), report_id=self.report.id, kind=kind, evidence=spans, **more)

    def reading(self, *mentions: Mention, claims: tuple[Claim, ...] = ()) -> Reading:
        sentence = Sentence(Span(0, len(self.text)), "body", 0)
        return Reading(report=self.report, sentences=(sentence,), mentions=mentions, claims=claims)
