"""What goes in and out of reading files: the files found, the user's options, what is known of a report, what went wrong."""

from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from dateline.errors import ReportError
from dateline.model import Report
from dateline.model.report import DateOrigin

MB = 1_000_000
FIELDS = ("text", "title", "publisher", "url", "author", "published", "language")
"""The fields that a row of a table or an object of JSON can give."""

Format = Literal["text", "markdown", "html", "json", "jsonl", "csv"]


class Failure(Struct, frozen=True):
    """A file, or a line of a file, that could not be read as a report.

    `path` is as the user named it; `line` counts from 1 and is None where the whole file is meant.
    """

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.path}{f':{self.line}' if self.line else ''}: {self.reason}"


class Ignored(Struct, frozen=True):
    """A file of a folder that is no report, and why it was left out."""

    path: str
    reason: str


class Known(Struct, frozen=True, kw_only=True):
    """What one origin (the user's options, a side file, the document itself) says about a report.

    `published` is UNSET where it says nothing, and None where it says that the date is not known: then no date is looked
    for anywhere else.
    """

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    published: date | UnsetType | None = UNSET
    published_from: DateOrigin | None = None


class SourceFile(Struct, frozen=True):
    """A file that `read_source` can read.  `side` is what stands about it in a side file or in `metadata.csv`, or why that
    could not be read (then the file is not read either: a report without its date would be stored as if it had none)."""

    path: Path
    format: Format
    packed: bool = False  # gzip
    side: Known | Failure | None = None


Found = SourceFile | Ignored | Failure
Outcome = Report | Failure


class ReadOptions(Struct, frozen=True, kw_only=True):
    """What the user says about all reports of a run, and the limits of reading.

    `columns` maps a field of FIELDS to the name of a column of the `.csv` files; fields left out are guessed from common
    names.  Sizes are in bytes, times in seconds.  Raises ReportError for an unknown field.
    """

    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    columns: dict[str, str] = {}
    max_text_bytes: int = 5 * MB  # of one report's text in UTF-8
    max_row_bytes: int = 32 * MB  # of one line of .jsonl, claims and all
    max_file_bytes: int = 512 * MB  # of a .json or .csv file, which are read whole; unpacked
    max_html_bytes: int = 10 * MB
    html_seconds: float = 30.0  # wall time for one page
    html_memory_bytes: int = 2_000 * MB  # address space of the process that reads pages

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.columns) - set(FIELDS)):
            raise ReportError(f"no field {unknown[0]!r} to map a column to. Known: {', '.join(FIELDS)}")

    def known(self) -> Known:
        """The user's own statements, which go before all others."""
        return Known(
            title=self.title, publisher=self.publisher, url=self.url, author=self.author, language=self.language,
            published=self.published or UNSET, published_from="given" if self.published else None,
        )  # fmt: skip


DEFAULT_OPTIONS = ReadOptions()
