"""Places that are told by their direction, distance or nearness, and buildings by their town."""

import pytest

from dateline.mentions.places import places_at, places_in
from dateline.model import PlaceMention, Span

TOLD = [
    ("Cells remain in western Anbar.", "western Anbar", "99592/west", 3, 4),
    ("Raids went on in northern and eastern Syria.", "northern and eastern Syria", "163843/north+east", 3, 5),
    ("Cells moved to the western regions of Nineveh, Iraq.", "western regions of Nineveh", "92877/west", 3, 4),
    ("Attacks fell in northern and central Iraq.", "northern and central Iraq", "99237/north+centre", 3, 5),
    ("Drones hit the north of Aleppo province, Syria.", "north of Aleppo province", "170062/north", 3, 4),
    ("Rockets fell in Syria's north-east.", "Syria's north-east", "163843/northeast", 3, 5),
    ("Troops went north of Salah al-Din in Iraq.", "north of Salah al-Din", "91695/north", 3, 4),
    ("A bomb went off 30 km south of Mosul.", "30 km south of Mosul", "99072+30km-s", 2, 2),
    ("A bomb went off some 12 miles to the east of Mosul.", "12 miles to the east of Mosul", "99072+19.308km-e", 2, 2),
    ("He died 40 kilometres (25 miles) from Mosul.", "40 kilometres (25 miles) from Mosul", "99072+40km", 3, 5),
    ("A few kilometres west of the city of Mosul a bomb went off.", "A few kilometres west of the city of Mosul",
     "99072+5km-w", 2, 2),
    ("They fought south of Mosul.", "south of Mosul", "99072+s", 2, 5),
    ("They stopped within 8 km of Mosul.", "Mosul", "99072", 2, 2),
    ("They stopped near Mosul.", "Mosul", "99072", 2, 2),
    ("They stopped outside the town of Tikrit.", "Tikrit", "90150", 2, 2),
    ("A mine lay on the road between Tikrit and Mosul in Iraq.", "road between Tikrit and Mosul", "90150~99072", 3, 5),
    ("A mine lay on the Tikrit-Mosul highway in Iraq.", "Tikrit-Mosul highway", "90150~99072", 3, 5),
    ("They reached the Ibn Rabi hospital in Mosul.", "Ibn Rabi hospital", "99072@ibn-rabi-hospital", 2, 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "place_id", "geo", "ucdp"), TOLD, ids=[words for _, words, *_ in TOLD])
def test_the_words_name_this_place_as_exactly(text: str, words: str, place_id: str, geo: int, ucdp: int) -> None:
    """The whole phrase is the place's words; the place is computed, and says how little is known."""
    (found,) = [m for m in places_in(text) if m.words == words and m.use != "landmark"]
    assert found.place is not None
    assert (found.place.id, found.place.geo_precision, found.place.where_prec) == (place_id, geo, ucdp)
    assert found.span.of(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Talks between Baghdad and Erbil went on.", {"Baghdad", "Erbil"}),
        ("It lies in the desert from Samarra to Fallujah in Iraq.", {"Samarra", "Fallujah", "Iraq"}),
        ("Police in Kirkuk's southern Daquq district met, in Iraq.", {"Kirkuk", "southern Daquq district", "Iraq"}),
    ],
)
def test_what_is_no_measure_is_left_as_it_is(text: str, words: set[str]) -> None:
    """Talks have no midpoint, and a district is no part of the town named before it."""
    assert {m.words for m in places_in(text) if m.use != "entity"} == words


def test_the_ends_of_a_road_are_landmarks() -> None:
    """They keep their names and points, but nothing happened there."""
    uses = {m.words: m.use for m in places_in("A mine lay on the road between Tikrit and Mosul.")}
    assert uses == {"road between Tikrit and Mosul": "scene", "Tikrit": "landmark", "Mosul": "landmark"}


def test_the_province_before_a_name_decides_which_it_is() -> None:
    """ "Kirkuk's Hawija" and "Hawija in Kirkuk province" are the town, not the village in Diyala of that very spelling."""
    for text in ("Troops entered Kirkuk's Hawija in Iraq.", "Gunmen fired near Hawija in Kirkuk province."):
        place = _named(text, "Hawija").place
        assert place is not None
        assert (place.name, place.admin1) == ("Al Ḩawījah", "Kirkuk")


def test_given_names_get_a_place_each() -> None:
    """What somebody marked is a place, also where it would not have been found: the likeliest is chosen."""
    text = "They spoke of Sinjar and of turkey."
    spans = [Span(text.index("Sinjar"), text.index(" and")), Span(text.index("turkey"), len(text) - 1)]
    first, second = places_at(text, spans)
    assert (first.words, second.words) == ("Sinjar", "turkey")
    assert first.place is not None
    assert second.place is not None
    assert second.place.country == "TR"


def _named(text: str, words: str) -> PlaceMention:
    (found,) = [m for m in places_in(text) if m.words == words]
    return found
