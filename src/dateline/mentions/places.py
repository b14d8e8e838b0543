"""Finds places: where each name stands, which place of the gazetteer it means, and how it is used."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from dateline.gazetteer.data import current
from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import Candidate, area, find_alike
from dateline.gazetteer.names import ARABIC_COUNTRIES
from dateline.gazetteer.rank import Asked, Scored, choose
from dateline.gazetteer.record import part_of, place_of
from dateline.lexicon.places import place_words
from dateline.mentions.place_measured import measured
from dateline.mentions.place_names import spot_at, spots_in
from dateline.mentions.place_uses import not_places, persons_in
from dateline.mentions.place_words import Row, Spot, part_of_country_pattern, read_lexicon, rows_of, sides_in, words_of
from dateline.model import Mention, Place, PlaceCandidate, PlaceMention, Reading, Sentence, Span, plain_view
from dateline.pipeline import stage

_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n[ \t]*\r?\n|\s*\Z)", re.DOTALL)
_LISTED = 3
"""Candidates that a mention keeps, best first."""
_IN = re.compile(r"\s*(?:,|of|\(|(?:,\s+)?in|,\s+of)\s*")
"""What may stand between a place and the area that it lies in."""
_OWNING = re.compile(r"\s*'s\s*")
_MARGIN = 0.05
"""A place must lead the next by this much, in powers of ten; else the name stays unresolved."""
_ADJECTIVE_WEIGHT = 0.5
_VILLAGE, _NEARLY = 3.5, 0.9
"""Powers of ten of people below which a place is a village; likeness of two spellings of one name."""
_MOST_COUNTED = 3
_UNREAD = frozenset({"furniture", "comments", "teaser", "via"})


@stage(needs={"sentences", "parse"}, adds={"places"})
def find_places(reading: Reading) -> Reading:
    """Append a PlaceMention for each place name of the sentences; without sentences the whole text is one."""
    text = reading.report.text
    spans = [sentence.span for sentence in reading.sentences if _is_read(sentence)]
    view = plain_view(text)
    found = _mentions(text, view, spans if reading.sentences else [Span(0, len(text))])
    added = _from_entities(reading, view, found)
    every: list[Mention] = sorted([*found, *added], key=lambda mention: mention.span)
    return replace(reading, mentions=(*reading.mentions, *every), gazetteer=current().stamps)


def _from_entities(reading: Reading, view: str, found: list[PlaceMention]) -> Iterator[PlaceMention]:
    """Names of places that the language engine sees and the gazetteer does not hold: no coordinates."""
    text = reading.report.text
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
    return tuple(_mentions(text, plain_view(text), _paragraphs(text)))


def places_at(text: str, names: Sequence[Span]) -> tuple[PlaceMention, ...]:
    """What places given names of a text mean, one for each, by their order in the text: they are chosen, and not found.

    For names that somebody marked.  `place` is None where none fits well enough.
    """
    view = plain_view(text)
    low = view.lower()
    paragraphs = _paragraphs(text)
    spots: list[Spot] = []
    for name in sorted(names):
        span = next((paragraph for paragraph in paragraphs if paragraph.contains(name)), Span(0, len(text)))
        spots.append(spot_at(words_of(view, low, span, Row([], [], []), frozenset()), name))
    return tuple(_mention(text, spot, scored) for spot, scored in zip(spots, _choices(spots, view), strict=True))


def _is_read(sentence: Sentence) -> bool:
    return sentence.region not in _UNREAD


def _paragraphs(text: str) -> list[Span]:
    """Stretches of the text between blank lines."""
    return [Span(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]


class _Named(NamedTuple):
    """All spots of one report that bear the same name, with the areas that any of them is put into."""

    spots: list[Spot]
    areas: set[Entry]


def _mentions(text: str, view: str, spans: list[Span]) -> list[PlaceMention]:
    read_lexicon()
    low = view.lower()
    spots = _spots(view, low, spans)
    chosen = zip(spots, _choices(spots, view), strict=True)
    cued = {spot.key for spot in spots if not spot.guess}
    mentions = [_mention(text, spot, scored) for spot, scored in chosen if scored or spot.key in cued]
    return measured(low, text, spans, [*mentions, *_parts_of_country(text, low, spans, mentions)])


def _spots(view: str, low: str, spans: list[Span]) -> list[Spot]:
    """All names of places; what is a person's or a weapon's name in one sentence, or a small place's, is so in all."""
    rows, armed = rows_of(view, spans)
    persons = set(not_places(view, low, armed))
    for row in rows:
        persons |= persons_in(view, row)
    known = frozenset(persons)
    first = [words_of(view, low, span, row, known) for span, row in zip(spans, rows, strict=True)]
    found = [spots_in(words) for words in first]
    told = frozenset(spot.name.of(low) for spots in found for spot in spots if _is_told(spot))
    return [
        spot
        for words, spots in zip(first, found, strict=True)
        for spot in (spots if words.asked.isdisjoint(told) else spots_in(replace(words, places=told)))
    ]


