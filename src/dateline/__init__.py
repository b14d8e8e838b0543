"""Dateline: conflict reporting in, sourced and auditable claims and events out.

>>> import dateline
>>> reading = dateline.read("Police in Kirkuk arrested two suspects on Monday.", published="2019-11-06")
>>> [claim.event_type for claim in reading.claims]
['arrest']
"""

from datetime import date

from dateline.errors import DatelineError, ReportError
from dateline.model import Claim, Event, Figure, Reading, Report, Span, report_of
from dateline.pipeline import read_report

__version__ = "0.1.0"
__all__ = ["Claim", "DatelineError", "Event", "Figure", "Reading", "Report", "Span", "__version__", "read"]


def read(
    text: str,
    *,
    published: str | date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    author: str | None = None,
) -> Reading:
    """Read one report's text: its sentences, mentions and claims, with offsets into `text` as given.

    `published` is an ISO date or a date; without it relative times stay unresolved.  Raises ReportError where it is not a
    date.
    """
    if isinstance(published, str):
        try:
            published = date.fromisoformat(published)
        except ValueError as e:
            raise ReportError(f"published={published!r} is not an ISO date such as 2019-11-03") from e
    origin = "given" if published else None
    report = report_of(text, published=published, published_from=origin, publisher=publisher, title=title, url=url, author=author)
    return read_report(report)
