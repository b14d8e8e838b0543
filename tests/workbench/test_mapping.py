"""What the map and the timeline draw: every event once, as precisely as it is known."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import FilterError
from dateline.queries import Box
from dateline.queries.picture import Spot, Stretch
from dateline.testing import killed, make_claim, make_place, on
from dateline.workbench.atlas import base_of, latitude, mercator, read_view, view_of
from dateline.workbench.chronicle import BARS, DOTS, draw_timeline
from dateline.workbench.mapping import draw_map, whole_view

SPOTS = st.lists(
    st.builds(
        lambda n, lat, lon, events, km: Spot(
            f"p-{n}", make_place(f"x{n}", lat=lat, lon=lon, radius_km=km, geo_precision=1 if km is None else 2), events
        ),
        st.integers(0, 10**6), st.floats(-50, 65), st.floats(-179, 179), st.integers(1, 5000), st.none() | st.floats(1, 300),
    ),
    max_size=40, unique_by=lambda spot: spot.key,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(spots=SPOTS)
def test_every_event_in_the_view_is_in_one_mark(spots: list[Spot]) -> None:
    """Clusters lose nothing and count nothing twice, and the first view holds all places (but those near the poles)."""
    drawn = draw_map(spots, whole_view(spots, 700, 400))
    assert sum(mark.events for mark in (*drawn.areas, *drawn.circles, *drawn.dots)) == drawn.shown
    assert drawn.shown + drawn.beyond == sum(spot.events for spot in spots)
    assert drawn.beyond == 0


def test_a_town_is_a_dot_and_a_range_a_circle() -> None:
    """Nothing that is known only roughly comes out as a point."""
    town = Spot("p-1", make_place("Torbal", lat=34.0, lon=43.0), 1)
    hills = Spot("p-2", make_place("Hills", kind="mountain", lat=35.0, lon=44.0, radius_km=60.0, geo_precision=3), 2)
    drawn = draw_map([town, hills], view_of(Box(40, 32, 47, 37), 700, 400))
    assert [mark.keys for mark in drawn.dots] == [("p-1",)]
    (circle,) = drawn.circles
    assert circle.r == pytest.approx(drawn.view.radius(60, 35.0), abs=0.1)


def test_neighbours_are_one_until_the_map_is_near_enough() -> None:
    spots = [Spot(f"p-{n}", make_place(f"x{n}", lat=34 + n / 100, lon=43.0), 3) for n in range(4)]
    far = draw_map(spots, view_of(Box(20, 10, 60, 50), 700, 400))
    assert [(mark.kind, mark.events, mark.places) for mark in far.dots] == [("cluster", 12, 4)]
    box = far.dots[0].box
    assert box is not None
    near = draw_map(spots, view_of(box, 700, 400, margin=0.2))
    assert [mark.kind for mark in near.dots] == ["dot"] * 4


def test_the_base_map_draws_what_the_view_can_show() -> None:
    """Countries from afar, provinces near by, and always the borders that are not agreed on."""
    world = base_of(view_of(Box(-170, -55, 180, 75), 700, 400))
    near = base_of(view_of(Box(38, 29, 49, 38), 700, 400))
    assert world.land
    assert not world.fine
    assert not world.inner
    assert near.fine
    assert near.inner
    assert "Iraq" in [name for name, _, _ in near.labels]
    assert base_of(view_of(Box(73, 31, 80, 37), 700, 400)).disputed
    assert len(world.land) + len(world.outer) < 300_000


@given(st.floats(-83, 83))
def test_mercator_comes_back(lat: float) -> None:
    assert latitude(mercator(lat)) == pytest.approx(lat, abs=1e-9)


@pytest.mark.parametrize("words", ["", "1,2,3", "a,b,c,d", "nan,0,1,1", "5,0,1,1", "0,0,1e9,1", "0,0,inf,1"])
def test_what_is_no_view_is_refused(words: str) -> None:
    with pytest.raises(FilterError):
        read_view(words, 700, 400)


def stretches(days: int, events: int = 1) -> list[Stretch]:
    first = date(2019, 1, 1)
    return [Stretch(first + timedelta(days=n), first + timedelta(days=n), events) for n in range(days)]


def test_few_events_are_dots_and_many_are_counted() -> None:
    few = draw_timeline(stretches(20), [], 0, 700)
    many = draw_timeline(stretches(DOTS + 1), [], 0, 700)
    assert few is not None
    assert many is not None
    assert (few.unit, len(few.dots), few.columns) == (None, 20, ())
    assert many.unit == "day"
    assert sum(column.events for column in many.columns) == DOTS + 1
    assert draw_timeline([], [], 0, 700) is None


def test_totals_are_bars_and_the_rest_is_said() -> None:
    """A total "since" stands beside the events of its time, and is no event."""
    totals = [make_claim(kind="tally", nth=n, figures=[killed(155)], time=on("2019-01-02")) for n in range(BARS)]
    drawn = draw_timeline(stretches(3), totals, 9, 700)
    assert drawn is not None
    assert (len(drawn.bars), drawn.more_bars, len(drawn.dots)) == (BARS, 9 - BARS, 3)
    assert drawn.bars[0].words.startswith("155 killed")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.dates(), st.integers(0, 4000), st.integers(1, 400)), max_size=30), st.integers(200, 2600))
def test_no_event_of_the_timeline_is_lost(found: list[tuple[date, int, int]], width: int) -> None:
    """Whatever the days, from year 1 to 9999: what is drawn and what lies before it are all there are."""
    some = [Stretch(a, min(date.max, a + timedelta(days=min(n, (date.max - a).days))), events) for a, n, events in found]
    drawn = draw_timeline(some, [], 0, width)
    if drawn is None:
        assert not some
        return
    shown = sum(column.events for column in drawn.columns) + sum(dot.events for dot in drawn.dots)
    assert shown + drawn.outside == sum(stretch.events for stretch in some)
