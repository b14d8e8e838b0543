"""Events for maps: GeoJSON (RFC 7946), longitude before latitude, WGS 84."""

from typing import Any, BinaryIO

import msgspec

from dateline.exports.base import Context
from dateline.exports.cells import joined
from dateline.exports.columns import EVENT_COLUMNS
from dateline.model import EventRow, Place

_POINTS = frozenset({"settlement", "site"})
"""Kinds of places that a point stands for; of all others it is the middle of an area."""


class EventsGeoJson:
    """A feature an event, with the columns of events.csv as properties; no geometry where no place is known."""

    def __init__(self, stream: BinaryIO, context: Context) -> None:
        self._stream = stream
        self._event_of = context.event_of
        self._count = 0
        told = f',"filters":{msgspec.json.encode(context.filters).decode()}' if context.filters else ""
        stream.write(f'{{"type":"FeatureCollection"{told},"features":['.encode())

    def add(self, row: EventRow) -> int:
        self._stream.write(b",\n" if self._count else b"\n")
        self._stream.write(msgspec.json.encode(self._feature(row)))
        self._count += 1
        return 1

    def finish(self) -> None:
        self._stream.write(b"\n]}\n")

    def _feature(self, row: EventRow) -> dict[str, Any]:
        place = row.event.place
        return {
            "type": "Feature",
            "id": row.event.id,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if place else None,
            "properties": {
                **{column.name: joined(column.value(row, self._event_of)) for column in EVENT_COLUMNS},
                "point_is": _point_is(place) if place else None,
            },
        }


def _point_is(place: Place) -> str:
    """Whether the event may be put on the point, or only somewhere within `radius_km` around it."""
    return "the place" if place.kind in _POINTS and place.geo_precision == 1 else "the middle of an area"
