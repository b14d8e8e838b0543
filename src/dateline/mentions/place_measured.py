"""Places that are told by their distance, direction or nearness to another: "30 km south of Mosul", "the road between A and B".

What is measured is computed (`gazetteer/record.py`); its words are the whole phrase.  The two ends of a road stay as landmarks:
names of places, where nothing happened.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from dateline.gazetteer.data import current
from dateline.gazetteer.extents import Side
from dateline.gazetteer.record import between, near, off, part_of
from dateline.gazetteer.record import inside as site_in
from dateline.lexicon.places import place_words
from dateline.mentions.place_words import any_of, last_word, sides_in
from dateline.model import Place, PlaceMention, Span

_REACH = 80
"""Characters before a name that its distance is looked for in."""
_AREAS = frozenset({"country", "admin1", "admin2", "region"})
_USES = frozenset({"scene", "unknown"})
_SITE_THEN_TOWN = frozenset({"in", ",", ", in", "in the city of", "in the town of", "in central", "of"})
_FEW_KM = 5.0
"""Kilometres that "a few kilometres" stand for."""


def measured(low: str, text: str, spans: Sequence[Span], mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The mentions of a report (by their spans), those that are measured from made what the whole phrase means.

    `low` is the plain view of the text in lower case, `spans` its sentences.
    """
    found: list[PlaceMention] = []
    for sentence, inside in _by_sentence(spans, mentions):
        inside = _with_towns(low, inside)
        joined = list(_joined(low, text, sentence, inside))
        ends = [m for road in joined for m in inside if road.span.overlaps(m.span)]
        found += [replace(m, use="landmark") if m in ends else _off(low, text, sentence, m) for m in inside]
        found += joined
    return sorted(found, key=lambda mention: (mention.span.start, -mention.span.end))


def _by_sentence(spans: Sequence[Span], mentions: Sequence[PlaceMention]) -> Iterator[tuple[Span, list[PlaceMention]]]:
    left = sorted(mentions, key=lambda mention: mention.span)
    for span in sorted(spans):
        if not left or left[0].span.start >= span.end:
            continue
        ahead = bisect_left(left, span.end, key=lambda mention: mention.span.start)
        inside = [mention for mention in left[:ahead] if span.contains(mention.span)]
        if inside:
            left = [mention for mention in left[:ahead] if not span.contains(mention.span)] + left[ahead:]
            yield span, inside
    for mention in left:  # across sentences: nothing stands around it
        yield mention.span, [mention]


# -- in a town


