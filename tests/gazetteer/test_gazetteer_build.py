"""Compiling layers: the same sources give the same bytes, and what is written is found."""

from pathlib import Path

import pytest
from msgspec.structs import astuple

from dateline.errors import GazetteerError
from dateline.gazetteer.compile import keys_of, write_layer
from dateline.gazetteer.data import current
from dateline.gazetteer.draft import Draft
from dateline.gazetteer.layer import BEGINS, CORE, EXACT, SKELETON, Layer, mark_of
from dateline.gazetteer.names import latin
from dateline.gazetteer.packs import example_pack
from dateline.gazetteer.sources import Box, regions, with_aliases

IDS = ("2", "10", "x-1", "é", "zé", "éz", "ɓa1")
DRAFTS = (
    Draft("20", "Al Wadi", "settlement", 33.1234, 44.5, "IQ", "07", 1234, others=("El Wady",)),
    Draft("3", "An earlier row for the same id", "admin1", 0.0, 0.0),
    Draft("3", "Wadia", "admin1", -33.5, 44.0, "IQ", "07", 9000, 80.0),
    Draft("x-1", "Rashad", "settlement", 35.0, 44.1, "IQ", "13"),
)


def layer(path: Path, drafts: tuple[Draft, ...] = DRAFTS) -> Layer:
    """A layer of drafts."""
    write_layer(drafts, path, name="test", title="For tests", sources=["nobody"])
    return Layer(path)


def hits(made: Layer, key: str) -> list[tuple[int, bool]]:
    """The places that bear a key, by number."""
    number = made.key_number(key)
    return made.posts(number) if number is not None else []


def test_places_come_back_as_they_were_once_each(tmp_path: Path) -> None:
    """The last row of an id counts; points, people and radius are kept."""
    made = layer(tmp_path / "a.gaz")
    assert [made.entry(n).id for n in range(made.head.places)] == ["3", "20", "x-1"]
    assert astuple(made.entry(0))[:9] == ("3", "Wadia", "admin1", -33.5, 44.0, "IQ", "07", 9000, 80.0)
    assert (made.entry(1).lat, made.entry(1).lon, made.entry(1).population) == (33.1234, 44.5, 1234)


@pytest.mark.parametrize(("id", "name"), [("3", "Wadia"), ("20", "Al Wadi"), ("x-1", "Rashad")])
def test_a_place_is_found_by_its_id(tmp_path: Path, id: str, name: str) -> None:
    """By bisection, at both ends too."""
    made = layer(tmp_path / "a.gaz")
    number = made.number_of(id)
    assert number is not None
    assert made.entry(number).name == name
    assert made.number_of("4") is None


def test_keys_know_whether_they_are_of_the_main_name(tmp_path: Path) -> None:
    """Keys without the article and of consonants are there too, and the place knows its spellings."""
    made = layer(tmp_path / "a.gaz")
    assert hits(made, EXACT + "al wadi") == [(1, True)]
    assert hits(made, EXACT + "el wady") == [(1, False)]
    assert hits(made, CORE + "wadi") == [(1, True)]
    assert (2, True) in hits(made, SKELETON + "rShd".lower()) + hits(made, SKELETON + "rSd")
    assert set(made.spellings(1)) == {"al wadi", "el wady"}


def test_beginnings_of_longer_names_are_keys_of_no_place(tmp_path: Path) -> None:
    """Also of names without their articles; so whoever reads a name word by word knows where to stop."""
    made = layer(tmp_path / "a.gaz", (Draft("1", "Al Wadi al Kabir", "settlement", 33.0, 44.0, "IQ"),))
    beginnings = ["al", "al wadi", "al wadi al", "wadi"]
    assert [hits(made, BEGINS + words) for words in beginnings] == [[]] * 4
    assert all(made.key_number(BEGINS + words) is not None for words in beginnings)
    assert made.key_number(BEGINS + "al wadi al kabir") is None


def test_every_name_has_its_mark_and_few_other_words_have() -> None:
    """A word whose bit is not set is no name of the layer: that is told without looking for it."""
    world = current().layers[0]
    marks, mask = world.name_marks

    def is_marked(name: str) -> bool:
        at = mark_of(name) & mask
        return bool(marks[at >> 3] >> (at & 7) & 1)

    assert all(is_marked(name) for number in range(0, world.head.places, 997) for name in world.spellings(number))
    assert sum(is_marked(f"no place {n}") for n in range(1000)) < 200


