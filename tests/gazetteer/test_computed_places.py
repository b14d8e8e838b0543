"""Places that words compute from others: parts of areas, distances, what lies between, and how exactly each is known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.gazetteer.borders import borders
from dateline.gazetteer.extents import SIDES, Side, extents
from dateline.gazetteer.lookup import area
from dateline.gazetteer.outlines import outlines
from dateline.gazetteer.precision import where_prec
from dateline.gazetteer.record import between, distance_km, inside, near, off, part_of, place_of
from dateline.gazetteer.whereabouts import admin1_at
from dateline.model import Place
from dateline.model.place import PlaceKind, is_off, whole_of
from dateline.testing import make_place

ANBAR, IRAQ, MOSUL = "99592", "IQ", "99072"


def known(code: str) -> Place:
    entry = area(code)
    assert entry is not None
    return place_of(entry)


def test_west_of_a_province_lies_west_within_it() -> None:
    """A part is an area of the province's own kind and name, with an id that tells what it is a part of."""
    entry = area(ANBAR)
    assert entry is not None
    west, east = part_of(entry, ["west"]), part_of(entry, ["east"])
    assert west.lon < entry.lon < east.lon
    assert (west.id, west.kind, west.admin1, west.country) == ("99592/west", "admin1", "Al Anbar", "IQ")
    assert whole_of(west) == ANBAR
    assert (west.geo_precision, west.where_prec) == (3, 4)
    assert 50 < (west.radius_km or 0) < 300


def test_order_of_the_sides_does_not_matter() -> None:
    """ "Northern and eastern Iraq" is "eastern and northern Iraq", and reaches over both."""
    entry = area(IRAQ)
    assert entry is not None
    both = part_of(entry, ["east", "north"])
    assert both == part_of(entry, ["north", "east"])
    assert both.where_prec == 5
    for side in ("north", "east"):
        one = part_of(entry, [side])
        assert distance_km(both.lat, both.lon, one.lat, one.lon) + (one.radius_km or 0) <= (both.radius_km or 0) + 1


@pytest.mark.parametrize("code", ["IQ", "SY", "IQ.01", "IQ.15", "UA", "ML", "NG", "CO", "MM"])
def test_middle_of_a_part_lies_in_its_area(code: str) -> None:
    """Also where the area is a crescent: the point is on land of that area."""
    extent = extents().areas[code]
    areas = [outlines().areas[number] for number in extent.outlines]
    for side in SIDES:
        part = extent.part(side)
        assert any(a.near(part.lat, part.lon, 0.02) for a in areas)


@given(st.integers(0, len(outlines().areas) - 1), st.floats(-0.2, 1.2), st.floats(-0.2, 1.2))
@settings(max_examples=60, deadline=None)
def test_borders_hold_what_their_outlines_contain(number: int, up: float, right: float) -> None:
    """The file of borders is the outlines over again, each for itself."""
    outline = outlines().areas[number]
    west, south, east, north = outline.box
    lat, lon = south + up * (north - south), west + right * (east - west)
    assert borders().holds(number, lat, lon) == outline.contains(lat, lon)


def test_distance_and_direction_make_a_point_with_a_radius() -> None:
    """Thirty kilometres south are thirty kilometres south; how exactly that was told is in the radius."""
    mosul = known(MOSUL)
    place = off(mosul, "south", 30)
    assert distance_km(mosul.lat, mosul.lon, place.lat, place.lon) == pytest.approx(30, abs=0.5)
    assert place.lat < mosul.lat
    assert (place.id, place.name, place.admin1) == ("99072+30km-s", "30 km south of Mosul", "Nineveh")
    assert (place.geo_precision, place.where_prec) == (2, 2)
    assert is_off(place)
    assert not is_off(mosul)


def test_distance_without_a_direction_is_a_circle_around_the_place() -> None:
    """ "60 km from Mosul" can be on any side of it, so that the radius takes all of them in."""
    place = off(known(MOSUL), None, 60)
    assert (place.lat, place.lon) == (known(MOSUL).lat, known(MOSUL).lon)
    assert (place.radius_km or 0) >= 60
    assert place.where_prec == 5


def test_what_lies_between_two_places_reaches_to_both() -> None:
    """A road is a line: vague along all of its length, the same whichever end is named first."""
    one, other = known(MOSUL), known("95446")
    place = between(one, other)
    assert place.id == between(other, one).id
    assert distance_km(place.lat, place.lon, one.lat, one.lon) <= (place.radius_km or 0) + 0.2
    assert place.where_prec == 5


def test_near_and_inside_are_no_exact_points() -> None:
    """What is near a town or a building in it is not the town's own point, to ACLED and to UCDP."""
    town = make_place()
    assert (near(town).geo_precision, near(town).where_prec) == (2, 2)
    site = inside(town, "Al-Nour hospital")
    assert (site.id, site.kind, site.geo_precision, site.where_prec) == ("made-torbal@al-nour-hospital", "site", 2, 2)


@pytest.mark.parametrize(
    ("kind", "name", "radius", "expected"),
    [
        ("settlement", "Gao", 5, 1),
        ("admin2", "Sinjar", 25, 3),
        ("admin1", "Nineveh", 100, 4),
        ("country", "Iraq", 370, 6),
        ("mountain", "Makhul Mountains", 20, 2),
        ("mountain", "Hamrin Mountains", 90, 5),
        ("water", "Euphrates", 500, 5),
        ("water", "Gulf of Aden", 400, 7),
        ("water", "Dead Sea", 40, 5),
        ("region", "Sahel", 2200, 5),
    ],
)
def test_every_kind_has_its_class_of_ucdp(kind: PlaceKind, name: str, radius: float, expected: int) -> None:
    """1 the place, 2 within 25 km, 3 district, 4 province, 5 vaguer or a line, 6 country, 7 sea."""
    assert where_prec(kind, name, radius) == expected


def test_part_of_a_country_is_vague_and_part_of_a_province_is_still_the_province() -> None:
    """As UCDP codes them: 5 and 4."""
    assert where_prec("country", "Mali", 600, coarse=True) == 5
    assert where_prec("admin1", "Gao", 200, coarse=True) == 4
    assert where_prec("settlement", "Mosul", 15, coarse=True) == 2


@given(st.sampled_from(SIDES[:8]), st.floats(0.1, 400))
def test_computed_points_stay_on_the_globe(side: Side, km: float) -> None:
    """Whatever is told of a place far north, the point is one."""
    place = off(make_place(lat=78.2, lon=179.9), side, round(km, 1))
    assert -90 <= place.lat <= 90
    assert -180 <= place.lon <= 180


def test_point_off_the_coast_is_in_no_province() -> None:
    """Its country stays that of the place that it was told from."""
    assert admin1_at(11.5, 46.5, "YE") == ("YE", None)
    assert admin1_at(36.0, 43.0, "IQ") == ("IQ", "Nineveh")
