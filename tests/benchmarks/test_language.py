"""The table of the language engine: how it counts, and that the dev figures hold their floors."""

from pathlib import Path

import language
import pytest
from training.corpora import Document, Sentence, Tree

from dateline.engines.engine import load_engine

SHARED = language.ROOT.parent / "shared"
RELATIONS = ("nsubj:outer", "root", "punct")
FIRST = Sentence(
    ("Troops", "left", "."),
    (True, False, True),
    Tree(("NOUN", "VERB", "PUNCT"), ("NNS", "VBD", "."), (2, 0, 2), RELATIONS),
    new_paragraph=True,
)
SECOND = Sentence(
    ("They", "fled", "."),
    (True, False, True),
    Tree(("PRON", "VERB", "PUNCT"), ("PRP", "VBD", "."), (2, 0, 2), RELATIONS),
)
DOCUMENT = Document("d", "made", (FIRST, SECOND))


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "train").is_dir(), reason="the treebanks stand beside the repository, not in it")
def test_dev_figures_hold_their_floors() -> None:
    """What CI runs: trees and raw text of the dev sets are no worse than they were."""
    assert language.main(["--gate"]) == 0


def test_a_document_becomes_text_with_its_gold_as_characters() -> None:
    """Words written together stay so; heads are the characters of their words."""
    text, gold, ends = language.as_text(DOCUMENT)
    assert text == "Troops left. They fled. "
    assert gold[(0, 6)] == ("NOUN", (7, 11), "nsubj")
    assert gold[(7, 11)] == ("VERB", None, "root")
    assert ends == {(0, 12), (13, 23)}


def test_easy_text_is_read_without_a_fault() -> None:
    """Gold words and raw text count the same six words, all right."""
    engine = load_engine()
    found = language.with_gold_words(engine, [DOCUMENT])
    assert found == (6, 6, 6, 6)
    raw = language.from_raw_text(engine, [DOCUMENT])
    assert (raw.right_words, raw.labelled, raw.right_sentences, raw.sentence_f1) == (6, 6, 2, 100)


def test_a_missing_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the option that leads out."""
    assert language.main(["--shared", str(tmp_path)]) == 2
    assert "--shared" in capsys.readouterr().err
