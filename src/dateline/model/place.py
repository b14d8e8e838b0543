"""Where: places of the gazetteer, and places as a claim names them."""

from typing import Literal

from msgspec import Struct

from dateline.model.span import Span

PlaceKind = Literal[
    "country", "admin1", "admin2", "settlement", "site", "mountain", "water", "desert", "region", "valley", "area", "unknown"
]


class Place(Struct, frozen=True, kw_only=True):
    """A point or area of the gazetteer.  `radius_km` says how far from the point the named thing may reach."""

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
    layer: str = "world"  # the gazetteer layer that holds it


class PlaceRef(Struct, frozen=True, kw_only=True):
    """A place as one claim names it.  `place` is None where the gazetteer does not hold it: none is invented."""

    words: str
    span: Span
    place: Place | None = None
