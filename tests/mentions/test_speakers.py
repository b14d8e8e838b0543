"""Speakers are read with their role, organisation, type and outlets, and traced through the report."""

from pathlib import Path

import pytest
import yaml

from dateline.mentions.speakers import speakers_in
from dateline.model import Sentence, Span, SpeakerMention

PHRASES = yaml.safe_load((Path(__file__).parents[1] / "phrases/en/speakers.yaml").read_text(encoding="utf-8"))


def _found(text: str, before: list[SpeakerMention] | None = None) -> list[SpeakerMention]:
    return speakers_in(text, Sentence(Span(0, len(text)), "body", 0), before or [])


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p["said"][:60])
def test_who_says_it(phrase: dict[str, object]) -> None:
    """Each sentence of the table names just the speaker that stands beside it."""
    found = _found(str(phrase["said"]))
    told = [[m.speaker, m.role, m.organisation, m.type, list(m.via)] for m in found[:1]]
    assert told == ([] if phrase["speaker"] is None else [phrase["speaker"]])


def test_a_surname_is_traced_to_the_full_name() -> None:
    """ "Keita added" is the colonel of the sentence before, with his role and organisation."""
    first = _found("Colonel Adama Keita, spokesman for the Northern Command, said nine fighters were killed.")
    (again,) = _found("Keita added that two had been arrested.", first)
    assert (again.speaker, again.organisation, again.type) == ("Adama Keita", "Northern Command", "military")


def test_a_pronoun_is_traced_to_the_last_person() -> None:
    """ "he said" is the last person who spoke; with nobody before it, it is nobody."""
    first = _found("Colonel Adama Keita said nine fighters were killed.")
    (again,) = _found("He said two had been arrested.", first)
    assert again.speaker == "Adama Keita"
    assert _found("He said two had been arrested.") == []


def test_every_part_is_evidence() -> None:
    """Name, role, organisation and verb point to their characters."""
    text = "Colonel Adama Keita, spokesman for the Northern Command, said nine fighters were killed."
    (found,) = _found(text)
    assert {p.of(text) for p in found.parts} == {"Adama Keita", "spokesman", "Northern Command", "said"}
