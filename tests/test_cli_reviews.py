"""The commands about reviews, as a user sees them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli.app import main
from dateline.evaluation.gold import read_gold
from dateline.reviews import Accept, Assign, Correct, Finish, Reject, decide
from dateline.runners.linking import link_project
from dateline.store import open_project
from dateline.testing import killed, make_claim, make_reading, make_report, span_of

TEXT = "Rebels killed 12 soldiers near Torbal. A boat was seized."


@pytest.fixture
def claims(tmp_path: Path) -> list[str]:
    """The ids of the two claims of the project in tmp_path."""
    report = make_report(TEXT, path="a.txt")
    first, second = (span_of(TEXT, words) for words in ("Rebels killed 12 soldiers near Torbal.", "A boat was seized."))
    made = [
        make_claim(report, evidence=[first], figures=[killed(12.0, "security_force", words="12", span=span_of(TEXT, "12"))]),
        make_claim(report, evidence=[second], event_type="seizure"),
    ]
    with open_project(tmp_path, create=True) as project:
        project.save([make_reading(report, made)])
        link_project(project)
        decide(project, Correct(claim=made[0].id, field="certainty", value="alleged"), reviewer="Ana", reason="it is said")
    return [claim.id for claim in made]


def run(tmp_path: Path, *args: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, [*args, "--project", str(tmp_path)])
    assert result.exit_code == status, result.output
    return result.output


def test_history_tells_and_undoes(tmp_path: Path, claims: list[str]) -> None:
    told = run(tmp_path, "history", claims[0][:10])
    assert "Ana  correct" in told
    assert "certainty: stated -> alleged (it is said)" in told
    assert "review 2 is written" in run(tmp_path, "history", "--undo", "1", "--reviewer", "Ben")
    rows = [json.loads(line) for line in run(tmp_path, "history", "--json").splitlines()]
    assert [(row["number"], row["stands"]) for row in rows] == [(2, True), (1, False)]
    assert "review 3 is written" in run(tmp_path, "history", claims[0], "--revert", "1", "--reviewer", "Ben")
    assert "is undone already" not in run(tmp_path, "history", "--undo", "1", "--reviewer", "Ben")
    assert "there is no review 99" in run(tmp_path, "history", "--undo", "99", status=1)


def test_audit_says_that_all_is_well_or_what_is_not(tmp_path: Path, claims: list[str]) -> None:
    told = run(tmp_path, "audit")
    assert "1 review, 1 report, 2 claims checked; 0 faults" in told
    head = told.split()[-1]
    run(tmp_path, "audit", "--head", head)
    assert "last rows are missing" in run(tmp_path, "audit", "--head", "f" * 64, status=1)


def test_a_claims_id_stands_for_its_source_where_a_letter_is_given(tmp_path: Path, claims: list[str]) -> None:
    assert "is graded 2: review 2" in run(tmp_path, "grade", claims[0], "2", "--reviewer", "Ana")
    assert "s-" in run(tmp_path, "grade", claims[0], "b", "--reason", "was there", "--reviewer", "Ana")


def test_gold_holds_what_was_reviewed_as_it_is_in_force(tmp_path: Path, claims: list[str]) -> None:
    """A report waits until all of its claims were looked at; then `dateline evaluate` reads it."""
    out = tmp_path / "gold.jsonl"
    assert "0 reports with 0 claims" in run(tmp_path, "gold", str(out))
    with open_project(tmp_path) as project:
        decide(project, Reject(claim=claims[1]), reviewer="Ana", reason="no")
    assert "1 report with 1 claim" in run(tmp_path, "gold", str(out))
    [report] = read_gold(out)
    [claim] = report.claims
    assert (report.text, claim.certainty, claim.figures[0].best if claim.figures else None) == (TEXT, "alleged", 12.0)


def test_agreement_is_printed(tmp_path: Path, claims: list[str]) -> None:
    with open_project(tmp_path) as project:
        report = project.claim(claims[0]).report.id
        for coder in ("Cleo", "Dan"):
            decide(project, Assign(report=report, coder=coder), reviewer="admin")
            decide(project, Accept(claim=claims[0]), reviewer=coder, layer=coder)
            decide(project, Finish(report=report), reviewer=coder, layer=coder)
    told = run(tmp_path, "agreement", "Cleo", "Dan")
    assert "1 reports; claims: F1  1.00 of 2 and 2" in told
    assert json.loads(run(tmp_path, "agreement", "Cleo", "--json"))["reports"] == 1
