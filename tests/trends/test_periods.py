"""Days in weeks, months and years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.trends.periods import UNITS, Unit, period_of, periods


@pytest.mark.parametrize(
    ("unit", "name", "start", "end"),
    [
        ("day", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("week", "2024-W09", "2024-02-26", "2024-03-03"),
        ("month", "2024-02", "2024-02-01", "2024-02-29"),
        ("year", "2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_leap_day_lies_in(unit: Unit, name: str, start: str, end: str) -> None:
    found = period_of(date(2024, 2, 29), unit)
    assert (found.name, found.start.isoformat(), found.end.isoformat()) == (name, start, end)


def test_the_first_days_of_a_year_can_lie_in_the_last_week_of_the_year_before() -> None:
    assert period_of(date(2021, 1, 3), "week").name == "2020-W53"


@given(st.dates(), st.sampled_from(UNITS))
def test_every_day_lies_in_one_period_and_the_next_begins_where_it_ends(day: date, unit: Unit) -> None:
    """Also at the ends of the calendar."""
    found = period_of(day, unit)
    assert found.start <= day <= found.end
    assert list(periods(found.start, found.end, unit)) == [found]
    if found.end < date.max:
        assert period_of(date.fromordinal(found.end.toordinal() + 1), unit).start.toordinal() == found.end.toordinal() + 1
