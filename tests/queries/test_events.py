"""Pages of events, and what maps and timelines count."""

from datetime import date

import pytest

from dateline.errors import FilterError
from dateline.filters import condition
from dateline.model import Event
from dateline.queries import Box, Selection, events_page, selected_events
from dateline.queries.events import Order
from dateline.queries.home import coverage, holdings
from dateline.queries.picture import first_page, picture, running_totals
from dateline.queries.records import claim_records, event_records
from dateline.store import Project
from dateline.testing import killed, make_claim, make_event, make_place, make_reading, make_report, on

DAYS = [None, "2019-05-01", "2019-05-01", "2019-05-02", None, "2018-01-01", "2020-12-31"]


def saved(project: Project) -> list[Event]:
    """Seven events of one claim each, two without a day, one without a place."""
    found = []
    for n, day in enumerate(DAYS):
        report = make_report(f"Text {n}.", publisher=f"Wire {n % 2}", published=date(2019, 5, 6 + n))
        claim = make_claim(report, time=on(day) if day else None)
        project.save([make_reading(report, [claim])])
        start = date.fromisoformat(day) if day else None
        place = make_place("Torbal" if n % 2 else "Zir", lon=-70.0 + n % 2) if n else None
        found.append(make_event([claim], time_start=start, time_end=start, place=place))
    project.replace_events(found)
    return found


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_hold_each_event_once(project: Project, order: Order, size: int) -> None:
    """In order, the undated last, whatever the size of a page; the first also together with the map's counts."""
    saved(project)
    seen: list[Event] = []
    after = None
    while True:
        page = events_page(project, Selection(), after=after, order=order, size=size)
        seen += [item.event for item in page.items]
        if (after := page.after) is None:
            break
    dated = [event.time_start for event in seen if event.time_start]
    assert dated == sorted(dated, reverse=order == "newest")
    assert [event.time_start for event in seen][5:] == [None, None]
    assert len({event.id for event in seen}) == len(DAYS)
    drawn, first = first_page(project, Selection(), order, size)
    assert first == events_page(project, Selection(), order=order, size=size)
    assert (drawn.events, drawn.undated, drawn.unplaced) == (7, 2, 1)


def test_the_picture_counts_places_and_days(project: Project) -> None:
    saved(project)
    drawn = picture(project, Selection((condition("since", "2019"),)))
    assert drawn.events == 4
    assert {spot.place.name: spot.events for spot in drawn.spots} == {"Torbal": 2, "Zir": 2}
    assert [(str(s.start), s.events) for s in drawn.stretches] == [("2019-05-01", 2), ("2019-05-02", 1), ("2020-12-31", 1)]


def test_a_part_of_the_map_and_one_place_select(project: Project) -> None:
    saved(project)
    there = picture(project, Selection(within=Box(-71, -5, -69.5, -4)))
    assert {spot.place.name for spot in there.spots} == {"Zir"}
    (spot,) = there.spots
    assert picture(project, Selection(at=spot.key)).events == there.events == 3


def test_a_page_that_begins_nowhere_is_refused(project: Project) -> None:
    for after in ("nonsense", "x~e-1", "2019-13-01~e-1"):
        with pytest.raises(FilterError):
            events_page(project, Selection(), after=after)


def test_a_selection_has_its_records(project: Project) -> None:
    """Exports write the same events that the page counts, the oldest first, and the claims that the filters find."""
    events = saved(project)
    since = Selection((condition("since", "2019-05-02"),))
    assert [row.event.time_start for row in event_records(project, since)] == [date(2019, 5, 2), date(2020, 12, 31)]
    assert len(list(claim_records(project, since))) == 2
    assert [row.report.published for row in claim_records(project, Selection())] == [date(2019, 5, 6 + n) for n in range(7)]
    with project.reading_tables() as connection:
        assert set(selected_events(connection, Selection())) == {event.id for event in events}


def test_running_totals_come_longest_first(project: Project) -> None:
    """Only those with a time and a number; they are counted apart from events."""
    report = make_report("A. B. C.")
    spans = [on("2019-01-01"), on("2019-03-01"), None]
    claims = [
        make_claim(report, nth=n, kind="tally", figures=[killed(9)] if n != 1 else [], time=time) for n, time in enumerate(spans)
    ]
    project.save([make_reading(report, claims)])
    totals, number = running_totals(project, Selection(), limit=5)
    assert ([claim.id for claim in totals], number) == ([claims[0].id], 2)


def test_home_counts_what_there_is(project: Project) -> None:
    saved(project)
    held = holdings(project)
    assert (held.reports, held.claims, held.events, held.incidents_without_event, held.unplaced) == (7, 7, 7, 0, 1)
    assert held.publishers == (("Wire 0", 4), ("Wire 1", 3))
    assert [(str(week.monday), week.reports, week.outlets) for week in coverage(project)] == [("2019-05-06", 7, 2)]
