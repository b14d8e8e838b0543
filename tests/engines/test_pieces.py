"""Words to pieces and shapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.engines.pieces import SHAPES, Pieces, Shape, shape_of, shape_row

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "al", "##anbar", "an", "##bar", "anbar", "'", "-", "deir", "resume", "1", "##2"]
PIECES = Pieces(VOCABULARY)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Anbar", "anbar"),  # the longest piece first
        ("alanbar", "al ##anbar"),
        ("al-Anbar", "al - anbar"),  # marks stand alone
        ("Résumé", "resume"),  # no accents
        ("12", "1 ##2"),
        ("xyz", "[UNK]"),
        ("anbarx", "[UNK]"),  # one part that is not in the vocabulary makes the word unknown
        ("x" * 200, "[UNK]"),
        ("\u200b", "[UNK]"),
    ],
)
def test_pieces_of_a_word(word: str, pieces: str) -> None:
    """As uncased BERT cuts it."""
    assert [VOCABULARY[i] for i in PIECES.of(word)] == pieces.split()


@given(st.text(min_size=1))
def test_any_word_has_a_few_pieces(word: str) -> None:
    """At least one and at most twelve, whatever its characters."""
    assert 1 <= len(PIECES.of(word)) <= 12


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        ("army de ibn", Shape.LOWER),
        ("Army A I Ḥasan", Shape.TITLE),
        ("ISIS UN U.S.", Shape.UPPER),
        ("iPhone McGregor KWh", Shape.MIXED),
        ("16 F16 2nd 1,200 16th", Shape.DIGIT),
        (". - $ …", Shape.MARK),
    ],
)
def test_shapes(words: str, shape: Shape) -> None:
    """How a word is written."""
    assert {shape_of(word) for word in words.split()} == {shape}


def test_every_shape_has_a_row_free_and_glued() -> None:
    """The embedding has a row for each, and no two share one."""
    rows = [shape_row(shape, glued=glued) for glued in (False, True) for shape in Shape]
    assert rows == list(range(SHAPES))
