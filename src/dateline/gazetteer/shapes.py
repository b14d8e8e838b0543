"""What a map draws for a place: the outline of a province or country, a circle for what reaches wide, a point for a town."""

from dateline.gazetteer.data import current
from dateline.gazetteer.extents import Extent, extent_of
from dateline.gazetteer.whereabouts import codes_at
from dateline.model.place import Place

POINT_PRECISION = 1
"""ACLED's class of what is drawn as a point; also what is near a town or part of it, within LEAST_CIRCLE."""
LEAST_CIRCLE = 12.0
"""Kilometres below which a circle would say no more than a pin."""
_POINTS = frozenset({"settlement", "site", "unknown"})


def outline_numbers(place: Place) -> tuple[int, ...]:
    """The numbers of the outlines (`outlines.py`) that a province or country is made of; none for all else, parts of them too."""
    if place.kind not in {"admin1", "country"} or "/" in place.id:
        return ()
    extent = _extent(place)
    return extent.outlines if extent else ()


def circle_km(place: Place) -> float | None:
    """The radius of the circle that a place without an outline is drawn as; None where it is drawn as a point."""
    radius = place.radius_km or 0.0
    if place.geo_precision == POINT_PRECISION or (place.kind in _POINTS and radius <= LEAST_CIRCLE):
        return None
    return radius or None


def _extent(place: Place) -> Extent | None:
    """By its id; by its code where a pack has it under an id of its own; by its point where the gazetteer no longer has it."""
    if (known := extent_of(place.id)) is not None:
        return known
    if (entry := current().by_id(place.id)) is not None:
        return extent_of(place.id, entry.country if place.kind == "country" else f"{entry.country}.{entry.admin1}")
    wanted = (code for code in codes_at(place.lat, place.lon, place.country) if ("." in code) == (place.kind == "admin1"))
    return extent_of(place.id, next(wanted, ""))
