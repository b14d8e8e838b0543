"""When two names are the same: folding of actors, places and persons before they are compared."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from dateline.lexicon.actors import Country, actors

ARTICLES = frozenset({"the", "al", "el", "ar", "as", "ash", "an", "at", "ad", "az"})  # English, and Arabic as it assimilates
AREA_WORDS = frozenset({"province", "governorate"})
RANKS = frozenset(
    {"mr", "mrs", "ms", "dr", "gen", "general", "maj", "major", "lt", "lieutenant", "col", "colonel", "capt", "captain"}
    | {"brig", "brigadier", "sgt", "adm", "navy", "army"}
)  # fmt: skip


def fold(name: str, drop: frozenset[str] = ARTICLES) -> str:
    """A name without case, diacritics, punctuation and the words in `drop` (unless nothing else is left)."""
    text = unicodedata.normalize("NFKD", name).casefold()
    if not text.isascii():
        text = "".join(c for c in text if not unicodedata.combining(c))
    words = re.sub(r"\W+", " ", re.sub(r"['’‘ʿʾ`.]", "", text)).split()
    return " ".join([w for w in words if w not in drop] or words)


def place(name: str) -> str:
    """A place name as compared: "Anbar province" is "al-Anbar"."""
    return fold(name, ARTICLES | AREA_WORDS)


def person(name: str) -> str:
    """A person's name as compared: without rank and without a nickname in quotation marks."""
    return fold(re.sub(r"[\"“”]+[^\"“”]*[\"“”]+", " ", name), ARTICLES | RANKS)


class ActorNames(Struct, frozen=True):
    """Folded name or alias -> folded canonical name of an actor or organisation."""

    canonical: Mapping[str, str] = {}

    def actor(self, name: str) -> str:
        """An actor's name as compared."""
        folded = fold(name)
        return self.canonical.get(folded, folded)


@cache
def lexicon_names() -> ActorNames:
    """Actor names as the lexicon knows them: parties by their aliases, a state's bodies by its adjectives.

    The bare name of a country counts as its forces.
    """
    canonical = {fold(alias): fold(party.name) for party in actors().parties for alias in (party.name, *party.aliases)}
    for country in actors().countries:
        for form, name in dict(_bodies(country)).items():
            canonical.setdefault(form, name)
    return ActorNames(canonical)


def _bodies(country: Country) -> Iterator[tuple[str, str]]:
    """The ways to name the bodies of a country: "Malian troops", "army of Mali"."""
    names = (country.name, *country.nouns, country.adjective, *country.adjectives)
    for body in actors().bodies:
        canonical = fold(country.body_name(body.name))
        if body.name == "forces":
            yield from ((fold(name), canonical) for name in names)
        for word in (body.name, *body.words):
            yield from ((fold(form), canonical) for name in names for form in (f"{name} {word}", f"{word} of {name}"))
