"""The list of contradictions that a reviewer works down."""

from datetime import date
from typing import Any

from dateline.disagreements import disagreements
from dateline.model import ClaimRow, Contradiction, EventRow, Implied, Source
from dateline.testing import make_claim, make_event, make_report


def told(words: str, **known: Any) -> ClaimRow:
    report = make_report(words, publisher="Echo", published=date(2024, 3, 5))
    return ClaimRow(make_claim(report, source=Source(organisation="police", type="police"), **known), report)


def event(
    name: str, field: str = "killed person", independent: tuple[int, ...] = (1, 1), gap: float = 0.5, **known: Any
) -> EventRow:
    rows = (told(f"{name}: three were killed."), told(f"{name}: nine were killed."))
    one = Contradiction(
        "killed person", (("three", (rows[0].claim.id,)), ("nine", (rows[1].claim.id,))), "toll", gap, independent
    )
    made = make_event([row.claim for row in rows], summary=name, **({"contradictions": (one,)} | known))
    return EventRow(made, rows)


def test_what_most_independent_voices_stand_behind_on_both_sides_comes_first() -> None:
    """Two against two before five against one; of equals what is farther apart."""
    rows = [event("even", independent=(2, 2)), event("lone", independent=(5, 1)), event("far", gap=0.9), event("near", gap=0.1)]
    assert [one.summary for one in disagreements(rows[::-1])] == ["even", "far", "lone", "near"]


def test_each_side_has_its_sentences_and_who_says_so() -> None:
    (one,) = disagreements([event("Torbal")])
    (voice,) = one.sides[0].voices
    assert (one.sides[0].value, voice.sentences) == ("three", ("Torbal: three were killed.",))
    assert (voice.said_by, voice.publisher, voice.published) == ("police", "Echo", "2024-03-05")


def test_what_is_settled_comes_last() -> None:
    first, second = event("settled", gap=0.9), event("open", gap=0.1)
    found = disagreements([first, second], settled={(min(first.event.claims), "killed person"): "nine"})
    assert [(one.summary, one.settled) for one in found] == [("open", None), ("settled", "nine")]


def test_updates_are_listed_only_where_they_are_asked_for() -> None:
    row = event("grows")
    updated = EventRow(make_event([one.claim for one in row.claims], updates=row.event.contradictions), row.claims)
    assert disagreements([updated]) == ()
    assert [one.kind for one in disagreements([updated], updates=True)] == ["update"]


def test_a_running_total_that_falls_is_on_the_list_and_one_that_grows_is_not() -> None:
    rows = {row.claim.id: row for row in (told("155 by March.", kind="tally"), told("140 by April.", kind="tally"))}
    first, second = rows
    known: dict[str, Any] = {
        "measure": "killed", "object": "person", "unit": None, "of": None, "low": None, "best": None, "high": None,
        "start": date(2024, 1, 1), "after": date(2024, 3, 1), "until": date(2024, 4, 1), "places": "", "said_by": "police",
        "earlier": (first,), "later": (second,), "why": "a running total cannot fall",
    }  # fmt: skip
    falls, grows = Implied(id="i-1", falls=True, **known), Implied(id="i-2", falls=False, **known)
    (one,) = disagreements([], [falls, grows], rows.__getitem__)
    assert (one.kind, one.event) == ("running total", None)
    assert [side.voices[0].sentences for side in one.sides] == [("155 by March.",), ("140 by April.",)]
