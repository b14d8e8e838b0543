"""`places`: place mentions with coordinates, in the form of the geoparsing corpora LGL and TR-News (mappings/geo.yaml)."""

from functools import cache
from typing import Any

from msgspec import Struct

from adaptors.document import Document
from adaptors.mapping import load
from adaptors.task import Task
from dateline.model import PlaceMention, Reading, Span


class Mapping(Struct, frozen=True):
    """The file mappings/geo.yaml."""

    uses: frozenset[str]


@cache
def mapping() -> Mapping:
    """The mapping."""
    return load("geo", Mapping)


def toponyms_of(reading: Reading) -> list[dict[str, Any]]:
    """The reading's place mentions, each span once; a place without coordinates is a span alone.

    Of what lies between two places ("the Juba-Yei road") the two are the names, and it is none.
    """
    places = [m for m in reading.mentions if isinstance(m, PlaceMention) and m.use in mapping().uses]
    ends = [m.span for m in places if m.use == "landmark"]
    found = {m.span: m for m in places if m.use == "landmark" or not any(m.span.overlaps(end) for end in ends)}
    return [toponym(mention) for _, mention in sorted(found.items())]


def toponym(mention: PlaceMention, at: Span | None = None) -> dict[str, Any]:
    """The span of the proper name ("Iraq" of "northern Iraq"), with the point and GeoNames' number of the place that it names.

    `at` are the characters that a benchmark has for it.
    """
    name = at or mention.name or mention.span
    span: dict[str, Any] = {"start": name.start, "end": name.end}
    if mention.place is None:
        return span
    place = mention.candidates[0].place if mention.candidates else mention.place
    return span | {"lat": place.lat, "lon": place.lon, "geonameid": int(place.id) if place.id.isdecimal() else None}


def answer(document: Document) -> dict[str, Any]:
    """The toponyms of one document."""
    return {"id": document.id, "toponyms": toponyms_of(document.read())}


TASK = Task("places", answer)
