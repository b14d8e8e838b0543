"""The words of a sentence as place names need them, and what stands around a name."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import cast

from msgspec import Struct

from dateline.gazetteer.extents import Side
from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import Candidate
from dateline.gazetteer.names import ARTICLES, fold
from dateline.lexicon.actors import actors
from dateline.lexicon.places import common_words, demonyms, place_words
from dateline.model import Span
from dateline.model.mention import PlaceUse
from dateline.model.place import PlaceKind

_TOKEN = re.compile(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*[\W\d_]*")
_ASCII_TOKEN = re.compile(r"[A-Za-z]+(?:'(?!s\b)[A-Za-z]+)*[^A-Za-z]*")
_INNER_CAPITAL = re.compile(r"'[^\W\d_a-z]")
_GAP = re.compile(r"[\W\d_]*\Z")
_BLANK = re.compile(r" +")
_WORDS = re.compile(r"[a-z-]+")
_HYPHEN = re.compile(r" ?- ?")
_SHORT_FORMS = frozenset({"st", "ste", "ft", "mt"})
_WIDOW = re.compile(r"\. +")
_LOUD_SHARE = 0.8
_PARTICLES = ARTICLES | frozenset("of de da do du la las le les los the on upon sur and e di del y sous en au aux".split())
_INNER = frozenset("de del da do dos das di".split())
_LINKS = frozenset("and the for with from but nor into over amid".split())  # in lower case in headlines too
_BEFORE_NAMES = frozenset({"a", "an", "the"})
_LEAST_LETTERS = 3
_SHORT_WORD, _TITLE_WORDS, _TITLE_SLACK = 2, 4, 8  # letters; words; one plain word in eight is let pass
_LOUD_LETTERS = 12
CONTEXT = 48
"""Characters before and after a name that cues are looked for in."""


class Token(Struct, frozen=True, gc=False):
    """A run of letters, wherever it stands; `glue` is what joins it to the next: " ", "-", "," or nothing of these ("").

    `size` is the number of its letters, `article` whether it is an Arabic one joined to the name behind it ("al-Sharqat"),
    `heavy` whether headlines write it with a capital; `generic` is a word such as "province", `particle` one such as "of"; both
    are part of names without a capital.  `marked` where it has a capital, also behind an apostrophe, `short` where an
    abbreviation of a place's name may begin in it.

    What else a word with a capital, or an article, says of names: `barred` no unknown one has it, `demonym` one that it begins
    may be a demonym, `closed` none that it begins is unknown; on its own it is `never` a place, or only with a cue and fame,
    for it is `plain`: a common word or a title.
    """

    text: str
    low: str
    glue: str
    capital: bool
    size: int
    article: bool
    heavy: bool
    generic: bool
    particle: bool
    marked: bool
    short: bool
    barred: bool = False
    demonym: bool = False
    closed: bool = False
    never: bool = False
    plain: bool = False


class Row(Struct, frozen=True, gc=False):
    """The tokens of a sentence, where in the text each starts, and the numbers of those that begin with a capital.

    `short` where an abbreviation of a place's name may stand among them.
    """

    tokens: list[Token]
    starts: list[int]
    capitals: list[int]
    short: bool = False

    def end(self, i: int) -> int:
        """Where token i ends."""
        return self.starts[i] + self.tokens[i].size

    def behind_capitals(self) -> list[int]:
        """The tokens with a capital right behind another one."""
        return [i for before, i in pairwise(self.capitals) if before + 1 == i]


def tokens_of(view: str, start: int, end: int) -> Row:
    """The tokens of view[start:end], a plain view; hyphens part them, apostrophes inside do not."""
    pattern = _ASCII_TOKEN if view.isascii() else _TOKEN  # the same there, and sooner
    first = pattern.search(view, start, end)
    if first is None:
        return Row([], [], [])
    pieces = pattern.findall(view, first.start(), end)
    tokens = list(map(_TOKENS.__getitem__, pieces))
    tokens[-1] = _TOKENS[tokens[-1].text]  # what stands behind the last word joins it to nothing
    starts = list(accumulate(map(len, pieces), initial=first.start()))
    starts.pop()
    marked = [i for i, token in enumerate(tokens) if token.marked]
    capitals = [i for i in marked if tokens[i].capital]
    return Row(tokens, starts, capitals, any(tokens[i].short for i in marked))


class _Tokens(dict[str, Token]):
    """A word with what stands behind it -> its token: most are those of other reports too, so that few have to be made."""

    def __missing__(self, piece: str) -> Token:
        if len(self) >= _MOST_TOKENS:
            self.clear()
        self[piece] = token = _token(piece)
        return token


_MOST_TOKENS = 65536
_TOKENS = _Tokens()


def _token(piece: str) -> Token:
    """The token of a word with what stands behind it."""
    word = piece.rstrip(" ")
    if not word.isalpha():
        word = piece[: gap.start()] if (gap := _GAP.search(piece)) else piece
    low, capital = word.lower(), word[0].isupper()
    glue, article = _glue(low, piece[len(word) :]), low in ARTICLES
    heavy, generic = len(word) > _SHORT_WORD and low not in _LINKS, low in after_kinds()
    inner = "'" in word and _INNER_CAPITAL.search(word) is not None  # an abbreviation may begin there
    short = inner or (capital and word.partition("'")[0] in _short_forms())
    told = _name_flags(low, article) if capital or article else ()
    return Token(
        word, low, glue, capital, len(word), article and glue == "-", heavy, generic, low in _PARTICLES, capital or inner, short,
        *told)  # fmt: skip


@cache
def _short_forms() -> frozenset[str]:
    """The first letters, up to a stop or the like, of abbreviations of places, those of states in addresses among them."""
    words = place_words()
    return frozenset(_LETTERS_FIRST.split(form, 1)[0] for form in words.abbreviations) | frozenset(words.postal["US"].split())


def _name_flags(low: str, article: bool) -> tuple[bool, bool, bool, bool, bool]:
    """What a word says of names: `barred`, `demonym`, `closed`, `never` and `plain` of its token."""
    known = place_words()
    common = low in plain_words() or low in known.titles
    barred = common or low in known.given_names
    closed = low in _BEFORE_NAMES or (barred and not article)
    never = low in known.stop_names or len(low) < _LEAST_LETTERS or low in known.months
    return barred, low in demonym_heads(), closed, never, common and fold(low) not in known.only_cued


def _glue(word: str, gap: str) -> str:
    if not gap or gap == " ":
        return gap
    if _BLANK.fullmatch(gap) or (word in _SHORT_FORMS and _WIDOW.fullmatch(gap)):
        return " "
    if gap.strip() == ",":
        return ","
    return "-" if _HYPHEN.fullmatch(gap) and gap == "-" else ""


class Spot(Struct, frozen=True, gc=False):
    """A name of a place in a text.

    `name` covers the proper name, `words` also what belongs to it ("western Anbar", "Kirkuk province"); `fixed` is the
    place of a demonym or abbreviation, which needs no choosing; `kinds` are what the words say that it is; `coarse` where
    they mean a part of it, `sides` which, `near` where they mean something in or by it; `cued` where a word of place stands
    before it, `comma` where a comma follows; `guess` where no more than its name speaks for a place, and it is left out if none
    is chosen; `given` where somebody marked it as a place's.
    """

    name: Span
    words: Span
    key: str
    candidates: tuple[Candidate, ...]
    use: PlaceUse
    fixed: Entry | None = None
    kinds: frozenset[PlaceKind] = frozenset()
    coarse: bool = False
    sides: frozenset[Side] = frozenset()
    near: bool = False
    comma: bool = False
    cued: bool = False
    guess: bool = False
    given: bool = False


class Words(Struct, frozen=True, gc=False):
    """A sentence as it is searched for places: the plain view of the whole text, the same in lower case, the tokens.

    `short` where an abbreviation may stand in it, `loud` where it is written in capitals, `title` where nearly every word has
    one.  Of the whole report, in lower case: `persons` are names of persons and weapons, `places` names that a cue made places;
    `asked` takes note of the names that `is_told` was asked about in vain, so that nobody searches a sentence again which the
    names told since do not concern.
    """

    view: str
    low: str
    start: int
    end: int
    tokens: list[Token]
    starts: list[int]
    capitals: list[int]
    short: bool
    loud: bool
    title: bool
    persons: frozenset[str]
    places: frozenset[str]
    asked: set[str]

    def end_of(self, i: int) -> int:
        """Where token i ends."""
        return self.starts[i] + self.tokens[i].size

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens[first:last]."""
        return Span(self.starts[first], self.starts[last - 1] + self.tokens[last - 1].size)

    def text(self, first: int, last: int) -> str:
        """tokens[first:last] as written."""
        return self.view[self.starts[first] : self.starts[last - 1] + self.tokens[last - 1].size]

    def is_told(self, name: str) -> bool:
        """Did a cue make this name, in lower case, a place somewhere in the report?"""
        if name in self.places:
            return True
        self.asked.add(name)
        return False

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
        return cue_in(name, self.before(at)) is not None


