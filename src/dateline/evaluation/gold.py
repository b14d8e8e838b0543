"""Reads a gold file: reports coded by people, one a line."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.errors import EvaluationError
from dateline.evaluation.records import CodedReport


def read_gold(path: Path) -> list[CodedReport]:
    """The coded reports of a `.jsonl` or `.jsonl.gz` file, in its order.

    Raises EvaluationError with file and line where a line is not a coded report, an id comes twice, or the evidence of a
    claim is not in the text of its report.
    """
    reports: dict[str, CodedReport] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            report = msgspec.json.decode(line, type=CodedReport)
        except msgspec.DecodeError as e:
            raise EvaluationError(f"{where}: not a coded report: {e}") from e
        if report.id in reports:
            raise EvaluationError(f"{where}: second report with id {report.id!r}")
        for fault in _faults(report):
            raise EvaluationError(f"{where}: report {report.id}, {fault}")
        reports[report.id] = report
    if not reports:
        raise EvaluationError(f"{path} holds no coded report; one JSON object a line is expected, with id, text and claims")
    return list(reports.values())


def _lines(path: Path) -> list[bytes]:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).split(b"\n")
    except (OSError, EOFError) as e:
        raise EvaluationError(f"{path} cannot be read: {e}") from e


def _faults(report: CodedReport) -> Iterator[str]:
    for number, claim in enumerate(report.claims, 1):
        if not claim.evidence:
            yield f"claim {number}: no evidence"
        for evidence in claim.evidence or []:
            if isinstance(evidence, str):
                if not evidence or evidence not in report.text:
                    yield f"claim {number}: evidence is not in the text: {evidence[:60]!r}"
            elif not 0 <= evidence[0] < evidence[1] <= len(report.text):
                yield f"claim {number}: evidence is no [start, end] pair in the text: {list(evidence)}"
