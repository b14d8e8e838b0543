"""Reads our own tables of places and words: tab separated, comments after #."""

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """The rows of the table `name`, without comments and blank lines."""
    for line in files("dateline.gazetteer").joinpath("tables", name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
