"""Where: places of the gazetteer, and places as a claim names them."""

from typing import Literal

from msgspec import Struct

from dateline.model.span import Span

PlaceKind = Literal[
    "country", "admin1", "admin2", "settlement", "site", "mountain", "water", "desert", "region", "valley", "area", "unknown"
]


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """A point or area of the gazetteer, or one that is computed from it.

    `radius_km` says how far from the point the named thing may reach.  A computed place has an id that tells from what:
    "99592/west" is a part of the area 99592, "99072+30km-south" lies off the point 99072, "99072~95446" between two,
    "281133@al-shifa-hospital" somewhere in the town 281133.
    """

    id: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str | None = None  # ISO 3166 alpha-2
    admin1: str | None = None  # name
    admin2: str | None = None  # name
    radius_km: float | None = None
    geo_precision: int = 1  # 1 the place itself, 2 near it or a small district, 3 a province or larger area
    where_prec: int = 1  # as UCDP has it: 1 itself, 2 within 25 km, 3 district, 4 province, 5 vaguer or a line, 6 country, 7 sea
    layer: str = "world"  # the gazetteer layer that holds it


class PlaceRef(Struct, frozen=True, kw_only=True):
    """A place as one claim names it.  `place` is None where the gazetteer does not hold it: none is invented."""

    words: str
    span: Span
    place: Place | None = None


class PlaceAlias(Struct, frozen=True):
    """A name that means one place throughout a project, because somebody said so."""

    name: str
    place_id: str


def is_off(place: Place) -> bool:
    """Is it computed from its distance or direction from another place?"""
    return "+" in place.id and "/" not in place.id


def whole_of(place: Place) -> str:
    """The id of the area that the place is a part of, or is."""
    return place.id.partition("/")[0]
