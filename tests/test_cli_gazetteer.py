"""`dateline gazetteer`, and which layers `dateline code` reads with."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import main
from dateline.model import PlaceMention, Reading
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


def test_an_alias_wins_in_reports_that_are_coded_from_then_on(folder: Path) -> None:
    """A name that no layer holds gets a place by its id; taken away, it is left to the gazetteer again."""
    run("code", "r.txt", "--project", "p", "--jobs", "1")
    told = run("gazetteer", "alias", "Zelworth", "99072", "--project", "p")
    assert told.output == "Zelworth: Mosul (99072)\n"
    (folder / "s.txt").write_text("Police arrested four men in Zelworth on Tuesday. Iraq said so.", encoding="utf-8")
    assert run("code", "s.txt", "--project", "p", "--jobs", "1").exit_code == 0
    with open_project("p") as project:
        places = {reading.report.path: _ids(reading) for reading in project.readings()}
    assert "99072" not in next(ids for path, ids in places.items() if path and path.endswith("r.txt"))
    assert "99072" in next(ids for path, ids in places.items() if path and path.endswith("s.txt"))
    assert run("gazetteer", "find", "Zelworth", "--project", "p").output.count("99072") == 1
    assert run("gazetteer", "alias", "Zelworth", "--remove", "--project", "p").exit_code == 0
    assert "holds no place" in run("gazetteer", "find", "Zelworth", "--project", "p").output


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("Zelworth", "no-such-id"), 1, "gazetteer find NAME"),
        (("Zelworth",), 2, "the id of a place, or --remove"),
        (("Zelworth", "--remove"), 1, "no alias 'zelworth'"),
    ],
)
def test_a_wrong_alias_says_what_would_be_right(folder: Path, arguments: tuple[str, ...], status: int, told: str) -> None:
    """The project stays as it was."""
    run("code", "r.txt", "--project", "p", "--jobs", "1")
    result = run("gazetteer", "alias", *arguments, "--project", "p")
    assert (result.exit_code, told in result.output) == (status, True), result.output


def test_what_a_name_could_mean_is_shown_with_ids(folder: Path) -> None:
    """The best known first; names that are only like it behind, marked."""
    lines = run("gazetteer", "find", "Sinjar").output.splitlines()
    assert "448149" in lines[2]
    assert lines[2].startswith("=")
    assert lines[-1].startswith("~")


def _ids(reading: Reading) -> set[str]:
    return {mention.place.id for mention in reading.mentions if isinstance(mention, PlaceMention) and mention.place}
