"""The words of a sentence as place names need them, and what stands around a name."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple, cast

from msgspec import Struct

from dateline.gazetteer.data import Memory
from dateline.gazetteer.extents import Side
from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import Candidate, found_names, longer_names
from dateline.gazetteer.names import ARTICLES, fold
from dateline.lexicon.actors import actors
from dateline.lexicon.places import common_words, demonyms, place_words
from dateline.model import Span
from dateline.model.mention import PlaceUse
from dateline.model.place import PlaceKind

_TOKEN = re.compile(r"[^\W\d_]+ (?![\W\d_])|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*[\W\d_]*")
_ASCII_TOKEN = re.compile(r"[A-Za-z]+ (?![^A-Za-z])|[A-Za-z]+(?:'(?!s\b)[A-Za-z]+)*[^A-Za-z]*")
_INNER_CAPITAL = re.compile(r"'[^\W\d_a-z]")
_GAP = re.compile(r"[\W\d_]*\Z")
_WORDS = re.compile(r"[a-z-]+")
_NO_LETTERS = "".join(c for c in map(chr, range(128)) if not c.isalpha())
_JOINTS = frozenset({" ", "-"})
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
    are part of names without a capital.  `inner` where it may stand behind the first word of a name, `joined` where a blank or a
    hyphen alone follows; `short` where an abbreviation of a place's name may begin in it, `weapon` where that of a weapon may;
    `marked` where it is either or has a capital, also behind an apostrophe.

    What else a word with a capital, or an article, says of names: `barred` no unknown one has it, `demonym` one that it begins
    may be a demonym, `closed` none that it begins is unknown; on its own it is `never` a place, or only with a cue and fame,
    for it is `plain`: a common word or a title.  A person's name may stand behind a `herald`: a given name, a title.
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
    inner: bool
    joined: bool
    marked: bool
    short: bool
    weapon: bool
    barred: bool = False
    demonym: bool = False
    closed: bool = False
    never: bool = False
    plain: bool = False
    herald: bool = False


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


class Rows(NamedTuple):
    """The tokens of the sentences of a text, and whether any of the text may name a weapon."""

    rows: list[Row]
    armed: bool


def rows_of(view: str, spans: Sequence[Span]) -> Rows:
    """The tokens of the sentences at `spans` of a plain view; hyphens part them, apostrophes inside do not."""
    tokens, starts = _tokens_and_starts(view, 0, len(view))
    marked = [i for i, token in enumerate(tokens) if token.marked]
    rows = [_part_of(view, tokens, starts, marked, span.start, span.end) for span in spans]
    return Rows(rows, True in [tokens[i].weapon for i in marked])


def _part_of(view: str, tokens: list[Token], starts: list[int], marked: list[int], start: int, end: int) -> Row:
    """The tokens of view[start:end] out of those of the whole; `marked` are the numbers of the marked ones."""
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    if first == last or (first and starts[first - 1] + tokens[first - 1].size > start):
        return tokens_of(view, start, end)
    if starts[last - 1] + tokens[last - 1].size > end or _is_word(view[end : end + 1]):
        return tokens_of(view, start, end)  # it begins or ends within a word
    here = marked[bisect_left(marked, first) : bisect_left(marked, last)]
    own = tokens[first:last]
    own[-1] = _TOKENS[own[-1].text]  # what stands behind the last word joins it to nothing
    capitals = [i - first for i in here if tokens[i].capital]
    return Row(own, starts[first:last], capitals, True in [tokens[i].short for i in here])


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def tokens_of(view: str, start: int, end: int) -> Row:
    """The tokens of view[start:end]."""
    tokens, starts = _tokens_and_starts(view, start, end)
    capitals = [i for i, token in enumerate(tokens) if token.capital]
    return Row(tokens, starts, capitals, True in [token.short for token in tokens])


def _tokens_and_starts(view: str, start: int, end: int) -> tuple[list[Token], list[int]]:
    pattern = _ASCII_TOKEN if view.isascii() else _TOKEN  # the same there, and sooner
    first = pattern.search(view, start, end)
    if first is None:
        return [], []
    pieces = pattern.findall(view, first.start(), end)
    tokens = list(map(_TOKENS.__getitem__, pieces))
    tokens[-1] = _TOKENS[tokens[-1].text]
    starts = list(accumulate(map(len, pieces), initial=first.start()))
    starts.pop()
    return tokens, starts


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
    plain = piece.isascii()
    word = piece.removesuffix(" ")
    if not word.isalpha():
        word = piece.rstrip(_NO_LETTERS) if plain else piece[: gap.start()] if (gap := _GAP.search(piece)) else piece
    low, glue, size = word.lower(), _glue(word, piece[len(word) :]), len(word)
    joined, heavy = glue in _JOINTS, size > _SHORT_WORD
    if plain and word == low and word not in _told_in_small() and "'" not in word:  # most words are such
        return Token(word, word, glue, False, size, False, heavy, False, False, False, joined, False, False, False)
    capital, article = word[0].isupper(), low in ARTICLES
    generic, particle = low in after_kinds(), low in _PARTICLES
    behind = "'" in word and _INNER_CAPITAL.search(word) is not None  # an abbreviation may begin there
    short = behind or (capital and word.partition("'")[0] in _short_forms())
    weapon = word.partition("'")[0] in _weapon_heads()
    told = _name_flags(low, article) if capital or article else ()
    return Token(
        word, low, glue, capital, size, article and glue == "-", heavy and low not in _LINKS, generic, particle,
        capital or generic or particle, joined, capital or behind or weapon, short, weapon, *told)  # fmt: skip


@cache
def _told_in_small() -> frozenset[str]:
    """Words in small letters of which a token says more than how long they are."""
    return frozenset(after_kinds()) | _PARTICLES | _LINKS | ARTICLES | _weapon_heads()


@cache
def _short_forms() -> frozenset[str]:
    """The first letters, up to a stop or the like, of abbreviations of places, those of states in addresses among them."""
    words = place_words()
    return frozenset(_LETTERS_FIRST.split(form, 1)[0] for form in words.abbreviations) | frozenset(words.postal["US"].split())


@cache
def _weapon_heads() -> frozenset[str]:
    """The first words of the names of weapons."""
    return frozenset(_LETTERS_FIRST.split(weapon, 1)[0] for weapon in place_words().weapons)


def _name_flags(low: str, article: bool) -> tuple[bool, bool, bool, bool, bool, bool]:
    """What a word says of names: `barred`, `demonym`, `closed`, `never`, `plain` and `herald` of its token."""
    if low not in _told_of_names():
        return False, False, False, len(low) < _LEAST_LETTERS, False, False
    known = place_words()
    common = low in plain_words() or low in known.titles
    barred = common or low in known.given_names
    closed = low in _BEFORE_NAMES or (barred and not article)
    never = low in known.stop_names or len(low) < _LEAST_LETTERS or low in known.months
    herald = low in known.given_names or low in known.titles or low in known.name_particles
    return barred, low in demonym_heads(), closed, never, common and fold(low) not in known.only_cued, herald


@cache
def _told_of_names() -> frozenset[str]:
    """Words in lower case that say more of a name than that it is one."""
    known = place_words()
    persons = known.titles | known.given_names | known.name_particles
    return plain_words() | persons | known.stop_names | known.months | demonym_heads() | _BEFORE_NAMES


def _glue(word: str, gap: str) -> str:
    """What joins a word to the next; "St." and the like are joined by a blank, whatever stands behind their stop."""
    if gap == " ":
        return " "
    return " " if word.lower() in _SHORT_FORMS and _WIDOW.fullmatch(gap) else _plain_glue(gap)


@lru_cache(maxsize=4096)
def _plain_glue(gap: str) -> str:
    if gap and not gap.strip(" "):
        return " "
    return "," if gap.strip() == "," else "-" if gap == "-" else ""


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
    names told since do not concern.  `found` and `longer` are what `find` and `may_go_on` say of names.
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
    found: Memory[tuple[Candidate, ...]]
    longer: Memory[bool]

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
    title = not loud and len(row.capitals) >= _TITLE_WORDS and _is_title(row)
    return Words(
        view, low, span.start, span.end, row.tokens, row.starts, row.capitals, row.short, loud, title, persons, places,
        set(), found_names(), longer_names())  # fmt: skip


_size = attrgetter("size")


def _may_be_loud(row: Row) -> bool:
    """Are there few words in small letters?  Says no of most sentences, and soon: each word has a letter at least."""
    large: int = sum([row.tokens[i].size for i in row.capitals])
    least = len(row.tokens) - len(row.capitals)
    if _LOUD_SHARE * least > (1 - _LOUD_SHARE) * large + 1:
        return False
    letters: int = sum(map(_size, row.tokens))
    return letters - large <= (1 - _LOUD_SHARE) * letters


def is_loud(view: str, start: int, end: int) -> bool:
    """Is the sentence written in capitals throughout, so that a capital says nothing?"""
    letters = [c for c in view[start:end] if c.isalpha()]
    return len(letters) >= _LOUD_LETTERS and sum(map(str.isupper, letters)) > _LOUD_SHARE * len(letters)


def _is_title(row: Row) -> bool:
    """Does nearly every word begin with a capital, as in a headline?"""
    slack, plain = len(row.capitals) // (_TITLE_SLACK - 1), 0  # of n capitals and m other words, m may be (n + m) / 8
    for token in row.tokens:
        if token.heavy and not token.capital:
            if plain == slack:
                return False
            plain += 1
    heavy = plain + sum([row.tokens[i].heavy for i in row.capitals])
    return heavy >= _TITLE_WORDS and plain <= heavy // _TITLE_SLACK


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


@cache
def read_lexicon() -> None:
    """Read at the first text what nearly every longer one needs: how long a later one takes is then a matter of its words."""
    for needed in (party_names, before_pattern, possessed_pattern, after_pattern, naming_after_pattern, part_of_country_pattern,
                   _kind_before_pattern, _move_pattern):  # fmt: skip
        needed()
    for cues in ("strong_cues", "naming_cues", "bare_cues", "no_place_cues", "language_cues"):
        _cue_pattern(cues)


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
