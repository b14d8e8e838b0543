"""What a project has worked out is kept until anybody writes to it, and no longer."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from time import sleep

from sqlalchemy import insert

from dateline.store import Project, open_project
from dateline.store import tables as t
from dateline.store.memory import KEPT


def asked(project: Project, answers: Iterator[int], key: object = "how many") -> int:
    return project.memory.answer(key, lambda: next(answers))


def test_an_answer_is_worked_out_once(project: Project) -> None:
    answers = iter(range(9))
    assert [asked(project, answers) for _ in range(3)] == [0, 0, 0]
    assert asked(project, answers, "something else") == 1


def test_a_transaction_that_wrote_makes_it_an_old_one(project: Project) -> None:
    answers = iter(range(9))
    assert asked(project, answers) == 0
    project.set_best_rule("latest")
    assert [asked(project, answers) for _ in range(2)] == [1, 1]


def test_reading_does_not(project: Project) -> None:
    answers = iter(range(9))
    assert asked(project, answers) == 0
    assert project.known() == frozenset()
    assert asked(project, answers) == 0


def test_another_process_that_writes_is_noticed(tmp_path: Path) -> None:
    """Another engine stands for another process: the two share nothing but the file."""
    answers = iter(range(9))
    with open_project(tmp_path, create=True) as one, open_project(tmp_path) as other:
        assert asked(one, answers) == 0
        with other.writing_tables() as connection:
            connection.execute(insert(t.settings), {"name": "of another", "value": 1})
        assert asked(one, answers) == 1


def test_what_is_written_while_an_answer_is_worked_out_makes_it_an_old_one(project: Project) -> None:
    def look() -> int:
        project.set_best_rule("lowest")
        return 1

    assert project.memory.answer("how many", look) == 1
    assert asked(project, iter((2,))) == 2


def test_those_who_ask_at_once_wait_for_one_answer(project: Project) -> None:
    answers, found = iter(range(9)), list[int]()
    askers = [Thread(target=lambda: found.append(asked(project, answers))) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert found == [0] * 8


def test_what_fails_is_tried_again(project: Project) -> None:
    answers = iter(())
    for _ in range(2):
        try:
            asked(project, answers)
        except StopIteration:
            continue
        raise AssertionError("the failure was kept")


def test_old_answers_make_room_for_new_ones(project: Project) -> None:
    answers = iter(range(2 * KEPT))
    assert [asked(project, answers, n) for n in range(KEPT + 1)] == list(range(KEPT + 1))
    assert asked(project, answers, 0) == KEPT + 1


def test_those_who_waited_share_an_answer_that_was_begun_after_they_asked(project: Project) -> None:
    """Somebody writes while the first is at work: one of those who wait looks again, and the others take what it finds."""
    begun, go, made, found = Event(), Event(), list[int](), list[int]()

    def look() -> int:
        made.append(len(made))
        begun.set()
        go.wait(10)
        return made[-1]

    def ask() -> None:
        found.append(project.memory.answer("how many", look))

    askers = [Thread(target=ask) for _ in range(5)]
    askers[0].start()
    begun.wait(10)
    for asker in askers[1:]:
        asker.start()
    sleep(0.2)
    project.set_best_rule("latest")
    go.set()
    for asker in askers:
        asker.join()
    assert sorted(found) == [0, 1, 1, 1, 1]
