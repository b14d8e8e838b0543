"""What maps draw for a place."""

import pytest

from dateline.gazetteer.lookup import area
from dateline.gazetteer.record import near, off, part_of, place_of
from dateline.gazetteer.shapes import circle_km, outline_numbers
from dateline.model import Place
from dateline.testing import make_place


def place(code: str) -> Place:
    entry = area(code)
    assert entry is not None
    return place_of(entry)


@pytest.mark.parametrize(
    ("code", "outlined", "circle"),
    [
        ("99592", True, True),  # a province
        ("IQ", True, True),
        ("iqsy-hamrin-mountains", False, True),  # a range: a circle of its reach
        ("iqsy-anbar-desert", False, True),
        ("99072", False, False),  # a town
    ],
)
def test_a_province_is_an_area_a_range_a_circle_and_a_town_a_point(code: str, outlined: bool, circle: bool) -> None:
    """The shape says how much is known; what has an outline is drawn as a circle where a map has no room for it."""
    assert bool(outline_numbers(place(code))) == outlined
    assert (circle_km(place(code)) is not None) == circle


def test_computed_places_are_circles() -> None:
    """A part of a province is not the province, and a distance is no point."""
    anbar = area("99592")
    assert anbar is not None
    for computed in (part_of(anbar, ["west"]), off(place("99072"), "south", 30), near(place("99072"))):
        assert outline_numbers(computed) == ()
        assert circle_km(computed) == computed.radius_km


def test_provinces_that_outlines_divide_otherwise_are_circles() -> None:
    """A county must not be drawn for the province around it."""
    assert outline_numbers(make_place(kind="admin1", id="unknown", lat=0.0, lon=-150.0, geo_precision=3, radius_km=80.0)) == ()


def test_province_of_a_pack_that_is_gone_is_found_by_its_point() -> None:
    """An id that no layer knows any more still has the outline that its point lies in."""
    gone = make_place(kind="admin1", id="pack-1", lat=33.0, lon=41.6, country="IQ", geo_precision=3, radius_km=100.0)
    assert outline_numbers(gone) == outline_numbers(place("99592"))
