"""Reports that copy one text count once: copies, cut or not, copies with later figures, and translations of one statement.

Texts that share runs of words are candidates, and are then compared whole.  What is alike in words and not in names and
numbers is a series (daily bulletins in one frame), and no copy.  Which texts are compared depends on the texts alone, so a
project that grows gets the lineages of one that is made at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.events.sketch import Hashes, Sketch, is_number, placed_facts_of, runs_of
from dateline.events.spread import Spread
from dateline.model import COPIES, Likeness, ReportLink

Pair = tuple[str, str]
Counts = NDArray[np.int64]

# What makes a copy; measured on made texts by benchmarks/lineages.py
_COPIED = 0.6  # share of the shorter text's runs that stand in the other
# Log odds of a copy against another text of a series, by each name or number of the shorter text: that stands in the other, or
# does not.  A frame keeps every other name, and hardly a number; later reports correct some numbers.
_NAME, _OTHER_NAME, _NUMBER, _OTHER_NUMBER = 0.6, -1.8, 2.5, -1.1
_SURE = 3.0  # log odds of a copy where some are not the same
_SIGNED, _SIGNED_RUNS = 6, 24  # words at the end, where a paper puts its own name, of a text with so many runs
_SAME_TURNS = 0.6  # share of names and numbers that follow each other, of one statement in other words
_SAME_FEW_TURNS, _FEW_TURNS = 0.85, 8  # the same, where a text has so few of them
_FEWEST_TURNS = 5
_STATEMENT_WORDS = 0.02  # share of runs that two translations have in common at least, if some turns differ: names in full
_STATEMENT_DAYS = 3  # between two reports of one statement

# What is compared
_FEW = 8  # holders of a run that are all compared; of more each is compared with its neighbours
_NEIGHBOURS = 3
_PROMISING = 0.12  # share of the shorter sketch that candidates have in common, as far as it was looked at
_LIKELY = 0.4  # share of the shorter sketch, whole
_AT_ONCE = 4000  # pairs in one piece of work


class Text(NamedTuple):
    """A report as lineages see it: what people read of it, and the day it was published."""

    words: str
    published: date | None


class Lineages(NamedTuple):
    """The lineage of each report, named by the smallest report id in it, and the links that make it, in order."""

    of: dict[str, str]
    links: tuple[ReportLink, ...]


def lineages(
    sketches: Mapping[str, Sketch],
    texts_of: Callable[[Sequence[str]], Mapping[str, Text]],
    checked: frozenset[str] = frozenset(),
    links: Iterable[ReportLink] = (),
    spread: Spread = map,
) -> Lineages:
    """The lineages of all reports.

    `links` were found among the reports in `checked` (all of them by this function): of those pairs no text is read again.
    """
    before = _candidates({i: sketches[i] for i in sorted(checked)})
    pairs = _candidates(sketches)
    found = {(link.report_id, link.other_id): link for link in links if (link.report_id, link.other_id) in pairs}
    for some in spread(_compared, _pieces(_in_places(pairs - before, sketches), texts_of)):
        found |= {(link.report_id, link.other_id): link for link in some}
    made = tuple(found[pair] for pair in sorted(found))
    return Lineages(_join(sketches, (link for link in made if link.likeness in COPIES)), made)


class _Comparing(NamedTuple):
    """A piece of work: pairs of reports to be compared, with their texts."""

    pairs: Sequence[Pair]
    texts: Mapping[str, Text]


def _pieces(pairs: Sequence[Pair], texts_of: Callable[[Sequence[str]], Mapping[str, Text]]) -> Iterator[_Comparing]:
    for start in range(0, len(pairs), _AT_ONCE):
        some = pairs[start : start + _AT_ONCE]
        yield _Comparing(some, texts_of(sorted({i for pair in some for i in pair})))


def _compared(work: _Comparing) -> list[ReportLink]:
    """The links between these, where there are any."""
    read = {i: _Read(text) for i, text in work.texts.items()}
    links = (_compare(a, read[a], b, read[b]) for a, b in work.pairs)
    return [link for link in links if link]


def _in_places(pairs: Iterable[Pair], sketches: Mapping[str, Sketch]) -> list[Pair]:
    """Pairs in an order in which those of one text lie near each other, so that few texts are taken apart twice."""
    place = {i: n for n, i in enumerate(sorted(sketches, key=lambda i: (sketches[i].runs[:2].tolist(), i)))}
    return sorted(pairs, key=lambda pair: sorted((place[pair[0]], place[pair[1]])))


class _Read:
    """A text, taken apart once."""

    def __init__(self, text: Text) -> None:
        self.published = text.published
        self.runs = frozenset(runs_of(text.words).tolist())
        facts = placed_facts_of(text.words)
        end = len(text.words.rsplit(None, _SIGNED)[0]) if len(self.runs) > _SIGNED_RUNS else len(text.words)
        self.facts = frozenset(fact for start, fact in facts if start < end)
        self.numbers = frozenset(fact for fact in self.facts if is_number(fact))
        self.turns = frozenset(pairwise(fact for _, fact in facts))


def _compare(a: str, one: _Read, b: str, other: _Read) -> ReportLink | None:
    """How two reports are alike; None where they are not."""
    shorter, longer = (one, other) if len(one.runs) <= len(other.runs) else (other, one)
    words = len(one.runs & other.runs) / len(shorter.runs) if shorter.runs else 0.0
    facts = _part(shorter.facts, longer.facts)
    likeness = _likeness(shorter, longer, words)
    if likeness is None:
        return None
    dated = one.published and other.published and one.published != other.published
    first = (a if one.published < other.published else b) if dated else None  # type: ignore[operator]
    return ReportLink(report_id=a, other_id=b, likeness=likeness, words=round(words, 3), facts=round(facts, 3), first=first)


def _likeness(shorter: _Read, longer: _Read, words: float) -> Likeness | None:
    if words >= _COPIED:
        if not _same_facts(shorter, longer):
            return "same series"
        return "copy" if shorter.numbers <= longer.numbers else "updated copy"
    turns = min(len(shorter.turns), len(longer.turns))
    if turns < _FEWEST_TURNS or _far(shorter.published, longer.published):
        return None
    least = _SAME_TURNS if turns > _FEW_TURNS else _SAME_FEW_TURNS
    same = len(shorter.turns & longer.turns)
    return "same statement" if same == turns or (same >= least * turns and words >= _STATEMENT_WORDS) else None


def _same_facts(shorter: _Read, longer: _Read) -> bool:
    if shorter.facts <= longer.facts:
        return True
    same, other = shorter.facts & longer.facts, shorter.facts - longer.facts
    odds = sum(_NUMBER if is_number(fact) else _NAME for fact in same)
    odds += sum(_OTHER_NUMBER if is_number(fact) else _OTHER_NAME for fact in other)
    return odds >= _SURE


def _part(some: frozenset[str], of: frozenset[str]) -> float:
    return len(some & of) / len(some) if some else 1.0


def _far(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) > _STATEMENT_DAYS


def _candidates(sketches: Mapping[str, Sketch]) -> set[Pair]:
    """Pairs of reports whose sketches have much in common, the smaller id first."""
    ids = sorted(sketches)
    runs, facts = [sketches[i].runs for i in ids], [sketches[i].facts for i in ids]
    found = set(_alike(runs, _LIKELY)) | set(_alike(facts, _SAME_TURNS))
    return {(ids[a], ids[b]) for a, b in found}


def _alike(sets: list[Hashes], least: float) -> Iterator[tuple[int, int]]:
    """Positions of sets of which one has so great a share of the other."""
    sizes = np.array([len(some) for some in sets], dtype=np.int64)
    pairs, counts = _meeting(sets, sizes)
    a, b = pairs // max(1, len(sets)), pairs % max(1, len(sets))
    promising = counts >= _PROMISING * np.minimum(sizes[a], sizes[b])
    a, b = a[promising], b[promising]
    smaller = np.minimum(sizes[a], sizes[b])
    alike = (smaller > 0) & (_in_common(sets, sizes, a, b) >= least * smaller)
    return zip(a[alike].tolist(), b[alike].tolist(), strict=True)


def _in_common(sets: list[Hashes], sizes: Counts, a: Counts, b: Counts) -> Counts:
    """How many hashes each two sets have in common; the sets are sorted."""
    flat = np.concatenate(sets) if sets else np.empty(0, np.int64)
    names, numbers = np.unique(flat, return_inverse=True)
    codes = np.repeat(np.arange(len(sets)), sizes) * len(names) + numbers  # sorted: by set, then by hash
    starts = np.cumsum(sizes) - sizes
    found = [np.empty(0, np.int64)]
    for first in range(0, len(a), _AT_ONCE):
        some, others = a[first : first + _AT_ONCE], b[first : first + _AT_ONCE]
        owners = np.repeat(np.arange(len(some)), sizes[some])
        within = np.arange(len(owners)) - np.repeat(np.cumsum(sizes[some]) - sizes[some], sizes[some])
        asked = others[owners] * len(names) + numbers[starts[some][owners] + within]
        there = codes[np.minimum(np.searchsorted(codes, asked), len(codes) - 1)] == asked
        found.append(np.bincount(owners[there], minlength=len(some)))
    return np.concatenate(found)


def _meeting(sets: list[Hashes], sizes: Counts) -> tuple[Counts, Counts]:
    """Pairs of sets (first * number of sets + second) that meet in a hash, and in how many of those that were looked at."""
    place = np.empty(len(sets), np.int64)
    # In order of their smallest hashes copies lie next to each other, however many others hold a common run.
    place[sorted(range(len(sets)), key=lambda n: (sets[n][:2].tolist(), n))] = np.arange(len(sets))
    flat = np.concatenate(sets) if sets else np.empty(0, np.int64)
    owners = np.repeat(np.arange(len(sets)), sizes)
    order = np.lexsort((place[owners], flat))
    flat, owners = flat[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], flat[1:] != flat[:-1]))) if len(flat) else np.empty(0, np.int64)
    holders = np.repeat(np.diff(np.append(starts, len(flat))), np.diff(np.append(starts, len(flat))))
    found = []
    for step in range(1, _FEW):
        same = (flat[step:] == flat[:-step]) & ((holders[step:] <= _FEW) | (step <= _NEIGHBOURS))
        one, other = owners[step:][same], owners[:-step][same]
        found.append(np.minimum(one, other) * len(sets) + np.maximum(one, other))
    return np.unique(np.concatenate(found), return_counts=True)


def _join(reports: Iterable[str], links: Iterable[ReportLink]) -> dict[str, str]:
    """The smallest report id among those that are linked, directly or through others."""
    root = {report_id: report_id for report_id in sorted(reports)}
    for link in links:
        first, second = sorted((_find(root, link.report_id), _find(root, link.other_id)))
        root[second] = first
    return {report_id: _find(root, report_id) for report_id in root}


def _find(root: dict[str, str], report_id: str) -> str:
    while root[report_id] != report_id:
        root[report_id] = report_id = root[root[report_id]]
    return report_id
