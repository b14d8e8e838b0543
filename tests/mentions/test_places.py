"""Place names in reports: which words, which place, which use."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.mentions.places import find_places, places_in
from dateline.model import PlaceMention, Reading, Sentence, Span, report_of

PHRASES = Path(__file__).parents[1] / "phrases" / "en" / "places.yaml"


def phrases() -> list[Any]:
    """Each phrase of the table with what it means as its name."""
    table = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    return [pytest.param(said, id=f"{row['means']}: {said['text'][:40]}") for row in table for said in row["said"]]


@pytest.mark.parametrize("said", phrases())
def test_phrase_names_these_places_and_no_others(said: dict[str, Any]) -> None:
    """The words, the place and the use of every mention are those of the table."""
    found = places_in(said["text"])
    if "finds" in said:
        assert {m.words: m.place.name if m.place else "-" for m in found} == said["finds"]
    for words, use in said.get("use", {}).items():
        assert {m.use for m in found if m.words == words} == {use}
    for word in said.get("never", ()):
        assert not [m.words for m in found if word in m.words]


def test_directional_words_make_the_place_coarse() -> None:
    """ "Western Anbar" is Anbar as an area, never a point as if exact; the name inside the words is kept."""
    (mention,) = places_in("Cells remain in western Anbar.")
    assert mention.words == "western Anbar"
    assert mention.name == Span(24, 29)
    assert mention.place is not None
    assert mention.place.geo_precision == 3


def test_thing_by_a_town_is_near_it() -> None:
    """A dam bears a town's name: the town's point is near it, not it."""
    (mention,) = places_in("Engineers inspected Mosul Dam.")
    assert mention.place is not None
    assert mention.place.geo_precision == 2


def test_mountain_of_a_towns_name_is_not_the_town() -> None:
    """Where the gazetteer knows only a town of the name, the mountain stays unresolved."""
    (mention,) = places_in("They hid on Mount Samarra.")
    assert mention.place is None


def test_one_name_means_one_place_in_a_report() -> None:
    """What is said once of a name ("Tripoli, Lebanon") holds for its other mentions."""
    first, _, second = places_in("Shots were fired in Tripoli, Lebanon. Later the army entered Tripoli.")
    assert first.place == second.place
    assert first.place is not None
    assert first.place.country == "LB"


def test_candidates_come_with_scores_and_reasons() -> None:
    """A reviewer sees what else the words could mean, best first, and why."""
    (mention,) = places_in("A blast shook Kirkuk.")
    scores = [candidate.score for candidate in mention.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(candidate.why for candidate in mention.candidates)


def test_person_of_the_report_is_no_place_later() -> None:
    """Once "Ashley L. Welch" is a person, "Welch" alone is no town."""
    assert not places_in("Ashley L. Welch was charged. A judge told Welch to wait.")


def test_stage_reads_sentences_and_leaves_out_furniture() -> None:
    """Teasers and comments name places that the report is not about."""
    text = "Bombs fell on Mosul. Read also: storms in Paris."
    sentences = (Sentence(Span(0, 20), "body", 0), Sentence(Span(21, 48), "teaser", 1))
    reading = find_places(Reading(report=report_of(text), sentences=sentences))
    assert [m.words for m in reading.mentions if isinstance(m, PlaceMention)] == ["Mosul"]


def test_without_sentences_the_whole_text_is_read() -> None:
    """The stage can be tried alone."""
    reading = find_places(Reading(report=report_of("Bombs fell on Mosul.")))
    assert [m.words for m in reading.mentions if isinstance(m, PlaceMention)] == ["Mosul"]


PIECES = ["Mosul", "al-", "Anbar", "province", "in", ",", "\n", " ", "the", "Lake", "U.S.", "Iraqi", "-", "\u200f", "Xyz", "."]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map(" ".join)


@given(TEXTS)
def test_words_are_the_characters_of_their_span(text: str) -> None:
    """For any text every mention's words are cut by its span, its name lies within, and mentions do not overlap."""
    found = places_in(text)
    for mention in found:
        assert mention.span.of(text) == mention.words != ""
        assert mention.name is not None
        assert mention.span.contains(mention.name)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@given(TEXTS)
def test_same_text_same_mentions(text: str) -> None:
    """Reading twice gives the same."""
    assert places_in(text) == places_in(text)
