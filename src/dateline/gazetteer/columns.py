"""Understands the columns of a table of places: GeoNames' dumps, OCHA's common datasets, one's own."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, cast

from dateline.gazetteer.own_tables import rows
from dateline.model.place import PlaceKind

Field = Literal[
    "id", "name", "names", "lat", "lon", "code", "kind", "country", "admin1", "admin2", "population", "radius"
]  # fmt: skip
NEEDED: tuple[Field, ...] = ("name", "lat", "lon")

GEONAMES: dict[Field, int] = {
    "id": 0, "name": 1, "names": 3, "lat": 4, "lon": 5, "code": 7, "country": 8, "admin1": 10, "population": 14,
}  # fmt: skip
"""The columns of a GeoNames dump, which has no header."""
GEONAMES_WIDTH = 19

_SEPARATORS = re.compile(r"[\W_]+")


@cache
def _known() -> dict[Field, tuple[str, ...]]:
    return {cast(Field, field): tuple(names.split("|")) for field, names in rows("columns.tsv")}


@cache
def kinds() -> Mapping[str, PlaceKind]:
    """Feature code or word, in lower case -> kind of place."""
    return {code.lower(): cast(PlaceKind, kind) for kind, codes in rows("feature_codes.tsv") for code in codes.split("|")}


def fields() -> tuple[Field, ...]:
    """What a column can be named as."""
    return tuple(_known())


def guessed(header: Sequence[str]) -> dict[Field, int]:
    """The columns that a header's names are understood as; no column is two fields.

    A table of districts names none of them "name": its places are those of the finest level that it names.
    """
    plain = [_SEPARATORS.sub("", name.lower()) for name in header]
    found: dict[Field, int] = {}
    for field, names in _known().items():
        column = next((plain.index(name) for name in names if name in plain), None)
        if column is not None and column not in found.values():
            found[field] = column
    if "name" not in found:
        finest: Field | None = next((field for field in ("admin2", "admin1") if field in found), None)
        if finest is not None:
            found["name"] = found.pop(finest)
    return found


def level(header: Sequence[str], found: Mapping[Field, int]) -> PlaceKind | None:
    """The kind of all rows, where the places' names stand in a column of an admin level; else None."""
    plain = _SEPARATORS.sub("", header[found["name"]].lower())
    return next((kind for kind in ("admin1", "admin2") if plain in _known()[kind]), None)