@pytest.mark.parametrize("ids", [("7", "07", "é7", "1234567890123"), ("4294967296", "٣", "0", "")])
def test_ids_that_look_like_numbers_are_kept_apart(tmp_path: Path, ids: tuple[str, ...]) -> None:
    """Leading zeros count, and so do digits of other scripts; numbers too long for the table of numbers are found too."""
    made = layer(tmp_path / "a.gaz", tuple(Draft(id, "Wadi", "settlement", 1.0, 2.0, "IQ") for id in ids))
    found = [made.number_of(id) for id in ids]
    assert [made.id(number) for number in found if number is not None] == list(ids)
    assert [made.number_of(id) for id in ("8", "008", "x", "00")] == [None] * 4


def test_same_sources_same_bytes(tmp_path: Path) -> None:
    """No clock and no order of hashes gets into the file; other places give another version."""
    one, two = layer(tmp_path / "a.gaz"), layer(tmp_path / "b.gaz")
    assert one.path.read_bytes() == two.path.read_bytes()
    assert layer(tmp_path / "c.gaz", DRAFTS[:1]).stamp != one.stamp


@pytest.mark.parametrize("spoilt", [b"", b"no layer", b"cut"])
def test_what_is_no_whole_layer_is_refused_by_name(tmp_path: Path, spoilt: bytes) -> None:
    """The error names the file, whatever is wrong with it."""
    whole = layer(tmp_path / "a.gaz").path.read_bytes()
    bad = tmp_path / "bad.gaz"
    bad.write_bytes(whole[: len(whole) // 2] if spoilt == b"cut" else spoilt)
    with pytest.raises(GazetteerError, match=r"bad\.gaz"):
        Layer(bad)


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    """The version is a hash of the content."""
    path = layer(tmp_path / "a.gaz").path
    assert Layer(path).is_sound()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    (tmp_path / "b.gaz").write_bytes(data)
    assert not Layer(tmp_path / "b.gaz").is_sound()


def test_only_loose_names_have_keys_of_consonants() -> None:
    """Elsewhere than in countries of Arabic script a name is its spelling."""
    assert {key[0] for key in keys_of("Jabal Hamrin", loose=False)} == {EXACT}
    assert SKELETON in {key[0] for key in keys_of("Jabal Hamrin", loose=True)}


def test_only_latin_spellings_of_other_names_are_kept() -> None:
    """Codes, other scripts and second spellings of one key are left out."""
    assert latin(["Moscou", "MOW", "Москва", "moscou", "Mosca"], "Moscow") == ("Moscou", "Mosca")


def test_own_regions_are_well_formed() -> None:
    """Every row of the own table has a point on the globe, a radius and an id of its own."""
    drafts = list(regions())
    assert len({draft.id for draft in drafts}) == len(drafts) > 100
    assert all(-90 <= d.lat <= 90 and -180 <= d.lon <= 180 and d.radius > 0 for d in drafts)


def test_the_example_pack_is_well_formed() -> None:
    """It has ranges, valleys, deserts, lakes and districts of both countries, each with an id of its own and a radius."""
    drafts = example_pack()
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert {draft.country for draft in drafts} == {"IQ", "SY"}
    assert {"mountain", "valley", "desert", "water", "admin2"} <= {draft.kind for draft in drafts}
    assert all(draft.radius > 0 for draft in drafts)


def test_aliases_go_to_the_largest_of_the_name() -> None:
    """The spellings of a town are not given to the hamlets that share its name."""
    drafts = [Draft("1", "Erbil", "settlement", 0, 0, "IQ"), Draft("2", "Arbīl", "settlement", 36, 44, "IQ", population=9),
              Draft("3", "Arbil", "settlement", 36, 44, "IQ", population=900_000)]  # fmt: skip
    aliased = list(with_aliases(drafts))
    assert [bool(draft.aliases) for draft in aliased] == [False, False, True]


def test_box_of_towns_gives_middle_and_reach() -> None:
    """A province's point is the middle of its towns; its reach stays within reason."""
    box = Box.around([Draft("1", "A", "settlement", 30, 40, population=5), Draft("2", "B", "settlement", 32, 44, population=7)])
    assert box.middle == (31, 42)
    assert box.population == 12
    assert 20 <= box.radius <= 600


def test_ids_in_any_letters_are_found(tmp_path: Path) -> None:
    """Ids are looked up as bytes, and stand in the order of their letters."""
    path = tmp_path / "ids.gaz"
    write_layer([Draft(id, f"Şehir {id}", "settlement", 1.0, 2.0) for id in IDS], path, name="ids", title="", sources=())
    made = Layer(path)
    assert {id: made.entry(number).id for id in IDS if (number := made.number_of(id)) is not None} == {id: id for id in IDS}
    assert [made.number_of(id) for id in ("", "éé", "x-2", "ɓa")] == [None] * 4
