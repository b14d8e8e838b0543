"""Countries as other people's columns name them (`countries.yaml`)."""

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


@cache
def state_of_body() -> dict[str, str]:
    """The country whose body it is, by the body's usual name: "Malian army" -> ML."""
    return {country.body_name(body.name): country.code for country in actors().countries for body in actors().bodies}
