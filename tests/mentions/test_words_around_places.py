"""What stands before a name, and the tokens of a sentence."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.mentions.place_names import _abbreviation_pattern, _postal_pattern
from dateline.mentions.place_words import last_word, rows_of, tokens_of
from dateline.mentions.places import places_in
from dateline.model import Span

LAST_WORD = re.compile(r"([^\W\d_]+)\.?(?: +the)?(?: +|-)$")


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("the town of ", "of"),
        ("close to the ", "to"),
        ("in 3 the ", "the"),
        ("near St. ", "st"),
        ("al-", "al"),
        ("in Hama, ", ""),
        ("of", ""),
        ("", ""),
    ],
)
def test_the_last_word_is_the_one_before_a_name_and_its_article(before: str, word: str) -> None:
    assert last_word(before.lower()) == word


@given(st.text(alphabet="of the.-'3_²é,", max_size=20))
def test_the_last_word_is_what_the_slower_pattern_says(before: str) -> None:
    match = LAST_WORD.search(before)
    assert last_word(before) == (match.group(1) if match else "")


@given(st.text(alphabet="aB'.,- 3_é"), st.text(alphabet="aB', "), st.text(alphabet="aB', "))
def test_tokens_know_where_they_stand(inside: str, before: str, behind: str) -> None:
    view = before + inside + behind
    row = tokens_of(view, len(before), len(before) + len(inside))
    assert [view[at : row.end(i)] for i, at in enumerate(row.starts)] == [token.text for token in row.tokens]
    assert row.capitals == [i for i, token in enumerate(row.tokens) if token.text[0].isupper()]
    assert all(len(before) <= at and row.end(i) <= len(before) + len(inside) for i, at in enumerate(row.starts))


@given(st.text(alphabet="aBs'.,- 3_é"), st.lists(st.integers(0, 30), max_size=6))
@settings(deadline=None)  # the first of all reads the lexicon
def test_sentences_have_the_tokens_that_each_would_have_alone(view: str, ends: list[int]) -> None:
    """Also where they begin or end within a word; and which words name weapons is known of the whole text."""
    cuts = sorted({0, *(min(end, len(view)) for end in ends), len(view)})
    spans = [Span(start, end) for start, end in pairwise(cuts)]
    rows, armed = rows_of(view, spans)
    assert rows == [tokens_of(view, span.start, span.end) for span in spans]
    assert not armed


@pytest.mark.parametrize(
    ("text", "armed"), [("Two Iskander missiles fell.", True), ("A tank's crew fled.", True), ("No tankers came.", False)]
)
def test_a_text_that_names_no_weapon_is_not_searched_for_them(text: str, armed: bool) -> None:
    assert rows_of(text, [Span(0, 3)]).armed == armed


def test_the_last_token_of_a_sentence_is_joined_to_nothing() -> None:
    row = tokens_of("Shells fell. Rockets too.", 0, 12)
    assert [token.glue for token in row.tokens] == [" ", ""]


def test_a_name_that_a_cue_makes_a_place_is_one_in_the_sentences_before_it() -> None:
    told = places_in("Then Zarbuqa was calm.\n\nGunmen fought near Zarbuqa.")
    assert [mention.words for mention in told] == ["Zarbuqa", "Zarbuqa"]
    assert places_in("Then Zarbuqa was calm.") == ()


@pytest.mark.parametrize(("text", "places"), [("Talks with the U.S. failed.", 1), ("The EU.S. label is no country.", 0)])
def test_an_abbreviation_begins_where_no_word_goes_on(text: str, places: int) -> None:
    assert len(places_in(text)) == places


@given(
    st.lists(
        st.sampled_from(["U.S.", "US", "d'US", "'UK", "Ky.", ", NY", "NY's", "W. Va.", "Man", "man", "é", " ", "'", ".", "3"])
    )
)
def test_a_sentence_that_is_not_searched_for_abbreviations_has_none(parts: list[str]) -> None:
    view = "".join(parts)
    found = [*_abbreviation_pattern().finditer(view), *_postal_pattern().finditer(view)]
    assert tokens_of(view, 0, len(view)).short or not found


@given(st.text(alphabet="aB'.,- 3_"))
def test_english_letters_are_parted_as_all_others_are(view: str) -> None:
    """Texts in ASCII have a pattern of their own."""
    other = tokens_of(f"{view}é", 0, len(view))
    assert tokens_of(view, 0, len(view)) == other
