"""How exactly a place is known, in the terms of those who use event data: ACLED's three classes and UCDP's seven."""

from dateline.gazetteer.names import fold
from dateline.model.place import PlaceKind

NEAR_KM = 25.0
"""UCDP's second class: somewhere within this of the point, or an area as small."""
WIDE_KM = 50.0
"""What reaches this far is a region to ACLED, whatever it is called; a district stays one."""
_ACLED: dict[PlaceKind, int] = {
    "country": 3, "admin1": 3, "region": 3, "desert": 3, "admin2": 2, "mountain": 2, "water": 2, "valley": 2, "area": 2,
}  # fmt: skip
_UCDP: dict[PlaceKind, int] = {"settlement": 1, "site": 1, "admin2": 3, "admin1": 4, "country": 6}
_SEAS = frozenset("sea ocean gulf strait channel bay mediterranean mandeb".split())
_INLAND = frozenset({"dead sea", "caspian sea", "aral sea", "salton sea", "sea of galilee"})


def geo_precision(kind: PlaceKind, radius: float, *, coarse: bool = False, near: bool = False) -> int:
    """ACLED's class: 1 the place itself, 2 near it or a small district, 3 a province or larger.

    `coarse` where only a part of the place is meant, `near` where something in or by it.
    """
    precision = _ACLED.get(kind, 1)
    if coarse:
        precision = max(precision, 2 if kind == "settlement" else 3)
    if near:
        precision = max(precision, 2)
    return 3 if radius >= WIDE_KM and kind != "admin2" else precision


def where_prec(kind: PlaceKind, name: str, radius: float, *, coarse: bool = False, near: bool = False) -> int:
    """UCDP's class: 1 the place itself, 2 within 25 km, 3 district, 4 province, 5 a vaguer area or a line, 6 country, 7 sea.

    A part of a country is a vague area, as UCDP codes it; a part of a province is still known to the province.
    """
    if kind == "water" and is_sea(name):
        return 7
    precision = _UCDP.get(kind, 2 if radius <= NEAR_KM else 5)
    if coarse:
        precision = 5 if kind == "country" else max(precision, 2)
    return max(precision, 2) if near else precision


def is_sea(name: str) -> bool:
    """Is it a sea, and no lake or river, by its name?"""
    folded = fold(name)
    return folded not in _INLAND and not _SEAS.isdisjoint(folded.split())
