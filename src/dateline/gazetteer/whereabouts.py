"""Which country and province a point lies in, by the outlines."""

from collections import defaultdict
from functools import cache, lru_cache

from dateline.gazetteer.borders import borders
from dateline.gazetteer.extents import extents
from dateline.gazetteer.lookup import area


def admin1_at(lat: float, lon: float, home: str | None) -> tuple[str | None, str | None]:
    """The country (code) and province (name) of a point not far from the country `home`; None for what no outline says.

    A point off every coast is in no province; its country stays that of the place that it was told from.
    """
    codes = codes_at(lat, lon, home)
    if not codes:
        return home, None
    province = next((area(code) for code in codes if "." in code), None)
    country = next((code.partition(".")[0] for code in codes), home)
    return country, province.name if province else None


def codes_at(lat: float, lon: float, home: str | None = None) -> list[str]:
    """The codes of what a point lies in: its province ("IQ.01") and its country ("IQ"), as far as outlines say them."""
    number = _outline_at(lat, lon, home)
    return _owners().get(number, []) if number is not None else []


@lru_cache(maxsize=4096)
def _outline_at(lat: float, lon: float, country: str | None) -> int | None:
    """The number of the outline that holds the point; those of the country are asked first, for they are soon worked out."""
    known, all_of_them = extents().areas.get(country or ""), borders()
    first = known.outlines if known else ()
    numbers = (*first, *range(len(all_of_them.areas)))
    return next((number for number in numbers if _may_hold(number, lat, lon) and all_of_them.holds(number, lat, lon)), None)


def _may_hold(number: int, lat: float, lon: float) -> bool:
    west, south, east, north = extents().box(number)
    return west <= lon <= east and south <= lat <= north


@cache
def _owners() -> dict[int, list[str]]:
    """Number of an outline -> codes of the areas that it is part of, provinces first."""
    found: dict[int, list[str]] = defaultdict(list)
    for code, extent in sorted(extents().areas.items(), key=lambda item: ("." not in item[0], item[0])):
        for number in extent.outlines:
            found[number].append(code)
    return found
