"""Fits what the words round numbers lean to (`lexicon/en/number_leanings.json`, read by `dateline.claims.number_leanings`).

    python -m training.number_leanings            # how often the words alone are right, on the train and dev parts
    python -m training.number_leanings --write    # write the file

Examples are the numbers of the train part of the corpus, with the measure and the object of the gold's figure whose words they
stand in, or "none". Fitted as `leanings.py` fits what the words of claims lean to. No figure depends on chance.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import track

from dateline.claims.leanings import setting_of
from dateline.claims.number_leanings import NONE, NumberField, number_signs
from dateline.claims.views import view_sentences
from dateline.evaluation.gold import read_gold
from dateline.evaluation.records import CodedFigure, CodedReport
from dateline.evaluation.run import read_coded
from dateline.model import Span
from training.leanings import ROOT, Example, fit

TARGET = ROOT / "src" / "dateline" / "lexicon" / "en" / "number_leanings.json"
FIELDS: tuple[NumberField, ...] = ("measure", "object")


def examples(path: Path) -> dict[NumberField, list[Example]]:
    """By field, the numbers of a file's reports."""
    found: dict[NumberField, list[Example]] = {field: [] for field in FIELDS}
    for report in track(read_gold(path), description=path.name, console=Console(stderr=True)):
        reading = read_coded(report)
        views = view_sentences(reading)
        setting, told = setting_of(views), dict(figures(report))
        for view in views:
            for mention in view.quantities:
                signs = number_signs(mention, view, setting, reading.report.text)
                figure = next((told[span] for span in sorted(told) if span.overlaps(mention.span)), None)
                found["measure"].append(Example(signs, (figure and figure.measure) or NONE))
                if figure is not None and figure.object is not None:
                    found["object"].append(Example(signs, figure.object))
    return found


def figures(report: CodedReport) -> Iterator[tuple[Span, CodedFigure]]:
    """The gold's figures of a report, at their words in the evidence of their claims."""
    for claim in report.claims:
        for evidence in claim.evidence or []:
            quoted = isinstance(evidence, str)
            said = evidence if isinstance(evidence, str) else report.text[slice(*evidence)]
            start = report.text.find(said) if quoted else int(evidence[0])
            for figure in claim.figures or []:
                words = figure.words or ""
                at = said.find(words)
                if words and start >= 0 and at >= 0:
                    yield Span(start + at, start + at + len(words)), figure


if __name__ == "__main__":
    sys.exit(fit(None, __doc__ or "", examples, TARGET))
