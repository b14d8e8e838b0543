"""Where reporting, not violence, may have changed."""

from datetime import date, timedelta
from statistics import median

from hypothesis import given
from hypothesis import strategies as st
from over_time import happened, told

from dateline.trends import Trend, count_trend
from dateline.trends.count import Published
from dateline.trends.warn import Others, warnings

MONDAY = date(2024, 1, 1)


def trend_of(events: list[int], reports: list[int], outlets: int = 2) -> Trend:
    """Weeks with so many events and reports each."""
    rows = [
        happened((MONDAY + timedelta(weeks=week, days=n % 7)).isoformat(), summary=f"{week} {n}")
        for week, count in enumerate(events)
        for n in range(count)
    ]
    published = [
        Published(MONDAY + timedelta(weeks=week, days=n % 7), f"Paper {n % outlets}")
        for week, count in enumerate(reports)
        for n in range(count)
    ]
    return count_trend(map(told, rows), published)


def test_more_events_in_a_week_of_more_reports_may_be_reporting() -> None:
    """Each report tells as much as ever, and there are three times as many."""
    (found,) = warnings(trend_of([4, 5, 4, 12, 5, 4], [10, 11, 10, 30, 10, 10]))
    assert found.period.name == "2024-W04"
    assert found.words.startswith("30 reports, more than usual (median of the other weeks: 10), while events per report are 0.4")


def test_more_events_from_as_many_reports_are_no_matter_of_reporting() -> None:
    assert warnings(trend_of([4, 5, 4, 12, 5, 4], [10, 11, 10, 11, 10, 10])) == ()


def test_more_events_than_the_reports_explain_are_no_matter_of_reporting() -> None:
    """Twice the reports and ten times the events: events per report moved more."""
    assert warnings(trend_of([3, 3, 3, 30, 3, 3], [10, 10, 10, 20, 10, 10])) == ()


def test_fewer_reports_may_hide_events() -> None:
    (found,) = warnings(trend_of([8, 8, 8, 2, 8, 8], [20, 20, 21, 5, 20, 20]))
    assert "5 reports, fewer than usual" in found.words


def test_a_week_without_any_report_is_named_and_weeks_in_a_row_together() -> None:
    found = warnings(trend_of([4, 4, 0, 0, 4, 4], [10, 10, 0, 0, 10, 10]))
    assert [one.period.name for one in found] == ["2024-W03 to 2024-W04"]
    assert "nothing told is not nothing happened" in found[0].words


def test_numbers_that_swing_every_week_are_usual() -> None:
    """Where reports vary widely anyhow, one more swing is no news."""
    assert warnings(trend_of([4, 9, 3, 12, 5, 8], [10, 25, 8, 30, 12, 22])) == ()


def test_three_weeks_are_too_few_to_compare() -> None:
    assert warnings(trend_of([4, 12, 4], [10, 30, 10])) == ()


def test_periods_in_a_row_that_depart_alike_are_named_together() -> None:
    """Two weeks of many reports are one warning, with the least and the most of them; a week of few is another one."""
    many, few = warnings(trend_of([4, 5, 4, 12, 11, 5, 4, 1, 4], [10, 11, 10, 30, 28, 10, 10, 3, 10]))
    assert many.period.name == "2024-W04 to 2024-W05"
    assert (many.period.start, many.period.end) == (date(2024, 1, 22), date(2024, 2, 4))
    assert many.words.startswith("28 to 30 reports a week, more than usual (median of the other weeks: 10), while events per")
    assert few.period.name == "2024-W08"
    assert few.words.startswith("3 reports, fewer than usual")


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=4, max_size=12))
def test_medians_of_the_others_are_those_of_the_library(counts: list[tuple[int, int]]) -> None:
    """One period is taken out of numbers that were sorted once, not sorted anew."""
    numbers = [events / reports for events, reports in counts if reports]
    for n, number in enumerate(numbers):
        others = numbers[:n] + numbers[n + 1 :]
        assert Others(numbers).median_without(number) == (median(others) if others else None)
