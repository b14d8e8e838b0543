"""The log cannot be rewritten unseen, and loses nothing that was acknowledged."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from reviewed_project import fill
from sqlalchemy import text

from dateline.errors import ConflictError
from dateline.model import Claim
from dateline.model.review import FIRST, review_hash
from dateline.reviews import Accept, Comment, Correct, Reject, Undo, audit, claim_view, decide, history
from dateline.store import Project, open_project

KILLS = 2  # the benchmark (benchmarks/kill_reviews.py) kills 100 times
ANALYSTS, TURNS = 5, 3


@pytest.fixture
def reviewed(project: Project, attack: Claim, raid: Claim) -> Project:
    decide(project, Correct(claim=attack.id, field="certainty", value="alleged"), reviewer="Ana")
    decide(project, Reject(claim=raid.id), reviewer="Ben", reason="a plan")
    decide(project, Undo(number=2), reviewer="Ben")
    decide(project, Accept(claim=raid.id), reviewer="Ana")
    assert not audit(project).faults
    return project


def forge(project: Project, *statements: str) -> None:
    """Change the database behind Dateline's back, triggers and all."""
    with project.database.begin() as connection:
        for action in ("UPDATE", "DELETE"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS reviews_no_{action}"))
        for statement in statements:
            connection.execute(text(statement))


def test_each_row_is_chained_to_the_one_before(reviewed: Project) -> None:
    rows = reviewed.reviews()
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert [row.previous for row in rows] == [FIRST, *(row.hash for row in rows[:-1])]
    assert all(row.hash == review_hash(row) for row in rows)
    assert audit(reviewed).head == rows[-1].hash


TAMPERED = [
    ("UPDATE reviews SET value = '\"denied\"' WHERE number = 1", "review 1: was changed after it was written"),
    ("UPDATE reviews SET reviewer = 'Eve' WHERE number = 3", "review 3: was changed after it was written"),
    ("UPDATE reviews SET at = '2020-01-01T00:00:00+00:00' WHERE number = 2", "review 2: was changed after it was written"),
    ("DELETE FROM reviews WHERE number = 2", "review 2: is missing; review 3 follows"),
    ("UPDATE reviews SET number = 9 WHERE number = 4", "review 4: is missing; review 9 follows"),
    ("UPDATE reviews SET previous = 'x' WHERE number = 3", "review 3: is not chained to the row before it"),
    ("INSERT INTO undone_reviews VALUES (1)", "review 1: is not undone by the log, and the table says otherwise"),
    ("DELETE FROM undone_reviews", "review 2: is undone by the log, and the table says otherwise"),
    ("UPDATE claims SET certainty = 'denied' WHERE certainty = 'alleged'", "is not what the log makes of it (certainty)"),
    ("UPDATE figures SET best = 31 WHERE best = 30", "is not what the log makes of it (figures)"),
    (
        "UPDATE engine_claims SET record = replace(record, 'rebels', 'nobody')",
        "is not what the log makes of it (initiator, summary)",
    ),
    ("UPDATE reports SET text = replace(text, 'almost 30', 'almost 90')", "has another text than its reviewers saw"),
    ("UPDATE evidence SET end_char = 9999", "is not in its report"),
    ("UPDATE figures SET words = 'ninety' WHERE words = 'five men'", "its figure 'ninety' is not what stands at"),
]


@pytest.mark.parametrize(("statement", "fault"), TAMPERED)
def test_what_was_changed_behind_our_back_is_named(reviewed: Project, statement: str, fault: str) -> None:
    forge(reviewed, statement)
    faults = [str(found) for found in audit(reviewed).faults]
    assert any(fault in found for found in faults), faults


def test_rows_that_are_missing_at_the_end_show_against_a_noted_hash(reviewed: Project) -> None:
    """The chain alone cannot tell; the hash that was noted outside can."""
    head = audit(reviewed).head
    assert not audit(reviewed, head=head).faults
    forge(reviewed, "DELETE FROM reviews WHERE number = 4")
    [fault] = audit(reviewed, head=head).faults
    assert "its last rows are missing" in str(fault)


def test_an_earlier_noted_hash_stays_in_the_chain(reviewed: Project, attack: Claim) -> None:
    head = audit(reviewed).head
    decide(reviewed, Comment(subject=attack.id, text="later"), reviewer="Ana")
    assert not audit(reviewed, head=head).faults


def test_many_analysts_at_once_lose_and_cross_nothing(project: Project, attack: Claim) -> None:
    """Each writes on what was seen; who was slower looks again.  Every acknowledged review is in the chain, once."""

    def work(name: str) -> list[int]:
        done: list[int] = []
        with open_project(project.name) as own:
            while len(done) < TURNS:
                seen = claim_view(own, attack.id)
                assert seen.claim is not None
                value = {"stated": "alleged", "alleged": "denied", "denied": "stated"}[seen.claim.certainty]
                correction = Correct(claim=attack.id, field="certainty", value=value)
                try:
                    based_on = {attack.id: seen.status.revision}
                    decided = decide(own, correction, reviewer=name, based_on=based_on, relink=False)
                except ConflictError:
                    continue
                done.append(decided.number)
        return done

    with ThreadPoolExecutor(ANALYSTS) as pool:
        numbers = sorted(n for done in pool.map(work, [f"analyst {i}" for i in range(ANALYSTS)]) for n in done)
    assert numbers == list(range(1, ANALYSTS * TURNS + 1))
    steps = [(row.before, row.value) for row in reversed(history(project, attack.id))]
    assert all(after == before for (_, after), (before, _) in pairwise(steps))
    assert not audit(project).faults


REVIEWER = """
import sys
from dateline.reviews import Comment, decide
from dateline.store import open_project
with open_project(sys.argv[1]) as project:
    while True:
        decided = decide(project, Comment(subject="c-1", text="x" * 200), reviewer="Ana", relink=False)
        print(decided.number, decided.hash, flush=True)
"""


def test_a_killed_process_loses_no_acknowledged_review(tmp_path: Path) -> None:
    """kill -9 in the middle of the writing: what was said to be kept is there, and the chain is whole."""
    with open_project(tmp_path / "p", create=True) as project:
        fill(project)
    acknowledged: dict[int, str] = {}
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", REVIEWER, str(tmp_path / "p")], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            for _ in range(5):
                number, found = process.stdout.readline().split()
                acknowledged[int(number)] = found
            os.kill(process.pid, signal.SIGKILL)
            for line in process.stdout.read().splitlines():
                if len(line.split()) == 2 and len(line.split()[1]) == len(FIRST):
                    acknowledged[int(line.split()[0])] = line.split()[1]
    with open_project(tmp_path / "p") as project:
        kept = {row.number: row.hash for row in project.reviews()}
        assert acknowledged.items() <= kept.items()
        assert not audit(project).faults
