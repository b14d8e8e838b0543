"""Finds the names of places in one sentence: which characters, what they could mean, and how the name is used."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, cast

from dateline.gazetteer.data import Entry
from dateline.gazetteer.lookup import MAX_WORDS, Candidate, area, find, find_alike
from dateline.gazetteer.names import ARTICLES, fold
from dateline.gazetteer.rank import prominence
from dateline.lexicon.places import demonyms, place_words
from dateline.mentions.place_words import (
    Token,
    after_kinds,
    after_pattern,
    before_kinds,
    before_pattern,
    cue_pattern,
    is_article,
    is_loud,
    is_title,
    kind_before_pattern,
    plain_words,
    tokens_of,
)  # fmt: skip
from dateline.model import Span
from dateline.model.mention import PlaceUse
from dateline.model.place import PlaceKind

_PARTICLES = frozenset("of de da do du la las le les los el al the on upon sur and e di del y ez ar es sous en".split())
_CONTEXT = 48  # characters before and after a name that cues are looked for in
_KNOWN = 5.0  # places as prominent as a town of 100,000 need no cue
_FAMOUS = 6.0  # nor do those of a million, although persons have the name too
_SAID = re.compile(r",? (?:said|says|told|added|stressed|explained|noted|adds|testified|recalled|joked|asked|replied|wrote)\b")


class Spot(NamedTuple):
    """A name of a place in a text.

    `name` covers the proper name, `words` also what belongs to it ("western Anbar", "Kirkuk province"); `fixed` is the
    place of a demonym or abbreviation, which needs no choosing; `kinds` are what the words say that it is; `coarse` where
    they mean a part of it, `near` where they mean something in or by it.
    """

    name: Span
    words: Span
    key: str
    candidates: tuple[Candidate, ...]
    use: PlaceUse
    fixed: Entry | None = None
    kinds: frozenset[PlaceKind] = frozenset()
    coarse: bool = False
    near: bool = False
    comma: bool = False  # a comma and a blank follow
    cued: bool = False


class _Sentence(NamedTuple):
    """A sentence while it is searched: the plain view of the whole text, the same in lower case, the tokens."""

    view: str
    low: str
    start: int
    end: int
    tokens: list[Token]
    loud: bool
    title: bool
    persons: frozenset[str]

    def before(self, at: int) -> str:
        return self.low[max(self.start, at - _CONTEXT) : at]

    def cue(self, kind: str, at: int) -> bool:
        """Does a cue of that list of the lexicon stand right before `at`?"""
        return cue_pattern(kind).search(self.before(at)) is not None


def spots_in(view: str, low: str, start: int, end: int, persons: frozenset[str]) -> list[Spot]:
    """The place names of view[start:end], left to right, none overlapping another."""
    tokens = tokens_of(view, start, end)
    loud = is_loud(view, start, end)
    sentence = _Sentence(view, low, start, end, tokens, loud, not loud and is_title(tokens), persons)
    fixed = list(_abbreviations(sentence))
    taken = {i for i, token in enumerate(tokens) if any(s.name.start <= token.start < s.name.end for s in fixed)}
    return sorted([*fixed, *_named(sentence, taken)], key=lambda spot: spot.name)


def persons_in(view: str, tokens: list[Token]) -> set[str]:
    """Names of persons by the company they keep: after a given name or a title ("Jordan Smith", "Gen. Logan")."""
    words, found = place_words(), set[str]()
    for i, token in enumerate(tokens[1:], start=1):
        previous = tokens[i - 1]
        if not token.capital or not previous.capital:
            continue
        blank = previous.glue == " " or view[previous.end : token.start] == ". "
        if blank and (
            previous.low in words.titles or (previous.low in words.given_names and not find(previous.text + " " + token.text))
        ):
            found.add(token.low)
            if i + 1 < len(tokens) and token.glue == " " and tokens[i + 1].capital and tokens[i + 1].low not in plain_words():
                found.add(tokens[i + 1].low)
    return found - words.bodies - words.roles


# -- names with a fixed meaning


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    forms = sorted(place_words().abbreviations, key=lambda form: (-len(form), form))
    joined = "|".join(re.escape(form).replace(r"\ ", " +") for form in forms)
    return re.compile(rf"(?<![\w.])(?:{joined})(?!\w)(?!'[a-rt-z])(?!\.\w)")


def _abbreviations(sentence: _Sentence) -> Iterator[Spot]:
    """Written forms such as "U.S.", "Ky.", and "NY" after a town and a comma."""
    table = place_words().abbreviations
    for match in _abbreviation_pattern().finditer(sentence.view, sentence.start, sentence.end):
        form = " ".join(match.group().split())
        place = area(table[form])
        if place is None or (sentence.loud and not form.count(".")) or not _is_abbreviation(sentence, match, form, place):
            continue
        span = Span(match.start(), match.end())
        yield Spot(span, span, form, (), "unknown", fixed=place)
    for match in _postal_pattern().finditer(sentence.view, sentence.start, sentence.end):
        if place := area(f"US.{match.group(1)}"):
            span = Span(match.start(1), match.end(1))
            yield Spot(span, span, match.group(1), (), "unknown", fixed=place)


def _is_abbreviation(sentence: _Sentence, match: re.Match[str], form: str, place: Entry) -> bool:
    """A state's short form stands after a town and a comma, or is written with two full stops."""
    if place.kind != "admin1" or form.count(".") > 1:
        return True
    return bool(re.search(r"\w, +$", sentence.view[max(sentence.start, match.start() - 4) : match.start()]))


