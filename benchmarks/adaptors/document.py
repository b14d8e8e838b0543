"""What an adaptor is given of a benchmark's document: its text and what is known about it, never the gold.

Fields that are not named here are not even decoded: a line that holds claims, templates, entities, toponyms, an incident
or its facts reads like one without them.
"""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.model import Reading, report_of
from dateline.pipeline import read_report


class InputError(Exception):
    """A benchmark's file cannot be read; the message names file and line."""


class GivenSentence(Struct, frozen=True, kw_only=True):
    """One sentence of a text, as a task splits it."""

    text: str
    id: str | int | None = None


class Document(Struct, frozen=True, kw_only=True):
    """One document as a predictor may see it."""

    id: str | int
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    sentences: list[str | GivenSentence] | None = None  # as the task splits the text; only for `police`

    def read(self) -> Reading:
        """The default engine's reading of the text."""
        return read_report(
            report_of(
                self.text,
                title=self.title,
                publisher=self.publisher,
                url=self.url,
                published=self.published,
                published_from="given" if self.published else None,
            )
        )


class Numbered(Struct, frozen=True):
    """A document and the line that it stands on, counted from 1."""

    line: int
    document: Document


def read_documents(path: Path) -> list[Numbered]:
    """The documents of a `.jsonl` or `.jsonl.gz` file, in its order.  Raises InputError."""
    seen: set[str | int] = set()
    found = []
    for number, line in _lines(path):
        try:
            document = msgspec.json.decode(line, type=Document)
        except msgspec.DecodeError as e:
            raise InputError(f"{path}:{number}: not a document with id and text: {e}") from e
        if document.id in seen:
            raise InputError(f"{path}:{number}: second document with id {document.id!r}")
        seen.add(document.id)
        found.append(Numbered(number, document))
    return found


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        raw = path.read_bytes()
        content = gzip.decompress(raw) if path.suffix == ".gz" else raw
    except (OSError, EOFError) as e:
        raise InputError(f"{path} cannot be read: {e}") from e
    yield from ((n, line) for n, line in enumerate(content.split(b"\n"), 1) if line.strip())
