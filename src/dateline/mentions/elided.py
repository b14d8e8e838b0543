"""Numbers whose noun is left out ("killed 12", "nine of them"): whether they count, and what, by the nouns said before."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from dateline.lexicon.numbers import number_words, object_words
from dateline.mentions.noun_phrases import PERSONS, noun_at, noun_phrase
from dateline.mentions.numbers import Line, Number, line_of, number_at
from dateline.mentions.unread import after_a_name
from dateline.model import Quantity, plain_view, small_view

_BACK, _REACH = 6, 350  # quantities and characters back to the one that says what is counted
_AFTER = 60  # characters after a number in which it is said what they are
_NEVER = frozenset({"time", "money", "area"})
_BEING = frozenset({"were", "are", "was", "being", "is"})
_ALIKE = frozenset({"people", "persons", "men", "others"})
_STANDING = frozenset("of more the them whom which these those us you other".split())
_NUMBER_OF = re.compile(r"(?:number|total|tally|toll|count) (?=of )", re.IGNORECASE)
_STOP = re.compile(r"[.!?;]\s")
_FAR = 25  # words back to a noun that a colon or a toll stands for
_PAST = re.compile(r"[a-z]{2}ed$")
_PRONOUNS = frozenset("them whom which these those us you".split())


def out_of(line: Line, number: Number) -> str | None:
    """The object of a number that is a part of another: "28 of 34 drones", "28 out of the 34 drones"."""
    i = number.last + (line.key(number.last) == "out")
    if line.key(i) != "of" or not line.near(i):
        return None
    i += 1 + (line.key(i + 1) in {"the", "those", "these", "its", "their"})
    whole = number_at(line, i) if i < len(line.words) and line.near(i) else None
    phrase = noun_phrase(line, whole.last, whole.many) if whole else None
    return phrase.object if phrase else None


def labelled(line: Line, number: Number) -> str | None:
    """The object of the noun before a colon: "hideouts destroyed: 61", "Fatalities: 12"."""
    i = number.first
    if not i or line.gap(i).strip() not in {":", "="}:
        return None
    for k in range(i - 1, max(-1, i - 5), -1):
        found = noun_at(line, k)
        if found and found.payload.object and not found.payload.unit and found.payload.plural is not False:
            return found.payload.object
        if not line.near(k):
            break
    return None


def bare_counts(line: Line, number: Number) -> bool:
    """Whether a bare number counts: "killed 12", "only 10,000 were killed", "raised the toll to 45", "against 44 in May"."""
    words = number_words()
    after, before = line.key(number.last), line.key(number.first - 1)
    if after_a_name(line, number.first) and before not in words.bare_before:
        return False
    if line.near(number.last) and after in words.bare_after:
        return True
    if line.near(number.first) and before in words.bare_before:
        return True
    if after == "of" and line.key(number.last + 1) in _PRONOUNS:
        return True
    if (
        number.rule.split()[0] in {"at_least", "almost", "fewer"}
        and line.near(number.first)
        and before in words.toll_links | words.bare_before
    ):
        return True
    toll = any(w.key in words.toll_words for w in line.words[max(0, number.first - _FAR) : number.first])
    if toll and line.near(number.first) and before in words.toll_links:
        return True
    return labelled(line, number) is not None or _among_numbers(line, number)


def _among_numbers(line: Line, number: Number) -> bool:
    """A bare number between a word that joins it and the end of the clause: "from 41 last year", "against 44 in May"."""
    words = number_words()
    first, last = number.first, number.last
    begins = not line.near(first) and (first == 0 or line.gap(first).strip() in {",", ";", ":", "-", "", "(", "."})
    if line.near(last) and (line.key(last) in object_words().verbs_after or _PAST.search(line.key(last))):
        return begins or line.key(first - 1) in words.bare_joined
    if not line.near(first) or line.key(first - 1) not in words.bare_joined:
        return False
    return not line.near(last) or line.key(last) in words.bare_closed


def with_antecedents(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of a report, in order, each that names no noun with the object of what it goes back to.

    "Two soldiers died and nine others were hurt": the nine are counted as soldiers are.  What is said of the number comes
    first ("five of them schoolgirls"), then the number before it that fits; those to whom something was done that is done
    to people are persons at least.
    """
    plain = small_view(text)
    found: list[Quantity] = []
    for quantity in quantities:
        if quantity.object is None and quantity.unit is None and quantity.rule != "hyphen" and _names_nothing(plain, quantity):
            thing = _predicate(text, quantity) or _number_of(text, quantity) or _antecedent(plain, text, quantity, found)
            quantity = replace(quantity, object=thing)
        found.append(quantity)
    return found


