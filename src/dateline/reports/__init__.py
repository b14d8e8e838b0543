"""A file, page or line -> Report.

    sources = find_sources([Path("articles")])
    for outcome in read_sources(sources, ReadOptions(publisher="Sahel Daily")):
        ...  # a Report, or a Failure with file, line and reason

Formats: .txt .md .html .htm .json .jsonl .csv, and .json.gz .jsonl.gz.
"""

from dateline.reports.find import find_sources
from dateline.reports.html import HtmlGuard
from dateline.reports.known import parse_published
from dateline.reports.read import read_source, read_sources
from dateline.reports.records import Failure, Found, Ignored, Outcome, ReadOptions, SourceFile

__all__ = [
    "Failure", "Found", "HtmlGuard", "Ignored", "Outcome", "ReadOptions", "SourceFile", "find_sources", "parse_published",
    "read_source", "read_sources",
]  # fmt: skip
