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
