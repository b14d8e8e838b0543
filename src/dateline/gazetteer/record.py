"""Records of places: those of the gazetteer, and those that words compute from them.

"Western Anbar" is a part of an area, "30 km south of Mosul" a point off another, "between Mosul and Kirkuk" what lies between
two.  Each is an area with a radius that says how little is known, never a point as if exact; its id tells what it was computed
from, so that the same words are the same place in every report.
"""

import math
import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from dateline.gazetteer.data import Gazetteer, current
from dateline.gazetteer.extents import SIDES, Part, Side, extent_of
from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import area
from dateline.gazetteer.names import fold
from dateline.gazetteer.precision import NEAR_KM, geo_precision, where_prec
from dateline.gazetteer.whereabouts import admin1_at
from dateline.model.place import Place, PlaceKind

NEAR_TOWN_KM = 10.0
"""How far "near", "outside" and "on the outskirts of" reach beyond the place itself: a guess, kept within UCDP's second class."""
VAGUE = 0.25
"""Of a told distance: how wrong it may be, with the town's own width on top.  Reports round, and tell it from edge or middle."""
VAGUE_DIRECTION = 30.0
"""Kilometres that "south of Mosul" reaches where no distance is told."""
_OFF_MIDDLE, _REACH = 0.5, 0.85  # of the radius of an area whose outline is not known: where its half lies, how far it reaches
_MIDDLE_REACH = 0.6
_KM_A_DEGREE = 111.2
_BEARINGS: dict[Side, float] = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315,
}  # fmt: skip
_ADJECTIVES: dict[Side, str] = {
    "north": "northern", "northeast": "northeastern", "east": "eastern", "southeast": "southeastern", "south": "southern",
    "southwest": "southwestern", "west": "western", "northwest": "northwestern", "centre": "central",
}  # fmt: skip
_SHORT: dict[Side, str] = {
    "north": "n", "northeast": "ne", "east": "e", "southeast": "se", "south": "s", "southwest": "sw", "west": "w",
    "northwest": "nw",
}  # fmt: skip


def place_of(found: Entry, *, coarse: bool = False, near: bool = False) -> Place:
    """The record of an entry; `coarse` where only a part of it is meant, `near` where a thing in or by it is."""
    return _place_of(current(), found, coarse, near)


@lru_cache(maxsize=16384)
def _place_of(_gazetteer: Gazetteer, found: Entry, coarse: bool, near: bool) -> Place:
    """Made once for each gazetteer: it tells the province's name."""
    above = area(f"{found.country}.{found.admin1}") if found.admin1 and found.kind != "admin1" else None
    radius = found.radius + NEAR_TOWN_KM if near and found.kind in {"settlement", "site"} else found.radius
    return Place(
        id=found.id, name=found.name, kind=found.kind, lat=found.lat, lon=found.lon, country=found.country or None,
        admin1=found.name if found.kind == "admin1" else above.name if above else None,
        admin2=found.name if found.kind == "admin2" else None, radius_km=radius,
        geo_precision=geo_precision(found.kind, found.radius, coarse=coarse, near=near),
        where_prec=where_prec(found.kind, found.name, found.radius, coarse=coarse, near=near), layer=found.layer)  # fmt: skip


def part_of(whole: Entry, sides: Iterable[Side]) -> Place:
    """The part of an area on these sides ("northern and eastern Syria" has two), of the area's own kind.

    Its middle and reach are those of the outline where there is one, else of a circle.
    """
    wanted = sorted(set(sides), key=SIDES.index)
    if not wanted:
        return place_of(whole, coarse=True)
    middle = _united([_side(whole, side) for side in wanted])
    told = place_of(whole, coarse=True)
    names = " and ".join(_ADJECTIVES[side] for side in wanted)
    return Place(
        id=f"{whole.id}/{'+'.join(wanted)}", name=f"{names} {whole.name}", kind=whole.kind, lat=middle.lat, lon=middle.lon,
        country=told.country, admin1=told.admin1, admin2=told.admin2, radius_km=middle.radius,
        geo_precision=told.geo_precision, where_prec=told.where_prec, layer=whole.layer)  # fmt: skip


def near(place: Place, km: float = NEAR_TOWN_KM) -> Place:
    """A place as the middle of what happened within so many kilometres of it."""
    town = place.kind in {"settlement", "site"}
    return msgspec.structs.replace(
        place, geo_precision=max(2, place.geo_precision), where_prec=max(2, place.where_prec),
        radius_km=(place.radius_km or 0.0) + km if town else place.radius_km)  # fmt: skip


