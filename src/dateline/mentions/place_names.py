"""Finds the names of places in one sentence: which characters, what they could mean, and how the name is used."""

import re
from collections.abc import Iterator
from functools import cache

from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import MAX_WORDS, Candidate, area, find
from dateline.gazetteer.names import ARTICLES, fold
from dateline.gazetteer.rank import prominence
from dateline.lexicon.places import demonyms, place_words
from dateline.mentions.place_generics import with_generics
from dateline.mentions.place_unknown import IN_LIST, unknown_name
from dateline.mentions.place_uses import KNOWN, is_place, use_of
from dateline.mentions.place_words import (
    Spot,
    Words,
    after_kinds,
    is_article,
)
from dateline.model import Span

_PARTICLES = ARTICLES | frozenset("of de da do du la las le les los the on upon sur and e di del y sous en au aux".split())
_BORDER = re.compile(r" +(borders?|frontier)\b")


def spots_in(words: Words) -> list[Spot]:
    """The place names of a sentence, left to right, none overlapping another."""
    fixed = list(_abbreviations(words))
    taken = {i for i, token in enumerate(words.tokens) if any(spot.name.start <= token.start < spot.name.end for spot in fixed)}
    return _borders(words, sorted([*fixed, *_named(words, taken)], key=lambda spot: spot.name))


# -- names with a fixed meaning


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    forms = sorted(place_words().abbreviations, key=lambda form: (-len(form), form))
    joined = "|".join(re.escape(form).replace(r"\ ", " +") for form in forms)
    return re.compile(rf"(?<![\w.])(?:{joined})(?!\w)(?!'[a-rt-z])(?!\.\w)")


@cache
def _postal_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w, )({'|'.join(place_words().postal['US'].split())})\b")


def _abbreviations(words: Words) -> Iterator[Spot]:
    """Written forms such as "U.S.", "Ky.", and "NY" after a town and a comma."""
    table = place_words().abbreviations
    for match in _abbreviation_pattern().finditer(words.view, words.start, words.end):
        form = " ".join(match.group().split())
        place = area(table[form])
        if place is not None and _is_abbreviation(words, match.start(), form, place):
            span = Span(match.start(), match.end())
            yield Spot(span, span, form, (), "unknown", fixed=place)
    for match in _postal_pattern().finditer(words.view, words.start, words.end):
        if not words.loud and (place := area(f"US.{match.group(1)}")):
            span = Span(match.start(1), match.end(1))
            yield Spot(span, span, match.group(1), (), "unknown", fixed=place)


def _is_abbreviation(words: Words, at: int, form: str, place: Entry) -> bool:
    """In capitals throughout a form needs its full stops ("US" is the pronoun); a state's with one stop needs its town."""
    if words.loud and "." not in form:
        return False
    if place.kind != "admin1" or form.count(".") > 1:
        return True
    return re.search(r"\w, +$", words.view[max(words.start, at - 4) : at]) is not None


def _demonym(words: Words, i: int) -> tuple[int, Entry] | None:
    """The number of tokens and the country of a demonym that begins at token i."""
    for length in (3, 2, 1):
        tokens = words.tokens[i : i + length]
        if len(tokens) < length or any(token.glue != " " for token in tokens[:-1]):
            continue
        text = " ".join(token.text for token in tokens)
        code = demonyms().get(text.title() if words.loud else text)
        if code and (place := area(code)):
            return length, place
    return None


def _demonym_spot(words: Words, first: int, last: int, place: Entry) -> Spot | None:
    """The demonym of tokens[first:last]; None where it is a language ("spoke French", "in Turkish")."""
    span = words.span(first, last)
    following = words.tokens[last].low if last < len(words.tokens) and words.tokens[last - 1].glue in {" ", "-"} else ""
    if following in place_words().not_after_demonym:
        return None
    if following in {"", "and", "or"} and words.cue("language_cues", span.start):
        return None
    return Spot(span, span, fold(span.of(words.view)), (), "adjective", fixed=place)


def _borders(words: Words, spots: list[Spot]) -> list[Spot]:
    """ "The Iraqi-Syrian borders" are one place, in both countries; which point of them is meant nobody says."""
    joined: list[Spot] = []
    for spot in spots:
        match = _BORDER.match(words.low, spot.words.end, words.end)
        before = joined[-1] if joined else None
        gap = words.view[before.words.end : spot.words.start] if before else ""
        if match and before and before.fixed and spot.fixed and gap in {"-", " and "}:
            span = Span(before.words.start, match.end(1))
            joined[-1] = Spot(span, span, fold(span.of(words.view)), (), "scene", coarse=True)
        else:
            joined.append(spot)
    return joined


# -- names of the gazetteer


def _named(words: Words, taken: set[int]) -> Iterator[Spot]:
    """Names of the gazetteer and demonyms; then unknown names that a cue or a generic makes places."""
    tokens, i, previous, listable = words.tokens, 0, words.start, False
    while i < len(tokens):
        token = tokens[i]
        if i in taken or not (token.capital or (is_article(token) and i + 1 < len(tokens) and tokens[i + 1].capital)):
            i += 1
            continue
        if found := _demonym(words, i):
            length, place = found
            if demonym := _demonym_spot(words, i, i + length, place):
                yield demonym
            i += length
            previous, listable = tokens[i - 1].end, False
            continue
        listed = listable and IN_LIST.fullmatch(words.low, previous, token.start) is not None
        ahead = words._replace(start=previous)  # what belongs to the name before belongs to no other
        known = _longest(ahead, i, taken, listed) or unknown_name(ahead, i, listed, taken)
        if known is None:
            i += 1
            continue
        spot, i = known
        previous, listable = spot.words.end, True
        yield spot


def _longest(words: Words, i: int, taken: set[int], listed: bool) -> tuple[Spot, int] | None:
    """The longest name of the gazetteer that begins at token i and is used as a place; and the token after it."""
    tokens, last = words.tokens, i + 1
    while last < len(tokens) and last - i < MAX_WORDS and last not in taken and tokens[last - 1].glue in {" ", "-"}:
        if not (tokens[last].capital or tokens[last].low in _PARTICLES or tokens[last].low in after_kinds()):
            break
        last += 1
    for end in range(last, i, -1):
        if not (tokens[end - 1].capital or (end - i > 1 and tokens[end - 1].low in after_kinds())):
            continue
        if words.loud and tokens[end - 1].low in _PARTICLES:
            continue
        if tokens[i].low == "the" and not tokens[end - 1].capital:  # "The village" is none of that name
            continue
        candidates = find(words.span(i, end).of(words.view))
        if candidates and (spot := _judged(words, i, end, candidates, listed)):
            return spot, end
    return None


def _judged(words: Words, first: int, last: int, candidates: tuple[Candidate, ...], listed: bool) -> Spot | None:
    """The name of tokens[first:last] with the words that belong to it, if the context lets it be a place."""
    name = words.span(first, last)
    spot = with_generics(words, Spot(name, name, fold(name.of(words.view)), candidates, "unknown"))
    spot = spot._replace(
        cued=listed or words.cue("strong_cues", spot.words.start),
        comma=words.tokens[last - 1].glue == "," and spot.words.end == name.end,
    )
    use = use_of(words, spot, first, last)
    if use is None or not is_place(words, spot, first, last, use):
        return None
    famous = any(prominence(candidate.entry) >= KNOWN for candidate in candidates)
    return spot._replace(use=use, guess=use != "scene" and not (spot.cued or spot.kinds or famous))
