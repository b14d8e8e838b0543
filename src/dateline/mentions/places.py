"""Finds places: where each name stands, which place of the gazetteer it means, and how it is used."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from msgspec.structs import replace

from dateline.gazetteer.data import current
from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import area, place_of
from dateline.gazetteer.rank import Asked, Scored, choose
from dateline.lexicon.places import place_words
from dateline.mentions.place_names import spots_in
from dateline.mentions.place_uses import not_places, persons_in
from dateline.mentions.place_words import Spot, part_of_country_pattern, tokens_of, words_of
from dateline.model import Mention, PlaceCandidate, PlaceMention, Reading, Sentence, Span, plain_view
from dateline.pipeline import stage

_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n[ \t]*\r?\n|\s*\Z)", re.DOTALL)
_LISTED = 3
"""Candidates that a mention keeps, best first."""
_MARGIN = 0.05
"""A place must lead the next by this much, in powers of ten; else the name stays unresolved."""
_ADJECTIVE_WEIGHT = 0.5
_MOST_COUNTED = 3
_UNREAD = frozenset({"furniture", "comments", "teaser", "via"})


@stage(needs={"sentences", "parse"}, adds={"places"})
def find_places(reading: Reading) -> Reading:
    """Append a PlaceMention for each place name of the sentences; without sentences the whole text is one."""
    text = reading.report.text
    spans = [sentence.span for sentence in reading.sentences if _is_read(sentence)]
    found = _mentions(text, spans if reading.sentences else [Span(0, len(text))])
    added = _from_entities(reading, found)
    every: list[Mention] = sorted([*found, *added], key=lambda mention: mention.span)
    return replace(reading, mentions=(*reading.mentions, *every), gazetteer=current().stamps)


def _from_entities(reading: Reading, found: list[PlaceMention]) -> Iterator[PlaceMention]:
    """Names of places that the language engine sees and the gazetteer does not hold: no coordinates."""
    text, view = reading.report.text, plain_view(reading.report.text)
    taken = [mention.span for mention in found]
    for sentence in reading.parse.sentences if reading.parse else ():
        for entity in sentence.entities:
            span = _without_article(view, entity.span)
            if entity.type != "Location" or any(span.overlaps(other) for other in taken) or not _HAS_NAME.search(span.of(view)):
                continue
            yield PlaceMention(span=span, words=span.of(text), place=None, use="entity", name=span)


_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_HAS_NAME = re.compile(r"\b[A-Z][\w']")


def _without_article(view: str, span: Span) -> Span:
    article = _ARTICLE.match(view, span.start, span.end)
    return Span(article.end(), span.end) if article else span


def places_in(text: str) -> tuple[PlaceMention, ...]:
    """The place names of a text on its own, demonyms included; its paragraphs serve as sentences."""
    return tuple(_mentions(text, _paragraphs(text)))


def _is_read(sentence: Sentence) -> bool:
    return sentence.region not in _UNREAD


def _paragraphs(text: str) -> list[Span]:
    """Stretches of the text between blank lines."""
    return [Span(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]


class _Named(NamedTuple):
    """All spots of one report that bear the same name, with the areas that any of them is put into."""

    spots: list[Spot]
    areas: set[Entry]


def _mentions(text: str, spans: list[Span]) -> list[PlaceMention]:
    view = plain_view(text)
    low = view.lower()
    spots = _spots(view, low, spans)
    chosen = zip(spots, _choices(spots, view), strict=True)
    cued = {spot.key for spot in spots if not spot.guess}
    mentions = [_mention(text, spot, scored) for spot, scored in chosen if scored or spot.key in cued]
    return sorted([*mentions, *_parts_of_country(text, low, spans, mentions)], key=lambda mention: mention.span)


def _spots(view: str, low: str, spans: list[Span]) -> list[Spot]:
    """All names of places; what is a person's or a weapon's name in one sentence, or a small place's, is so in all."""
    persons = set(not_places(view))
    for span in spans:
        persons |= persons_in(view, tokens_of(view, span.start, span.end))
    known = frozenset(persons)
    found = [spots_in(words_of(view, low, span, known)) for span in spans]
    told = frozenset(spot.name.of(low) for spots in found for spot in spots if _is_told(spot))
    if not told:
        return [spot for spots in found for spot in spots]
    again = re.compile("|".join(re.escape(name) for name in sorted(told)))
    return [
        spot
        for span, spots in zip(spans, found, strict=True)
        for spot in (spots_in(words_of(view, low, span, known, told)) if again.search(low, span.start, span.end) else spots)
    ]