@cache
def _postal_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w, )({'|'.join(place_words().postal['US'].split())})\b")


def _demonym(sentence: _Sentence, i: int) -> tuple[int, Entry] | None:
    """The number of tokens and the country of a demonym that begins at token i."""
    for length in (3, 2, 1):
        tokens = sentence.tokens[i : i + length]
        if len(tokens) < length or any(token.glue != " " for token in tokens[:-1]):
            continue
        words = " ".join(token.text for token in tokens)
        code = demonyms().get(words.title() if sentence.loud else words)
        if code and (place := area(code)):
            return length, place
    return None


# -- names of the gazetteer


def _named(sentence: _Sentence, taken: set[int]) -> Iterator[Spot]:
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        token = tokens[i]
        starts = token.capital or (is_article(token) and i + 1 < len(tokens) and tokens[i + 1].capital)
        if i in taken or not starts:
            i += 1
            continue
        if found := _demonym(sentence, i):
            length, place = found
            if spot := _demonym_spot(sentence, i, i + length, place):
                yield spot
            i += length
            continue
        spot_end = _longest(sentence, i, taken)
        if spot_end is None:
            spot_end = _unknown(sentence, i)
        if spot_end is None:
            i += 1
            continue
        spot, i = spot_end
        if spot is not None:
            yield spot


def _demonym_spot(sentence: _Sentence, first: int, last: int, place: Entry) -> Spot | None:
    span = Span(sentence.tokens[first].start, sentence.tokens[last - 1].end)
    following = sentence.tokens[last].low if last < len(sentence.tokens) and sentence.tokens[last - 1].glue in {" ", "-"} else ""
    if following in place_words().not_after_demonym:
        return None
    return Spot(span, span, fold(span.of(sentence.view)), (), "adjective", fixed=place)


def _longest(sentence: _Sentence, i: int, taken: set[int]) -> tuple[Spot | None, int] | None:
    """The longest name of the gazetteer that begins at token i, if it is used as a place; and the token after it."""
    tokens = sentence.tokens
    last = i + 1
    while last < len(tokens) and last - i < MAX_WORDS and last not in taken and tokens[last - 1].glue in {" ", "-"} and (
        tokens[last].capital or tokens[last].low in _PARTICLES or tokens[last].low in after_kinds()
    ):  # fmt: skip
        last += 1
    for end in range(last, i, -1):
        if not (tokens[end - 1].capital or (end - i > 1 and tokens[end - 1].low in after_kinds())):
            continue
        name = Span(tokens[i].start, tokens[end - 1].end)
        candidates = find(name.of(sentence.view))
        if candidates and (spot := _judged(sentence, i, end, candidates)):
            return spot, end
    return None