def words_of(view: str, low: str, span: Span, row: Row, persons: frozenset[str], places: frozenset[str] = frozenset()) -> Words:
    """The sentence at `span` of a text, whose plain view is `view` and in lower case `low`; the tokens are its own."""
    loud = _may_be_loud(row) and is_loud(view, span.start, span.end)
    title = not loud and len(row.capitals) >= _TITLE_WORDS and is_title(row.tokens)
    return Words(
        view, low, span.start, span.end, row.tokens, row.starts, row.capitals, row.short, loud, title, persons, places,
        set())  # fmt: skip


_size = attrgetter("size")


def _may_be_loud(row: Row) -> bool:
    """Are there few words in small letters?  Says no of most sentences, and soon."""
    letters: int = sum(map(_size, row.tokens))
    small = letters - sum([row.tokens[i].size for i in row.capitals])
    return small <= (1 - _LOUD_SHARE) * letters


def is_loud(view: str, start: int, end: int) -> bool:
    """Is the sentence written in capitals throughout, so that a capital says nothing?"""
    letters = [c for c in view[start:end] if c.isalpha()]
    return len(letters) >= _LOUD_LETTERS and sum(map(str.isupper, letters)) > _LOUD_SHARE * len(letters)


def is_title(tokens: list[Token]) -> bool:
    """Does nearly every word begin with a capital, as in a headline?"""
    capital = [token.capital for token in tokens if token.heavy]
    return len(capital) >= _TITLE_WORDS and capital.count(False) <= len(capital) // _TITLE_SLACK


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
def demonym_heads() -> frozenset[str]:
    """The first words of demonyms, in lower case."""
    return frozenset(text.lower().replace("-", " ").split()[0] for text in demonyms())


