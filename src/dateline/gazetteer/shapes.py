"""What a map draws for a place: the outline of a province or country, a circle for what reaches wide, a point for a town."""

import math
from typing import Any

from dateline.gazetteer.data import current
from dateline.gazetteer.extents import Extent, extent_of
from dateline.gazetteer.outlines import outlines
from dateline.gazetteer.whereabouts import codes_at
from dateline.model.place import Place

POINT_PRECISION = 1
"""ACLED's class of what is drawn as a point; also what is near a town or part of it, within LEAST_CIRCLE."""
LEAST_CIRCLE = 12.0
"""Kilometres below which a circle would say no more than a pin."""
_CORNERS = 48
_KM_A_DEGREE = 111.2
_POINTS = frozenset({"settlement", "site", "unknown"})

Geometry = dict[str, Any]
"""A geometry of GeoJSON (RFC 7946): `type` and `coordinates` in degrees, longitude first."""


def place_shape(place: Place) -> Geometry:
    """The shape of a place: `MultiPolygon` for the outline of a province or country, `Polygon` for a circle, else `Point`.

    A circle stands for whatever reaches beyond a town: ranges, deserts, lakes, computed parts and distances, and areas whose
    outline is not known.  Nothing that is known only roughly comes out as a point.
    """
    found = outline_numbers(place)
    if found:
        areas = outlines().areas
        polygons = [[_closed(ring) for ring in rings] for number in found for rings in areas[number].polygons]
        return {"type": "MultiPolygon", "coordinates": polygons}
    if radius := circle_km(place):
        return {"type": "Polygon", "coordinates": [_circle(place.lat, place.lon, radius)]}
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


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


def _closed(ring: list[tuple[float, float]]) -> list[list[float]]:
    """As GeoJSON has rings: the first point again at the end, four decimals (ten metres)."""
    points = [[round(x, 4), round(y, 4)] for x, y in ring]
    return points if points[0] == points[-1] else [*points, points[0]]


def _circle(lat: float, lon: float, km: float) -> list[list[float]]:
    """A ring around a point, counter-clockwise; it stays on the map near the poles and lets longitudes run beyond 180."""
    high = km / _KM_A_DEGREE
    wide = high / max(0.05, math.cos(math.radians(lat)))
    angles = [2 * math.pi * n / _CORNERS for n in range(_CORNERS)]
    points = [(lon + wide * math.cos(angle), max(-90.0, min(90.0, lat + high * math.sin(angle)))) for angle in angles]
    return _closed(points)
