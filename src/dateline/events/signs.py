"""What tells one act from another that looks like it: names, streets, ages, hours and rare words, as sets.

A hundred reports of a week tell of one person shot dead in the same city.  Those that name the same person, street or age
tell of the same one.  How rare a word is comes from a table that is shipped, never from the reports at hand: so a link
between two reports does not depend on which others a project holds.
"""

import math
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from dateline.lexicon.load import load
from dateline.lexicon.places import place_words
from dateline.model import READ_REGIONS, ActorMention, Claim, PlaceMention, Reading, plain_view

_PART = r"[A-Z][A-Za-z]*(?:['’-][A-Za-z]+)*"  # "McMillian", "D'kai", "Brandon-Lucket"
_RUN = re.compile(rf"(?:[A-Z][a-z]{{1,4}}\. )?{_PART}(?:(?: [A-Z]\.)?(?: [\"“‘'][A-Z]\w+[\"”’'])? {_PART})+")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_STREET = re.compile(
    r"(?:(?<![A-Za-z])(?:[NSEW]|[NS][EW]|North|South|East|West|North(?:east|west)|South(?:east|west))\.? )?"
    r"((?:[A-Z][A-Za-z'’-]+ |\d{1,3}(?:st|nd|rd|th) ){1,3})"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Court|Ct|Boulevard|Blvd|Place|Pl|Circle|Terrace|Parkway|Pkwy|Highway|Trail|Pike)\b"
)
_AGE = re.compile(r"\b(\d{1,2})[- ]years?[- ]old|[A-Za-z], (\d{1,2})(?=[,.])|\b(\d{1,2}) years old|\baged? (\d{1,2})\b")
_HOUR = re.compile(r"\b(\d{1,2})(?::\d\d)? ?([ap])\.?m\b", re.IGNORECASE)
_LEFT_OUT = frozenset("block of the".split())
_RARE = 3.0  # log of how many documents there are to one with the word; commoner ones tell nothing
_COMMON_NAME = 0.4
_MOST_RARE = 150  # rare words kept of a report, the rarest first: enough to compare by, little enough to keep for all


class Signs(NamedTuple):
    """What a text names, in lower case."""

    persons: frozenset[str]  # first and last name of those who do not speak: "amari brown"
    proper: frozenset[str]  # single words with a capital that no list knows: of names, schools, streets
    streets: frozenset[str]
    ages: frozenset[int]
    hours: frozenset[int]  # 0 to 23
    rare: frozenset[str]  # other rare words
    weight: float  # the length of `rare` as a vector of rarities


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `en/full_names.yaml`."""

    not_of_persons: frozenset[str]
    ranks: frozenset[str]


class _Rarity(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `en/rarity.yaml`: the words of each class of frequency, and those that such reports always use."""

    documents: int
    found_in: dict[int, str]  # in so many documents -> the words
    usual: str


@cache
def _rarities() -> dict[str, float]:
    table = load("en/rarity.yaml", _Rarity)
    of = {w: math.log((table.documents + 1) / (n + 0.5)) for n, words in table.found_in.items() for w in words.split()}
    return of | dict.fromkeys(table.usual.split(), 0.0)


@cache
def _rarest() -> float:
    return math.log((load("en/rarity.yaml", _Rarity).documents + 1) / 1.5)


def rarity(word: str) -> float:
    """The log of how many documents of the shipped table there are to one that has the word (in lower case)."""
    return _rarities().get(word, _rarest())


def weight_of(words: Iterable[str]) -> float:
    """The sum of the squares of their rarities."""
    known, rarest = _rarities(), _rarest()
    return sum(sorted([known.get(word, rarest) ** 2 for word in words]))


@cache
def _words() -> _Words:
    return load("en/full_names.yaml", _Words)


def signs_of(reading: Reading) -> Signs:
    """The signs of a whole report."""
    view = plain_view(reading.report.text)
    body = "\n".join(r.span.of(view) for r in reading.regions if r.kind in READ_REGIONS)
    speaking = {word for claim in reading.claims for word in _lower(claim.source.speaker or "")}
    places = {word for m in reading.mentions if isinstance(m, PlaceMention) and m.place for word in _lower(m.words)}
    parties = {
        word for m in reading.mentions if isinstance(m, ActorMention) and m.by == "name" for word in _lower(m.span.of(view))
    }
    return _signs(f"{reading.report.title or ''}.\n{body}", body, speaking, places, parties)


