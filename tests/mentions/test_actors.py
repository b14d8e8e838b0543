"""Parties of a report: named, described, referred to."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.lexicon.actors import actors
from dateline.mentions.actors import find_actors
from dateline.model import ActorMention, Place, PlaceMention, Reading, Sentence, Span, report_of
from dateline.sentences.split import sentence_spans

TABLE = yaml.safe_load((Path(__file__).parents[1] / "phrases/en/actors.yaml").read_text(encoding="utf-8"))


def reading_of(text: str, places: tuple[PlaceMention, ...] = ()) -> Reading:
    spans = sentence_spans(text, Span(0, len(text)))
    sentences = tuple(Sentence(span, "body", 0) for span in spans)
    return find_actors(Reading(report=report_of(text), sentences=sentences, mentions=places))


def found(text: str, places: tuple[PlaceMention, ...] = (), start: int = 0) -> list[list[str]]:
    mentions = [m for m in reading_of(text, places).mentions if isinstance(m, ActorMention)]
    return [[m.span.of(text), m.name, m.by] for m in mentions if m.span.start >= start]


@pytest.mark.parametrize("row", TABLE["alone"], ids=lambda row: row["said"])
def test_parties_of_a_sentence(row: dict[str, Any]) -> None:
    assert found(row["said"]) == row["means"]


@pytest.mark.parametrize("row", TABLE["in_context"], ids=lambda row: row["said"])
def test_parties_that_the_report_before_decides(row: dict[str, Any]) -> None:
    assert found(f"{row['before']} {row['said']}", start=len(row["before"])) == row["means"]


def test_places_tell_whose_police_it_is() -> None:
    """Two places of one country count as if it were named; one alone is not enough, since one can be misread."""
    text = "In Beni, near Oicha, the police arrested a bandit."
    beni = Place(id="x", name="Beni", kind="settlement", lat=0.5, lon=29.5, country="CD")
    oicha = Place(id="y", name="Oicha", kind="settlement", lat=0.7, lon=29.5, country="CD")
    places = (
        PlaceMention(span=Span(3, 7), words="Beni", place=beni),
        PlaceMention(span=Span(14, 19), words="Oicha", place=oicha),
    )
    assert found(text, places)[0] == ["police", "Congolese police", "description"]
    assert found(text, places[:1])[0] == ["police", "police", "description"]


def test_line_breaks_inside_a_name_do_not_matter() -> None:
    text = "Fighters of the Islamic\nState attacked."
    assert found(text) == [["Fighters of the Islamic\nState", "ISIS", "name"]]


def test_every_name_of_the_lexicon_is_found() -> None:
    """Each party is found by its name and by each alias, in a sentence of its own."""
    for party in actors().parties:
        for name in (party.name, *party.aliases):
            text = f"On Monday {name} struck."
            assert [m[1] for m in found(text)] == [party.name], name


def test_no_alias_belongs_to_two_parties() -> None:
    names = [(name, party.name) for party in actors().parties for name in {party.name, *party.aliases}]
    assert len({name for name, _ in names}) == len(names)


@given(
    st.lists(
        st.sampled_from("the ISIS group police U.S. army of Mali, and fighters . \n - held Iraqi ' forces Russia by".split(" "))
    )
)
def test_mentions_do_not_overlap_and_stay_inside_sentences(words: list[str]) -> None:
    text = " ".join(words)
    reading = reading_of(text)
    spans = [m.span for m in reading.mentions]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(any(s.span.contains(span) for s in reading.sentences) for span in spans)
