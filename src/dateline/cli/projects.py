"""Opens a project for a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.store import Project


@contextmanager
def opened_project(project: str) -> Iterator["Project"]:
    """A project, with its codebook in use: filters, labels and gravity are those that it was coded with."""
    from dateline.lexicon.codebook import using
    from dateline.store import open_project

    with open_project(project) as opened, using(opened.codebook()):
        yield opened
