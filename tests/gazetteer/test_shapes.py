"""What maps draw for a place."""

import pytest

from dateline.gazetteer.lookup import area
from dateline.gazetteer.record import near, off, part_of, place_of
from dateline.gazetteer.shapes import outline_numbers, place_shape
from dateline.model import Place
from dateline.testing import make_place


def place(code: str) -> Place:
    entry = area(code)
    assert entry is not None
    return place_of(entry)


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("99592", "MultiPolygon"),  # a province
        ("IQ", "MultiPolygon"),
        ("iqsy-hamrin-mountains", "Polygon"),  # a range: a circle of its reach
        ("iqsy-anbar-desert", "Polygon"),
        ("99072", "Point"),  # a town
    ],
)
def test_a_province_is_an_area_a_range_a_circle_and_a_town_a_point(code: str, shape: str) -> None:
    """The shape says how much is known."""
    assert place_shape(place(code))["type"] == shape


def test_computed_places_are_circles() -> None:
    """A part of a province is not the province, and a distance is no point."""
    anbar = area("99592")
    assert anbar is not None
    assert place_shape(part_of(anbar, ["west"]))["type"] == "Polygon"
    assert place_shape(off(place("99072"), "south", 30))["type"] == "Polygon"
    assert place_shape(near(place("99072")))["type"] == "Polygon"


def test_rings_are_closed_and_in_degrees() -> None:
    """As GeoJSON wants them: the first point again at the end, longitude first."""
    polygons = place_shape(place("IQ"))["coordinates"]
    assert all(ring[0] == ring[-1] for polygon in polygons for ring in polygon)
    assert all(38 < x < 49.5 and 28.5 < y < 38 for polygon in polygons for ring in polygon for x, y in ring)
    (circle,) = place_shape(place("iqsy-hamrin-mountains"))["coordinates"]
    assert circle[0] == circle[-1]


def test_provinces_that_outlines_divide_otherwise_are_circles() -> None:
    """A county must not be drawn for the province around it."""
    assert outline_numbers(make_place(kind="admin1", id="unknown", lat=0.0, lon=-150.0, geo_precision=3, radius_km=80.0)) == ()


def test_province_of_a_pack_that_is_gone_is_found_by_its_point() -> None:
    """An id that no layer knows any more still has the outline that its point lies in."""
    gone = make_place(kind="admin1", id="pack-1", lat=33.0, lon=41.6, country="IQ", geo_precision=3, radius_km=100.0)
    assert outline_numbers(gone) == outline_numbers(place("99592"))
