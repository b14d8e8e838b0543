"""Which act counts which number: a wrong figure is worse than none."""

from pathlib import Path

import pytest
import yaml

import dateline
from dateline.model import Figure

PHRASES = yaml.safe_load((Path(__file__).parents[1] / "phrases/en/counted.yaml").read_text(encoding="utf-8"))


def _told(figure: Figure) -> str:
    bounds = "/".join("-" if bound is None else f"{bound:g}" for bound in (figure.low, figure.best, figure.high))
    return f"{bounds} {figure.measure} {figure.object}"


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p["said"][:60])
def test_figures_of_a_sentence(phrase: dict[str, object]) -> None:
    """The claims of each sentence hold just the figures that stand beside it, each once; `read_as` is what is still read."""
    reading = dateline.read(str(phrase["said"]), published="2024-06-05")
    expected = phrase.get("read_as", phrase["figures"])
    assert sorted(_told(f) for c in reading.claims for f in c.figures) == sorted(expected)  # type: ignore[call-overload]


def test_a_number_in_no_figure_is_reported() -> None:
    """What no act counts is listed as unread, never dropped."""
    reading = dateline.read("Gunmen killed two farmers who owned 300 goats.")
    assert [u.span.of(reading.report.text) for u in reading.unread] == ["300 goats"]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        (
            "The office counted 41 killed (24 men and 17 women) and 146 injured in Taiz.",
            {"24 men": "41 killed", "17 women": "41 killed"},
        ),
        ("Clashes left at least 26 dead, among them 4 children.", {"4 children": "at least 26 dead"}),
        ("Shelling left 35 killed and 128 injured, of whom 61 in Kharkiv.", {"61": "128 injured"}),
    ],
)
def test_a_part_is_of_the_figure_that_has_its_measure(said: str, parts: dict[str, str]) -> None:
    """What stands in brackets or behind "of whom" is never added to its whole, and had the same done to it."""
    figures = [f for claim in dateline.read(said, published="2024-06-05").claims for f in claim.figures]
    assert {f.words: f.part_of for f in figures if f.part_of} == parts
    measures = {f.words: f.measure for f in figures}
    assert all(measures[part] == measures[whole] for part, whole in parts.items())
