"""Reads what a number counts: the noun phrase after it, its head, and the codebook's object of that."""

import re
from functools import cache
from typing import NamedTuple

from dateline.lexicon.numbers import number_words, object_words
from dateline.mentions.numbers import MONEY_SIGNS, Line, holds_number, is_calibre, is_number_word, line_of, value_of
from dateline.mentions.words import Found, PhraseTable
from dateline.model import Span

LONGEST = 9  # words of a noun phrase before its head

PERSONS = frozenset({"militant", "militant_leader", "supporter", "civilian", "security_force", "person", "prisoner"})
_DETERMINERS = frozenset("the these those our their its his her your my".split())
_MORE = frozenset("more other others additional further new separate different earlier previous recent similar".split())
_PRONOUNS = frozenset("them whom which us these those".split())
_NOT_PLURAL = re.compile(r"(?:ss|us|is|ous|'s)$")
_VERBISH = re.compile(r"(?:ed|ing)$")
_MAN = re.compile(r"[a-z]{2,}man$")
_NO_MEN = frozenset("human german roman ottoman shaman talisman caiman".split())
_SIZES = frozenset(
    "mm cm m inch inches caliber calibre cal bore gauge pound pounds lb kg kilo tonne ton litre liter seater".split()
)
_BORES = frozenset("caliber calibre cal".split())
_OLD = re.compile(r"(?:year|month|week|day)s?-olds?")


class Noun(NamedTuple):
    """A counted noun of the lexicon: its object and number, and the measure or the unit that it says itself."""

    object: str | None
    plural: bool | None  # None: both
    measure: str | None = None
    unit: str | None = None
    factor: float = 1
    state: bool = False  # "dead", "wounded": counts where no noun stands before it


class NounPhrase(NamedTuple):
    """Words [first, last) after a number, up to the head; `object` None where the head is unknown."""

    first: int
    last: int
    object: str | None
    measure: str | None = None
    unit: str | None = None
    factor: float = 1
    known: bool = True


def plural_of(noun: str) -> str:
    """The plural, by rule where the lexicon gives none."""
    known = object_words().plurals.get(noun)
    if known:
        return known
    first, of, whole = noun.partition(" of ")
    if of:
        return f"{plural_of(first)} of {whole}"
    head, _, last = noun.rpartition(" ")
    space = " " if head else ""
    if last in object_words().plurals:
        return f"{head}{space}{object_words().plurals[last]}"
    if _MAN.search(last) and last not in _NO_MEN:
        return f"{head}{space}{last[:-3]}men"
    if last.endswith(("child", "wife")):
        return f"{head}{space}" + (f"{last}ren" if last.endswith("child") else f"{last[:-4]}wives")
    if re.search(r"[^aeiou]y$", last):
        return f"{head}{space}{last[:-1]}ies"
    return noun + ("es" if re.search(r"(?:s|x|z|ch|sh)$", last) else "s")


_STATES = frozenset(
    "dead killed wounded injured hurt arrested detained missing displaced slain kidnapped abducted martyred".split()
)


@cache
def _nouns() -> PhraseTable[Noun]:
    """Every form of every counted noun.  What says a measure itself comes before the plain noun of the same form."""
    words = object_words()
    forms: dict[str, Noun] = {}
    for unit in number_words().units:
        for name in unit.names:
            forms.setdefault(name, Noun(unit.object, None, "duration" if unit.object == "time" else None, unit.unit, unit.factor))
    for currency, names in number_words().currencies.items():
        for name in names:
            forms.setdefault(name, Noun("money", None, None, currency))
    for name in number_words().money_names:
        forms.setdefault(name, Noun("money", None))
    for measure, by_object in words.measured.items():
        for thing, nouns in by_object.items():
            for noun in nouns:
                _add(forms, noun, thing, measure)
    for thing, nouns in words.objects.items():
        measure = "conducted" if thing in {"operation", "strike", "attack"} else ""
        for noun in nouns:
            _add(forms, noun, thing, measure)
    for noun in words.others:
        _add(forms, noun, "", "")
    signs = set(MONEY_SIGNS)  # sums with a sign are read apart
    return PhraseTable((form, noun) for form, noun in forms.items() if re.search(r"\w", form) and not signs & set(form))


def _add(forms: dict[str, Noun], noun: str, thing: str, measure: str) -> None:
    if noun in object_words().invariant:
        forms.setdefault(noun, Noun(thing or None, None, measure or None, state=noun in _STATES))
        return
    forms.setdefault(noun, Noun(thing or None, False, measure or None))
    forms.setdefault(plural_of(noun), Noun(thing or None, True, measure or None))


