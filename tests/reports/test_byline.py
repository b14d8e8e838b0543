"""The day of publication as the text states it: tests/phrases/en/bylines.yaml, and where in a text it may stand."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.reports.byline import find_published, read_day

TABLE = Path(__file__).parents[1] / "phrases" / "en" / "bylines.yaml"
PHRASES = [
    (None if row["means"] == "nothing" else row["means"], said)
    for row in yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    for said in row["said"]
]


@pytest.mark.parametrize(("means", "said"), PHRASES)
def test_a_text_states_its_day_or_gives_none(means: date | None, said: str) -> None:
    """Each way to state the day of publication gives that day; what could be another thing gives none."""
    stated = find_published(said)
    assert (stated.day if stated else None) == means


@pytest.mark.parametrize(("means", "said"), [pair for pair in PHRASES if pair[0]])
def test_the_span_holds_the_words_of_the_date(means: date, said: str) -> None:
    """The characters pointed to are the date itself: read alone, they give the same day."""
    stated = find_published(said)
    assert stated is not None
    assert read_day(said[stated.span.start : stated.span.end]) == means


def test_a_date_line_deep_in_the_body_is_no_day_of_publication() -> None:
    """Only the head and the foot are believed."""
    body = "The army said more.\n" * 20
    assert find_published(f"Title\n{body}11 August 2019\n{body}") is None


def test_a_date_line_of_a_chronology_takes_the_head_line_away() -> None:
    """Where a second day stands on a line of its own further down, the first may be an entry like it."""
    body = "The army said more.\n" * 20
    assert find_published(f"Title\n11 August 2019\n{body}12 August 2019\n{body}") is None


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    """No text breaks the reading, and a span found lies in the text."""
    stated = find_published(text)
    assert stated is None or 0 <= stated.span.start < stated.span.end <= len(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"]))
def test_every_day_is_read_as_it_is_written(day: date, form: str) -> None:
    """The three common forms come back as the day that they were written from."""
    stated = find_published(f"Title\n{day.strftime(form)}\nThe army said more.")
    assert stated is not None
    assert stated.day == day


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", [" ", "\u00a0", "11 ", "- ", "by ", "|", "2019 ", "11 August 2019\n", "x\n"])
def test_long_texts_take_their_length_and_not_its_square(piece: str) -> None:
    """Half a million characters of what the patterns begin with are read at once."""
    long = piece * (500_000 // len(piece))
    for text in (long, f"Title\nGao, {long}", f"{long}\n11 August 2019"):
        find_published(text)