def _is_told(spot: Spot) -> bool:
    """Is it a name that its own cue, and no generic, makes a place?"""
    return spot.fixed is None and spot.use == "scene" and spot.cued and not spot.guess and not spot.kinds


def _parts_of_country(text: str, low: str, spans: list[Span], mentions: list[PlaceMention]) -> Iterator[PlaceMention]:
    """ "The north and west of the country": the country that most of the report's places lie in, if it is more than half."""
    if "country" not in low:
        return
    counts = Counter(m.place.country for m in mentions if m.place and m.place.country and m.use in {"scene", "unknown"})
    country, times = counts.most_common(1)[0] if counts else ("", 0)
    whole = area(country) if times * 2 > counts.total() else None
    for span in spans:
        for match in part_of_country_pattern().finditer(low, span.start, span.end):
            words = Span(match.start(1), match.end(1))
            place = part_of(whole, sides_in(match.group(1))) if whole else None
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
    areas = tuple(sorted(group.areas, key=lambda wide: wide.id))
    return Asked(_with_alike(first), first.kinds, areas, weight, vague=vague, sure=first.given)


def _with_alike(spot: Spot) -> tuple[Candidate, ...]:
    """The candidates of a spot; where they are villages with Arabic names, larger places of nearly that spelling too.

    A village may happen to be listed under the very spelling that a report uses for a town ("Hawija" for Al-Hawijah).
    """
    own = spot.candidates
    if not own or spot.given or max([c.fame for c in own]) >= _VILLAGE or own[0].entry.country not in ARABIC_COUNTRIES:
        return own
    known = {candidate.entry.id for candidate in own}
    alike = (c for c in find_alike(spot.key) if c.entry.id not in known and c.likeness >= _NEARLY)
    return (*own, *(c for c in alike if c.fame >= _VILLAGE))


def _areas(spots: list[Spot], view: str) -> list[tuple[Entry, ...]]:
    """For each spot the areas that its neighbours put it into: "Albany, Georgia", "Rawa in Anbar province", "Kirkuk's Hawija"."""
    gaps = [(spot.words.end, after.words.start) for spot, after in pairwise(spots)]
    behind = [_wide(after) if _IN.fullmatch(view, *gap) else () for gap, after in zip(gaps, spots[1:], strict=True)]
    before = [_wide(spot) if _OWNING.fullmatch(view, *gap) else () for gap, spot in zip(gaps, spots, strict=False)]
    return [one + other for one, other in zip((*behind, ()), ((), *before), strict=True)] if spots else []


def _wide(spot: Spot) -> tuple[Entry, ...]:
    """The countries and provinces that a spot could mean."""
    if spot.use == "adjective":
        return ()
    entries = [spot.fixed] if spot.fixed else [candidate.entry for candidate in spot.candidates]
    return tuple(entry for entry in entries if entry.kind in {"country", "admin1"})


def _meant(entry: Entry, spot: Spot) -> Place:
    """The place that a spot's words mean, once it is chosen what its name means."""
    return part_of(entry, spot.sides) if spot.sides else place_of(entry, coarse=spot.coarse, near=spot.near)


def _mention(text: str, spot: Spot, scored: tuple[Scored, ...]) -> PlaceMention:
    clear = bool(scored) and (len(scored) == 1 or scored[0].score - scored[1].score >= _MARGIN)
    place = _meant(scored[0].entry, spot) if clear else None
    return PlaceMention(
        span=spot.words, words=spot.words.of(text), place=place, use=spot.use, name=spot.name,
        candidates=tuple(PlaceCandidate(place_of(s.entry), round(s.score, 2), s.why) for s in scored[:_LISTED]))  # fmt: skip
