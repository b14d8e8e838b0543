"""What the network says of a window, read."""

import numpy as np

from dateline.engines.card import ClaimLabels, Labels
from dateline.engines.decode import Decoded, Scores, decode
from dateline.engines.windows import Window

CLAIMS = ClaimLabels(*[("none",)] * len(ClaimLabels._fields))
LABELS = Labels(("NOUN", "VERB"), ("NN", "VB"), ("nsubj", "obj", "root"), ("O",), ("O", "B-Person", "I-Person"), CLAIMS)
NO_END, END = -9.0, 9.0


def window(words: str, borders: list[int] | None = None, *, settled: bool = False) -> Window:
    parts = words.split()
    return Window(parts, [False] * len(parts), [(1,)] * len(parts), borders or [len(parts)], settled)


def scores(heads: list[int], relations: list[list[float]], ends: list[float] | None = None) -> Scores:
    """Scores that want each word's head (0 is the root) and give these to the relations nsubj, obj and root of any head."""
    words = len(heads)
    arcs = np.zeros((words, words + 1), dtype=np.float32)
    arcs[np.arange(words), heads] = 9
    return Scores(
        upos=np.zeros(words, dtype=np.int64),
        xpos=np.zeros(words, dtype=np.int64),
        ends=np.array(ends or [NO_END] * words, dtype=np.float32),
        arcs=arcs,
        relations=np.array(relations, dtype=np.float32)[:, :, None],
        heads=np.ones((words + 1, 1), dtype=np.float32),
        named=np.zeros((words, 1), dtype=np.float32),
        entities=np.tile(np.array([0, -9, -9], dtype=np.float32), (words, 1)),
        traits=np.zeros((words, 1), dtype=np.float32),
        figures=np.zeros((words, 1), dtype=np.float32),
        links=np.zeros((words, 1, words), dtype=np.float32),
    )


def relations(found: Decoded) -> list[str]:
    return [LABELS.relations[r] for r in found.relations]


def test_a_clause_has_one_subject() -> None:
    """Of two words that would be subjects of one verb, the less sure one takes its next best relation."""
    (found,) = decode(scores([2, 0, 2], [[5, 1, 0], [0, 0, 0], [4, 3, 0]]), LABELS, window("gunmen killed farmers"))
    assert (found.heads, relations(found)) == ([2, 0, 2], ["nsubj", "root", "obj"])


def test_two_clauses_have_a_subject_each() -> None:
    """Words of the same relation with different heads are left alone."""
    likely: list[list[float]] = [[5, 1, 0], [0, 0, 0], [5, 1, 0], [1, 5, 0]]
    (found,) = decode(scores([2, 0, 4, 2], likely), LABELS, window("they said troops left"))
    assert relations(found) == ["nsubj", "root", "nsubj", "obj"]


def test_the_root_alone_is_root() -> None:
    """Whatever the relations score, a word that hangs from another is no root."""
    (found,) = decode(scores([2, 0], [[0, 1, 9], [9, 9, 0]]), LABELS, window("troops left"))
    assert relations(found) == ["obj", "root"]


def test_sentences_end_where_the_network_or_the_paragraph_says() -> None:
    """Heads count the words of their own sentence."""
    ends = [NO_END, END, NO_END, NO_END]
    found = list(decode(scores([2, 0, 4, 0], [[5, 0, 0]] * 4, ends), LABELS, window("troops left rebels fled")))
    assert [(s.start, s.end, s.heads) for s in found] == [(0, 2, [2, 0]), (2, 4, [2, 0])]
    borders = window("troops left rebels fled", [2, 4])
    assert [(s.start, s.end) for s in decode(scores([2, 0, 4, 0], [[5, 0, 0]] * 4), LABELS, borders)] == [(0, 2), (2, 4)]


def test_known_sentences_are_kept() -> None:
    """Where people marked them, the network is not asked."""
    ends = [NO_END, END, NO_END, NO_END]
    settled = window("troops left rebels fled", [4], settled=True)
    assert [(s.start, s.end) for s in decode(scores([2, 0, 2, 2], [[5, 0, 0]] * 4, ends), LABELS, settled)] == [(0, 4)]


def test_behind_a_stop_a_weak_sign_is_enough() -> None:
    """A stop that a capital follows needs little; a place without one must be sure."""
    with_stop = window("It ended . He left")
    assert with_stop.bounds()[2] < 0 < with_stop.bounds()[1]
    assert window("It ended . he left").bounds()[2] > 0
    assert window('It ended . " He left').bounds()[2:4] == [with_stop.bounds()[2]] * 2
