"""The readers of the corpora, on made-up files in their formats."""

import gzip
import json
from pathlib import Path

import pytest
from training.corpora import read_marked, read_posts, read_reports, read_treebank
from training.recipe import OWN, own_reports

from dateline.model import ENTITY_TYPES
from training import provenance

TREEBANK = """\
# newdoc id = GUM_news_made
# meta::genre = news
# newpar
# sent_id = GUM_news_made-1
# s_prominence = 1
# text = They don't like Torbal.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\tEntity=(1-person-new-cf1-1-ana)
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tlike\tlike\tVERB\tVB\t_\t0\troot\t_\t_
5\tTorbal\tTorbal\tPROPN\tNNP\t_\t4\tobj\t_\tEntity=(2-place-new-cf2-1-sgl)|SpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = GUM_news_made-2
# s_prominence = 2
# text = Go.
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

"""


def packed(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_a_treebank_is_read_with_its_words_trees_and_entities(tmp_path: Path) -> None:
    """Words of a multi-word token are written together; names from another file are joined by the sentence's id."""
    bank = packed(tmp_path / "bank.conllu.gz", TREEBANK)
    row = {"id": "GUM_news_made-1", "text": "They don't like Torbal.", "entities": [{"start": 16, "end": 22, "type": "Location"}]}
    named = packed(tmp_path / "named.jsonl.gz", json.dumps(row) + "\n")
    (document,) = read_treebank(bank, named)
    first, second = document.sentences
    assert (document.name, document.source, document.words) == ("GUM_news_made", "news", 8)
    assert first.words == ("They", "do", "n't", "like", "Torbal", ".")
    assert first.spaces == (True, False, True, True, False, True)
    assert first.tree is not None
    assert first.tree.heads == (4, 4, 4, 0, 4, 4)
    assert first.layers == {"named": ((4, 5, "Location"),), "gum": ((0, 1, "Person"), (4, 5, "Location"))}
    assert (first.new_paragraph, second.new_paragraph) == (True, False)


def test_posts_are_read_with_their_names(tmp_path: Path) -> None:
    """The file's own words stay, and no sentence ends are claimed."""
    marks = [{"start": 7, "end": 13, "type": "Location"}]
    row = {"id": "p", "text": "off to Torbal !", "tokens": ["off", "to", "Torbal", "!"], "entities": marks}
    ((sentence,),) = [d.sentences for d in read_posts(packed(tmp_path / "posts.jsonl.gz", json.dumps(row)))]
    assert sentence.layers == {"named": ((2, 3, "Location"),)}
    assert not sentence.ends_known


def test_reports_are_read_by_paragraph(tmp_path: Path) -> None:
    """Words are the engine's own; a mark inside a word covers it; types that are not asked for are left out."""
    text = "The army left Torbal.\n\nIt was Monday."
    marks = [(0, 8, "Organisation"), (14, 19, "Location"), (30, 36, "Temporal"), (23, 25, "Frequency")]
    row = {
        "id": "r",
        "source": "made",
        "text": text,
        "entities": [dict(zip(("start", "end", "type"), m, strict=True)) for m in marks],
    }
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps(row) + "\n")
    (document,) = read_reports(path, frozenset(ENTITY_TYPES))
    first, second = document.sentences
    assert first.layers["entities"] == ((0, 2, "Organisation"), (3, 4, "Location"))
    assert second.layers["entities"] == ((2, 3, "Temporal"),)


def test_marked_lines_are_read(tmp_path: Path) -> None:
    """{Type|words} gives the entity, and the text without the marks."""
    path = tmp_path / "made.txt"
    path.write_text("# a remark\n{Organisation|The army} left {Location|Torbal}.\n\n{Person|He} stayed.\n")
    first, second = read_marked(path)
    assert first.sentences[0].words == ("The", "army", "left", "Torbal", ".")
    assert first.sentences[0].layers["entities"] == ((0, 2, "Organisation"), (3, 4, "Location"))
    assert second.name == "made-002"


def test_own_reports_are_sound() -> None:
    """Every file says that it is invented, all marks are of the ten types, and none is left half written."""
    for path in OWN.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# Invented reports, written for training"), path.name
    documents = own_reports()
    assert sum(document.words for document in documents) > 20_000
    for document in documents:
        for sentence in document.sentences:
            assert not {"{", "}"} & set(sentence.words), (document.name, sentence.words)
            assert {kind for _, _, kind in sentence.layers["entities"]} <= set(ENTITY_TYPES)


def test_files_are_checked_against_the_table(tmp_path: Path) -> None:
    """Another file than the table's is refused, unless it is asked for."""
    table = provenance.read_table()
    assert [c.file for c in table.of("core")] == [c.file for c in table.corpora if c.build == "core"]
    other = tmp_path / "other"
    other.write_bytes(b"other")
    with pytest.raises(provenance.WrongFileError, match="--any-data"):
        provenance.check(table.corpora[0], other)
    assert provenance.check(table.corpora[0], other, any_data=True).sha256 == provenance.sha256_of(other)


def test_no_corpus_forbids_commercial_use() -> None:
    """Attribution, ShareAlike or public domain: nothing else is in the table."""
    for corpus in provenance.read_table().corpora:
        assert "NC" not in corpus.licence
        assert "NonCommercial" not in corpus.licence
