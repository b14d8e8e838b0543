"""Names that the gazetteer does not hold: a cue, a generic or the report itself makes them places, with no coordinates."""

import re
from functools import cache

from msgspec.structs import replace

from dateline.gazetteer.lookup import MAX_WORDS, find_alike
from dateline.gazetteer.names import ARTICLES, fold
from dateline.lexicon.places import place_words
from dateline.mentions.place_generics import with_generics
from dateline.mentions.place_words import (
    WAYS,
    Spot,
    Words,
    cue_in,
    kind_in,
    last_word,
    last_words,
    move_in,
    naming_after_pattern,
    party_names,
    words_before,
)
from dateline.model.mention import PlaceUse

IN_LIST = re.compile(r"[,;]? +(?:and|or)(?: +in| +from)?(?: +the)? +|[,;] +(?:the +)?")
"""What may stand between two places that are named together."""

_ROLE_OF = re.compile(r"(\w+) +of +$")
_NEXT = re.compile(r"['-]?\w+|[^\w ]")
_LAST_LISTED = re.compile(r" +(?:and|or) +$")
_AFTER_LAST = frozenset({".", ";", ",", "on"})
_LEAST_LETTERS = 3
_MOST_WORDS = 3


def unknown_name(words: Words, i: int, listed: bool, taken: set[int]) -> tuple[Spot, int] | None:
    """The unknown name that begins at token i, if it is a place, with what sounds like it as candidates; the token after it.

    A generic ("X village") or a cue of naming ("the road to X") is enough; after a bare preposition ("in X") the name must
    also end as places do.  A name that was a place elsewhere in the report is one again.
    """
    first = words.tokens[i]
    if first.closed or words.loud or words.title:
        return None
    last = _name_end(words, i, taken)
    name = words.span(i, last)
    before = words.before(name.start)
    heralded = last_word(before) in _heralds()
    told = words.is_told(name.of(words.low))
    generic = _generic_after(words, name.end)
    if not (heralded or told or generic or listed):
        return None
    if not _may_be_name(words, i, last) or (i == 0 and last > 1 and words.found[words.text(1, last)]):
        return None  # "Retaking Mosul district": the first word only begins the sentence
    generic = generic or (heralded and kind_in(before) is not None)
    scene = heralded and (cue_in("strong_cues", before) is not None or move_in(before) is not None)
    named = generic or told or (heralded and cue_in("naming_cues", before) is not None)
    named = named or ((heralded or listed) and _stands_alone(words, i, last, before, listed))
    alike = find_alike(name.of(words.view)) if named or scene or listed else ()
    if not named and not alike:
        return None
    spot = with_generics(words, Spot(name, name, fold(name.of(words.view)), alike, "unknown"))
    scene = scene or words.cue("strong_cues", spot.words.start) or words.cue("naming_cues", spot.words.start)
    return replace(spot, cued=True, guess=not named, use=_use(scene, before)), last


@cache
def _heralds() -> frozenset[str]:
    """How all cues end that may stand before an unknown name: most names have none, which is soon told."""
    lists = ("strong_cues", "naming_cues", "bare_cues")
    return frozenset(WAYS | words_before()).union(*map(last_words, lists))


def _generic_after(words: Words, at: int) -> bool:
    """Is it a place by the word behind it; "the Gwari road" is, "Hertford Road" is an address."""
    match = naming_after_pattern().match(words.low, at, words.end)
    if match is None:
        return False
    word = match.group().strip()
    return word not in place_words().borrowers or words.view[match.end() - len(word)].islower()


def _use(scene: bool, before: str) -> PlaceUse:
    """A scene after a cue; a speaker's place after a role ("the mayor of X")."""
    role = _ROLE_OF.search(before)
    if role and role.group(1) in place_words().roles and role.group(1) not in {"resident", "residents"}:
        return "speaker"
    return "scene" if scene else "unknown"


def _stands_alone(words: Words, first: int, last: int, before: str, listed: bool) -> bool:
    """Does a bare preposition make tokens[first:last] a place: no noun, possessive or further name goes on behind it?"""
    preposition = cue_in("bare_cues", before) or move_in(before)
    if preposition:
        if preposition.group().split()[-1] == "the" or cue_in("no_place_cues", before[: preposition.start() + 1] + " "):
            return False
    elif not listed:
        return False
    if sum(token.low not in ARTICLES for token in words.tokens[first:last]) > _MOST_WORDS:
        return False
    after = _NEXT.search(words.low, words.end_of(last - 1), words.end)
    if after is None:
        return True
    word = after.group()
    if not preposition:  # in a list a verb or a name behind it would make it a person
        return word in (_AFTER_LAST if _LAST_LISTED.search(before) else {"and", "or"})  # "Town, X," tells the area instead
    return word[0].isdigit() or word in place_words().followers or (not word[0].isalpha() and not word.startswith(("'", "-")))


def _name_end(words: Words, i: int, taken: set[int]) -> int:
    """The token after the name that begins at token i: its words with capitals, but for a generic at their end."""
    tokens, last = words.tokens, i + 1
    while last < len(tokens) and last - i < MAX_WORDS and tokens[last - 1].joined:
        if last in taken or not (tokens[last].capital or tokens[last].article or words.is_particle(last)):
            break
        last += 1
    for end in range(i + 1, last):
        if tokens[end - 1].low not in ARTICLES and naming_after_pattern().match(words.low, words.end_of(end - 1), words.end):
            return end
    while last - i > 1 and (tokens[last - 1].low in place_words().bodies or not tokens[last - 1].capital):
        last -= 1
    return last


def _may_be_name(words: Words, first: int, last: int) -> bool:
    """Is there a word among tokens[first:last] besides articles, and none that is no part of a place's name?"""
    parts = [token for token in words.tokens[first:last] if token.capital and token.low not in ARTICLES]
    if not parts or True in [part.barred for part in parts]:
        return False
    if last - first == 1 and parts[0].text.rstrip("s").isupper():
        return False  # an abbreviation: "MPs" too
    name = words.span(first, last).of(words.low)
    if name in place_words().stop_names or name in party_names().get(name.split()[0], ()) or len(name) < _LEAST_LETTERS:
        return False
    return name not in words.persons and not all(part.low in words.persons for part in parts)
