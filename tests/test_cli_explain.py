"""`dateline explain`: who read each field, how sure, and what else was considered."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import dateline
from dateline.cli import main
from dateline.store import open_project

TEXT = (
    "The army killed 22 rebels near Gao on Monday, spokesman Oumar Keita said. "
    "He said the group had 300 fighters and 40 camels. Residents of Timbuktu fled."
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": "200"})


@pytest.fixture
def project(tmp_path: Path) -> str:
    """A project with one report as the engine reads it."""
    folder = tmp_path / "project"
    with open_project(folder, create=True) as opened:
        opened.save([dateline.read(TEXT, published="2021-03-05")])
    return str(folder)


def killing(project: str) -> str:
    """The id of the claim of the killing."""
    claims = dateline.read(TEXT, published="2021-03-05").claims
    return next(c.id for c in claims if any(f.measure == "killed" for f in c.figures))


def test_every_field_says_its_words_and_who_read_it(project: str) -> None:
    """What was taken, and what was not, each with the engine's probability."""
    done = run("explain", killing(project), "-p", project)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert "The army killed 22 rebels near Gao on Monday" in lines[1]
    for field in ("kind", "event_type", "certainty", "background", "initiator", "target", "places", "time", "figures", "source"):
        assert any(line.startswith(field) for line in lines), field
    assert "not taken" in done.output


def test_json_has_the_characters_of_every_value(project: str) -> None:
    """For programs: spans into the report's text."""
    told = json.loads(run("explain", killing(project), "-p", project, "--json").output)
    fields = {field["field"]: field["considered"] for field in told["fields"]}
    figure = next(one for one in fields["figures"] if one["chosen"])
    assert TEXT[slice(*figure["span"])] == figure["value"] == "22 rebels"
    assert sum(one["chosen"] for one in fields["kind"]) == 1
    assert fields["time"][0]["value"] == "on Monday"


def test_only_claims_are_explained(project: str) -> None:
    """A report's id is refused in one line, and so is an id that names nothing."""
    with open_project(project) as opened:
        report = next(iter(opened.reports()))
    refused = run("explain", report.id, "-p", project)
    assert (refused.exit_code, "a claim's id begins with c-" in refused.output) == (2, True)
    assert run("explain", "c-0000", "-p", project).exit_code == 1
