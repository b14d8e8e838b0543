"""The lexicon of cues (`en/cues.yaml`): words that colour a statement, by class."""

from functools import cache

from dateline.lexicon.load import load


@cache
def cues() -> dict[str, tuple[str, ...]]:
    """Class of cue -> its phrases."""
    return load("en/cues.yaml", dict[str, tuple[str, ...]])