def _with_towns(low: str, inside: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Hospitals, mosques and the like that the gazetteer does not hold, put into the town that is named with them."""
    found = list(inside)
    for n, (one, other) in enumerate(pairwise(inside)):
        gap = " ".join(low[one.span.end : other.span.start].split())
        if gap in _SITE_THEN_TOWN and _is_open_site(low, one) and _is_town(other):
            found[n] = _in_town(one, other.place)
        elif gap == "'s" and _is_open_site(low, other) and _is_town(one):
            found[n + 1] = _in_town(other, one.place)
    return found


def _in_town(site: PlaceMention, town: Place | None) -> PlaceMention:
    return replace(site, place=site_in(town, " ".join(site.words.split()))) if town else site


def _is_open_site(low: str, mention: PlaceMention) -> bool:
    """Has it no place, and does its name end in a word for a building?"""
    words = " ".join(mention.span.of(low).split())
    return mention.place is None and any(words.endswith(f" {word}") for word in place_words().generics_after["site"])


def _is_town(mention: PlaceMention) -> bool:
    place = mention.place
    return place is not None and place.kind == "settlement" and mention.use in _USES and _is_fixed(place)


# -- off one place


def _off(low: str, text: str, sentence: Span, mention: PlaceMention) -> PlaceMention:
    """What a distance, a direction or a word of nearness before a name makes of it."""
    place = mention.place
    if place is None or mention.use not in _USES or not _is_fixed(place):
        return mention
    start = max(sentence.start, mention.span.start - _REACH)
    before = low[start : mention.span.start]
    if last_word(before) not in _last_words():
        return mention
    if (match := _distance_pattern().search(before)) and place.kind not in _AREAS:
        if match["within"]:
            return replace(mention, place=near(place, _km(match)))
        return _widened(text, mention, start + match.start("words"), off(place, _side(match["side"]), _km(match)))
    if match := _direction_pattern().search(before):
        if (computed := _beside(place, match["side"])) is not None:
            return _widened(text, mention, start + match.start("words"), computed)
    elif _near_pattern().search(before):
        return replace(mention, place=near(place))
    return mention


def _beside(place: Place, direction: str) -> Place | None:
    """ "South of Mosul" lies outside the town; "north of Nineveh" is mostly said of its north."""
    side = _side(direction)
    if side is None:
        return None
    if place.kind not in _AREAS:
        return off(place, side, None)
    whole = current().by_id(place.id)
    return part_of(whole, [side]) if whole else None


def _widened(text: str, mention: PlaceMention, start: int, place: Place) -> PlaceMention:
    span = Span(start, mention.span.end)
    return replace(mention, span=span, words=span.of(text), place=place, use="scene", name=mention.name or mention.span)


def _is_fixed(place: Place) -> bool:
    """Is it a place of the gazetteer, and none that is computed?"""
    return not any(mark in place.id for mark in "/+~@")


def _side(words: str | None) -> Side | None:
    sides = sides_in(words or "")
    return next(iter(sides)) if len(sides) == 1 else None


def _km(match: re.Match[str]) -> float:
    per = next(km for unit, km in place_words().units.items() if match["unit"] in unit.split("|"))
    if match["number"] is None:
        return _FEW_KM * per
    number = match["number"]
    return float(place_words().counts.get(number) or number.replace(",", "")) * per


# -- between two


def _joined(low: str, text: str, sentence: Span, inside: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """Roads and the like between two places that are named one after the other."""
    taken = -1
    for one, other in pairwise(inside):
        if one.span.start < taken or one.use not in _USES or other.use not in _USES:
            continue
        first, second = one.place, other.place
        gap = low[one.span.end : other.span.start]
        start = max(sentence.start, one.span.start - _REACH)
        before, after = low[start : one.span.start], low[other.span.start : min(sentence.end, other.span.end + _REACH)]
        span = _joint(start, before, gap, after, one, other)
        if span is None:
            continue
        known = first is not None and second is not None and _are_ends(first, second)
        taken = other.span.end
        yield PlaceMention(
            span=span, words=span.of(text), place=between(first, second) if known and first and second else None, use="scene"
        )


def _joint(start: int, before: str, gap: str, after: str, one: PlaceMention, other: PlaceMention) -> Span | None:
    """The characters of a road or an area between two places, where the words say one."""
    if _dash_pattern().fullmatch(gap) and (road := _road_behind_pattern().search(after, 0)):
        if road.start("road") >= len(other.name or other.span):
            return Span(one.span.start, other.span.start + road.end("road"))
        return None
    opened = _opening_pattern().search(before)
    if opened is None or not re.fullmatch(r"(?:,? and| to|,? with| towards?)(?: the)?(?: (?:city|town|village) of)? ", gap):
        return None
    return Span(start + opened.start("words"), other.span.end)


def _are_ends(one: Place, other: Place) -> bool:
    return all(_is_fixed(place) and place.kind not in _AREAS for place in (one, other))


# -- patterns: lists of the lexicon are `places.yaml`'s


@cache
def _last_words() -> frozenset[str]:
    """How the words end that the three patterns below find: what spares most names the search for them."""
    towns = {"city", "town", "village", "capital", "centre", "center"}
    return frozenset({"of", "from", "off", "outside", "beyond"} | towns | {phrase.split()[-1] for phrase in place_words().near})


@cache
def _distance_pattern() -> re.Pattern[str]:
    words = place_words()
    number = rf"(?P<number>\d[\d,]*(?:\.\d+)?|{any_of(words.counts)})"
    unit = rf"(?P<unit>{any_of(unit for units in words.units for unit in units.split('|'))})"
    side = rf"(?:,? (?:to|in) the)?(?: (?P<side>{any_of(words.directions)}))?"
    few = r"(?:a few|several|a couple of|some|tens of)"
    off = r"(?: (?:of|from|off|away from|outside|outside of|out of|beyond|inland from))"
    told = rf"(?:{number}[ -]?|{few} ){unit}(?: \([^()]*\))?(?: away)?{side}{off}"
    return re.compile(rf"(?<![\w.,-])(?P<within>within )?(?P<words>{told}){_TOWN}$")


_TOWN = r"(?: the)?(?: (?:regional |provincial |district |port |border )?(?:city|town|village|capital|centre|center)(?: of)?)? +"


@cache
def _direction_pattern() -> re.Pattern[str]:
    side = rf"(?P<side>{any_of(place_words().directions)})"
    return re.compile(rf"(?<![\w-])(?:to the )?(?P<words>{side},? of){_TOWN}$")


@cache
def _near_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{any_of(place_words().near)}){_TOWN}$")


@cache
def _dash_pattern() -> re.Pattern[str]:
    return re.compile(r" ?[-\u2013\u2014/] ?| to ")


@cache
def _road_behind_pattern() -> re.Pattern[str]:
    """A road behind the name of its second end, as in the text from that name on."""
    return re.compile(rf"^[^.,;:]*?(?<=[\w'] )(?:\w+ )?(?P<road>{any_of(place_words().roads)})(?![\w-])")


@cache
def _opening_pattern() -> re.Pattern[str]:
    words = place_words()
    joins = "linking|links|connecting|connects|joining|joins|leading|runs|running|stretching"
    road = rf"(?:{any_of(words.roads)})(?: (?:that|which))?(?: (?:{joins}))?(?: (?:between|from))?"
    stretch = rf"(?:{any_of(words.stretches)})(?: (?:that|which) lies?| lying)? between"
    return re.compile(rf"(?<![\w-])(?P<words>{road}|{stretch})(?: the)?(?: (?:cities|towns|villages|city|town|village) of)? +$")
