"""The records of a selection: what exports, trends and the tables of the command line are made of."""

from datetime import date

import pytest

from dateline.errors import FilterError
from dateline.filters import parse
from dateline.model import Contradiction, Event
from dateline.queries import Selection
from dateline.queries.records import (
    chosen_claims,
    claim_records,
    count_claims,
    count_events,
    count_without_date,
    disputed_records,
    figure_records,
    told_events,
)
from dateline.store import Project
from dateline.testing import killed, make_claim, make_event, make_reading, make_report, on


def selected(*expressions: str) -> Selection:
    return Selection(tuple(map(parse, expressions)))


def saved(project: Project) -> list[Event]:
    """Two events, one told by two papers that differ, and a forecast without a date."""
    echo, wire = (make_report(f"{name} tells of it.", publisher=name, published=date(2019, 5, 6)) for name in ("Echo", "Wire"))
    told = [
        make_claim(echo, nth=0, time=on("2019-05-01"), figures=[killed(3), killed(1, object="civilian")]),
        make_claim(wire, nth=0, time=on("2019-05-01"), figures=[killed(5)]),
        make_claim(wire, nth=1, time=on("2019-06-01"), event_type="arrest"),
        make_claim(echo, nth=1, kind="forecast", time=None),
    ]
    project.save([make_reading(echo, [told[0], told[3]]), make_reading(wire, told[1:3])])
    differ = Contradiction("killed person", (("3", (told[0].id,)), ("5", (told[1].id,))))
    events = [
        make_event(told[:2], time_start=date(2019, 5, 1), time_end=date(2019, 5, 1), contradictions=(differ,)),
        make_event(told[2:3], time_start=date(2019, 6, 1), time_end=date(2019, 6, 1), event_type="arrest"),
    ]
    project.replace_events(events)
    return events


def test_figures_meet_the_filters_that_are_about_figures(project: Project) -> None:
    """A claim that one figure chose does not bring its other figures with it."""
    saved(project)
    assert [row.figure.object for row in figure_records(project, selected("object=civilian"))] == ["civilian"]
    assert [row.figure.best for row in figure_records(project, selected("killed>=3"))] == [5, 3]
    assert len(list(figure_records(project, Selection()))) == 3


def test_an_event_is_told_by_reports_and_needs_no_claims(project: Project) -> None:
    first, second = saved(project)
    told = {event.id: reports for event, reports in told_events(project, Selection())}
    assert list(told) == [first.id, second.id]
    assert [outlet for _, outlet in told[first.id]] == ["Echo", "Wire"]
    assert [outlet for _, outlet in told[second.id]] == ["Wire"]
    assert [event.id for event, _ in told_events(project, selected("type=arrest"))] == [second.id]


def test_disputed_events_are_those_with_a_contradiction(project: Project) -> None:
    first, _ = saved(project)
    assert [row.event.id for row in disputed_records(project, Selection())] == [first.id]
    assert list(disputed_records(project, selected("type=arrest"))) == []
    with pytest.raises(FilterError, match="no publisher"):
        list(disputed_records(project, selected("publisher=Nobody")))


def test_what_is_counted_is_what_is_read(project: Project) -> None:
    saved(project)
    for selection in (Selection(), selected("type=arrest"), selected("publisher=Echo"), selected("killed>=4")):
        claims = [row.claim.id for row in claim_records(project, selection)]
        assert count_claims(project, selection) == len(claims)
        assert chosen_claims(project, selection, claims[:1]) == set(claims[:1])
        assert count_events(project, selection) == len(list(told_events(project, selection)))


def test_claims_without_a_date_are_counted(project: Project) -> None:
    """A date filter can say how many claims it left out for want of a date."""
    saved(project)
    assert count_without_date(project, selected("since=2019")) == 1
    assert count_without_date(project, selected("since=2019", "kind=forecast")) == 1
    assert count_without_date(project, selected("since=2019", "kind=incident")) == 0
    assert count_without_date(project, selected("kind=forecast")) == 0
