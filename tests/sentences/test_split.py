"""Sentences of a text, with its paragraphs and quotations."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Reading, Sentence, Span, report_of
from dateline.sentences.regions import mark_regions
from dateline.sentences.split import sentence_spans, split_sentences

TABLE = yaml.safe_load((Path(__file__).parents[1] / "phrases/en/sentences.yaml").read_text(encoding="utf-8"))


def sentences(text: str) -> tuple[Sentence, ...]:
    return split_sentences(mark_regions(Reading(report=report_of(text)))).sentences


def words(text: str) -> list[str]:
    return [" ".join(s.span.of(text).split()) for s in sentences(text)]


@pytest.mark.parametrize("row", TABLE["one_paragraph"])
def test_stops_end_sentences_and_abbreviations_do_not(row: str) -> None:
    expected = row.split(" | ")
    text = " ".join(expected)
    assert [s.of(text) for s in sentence_spans(text, Span(0, len(text)))] == expected


def test_stop_without_a_blank_ends_a_sentence() -> None:
    text = "The remaining men were freed .The army left. Others were killed.The town is empty."
    assert words(text) == ["The remaining men were freed .", "The army left.", "Others were killed.", "The town is empty."]


def test_hard_line_breaks_stay_inside_a_sentence() -> None:
    text = (
        "About a week ago, soldiers of the northern\ncommand began to search the villages on the shore of the\n"
        "Lake District for weapons, and they found ten.\nCalm\nThe village of Ber was quiet, the governor of the\n"
        "Lake District told reporters on the evening, and\nhe thanked them."
    )
    assert words(text) == [
        "About a week ago, soldiers of the northern command began to search the villages on the shore of the Lake District for "
        "weapons, and they found ten.",
        "Calm",
        "The village of Ber was quiet, the governor of the Lake District told reporters on the evening, and he thanked them.",
    ]
    assert [s.region for s in sentences(text)] == ["body", "subhead", "body"]


def test_one_paragraph_a_line() -> None:
    """Where no line is wrapped, each line is a paragraph."""
    text = "Army takes the pass\nThe army took the pass on Monday. It lost two men.\nThe rebels denied it.\nTalks go on."
    assert [s.paragraph for s in sentences(text)] == [0, 1, 1, 2, 3]


def test_list_items_are_sentences_without_their_marks() -> None:
    text = "The search of the house yielded:\n- 200 documents\n- two rifles\n.  \u00a0 One belt near the door."
    assert words(text) == ["The search of the house yielded:", "200 documents", "two rifles", "One belt near the door."]


def test_blank_line_inside_a_sentence_is_a_wrap() -> None:
    text = "The patrol was hit by a mine. It had left the base near the northern bridge\n\nin the early morning, the army said."
    assert words(text)[1] == "It had left the base near the northern bridge in the early morning, the army said."


def quoted(text: str) -> list[list[str]]:
    return [[span.of(text) for span in s.quoted] for s in sentences(text)]


def test_each_sentence_of_a_long_quotation_is_marked() -> None:
    text = "“We came at dawn. They had left,” he said. It rained."
    assert quoted(text) == [["“We came at dawn."], ["They had left,”"], []]


def test_straight_marks_and_inner_quotations() -> None:
    text = 'He said, "the so-called \'emir\' of Ber is dead" and called it "a good day".'
    assert quoted(text) == [["\"the so-called 'emir' of Ber is dead\"", '"a good day"']]


def test_apostrophes_are_no_quotations() -> None:
    text = "The fighters' camp and the army's base didn't burn. ISIS’ second man and the forces’ failure."
    assert quoted(text) == [[], []]


def test_quotation_over_paragraphs_opens_again_in_each() -> None:
    text = "“The first day was quiet, and nobody came.\n\n“The second day was not,” she said at the camp."
    assert quoted(text) == [["“The first day was quiet, and nobody came."], ["“The second day was not,”"]]


MESS = st.text(st.sampled_from("aB .!?:;,'\"“”‘’()[]-–•\n\r\t\u00a0\u200f19…«»") | st.characters(codec="utf-8"), max_size=400)


@given(MESS)
def test_sentences_are_trimmed_ordered_and_inside_one_region(text: str) -> None:
    """For any text: in order, none overlapping, no blanks at the ends, one region each, paragraphs rising, quotes inside."""
    reading = split_sentences(mark_regions(Reading(report=report_of(text))))
    end = paragraph = 0
    for sentence in reading.sentences:
        assert end <= sentence.span.start < sentence.span.end
        assert sentence.span.of(text) == sentence.span.of(text).strip()
        assert any(r.span.contains(sentence.span) and r.kind == sentence.region for r in reading.regions)
        assert sentence.paragraph >= paragraph
        assert all(sentence.span.contains(q) for q in sentence.quoted)
        end, paragraph = sentence.span.end, sentence.paragraph


@given(MESS)
def test_no_letter_is_lost(text: str) -> None:
    """Every letter of the text lies in a sentence."""
    covered = set().union(*(range(s.span.start, s.span.end) for s in sentences(text)), set())
    assert not [i for i, c in enumerate(text) if c.isalpha() and i not in covered]