def _judged(sentence: _Sentence, first: int, last: int, candidates: tuple[Candidate, ...]) -> Spot | None:
    """The name of tokens[first:last] with the words that belong to it, if the context lets it be a place."""
    tokens = sentence.tokens
    name = Span(tokens[first].start, tokens[last - 1].end)
    spot = _with_generics(sentence, Spot(name, name, fold(name.of(sentence.view)), candidates, "unknown"))
    spot = spot._replace(
        cued=sentence.cue("strong_cues", spot.words.start), comma=tokens[last - 1].glue == "," and spot.words.end == name.end
    )
    use = _use(sentence, spot, first, last)
    if use is None or not _is_place(sentence, spot, first, last, use):
        return None
    return spot._replace(use=use)


def _with_generics(sentence: _Sentence, spot: Spot) -> Spot:
    """The spot with the generic words and directions around it in its words, and what they say in its kinds."""
    if kind := kind_before_pattern().search(sentence.before(spot.words.start)):
        at = spot.words.start - (len(sentence.before(spot.words.start)) - kind.start(1))
        named = before_kinds()[re.sub(" +", " ", kind.group(1))]
        spot = _said_kind(spot, named)
        if named in {"mountain", "valley", "water"} and sentence.view[at].isupper():
            spot = spot._replace(words=Span(at, spot.words.end), name=Span(at, spot.name.end))
    after = after_pattern().match(sentence.low, spot.words.end, sentence.end)
    if after and not spot.kinds:
        word = re.sub(" +", " ", after.group(1))
        proper = sentence.view[after.start(1)].isupper() and not sentence.loud
        if not (proper and word in place_words().borrowers | place_words().bodies):
            named = after_kinds().get(word, "region")
            spot = _said_kind(spot, named)
            if proper or named != "region" or word in place_words().edges:
                spot = spot._replace(words=Span(spot.words.start, after.end(1)))
            if proper:
                spot = spot._replace(name=Span(spot.name.start, after.end(1)))
    if part := before_pattern().search(sentence.before(spot.words.start)):
        at = spot.words.start - (len(sentence.before(spot.words.start)) - part.start())
        spot = spot._replace(words=Span(at, spot.words.end), coarse=True)
    return spot


def _said_kind(spot: Spot, kind: str) -> Spot:
    """What a generic word makes of a name: a kind to look for, or a thing in or by the place."""
    if kind == "site":
        return spot._replace(near=True)
    if kind in {"region", "area"}:
        return spot._replace(coarse=True)
    if kind == "desert" and any(c.entry.kind in {"admin1", "admin2"} for c in spot.candidates):
        return spot._replace(coarse=True)  # "Anbar desert": the desert in Anbar, where the gazetteer has none of the name
    kinds = {"admin1", "admin2"} if kind in {"admin1", "admin2"} else {kind}
    return spot._replace(kinds=frozenset(cast(set[PlaceKind], kinds)))


# -- is the name used as a place?


def _use(sentence: _Sentence, spot: Spot, first: int, last: int) -> PlaceUse | None:
    """How the name is used; None where its neighbours make it the name of a person, paper, club or the like."""
    tokens, words = sentence.tokens, place_words()
    following = tokens[last] if last < len(tokens) and tokens[last - 1].glue in {" ", "-"} else None
    inside = spot.words.end > tokens[last - 1].end
    if following and not inside and not sentence.loud:
        if following.low in words.roles:
            return "speaker"
        if following.low in words.bodies:
            return "organisation"
        if following.capital and following.low in words.borrowers:
            return None
        if following.capital and not sentence.title and tokens[last - 1].glue == " " and not _may_follow(following):
            return None
    if _is_part_of_name(sentence, spot, first):
        return None
    before = sentence.before(spot.words.start)
    if match := re.search(r"(\w+) +of(?: the)? +$", before):
        at = spot.words.start - (len(before) - match.start(1))
        if sentence.view[at].isupper() and match.group(1) in words.borrowers_of:
            return None
        if match.group(1) in words.roles:
            return "speaker"
        if sentence.view[at].isupper() and match.group(1) in words.bodies:
            return "organisation"
    return "scene" if spot.cued else "unknown"


def _may_follow(token: Token) -> bool:
    """May this word with a capital follow a place's name without making one name of the two?"""
    return token.low in plain_words() or token.text in demonyms() or token.low in place_words().titles or len(token.text) == 1


