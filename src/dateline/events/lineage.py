"""Reports that copy one text count once: copies, cut or not, copies with later figures, and translations of one statement.

Texts that share runs of words are candidates, and are then compared whole.  What is alike in words and not in names and
numbers is a series (daily bulletins in one frame), and no copy.  Which texts are compared depends on the texts alone, so a
project that grows gets the lineages of one that is made at once.
"""

from bisect import bisect_left
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
    ids = sorted(sketches)
    candidates = _candidates([sketches[i] for i in ids])
    new = candidates.without(_among(ids, checked, sketches)) if checked else candidates
    found = {pair: link for link in links if candidates.has(pair := (link.report_id, link.other_id), ids)}
    for some in spread(_compared, _pieces(new, ids, texts_of)):
        found |= {(link.report_id, link.other_id): link for link in some}
    made = tuple(found[pair] for pair in sorted(found))
    return Lineages(_join(ids, (link for link in made if link.likeness in COPIES)), made)


class _Comparing(NamedTuple):
    """A piece of work: pairs of reports to be compared, with their texts."""

    pairs: Sequence[Pair]
    texts: Mapping[str, Text]


def _pieces(
    candidates: "_Candidates", ids: Sequence[str], texts_of: Callable[[Sequence[str]], Mapping[str, Text]]
) -> Iterator[_Comparing]:
    for a, b in candidates.in_places():
        for start in range(0, len(a), _AT_ONCE):
            some = [
                (ids[one], ids[other])
                for one, other in zip(a[start : start + _AT_ONCE].tolist(), b[start : start + _AT_ONCE].tolist(), strict=True)
            ]
            yield _Comparing(some, texts_of(sorted({i for pair in some for i in pair})))


def _compared(work: _Comparing) -> list[ReportLink]:
    """The links between these, where there are any."""
    read = {i: _Read(text) for i, text in work.texts.items()}
    links = (_compare(a, read[a], b, read[b]) for a, b in work.pairs)
    return [link for link in links if link]


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


class _Candidates(NamedTuple):
    """Pairs of reports whose sketches have much in common, as first * number of reports + second, the smaller first; sorted.

    `by_facts` are those that are not in `by_runs`.  The reports in the order of their runs, and of their facts: copies are
    neighbours there.
    """

    reports: int  # how many
    by_runs: Counts
    by_facts: Counts
    places: tuple[Counts, Counts]

    def without(self, others: Counts) -> "_Candidates":
        by_runs, by_facts = (some[~np.isin(some, others)] for some in (self.by_runs, self.by_facts))
        return self._replace(by_runs=by_runs, by_facts=by_facts)

    def has(self, pair: Pair, ids: Sequence[str]) -> bool:
        """Whether it is one of the candidates; `ids` are those of all reports, in order."""
        places = [bisect_left(ids, i) for i in pair]
        if any(place == len(ids) or ids[place] != i for place, i in zip(places, pair, strict=True)):
            return False
        code = places[0] * self.reports + places[1]
        return any(_is_in(some, code) for some in (self.by_runs, self.by_facts))

    def in_places(self) -> Iterator[tuple[Counts, Counts]]:
        """The pairs in orders in which those of one text lie near each other, so that few texts are taken apart twice."""
        for codes, place in zip((self.by_runs, self.by_facts), self.places, strict=True):
            a, b = codes // max(1, self.reports), codes % max(1, self.reports)
            order = np.lexsort((np.maximum(place[a], place[b]), np.minimum(place[a], place[b])))
            yield a[order], b[order]


def _is_in(codes: Counts, code: int) -> bool:
    place = int(np.searchsorted(codes, code))
    return place < len(codes) and int(codes[place]) == code


def _candidates(sketches: Sequence[Sketch]) -> _Candidates:
    """The candidates among reports in the order of their ids."""
    runs, facts = [sketch.runs for sketch in sketches], [sketch.facts for sketch in sketches]
    by_runs, runs_places = _alike(runs, _LIKELY)
    by_facts, facts_places = _alike(facts, _SAME_TURNS)
    return _Candidates(len(sketches), by_runs, by_facts[~np.isin(by_facts, by_runs)], (runs_places, facts_places))


def _among(ids: Sequence[str], some: frozenset[str], sketches: Mapping[str, Sketch]) -> Counts:
    """What the candidates among some of the reports alone are, as pairs of all."""
    chosen = np.array([n for n, i in enumerate(ids) if i in some], dtype=np.int64)
    found = _candidates([sketches[ids[n]] for n in chosen.tolist()])
    codes = np.concatenate((found.by_runs, found.by_facts))
    return chosen[codes // max(1, found.reports)] * len(ids) + chosen[codes % max(1, found.reports)]


def _alike(sets: list[Hashes], least: float) -> tuple[Counts, Counts]:
    """Pairs of sets of which one has so great a share of the other, sorted, and the places of the sets (`_places`)."""
    sizes = np.array([len(some) for some in sets], dtype=np.int64)
    flat = np.concatenate(sets) if sets else np.empty(0, np.int64)
    place = _places(flat, sizes)
    pairs, counts = _meeting(flat, sizes, place)
    a, b = pairs // max(1, len(sets)), pairs % max(1, len(sets))
    promising = counts >= _PROMISING * np.minimum(sizes[a], sizes[b])
    pairs, a, b = pairs[promising], a[promising], b[promising]
    smaller = np.minimum(sizes[a], sizes[b])
    alike = (smaller > 0) & (_in_common(flat, sizes, a, b) >= least * smaller)
    return pairs[alike], place


def _places(flat: Hashes, sizes: Counts) -> Counts:
    """The place of each set in the order of their smallest hashes: copies lie next to each other there, however many others
    hold a common run."""
    starts = np.cumsum(sizes) - sizes
    smallest = np.full((2, len(sizes)), -1, np.int64)
    for n in range(2):
        smallest[n, sizes > n] = flat[starts[sizes > n] + n]
    place = np.empty(len(sizes), np.int64)
    place[np.lexsort((smallest[1], smallest[0]))] = np.arange(len(sizes))
    return place


def _in_common(flat: Hashes, sizes: Counts, a: Counts, b: Counts) -> Counts:
    """How many hashes each two sets have in common; the sets are sorted."""
    names, numbers = np.unique(flat, return_inverse=True)
    codes = np.repeat(np.arange(len(sizes)), sizes) * len(names) + numbers  # sorted: by set, then by hash
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


def _meeting(flat: Hashes, sizes: Counts, place: Counts) -> tuple[Counts, Counts]:
    """Pairs of sets (first * number of sets + second) that meet in a hash, and in how many of those that were looked at."""
    owners = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((place[owners], flat))
    flat, owners = flat[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], flat[1:] != flat[:-1]))) if len(flat) else np.empty(0, np.int64)
    holders = np.repeat(np.diff(np.append(starts, len(flat))), np.diff(np.append(starts, len(flat))))
    found = []
    for step in range(1, _FEW):
        same = (flat[step:] == flat[:-step]) & ((holders[step:] <= _FEW) | (step <= _NEIGHBOURS))
        one, other = owners[step:][same], owners[:-step][same]
        found.append(np.minimum(one, other) * len(sizes) + np.maximum(one, other))
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
