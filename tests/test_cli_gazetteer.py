"""`dateline gazetteer`, and which layers `dateline code` reads with."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import main
from dateline.store import open_project


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": "200"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table of places and a report that names one of them; no packs are there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    (tmp_path / "villages.csv").write_text("Village,Lat,Lon,Pop\nZelworth,35.0,44.0,900\n", encoding="utf-8")
    (tmp_path / "r.txt").write_text("Police arrested three men in Zelworth, Iraq, on Monday. Iraq said so.", encoding="utf-8")
    return tmp_path


def test_a_projects_pack_places_its_reports(folder: Path) -> None:
    """The claim's place is the pack's and says so; the report says what it was read with."""
    added = run("gazetteer", "add", "villages.csv", "--country", "IQ", "--column", "name=Village", "--project", "p")
    assert added.exit_code == 0, added.output
    assert "1 places, 1 names" in added.output
    assert "name = Village, lat = Lat, lon = Lon, population = Pop" in added.output
    assert run("code", "r.txt", "--project", "p", "--jobs", "1").exit_code == 0
    with open_project("p") as project:
        (reading,) = project.readings()
    places = [ref.place for claim in reading.claims for ref in claim.places if ref.place]
    assert "Zelworth" in {place.name for place in places}
    assert reading.gazetteer[-1] in {place.layer for place in places}
    assert reading.gazetteer[-1].startswith("villages@")
    assert reading.gazetteer[-1] in run("show", "r.txt", "--project", "p").output.replace("\n", "")


def test_layers_are_listed_and_checked(folder: Path) -> None:
    """In the order in which they win."""
    run("gazetteer", "add", "villages.csv", "--country", "IQ", "--source", "us, CC0")
    told = run("gazetteer", "list", "--check").output
    assert told.index("world") < told.index("iq-sy") < told.index("villages")
    assert "us, CC0; villages.csv, SHA-256" in told
    assert "all checksums hold" in told
    assert run("gazetteer", "remove", "villages").exit_code == 0
    assert "villages" not in run("gazetteer", "list").output


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("add", "villages.csv"), 1, "villages.csv:2: the row names no country"),
        (("add", "villages.csv", "--column", "nome=Village"), 2, "with a field of: id, name"),
        (("add", "villages.csv", "-p", "postgresql://host/db"), 1, "is a database"),
        (("remove", "nothing"), 1, "no pack 'nothing'"),
        (("fetch", "Iraq"), 2, "no country's code"),
    ],
)
def test_errors_are_one_line_with_the_way_out(folder: Path, arguments: tuple[str, ...], status: int, told: str) -> None:
    """And nothing is left behind."""
    done = run("gazetteer", *arguments)
    assert (done.exit_code, told in done.output) == (status, True), done.output
    assert not list(folder.rglob("*.gaz"))
