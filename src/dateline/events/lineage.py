"""Reports that copy one text count once: near-identical texts are one lineage."""

from collections import Counter
from collections.abc import Iterable

from dateline.events.facts import ReportFacts

COPIED = 0.6  # share of the shorter report's runs of five words that stand in the other: one agency's text, cut or not
_HOLDERS = 4  # reports remembered for a run of words: copies find each other through the first ones, so cost stays linear
_FEWEST = 5  # sampled runs; a report with fewer is too short to tell a copy from a phrase


def lineages(reports: Iterable[ReportFacts]) -> dict[str, str]:
    """Report id -> the id of its lineage: the smallest report id among those that copy one text."""
    ordered = sorted(set(reports), key=lambda report: report.id)
    root = {report.id: report.id for report in ordered}
    holders: dict[int, list[ReportFacts]] = {}
    for report in ordered:
        for other in _alike(report, holders):
            _join(root, report.id, other.id)
        for run in sorted(report.shingles):
            held = holders.setdefault(run, [])
            if len(held) < _HOLDERS:
                held.append(report)
    return {report_id: _find(root, report_id) for report_id in root}


def _alike(report: ReportFacts, holders: dict[int, list[ReportFacts]]) -> list[ReportFacts]:
    shared: Counter[ReportFacts] = Counter(other for run in report.shingles for other in holders.get(run, ()))
    return [other for other, count in shared.items() if _is_copy(count, report, other)]


def _is_copy(shared: int, a: ReportFacts, b: ReportFacts) -> bool:
    shorter = min(len(a.shingles), len(b.shingles))
    return shorter >= _FEWEST and shared >= COPIED * shorter


def _find(root: dict[str, str], report_id: str) -> str:
    while root[report_id] != report_id:
        report_id = root[report_id]
    return report_id


def _join(root: dict[str, str], a: str, b: str) -> None:
    first, second = sorted((_find(root, a), _find(root, b)))
    root[second] = first
