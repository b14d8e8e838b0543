#!/usr/bin/env python3
"""How fast the engine reads, in one process.

    python benchmarks/speed.py [FILE.jsonl[.gz]] [--seconds 5]

Without a file the repository's own reports are read.  Told are: the import, the first report (which loads the lexicon, the
gazetteer and the language engine), then reports, words and characters a second, the slowest report, and the language engine's own
speed on the same texts, taken in turn with the whole.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from adaptors.document import Document, InputError, read_documents
from suite import OWN

from dateline.engines.engine import load_engine


def imported() -> float:
    """Seconds that `import dateline` takes in a new process."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import dateline"], check=True)
    return time.perf_counter() - started


def read(document: Document) -> float:
    """Seconds that one document takes."""
    started = time.perf_counter()
    document.read()
    return time.perf_counter() - started


def parse(document: Document) -> float:
    """Seconds that the language engine takes for one document, to trees and entities."""
    started = time.perf_counter()
    load_engine().read(document.text, claims=False)
    return time.perf_counter() - started


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description="How fast the engine reads, in one process.")
    parser.add_argument("file", type=Path, nargs="?", default=OWN / "reports.jsonl")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long to read for (whole rounds over the file)")
    args = parser.parse_args(argv)
    try:
        documents = [numbered.document for numbered in read_documents(args.file)]
    except InputError as e:
        print(f"speed.py: {e}", file=sys.stderr)
        return 2
    print(f"import                {imported():8.2f} s")
    print(f"first report          {read(documents[0]):8.2f} s")
    taken: list[tuple[float, str]] = []
    characters = words = 0
    parsed = 0.0
    while sum(seconds for seconds, _ in taken) < args.seconds:
        taken += [(read(document), str(document.id)) for document in documents]
        parsed += sum(map(parse, documents))
        characters += sum(len(document.text) for document in documents)
        words += sum(len(document.text.split()) for document in documents)
    total = sum(seconds for seconds, _ in taken)
    print(f"reports a second      {len(taken) / total:8.1f}")
    print(f"words a second        {words / total:8.0f}")
    print(f"characters a second   {characters / total:8.0f}")
    print(f"slowest report        {max(taken)[0]:8.3f} s ({max(taken)[1]})")
    print(f"of the language engine's own speed {parsed / total:6.2f} ({words / parsed:.0f} words a second)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
