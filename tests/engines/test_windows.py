"""Paragraphs to windows."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.engines.pieces import Pieces
from dateline.engines.windows import Paragraph, Window, windows

VOCABULARY = Pieces(["[UNK]", "[CLS]", "[SEP]", ".", '"', "a", "##b", "c"])
WORDS = st.sampled_from(["a", "ab", "abb", "c", ".", '"', "?"])


def paragraph(words: list[str], ends: list[int] | None = None) -> Paragraph:
    return Paragraph(words, [False] * len(words), ends)


def cut(words: str, room: int, ends: list[int] | None = None) -> list[str]:
    """The words of each window."""
    return [" ".join(w.words) for w in windows([paragraph(words.split(), ends)], VOCABULARY, room)]


@given(st.lists(st.lists(WORDS, min_size=1, max_size=30), max_size=6), st.integers(3, 20))
def test_every_word_is_in_one_window(texts: list[list[str]], room: int) -> None:
    """Words come out in order, once; a window ends where a sentence may, and holds no more pieces than there is room for."""
    found = list(windows(map(paragraph, texts), VOCABULARY, room))
    assert [word for window in found for word in window.words] == [word for text in texts for word in text]
    for window in found:
        assert sum(map(len, window.pieces)) <= room
        assert window.borders == sorted(set(window.borders))
        assert window.borders[-1] == len(window.words) == len(window.glued) == len(window.pieces)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=30), min_size=1, max_size=6))
def test_ends_of_paragraphs_are_ends_of_sentences(texts: list[list[str]]) -> None:
    """Whatever the network thinks, no sentence goes on over a paragraph's end."""
    before, ends = 0, set[int]()
    for window in windows(map(paragraph, texts), VOCABULARY):
        ends |= {before + border for border in window.borders}
        before += len(window.words)
    count = 0
    for text in texts:
        count += len(text)
        assert count in ends


def test_a_long_paragraph_is_cut_behind_a_stop() -> None:
    """At the last one that fits, with the closing mark behind it; where there is none, where the room ends."""
    assert cut("a a . a a a . a", room=6) == ["a a .", "a a a . a"]
    assert cut('a . " a a a', room=4) == ['a . "', "a a a"]
    assert cut("a a a a a", room=2) == ["a a", "a a", "a"]


def test_known_ends_are_where_a_long_paragraph_is_cut() -> None:
    """Where people marked the sentences, a stop inside one does not cut, and a sentence longer than a window stays whole."""
    assert cut("a . a . a a", room=4, ends=[3, 6]) == ["a . a", ". a a"]
    assert cut("a a a a a . a", room=4, ends=[6, 7]) == ["a a a a a .", "a"]


def test_short_paragraphs_share_a_window() -> None:
    """Together as long as there is room."""
    found: list[Window] = list(windows([paragraph(["a", "a"]), paragraph(["c"]), paragraph(["a"])], VOCABULARY, 3))
    assert [(w.words, w.borders) for w in found] == [(["a", "a", "c"], [2, 3]), (["a"], [1])]
