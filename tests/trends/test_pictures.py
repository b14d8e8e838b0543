"""Timelines and pictures: nothing is added up, nothing is lost, and the bytes are the same each time."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import msgspec
import pytest
from over_time import happened, told, toll

from dateline.model import ClaimRow, EventRow, Implied, Interval, Span
from dateline.testing import killed, make_claim, make_report
from dateline.trends import count_trend, entries
from dateline.trends.count import Published
from dateline.trends.draw_timeline import MOST_DOTS, draw_timeline
from dateline.trends.draw_trend import draw_trend
from dateline.trends.tables import timeline_csv, trend_csv

DEAD = toll(3, 4, None)
EVENTS = [
    happened("2024-03-04", dead=DEAD),
    happened("2024-03-20", "2024-03-28", certainty="alleged"),
    happened("2024-04-02", dead=toll(9, 9, 12)),
    happened(None),
]
SINCE = Interval(span=Span(0, 5), words="since", start=date(2024, 1, 1), precision="period", since=True)
REPORT = make_report("More than 155 were killed since January.", published=date(2024, 4, 1), publisher="Echo")
TALLY = ClaimRow(make_claim(REPORT, kind="tally", scope="since", time=SINCE, figures=[killed(155, high=None)]), REPORT)
IMPLIED = Implied(
    id="i-1", measure="killed", object="militant", unit=None, of=None, low=15, best=15, high=15, falls=False,
    start=date(2024, 1, 1), after=date(2024, 3, 1), until=date(2024, 4, 1), places="Torbal", said_by="ministry",
    earlier=("c-1",), later=("c-2",), why="155 by 2024-04-01, 140 by 2024-03-01, both since 2024-01-01",
)  # fmt: skip


def test_a_timeline_has_totals_and_what_they_imply_beside_events_and_undated_ones_last() -> None:
    found = entries([row.event for row in EVENTS], [TALLY], [IMPLIED])
    assert [entry.kind for entry in found] == ["tally", "implied", "event", "event", "event", "event"]
    assert (found[0].start, found[0].end) == (date(2024, 1, 1), date(2024, 4, 1))
    assert found[1].figures == ("15 killed (militant)",)
    assert found[-1].start is None


@pytest.mark.parametrize("format_", ["svg", "png"])
def test_a_picture_is_the_same_bytes_each_time(format_: str) -> None:
    """No clock, no random ids, no version of a library in it."""
    trend = count_trend(map(told, EVENTS), [Published(date(2024, 3, 4), "Echo")], dimensions=("province",))
    found = entries([row.event for row in EVENTS], [TALLY], [IMPLIED])
    assert draw_trend(trend, "Events", format_) == draw_trend(trend, "Events", format_)
    assert draw_timeline(found, "Events", format_) == draw_timeline(found, "Events", format_)


def test_words_of_a_picture_can_be_read_and_those_of_reports_do_no_harm() -> None:
    """Text stays text in an SVG, and a name with signs of markup or mathematics is drawn as it is."""
    trend = count_trend(map(told, EVENTS), [], unit="month")
    svg = ElementTree.fromstring(draw_trend(trend, "Clashes <script> & $x^2$", "svg"))
    words = "".join(svg.itertext())
    assert "Clashes <script> & $x^2$" in words
    assert "Not drawn: 1 event with no date." in words
    assert not [element for element in svg.iter() if element.tag.endswith("script")]


@pytest.mark.parametrize("events", [[], [happened(None)], EVENTS[:1]], ids=["nothing", "no date", "one event"])
def test_little_can_be_drawn_too(events: list[EventRow]) -> None:
    trend = count_trend(map(told, events), [])
    assert draw_trend(trend, "Events", "svg").startswith(b"<?xml")
    assert draw_timeline(entries([row.event for row in events], []), "Events", "svg").startswith(b"<?xml")


def test_tables_are_safe_in_a_spreadsheet() -> None:
    """A paper whose name begins like a formula is no formula."""
    trend = count_trend([told(happened("2024-03-04", papers=("=SUM(A1)",)))], [], dimensions=("outlet",))
    assert b"'=SUM(A1)" in trend_csv(trend)
    assert timeline_csv(entries([row.event for row in EVENTS], [TALLY])).decode().splitlines()[0].startswith("kind,id,start,end")


@pytest.mark.parametrize("events", [[], [happened(None)]], ids=["nothing", "no date"])
def test_where_nothing_can_be_drawn_no_day_and_no_number_is_shown(events: list[EventRow]) -> None:
    """Empty axes would run from 0 to 1, or begin in 1970."""
    made = [told(row) for row in events]
    for picture in (
        draw_trend(count_trend(made, [], dimensions=("province",)), "Events", "svg"),
        draw_trend(count_trend(made, []), "Events", "svg"),
        draw_timeline(entries([one.event for one in made], []), "Events", "svg"),
    ):
        words = [text for text in ElementTree.fromstring(picture).itertext() if text.strip()]
        assert "No event with a date." in words
        assert not [text for text in words if re.search(r"\d", text) and not text.startswith("Not drawn: 1 ")]


def test_many_events_are_columns_with_their_scale_told() -> None:
    """Dots would be one blot; those that are only alleged stay apart."""
    days = [date(2024, 1, 1) + timedelta(days=n % 300) for n in range(MOST_DOTS + 1)]
    one = happened("2024-01-01").event
    some = [
        msgspec.structs.replace(one, id=f"e-{n}", time_start=day, time_end=day, certainty="alleged" if n % 4 else "stated")
        for n, day in enumerate(days)
    ]
    words = "".join(ElementTree.fromstring(draw_timeline(entries(some, []), "Events", "svg")).itertext())
    assert "Columns: events in 2 days (the tallest: 10), pale where only alleged." in words
    assert f"armed clash  {MOST_DOTS + 1:,}" in words
    assert "Dots:" in "".join(ElementTree.fromstring(draw_timeline(entries(some[:-1], []), "Events", "svg")).itertext())