def noun_at(line: Line, i: int) -> Found[Noun] | None:
    """The longest counted noun whose words begin at word i."""
    if i >= len(line.words):
        return None
    found = _nouns().at(line.words, i)
    if found and all(line.near(j) or line.gap(j) in {"-", "."} for j in range(found.first + 1, found.last)):
        return found
    return None


def noun_phrase(line: Line, i: int, many: bool) -> NounPhrase | None:
    """The noun phrase that begins at word i (just after a number); None where none does."""
    if not _joined(line, i):
        return None
    first, partitive = i, False
    while line.key(i) in _MORE - {"others"} and line.near(i):
        i += 1
    if line.key(i) == "of" and _joined(line, i):
        i, partitive = i + 1, True
        if line.key(i) in _PRONOUNS and line.near(i):
            return NounPhrase(first, i + 1, None)
        while line.key(i) in _DETERMINERS and line.near(i):
            i += 1
        if line.near(i) and holds_number(line.words[i]):
            return None  # "three of the seven hostages": two numbers
    elif line.key(i - 1) == "of":  # "none of the", "a pair of"
        while line.key(i) in _DETERMINERS and line.near(i):
            i += 1
    if not line.near(i) and i != first:
        return None
    phrase = _head(line, i, many)
    if phrase is not None and partitive and not is_plural(line, phrase):
        return None  # "section 119.3 of the Criminal Code"
    if phrase is None:
        return NounPhrase(first, i, None, known=False) if i > first and line.key(i - 1) == "others" else None
    if phrase.unit is not None:
        return _measured(line, phrase._replace(first=first))
    return _with_others(line, phrase._replace(first=first), many)


def object_of(text: str, span: Span) -> str | None:
    """The codebook's object that the words of a noun phrase name, by its head: "the old betel seller" is a civilian."""
    phrase = _head(line_of(text, span.start, span.end), 0, many=True)
    return phrase.object if phrase is not None else None


def _joined(line: Line, i: int) -> bool:
    """Whether word i goes on with the phrase: after a blank, a bore's point (".303"), a number said again ("one (1) man")."""
    if line.near(i):
        return True
    gap = line.gap(i).strip()
    return (gap == "." and is_calibre(line, i)) or (gap == ")" and line.gap(i - 1).strip() == "(")


def is_plural(line: Line, phrase: NounPhrase) -> bool:
    """Whether the head can be a plural: "five of the soldiers", "one of our service members"."""
    for k in range(phrase.first, phrase.last):
        found = noun_at(line, k)
        if found and found.last == phrase.last:
            return found.payload.plural is not False
    return line.key(phrase.last - 1).endswith("s")


def _head(line: Line, i: int, many: bool) -> NounPhrase | None:
    """The head: the last noun of a compound, known or not."""
    best: Found[Noun] | None = None
    k = i
    while k < min(len(line.words), i + LONGEST) and (k == i or line.gap(k) in {"-", "/"} or _joined(line, k)):
        if size := _size(line, k):
            k += size
            continue
        found = noun_at(line, k)
        key = line.key(k)
        if best is None and (_participle(line, k, found) or _made_into(line, k, found)):
            k += 1
            continue
        if found and best and (found.payload.state or found.payload.unit):
            break
        if found and not (_stops(line, k) and not found.payload.state and found.last - found.first == 1):
            if found.payload.unit and k > i and not _only_small_words(line, i, k):
                break
            best, k = found, found.last
            if found.payload.unit or found.payload.state:
                break
            if found.payload.plural and not noun_at(line, k):
                break
            if found.payload.plural and not line.near(k):
                break
            continue
        if _stops(line, k) or (best and _VERBISH.search(key)) or value_of(key) is not None:
            break
        if k > i and is_number_word(key):
            break
        if _unknown_head(line, k, many, best):
            return NounPhrase(i, k + 1, _people(line, k), known=_people(line, k) is not None)
        k += 1
    if best is None:
        return None
    noun = best.payload
    if not many and _goes_on(line, best.last):
        return None
    if many and noun.plural is False and _coordinated_head(line, best.last):
        noun, best = _later_head(line, best)
    return NounPhrase(i, best.last, _decided(line, i, best), noun.measure, noun.unit, noun.factor)