@cache
def party_names() -> dict[str, tuple[str, ...]]:
    """First word -> names of parties that begin with it, in lower case."""
    names = sorted({name.lower() for party in actors().parties for name in (party.name, *party.aliases)})
    return {first: tuple(group) for first, group in groupby(names, key=lambda name: name.split()[0])}


def cue_in(name: str, before: str) -> re.Match[str] | None:
    """A cue of the lexicon's list `name`, with an article or not, at the end of what stands before a name."""
    return _cue_pattern(name).search(before) if last_word(before) in last_words(name) else None


@cache
def _cue_pattern(name: str) -> re.Pattern[str]:
    phrases = any_of(getattr(place_words(), name))
    return re.compile(rf"(?:^|[^\w-])(?:{phrases})(?: +the)? +$")


_LETTERS_FIRST = re.compile(r"[\W\d_]")
_LETTERS_LAST = re.compile(r"[^\W\d_]+\Z")


@lru_cache(maxsize=256)
def last_word(before: str) -> str:
    """The word before a name and its article; "" where none stands right there.  Asked several times running for a name."""
    head = before[:-1] if before.endswith("-") else before.rstrip(" ")
    if len(head) == len(before):
        return ""
    if head.endswith(" the") and (word := _ending(head[:-4].rstrip(" "))):
        return word
    return _ending(head)


def _ending(text: str) -> str:
    """The letters that a text ends in, but for a full stop behind them."""
    word = text.rpartition(" ")[2].removesuffix(".")
    if word.isalpha():
        return word
    match = _LETTERS_LAST.search(word)
    return match.group() if match else ""


@cache
def last_words(name: str) -> frozenset[str]:
    """How the cues of the lexicon's list `name` end: what spares most names the search for a cue."""
    return frozenset(phrase.split()[-1] for phrase in getattr(place_words(), name))


@cache
def words_before() -> frozenset[str]:
    """How the words end that `before_pattern` and `kind_in` find."""
    words = place_words()
    phrases = [*words.directions, *words.parts, *words.edges, *before_kinds(), "of", "the"]
    return frozenset(re.split(r"[ -]", phrase.strip("."))[-1] for phrase in phrases)


WAYS = frozenset({"to", "from", "into", "toward", "towards", "via"})
"""How what stands before where somebody goes ends."""


