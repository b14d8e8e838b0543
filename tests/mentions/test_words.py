"""The words of a text and of its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.mentions.numbers import line_of, may_begin_number, number_at
from dateline.mentions.words import words_of

TEXTS = st.text(alphabet="aB1é ,.:'-_’\n", max_size=30)
SAID = "a an the another no both several hundred thousand dozen twenty-two seven 1,200 3.5 50kg between 2 and to men were".split()


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_the_words_of_a_part_are_those_of_the_part_alone(text: str, start: int, end: int) -> None:
    """What stands around a part decides nothing, also where it begins or ends inside a word."""
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    alone = words_of(text[start:end], 0, end - start)
    assert words_of(text, start, end) == tuple(w._replace(start=w.start + start, end=w.end + start) for w in alone)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The army's 2nd brigade, of the U.S. army", ["The", "army's", "2nd", "brigade", "of", "the", "U.S.", "army"]),
        ("the cease-fire at 12:30", ["the", "cease-fire", "at", "12:30"]),
    ],
)
def test_a_word_keeps_its_hyphens_and_its_possessive(text: str, words: list[str]) -> None:
    """Initials keep their stops, numbers their points."""
    assert [word.text for word in words_of(text, 0, len(text))] == words


@given(st.lists(st.sampled_from(SAID), max_size=6))
def test_a_number_is_read_only_where_its_first_word_may_begin_one(said: list[str]) -> None:
    """The look-up that spares most words the reading of numbers leaves none of them out."""
    text = " ".join(said)
    line = line_of(text, 0, len(text))
    read = [i for i in range(len(line.words)) if number_at(line, i) is not None]
    assert all(may_begin_number(line.key(i)) for i in read)
