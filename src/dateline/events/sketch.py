"""What is kept of a text to find its copies by: a sample of its runs of three words, and its names and numbers in order.

The sample is the same wherever a run stands, so a cut copy shares what is left of it; the smallest hashes are
kept besides, for texts too short for a sample.  Hashes are the same on every machine.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.model import READ_REGIONS, Reading, plain_view

Hashes = NDArray[np.int64]
RUN = 3  # words
_SAMPLE = 8  # one in so many runs is kept
_FEWEST = 12  # of the smallest hashes
_WORD = re.compile(r"\w+(?:['.,-]\w+)*")
# Words, but for those of small letters alone, which most are: to pass over them here takes the least time
_NOT_PLAIN = re.compile(r"(?<!\w)(?<!\w['.,-])(?![a-z]++(?!['.,-]?\w))\w+(?:['.,-]\w+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n]\s*[\"'(]*)$")
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


class Sketch(NamedTuple):
    """Sorted hashes: of runs of words, and of names and numbers that follow each other."""

    runs: Hashes
    facts: Hashes


def sketch_of(text: str) -> Sketch:
    """The sketch of a text."""
    runs = runs_of(text)
    facts = [_hash(fact) for fact in facts_of(text)]
    return Sketch(np.union1d(runs[runs % _SAMPLE == 0], runs[:_FEWEST]), _runs(facts, 2))


def read_text(reading: Reading) -> str:
    """What people read of a report: menus, comments and the like are left out; where all is left out, the whole."""
    text = reading.report.text
    return "\n".join(region.span.of(text) for region in reading.regions if region.kind in READ_REGIONS) or text


def runs_of(text: str) -> Hashes:
    """Hashes of all runs of three words, sorted, each once; of a text of one or two words, of all of it."""
    words = [_hash(word) for word in _WORD.findall(plain_view(text).lower())]
    return _runs(words, min(RUN, max(1, len(words))))


def facts_of(text: str) -> list[str]:
    """Names (words with a capital within a sentence) and numbers, in the order of the text."""
    return [fact for _, fact in placed_facts_of(text)]


def placed_facts_of(text: str) -> list[tuple[int, str]]:
    """The same, each with where it begins in the text."""
    view = plain_view(text)
    words = ((match.start(), match.group()) for match in _NOT_PLAIN.finditer(view))
    return [(start, word) for start, word in words if is_number(word) or _is_name(word, view, start)]


def is_number(fact: str) -> bool:
    return not fact.isalpha() and any(c.isdigit() for c in fact)


def _is_name(word: str, view: str, start: int) -> bool:
    return word[0].isupper() and not _SENTENCE_START.search(view[max(0, start - 6) : start])


def _runs(hashes: Iterable[int], length: int) -> Hashes:
    """Hashes of all runs of so many, sorted, each once."""
    one = np.fromiter(hashes, dtype=np.uint64)
    count = len(one) - length + 1
    if count < 1:
        return np.empty(0, np.int64)
    total = np.zeros(count, np.uint64)
    for n in range(length):
        total = (total ^ one[n : n + count]) * _MIX[n]
        total ^= total >> np.uint64(29)
    return np.unique((total >> np.uint64(1)).astype(np.int64))


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
