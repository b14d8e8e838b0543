"""A codebook of one's own on the command line: `dateline code --codebook`, `dateline codebook`, and what all commands make of it.

The engine is not asked: each report is one claim, a robbery with two civilians killed (tests/runners/made_by_hand.py).
"""

import csv
import io
import json
import sys
from functools import partial
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from dateline.cli import main
from dateline.lexicon.codebook import built_in, codebook
from dateline.lexicon.codebook_file import parse_codebook
from dateline.runners import local, workers
from dateline.runners.workers import Workers
from dateline.store import dump, open_project
from dateline.testing import make_report

sys.path.insert(0, str(Path(__file__).parent / "runners"))

from made_by_hand import read_by_hand, recode_by_hand

OWN = """version: raids-1
others: drop
event_types:
  - {name: CATTLE RAID, label: raid for cattle, takes: [robbery], verbs: [rustle]}
  - {name: theft, takes: [robbery]}
measures: [{name: deaths, label: persons killed, takes: [killed]}]
objects: [{name: herder, takes: [civilian], words: [two]}, civilian]
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": "200"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a codebook and two reports, and no engine to read them with."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workers, "read_report", read_by_hand)
    monkeypatch.setattr(local, "default_stages", tuple)
    (tmp_path / "own.yaml").write_text(OWN)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/raid.txt").write_text("Two men rustled cows.")
    (tmp_path / "in/theft.txt").write_text("Men took a purse.")
    return tmp_path


@pytest.fixture
def coded(folder: Path) -> Path:
    done = run("code", "in", "-p", "p", "--codebook", "own.yaml", "-j", "1")
    assert (done.exit_code, done.output) == (0, "2 reports coded; 2 events in p\n")
    return folder


def cells(*arguments: str) -> list[dict[str, str]]:
    done = run(*arguments, "-p", "p", "-f", "csv")
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_claims_figures_and_events_have_the_names_of_the_codebook(coded: Path) -> None:
    """In the tables and in their filters, by name, by label and however spelled."""
    assert sorted(row["event_type"] for row in cells("claims")) == ["CATTLE RAID", "theft"]
    for wanted in ("CATTLE RAID", "cattle_raid", "raid for cattle", "cattle-raids"):
        (row,) = cells("events", "--type", wanted)
        assert row["event_type"] == "CATTLE RAID"
    (row,) = cells("figures", "--object", "herder")
    assert (row["measure"], row["object"], row["best"]) == ("deaths", "herder", "2")
    assert len(cells("claims", "--where", "deaths>=2")) == 2
    assert run("claims", "-p", "p", "--type", "theft").output.startswith("claims of type theft: 1\n")
    assert "raid for cattle" in run("events", "-p", "p").output
    assert "2 persons killed (herder)" in run("claims", "-p", "p").output


def test_other_names_are_unknown_there(coded: Path) -> None:
    """A filter is answered with the names of the project."""
    assert run("claims", "-p", "p", "--type", "robbery").stderr == "dateline: no type 'robbery'. Known: CATTLE RAID, theft\n"
    assert "no filter 'killed'" in run("claims", "-p", "p", "--where", "killed>=1").stderr
    assert codebook() is built_in(), "no command leaves a codebook in use"


def test_page_show_and_export_have_them_too(coded: Path) -> None:
    """Labels on the page, with the codebook's version; the columns of killed are filled by the measure that takes killed."""
    assert run("report", "-p", "p", "-o", "r.html").exit_code == 0
    page = (coded / "r.html").read_text(encoding="utf-8")
    assert "codebook raids-1" in page
    assert page.index(">raid for cattle</option>") < page.index(">theft</option>")
    assert run("export", "-p", "p", "--to", "claims.csv").exit_code == 0
    with (coded / "claims.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["killed_best"] for row in csv.DictReader(stream)] == ["2", "2"]
    assert "raid for cattle" in run("show", "-p", "p", "raid.txt").output


def test_later_runs_use_the_codebook_of_the_project(coded: Path) -> None:
    """Without naming it, or naming the same file; the rows are those of one run."""
    (coded / "in/late.txt").write_text("They rustled a herd.")
    assert run("code", "in", "-p", "p", "-j", "1").exit_code == 0
    assert run("code", "in", "-p", "p", "-j", "1", "--codebook", "own.yaml").exit_code == 0
    assert run("code", "in", "-p", "once", "-j", "1", "--codebook", "own.yaml").exit_code == 0
    rows = []
    for project in ("p", "once"):
        with open_project(coded / project) as opened:
            rows.append(list(dump(opened)))
    assert rows[0] == rows[1]
    assert sorted(row["event_type"] for row in cells("claims")) == ["CATTLE RAID", "CATTLE RAID", "theft"]


def test_another_codebook_for_the_same_project_is_refused(coded: Path) -> None:
    """In one line that says what to do; nothing is coded."""
    (coded / "other.yaml").write_text("event_types: [{name: theft, takes: [robbery]}]")
    (coded / "in/late.txt").write_text("They rustled a herd.")
    done = run("code", "in", "-p", "p", "--codebook", "other.yaml")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "p is coded with a codebook of its own, version raids-1, not this one. Leave --codebook out" in done.stderr
    assert len(cells("claims")) == 2


def test_a_project_with_dateline_s_codebook_takes_no_other(folder: Path) -> None:
    assert run("code", "in", "-p", "p", "-j", "1").exit_code == 0
    assert {row["event_type"] for row in cells("claims")} == {"robbery"}
    assert "is coded with Dateline's own codebook" in run("code", "in", "-p", "p", "--codebook", "own.yaml").stderr


def test_a_wrong_codebook_makes_no_project(folder: Path) -> None:
    """All its faults in one line, before any report is read."""
    (folder / "wrong.yaml").write_text("event_types: [arrst]\nmeasures: []\n")
    done = run("code", "in", "-p", "p", "--codebook", "wrong.yaml")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "codebook wrong.yaml, line 1: " in done.stderr
    assert "; line 2: measures has no entries" in done.stderr
    assert not (folder / "p").exists()


def test_two_workers_code_as_one_process_does() -> None:
    """The codebook goes with the task: the same bytes."""
    task = partial(recode_by_hand, codebook=parse_codebook(OWN, "own.yaml"))
    reports = [make_report(f"Two men rustled {n} cows.") for n in range(6)]
    with Workers(2, task) as pool:
        by_two = [msgspec.json.encode(outcome) for outcome in pool.read(reports)]
    assert by_two == [msgspec.json.encode(task(report)) for report in reports]
    assert json.loads(by_two[0])["claims"][0]["event_type"] == "CATTLE RAID"


def test_codebook_show_prints_a_file_that_can_be_used(coded: Path) -> None:
    """Dateline's own, and with a project that of the project."""
    assert parse_codebook(run("codebook", "show").stdout, "shown") == built_in()
    assert parse_codebook(run("codebook", "show", "-p", "p").stdout, "shown") == parse_codebook(OWN, "own.yaml")
    assert "no Dateline project in none" in run("codebook", "show", "-p", "none").stderr


def test_codebook_check_says_what_a_file_does(folder: Path) -> None:
    """The names in their order, what is dropped, and which lists are Dateline's."""
    (folder / "some.yaml").write_text(OWN.partition("objects")[0])
    lines = run("codebook", "check", "some.yaml").stdout.splitlines()
    assert lines[:2] == ["some.yaml: version raids-1", "event types: CATTLE RAID, theft"]
    assert lines[2].startswith("  dropped: attack_on_civilians, suicide_bombing, ")
    assert "robbery" not in lines[2]
    assert lines[-1] == f"objects: Dateline's own {len(built_in().objects)}"
    (folder / "some.yaml").write_text("event_types: [{name: raid, takes: [robbery], words: [cow]}]\nothers: drop")
    assert "robbery (unless its words are said)" in run("codebook", "check", "some.yaml").stdout


def test_codebook_check_names_each_fault(folder: Path) -> None:
    (folder / "wrong.yaml").write_text("event_types:\n- {name: x, takes: [robery]}\n- {name: x, take: [riot]}\n")
    done = run("codebook", "check", "wrong.yaml")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "line 2: Dateline has no event type 'robery'; did you mean robbery?" in done.stderr
    assert "line 3: no key 'take'; did you mean takes?" in done.stderr
    assert "line 3: event type x stands in line 2 already" in done.stderr
    assert run("codebook", "check", "none.yaml").stderr == "dateline: codebook none.yaml: no such file or folder\n"


@pytest.mark.parametrize("command", ["show", "check"])
def test_the_parts_of_codebook_have_examples(command: str) -> None:
    assert f"dateline codebook {command}" in run("codebook", command, "--help").output.partition("Example")[2]
