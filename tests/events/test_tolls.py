"""The range of an event's figures: which bounds it has, and which it must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.events.scenes import incidents_of
from dateline.events.tolls import event_figures
from dateline.model import EventFigure
from dateline.testing import killed, make_claim, make_reading, make_report

Bounds = tuple[float | None, float | None, float | None]

# As the codebook reads the words.
WORDS: dict[str, Bounds] = {
    "12": (12, 12, 12),
    "17": (17, 17, 17),
    "20": (20, 20, 20),
    "at least 17": (17, 17, None),
    "more than 30": (30, 30, None),
    "several": (2, None, None),
    "nearly 30": (None, 30, 30),
    "about 30": (None, 30, None),
    "about 15": (None, 15, None),
    "fewer than 10": (None, None, 10),
    "two to three": (2, None, 3),
    "dozens": (24, None, 99),
}

RANGES = [
    # one source: as it says
    (["20"], 20, 20),
    (["at least 17"], 17, None),
    (["several"], 2, None),
    (["nearly 30"], None, 30),
    (["about 30"], None, None),
    (["fewer than 10"], None, 10),
    (["two to three"], 2, 3),
    (["dozens"], 24, 99),
    # an exact number bounds an open one at or below it
    (["at least 17", "20"], 17, 20),
    (["at least 17", "17"], 17, 17),
    (["several", "17"], 2, 17),
    (["about 15", "12", "17"], 12, 17),
    # and not one above it
    (["at least 17", "12"], 12, None),
    (["more than 30", "20", "at least 17"], 17, None),
    (["about 30", "20"], 20, None),
    # downwards the same
    (["nearly 30", "12"], 12, 30),
    (["nearly 30", "dozens"], 24, 99),
    (["about 15", "20"], None, 20),
    (["fewer than 10", "12"], None, 12),
    # two open ones stay open
    (["at least 17", "more than 30"], 17, None),
    (["at least 17", "nearly 30"], 17, 30),
    (["more than 30", "nearly 30"], 30, 30),
    (["more than 30", "fewer than 10"], None, None),
    (["about 15", "about 30"], None, None),
]


def figure_of(*told: Bounds) -> EventFigure:
    """The figure of one event of which each claim gives one toll."""
    report = make_report("Soldiers shot dead some rebels at Torbal, an officer said of Monday's raid.")
    claims = [
        make_claim(report, nth=nth, figures=[killed(best, low=low, high=high, words=str(nth))])
        for nth, (low, best, high) in enumerate(told)
    ]
    (figure,) = event_figures(incidents_of(make_reading(report, claims)))
    return figure


@pytest.mark.parametrize(("told", "low", "high"), RANGES, ids=[" & ".join(told) for told, _, _ in RANGES])
def test_range_has_the_bounds_that_sources_give_and_no_other(told: list[str], low: float | None, high: float | None) -> None:
    figure = figure_of(*(WORDS[words] for words in told))
    assert (figure.low, figure.high) == (low, high)


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=4))
def test_each_number_of_a_range_was_said(told: list[str]) -> None:
    """Bounds are numbers that a source gives as such, they hold all numbers said, and the order of claims is no matter."""
    bounds = [WORDS[words] for words in told]
    figure = figure_of(*bounds)
    assert figure.low in {low for low, _, _ in bounds} | {None}
    assert figure.high in {high for _, _, high in bounds} | {None}
    said = [number for three in bounds for number in three if number is not None]
    assert figure.low is None or figure.low <= min(said)
    assert figure.high is None or figure.high >= max(said)
    turned = figure_of(*reversed(bounds))
    assert (turned.low, turned.high) == (figure.low, figure.high)
