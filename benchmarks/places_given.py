#!/usr/bin/env python3
"""Chooses places for names that are given: how well the gazetteer resolves, apart from how well names are found.

    python benchmarks/places_given.py IN.jsonl OUT.jsonl

IN is a geoparsing corpus with the characters of its toponyms; of its gold nothing but those is read.  OUT has the form that its
scorer reads, where "accuracy@km (all gold)" is the figure asked for: names that stay unresolved count as wrong.
"""

import argparse
import sys
from pathlib import Path

import msgspec
from adaptors.places import toponym
from msgspec import Struct

from dateline.mentions.places import places_at
from dateline.model import Span


class Name(Struct):
    """Where a toponym stands; all else that the corpus says of it is left unread."""

    start: int
    end: int


class Document(Struct):
    """A text and its toponyms."""

    id: str | int
    text: str
    toponyms: list[Name]


def answer(line: bytes) -> dict[str, object]:
    """The places chosen for the names of one document."""
    document = msgspec.json.decode(line, type=Document)
    spans = sorted({Span(name.start, name.end) for name in document.toponyms})
    chosen = zip(places_at(document.text, spans), spans, strict=True)
    return {"id": document.id, "toponyms": [toponym(mention, span) for mention, span in chosen]}


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description="Choose places for given names.")
    parser.add_argument("source", type=Path, metavar="IN.jsonl")
    parser.add_argument("target", type=Path, metavar="OUT.jsonl")
    args = parser.parse_args(argv)
    lines = args.source.read_bytes().splitlines()
    args.target.write_bytes(b"".join(msgspec.json.encode(answer(line)) + b"\n" for line in lines if line.strip()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