def _participle(line: Line, k: int, found: Found[Noun] | None) -> bool:
    """Whether word k only says what was done to the thing after it: "two captured armoured vehicles", "one missing man"."""
    key = line.key(k)
    state = found is not None and found.payload.state
    follows = noun_at(line, k + 1) if line.near(k + 1) else None
    if not (state or (_stops(line, k) and _VERBISH.search(key))):
        return False
    return follows is not None and not follows.payload.state and not follows.payload.unit and follows.payload.object is not None


def _made_into(line: Line, k: int, found: Found[Noun] | None) -> bool:
    """Whether a word that is a unit elsewhere belongs to a compound here: "one barrel grenade launcher"."""
    if found is None or not found.payload.unit or not line.near(found.last):
        return False
    follows = noun_at(line, found.last)
    return (
        found.payload.unit in {"l", "t", "kg"}
        and not line.key(k).endswith("s")
        and follows is not None
        and follows.payload.object is not None
        and not follows.payload.unit
        and not follows.payload.state
    )


def _stops(line: Line, k: int) -> bool:
    """Whether word k ends a noun phrase: "us" does, "US troops" go on."""
    return line.key(k) in object_words().stops and line.words[k].text != "US"


def _goes_on(line: Line, i: int) -> bool:
    """Whether a singular noun goes on to a head that the lexicon does not know: "a police source", "a helicopter crash"."""
    if not line.near(i):
        return False
    word, key = line.words[i], line.key(i)
    verb = key in object_words().verbs_after or bool(_VERBISH.search(key))
    other = _stops(line, i) or verb or key in _DIRECTIONS or key.endswith(("ly", "s")) or noun_at(line, i) is not None
    return key.isalpha() and not other and (not word.capital or line.words[i - 1].text.isupper())


def _size(line: Line, k: int) -> int:
    """How many words from word k say a size or an age before its noun: "122mm", ".303", "caliber .45", "9-year-old"."""
    if line.key(k) in _BORES and k + 1 < len(line.words) and value_of(line.key(k + 1)) is not None:
        return 2
    if k >= len(line.words) or value_of(line.key(k)) is None:
        return 0
    if k + 1 >= len(line.words):
        return 0
    gap, key = line.gap(k + 1), line.key(k + 1)
    if _OLD.fullmatch(key) or (key in {"year", "years"} and line.key(k + 2) == "old"):
        return 2 if _OLD.fullmatch(key) else 3
    if gap in {"", "-"} and key.isalpha():
        return 2
    if gap == " " and key in _SIZES and noun_at(line, k + 2) is not None:
        return 2
    return int(is_calibre(line, k))


def _only_small_words(line: Line, i: int, k: int) -> bool:
    """Whether the words before a unit only say that it goes on: "six continuous hours"."""
    small = {
        "continuous",
        "consecutive",
        "straight",
        "successive",
        "full",
        "long",
        "whole",
        "metric",
        "square",
        "more",
        "us",
        "u.s.",
        "american",
    }
    return all(line.key(j) in small for j in range(i, k))


def _unknown_head(line: Line, k: int, many: bool, best: Found[Noun] | None) -> bool:
    """A plural that the lexicon does not know ends the phrase, unless a known noun follows it ("Hamas rockets")."""
    key = line.key(k)
    if many and _people(line, k):
        return best is None or not best.payload.plural
    if not many or not key.endswith("s") or _NOT_PLURAL.search(key) or len(key) < 4:
        return False
    if best is not None and best.payload.plural:
        return False
    follows = noun_at(line, k + 1)
    return not (follows and line.near(k + 1) and not follows.payload.state and not follows.payload.unit)


def _people(line: Line, k: int) -> str | None:
    """ "two Moroccans" are persons."""
    key, words = line.key(k), object_words()
    named = key in words.people or (line.words[k].capital and key.endswith(words.people_endings))
    return "person" if named else None


def _coordinated_head(line: Line, i: int) -> bool:
    """ "artillery and mortar systems": the plural that closes the phrase stands after the second noun; not after "two PKM"."""
    if line.key(i) != "and" or not line.near(i) or line.words[i - 1].text.isupper():
        return False
    found = noun_at(line, i + 1)
    return bool(found and found.payload.plural and line.near(i + 1) and found.last - found.first > 1)


def _later_head(line: Line, best: Found[Noun]) -> tuple[Noun, Found[Noun]]:
    later = noun_at(line, best.last + 1)
    assert later is not None
    return later.payload, later


