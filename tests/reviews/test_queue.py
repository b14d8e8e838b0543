"""What waits comes in a stable order, page by page: contradictions first, then the least certain."""

import pytest
from reviewed_project import FIRST, SECOND
from sqlalchemy import insert

from dateline.model import Claim, PlaceMention, Quantity, QuantityMention, Span
from dateline.reviews import (
    Accept,
    AcceptLink,
    Correct,
    QueueItem,
    Resolve,
    ReviewError,
    Undo,
    decide,
    queue,
    suggest,
    waiting,
)
from dateline.store import Project
from dateline.store import tables as t
from dateline.testing import span_of


def ids(items: list[QueueItem]) -> list[str | None]:
    return [item.claim_id for item in items]


def contradict(project: Project, event: str) -> None:
    """Let an event's sources contradict each other in its toll."""
    values = {"event_id": event, "n": 90, "field": "killed", "sides": [["30", []], ["25", []]], "kind": "toll", "independent": []}
    with project.writing_tables() as connection:
        columns = {column.name for column in t.contradictions.columns}
        connection.execute(insert(t.contradictions), {name: value for name, value in values.items() if name in columns})


def test_the_least_certain_comes_first_and_the_reviewed_not_at_all(project: Project, attack: Claim) -> None:
    """Confidences: .6, .7, .8, .9; an accepted claim waits no more, until that is undone."""
    confidences = [item.confidence for item in queue(project)]
    assert confidences == [0.6, 0.7, 0.8, 0.9]
    number = decide(project, Accept(claim=attack.id), reviewer="Ana").number
    assert attack.id not in ids(queue(project))
    assert waiting(project).claims == 3
    decide(project, Undo(number=number), reviewer="Ana")
    assert attack.id in ids(queue(project))


def test_claims_whose_event_is_contradicted_come_before_all_others(project: Project, attack: Claim, later: Claim) -> None:
    """Until a person says which side holds."""
    event = project.event_of()[attack.id]
    with project.writing_tables() as connection:
        connection.execute(t.contradictions.delete())
    contradict(project, event)
    items = queue(project)
    assert set(ids(items[:2])) == {attack.id, later.id}
    assert [item.contradicted for item in items] == [True, True, False, False]
    assert [(item.event_id, item.field) for item in queue(project, what="contradictions")] == [(event, "killed")]
    with pytest.raises(ReviewError, match="none of the sides; those are '30', '25'"):
        decide(project, Resolve(event=event, field="killed", value="27"), reviewer="Ana", reason="the sum")
    decide(project, Resolve(event=event, field="killed", value="25"), reviewer="Ana", reason="names are listed", relink=False)
    assert not any(item.contradicted for item in queue(project))
    assert list(project.resolutions().values()) == ["25"]


def test_pages_follow_each_other_without_gap_or_overlap(project: Project, attack: Claim) -> None:
    contradict(project, project.event_of()[attack.id])
    whole = queue(project)
    paged: list[QueueItem] = []
    while page := queue(project, after=paged[-1] if paged else None, limit=1):
        paged += page
    assert paged == whole


def test_filters_narrow_the_queue(project: Project) -> None:
    tallies = t.claims.c.kind == "tally"
    assert [item.confidence for item in queue(project, where=tallies)] == [0.7]
    assert waiting(project, tallies).claims == 1


def test_weak_links_wait_until_somebody_accepts_them(project: Project) -> None:
    [link] = queue(project, what="links")
    assert link.claim_id is not None
    assert link.event_id is not None
    decide(project, AcceptLink(claim=link.claim_id, event=link.event_id), reviewer="Ana")
    assert queue(project, what="links") == []


def mention(project: Project, report_id: str, found: PlaceMention | QuantityMention) -> None:
    """Let the engine have read words of a report so."""
    import msgspec

    row = {"report_id": report_id, "n": 50, "start_char": found.span.start, "end_char": found.span.end}
    with project.writing_tables() as connection:
        kind = str(found.__struct_config__.tag)
        connection.execute(insert(t.mentions), row | {"kind": kind, "payload": msgspec.to_builtins(found)})


def test_selected_words_give_the_value_that_they_say(project: Project, attack: Claim, later: Claim) -> None:
    """As the engine took them, else as they read alone; blanks at the ends do not count.  What is suggested can be sent."""
    span = span_of(FIRST, "killed almost 30 soldiers")
    quantity = Quantity(span=span, number=span, noun=None, low=None, best=30.0, high=30.0, object="security_force")
    mention(project, attack.report_id, QuantityMention(span=span, quantity=quantity))
    words = span_of(FIRST, " almost 30 ")
    value = suggest(project, attack.id, "figures", words)
    assert isinstance(value, dict)
    assert (value["low"], value["best"], value["high"], value["object"]) == (None, 30.0, 30.0, "security_force")
    assert value["span"] == [words.start + 1, words.end - 1]
    decide(project, Correct(claim=attack.id, field="figures", n=0, value=value), reviewer="Ana")
    place = attack.places[0]
    mention(project, later.report_id, PlaceMention(span=span_of(SECOND, "Torbal"), words="Torbal", place=place.place))
    found = suggest(project, later.id, "places", span_of(SECOND, "Torbal"))
    assert isinstance(found, dict)
    assert found["place"] == "made-torbal"
    assert suggest(project, attack.id, "evidence", Span(0, 6)) == [0, 6]


def test_words_that_cannot_be_a_value_are_told_so(project: Project, attack: Claim) -> None:
    with pytest.raises(ReviewError, match="says no number"):
        suggest(project, attack.id, "figures", span_of(FIRST, "soldiers near"))
    with pytest.raises(ReviewError, match="chosen from a list"):
        suggest(project, attack.id, "kind", Span(0, 6))
    with pytest.raises(ReviewError, match="no words of the report"):
        suggest(project, attack.id, "time", Span(0, 99_999))
