"""`dateline link` and `dateline lineages`, and what `dateline show` says of copies and of events that are no more."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import main
from dateline.model import Trace
from dateline.runners.linking import link_project
from dateline.store import open_project
from dateline.store.linking import keep_traces
from dateline.testing import make_claim, make_reading, make_report, placed

WORDS = (
    "Fighters of the River Front attacked a police post near Torbal on Monday and killed four officers, Colonel Ada Munro said. "
    "The attackers came on motorcycles from the direction of Lake Sevi shortly before dawn and burned two vehicles."
)
PAST = "e-00000000000000aa"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def project(tmp_path: Path) -> str:
    """Two papers with one text, and an event that was joined with theirs."""
    reports = (
        make_report(WORDS, publisher="Wire", published=date(2024, 3, 5), title="Four officers killed"),
        make_report(f"{WORDS} (Echo)", publisher="Echo", published=date(2024, 3, 6), title="Post attacked"),
    )
    with open_project(tmp_path / "p", create=True) as opened:
        opened.save(make_reading(report, [make_claim(report, places=[placed()])]) for report in reports)
        link_project(opened)
        (event,) = opened.events()
        with opened.writing_tables() as connection:
            keep_traces(connection, [Trace(event_id=PAST, what="joined", became=(event.id,), claims=event.claims[:1])])
    return str(tmp_path / "p")


def test_lineages_say_who_was_first_and_what_is_shared(project: str) -> None:
    done = run("lineages", "-p", project)
    assert done.exit_code == 0, done.output
    assert "1 lineage of more than one report" in done.stdout
    assert "2 reports, first published by Wire" in done.stdout
    assert "copy" in done.stdout
    told = json.loads(run("lineages", "-p", project, "--json").stdout)
    assert [report["publisher"] for report in told["reports"]] == ["Wire", "Echo"]
    assert told["links"][0]["likeness"] == "copy"


def test_a_report_says_what_it_copies(project: str) -> None:
    with open_project(project) as opened:
        first, later = opened.reports()
    assert "published after this one" in " ".join(run("show", "-p", project, first.id).stdout.split())
    assert "published before this one" in " ".join(run("show", "-p", project, later.id).stdout.split())


def test_what_an_old_id_became_is_followed_to_the_end(project: str) -> None:
    """An event that was joined with one that was joined itself: both lines are told, in order."""
    older = "e-00000000000000bb"
    with open_project(project) as opened:
        (event,) = opened.events()
        with opened.writing_tables() as connection:
            keep_traces(connection, [Trace(event_id=older, what="joined", became=(PAST,), claims=event.claims[:1])])
    told = run("show", "-p", project, older).stdout
    assert told.index(f"joined with {PAST}") < told.index(f"joined with {event.id}")


def test_an_old_id_tells_what_became_of_the_event(project: str) -> None:
    done = run("show", "-p", project, PAST[:10])
    assert done.exit_code == 0, done.output
    with open_project(project) as opened:
        (event,) = opened.events()
    assert done.stdout.strip() == f"{PAST} joined with {event.id} (1 claim)"


def test_another_rule_of_best_numbers_is_kept(project: str) -> None:
    """And the id of the event stays."""
    with open_project(project) as opened:
        before = [event.id for event in opened.events()]
    assert "1 event in" in run("link", "-p", project, "--best", "lowest").stdout
    with open_project(project) as opened:
        assert opened.best_rule() == "lowest"
        assert [event.id for event in opened.events()] == before
