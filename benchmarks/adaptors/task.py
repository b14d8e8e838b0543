"""What a benchmark's adaptor consists of."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from adaptors.document import Document

Answer = Any
"""A JSON value, or for tasks that compare documents whatever `finish` makes JSON of."""


def as_they_are(documents: Sequence[Document], answers: Sequence[Answer]) -> list[Answer]:
    """The finish of a task in which each document stands alone."""
    return list(answers)


class Task(Struct, frozen=True):
    """`answer` reads one document, in a worker process; `finish` turns the answers of all documents into their lines."""

    name: str
    answer: Callable[[Document], Answer]
    finish: Callable[[Sequence[Document], Sequence[Answer]], list[Answer]] = as_they_are