def _names_nothing(plain: str, quantity: Quantity) -> bool:
    """Whether the words of the figure hold no noun but one that stands for another ("others", "of them")."""
    if quantity.noun is None:
        return True
    words = re.findall(r"[a-z]+", quantity.noun.of(plain))
    return all(w in _STANDING or w.removesuffix("s") in object_words().others for w in words)


def _predicate(text: str, quantity: Quantity) -> str | None:
    """What the words after the number say of it: "five of them schoolgirls", "four were children", "all of them workers"."""
    line = line_of(text, quantity.span.start, min(len(text), quantity.span.end + _AFTER))
    i = next((k for k, word in enumerate(line.words) if word.start >= quantity.span.end), len(line.words))
    if line.key(i) in _BEING and line.near(i):
        i += 1
    elif quantity.noun is None:
        return None
    phrase = noun_phrase(line, i, True) if line.near(i) else None
    if phrase is None or phrase.object not in PERSONS or phrase.measure or line.key(phrase.last - 1) in _ALIKE:
        return None
    return phrase.object


def _number_of(text: str, quantity: Quantity) -> str | None:
    """The noun of "the number of hostages at 50", "the number of soldiers killed has risen to 21"."""
    if quantity.noun is not None:
        return None
    plain = plain_view(text)
    start = max(0, quantity.span.start - _REACH)
    said = [
        m for m in _NUMBER_OF.finditer(plain, start, quantity.span.start) if not _STOP.search(plain, m.end(), quantity.span.start)
    ]
    if not said:
        return None
    line = line_of(text, said[-1].start(), quantity.span.start)
    phrase = noun_phrase(line, 2, True)
    return phrase.object if phrase and phrase.known else None


def _antecedent(plain: str, text: str, quantity: Quantity, before: Sequence[Quantity]) -> str | None:
    """The object of the nearest number or, for "of them", the nearest plural before the number that fits what is said of it."""
    words, near = number_words(), _near(plain, quantity)
    things = bool(near & words.done_to_things)
    persons = bool(near & words.done_to_persons) or (not things and "others" in quantity.span.of(plain))
    back = bool(near & words.goes_back) or "more" in quantity.span.of(plain)
    pronoun = quantity.noun is not None and bool(_PRONOUNS & set(quantity.noun.of(plain).split()))
    for thing, end in _named(text, quantity, before, plurals=pronoun):
        person = thing in PERSONS
        if (persons and not person) or (things and person):
            continue
        apart = _STOP.search(plain, end, quantity.span.start) is not None
        if apart and quantity.noun is None and not back and (persons or not person):
            break
        return thing
    return "person" if persons else None


def _named(text: str, quantity: Quantity, before: Sequence[Quantity], *, plurals: bool) -> Iterator[tuple[str, int]]:
    """What was counted or, with `plurals`, named before the number, nearest first, each with the end of its words."""
    start = max(0, quantity.span.start - _REACH)
    found = [(q.object, q.span.end) for q in before[-_BACK:] if q.object and not q.unit and q.object not in _NEVER]
    if plurals:
        line = line_of(text, start, quantity.span.start)
        nouns = (noun_at(line, i) for i in range(len(line.words)))
        found += [
            (n.payload.object, line.words[n.last - 1].end)
            for n in nouns
            if n and n.payload.plural and n.payload.object and not n.payload.unit
        ]
    yield from sorted((f for f in found if f[1] >= start), key=lambda f: -f[1])


def _near(plain: str, quantity: Quantity) -> set[str]:
    """The words close by: "killed 12", "12 were destroyed"."""
    start, end = quantity.span.start, quantity.span.end
    return {*re.findall(r"[a-z]+", plain[max(0, start - 30) : start])[-3:], *re.findall(r"[a-z]+", plain[end : end + 40])[:4]}