def _decided(line: Line, i: int, head: Found[Noun]) -> str | None:
    """The object of the head, which the words before it or after "of" can change ("army members", "armed men")."""
    words, thing = object_words(), head.payload.object
    if thing in {"explosive_device", "ammunition"} and head.last - head.first == 1:
        return _fired(line, i, head, thing)
    if thing not in PERSONS:
        return thing
    before = [line.key(k) for k in range(i, head.first)]
    last = line.key(head.last - 1)
    singular = next((m for m in words.bare_members if last in {m, plural_of(m)}), None)
    if singular:
        after = []
        if line.key(head.last) == "of" and line.near(head.last):
            after = [line.key(k) for k in range(head.last + 1, min(head.last + 7, len(line.words))) if line.near(k)]
        for key in [*reversed(before), *after]:
            for decided, names in words.belongs_to.items():
                if key in names and not (decided == "militant" and thing == "militant_leader"):
                    return decided
    if last == "men" and thing == "person" and (_OWNERS & {*before, line.key(i - 1), line.key(i - 2)}):
        return "militant"
    if thing in {"person", "civilian"}:
        for decided, names in words.adjectives.items():
            if any(key in names for key in before):
                return decided
    return thing


def _fired(line: Line, i: int, head: Found[Noun], thing: str) -> str:
    """Bombs and grenades that were dropped or thrown, and rounds that were fired, are munitions."""
    flew = object_words().flew.get(line.key(head.last - 1), frozenset())
    said = {line.key(k) for k in (*range(max(0, i - 4), i), head.last, head.last + 1)}
    return "munition" if said & flew else thing


def _measured(line: Line, phrase: NounPhrase) -> NounPhrase:
    """A unit with what is measured in it: "50 kilograms of urea", "15 percent of the city"."""
    i = phrase.last
    if line.key(i) != "of" or not line.near(i) or phrase.object == "area":
        return phrase
    i += 1
    while line.key(i) in _DETERMINERS and line.near(i):
        i += 1
    inner = _head(line, i, True) if line.near(i) else None
    if inner is not None and inner.known:
        thing = phrase.object or inner.object
        if phrase.object == "time":
            return phrase
        return phrase._replace(last=inner.last, object=_mass(inner.object) if phrase.unit in {"kg", "t", "l"} else thing)
    return _one_word(line, phrase, i)


def _mass(thing: str | None) -> str | None:
    """Explosives by the kilogram are a material."""
    return "explosive_material" if thing == "explosive_device" else thing


def _one_word(line: Line, phrase: NounPhrase, i: int) -> NounPhrase:
    """An unknown word after "of" still belongs to the words of the figure: "seven days of fighting"."""
    if i < len(line.words) and line.near(i) and line.words[i].text.isalpha() and not _stops(line, i):
        return phrase._replace(last=i + 1, object=phrase.object or ("other" if phrase.unit in {"kg", "t", "l"} else None))
    return phrase


_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west".split()
)
_OWNERS = frozenset({"his", "its", "their"})  # "four of its men" are those of a group or of its leader
_VERBS_AFTER = frozenset("was were is are has have had been will would also".split())


def _with_others(line: Line, phrase: NounPhrase, many: bool) -> NounPhrase:
    """One number over several nouns: "22 elements and leaders", "hundreds of dens, bunkers and tunnels"."""
    if not many or phrase.object is None:
        return phrase
    things, last, i, closed = [phrase.object], phrase.last, phrase.last, False
    while not closed:
        closed = line.key(i) in {"and", "or"} and line.near(i)
        if not closed and line.gap(i).strip() != ",":
            break
        j = i + 1 if closed else i
        if not closed and line.key(j) in {"and", "or"}:
            j, closed = j + 1, True
        while line.near(j) and j - i < 3 and _may_modify(line, j):
            j += 1
        found = noun_at(line, j)
        if (
            found is None
            or found.payload.plural is False
            or found.payload.unit
            or found.payload.state
            or found.payload.object is None
        ):
            return phrase
        if (found.payload.object in PERSONS) != (phrase.object in PERSONS) or found.payload.measure != phrase.measure:
            return phrase
        things.append(found.payload.object)
        last = i = found.last
    if not closed or line.key(last) in _VERBS_AFTER:
        return phrase
    return phrase._replace(last=last, object=_mixed(things))


def _may_modify(line: Line, j: int) -> bool:
    """Whether word j can stand before a counted noun: no noun itself, no number, no small word."""
    return noun_at(line, j) is None and not holds_number(line.words[j]) and not _stops(line, j)


def _mixed(things: list[str]) -> str:
    """The object that stands for a list of several: see `mixed` in the lexicon; else the first."""
    if len(set(things)) == 1:
        return things[0]
    if {"civilian", "security_force"} <= set(things):
        return "person"
    return next((m for m in object_words().mixed if m in things), things[0])
