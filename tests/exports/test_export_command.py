"""`dateline export` and `dateline import`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_events import CLASH, made_project

from dateline.cli import main
from dateline.errors import ExportError
from dateline.exports import export_project
from dateline.filters import parse


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command")
    made_project(folder / "project").close()
    return folder


def dateline(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_files_are_written_with_those_beside_them(folder: Path) -> None:
    """And each is named with its rows."""
    out = folder / "out"
    done = dateline(
        "export", "--project", str(folder / "project"), "--to", str(out / "acled.csv"), "--to", str(out / "claims.csv")
    )
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        f"{out}/acled.csv: 2 rows",
        f"{out}/acled.sources.csv: 5 rows",
        f"{out}/acled.rejects.csv: 1 row",
        f"{out}/claims.csv: 5 rows",
    ]
    assert len(list(out.iterdir())) == 4


def test_filters_choose_the_rows_and_are_told(folder: Path) -> None:
    target = folder / "few" / "events.geojson"
    arguments = ("--to", str(target), "--place", "Torbal", "--where", "killed>=10")
    assert dateline("export", "--project", str(folder / "project"), *arguments).output == f"{target}: 1 row\n"
    collection = json.loads(target.read_text(encoding="utf-8"))
    assert collection["filters"] == "events in Torbal with at least 10 killed"
    assert [feature["id"] for feature in collection["features"]] == [CLASH.id]


def test_a_whole_project_takes_no_filters(folder: Path) -> None:
    with (
        made_project(folder / "other") as project,
        pytest.raises(ExportError, match=r"holds the whole project; leave the filters"),
    ):
        export_project(project, [folder / "x" / "dateline.jsonl"], filters=[parse("kind=tally")])
    assert not (folder / "x").exists()


def test_a_name_that_is_not_known_is_told_before_anything_is_written(folder: Path) -> None:
    done = dateline("export", "--project", str(folder / "project"), "--to", str(folder / "y" / "acled.csv"), "--to", "acld.csv")
    assert done.exit_code == 1
    assert "no export 'acld.csv'. Known: acled.csv, acled.numeric.csv" in done.output
    assert not (folder / "y").exists()


def test_a_project_goes_out_and_comes_in_again(folder: Path) -> None:
    """Byte for byte; whether the names of witnesses are there is said."""
    for option, words in (("--with-private-names", ""), (None, "names of witnesses are not in the file")):
        there, copy = folder / str(option) / "dateline.jsonl", folder / f"copy{option}"
        options = [option] if option else []
        assert dateline("export", "--project", str(folder / "project"), "--to", str(there), *options).exit_code == 0
        done = dateline("import", str(there), "--project", str(copy))
        assert done.output.startswith(f"{copy}: 3 reports, 5 claims, 3 events\n{words}")
        again = folder / f"again{option}" / "dateline.jsonl"
        assert dateline("export", "--project", str(copy), "--to", str(again), *options).exit_code == 0
        assert again.read_bytes() == there.read_bytes()


def test_a_damaged_file_is_told_in_one_line(folder: Path) -> None:
    (folder / "damaged.jsonl").write_text("{}\n")
    done = dateline("import", str(folder / "damaged.jsonl"), "--project", str(folder / "none"))
    assert done.exit_code == 1
    assert "damaged.jsonl, line 1: this is no file of" in done.output
    assert len(done.output.splitlines()) == 1
