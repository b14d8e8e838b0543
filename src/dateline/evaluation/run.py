"""Codes the texts of a gold file with the engine and scores the claims."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from dateline.evaluation.coding import code_report
from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import Matched, match
from dateline.evaluation.measures import Evaluation, measure
from dateline.evaluation.records import CodedClaim, CodedReport
from dateline.events import link_events
from dateline.lexicon.names import lexicon_names
from dateline.model import Reading, report_of
from dateline.pipeline import read_report


def evaluate(gold: Path, jobs: int | None = None) -> Evaluation:
    """Code the texts of a gold file and score the claims against its own.

    The engine sees text, title, publisher, URL and date of publication, never the coded claims.  `jobs` is the number of
    processes; None takes all cores.  The scores do not depend on it.  Raises EvaluationError where the gold is no good.
    """
    return measure(matched_claims(read_gold(gold), jobs), lexicon_names())


def matched_claims(gold: Sequence[CodedReport], jobs: int | None = None) -> list[Matched]:
    """Each gold report with the claims that the engine makes of its text, paired."""
    return [match(report, claims) for report, claims in zip(gold, predict(gold, jobs), strict=True)]


def predict(reports: Sequence[CodedReport], jobs: int | None = None) -> list[list[CodedClaim]]:
    """The engine's claims for each report's text, in the order of the reports; events are linked within a report."""
    bare = [_without_claims(report) for report in reports]
    return [coded.claims for coded in _spread(bare, jobs or os.cpu_count() or 1)]


def code_text(report: CodedReport) -> CodedReport:
    """The report with the engine's claims in place of those that it has."""
    reading = read_coded(report)
    return code_report(reading, report.id, link_events([reading]))


def read_coded(report: CodedReport) -> Reading:
    """Read a coded report's text with the default engine, from what is known about it but for its claims."""
    return read_report(
        report_of(
            report.text,
            title=report.title,
            publisher=report.publisher,
            url=report.url,
            published=report.published,
            published_from="given" if report.published else None,
        )
    )


def _without_claims(report: CodedReport) -> CodedReport:
    return CodedReport(
        id=report.id,
        text=report.text,
        claims=[],
        title=report.title,
        publisher=report.publisher,
        url=report.url,
        published=report.published,
    )


def _spread(reports: Sequence[CodedReport], jobs: int) -> Iterator[CodedReport]:
    if min(jobs, len(reports)) <= 1:
        return map(code_text, reports)
    return iter(_in_processes(reports, min(jobs, len(reports))))


def _in_processes(reports: Iterable[CodedReport], jobs: int) -> list[CodedReport]:
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(code_text, reports))
