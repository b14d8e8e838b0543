"""The ranges, wadis, deserts and parts of provinces that reports from Iraq and Syria name: right, or honestly coarse."""

import pytest

from dateline.mentions.places import places_in

FEATURES = [
    ("Shepherds left Mutaybija in Iraq.", "Mutaybija", (34.25, 44.25)),
    ("Caves in the Hamrin range in Iraq were searched.", "Hamrin range", (34.7, 44.3)),
    ("Smoke rose over the Hamreen Hills in Iraq.", "Hamreen Hills", (34.7, 44.3)),
    ("Farms around Lake Hamrin in Iraq were searched.", "Lake Hamrin", (34.19, 45.0)),
    ("Drones flew over Wadi al-Shay in Iraq.", "Wadi al-Shay", (35.1, 44.2)),
    ("Drones flew over Wadi Zaytoun in Iraq.", "Wadi Zaytoun", (35.15, 44.1)),
    ("Goats graze on Mount Makhoul in Iraq.", "Mount Makhoul", (35.15, 43.4)),
    ("Convoys crossed the Anbar desert in Iraq.", "Anbar desert", (33.0, 41.3)),
    ("Convoys crossed the Nineveh desert in Iraq.", "Nineveh desert", (35.8, 42.2)),
    ("Tribes gathered in Al-Jazeera, Syria.", "Al-Jazeera", (35.9, 41.5)),
    ("Tribes gathered in the Badia of Syria.", "Badia", (34.0, 39.5)),
    ("Rain fell in Nineveh, Iraq.", "Nineveh", (36.0, 42.5)),
    ("Rain fell in Ninawa, Iraq.", "Ninawa", (36.0, 42.5)),
    ("Rain fell in Salaheddine, Iraq.", "Salaheddine", (34.5, 43.6)),
    ("Rain fell in Salah al-Din, Iraq.", "Salah al-Din", (34.5, 43.6)),
    ("Rain fell in Diyala, Iraq.", "Diyala", (33.9, 45.1)),
    ("Rain fell in Anbar, Iraq.", "Anbar", (33.0, 41.6)),
    ("Rain fell in western Iraq.", "western Iraq", (33.6, 41.9)),
    ("Rain fell in western Anbar.", "western Anbar", (33.1, 40.4)),
    ("Rain fell in northern and eastern Syria.", "northern and eastern Syria", (35.8, 39.5)),
    ("Rain fell in the western regions of Nineveh in Iraq.", "western regions of Nineveh", (35.9, 41.8)),
    ("Rain fell in northern and central Iraq.", "northern and central Iraq", (33.8, 43.5)),
    ("Rain fell in south-western Kirkuk in Iraq.", "south-western Kirkuk", (35.4, 44.3)),
]


@pytest.mark.parametrize(("text", "words", "point"), FEATURES, ids=[words for _, words, _ in FEATURES])
def test_the_place_is_there_and_no_point_as_if_exact(text: str, words: str, point: tuple[float, float]) -> None:
    """Its point is within the reach that it admits, and nothing of the kind is told as exact."""
    (found,) = [m for m in places_in(text) if m.words == words]
    assert found.place is not None
    assert abs(found.place.lat - point[0]) <= 1.5
    assert abs(found.place.lon - point[1]) <= 1.5
    assert found.place.geo_precision >= 2
    assert found.place.where_prec >= 2
    assert (found.place.radius_km or 0) > 0
