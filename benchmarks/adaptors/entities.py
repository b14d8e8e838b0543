"""`entities`: mentions as typed spans, in the categories of dstl/re3d (mappings/re3d.yaml)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from adaptors.document import Document
from adaptors.mapping import load
from adaptors.task import Task
from dateline.model import ActorMention, PlaceMention, QuantityMention, Reading, Span, SpeakerMention, TimeMention, plain_view

Entity = tuple[Span, str]


class Mapping(Struct, frozen=True):
    """The file mappings/re3d.yaml."""

    actors: dict[str, str]
    places: dict[str, str]
    objects: dict[str, str]
    articles: list[str]
    pronouns: dict[str, str]


@cache
def mapping() -> Mapping:
    """The mapping."""
    return load("re3d", Mapping)


@cache
def article() -> re.Pattern[str]:
    """An article that ends where a noun phrase begins."""
    return re.compile(rf"\b(?:{'|'.join(mapping().articles)}) +$")


def entities_of(reading: Reading) -> list[Entity]:
    """The reading's mentions as entities, each span and type once, in reading order."""
    view = plain_view(reading.report.text).lower()
    found = {*from_mentions(reading, view), *speakers(reading), *pronouns(view)}
    return sorted(found)


def from_mentions(reading: Reading, view: str) -> Iterator[Entity]:
    """Actors, places, times and quantities."""
    kinds = mapping()
    for mention in reading.mentions:
        match mention:
            case ActorMention(span=span, kind=kind) if kind in kinds.actors:
                yield with_article(span, view), kinds.actors[kind]
            case PlaceMention(span=span, use=use) if use in kinds.places:
                yield span, kinds.places[use]
            case TimeMention(span=span):
                yield span, "Temporal"
            case QuantityMention():
                yield from quantity(mention, view)
            case _:
                pass


def quantity(mention: QuantityMention, view: str) -> Iterator[Entity]:
    """The number, and the phrase of what it counts; an amount of money is one entity."""
    counted = mention.quantity
    if counted.object == "money":
        yield counted.span, "Money"
        return
    if not counted.article:
        yield counted.number, "Quantity"
    kind = mapping().objects.get(counted.object or "")
    if kind and counted.noun:
        start = counted.number.start if counted.article else counted.number.end
        phrase = view[start : counted.noun.end]
        yield Span(start + len(phrase) - len(phrase.lstrip()), counted.noun.end), kind


def speakers(reading: Reading) -> Iterator[Entity]:
    """Persons who are quoted: the part of the mention that names them."""
    text = reading.report.text
    for mention in reading.mentions:
        if isinstance(mention, SpeakerMention) and mention.speaker:
            start = mention.span.of(text).find(mention.speaker)
            if start >= 0:
                yield Span(mention.span.start + start, mention.span.start + start + len(mention.speaker)), "Person"


def pronouns(view: str) -> Iterator[Entity]:
    """Pronouns that stand for a person or a body."""
    kinds = mapping().pronouns
    for found in re.finditer(rf"\b(?:{'|'.join(kinds)})\b", view):
        yield Span(*found.span()), kinds[found.group()]


def with_article(span: Span, view: str) -> Span:
    """The span with the article before it."""
    before = article().search(view, max(0, span.start - 10), span.start)
    return Span(before.start(), span.end) if before else span


def answer(document: Document) -> dict[str, Any]:
    """The entities of one document."""
    found = entities_of(document.read())
    return {"id": document.id, "entities": [{"start": s.start, "end": s.end, "type": kind} for s, kind in found]}


TASK = Task("entities", answer)
