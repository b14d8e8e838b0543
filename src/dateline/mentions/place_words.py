"""The words of a sentence as place names need them, and what stands around a name."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby, zip_longest
from typing import NamedTuple

from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import Candidate
from dateline.gazetteer.names import ARTICLES
from dateline.lexicon.actors import actors
from dateline.lexicon.places import common_words, place_words
from dateline.model import Span
from dateline.model.mention import PlaceUse
from dateline.model.place import PlaceKind

_TOKEN = re.compile(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*")
_BLANK = re.compile(r" +")
_HYPHEN = re.compile(r" ?- ?")
_SHORT_FORMS = frozenset({"st", "ste", "ft", "mt"})
_WIDOW = re.compile(r"\. +")
_LOUD_SHARE = 0.8
_INNER = frozenset("de del da do dos das di".split())
_LINKS = frozenset("and the for with from but nor into over amid".split())  # in lower case in headlines too
_SHORT_WORD, _TITLE_WORDS, _TITLE_SLACK = 2, 4, 8  # letters; words; one plain word in eight is let pass
_LOUD_LETTERS = 12
CONTEXT = 48
"""Characters before and after a name that cues are looked for in."""


class Token(NamedTuple):
    """A run of letters; `glue` is what joins it to the next token: " ", "-", "," or nothing of these ("")."""

    start: int
    end: int
    text: str
    low: str
    glue: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def tokens_of(view: str, start: int, end: int) -> list[Token]:
    """The tokens of view[start:end], a plain view; hyphens part them, apostrophes inside do not."""
    found = list(_TOKEN.finditer(view, start, end))
    tokens: list[Token] = []
    for match, after in zip_longest(found, found[1:]):
        word = match.group()
        gap = view[match.end() : after.start()] if after else ""
        tokens.append(Token(match.start(), match.end(), word, word.lower(), _glue(word.lower(), gap)))
    return tokens


def _glue(word: str, gap: str) -> str:
    if gap == " " or _BLANK.fullmatch(gap) or (word in _SHORT_FORMS and _WIDOW.fullmatch(gap)):
        return " "
    if gap.strip() == ",":
        return ","
    return "-" if _HYPHEN.fullmatch(gap) and gap == "-" else ""


class Spot(NamedTuple):
    """A name of a place in a text.

    `name` covers the proper name, `words` also what belongs to it ("western Anbar", "Kirkuk province"); `fixed` is the
    place of a demonym or abbreviation, which needs no choosing; `kinds` are what the words say that it is; `coarse` where
    they mean a part of it, `near` where they mean something in or by it; `cued` where a word of place stands before it,
    `comma` where a comma follows; `guess` where no more than its name speaks for a place, and
    it is left out if none is chosen.
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
    comma: bool = False
    cued: bool = False
    guess: bool = False


class Words(NamedTuple):
    """A sentence as it is searched for places: the plain view of the whole text, the same in lower case, the tokens.

    `loud` where it is written in capitals, `title` where nearly every word has one.  Of the whole report, in lower case:
    `persons` are names of persons and weapons, `places` names that a cue made places.
    """

    view: str
    low: str
    start: int
    end: int
    tokens: list[Token]
    loud: bool
    title: bool
    persons: frozenset[str]
    places: frozenset[str] = frozenset()

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens[first:last]."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def before(self, at: int) -> str:
        """What stands right before `at`, in lower case."""
        return self.low[max(self.start, at - CONTEXT) : at]

    def is_particle(self, i: int) -> bool:
        """Is token i a small word inside a name ("Agusan del Norte")?"""
        if i == 0 or i + 1 >= len(self.tokens) or self.tokens[i].low not in _INNER:
            return False
        return self.tokens[i - 1].glue == self.tokens[i].glue == " " and self.tokens[i + 1].capital

    def cue(self, name: str, at: int) -> bool:
        """Does a cue of that list of the lexicon stand right before `at`?"""
        return cue_pattern(name).search(self.before(at)) is not None


def words_of(view: str, low: str, span: Span, persons: frozenset[str], places: frozenset[str] = frozenset()) -> Words:
    """The sentence at `span` of a text, whose plain view is `view` and in lower case `low`."""
    tokens = tokens_of(view, span.start, span.end)
    loud = is_loud(view, span.start, span.end)
    return Words(view, low, span.start, span.end, tokens, loud, not loud and is_title(tokens), persons, places)


def is_loud(view: str, start: int, end: int) -> bool:
    """Is the sentence written in capitals throughout, so that a capital says nothing?"""
    letters = [c for c in view[start:end] if c.isalpha()]
    return len(letters) >= _LOUD_LETTERS and sum(map(str.isupper, letters)) > _LOUD_SHARE * len(letters)


