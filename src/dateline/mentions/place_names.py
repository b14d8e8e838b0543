"""Finds the names of places in one sentence: which characters, what they could mean, and how the name is used."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import attrgetter, itemgetter

from msgspec.structs import replace

from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import MAX_WORDS, Candidate, area, find, find_alike, may_go_on
from dateline.gazetteer.names import fold
from dateline.lexicon.places import demonyms, place_words
from dateline.mentions.place_generics import with_generics
from dateline.mentions.place_unknown import IN_LIST, unknown_name
from dateline.mentions.place_uses import KNOWN, is_place, is_ruled_out, use_of
from dateline.mentions.place_words import (
    Spot,
    Words,
    blanks,
)
from dateline.model import Span

_name = attrgetter("name")
_BORDER = re.compile(r" +(borders?|frontier)\b")


def spots_in(words: Words) -> list[Spot]:
    """The place names of a sentence, left to right, none overlapping another."""
    fixed = list(_abbreviations(words)) if words.short else []
    taken = {i for spot in fixed for i, at in enumerate(words.starts) if spot.name.start <= at < spot.name.end}
    spots = [*fixed, *_named(words, taken)]
    return spots if len(spots) < 2 else _borders(words, sorted(spots, key=_name))


def spot_at(words: Words, name: Span) -> Spot:
    """The name at these characters of a sentence, which is said to be a place's whatever stands around it."""
    text = " ".join(name.of(words.view).split())
    plain = text.removeprefix("the ").removeprefix("The ")
    table = place_words()
    code = table.abbreviations.get(text) or demonyms().get(text) or demonyms().get(plain)
    if code is None and text in table.postal["US"].split():
        code = f"US.{text}"
    if code and (place := area(code)):
        return Spot(name, name, fold(text), (), "adjective" if text in demonyms() else "unknown", fixed=place)
    candidates = find(text) or find(plain) or find_alike(text)
    spot = with_generics(words, Spot(name, name, fold(plain), candidates, "unknown", cued=True, given=True))
    comma = re.match(r" ?,", words.view[name.end : name.end + 2]) is not None
    return replace(spot, comma=comma)


# -- names with a fixed meaning


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    """Each alternative begins with its letter and looks behind it after that: so the text is scanned for those letters only."""
    forms = sorted(place_words().abbreviations, key=lambda form: (form[0], -len(form), form))
    grouped = [(head, "|".join(blanks(form[1:]) for form in group)) for head, group in groupby(forms, key=itemgetter(0))]
    joined = "|".join(rf"{re.escape(head)}(?<![\w.].)(?:{rest})" for head, rest in grouped)
    return re.compile(rf"(?:{joined})(?!\w)(?!'[a-rt-z])(?!\.\w)")


@cache
def _postal_pattern() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(place_words().postal['US'].split())})(?<=\w, ..)\b")


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
    ahead, free, listable, tokens = words, 0, False, words.tokens
    for i in _beginnings(words):
        if i < free or i in taken:
            continue
        previous = ahead.start
        token = tokens[i]
        follows = token.joined and i + 1 < len(tokens) and tokens[i + 1].inner
        if token.closed and not (follows or token.demonym or words.found[token.text]):
            continue
        if token.demonym and (found := _demonym(words, i)) and not _begins_name(words, i, found[0]):
            length, place = found
            if demonym := _demonym_spot(words, i, i + length, place):
                yield demonym
            free, listable = i + length, False
            ahead = replace(words, start=words.end_of(free - 1))
            continue
        last = _reach(words, i, taken) if follows else i + 1
        alone = last - i == 1 and not words.found[token.text]
        if alone and token.closed:
            continue
        owned = listable and words.view[previous : words.starts[i]] == "'s "  # "Kirkuk's Hawija"
        listed = owned or (listable and IN_LIST.fullmatch(words.low, previous, words.starts[i]) is not None)
        known = (None if alone else _longest(ahead, i, last, listed)) or unknown_name(ahead, i, listed, taken)
        if known is not None:
            spot, free = known
            ahead = replace(words, start=spot.words.end)  # what belongs to the name before belongs to no other
            listable = True
            yield spot


def _beginnings(words: Words) -> Iterator[int]:
    """The tokens that names can begin with: those with a capital, and small articles joined to one."""
    tokens = words.tokens
    for i in words.capitals:
        if i and tokens[i - 1].article and not tokens[i - 1].capital:
            yield i - 1
        yield i


def _begins_name(words: Words, i: int, length: int) -> bool:
    """Do the demonym of so many tokens and the word behind it name a place ("Syrian Desert", "Korean Peninsula")?"""
    tokens, end = words.tokens, i + length
    if end >= len(tokens) or tokens[end - 1].glue != " " or not tokens[end].capital or words.loud or words.title:
        return False
    return any(c.entry.kind != "settlement" for c in words.found[words.text(i, end + 1)])


def _reach(words: Words, i: int, taken: set[int]) -> int:
    """The token behind all names of the gazetteer that could begin at token i."""
    tokens, last = words.tokens, i + 1
    while last < len(tokens) and last - i < MAX_WORDS and last not in taken and tokens[last - 1].joined:
        if not tokens[last].inner:
            break
        name = words.text(i, last)
        if not (words.longer[name] or may_go_on(name, tokens[last].text)):
            break
        last += 1
    return last


def _longest(words: Words, i: int, last: int, listed: bool) -> tuple[Spot, int] | None:
    """The longest name of the gazetteer in tokens[i:last] that begins at i and is used as a place; and the token after it."""
    tokens = words.tokens
    for end in range(last, i, -1):
        if not (tokens[end - 1].capital or (end - i > 1 and tokens[end - 1].generic)):
            continue
        if words.loud and tokens[end - 1].particle:
            continue
        if tokens[i].low == "the" and not tokens[end - 1].capital:  # "The village" is none of that name
            continue
        candidates = words.found[words.text(i, end)]
        if candidates and end - i == 1 and is_ruled_out(words, i, candidates):
            continue
        if candidates and (spot := _judged(words, i, end, candidates, listed)):
            return spot, end
    return None


def _judged(words: Words, first: int, last: int, candidates: tuple[Candidate, ...], listed: bool) -> Spot | None:
    """The name of tokens[first:last] with the words that belong to it, if the context lets it be a place."""
    name = words.span(first, last)
    spot = with_generics(words, Spot(name, name, fold(name.of(words.view)), candidates, "unknown"))
    cued = listed or words.cue("strong_cues", spot.words.start)
    use = use_of(words, spot, first, last, cued=cued)
    if use is None:
        return None
    guess = use != "scene" and not (cued or spot.kinds or any(candidate.fame >= KNOWN for candidate in candidates))
    comma = words.tokens[last - 1].glue == "," and spot.words.end == name.end
    spot = replace(spot, use=use, cued=cued, comma=comma, guess=guess)
    return spot if is_place(words, spot, first, last, use) else None
