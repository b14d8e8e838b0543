"""The contract of a project, on every database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records import events, readings
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

import dateline
from dateline.errors import StoreError
from dateline.model import Reading, Review, Span
from dateline.model.review import review_hash
from dateline.store import Coder, Project, RecordError, dump, open_project
from dateline.store.reviews import append_review
from dateline.store.tables import reviews
from dateline.testing import make_claim, make_event, make_place, make_reading, make_report, placed

ONE = make_report("Rebels shelled Torbal.", path="b.txt")
TWO = make_report("A bomb went off in Torbal.", path="a.txt")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=50, deadline=None)
@given(st.data())
def test_loading_gives_what_was_saved(project: Project, data: st.DataObject) -> None:
    """Any reading and any event come back equal to what went in, in every field."""
    reading = data.draw(readings())
    some = data.draw(events(reading))
    project.save([reading])
    project.replace_events(some)
    assert project.reading(reading.report.id) == reading
    assert list(project.events()) == some
    assert [row.claim for row in project.claims() if row.report.id == reading.report.id] == list(reading.claims)


def test_saving_twice_changes_nothing(project: Project) -> None:
    """A report that is there is left as it is, with the claims it had."""
    reading = make_reading(ONE)
    assert project.save([reading]) == 1
    before = list(dump(project))
    assert project.save([reading, make_reading(ONE, claims=[])]) == 0
    assert list(dump(project)) == before


def test_of_two_alike_in_one_batch_the_first_counts(project: Project) -> None:
    assert project.save([make_reading(ONE), make_reading(ONE, claims=[])]) == 1
    assert len(project.reading(ONE.id).claims) == 1


def test_rows_do_not_tell_the_order_of_arrival(tmp_path: Path) -> None:
    """Two projects with the same reports have the same rows, however the reports came."""
    dumps = []
    for name, order in (("x", [ONE, TWO]), ("y", [TWO, ONE])):
        with open_project(tmp_path / name, create=True) as project:
            for report in order:
                project.save([make_reading(report, claims=[make_claim(report, places=[placed()])])])
            dumps.append(list(dump(project)))
    assert dumps[0] == dumps[1]


def test_every_database_holds_the_same_rows(project: Project, tmp_path: Path) -> None:
    """A project can move from SQLite to PostgreSQL and back: its dump is the same, value by value."""
    texts = ("Police arrested two men in Gao on Monday.", "A bomb killed at least 12 civilians in Mosul, a witness said.")
    read = [dateline.read(text, published="2019-11-06") for text in texts]
    assert all(reading.claims for reading in read)
    with open_project(tmp_path / "other", create=True) as other:
        for one in (project, other):
            one.save(read)
            one.replace_events([make_event([claim for reading in read for claim in reading.claims], place=make_place())])
        assert list(dump(project)) == list(dump(other))


def test_rows_do_not_tell_how_often_events_were_linked(project: Project) -> None:
    """An event that is replaced takes the place that only it had with it."""
    reading = make_reading(ONE)
    project.save([reading])
    project.replace_events([make_event(reading.claims)])
    once = list(dump(project))
    project.replace_events([make_event(reading.claims, place=make_place("Ostra"))])
    assert list(dump(project)) != once
    project.replace_events([make_event(reading.claims)])
    assert list(dump(project)) == once


def test_a_batch_is_kept_whole_or_not_at_all(project: Project) -> None:
    """Where one reading cannot be kept, none of its batch is."""
    claim = make_claim(TWO)
    with pytest.raises(RecordError):
        project.save([make_reading(ONE), make_reading(TWO, claims=[claim, claim])])
    assert not project.known()
    assert not project.has(ONE.sha256)


def test_refused_events_leave_the_old_ones(project: Project) -> None:
    reading = make_reading(ONE)
    project.save([reading])
    project.replace_events([make_event(reading.claims)])
    with pytest.raises(RecordError):
        project.replace_events([make_event([make_claim("of no report here")])])
    assert len(list(project.events())) == 1


def test_the_reader_of_a_report_is_kept(project: Project) -> None:
    project.save([make_reading(ONE)], coder=Coder("other", "9"))
    assert any('"engine":"other"' in line and '"engine_version":"9"' in line for line in dump(project))


def test_reports_come_by_date_then_path(project: Project) -> None:
    """The oldest first, those without a date last."""
    later = make_report("Later.", published=datetime(2020, 1, 2, tzinfo=UTC).date(), path="z.txt")
    older = make_report("Older.", published=datetime(2019, 1, 2, tzinfo=UTC).date(), path="y.txt")
    project.save([make_reading(report) for report in (ONE, later, TWO, older)])
    expected = [older, later, TWO, ONE]
    assert list(project.reports()) == expected
    assert [row.report for row in project.claims()] == expected
    assert [reading.report for reading in project.readings()] == expected


def test_an_event_comes_with_its_claims_and_their_reports(project: Project) -> None:
    both = [make_reading(ONE), make_reading(TWO)]
    project.save(both)
    event = make_event([both[0].claims[0], both[1].claims[0]])
    project.replace_events([event])
    row = project.event(event.id)
    assert row.event == event
    assert [(claim, report) for claim, report in row.claims] == [(both[0].claims[0], ONE), (both[1].claims[0], TWO)]
    assert list(project.event_rows()) == [row]
    assert project.event_of() == {claim.id: event.id for claim, _ in row.claims}


@pytest.fixture
def named(project: Project) -> tuple[Project, Reading, str]:
    reading = make_reading(ONE, claims=[make_claim(ONE), make_claim(ONE, evidence=[Span(0, 6)])])
    event = make_event(reading.claims[:1])
    project.save([reading, make_reading(TWO)])
    project.replace_events([event])
    return project, reading, event.id


def test_the_beginning_of_an_id_is_enough(named: tuple[Project, Reading, str]) -> None:
    """With or without the letter before it, in either case."""
    project, reading, event_id = named
    claim_id = reading.claims[0].id
    assert project.find(ONE.id[:6]) == ("report", ONE.id)
    assert project.find(ONE.sha256[:16].upper()) == ("report", ONE.id)
    assert project.find(claim_id[:10]) == ("claim", claim_id)
    assert project.find(claim_id[2:12]) == ("claim", claim_id)
    assert project.find(event_id[:9]) == ("event", event_id)


def test_a_report_is_found_by_its_file(named: tuple[Project, Reading, str]) -> None:
    assert named[0].find("b.txt") == ("report", ONE.id)


@pytest.mark.parametrize(
    ("name", "message"), [("c-", "more than one thing: claim c-"), ("%", "no report, claim"), ("", "empty id")]
)
def test_a_name_that_names_not_one_thing_is_refused(named: tuple[Project, Reading, str], name: str, message: str) -> None:
    """Ambiguous, unknown (a wildcard is a character like any other) and empty names."""
    with pytest.raises(StoreError, match=message):
        named[0].find(name)


def test_unknown_ids_are_refused_by_name(project: Project) -> None:
    for lookup, noun in (
        (project.report, "report"),
        (project.reading, "report"),
        (project.claim, "claim"),
        (project.event, "event"),
    ):
        with pytest.raises(StoreError, match=f"no {noun} x-1"):
            lookup("x-1")


def noted(**known: str) -> Review:
    """A comment, before it is in the log."""
    fields = {"subject": "c-1", "action": "comment", "reviewer": "A", "at": "2026-01-02T03:04:05+00:00", "decision": "{}"} | known
    nothing = dict.fromkeys(("report_id", "field", "engine_value", "before", "value", "reason", "layer"))
    return Review(**{**nothing, **fields}, number=0, anchors="{}", previous="", hash="")  # type: ignore[arg-type]


def test_reviews_can_be_added_and_never_changed(project: Project) -> None:
    """The log keeps its order and its chain, and the database itself refuses to rewrite it."""
    for review in (noted(value='"tally"'), noted(value='"incident"', reviewer="B", reason="no")):
        with project.writing_tables(durable=True) as connection:
            append_review(connection, review, ["c-1"])
    assert [(r.number, r.value, r.reviewer, r.reason) for r in project.reviews("c-1")] == [
        (1, '"tally"', "A", None),
        (2, '"incident"', "B", "no"),
    ]
    first, second = project.reviews()
    assert (first.hash, second.hash) == (second.previous, review_hash(second))
    for statement in (update(reviews).values(value="x"), reviews.delete()):
        with pytest.raises(DBAPIError, match="append-only"), project.database.begin() as connection:
            connection.execute(statement)
    assert len(project.reviews()) == 2


def test_a_review_must_be_signed(project: Project) -> None:
    with pytest.raises(RecordError), project.writing_tables() as connection:
        append_review(connection, noted(reviewer=""), ())
