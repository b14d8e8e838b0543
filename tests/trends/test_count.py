"""Counts over time: what is certain, what is possible, and what lies in no period."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from over_time import happened, told, toll

from dateline.errors import FilterError
from dateline.model import EventRow
from dateline.testing import make_place
from dateline.trends import Trend, count_trend
from dateline.trends.count import Published, Range, Row, read_by
from dateline.trends.periods import UNITS, Unit


def trend_of(*rows: EventRow, **known: Any) -> Trend:
    published = [Published(claim.report.published, claim.report.publisher) for row in rows for claim in row.claims]
    return count_trend(map(told, rows), published, **known)


def named(trend: Trend, name: str, *group: str) -> Row:
    return next(row for row in trend.rows if (row.name, row.group) == (name, group))


def test_tolls_of_events_are_added_up_with_their_bounds() -> None:
    """Two raids of one week: 3 dead, and 5 to 9."""
    trend = trend_of(happened("2024-03-04", dead=toll(3, 3, 3)), happened("2024-03-06", dead=toll(5, 7, 9)))
    row = named(trend, "2024-W10")
    assert row.events == Range(2, 2, 2)
    assert row.toll == Range(8, 10, 12)


def test_an_alleged_event_is_in_the_best_count_and_not_in_the_low_one() -> None:
    row = named(trend_of(happened("2024-03-04", dead=toll(3, 3, 3), certainty="alleged")), "2024-W10")
    assert (row.events, row.toll) == (Range(0, 1, 1), Range(0, 3, 3))


def test_an_open_end_stays_open() -> None:
    """ "At least 17" counts 17, and the row says that one event has no highest number; "several" counts the lowest."""
    row = named(
        trend_of(happened("2024-03-04", dead=toll(17, 17, None)), happened("2024-03-05", dead=toll(2, None, None))), "2024-W10"
    )
    assert row.toll == Range(19, 19, 19, open=2)


def test_an_event_that_may_lie_in_either_of_two_weeks_is_possible_in_both_and_certain_in_none() -> None:
    """ "Early March" raises the high end of each week, and stands in a row of its own."""
    trend = trend_of(happened("2024-03-04"), happened("2024-03-12"), happened("2024-03-09", "2024-03-12", dead=toll(4, 4, 4)))
    assert [named(trend, week).events for week in ("2024-W10", "2024-W11")] == [Range(1, 1, 2)] * 2
    assert named(trend, "2024-W10").toll == Range(0, 0, 4)
    assert named(trend, "several weeks").events == Range(1, 1, 1)


def test_what_has_no_date_has_a_row_of_its_own() -> None:
    trend = trend_of(happened("2024-03-04"), happened(None))
    assert [row.name for row in trend.rows] == ["2024-W10", "no date"]
    assert trend.undated_reports == 1


def test_weeks_in_which_nothing_happened_count_nothing() -> None:
    trend = trend_of(happened("2024-03-04"), happened("2024-03-20"))
    assert [(row.name, row.events.best) for row in trend.rows] == [("2024-W10", 1), ("2024-W11", 0), ("2024-W12", 1)]


def test_events_stand_under_their_province_and_those_without_one_apart() -> None:
    trend = trend_of(happened("2024-03-04"), happened("2024-03-05", place=None), dimensions=("province",))
    assert [row.group for row in trend.rows] == [("Meta, CO",), ("not known",)]


def test_by_actor_an_event_stands_under_each_of_its_sides() -> None:
    trend = trend_of(happened("2024-03-04", initiator=("ELN",), target=("Colombian army",)), dimensions=("actor",))
    assert [row.group[0] for row in trend.rows] == ["Colombian army", "ELN"]


def test_the_reporting_stands_beside_the_counts() -> None:
    """Three papers tell of one raid; two of them print one agency's text."""
    row = happened("2024-03-04", papers=("Echo", "Post", "Star"))
    ids = [claim.report.id for claim in row.claims]
    trend = trend_of(row, lineages={ids[0]: "one", ids[1]: "one", ids[2]: "two"})
    (found,) = trend.rows
    assert (found.reports, found.outlets, found.lineages) == (3, 3, 2)
    assert trend.coverage[0][1].reports == 3


def test_other_tolls_and_things_can_be_counted() -> None:
    hurt = toll(2, 2, 2, "wounded")
    assert named(trend_of(happened("2024-03-04", dead=hurt), measure="wounded"), "2024-W10").toll == Range(2, 2, 2)
    assert named(trend_of(happened("2024-03-04", dead=hurt), measure="killed"), "2024-W10").toll is None


def test_fused_counts_count_for_neither_measure() -> None:
    fused = happened("2024-03-04", figures=(toll(15, 15, 15, "killed+arrested"),))
    assert named(trend_of(fused), "2024-W10").toll is None


@pytest.mark.parametrize("words", ["fortnight", "week,month", "week,colour"])
def test_what_cannot_be_counted_by_is_refused(words: str) -> None:
    with pytest.raises(FilterError, match="cannot count by"):
        read_by(words)


def test_by_reads_a_unit_and_dimensions_in_any_order() -> None:
    assert read_by("province, month,type") == ("month", ("province", "event_type"))
    assert read_by("country") == ("week", ("country",))


@st.composite
def events(draw: st.DrawFn) -> list[EventRow]:
    """Events of some months of 2024, dated well, badly or not at all, with tolls of any bounds."""
    made = []
    for n in range(draw(st.integers(1, 8))):
        start = draw(st.none() | st.dates(date(2024, 1, 1), date(2024, 6, 30)))
        end = start and date.fromordinal(start.toordinal() + draw(st.sampled_from([0, 0, 3, 40])))
        known = sorted(draw(st.lists(st.integers(0, 30), min_size=3, max_size=3)))
        low, best, high = (draw(st.none() | st.just(float(number))) for number in known)
        dead = toll(low, best, high)
        province = draw(st.sampled_from(["Meta", "Sucre", None]))
        place = make_place(admin1=province) if province else None
        certainty = draw(st.sampled_from(["stated", "alleged"]))
        made.append(
            happened(
                start.isoformat() if start else None,
                end.isoformat() if end else None,
                dead=dead,
                place=place,
                certainty=certainty,
                summary=f"{n}",
            )
        )
    return made


@given(events(), st.sampled_from(UNITS), st.booleans())
def test_no_event_is_lost_and_bounds_are_in_order(rows: list[EventRow], unit: Unit, by_province: bool) -> None:
    """The best counts of all rows add up to the events; low <= best <= high in each; the order of events does not matter."""
    dimensions = ("province",) if by_province else ()
    trend = trend_of(*rows, unit=unit, dimensions=dimensions)
    assert sum(row.events.best for row in trend.rows) == len(rows)
    for row in trend.rows:
        assert row.events.low <= row.events.best <= row.events.high
        assert row.toll is None or row.toll.low <= row.toll.best <= row.toll.high
    assert trend_of(*rows[::-1], unit=unit, dimensions=dimensions) == trend
