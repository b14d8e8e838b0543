"""Acts are found as verbs and nouns of the lexicon, with their voice."""

from pathlib import Path

import pytest
import yaml

from dateline.lexicon.acts import acts, forms
from dateline.lexicon.codebook import codebook
from dateline.mentions.acts import acts_in
from dateline.model import Sentence, Span

PHRASES = yaml.safe_load((Path(__file__).parents[1] / "phrases/en/acts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p["said"][:60])
def test_acts_of_a_sentence(phrase: dict[str, object]) -> None:
    """Each sentence of the table says just the acts that stand beside it."""
    text = str(phrase["said"])
    found = acts_in(text, Sentence(Span(0, len(text)), "body", 0))
    assert [[m.span.of(text), m.act, m.voice] for m in found] == phrase["acts"]


def test_an_act_is_found_over_a_hard_line_break() -> None:
    """A line break inside a phrase changes nothing, and the span covers the text as received."""
    text = "Crews carried\nout a drone\nstrike on the depot."
    (found,) = acts_in(text, Sentence(Span(0, len(text)), "body", 0))
    assert found.span.of(text) == "drone\nstrike"


def test_every_act_uses_the_codebooks_types_and_measures() -> None:
    """A type or measure that the codebook does not know would make claims that nobody can export."""
    types = {t.name for t in codebook().event_types}
    for act in acts().acts:
        assert {act.type, act.civilians or act.type} <= types, act.id
        assert act.measure is None or act.measure in codebook().measures, act.id


@pytest.mark.parametrize(
    ("base", "made"),
    [
        ("carry out", ("carry out", "carries out", "carried out", "carried out", "carrying out")),
        ("flee", ("flee", "flees", "fled", "fled", "fleeing")),
        ("die", ("die", "dies", "died", "died", "dying")),
        ("stop", ("stop", "stops", "stopped", "stopped", "stopping")),
        ("target", ("target", "targets", "targeted", "targeted", "targeting")),
    ],
)
def test_forms_of_verbs(base: str, made: tuple[str, ...]) -> None:
    """Regular and irregular verbs, and phrases whose first word bends."""
    assert tuple(forms(base)) == made
