"""Full-text search: what is found, that the index keeps in step, and that no query can make it fail."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from dateline.model import Span
from dateline.queries import claims_saying, reports_saying, search
from dateline.queries.snippets import snippet
from dateline.store import Project
from dateline.store import tables as t
from dateline.testing import make_claim, make_reading, make_report, span_of

TEXT = "Troops found three tunnels near Rāwa. Élan was low, Salāh al-Din's mayor said."


def saved(project: Project, text: str = TEXT) -> str:
    """A report with one claim of its first sentence; the claim's id."""
    report = make_report(text, title="A find at Rāwa", published=date(2019, 5, 1))
    claim = make_claim(report, evidence=[Span(0, text.find(".") + 1)], summary="Iraqi army: seizure")
    project.save([make_reading(report, [claim])])
    return claim.id


def found(project: Project, query: str) -> tuple[int, int]:
    """How many reports and how many claims say it."""
    with project.reading_tables() as connection:
        reports = connection.execute(select(t.reports.c.id).where(t.reports.c.id.in_(reports_saying(connection, query)))).all()
        claims = connection.execute(select(t.claims.c.id).where(t.claims.c.id.in_(claims_saying(connection, query)))).all()
    return len(reports), len(claims)


@pytest.mark.parametrize(
    ("query", "counts"),
    [
        ("tunnels", (1, 1)), ("TUNNELS", (1, 1)), ('"three tunnels"', (1, 1)), ("mayor", (1, 0)), ("mayor tunnels", (1, 0)),
        ("seizure", (0, 1)), ("nothing", (0, 0)), ("tunnels nothing", (0, 0)), ("", (1, 1)), ("?!", (1, 1)),
    ],
)  # fmt: skip
def test_words_are_found_in_texts_and_sentences(project: Project, query: str, counts: tuple[int, int]) -> None:
    """A claim is found by its sentence and its line, a report by its title and text; on every database."""
    saved(project)
    assert found(project, query) == counts


@pytest.mark.parametrize("query", ["rawa", "elan", "Salah", "tunnel*", '"salah al din"'])
@pytest.mark.parametrize("where", ["sqlite"], indirect=True)
def test_case_and_accents_do_not_count(project: Project, query: str) -> None:
    saved(project)
    assert found(project, query)[0] == 1


@pytest.mark.parametrize("where", ["sqlite"], indirect=True)
def test_the_index_keeps_in_step(project: Project) -> None:
    """Whoever changes a claim, its evidence or a report, by whatever way: the next search knows it."""
    claim_id = saved(project)
    with project.writing_tables() as connection:
        connection.execute(update(t.claims).values(summary="Iraqi army: arrest"))
    assert (found(project, "seizure"), found(project, "arrest")) == ((0, 0), (0, 1))
    start = TEXT.index("Élan")
    with project.writing_tables() as connection:
        connection.execute(
            update(t.evidence).where(t.evidence.c.claim_id == claim_id).values(start_char=start, end_char=len(TEXT))
        )
    assert (found(project, "tunnels"), found(project, "mayor")) == ((1, 0), (1, 1))
    with project.writing_tables() as connection:
        connection.execute(delete(t.evidence))
    assert found(project, "mayor") == (1, 0)
    with project.writing_tables() as connection:
        connection.execute(delete(t.reports))
    assert found(project, "mayor") == (0, 0)
    saved(project)
    assert found(project, "mayor tunnels") == (1, 0)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Project:
    from dateline.store import open_project

    project = open_project(tmp_path_factory.mktemp("search") / "project", create=True)
    saved(project)
    return project


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60) | st.text('"*()^:{}-+ANDORNEARfoundtunnels ', max_size=40))
def test_no_query_fails(kept: Project, query: str) -> None:
    """Quotation marks, operators, brackets, half characters, NULs: all are words, or nothing."""
    with kept.reading_tables() as connection:
        search(connection, query)
        connection.execute(claims_saying(connection, query)).all()


def test_hits_show_the_words(project: Project) -> None:
    claim_id = saved(project)
    with project.reading_tables() as connection:
        reports, claims = search(connection, "tunnels")
    assert [hit.claim_id for hit in claims] == [claim_id]
    assert ("tunnels", True) in claims[0].snippet
    assert "".join(piece for piece, _ in reports[0].snippet) == TEXT


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=400), words=st.lists(st.text(max_size=8), max_size=3))
def test_a_snippet_is_made_of_the_text(text: str, words: list[str]) -> None:
    """Its pieces stand in the text one after the other, but for white space and the marks where it was cut."""
    pieces = [piece for piece, _ in snippet(text, words) if piece.strip() not in ("…", "")]
    flat, at = "".join(text.split()), 0
    for piece in pieces:
        at = flat.index("".join(piece.split()), at)


def test_a_found_word_is_marked_with_its_accents() -> None:
    text = "x " * 200 + "near Rāwa they " + "y " * 200
    assert ("Rāwa", True) in snippet(text, ["rawa"])
    assert span_of(text, "Rāwa")
