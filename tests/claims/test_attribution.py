"""Each sentence of a report has the source that its words and its place in the report give it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.claims.attribution import attribute
from dateline.claims.views import view_sentences
from dateline.model import Reading, report_of
from dateline.pipeline import default_stages, info, run

REPORTS = yaml.safe_load((Path(__file__).parents[1] / "phrases/en/sources.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r["about"])
def test_who_says_each_sentence(report: dict[str, Any]) -> None:
    """The sentences of the table have the speaker, organisation and type that stand beside them."""
    stages = [stage for stage in default_stages() if "claims" not in info(stage).adds]
    reading = run(Reading(report=report_of(report["text"], publisher=report["publisher"])), stages)
    views = view_sentences(reading)
    told = [[s.speaker, s.organisation, s.type] for s in attribute(views, reading)]
    assert told == report["sources"]
