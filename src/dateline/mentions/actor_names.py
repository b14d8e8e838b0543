"""Names of parties among the words of a sentence, with regard to capitals."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from dateline.lexicon.actors import Body, Country, Description, Party, actors, country_by_code
from dateline.mentions.words import Word, words_of
from dateline.model.actor import ActorKind

P = TypeVar("P")
_GAP = re.compile(r"[ \"'-]*")
_GAP_IN_NAME = re.compile(r"[ \"'()/-]*")  # "CPI (Maoist)", "ULA/AA"


class Words(NamedTuple):
    """The words of one sentence, the view that they were cut from, and whether it stands in capitals all through."""

    view: str
    words: tuple[Word, ...]
    shouted: bool

    def key(self, i: int) -> str:
        """The key of word i without stops ("us" for "U.S."); "" beyond the ends."""
        if not 0 <= i < len(self.words):
            return ""
        key = self.words[i].key
        return key.replace(".", "") if "." in key else key

    def joined(self, first: int, last: int, gap: re.Pattern[str] = _GAP) -> bool:
        """Whether nothing but blanks and quotation marks (or what `gap` says) stands between words[first:last]."""
        if first < 0 or last > len(self.words):
            return False
        pairs = zip(self.words[first : last - 1], self.words[first + 1 : last], strict=True)
        return all(gap.fullmatch(self.view, a.end, b.start) for a, b in pairs)


class Named(NamedTuple):
    """A party as one report names it."""

    name: str
    kind: ActorKind


class NameTable(Generic[P]):
    """Names, each with a payload.  Capitals of a name must be capitals in the text, unless `any_case`."""

    def __init__(self, names: Iterable[tuple[str, P]], *, any_case: bool = False) -> None:
        self._any_case = any_case
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], P]]] = {}
        for name, payload in names:
            cut = words_of(name, 0, len(name))
            entry = (tuple(_key(w.key) for w in cut), tuple(w.text for w in cut), payload)
            self._by_first.setdefault(entry[0][0], []).append(entry)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    @property
    def first_words(self) -> frozenset[str]:
        """The keys that a name can begin with."""
        return frozenset(self._by_first)

    def at(self, words: Words, i: int) -> tuple[int, P] | None:
        """The longest name that begins at word i: the number of the word behind it, and the payload."""
        for keys, spelled, payload in self._by_first.get(words.key(i), ()):
            end = i + len(keys)
            if end > len(words.words) or any(words.key(i + n) != key for n, key in enumerate(keys)):
                continue
            if words.joined(i, end, _GAP_IN_NAME) and (self._any_case or _case_fits(words, i, spelled)):
                return end, payload
        return None


def _key(key: str) -> str:
    return key.replace(".", "") if "." in key else key


def _case_fits(words: Words, i: int, spelled: tuple[str, ...]) -> bool:
    if words.shouted:
        return not (len(spelled) == 1 and spelled[0] in actors().in_capitals and "." not in words.words[i].text)
    return all(_word_fits(words.words[i + n].text, name) for n, name in enumerate(spelled))


def _word_fits(text: str, name: str) -> bool:
    if 1 < len(name) <= 4 and (name.isupper() or any(c.isupper() for c in name[1:])):
        return text.replace(".", "").removesuffix("'s") == name.replace(".", "")  # FARC, LeT, IS
    if name.isupper() and len(name) > 1:
        return text[:1].isupper() and any(c.isupper() for c in text[1:2])
    return not name[:1].isupper() or text[:1].isupper()


@cache
def parties() -> NameTable[Party]:
    return NameTable((name, party) for party in actors().parties for name in (party.name, *party.aliases))


@cache
def countries() -> NameTable[Country]:
    """All names and adjectives of countries."""
    return NameTable((form, c) for c in actors().countries for form in (c.name, *c.nouns, c.adjective, *c.adjectives))


@cache
def country_nouns() -> NameTable[Country]:
    return NameTable((form, country) for country in actors().countries for form in (country.name, *country.nouns))


@cache
def capitals() -> NameTable[Country]:
    """Seats of government that stand for it: "Ankara denies"."""
    by_code = country_by_code()
    return NameTable((city, by_code[code]) for city, code in actors().capitals.items())


@cache
def nationals() -> NameTable[Country]:
    """ "Moroccans", "Iraqis": adjectives that make a plural with s."""
    forms = ((form, c) for c in actors().countries for form in (c.adjective, *c.adjectives) if form[-1:] in "ian")
    return NameTable((f"{form}s", country) for form, country in forms)


@cache
def plural_adjectives() -> NameTable[Country]:
    """ "French", "Sudanese": adjectives that are a plural as they stand."""
    forms = ((form, c) for c in actors().countries for form in (c.adjective, *c.adjectives) if form.endswith(("sh", "ese", "ch")))
    return NameTable(forms)


@cache
def bodies() -> NameTable[Body]:
    """What can follow the name or adjective of a country."""
    return NameTable(((words, body) for body in actors().bodies for words in body.words), any_case=True)


@cache
def bare_bodies() -> NameTable[tuple[str, Body]]:
    named = [(words, (words, body)) for body in actors().bodies for words in body.bare]
    military = next(body for body in actors().bodies if body.name == "military")
    return NameTable([*named, ("military", ("military", military))], any_case=True)


@cache
def acts_of_forces() -> NameTable[None]:
    return NameTable(((words, None) for words in actors().acts_of_forces), any_case=True)


@cache
def descriptions() -> NameTable[Description]:
    return NameTable(((words, d) for d in actors().descriptions for words in d.words), any_case=True)


@cache
def coalition_words() -> NameTable[None]:
    return NameTable(((words, None) for words in actors().coalition_words), any_case=True)


@cache
def enemy_words() -> NameTable[None]:
    return NameTable(((words, None) for words in actors().enemy), any_case=True)


@cache
def local_bodies() -> NameTable[str]:
    return NameTable(((words, kind) for words, kind in actors().local_bodies.items()), any_case=True)
