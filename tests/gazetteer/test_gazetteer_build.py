"""Compiling the gazetteer: the same sources give the same bytes, and what is written is found."""

import hashlib
import lzma
from pathlib import Path

from dateline.gazetteer.build import write
from dateline.gazetteer.sources import Box, Draft, country_pack, latin, regions, with_aliases

DRAFTS = (
    Draft("20", "Al Wadi", "settlement", 33.1234, 44.5, "IQ", "07", 1234, others=("El Wady",)),
    Draft("3", "Wadia", "admin1", 33.0, 44.0, "IQ", "07", 9000, 80.0),
    Draft("3", "A second row for the same id", "admin1", 0.0, 0.0),
)


def unpacked(path: Path) -> list[str]:
    """The lines of a data file."""
    return lzma.decompress(path.read_bytes()).decode().splitlines()


def test_places_stand_in_the_order_of_their_ids_once(tmp_path: Path) -> None:
    """Shorter ids first, so that bisection finds them; the first row of an id wins."""
    write(DRAFTS, tmp_path)
    assert [line.split("\t")[:2] for line in unpacked(tmp_path / "places.tsv.xz")] == [["3", "Wadia"], ["20", "Al Wadi"]]


def test_other_names_are_marked(tmp_path: Path) -> None:
    """A key knows whether it is of the main name; keys without the article and of consonants are there too."""
    write(DRAFTS, tmp_path)
    names = dict(line.split("\t") for line in unpacked(tmp_path / "names.tsv.xz"))
    assert names["=al wadi"] == "1"
    assert names["=el wady"] == "1a"
    assert names["~wadi"] == "1"


def test_same_sources_same_bytes(tmp_path: Path) -> None:
    """No clock and no order of hashes gets into the files."""
    sums: list[str] = []
    for run, drafts in (("one", DRAFTS), ("two", DRAFTS)):
        write(drafts, tmp_path / run)
        sums.append(hashlib.sha256(b"".join(p.read_bytes() for p in sorted((tmp_path / run).iterdir()))).hexdigest())
    assert sums[0] == sums[1]


def test_only_latin_spellings_of_other_names_are_kept() -> None:
    """Codes, other scripts and second spellings of one key are left out."""
    assert latin(["Moscou", "MOW", "Москва", "moscou", "Mosca"], "Moscow") == ("Moscou", "Mosca")


def test_own_regions_are_well_formed() -> None:
    """Every row of the own table has a point on the globe, a radius and an id of its own."""
    drafts = list(regions())
    assert len({draft.id for draft in drafts}) == len(drafts) > 100
    assert all(-90 <= d.lat <= 90 and -180 <= d.lon <= 180 and d.radius > 0 for d in drafts)


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


def test_country_pack_reads_kinds_and_radii(tmp_path: Path) -> None:
    """A range keeps its own radius and kind; a village gets those of its class."""
    header = "id name ascii alternates lat lon feature_class feature_code country admin1 population source radius_km".split()
    rows = [
        "x:1 Jabal_X Jabal_X Mount_X 35 43 T MTS IQ 18 0 own 90".split(),
        "7 Qarya Qarya - 33 44 P PPL IQ 07 0 wof ".split(" "),
    ]
    table = tmp_path / "pack.tsv"
    table.write_text("\n".join("\t".join(row) for row in [header, *rows]) + "\n", encoding="utf-8")
    mountain, village = country_pack(table)
    assert (mountain.kind, mountain.radius) == ("mountain", 90)
    assert (village.kind, village.radius) == ("settlement", 5)