def _signs(told: str, body: str, speaking: set[str], places: set[str], parties: set[str]) -> Signs:
    """`told` is the body with its title, whose capitals tell nothing; words of speakers, places and parties are no signs."""
    words = _WORD.findall(body)
    small = {word for word in words if word[0].islower()}
    persons, officials = _persons(body, small)
    speaking = speaking | officials
    known = speaking | places | parties
    capital = {key(word) for word in words if word[0].isupper() and len(word) > 2}
    shouted = {key(word) for word in words if word.isupper()}  # stations and agencies: "KDKA", "EMS"
    proper = frozenset(
        w for w in capital - small - shouted - known - _words().not_of_persons - _words().ranks if rarity(w) >= _RARE
    )
    rare = _rarest_of({key(word) for word in _WORD.findall(told) if len(word) > 3} - capital - known)
    return Signs(
        persons=frozenset(n for n in persons if speaking.isdisjoint(n.split()) and not places.issuperset(n.split())),
        proper=proper,
        streets=frozenset(filter(None, map(_street, _STREET.findall(told)))),
        ages=ages_in(told),
        hours=frozenset(_hour(int(hour), half) for hour, half in _HOUR.findall(told)),
        rare=rare,
        weight=round(math.sqrt(sum(rarity(w) ** 2 for w in sorted(rare))), 4),
    )


def ages_in(words: str) -> frozenset[int]:
    """Ages of persons: "Amari Brown, 7", "a 16-year-old girl"."""
    return frozenset(int(next(filter(None, found))) for found in _AGE.findall(words))


def telling(proper: Iterable[str]) -> float:
    """How many rare names these are: one that very many bear ("Michael", "Jones") counts for less than half."""
    return sum(_COMMON_NAME if w in place_words().given_names or w in place_words().family_names else 1.0 for w in proper)


def names_in(evidence: str, claim: Claim) -> frozenset[str]:
    """Words with a capital in a claim's evidence that name neither its places nor its parties nor its speaker."""
    others = [
        *(ref.words for ref in claim.places),
        *(words for ref in (*claim.initiator, *claim.target) if ref.kind != "unknown" for words in (ref.name, ref.words)),
    ]
    known = {word for words in (*others, claim.source.speaker or "") for word in _lower(words)}
    capital = {key(word) for word in _WORD.findall(evidence) if word[0].isupper() and len(word) > 2}
    return frozenset(w for w in capital - known - _words().not_of_persons - _words().ranks if rarity(w) >= _RARE)


def key(word: str) -> str:
    """A word as compared."""
    return word.lower().replace("’", "'").removesuffix("'s")


def _lower(words: str) -> list[str]:
    return [key(word) for word in _WORD.findall(words)]


def _rarest_of(words: Iterable[str]) -> frozenset[str]:
    found = sorted((-rarity(w), w) for w in words)
    return frozenset(w for worth, w in found[:_MOST_RARE] if -worth >= _RARE)


def _persons(body: str, small: set[str]) -> tuple[set[str], set[str]]:
    """Full names, and the words of the names of officials ("Supt. Garry McCarthy"), who stand in many reports."""
    found: set[str] = set()
    officials: set[str] = set()
    no_name = small | _words().not_of_persons | _words().ranks
    for run in _RUN.findall(body):
        name: list[str] = []
        ranked = False
        for word in [*_lower(run), ""]:
            if word and word not in no_name:
                name.append(word)
                continue
            if ranked and name:
                officials.update(name)
            if len(name) > 1:
                found.add(f"{name[0]} {name[-1]}")
            ranked, name = word in _words().ranks, []
    return found, officials


def _street(words: str) -> str:
    """Without blanks: "Little Leaf Place" and "Littleleaf Place" are one."""
    return "".join(word for word in words.lower().split() if word not in _LEFT_OUT)


def _hour(hour: int, half: str) -> int:
    return hour % 12 + (12 if half.lower() == "p" else 0)
