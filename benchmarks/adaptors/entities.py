"""`entities`: mentions as typed spans, in the categories of dstl/re3d (mappings/re3d.yaml)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from adaptors.document import Document
from adaptors.mapping import load
from adaptors.task import Task
from dateline.model import (
    ActorMention,
    PlaceMention,
    QuantityMention,
    Reading,
    Span,
    SpeakerMention,
    TimeMention,
    plain_view,
)

Entity = tuple[Span, str]
TITLES = re.compile(r"(?:\b(?:Lt|Gen|Maj|Col|Capt|Brig|Adm|Sgt|Spc|Dr|Mr|Mrs|Ms)\. +|\b[A-Z][\w-]+ +(?:of +)?)+$")
"""What stands before a name: "Lt. Gen. ", "Deputy Secretary of State "."""


class Mapping(Struct, frozen=True):
    """The file mappings/re3d.yaml."""

    actors: dict[str, str]
    places: dict[str, str]
    objects: dict[str, str]
    nouns: dict[str, str]
    articles: list[str]
    before_times: list[str]
    before_numbers: list[str]
    pronouns: dict[str, str]


@cache
def mapping() -> Mapping:
    """The mapping."""
    return load("re3d", Mapping)


def entities_of(reading: Reading) -> list[Entity]:
    """The reading's mentions as entities, in reading order: each span and type once, none inside a longer one."""
    view = plain_view(reading.report.text)
    found = {*from_mentions(reading, view.lower()), *persons(reading, view), *pronouns(view.lower())}
    return [entity for entity in sorted(found) if not inside(entity, found)]


def inside(entity: Entity, others: Iterable[Entity]) -> bool:
    """Whether a longer entity contains this one: re3d keeps the longest of those that overlap."""
    return any(other.contains(entity[0]) and other != entity[0] for other, _ in others)


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
                yield without(span, kinds.before_times, view), "Temporal"
            case QuantityMention():
                yield from quantity(mention, view)
            case _:
                pass


def quantity(mention: QuantityMention, view: str) -> Iterator[Entity]:
    """The number (with its unit), and the phrase of what it counts; an amount of money is one entity."""
    counted = mention.quantity
    if counted.object == "money" or counted.unit:
        yield without(counted.span, mapping().before_numbers, view), "Money" if counted.object == "money" else "Quantity"
        return
    if not counted.article:
        yield without(counted.number, mapping().before_numbers, view), "Quantity"
    if counted.noun and (kind := noun_kind(counted.noun.of(view), counted.object)):
        start = counted.number.start if counted.article else counted.number.end
        yield without(Span(start, counted.noun.end), ("of", ""), view), kind


def noun_kind(noun: str, counted: str | None) -> str | None:
    """The type of what is counted, by its last words or by its object."""
    by_noun = (kind for words, kind in mapping().nouns.items() if noun == words or noun.endswith(f" {words}"))
    return next(by_noun, mapping().objects.get(counted or ""))


def persons(reading: Reading, view: str) -> Iterator[Entity]:
    """Persons who are quoted, wherever they are named: with the titles before the name, later by the surname."""
    names = {m.speaker for m in reading.mentions if isinstance(m, SpeakerMention) and m.speaker}
    spoken = {plain_view(form) for name in names for form in (name, name.split()[-1]) if form[:1].isupper()}
    if not spoken:
        return
    for found in re.finditer(rf"\b(?:{'|'.join(map(re.escape, sorted(spoken, key=len, reverse=True)))})\b", view):
        titles = TITLES.search(view, max(0, found.start() - 60), found.start())
        yield Span(titles.start() if titles else found.start(), found.end()), "Person"


def pronouns(view: str) -> Iterator[Entity]:
    """Pronouns that stand for a person or a body."""
    kinds = mapping().pronouns
    for found in re.finditer(rf"\b(?:{'|'.join(kinds)})\b", view):
        yield Span(*found.span()), kinds[found.group()]


def with_article(span: Span, view: str) -> Span:
    """The span with the article before it."""
    before = re.compile(rf"\b(?:{'|'.join(mapping().articles)}) +$").search(view, max(0, span.start - 10), span.start)
    return Span(before.start(), span.end) if before else span


def without(span: Span, words: Iterable[str], view: str) -> Span:
    """The span without the words that it begins with."""
    first = re.compile(rf"(?:(?:{'|'.join(words)}) +)+").match(view, span.start, span.end)
    return Span(first.end(), span.end) if first and first.end() < span.end else span


def answer(document: Document) -> dict[str, Any]:
    """The entities of one document."""
    found = entities_of(document.read())
    return {"id": document.id, "entities": [{"start": s.start, "end": s.end, "type": kind} for s, kind in found]}


TASK = Task("entities", answer)
