"""Whether two places can be the scene of one act."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from dateline.model import Place
from dateline.model.place import whole_of

Nearness = Literal["same", "near", "within", "apart"]
_WIDE = {"country": 0, "region": 1, "admin1": 1, "admin2": 2}  # the rest are points
NEAR_KM = 15.0  # between points that reports of one act name: a village and its town, a site and its city
EARTH_KM = 6371.0
POINT = 3  # specificity of a settlement
_REMEMBERED = 1 << 16  # pairs of places: those of a few hundred reports, which are asked for again and again


def specificity(place: Place) -> int:
    """0 for a country, 1 province, 2 district, 3 a settlement, 4 a site within one."""
    return 4 if place.kind == "site" else _WIDE.get(place.kind, 3)


@lru_cache(maxsize=_REMEMBERED)
def nearness(a: Place, b: Place) -> Nearness:
    """How two places lie to each other; "within" where one contains the other."""
    if a.id == b.id:
        return "same"
    if a.id == whole_of(b) or b.id == whole_of(a):  # "western Anbar" and Anbar; two parts go by their distance
        return "within"
    if a.country and b.country and a.country != b.country:
        return "near" if _both_points(a, b) and distance_km(a, b) <= NEAR_KM else "apart"
    if _contains(a, b) or _contains(b, a):
        return "within"
    if distance_km(a, b) <= NEAR_KM + reach(a) + reach(b):
        return "near"
    return "apart"


def provinces_differ(a: Place, b: Place) -> bool:
    """Two different provinces (or countries) for certain."""
    if a.country and b.country and a.country != b.country:
        return True
    first, second = _admin1(a), _admin1(b)
    return bool(first and second and first != second)


def _contains(area: Place, inner: Place) -> bool:
    if area.country != inner.country or specificity(area) >= specificity(inner):
        return False
    if area.id != whole_of(area):
        return _admin1(inner) in {None, _admin1(area)} and distance_km(area, inner) <= (area.radius_km or 0.0)
    match area.kind:
        case "country":
            return True
        case "admin1":
            return _admin1(area) == inner.admin1
        case "admin2":
            return area.name == inner.admin2
        case _:
            return distance_km(area, inner) <= (area.radius_km or 0.0)


def _admin1(place: Place) -> str | None:
    return place.admin1 or place.name if place.kind == "admin1" else place.admin1


def reach(place: Place) -> float:
    """How far the named thing reaches beyond its point; areas are compared by what contains what."""
    return min(place.radius_km or 0.0, 30.0) if specificity(place) >= 3 else 0.0


def _both_points(a: Place, b: Place) -> bool:
    return specificity(a) >= 3 and specificity(b) >= 3


def distance_km(a: Place, b: Place) -> float:
    """Along the earth's surface, in kilometres."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
