"""Dateline: conflict reporting in, sourced and auditable claims and events out.

>>> import dateline
>>> reading = dateline.read("Police in Kirkuk arrested two suspects on Monday.", published="2019-11-06")
>>> [claim.event_type for claim in reading.claims]
['arrest']
"""

from importlib import import_module

from dateline.errors import DatelineError, ReportError

TYPE_CHECKING = False  # type checkers know the name; importing `typing` for it would be slower than all else here
if TYPE_CHECKING:
    from datetime import date

    from dateline.model import Claim, Event, Figure, ParsedSentence, Reading, Report, Span

__version__ = "0.1.0"
__all__ = [
    "Claim", "DatelineError", "Event", "Figure", "ParsedSentence", "Reading", "Report", "Span", "__version__", "parse", "read",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """The nouns, loaded when they are first asked for: every part of the package imports this module first, the entry too."""
    if name in __all__:
        return getattr(import_module("dateline.model"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


def read(
    text: str,
    *,
    published: "str | date | None" = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    author: str | None = None,
) -> "Reading":
    """Read one report's text: its sentences, mentions and claims, with offsets into `text` as given.

    `published` is an ISO date or a date; without it relative times stay unresolved.  Raises ReportError where it is not a
    date.
    """
    from datetime import date

    from dateline.model import report_of
    from dateline.pipeline import read_report

    if isinstance(published, str):
        try:
            published = date.fromisoformat(published)
        except ValueError as e:
            raise ReportError(f"published={published!r} is not an ISO date such as 2019-11-03") from e
    origin = "given" if published else None
    report = report_of(text, published=published, published_from=origin, publisher=publisher, title=title, url=url, author=author)
    return read_report(report)


def parse(text: str) -> "tuple[ParsedSentence, ...]":
    """The sentences of a text as the language engine reads them: words, tags, trees and entities, with offsets into `text`.

    Raises ModelError where the model's files are missing or damaged.
    """
    from dateline.engines.engine import load_engine

    return load_engine().read(text, claims=False).sentences