def inside(town: Place, name: str) -> Place:
    """A building or the like that the gazetteer does not hold, known to be in a town: somewhere within the town's reach."""
    slug = "-".join(re.findall(r"[a-z0-9]+", fold(name)))
    return msgspec.structs.replace(
        town, id=f"{town.id}@{slug}", name=name, kind="site", geo_precision=max(2, town.geo_precision),
        where_prec=max(2, town.where_prec))  # fmt: skip


def off(base: Place, side: Side | None, km: float | None) -> Place:
    """What lies so many kilometres from a place, on one side of it; either may be untold ("20 km from Gao", "south of Gao").

    With no side the place itself stands for it, with the distance as radius.  The radius grows with the distance.
    """
    width = base.radius_km or 0.0
    if side is None:
        shift, reach = 0.0, (km or 0.0) + width
    elif km is None:
        shift, reach = (VAGUE_DIRECTION + width) / 2, VAGUE_DIRECTION + width / 2
    else:
        shift, reach = km, max(NEAR_TOWN_KM / 2, VAGUE * km) + width
    point = _moved(base.lat, base.lon, _BEARINGS[side] if side else 0.0, shift)
    told = f"{km:g} km " if km is not None else ""
    name = f"{told}{side} of {base.name}" if side else f"{told}from {base.name}"
    marks = [f"{km:g}km" if km is not None else "", _SHORT[side] if side else ""]
    id = f"{base.id}+{'-'.join(filter(None, marks))}"
    return _computed(id, name, *point, reach, base, same_province=shift <= NEAR_TOWN_KM)


def between(one: Place, other: Place) -> Place:
    """What lies between two places, a road for one: the middle of the line, reaching to either end."""
    first, second = sorted((one, other), key=lambda place: place.id)
    apart = distance_km(one.lat, one.lon, other.lat, other.lon)
    lat, lon = (one.lat + other.lat) / 2, (one.lon + other.lon) / 2
    return _computed(
        f"{first.id}~{second.id}", f"between {one.name} and {other.name}", round(lat, 5), round(lon, 5),
        max(NEAR_TOWN_KM / 2, apart / 2), one,
        same_province=(one.country, one.admin1) == (other.country, other.admin1), linear=True)  # fmt: skip


def _computed(
    id: str, name: str, lat: float, lon: float, reach: float, base: Place, *, same_province: bool, linear: bool = False
) -> Place:
    kind: PlaceKind = "area"
    country, admin1 = (base.country, base.admin1) if same_province else admin1_at(lat, lon, base.country)
    radius = round(reach, 1)
    exact = 5 if linear and radius > NEAR_KM / 2 else where_prec(kind, name, radius)
    return Place(
        id=id, name=name, kind=kind, lat=lat, lon=lon, country=country, admin1=admin1, radius_km=radius,
        geo_precision=geo_precision(kind, radius), where_prec=exact, layer=base.layer)  # fmt: skip


def _side(whole: Entry, side: Side) -> Part:
    """Where one side of an area lies: by its outline, else of a circle around its point."""
    code = whole.country if whole.kind == "country" else f"{whole.country}.{whole.admin1}"
    extent = extent_of(whole.id, code) if whole.kind in {"country", "admin1"} else None
    if extent is not None:
        return extent.part(side)
    if side == "centre":
        return Part(whole.lat, whole.lon, round(_MIDDLE_REACH * whole.radius, 1))
    lat, lon = _moved(whole.lat, whole.lon, _BEARINGS[side], _OFF_MIDDLE * whole.radius)
    return Part(lat, lon, round(_REACH * whole.radius, 1))


def _united(parts: list[Part]) -> Part:
    """The circle around the middles of parts that reaches to the far end of each."""
    lat = sum(part.lat for part in parts) / len(parts)
    lon = sum(part.lon for part in parts) / len(parts)
    reach = max(distance_km(lat, lon, part.lat, part.lon) + part.radius for part in parts)
    return Part(round(lat, 5), round(lon, 5), round(reach, 1))


def _moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point so many kilometres away; good to some metres within a few hundred."""
    angle = math.radians(bearing)
    north = lat + km * math.cos(angle) / _KM_A_DEGREE
    east = lon + km * math.sin(angle) / (_KM_A_DEGREE * max(0.05, math.cos(math.radians(lat))))
    return round(max(-90.0, min(90.0, north)), 5), round((east + 180) % 360 - 180, 5)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points, near enough for points near each other."""
    return math.hypot(lat - other_lat, (lon - other_lon) * math.cos(math.radians((lat + other_lat) / 2))) * _KM_A_DEGREE