def is_title(tokens: list[Token]) -> bool:
    """Does nearly every word begin with a capital, as in a headline?"""
    long = [token for token in tokens if len(token.text) > _SHORT_WORD and token.low not in _LINKS]
    plain = sum(not token.capital for token in long)
    return len(long) >= _TITLE_WORDS and plain <= len(long) // _TITLE_SLACK


def is_article(token: Token) -> bool:
    """An Arabic article before the name that it belongs to: "al-Sharqat"."""
    return token.low in ARTICLES and token.glue == "-"


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Words that are no names although they begin a sentence or a headline with a capital."""
    words = place_words()
    generic = {word for phrase in (*after_kinds(), *before_kinds(), *words.parts) for word in phrase.split()}
    return (
        common_words()
        | words.months
        | words.roles
        | words.bodies
        | words.body_words
        | words.borrowers
        | generic
        | set(words.directions)
    )


@cache
def party_names() -> dict[str, tuple[str, ...]]:
    """First word -> names of parties that begin with it, in lower case."""
    names = sorted({name.lower() for party in actors().parties for name in (party.name, *party.aliases)})
    return {first: tuple(group) for first, group in groupby(names, key=lambda name: name.split()[0])}


@cache
def cue_pattern(name: str) -> re.Pattern[str]:
    """A pattern for the end of what stands before a name: a cue of the lexicon's list `name`, with an article or not."""
    phrases = _any_of(getattr(place_words(), name))
    return re.compile(rf"(?:^|[^\w-])(?:{phrases})(?: +the)? +$")


@cache
def move_pattern() -> re.Pattern[str]:
    """The end of what stands before where somebody goes: "fled (on foot) to ", "withdrew from "."""
    return re.compile(rf"(?<![\w-])(?:{_any_of(place_words().moves)})(?: +[\w']+){{0,2}} +(?:to|from|into|towards?|via) +$")


@cache
def before_pattern() -> re.Pattern[str]:
    """Words before a name that say which part of the place is meant: "the western regions of ", "northern and eastern "."""
    words = place_words()
    direction, part = _any_of(words.directions), _any_of(words.parts)
    row = rf"(?:{direction})(?:(?: +and +|, +)(?:{direction}))*"
    edge = _any_of(words.edges)
    return re.compile(rf"(?<![\w-])(?:{row}(?:,? +(?:{part}) +of)?|(?:{edge}) +of)(?: +the)?(?: +|-)$")


@cache
def part_of_country_pattern() -> re.Pattern[str]:
    """ "(in the) north and west of the country"; group 1 is what names the place."""
    words = place_words()
    direction, part = _any_of(words.directions), _any_of(words.parts)
    row = rf"(?:{direction})(?:(?: +and +|, +)(?:{direction}))*"
    return re.compile(rf"(?:in|across|from|to|throughout) +(?:the +)?({row}(?: +(?:{part}))? +of +the +country)\b")


@cache
def after_pattern() -> re.Pattern[str]:
    """A generic word after a name: "province", "mountain range", "suburbs"; group 1 is the word."""
    words = place_words()
    return re.compile(
        rf"(?: +|-)(?:central |northern |southern |western |eastern )?({_any_of(after_kinds(), words.parts)})(?![\w-])"
    )


@cache
def naming_after_pattern() -> re.Pattern[str]:
    """A generic word or an apposition that makes the unknown name before it a place."""
    words = place_words()
    apposition = rf", +an? +(?:[\w-]+ +)?(?:{_any_of(words.naming_appositions)})"
    return re.compile(rf"(?: +(?:{_any_of(words.naming_generics)})|{apposition})(?![\w-])")


@cache
def kind_before_pattern() -> re.Pattern[str]:
    """A generic word before a name: "Mount", "Wadi", "town of"; group 1 is the word."""
    return re.compile(rf"(?<![\w-])({_any_of(before_kinds())})(?: +|-)(?:the +)?$")


@cache
def after_kinds() -> dict[str, str]:
    """Generic word after a name -> kind of place."""
    return {word: kind for kind, words in place_words().generics_after.items() for word in words}


@cache
def before_kinds() -> dict[str, str]:
    """Generic word before a name -> kind of place."""
    return {word: kind for kind, words in place_words().generics_before.items() for word in words}


def _any_of(*lists: Iterable[str]) -> str:
    """An alternation of phrases, the longest first; a blank stands for any number of blanks."""
    phrases = sorted({phrase for phrases in lists for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", " +") for phrase in phrases)
