#!/usr/bin/env python3
"""Predict on a benchmark's documents.

    python benchmarks/predict.py TASK IN.jsonl[.gz] OUT.jsonl[.gz] [--jobs N]

Reads only the text of a document and what is known about it (adaptors/document.py), never its gold.  One line goes out for
each document, in their order, and the same bytes for every number of jobs.  A document on which the engine fails is left
out and named on stderr, and the exit status is 1; it is 2 where the input cannot be read.
"""

import argparse
import gzip
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import msgspec
from adaptors.document import InputError, Numbered, read_documents
from adaptors.task import Answer, Task
from msgspec import Struct
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

TASKS = ("claims", "entities", "places", "incidents", "links", "event_type", "police")
SHOWN = 10  # failures that are told one by one


class Answered(Struct, frozen=True):
    """A document's answer, or why there is none."""

    answer: Answer = None
    failure: str | None = None


def task_named(name: str) -> Task:
    """The task of that name, imported on demand: a worker loads one adaptor."""
    task: Task = import_module(f"adaptors.{name}").TASK
    return task


def answer_one(name: str, numbered: Numbered) -> Answered:
    """One document's answer.  An engine that fails on one document must not cost the others theirs."""
    try:
        return Answered(task_named(name).answer(numbered.document))
    except Exception as e:  # noqa: BLE001  whatever went wrong is reported with the document's line
        return Answered(failure=f"{type(e).__name__}: {e}")


def answers(name: str, documents: Sequence[Numbered], jobs: int) -> Iterator[Answered]:
    """The answers, in the order of the documents."""
    jobs = min(jobs, len(documents))
    if jobs <= 1:
        yield from map(partial(answer_one, name), documents)
        return
    chunk = max(1, min(16, len(documents) // (8 * jobs)))
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(answer_one, name), documents, chunksize=chunk)


def predict(name: str, source: Path, target: Path, jobs: int, console: Console) -> list[str]:
    """Write the predictions; the failures, each with file and line."""
    documents = read_documents(source)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        answered = list(progress.track(answers(name, documents, jobs), total=len(documents), description=name))
    read = [(d.document, a.answer) for d, a in zip(documents, answered, strict=True) if a.failure is None]
    lines = task_named(name).finish([d for d, _ in read], [a for _, a in read])
    content = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    target.write_bytes(gzip.compress(content, mtime=0) if target.suffix == ".gz" else content)
    return [
        f"{source}:{d.line}: {d.document.id}: {a.failure}"
        for d, a in zip(documents, answered, strict=True)
        if a.failure is not None
    ]


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description="Predict on a benchmark's documents.")
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("source", type=Path, metavar="IN.jsonl")
    parser.add_argument("target", type=Path, metavar="OUT.jsonl")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one for each core)")
    args = parser.parse_args(argv)
    console = Console(stderr=True)
    try:
        failures = predict(args.task, args.source, args.target, args.jobs, console)
    except InputError as e:
        console.print(f"predict.py: {e}", markup=False, highlight=False, soft_wrap=True)
        return 2
    for failure in failures[:SHOWN]:
        console.print(f"predict.py: left out: {failure}", markup=False, highlight=False, soft_wrap=True)
    if len(failures) > SHOWN:
        console.print(f"predict.py: left out: {len(failures) - SHOWN} more", highlight=False)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
