"""Selections: each is a URL and a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import FilterError
from dateline.filters import condition
from dateline.queries import Box, Selection, read_query, selection_sentence, to_query
from dateline.queries.selection import MAX_CONDITIONS, phrases


def parsed(query: str) -> Selection:
    from urllib.parse import parse_qsl

    return read_query(parse_qsl(query, keep_blank_values=True))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("type=arrest&place=Kirkuk&source=military&since=2019",
         "events of type arrest in Kirkuk, told by military sources, since 2019"),
        ("killed>=10&words=car+bomb", "events with at least 10 killed, whose reports say “car bomb”"),
        ("place!=Anbar", "events not in Anbar"),
        ("type=arrest,abduction", "events of type arrest or abduction"),
        ("type=arrest&type=abduction", "events of type arrest or abduction"),
        ("publisher=Reuters,+AFP", "events, published by Reuters, AFP"),
        ("filter=killed>=10", "events with at least 10 killed"),
        ("type=&place=++&since=", "events"),
        ("within=38,29,49,37.5", "events, within 29° N to 37.5° N, 38° E to 49° E"),
    ],
)  # fmt: skip
def test_a_url_says_what_it_selects(query: str, says: str) -> None:
    """And the selection's own URL gives the same selection again."""
    selection = parsed(query)
    assert selection_sentence("events", selection) == says
    assert parsed(to_query(selection)) == selection


@pytest.mark.parametrize(
    "query",
    ["nonsense=1", "type=nonsense", "since=soon", "kind>=1", "within=1,2,3", "within=nan,0,1,1", "within=0,5,1,1", "killed=many",
     "filter=x", "&".join(f"killed={n}" for n in range(MAX_CONDITIONS + 1))],
)  # fmt: skip
def test_what_is_no_filter_is_refused(query: str) -> None:
    with pytest.raises(FilterError):
        parsed(query)


@given(st.lists(st.tuples(st.text(max_size=10), st.text(max_size=20)), max_size=5))
def test_no_url_fails_otherwise(pairs: list[tuple[str, str]]) -> None:
    """Whatever stands in the address line, it is a selection or an error for people."""
    try:
        selection = read_query(pairs)
    except FilterError:
        return
    to_query(selection)
    selection_sentence("events", selection)


def test_each_part_can_be_taken_away() -> None:
    selection = Selection((condition("type", "arrest"), condition("since", "2019")), "tunnel", Box(1, 2, 3, 4), "p-1")
    parts = phrases(selection)
    assert [words for words, _ in parts][:3] == ["of type arrest", "since 2019", "“tunnel”"]
    assert all(len(phrases(left)) == 4 for _, left in parts)
    assert parts[0][1].conditions == (condition("since", "2019"),)
