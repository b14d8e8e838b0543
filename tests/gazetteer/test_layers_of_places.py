"""Layers on top of each other: which place counts, and what a reading says of them."""

from pathlib import Path

import pytest

from dateline.gazetteer import current, find, find_alike, using
from dateline.gazetteer.compile import write_layer
from dateline.gazetteer.data import shipped_layers
from dateline.gazetteer.draft import Draft
from dateline.gazetteer.lookup import area
from dateline.gazetteer.record import place_of
from dateline.mentions.places import find_places
from dateline.model import PlaceMention, Reading, report_of

MOSUL = "99072"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack that moves Mosul, knows one more village, and holds Lake Hamrin under an id of its own."""
    drafts = [
        Draft(MOSUL, "Mosul Renamed", "settlement", 10.0, 20.0, "IQ", "15"),
        Draft("x-1", "Zelworth", "settlement", 35.0, 44.0, "IQ", "13", others=("Zelwurth",)),
        Draft("x-2", "Lake Hamrin", "water", 34.2, 45.0, "IQ", "10", radius=21, rank="own"),
        Draft("x-3", "Jabal Kharbash", "mountain", 35.0, 44.0, "IQ", rank="own"),
    ]
    write_layer(drafts, tmp_path / "mine.gaz", name="mine", title="Mine", sources=["me"])
    return tmp_path / "mine.gaz"


def test_later_layers_win_and_names_add_up(pack: Path) -> None:
    """A place of two layers is one, with the names of both; people that the later does not know stay known."""
    before = current().by_id(MOSUL)
    assert before is not None
    with using([*shipped_layers(), pack]):
        (mosul,) = [c.entry for c in find("Mosul") if c.entry.id == MOSUL]
        assert (mosul.name, mosul.lat, mosul.population) == ("Mosul Renamed", 10.0, before.population)
        assert [c.entry.id for c in find("Mosul Renamed")] == [MOSUL]
    assert current().by_id(MOSUL) == before


def test_a_place_under_two_ids_is_offered_once(pack: Path) -> None:
    """Two sources number the same lake in their own ways; the later one is offered."""
    with using([*shipped_layers(), pack]):
        assert [c.entry.id for c in find("Lake Hamrin") if c.entry.kind == "water"] == ["x-2"]


def test_a_place_says_its_layer_and_version(pack: Path) -> None:
    """So that a point on the map can be followed to the file that it is from."""
    with using([*shipped_layers(), pack]) as gazetteer:
        (village,) = find("Zelworth")
        assert place_of(village.entry).layer == gazetteer.stamps[-1]
        assert gazetteer.stamps[-1].startswith("mine@")


def test_a_reading_says_what_it_was_read_with(pack: Path) -> None:
    """Names and versions of all layers, and the pack's places are found."""
    report = report_of("Shells fell on Zelworth, in Iraq, on Monday. Iraq and Mosul are calm.")
    with using([*shipped_layers(), pack]) as gazetteer:
        reading = find_places(Reading(report=report))
        assert reading.gazetteer == gazetteer.stamps
    places = [m.place.name for m in reading.mentions if isinstance(m, PlaceMention) and m.place]
    assert "Zelworth" in places
    assert find_places(Reading(report=report)).gazetteer == current().stamps


def test_generic_words_are_a_hint_of_kind(pack: Path) -> None:
    """ "Mount Kharbash" is the range that a source calls Jabal; a lake of the name is nowhere, and no village stands for it."""
    with using([*shipped_layers(), pack]):
        assert [c.entry.id for c in find_alike("Mount Kharbash")] == ["x-3"]
        assert find_alike("Lake Kharbash") == ()
        assert "x-3" not in {c.entry.id for c in find_alike("Kharbesh")}
    assert all(c.entry.kind == "mountain" for c in find_alike("Mount Sarmada"))


def test_areas_come_from_the_last_layer_that_has_them(tmp_path: Path) -> None:
    """A pack may say better where a province lies."""
    write_layer([Draft("x-9", "Anbar Anew", "admin1", 33, 42, "IQ", "01")], tmp_path / "a.gaz", name="a", title="", sources=[])
    with using([*shipped_layers(), tmp_path / "a.gaz"]):
        anbar = area("IQ.01")
    assert anbar is not None
    assert anbar.name == "Anbar Anew"
