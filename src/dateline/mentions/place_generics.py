"""The words around a place's name that belong to it: "Kirkuk province", "Mount Makhoul", "the western regions of Nineveh"."""

import re
from typing import cast

from msgspec.structs import replace

from dateline.lexicon.places import place_words
from dateline.mentions.place_words import (
    Spot,
    Words,
    after_kinds,
    after_pattern,
    before_kinds,
    before_pattern,
    kind_in,
    last_word,
    possessed_pattern,
    sides_in,
    words_before,
)
from dateline.model import Span
from dateline.model.place import PlaceKind

_FEATURES = frozenset({"mountain", "valley", "water"})
_ADMIN = frozenset({"admin1", "admin2"})
_SAME = 0.97  # likeness of spellings that differ in an article at most
_NEXT_WORD = re.compile(r" +(\w+)")
_NAME_NEXT = re.compile(r"[ -]+(?:[A-Z]|[a-z]+ +[A-Z])")


def with_generics(words: Words, spot: Spot) -> Spot:
    """The spot with the generic words and directions around it in its words, and what they say in its kinds."""
    spot = _with_kind_before(words, spot)
    if not spot.kinds:
        spot = _with_kind_after(words, spot)
    before = words.before(spot.words.start)
    if last_word(before) in words_before() and (part := before_pattern().search(before)):
        at = spot.words.start - len(before) + max(part.start("plain"), part.start("noun"))
        spot = replace(spot, words=Span(at, spot.words.end), coarse=True, sides=sides_in(part.group()))
    return _with_part_behind(words, spot)


def _with_part_behind(words: Words, spot: Spot) -> Spot:
    """ "Syria's north-east"; not "Kirkuk's southern Daquq district", which is another place."""
    match = possessed_pattern().match(words.low, spot.words.end, words.end)
    if match is None or spot.coarse or words.loud or _NAME_NEXT.match(words.view, match.end(), words.end):
        return spot
    return replace(spot, words=Span(spot.words.start, match.end()), coarse=True, sides=sides_in(match.group(1)))


def _with_kind_before(words: Words, spot: Spot) -> Spot:
    """ "Mount", "Lake", "Wadi" with a capital are part of the name; "town of" only says what it is."""
    before = words.before(spot.words.start)
    match = kind_in(before)
    if not match:
        return spot
    at = spot.words.start - len(before) + match.start(1)
    kind = before_kinds()[_single_blanks(match.group(1))]
    spot = _said_kind(spot, kind)
    if kind in _FEATURES and words.view[at].isupper():
        spot = replace(spot, words=Span(at, spot.words.end), name=Span(at, spot.name.end))
    return spot


def _with_kind_after(words: Words, spot: Spot) -> Spot:
    """ "Province", "mountain range", "suburbs" behind the name; "region" and "area" are left out of the words."""
    match = after_pattern().match(words.low, spot.words.end, words.end)
    if not match:
        return spot
    word = _single_blanks(match.group(1))
    proper = words.view[match.start(1)].isupper() and not words.loud
    if proper and (_is_of_body(word) or _goes_on(words, match.end(1))):
        return spot
    kind = after_kinds().get(word, "region")
    if word == "region" and any(c.entry.kind == "admin1" for c in spot.candidates):
        return _said_kind(spot, "admin1")  # "Kharkiv region": an oblast, a region of Mali, ...
    spot = _said_kind(spot, kind)
    if proper or kind != "region" or word in place_words().edges:
        spot = replace(spot, words=Span(spot.words.start, match.end(1)))
    return replace(spot, name=Span(spot.name.start, match.end(1))) if proper else spot


def _goes_on(words: Words, at: int) -> bool:
    """Does the name of a body go on after a generic word ("Dublin City Council", "Ohio State University")?"""
    match = _NEXT_WORD.match(words.view, at, words.end)
    return match is not None and match.group(1)[0].isupper() and _is_of_body(match.group(1).lower())


def _is_of_body(word: str) -> bool:
    known = place_words()
    return word in known.bodies or word in known.body_words or word in known.borrowers


def _said_kind(spot: Spot, kind: str) -> Spot:
    """What a generic word makes of a name: a kind to look for, a part of the place, or a thing in or by it."""
    if kind == "site":  # named after persons as often as after towns, so only after a town's main name
        named = tuple(c for c in spot.candidates if c.main and c.likeness >= _SAME)
        return replace(spot, near=True, candidates=named)
    if kind in {"region", "area"}:
        return replace(spot, coarse=True)
    if kind == "desert" and any(c.entry.kind in _ADMIN for c in spot.candidates):
        return replace(spot, coarse=True)  # "Anbar desert": the desert in Anbar, where the gazetteer has none of the name
    kinds = _ADMIN if kind in _ADMIN else {kind}
    return replace(spot, kinds=frozenset(cast(set[PlaceKind], kinds)))


def _single_blanks(text: str) -> str:
    return " ".join(text.split())