def move_in(before: str) -> re.Match[str] | None:
    """The end of what stands before where somebody goes: "fled (on foot) to ", "withdrew from "."""
    return _move_pattern().search(before) if last_word(before) in WAYS else None


@cache
def _move_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{any_of(place_words().moves)})(?: +[\w']+){{0,2}} +(?:{'|'.join(sorted(WAYS))}) +$")


@cache
def sides_by_word() -> dict[str, frozenset[Side]]:
    """Direction -> the sides that it means."""
    found: dict[str, set[Side]] = defaultdict(set)
    for side, words in place_words().sides.items():
        for word in words:
            found[word].add(cast(Side, side))
    return {word: frozenset(sides) for word, sides in found.items()}


def sides_in(words: str) -> frozenset[Side]:
    """The sides that the directions among these words (in lower case) mean: those of "the northern and eastern regions of"."""
    return frozenset[Side]().union(*(sides_by_word().get(word, frozenset()) for word in _WORDS.findall(words)))


@cache
def before_pattern() -> re.Pattern[str]:
    """Words before a name that say which part of the place is meant: "western regions of ", "northern and eastern "."""
    words = place_words()
    direction, part = any_of(words.directions), any_of(words.parts)
    row = rf"(?:{direction})(?:(?: +and +|, +)(?:{direction}))*"
    edge = any_of(words.edges)
    plain = rf"{row}(?:,? +(?:{part}) +of)?|(?:{edge}) +of"
    noun = rf"(?<!\bto )(?:the|in|from) +(?P<noun>{row} +of)"  # not "north of", which is another place
    return re.compile(rf"(?<![\w-])(?:(?P<plain>{plain})|{noun})(?: +the)?(?: +|-)$")


@cache
def possessed_pattern() -> re.Pattern[str]:
    """What of a place is meant, behind it: "'s north-east", "'s southern countryside"; group 1 is the direction."""
    words = place_words()
    direction, part = any_of(words.directions), any_of(words.parts)
    return re.compile(rf"'s +({direction})(?: +(?:{part}))?(?![\w-]| +(?:{direction})(?![\w-]))")


@cache
def part_of_country_pattern() -> re.Pattern[str]:
    """ "(in the) north and west of the country"; group 1 is what names the place."""
    words = place_words()
    direction, part = any_of(words.directions), any_of(words.parts)
    row = rf"(?:{direction})(?:(?: +and +|, +)(?:{direction}))*"
    return re.compile(rf"(?:in|across|from|to|throughout) +(?:the +)?({row}(?: +(?:{part}))? +of +the +country)\b")


@cache
def after_pattern() -> re.Pattern[str]:
    """A generic word after a name: "province", "mountain range", "suburbs"; group 1 is the word."""
    words = place_words()
    return re.compile(
        rf"(?: +|-)(?:central |northern |southern |western |eastern )?({any_of(after_kinds(), words.parts)})(?![\w-])"
    )


@cache
def naming_after_pattern() -> re.Pattern[str]:
    """A generic word or an apposition that makes the unknown name before it a place."""
    words = place_words()
    apposition = rf", +an? +(?:[\w-]+ +)?(?:{any_of(words.naming_appositions)})"
    return re.compile(rf"(?: +(?:{any_of(words.naming_generics)})|{apposition})(?![\w-])")


def kind_in(before: str) -> re.Match[str] | None:
    """A generic word at the end of what stands before a name: "Mount", "Wadi", "town of"; group 1 is the word."""
    return _kind_before_pattern().search(before) if last_word(before) in words_before() else None


@cache
def _kind_before_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({any_of(before_kinds())})(?: +|-)(?:the +)?$")


@cache
def after_kinds() -> dict[str, str]:
    """Generic word after a name -> kind of place."""
    return {word: kind for kind, words in place_words().generics_after.items() for word in words}


@cache
def before_kinds() -> dict[str, str]:
    """Generic word before a name -> kind of place."""
    return {word: kind for kind, words in place_words().generics_before.items() for word in words}


def any_of(*lists: Iterable[str]) -> str:
    """An alternation of phrases, the longest first; a blank stands for any number of blanks."""
    phrases = sorted({phrase for phrases in lists for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(map(blanks, phrases))


def blanks(phrase: str) -> str:
    """A pattern for a phrase; a blank stands for any number of blanks."""
    return re.escape(phrase).replace(r"\ ", " +")
