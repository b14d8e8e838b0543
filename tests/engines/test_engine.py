"""Raw text to sentences, trees and entities, with the shipped model."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.engines.conllu import to_conllu
from dateline.engines.engine import load_engine
from dateline.model import ParsedSentence

REPORT = """Army spokesman Lt. Gen. Idris Bello said on Jan. 8 that troops of the 26th Brigade had raided two camps
near Torbal. "We found 1,200 rounds and an F-16 part," he said. "Nobody was hurt. The search goes on."

-- 200 documents
-- three rocket-propelled grenades

The U.N. mission, led by J. P. Okoro, could not confirm the toll.
"""


def read(text: str) -> tuple[ParsedSentence, ...]:
    return load_engine().read(text).sentences


def sentences(text: str) -> list[str]:
    """The words of each sentence, on one line."""
    return [" ".join(s.span.of(text).split()) for s in read(text)]


def test_a_report_is_cut_in_sentences() -> None:
    """Ranks, initials and dates end none, wrapped lines go on, quotations hold several, list lines stand alone."""
    assert sentences(REPORT) == [
        "Army spokesman Lt. Gen. Idris Bello said on Jan. 8 that troops of the 26th Brigade had raided two camps near Torbal.",
        '"We found 1,200 rounds and an F-16 part," he said.',
        '"Nobody was hurt.',
        'The search goes on."',
        "-- 200 documents",
        "-- three rocket-propelled grenades",
        "The U.N. mission, led by J. P. Okoro, could not confirm the toll.",
    ]


@pytest.mark.parametrize(
    ("text", "word", "tag", "relation", "head"),
    [
        ("Gunmen killed four farmers in Torbal.", "Gunmen", "NOUN", "nsubj", "killed"),
        ("Gunmen killed four farmers in Torbal.", "farmers", "NOUN", "obj", "killed"),
        ("Gunmen killed four farmers in Torbal.", "four", "NUM", "nummod", "farmers"),
        ("On Monday gunmen killed four farmers.", "Monday", "PROPN", "obl", "killed"),
        ("Four farmers were killed by gunmen.", "farmers", "NOUN", "nsubj:pass", "killed"),
        ("Four farmers were killed by gunmen.", "gunmen", "NOUN", "obl:agent", "killed"),
        ("GUNMEN KILLED FOUR FARMERS IN TORBAL.", "GUNMEN", "NOUN", "nsubj", "KILLED"),
        ("gunmen killed four farmers in torbal", "farmers", "NOUN", "obj", "killed"),
    ],
)
def test_who_did_what_to_whom(text: str, word: str, tag: str, relation: str, head: str) -> None:
    """Subjects, objects and agents, active and passive, in any case."""
    (sentence,) = read(text)
    words = [w.span.of(text) for w in sentence.words]
    found = sentence.words[words.index(word)]
    assert (found.tag, found.relation, words[found.head]) == (tag, relation, head)


def test_entities_of_the_ten_types() -> None:
    """Names and numbers that nobody could take for something else."""
    text = "Brig. Idris Bello said on Monday that the army seized three rifles in Nineveh province, worth $5 million."
    (sentence,) = read(text)
    assert {(e.span.of(text), e.type) for e in sentence.entities} >= {
        ("Brig. Idris Bello", "Person"),
        ("Monday", "Temporal"),
        ("the army", "Organisation"),
        ("three", "Quantity"),
        ("Nineveh province", "Location"),
        ("$5 million", "Money"),
    }
    assert all(0 < e.probability <= 1 for e in sentence.entities)


def check(text: str) -> None:
    """Words lie in their sentence in order, one is the root, heads are words, entities begin and end with words."""
    last = 0
    for sentence in read(text):
        starts = {w.span.start for w in sentence.words}
        ends = {w.span.end for w in sentence.words}
        assert sentence.span.start >= last
        assert (sentence.span.start, sentence.span.end) == (min(starts), max(ends))
        assert [w.head for w in sentence.words].count(-1) == 1
        assert sentence.words[sentence.root].relation == "root"
        for word in sentence.words:
            assert word.span.start >= last
            assert word.span.of(text).strip() == word.span.of(text) != ""
            assert word.head < len(sentence.words)
            last = word.span.end
        assert all(e.span.start in starts and e.span.end in ends for e in sentence.entities)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Whatever the characters, offsets are the text's own."""
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\x00\x00",
        "." * 3000,
        "a" * 5000,
        "\u202e" * 50 + "abc",
        "😀" * 700,
        "word " * 3000,
        "-- \n" * 500,
        "\ud800 x",
    ],
    ids=["empty", "blank", "nul", "stops", "one word", "bidi", "emoji", "no stop", "bullets", "surrogate"],
)
def test_hostile_text_is_read(text: str) -> None:
    """Nothing is too long, too odd or too empty."""
    check(text)


def test_the_same_text_gives_the_same_on_any_number_of_threads() -> None:
    """Threads of the engine and threads of the caller change no bit, nor does what is read before."""
    texts = [REPORT * 3, "Troops left. " * 80, REPORT.upper()]
    alone = [read(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, texts * 3)) == alone * 3
    assert [load_engine(threads=3).read(text).sentences for text in reversed(texts)] == alone[::-1]


def test_conllu_is_what_tools_read() -> None:
    """Ten columns a word, heads counted from 1, characters of the text and entities in the last."""
    text = "Troops didn't reach Torbal on Monday."
    rows = list(to_conllu(text, read(text)))
    assert rows[:2] == ["# sent_id = 1", f"# text = {text}"]
    assert rows[-1] == ""
    words = [row.split("\t") for row in rows[2:-1]]
    assert [w[1] for w in words] == ["Troops", "did", "n't", "reach", "Torbal", "on", "Monday", "."]
    assert {len(w) for w in words} == {10}
    assert [w[7] for w in words if w[6] == "0"] == ["root"]
    assert words[1][9] == "start_char=7|end_char=10|SpaceAfter=No"
    assert "ner=B-Temporal" in words[6][9]
