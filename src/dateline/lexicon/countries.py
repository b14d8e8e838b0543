"""Countries as other people's columns name them (`countries.yaml`)."""

from collections import defaultdict
from functools import cache

from msgspec import Struct

from dateline.lexicon.actors import actors
from dateline.lexicon.load import load


class CountryCodes(Struct, frozen=True, forbid_unknown_fields=True):
    """A country's name and codes, and its regions in ACLED's and UCDP's lists; None where we are not sure of them."""

    name: str
    alpha3: str
    numeric: int | None = None
    acled: str | None = None
    ucdp: str | None = None


class _Countries(Struct, frozen=True, forbid_unknown_fields=True):
    countries: dict[str, CountryCodes]


def country_codes(code: str | None) -> CountryCodes | None:
    """Of an ISO 3166 two-letter code; None where there is no such country."""
    return _countries().get(code or "")


@cache
def _countries() -> dict[str, CountryCodes]:
    return load("countries.yaml", _Countries).countries


def state_of(body: str) -> str | None:
    """The country whose body it is, by its name: "Malian army" -> ML, "U.S. Africa Command" -> US; None where that tells none."""
    if body in _state_of_body():
        return _state_of_body()[body]
    words = body.replace(".", "").split()
    beginnings = (" ".join(words[:count]) for count in range(_WORDS_OF_A_COUNTRY, 0, -1))
    return next((code for words in beginnings if (code := _country_of_word().get(words))), None)


_WORDS_OF_A_COUNTRY = 3  # at most, as in "Central African Republic"


@cache
def _state_of_body() -> dict[str, str]:
    return {country.body_name(body.name): country.code for country in actors().countries for body in actors().bodies}


@cache
def _country_of_word() -> dict[str, str]:
    """Names and adjectives of countries; without those that two share ("Congolese")."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for country in actors().countries:
        for word in (country.name, country.adjective, *country.adjectives, *country.nouns):
            found[word].add(country.code)
    return {word: codes.pop() for word, codes in found.items() if len(codes) == 1}
