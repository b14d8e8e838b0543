"""Packs: what is read of dumps and tables, and what is said where they cannot be read."""

import zipfile
from pathlib import Path

import pytest

from dateline.errors import GazetteerError
from dateline.gazetteer.add import add_pack
from dateline.gazetteer.installed import installed_layers, list_layers, remove_pack, user_folder
from dateline.gazetteer.layer import Layer
from dateline.gazetteer.packs import Options, Pack, read_pack


def dump_row(id: str, name: str, code: str, people: str = "0", lat: str = "35.1") -> str:
    """A line of a GeoNames dump."""
    cells = [id, name, name, f"Other {name},آخر", lat, "44.2", "P", code, "IQ", "", "18", "", "", "", people, "", "9", "", ""]
    return "\t".join(cells) + "\n"


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path, text: str, **options: str) -> Pack:
    return read_pack(table(path, text), Options(country=options.get("country", "")))


def test_a_geonames_dump_is_read(tmp_path: Path) -> None:
    """Seats without people weigh by their rank; shops and abandoned villages are left out, and counted."""
    rows = (
        dump_row("1", "Seat", "PPLA2")
        + dump_row("2", "Shop", "RET")
        + dump_row("3", "Range", "MTS")
        + dump_row("4", "Old", "PPLQ")
    )
    pack = read(tmp_path / "IQ.txt", rows)
    assert [(d.id, d.kind, d.country, d.admin1, d.others) for d in pack.drafts] == [
        ("1", "settlement", "IQ", "18", ("Other Seat",)),
        ("3", "mountain", "IQ", "18", ("Other Range",)),
    ]
    assert pack.drafts[0].population == 20_000
    assert pack.drafts[1].rank == ""  # one of the thousands of hills that a dump holds
    assert pack.left_out == {"RET": 1, "PPLQ": 1}


def test_a_zip_is_read_without_its_readme(tmp_path: Path) -> None:
    """As geonames.org packs it."""
    with zipfile.ZipFile(tmp_path / "IQ.zip", "w") as archive:
        archive.writestr("readme.txt", "Readme " * 1000)
        archive.writestr("IQ.txt", dump_row("1", "Seat", "PPL"))
    assert [draft.name for draft in read_pack(tmp_path / "IQ.zip").drafts] == ["Seat"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_ones_own_table_is_understood(tmp_path: Path, mark: str) -> None:
    """By the names of its columns, whatever parts them; a feature put there by hand is one that reports name."""
    lines = [["Place Name", "Latitude", "Longitude", "Type", "Country", "Province", "Aliases"]]
    lines += [
        ["Jabal X", "35.5", "43.25", "range", "Iraq", "Ninawa", "Mount X|X Hills"],
        ["Y", "1", "2", "Village", "IQ", "15", ""],
    ]
    range_, village = read(tmp_path / "own.csv", "\n".join(mark.join(line) for line in lines) + "\n").drafts
    assert (range_.kind, range_.rank, range_.country, range_.admin1) == ("mountain", "own", "IQ", "15")
    assert range_.others == ("Mount X", "X Hills")
    assert (village.kind, village.lat, village.lon, village.admin1) == ("settlement", 1.0, 2.0, "15")


def test_a_table_of_districts_is_understood(tmp_path: Path) -> None:
    """As OCHA's common datasets name their columns: no place has a name but the districts."""
    header = "admin0Pcode,admin1Name_en,admin2Name_en,x_coord,y_coord"
    (district,) = read(tmp_path / "cod.csv", f"{header}\nIQ,Salah al-Din,Shirqat,43.2,35.5\n").drafts
    assert (district.name, district.kind, district.admin1, district.lat) == ("Shirqat", "admin2", "18", 35.5)


def test_rows_without_id_get_one_that_stays(tmp_path: Path) -> None:
    """What stands around a row does not change its id."""
    one = read(tmp_path / "a.csv", "name,lat,lon\nA,1,2\nB,3,4\n", country="IQ").drafts
    two = read(tmp_path / "b.csv", "name,lat,lon\nB,3,4\n", country="IQ").drafts
    assert one[1] == two[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"name,lat,lon,country\n{'A' * 1001},1,2,IQ\n", r"t\.csv:2: the name has 1,001 characters"),
        ("name,lat,lon\nA,1,2\n", r"t\.csv:2: the row names no country.*--country"),
        ("name,lat,lon,country\nA,1,2,IQ\nB,x,2,IQ\n", r"t\.csv:3: lat is 'x'"),
        ("name,lat,lon,country\nA,91,2,IQ\n", r"t\.csv:2: lat is 91, beyond 90"),
        ("name,lat,lon,country\n?,9,2,IQ\n,9,2,IQ\n", r"t\.csv:2: the name '\?'.*t\.csv:3: the name is empty"),
        ("name,lat,lon,country\nA,1,2,Atlantis\n", r"t\.csv:2: country 'Atlantis' is not known"),
        ("name,north,east\nA,1,2\n", r"t\.csv:1: no column is understood as lat or lon\. There: name, north, east.*--column"),
        ("", "is empty"),
        ("name,lat,lon,country\n", "holds no places"),
    ],
)  # fmt: skip
def test_faults_name_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    """And the way out."""
    with pytest.raises(GazetteerError, match=told):
        read(tmp_path / "t.csv", text)


