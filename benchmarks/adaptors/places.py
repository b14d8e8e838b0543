"""`places`: place mentions with coordinates, in the form of the geoparsing corpora LGL and TR-News (mappings/geo.yaml)."""

from functools import cache
from typing import Any

from msgspec import Struct

from adaptors.document import Document
from adaptors.mapping import load
from adaptors.task import Task
from dateline.model import PlaceMention, Reading


class Mapping(Struct, frozen=True):
    """The file mappings/geo.yaml."""

    uses: frozenset[str]


@cache
def mapping() -> Mapping:
    """The mapping."""
    return load("geo", Mapping)


def toponyms_of(reading: Reading) -> list[dict[str, Any]]:
    """The reading's place mentions, each span once; a place without coordinates is a span alone."""
    found = {m.span: m for m in reading.mentions if isinstance(m, PlaceMention) and m.use in mapping().uses}
    return [toponym(mention) for _, mention in sorted(found.items())]


def toponym(mention: PlaceMention) -> dict[str, Any]:
    """The span of the proper name ("Iraq" of "northern Iraq"), with its place's point and GeoNames' number where there is one."""
    name = mention.name or mention.span
    span: dict[str, Any] = {"start": name.start, "end": name.end}
    if mention.place is None:
        return span
    geonameid = int(mention.place.id) if mention.place.id.isdecimal() else None
    return span | {"lat": mention.place.lat, "lon": mention.place.lon, "geonameid": geonameid}


def answer(document: Document) -> dict[str, Any]:
    """The toponyms of one document."""
    return {"id": document.id, "toponyms": toponyms_of(document.read())}


TASK = Task("places", answer)