def _is_part_of_name(sentence: _Sentence, spot: Spot, first: int) -> bool:
    """Does a word with a capital before the name make it part of a longer one ("Michael Jordan", "Operation Mosul")?"""
    tokens = sentence.tokens
    if first == 0 or spot.words.start < tokens[first].start:
        return False
    previous = tokens[first - 1]
    gap = sentence.view[previous.end : tokens[first].start]
    if previous.low in place_words().titles and gap.strip() in {"", "."} and previous.capital:
        return previous.low not in place_words().roles or sentence.view[previous.end : tokens[first].start] == " "
    if not previous.capital or gap.strip() not in {"", "-"} or sentence.loud or sentence.title:
        return False
    if previous.low in plain_words() or previous.text in demonyms() or previous.low in place_words().directions:
        return False
    return not (previous.text.isupper() and len(previous.text) > 3)  # "BREAKING Mosul"


def _is_place(sentence: _Sentence, spot: Spot, first: int, last: int, use: PlaceUse) -> bool:
    """Is there enough for a place: how well known it is, against what else the word could be."""
    tokens, words = sentence.tokens, place_words()
    single = last - first == 1 or (last - first == 2 and is_article(tokens[first]))
    word = tokens[last - 1].low if single else spot.key
    fame = max(prominence(candidate.entry) for candidate in spot.candidates)
    backed = spot.cued or spot.comma or bool(spot.kinds) or use in {"organisation", "speaker"}
    if word in words.stop_names or (single and len(word) < 3):
        return False
    if single and word in words.months:
        return False
    if single and (word in plain_words() or word in words.titles):
        return fame >= _KNOWN and spot.cued and first > 0 and not sentence.loud
    if single and word in sentence.persons:
        return fame >= _FAMOUS and spot.cued
    if _SAID.match(sentence.low, spot.words.end) and fame < _FAMOUS and not spot.cued:
        return False
    if single and word in words.given_names | words.family_names:
        return fame >= _FAMOUS or (backed and not sentence.title)
    if sentence.loud or sentence.title:
        return fame >= _KNOWN or (backed and fame >= 3.0)
    if fame < 3.0:
        return backed
    return True


# -- names that the gazetteer does not hold


@cache
def _naming_after() -> re.Pattern[str]:
    words = sorted(place_words().naming_generics, key=lambda word: (-len(word), word))
    return re.compile(rf" +(?:{'|'.join(re.escape(word).replace(chr(92) + ' ', ' +') for word in words)})(?![\w-])")


def _unknown(sentence: _Sentence, i: int) -> tuple[Spot | None, int] | None:
    """An unknown name that its cue or generic makes a place: listed, with what sounds like it as candidates."""
    tokens = sentence.tokens
    if sentence.loud or sentence.title or not (tokens[i].capital or is_article(tokens[i])):
        return None
    last = i + 1
    while (
        last < len(tokens)
        and last - i < 4
        and tokens[last - 1].glue in {" ", "-"}
        and (tokens[last].capital or is_article(tokens[last]))
    ):
        last += 1
    while last - i > 1 and (tokens[last - 1].low in place_words().bodies or not tokens[last - 1].capital):
        last -= 1
    name = Span(tokens[i].start, tokens[last - 1].end)
    word = name.of(sentence.low)
    parts = [token.low for token in tokens[i:last] if token.low not in ARTICLES]
    if not parts or word in place_words().stop_names or any(map(_is_no_name, parts)) or word in sentence.persons or len(word) < 3:
        return None
    generic = _naming_after().match(sentence.low, name.end, sentence.end) or kind_before_pattern().search(
        sentence.before(name.start)
    )
    cued = sentence.cue("naming_cues", name.start)
    alike = find_alike(name.of(sentence.view)) if generic or cued or sentence.cue("strong_cues", name.start) else ()
    if not generic and not cued and not alike:
        return None
    spot = _with_generics(sentence, Spot(name, name, fold(name.of(sentence.view)), alike, "unknown"))
    spot = spot._replace(cued=True, use="scene" if sentence.cue("strong_cues", spot.words.start) else "unknown")
    return spot, last


def _is_no_name(word: str) -> bool:
    words = place_words()
    return word in plain_words() or word in words.given_names or word in words.titles
