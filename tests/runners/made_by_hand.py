"""A reader without an engine, that worker processes can import."""

from dateline.claims.recode import recode
from dateline.lexicon.codebook import Codebook
from dateline.model import Reading, Report
from dateline.testing import make_claim, make_figure, make_reading


def read_by_hand(report: Report) -> Reading:
    """One claim about the whole text: a robbery of two civilians."""
    figures = [make_figure(2, "killed", "civilian", words=report.text[:3])]
    return make_reading(report, [make_claim(report, event_type="robbery", figures=figures)])


def recode_by_hand(report: Report, codebook: Codebook) -> Reading:
    return recode(read_by_hand(report), codebook)