def test_a_short_line_of_a_dump_is_a_fault(tmp_path: Path) -> None:
    """Half a line is what an interrupted download ends with."""
    with pytest.raises(GazetteerError, match=r"IQ\.txt:2: 2 columns"):
        read(tmp_path / "IQ.txt", dump_row("1", "A", "PPL") + "2\tB\n")


def test_other_bytes_are_refused_by_name(tmp_path: Path) -> None:
    """Latin-1, something else with a table's name, a broken archive."""
    (tmp_path / "a.csv").write_bytes("name,lat,lon,country\nZürich,1,2,CH\n".encode("latin-1"))
    (tmp_path / "a.zip").write_bytes(b"PK no")
    for name, told in (("a.csv", "UTF-8"), ("a.zip", "unpacked"), ("a.xlsx", "must end in")):
        with pytest.raises(GazetteerError, match=told):
            read_pack(tmp_path / name)


def test_faulty_lines_can_be_left_out(tmp_path: Path) -> None:
    """If the user says so; they are told."""
    file = table(tmp_path / "t.csv", "name,lat,lon,country\nA,1,2,IQ\nB,x,2,IQ\n")
    pack = read_pack(file, Options(skip_faults=True))
    assert ([draft.name for draft in pack.drafts], len(pack.faults)) == (["A"], 1)


def test_packs_are_added_listed_replaced_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the user before those of the project; the same bytes give the same version."""
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    file, project = table(tmp_path / "My Places.csv", "name,lat,lon,country\nA,1,2,IQ\n"), str(tmp_path / "raids")
    first = add_pack(file)
    assert first.path == user_folder() / "my-places.gaz"
    assert add_pack(file, project).head.hash == first.head.hash == add_pack(file).head.hash
    assert [layer.owner for layer in list_layers(project)] == ["shipped", "shipped", "user", "project"]
    assert [path.parent.parent.name for path in installed_layers(project)[2:]] == ["data", "raids"]
    assert Layer(first.path).is_sound()
    remove_pack("my-places", project)
    with pytest.raises(GazetteerError, match="There: none"):
        remove_pack("my-places", project)
    assert len(list_layers(project)) == 3


def test_a_failed_addition_leaves_the_pack_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No half of a pack, and none of its remains."""
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    file = table(tmp_path / "p.csv", "name,lat,lon,country\nA,1,2,IQ\n")
    before = add_pack(file).path.read_bytes()
    table(file, "name,lat,lon,country\nA,1,2,IQ\nB,?,2,IQ\n")
    with pytest.raises(GazetteerError):
        add_pack(file)
    assert [path.read_bytes() for path in user_folder().iterdir()] == [before]


@pytest.mark.parametrize("name", ["world", "../x", "A B", ""])
def test_a_packs_name_is_no_path_and_none_of_ours(tmp_path: Path, name: str) -> None:
    """Names become file names."""
    file = table(tmp_path / "---.csv", "name,lat,lon,country\nA,1,2,IQ\n")
    with pytest.raises(GazetteerError, match="--name"):
        add_pack(file, str(tmp_path), name=name)
