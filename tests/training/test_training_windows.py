"""Sentences to the arrays that the network learns from."""

from dataclasses import replace
from random import Random

from training.claims import claim_labels
from training.corpora import Document, Sentence, Tree
from training.windows import IGNORED, PLAIN, Labels, Variety, Window, bio, windows

from dateline.engines.pieces import Pieces, Shape, shape_row

PIECES = Pieces(["[UNK]", "[CLS]", "[SEP]", "troops", "left", "tor", "##bal", ".", "-", "*"])
LABELS = Labels(
    upos=("NOUN", "PROPN", "PUNCT", "VERB"),
    xpos=("NNS", "NNP", "VBD", ".", "NFP"),
    relations=("nsubj", "obj", "punct", "root"),
    named=bio(["Location"]),
    gum=bio(["Location"]),
    entities=bio(["Organisation", "Location"]),
    claims=claim_labels([]),
)
SENTENCE = Sentence(
    ("Troops", "left", "Torbal", "."),
    (True, True, False, True),
    Tree(("NOUN", "VERB", "PROPN", "PUNCT"), ("NNS", "VBD", "NNP", "."), (2, 0, 2, 2), ("nsubj", "root", "obj", "punct")),
    {"named": ((2, 3, "Location"),)},
)


def made(sentences: list[Sentence], variety: Variety = PLAIN) -> list[Window]:
    return list(windows([Document("d", "made", tuple(sentences))], PIECES, LABELS, variety, Random(0)))


def test_a_window_holds_pieces_shapes_and_labels() -> None:
    """Heads count the window's words from 1; layers that nobody marked are ignored."""
    (window,) = made([SENTENCE, SENTENCE])
    assert window.ids.tolist() == [1, 3, 4, 5, 6, 7, 3, 4, 5, 6, 7, 2]
    assert window.starts.tolist() == [1, 2, 3, 5, 6, 7, 8, 10]
    title, lower, glued = (
        shape_row(Shape.TITLE, glued=False),
        shape_row(Shape.LOWER, glued=False),
        shape_row(Shape.MARK, glued=True),
    )
    assert window.shapes.tolist()[1:6] == [title, lower, title, title, glued]
    assert window.sentence.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert window.heads.tolist() == [2, 0, 2, 2, 6, 0, 6, 6]
    assert window.named.tolist() == [0, 0, 1, 0] * 2
    assert window.entities.tolist() == [IGNORED] * 8


def test_the_end_of_a_window_teaches_nothing() -> None:
    """Only an end that has to be found is learned, and none where people marked no sentences."""
    (window,) = made([SENTENCE, SENTENCE])
    assert window.ends.tolist() == [0, 0, 0, 1, 0, 0, 0, IGNORED]
    (window,) = made([replace(SENTENCE, ends_known=False)])
    assert window.ends.tolist() == [IGNORED] * 4


def test_a_line_can_lose_its_stop_and_gain_a_mark() -> None:
    """The tree stays one: the mark hangs from the root, and heads move on by one."""
    (window,) = made([SENTENCE], replace(PLAIN, no_stop=1, bullet=1))
    assert [LABELS.relations[r] for r in window.relations] == ["punct", "nsubj", "root", "obj"]
    assert window.heads.tolist() == [3, 3, 0, 3]
    assert window.named.tolist() == [0, 0, 0, 1]


def test_case_is_rewritten_by_shapes_alone() -> None:
    """The vocabulary is uncased, so the pieces stay."""
    (plain,), (capitals,), (small,) = (
        made([SENTENCE]),
        made([SENTENCE], replace(PLAIN, capitals=1)),
        made([SENTENCE], replace(PLAIN, small=1)),
    )
    assert plain.ids.tolist() == capitals.ids.tolist() == small.ids.tolist()
    assert set(capitals.shapes[1:5].tolist()) == {shape_row(Shape.UPPER, glued=False)}
    assert set(small.shapes[1:5].tolist()) == {shape_row(Shape.LOWER, glued=False)}


def test_windows_are_the_same_for_the_same_chance() -> None:
    """A training can be repeated."""
    first, second = made([SENTENCE] * 40, Variety()), made([SENTENCE] * 40, Variety())
    assert [w.ids.tolist() for w in first] == [w.ids.tolist() for w in second]
    assert sum(w.sentence.max() + 1 for w in first) == 40
