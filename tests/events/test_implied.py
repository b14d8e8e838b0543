"""What running totals say of the days between them, and when they say nothing."""

from datetime import date
from typing import Any

import pytest
from told import total

from dateline.events.implied import implied_figures
from dateline.model import Implied, Source
from dateline.testing import killed, make_actor, make_figure, placed

APRIL, MAY = "2024-04-01", "2024-05-01"
OPEN: dict[str, Any] = {"high": None}


def implied(first: Any, second: Any, **later: Any) -> tuple[Implied, ...]:
    return implied_figures([total(first, APRIL), total(second, MAY, **later)])


def test_two_totals_leave_the_difference_for_the_days_between() -> None:
    """155 since January told in May, 140 since January told in April: 15 from April to May."""
    (one,) = implied(killed(140), killed(155))
    assert (one.low, one.best, one.high, one.falls) == (15, 15, 15, False)
    assert (one.start, one.after, one.until) == (date(2024, 1, 1), date(2024, 4, 1), date(2024, 5, 1))
    assert one.why == "155 by 2024-05-01, 140 by 2024-04-01, both since 2024-01-01"
    assert (len(one.earlier), len(one.later), one.places) == (1, 1, "Torbal")


@pytest.mark.parametrize(
    ("first", "second", "bounds"),
    [
        (killed(140), killed(155, **OPEN), (15, None, None)),  # "more than 155": at least 15
        (killed(140, **OPEN), killed(155), (None, None, 15)),  # "more than 140": at most 15
        (killed(140, low=None), killed(155), (15, None, None)),  # "nearly 140"
    ],
)
def test_open_ends_stay_open(first: Any, second: Any, bounds: tuple[float | None, ...]) -> None:
    (one,) = implied(first, second)
    assert (one.low, one.best, one.high) == bounds


def test_two_open_totals_imply_nothing() -> None:
    """ "More than 140" and "more than 155" can be the same number."""
    assert implied(killed(140, **OPEN), killed(155, **OPEN)) == ()


def test_a_total_that_falls_is_a_contradiction() -> None:
    (one,) = implied(killed(155), killed(140))
    assert one.falls
    assert (one.low, one.best, one.high) == (None, None, None)
    assert one.why.endswith("a running total cannot fall")


OTHER_MINISTRY = Source(organisation="Ministry of Health", type="official")
SCOPES: dict[str, dict[str, Any]] = {
    "another speaker": {"source": OTHER_MINISTRY},
    "another area": {"places": [placed("Nambo")]},
    "no area": {"places": []},
    "another first day": {"start": "2023-01-01"},
    "another side": {"target": [make_actor("JNIM")]},
    "another act": {"event_type": "air_strike"},
    "denied": {"certainty": "denied"},
    "a level": {"scope": "stock"},
    "no total": {"kind": "incident"},
}


@pytest.mark.parametrize("name", SCOPES)
def test_totals_of_different_things_are_not_compared(name: str) -> None:
    assert implied(killed(140), killed(155), **SCOPES[name]) == ()


def test_levels_and_parts_are_no_running_totals() -> None:
    assert implied(make_figure(140, "held", "prisoner"), make_figure(155, "held", "prisoner")) == ()
    assert implied(killed(140), killed(155, part_of="200")) == ()
    assert implied(killed(140, "civilian"), killed(155, "militant")) == ()


def test_a_number_told_again_is_as_old_as_its_first_telling() -> None:
    """140 in April, 140 again two weeks later, 155 in May: 15 since April, and no claim that nothing happened till then."""
    (one,) = implied_figures([total(killed(140), APRIL), total(killed(140, words="140 "), "2024-04-15"), total(killed(155), MAY)])
    assert (one.after, one.until, one.best) == (date(2024, 4, 1), date(2024, 5, 1), 15)
    assert len(one.earlier) == 2


def test_two_numbers_of_one_day_are_compared_with_nothing() -> None:
    both = [total(killed(140), APRIL), total(killed(150), APRIL), total(killed(155), MAY)]
    assert implied_figures(both) == ()


def test_three_totals_are_two_steps_and_their_order_does_not_matter() -> None:
    told = [total(killed(140), APRIL), total(killed(155), MAY), total(killed(160), "2024-06-01")]
    found = implied_figures(told)
    assert [one.best for one in found] == [15, 5]
    assert implied_figures(told[::-1]) == found
