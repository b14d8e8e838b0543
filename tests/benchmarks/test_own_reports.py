"""The repository's own coded reports are sound gold data."""

import json

import pytest
from suite import OWN

from dateline.evaluation.gold import read_gold
from dateline.evaluation.measures import plain, verbatim_values
from dateline.evaluation.records import CodedReport
from dateline.lexicon.codebook import codebook

REPORTS = read_gold(OWN / "reports.jsonl")


@pytest.mark.parametrize("report", REPORTS, ids=[r.id for r in REPORTS])
def test_a_report_keeps_the_codebook(report: CodedReport) -> None:
    """Verbatim values stand in the text, quotes stand there once; types, measures and objects are the codebook's."""
    text, words = plain(report.text), {f.words for c in report.claims for f in c.figures or []}
    for claim in report.claims:
        assert all(plain(value) in text for value in verbatim_values(claim))
        assert all(report.text.count(quote) == 1 for quote in claim.evidence or [] if isinstance(quote, str))
        assert (claim.event_type is None) == (claim.kind == "assessment")
        assert (claim.event is not None) == (claim.kind == "incident")
        assert (claim.scope is not None) == (claim.kind == "tally")
        assert claim.event_type is None or claim.event_type in {t.name for t in codebook().event_types}
        for figure in claim.figures or []:
            numbers = [n for n in (figure.low, figure.best, figure.high) if n is not None]
            assert numbers
            assert numbers == sorted(numbers)
            assert set((figure.measure or "").split("+")) <= set(codebook().measures)
            assert figure.object in codebook().objects
            assert figure.part_of is None or figure.part_of in words - {figure.words}


def test_without_a_date_of_publication_nothing_relative_is_dated() -> None:
    """A report without a date gives no date."""
    undated = [report for report in REPORTS if report.published is None]
    assert len(undated) == 2
    assert not any(c.time.start or c.time.end for report in undated for c in report.claims if c.time)


def test_every_report_says_that_it_is_invented() -> None:
    """Nobody may take it for news."""
    lines = (OWN / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["invented"] is True for line in lines)