def _is_told(spot: Spot) -> bool:
    """Is it a name that its own cue, and no generic, makes a place?"""
    return spot.fixed is None and spot.use == "scene" and spot.cued and not spot.guess and not spot.kinds


def _parts_of_country(text: str, low: str, spans: list[Span], mentions: list[PlaceMention]) -> Iterator[PlaceMention]:
    """ "The north and west of the country": the country that most of the report's places lie in, if it is more than half."""
    counts = Counter(m.place.country for m in mentions if m.place and m.place.country and m.use in {"scene", "unknown"})
    country, times = counts.most_common(1)[0] if counts else ("", 0)
    whole = area(country) if times * 2 > counts.total() else None
    for span in spans:
        for match in part_of_country_pattern().finditer(low, span.start, span.end):
            words = Span(match.start(1), match.end(1))
            place = place_of(whole, coarse=True) if whole else None
            yield PlaceMention(span=words, words=words.of(text), place=place, use="scene", name=words)


def _choices(spots: list[Spot], view: str) -> list[tuple[Scored, ...]]:
    """The candidates of each spot, best first.  One name means one place throughout a report, said kinds apart."""
    groups: dict[tuple[str, frozenset[str]], _Named] = {}
    keys: list[tuple[str, frozenset[str]]] = []
    for spot, areas in zip(spots, _areas(spots, view), strict=True):
        key = (spot.key, frozenset[str](spot.kinds))
        keys.append(key)
        group = groups.setdefault(key, _Named([], set()))
        group.spots.append(spot)
        group.areas.update(areas)
    asked = [_asked(group) for group in groups.values()]
    scored = dict(zip(groups, choose(asked), strict=True))
    return [scored[key] for key in keys]


def _asked(group: _Named) -> Asked:
    first = group.spots[0]
    weight = float(min(len(group.spots), _MOST_COUNTED))
    if first.fixed is not None:
        return Asked((), fixed=first.fixed, weight=weight * _ADJECTIVE_WEIGHT)
    vague = all(word in place_words().directions for word in first.key.split())
    return Asked(first.candidates, first.kinds, tuple(sorted(group.areas, key=lambda wide: wide.id)), weight, vague=vague)


def _areas(spots: list[Spot], view: str) -> list[tuple[Entry, ...]]:
    """For each spot the areas that the next names put it into: "Albany, Georgia", "Rawa in Anbar province"."""
    areas: list[tuple[Entry, ...]] = []
    for spot, after in zip_longest(spots, spots[1:]):
        gap = " ".join(view[spot.words.end : after.words.start].split()) if after else "?"
        if after is None or gap not in {",", "in", ", in", "of", "(", ", of"}:
            areas.append(())
        else:
            areas.append(_wide(after))
    return areas


def _wide(spot: Spot) -> tuple[Entry, ...]:
    """The countries and provinces that a spot could mean."""
    if spot.use == "adjective":
        return ()
    entries = [spot.fixed] if spot.fixed else [candidate.entry for candidate in spot.candidates]
    return tuple(entry for entry in entries if entry.kind in {"country", "admin1"})


def _mention(text: str, spot: Spot, scored: tuple[Scored, ...]) -> PlaceMention:
    clear = bool(scored) and (len(scored) == 1 or scored[0].score - scored[1].score >= _MARGIN)
    place = place_of(scored[0].entry, coarse=spot.coarse, near=spot.near) if clear else None
    return PlaceMention(
        span=spot.words, words=spot.words.of(text), place=place, use=spot.use, name=spot.name,
        candidates=tuple(PlaceCandidate(place_of(s.entry), round(s.score, 2), s.why) for s in scored[:_LISTED]))  # fmt: skip
