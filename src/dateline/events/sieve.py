"""Leaves out pairs of incidents that cannot be one event, many thousand at a time, by their profiles alone.

For each pair this works out the most that `compare.score` can come to: each sign that the profiles do not rule out counts as
far as it can.  So no pair that would score THRESHOLD is left out, and what is left is few: `compare` looks at those one by one.
The rules are those of `between.py`, in the same order; whoever changes them there changes them here (a test compares the two).
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dateline.events.between import (
    CERTAIN_NAMES,
    CERTAIN_PROPER,
    CERTAIN_SIGNS,
    CLOSE_RANGE,
    FEWEST_WORDS,
    LATE_DAYS,
    MOST_NAMED,
    NEWS_DAYS,
)
from dateline.events.compare import THRESHOLD, points
from dateline.events.likeness import kinds_that_go
from dateline.events.places import EARTH_KM, NEAR_KM
from dateline.events.profiles import COUNTED, OTHER_TYPE, SIZES, Profiles, type_bit

Bits = NDArray[np.uint64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Positions = NDArray[np.int64]

_SLACK = 0.01  # log odds: more than all that rounding can add
_SLACK_KM = 0.1
_AT_ONCE = 1 << 13  # pairs: what is worked out of them stays in the processor's own memory
_KINDS: tuple[Literal["close", "like"], ...] = ("close", "like")


class Sieve:
    """Incidents by their profiles; pairs of them are named by places among these."""

    def __init__(self, profiles: Profiles) -> None:
        columns = {name: np.ascontiguousarray(profiles[name]) for name in profiles.dtype.names or ()}
        for number, name in enumerate(COUNTED):
            columns[f"{name}_count"] = np.ascontiguousarray(profiles["counts"][:, number]).astype(np.float64)
            columns[f"{name}_lost"] = np.ascontiguousarray(profiles["lost"][:, number]).astype(np.float64)
        columns |= {f"{kind}_types": _reaching(columns["types"], kind) for kind in _KINDS}
        columns["hours_next"] = columns["hours"] | columns["hours"] << np.uint64(1) | columns["hours"] >> np.uint64(1)
        for side, one, other in (("low_lat", "south", "north"), ("low_cos", "south", "north")):
            ends = np.radians(np.stack((columns[one], columns[other])))
            columns[side] = ends[0] if side == "low_lat" else np.cos(ends).min(axis=0)
        columns["high_lat"] = np.radians(columns["north"])
        self.columns = columns

    def could_be_one(self, ones: Positions, others: Positions) -> Positions:
        """Which of these pairs could score THRESHOLD and more: their numbers, in order."""
        found = [np.empty(0, np.int64)]
        for start in range(0, len(ones), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            found.append(start + self._left(ones[some], others[some]))
        return np.concatenate(found)

    def _left(self, ones: Positions, others: Positions) -> Positions:
        """Those of one scene, and those of two reports that reach the threshold at most.

        Two scenes of one report stay two (`compare.score`).
        """
        pairs = _Pairs(self.columns, ones, others)
        same_report = pairs.same("report")
        left = np.flatnonzero(~same_report & ~pairs.cannot())
        most = _Pairs(self.columns, ones[left], others[left]).most()
        told_once = np.flatnonzero(same_report & pairs.same("scene"))
        return np.sort(np.concatenate((told_once, left[most >= _least()])))


def most_of(profiles: Profiles, ones: Positions, others: Positions) -> Numbers:
    """The log odds that pairs of scenes of different reports have at most, minus infinity where they cannot be one event."""
    pairs = _Pairs(Sieve(profiles).columns, ones, others)
    return np.where(pairs.cannot(), -np.inf, pairs.most())


class _Pairs:
    """Pairs of scenes of different reports: what their profiles do not rule out."""

    def __init__(self, columns: dict[str, NDArray[Any]], ones: Positions, others: Positions) -> None:
        self._columns = columns
        self._ones = ones
        self._others = others

    def _of(self, name: str, other: str = "") -> tuple[NDArray[Any], NDArray[Any]]:
        return self._columns[name][self._ones], self._columns[other or name][self._others]

    def same(self, name: str) -> Flags:
        one, other = self._of(name)
        same: Flags = one == other
        return same

    def _meet(self, name: str, other: str = "") -> Flags:
        """Whether two sets may have a member in common."""
        some, others = self._of(name, other)
        met: Flags = (some & others) != 0
        return met

    def _both(self, name: str) -> Flags:
        some, others = self._of(name)
        both: Flags = (some != 0) & (others != 0)
        return both

    def _shared(self, name: str) -> Numbers:
        """How many members two sets share at most."""
        some, others = self._of(name)
        met = np.bitwise_count(some & others)
        count = (met if met.ndim == 1 else met.sum(axis=1)).astype(np.float64)
        return np.where(count, count + np.minimum(*self._of(f"{name}_lost")), 0.0)

    def cannot(self) -> Flags:
        """Pairs that are never one event, as far as days, operations and kinds of act say (`between.cannot`)."""
        one, other = self._of("operation")
        named = (one != 0) & (other != 0)
        parted = ((self._gap() > 1) & self._both("start")) | (self._other_types() & ~(named & (one == other)))
        unsure = np.flatnonzero(parted)
        parted[unsure] = ~_Pairs(self._columns, self._ones[unsure], self._others[unsure])._certain()
        found: Flags = parted | (named & (one != other))
        return found

    def _certain(self) -> Flags:
        main = np.logical_and(*self._of("main"))
        persons = self._shared("persons")
        kinds = (persons > 0).astype(np.int64)
        for name in ("streets", "ages", "hours"):
            kinds += self._meet(name)
        nearly = (kinds == CERTAIN_SIGNS - 1) & (self._shared("proper") > CERTAIN_PROPER)
        found: Flags = main & ((persons >= CERTAIN_NAMES) | (kinds >= CERTAIN_SIGNS) | nearly)
        return found

    def _gap(self) -> NDArray[np.int64]:
        """Days from the end of one to the beginning of the other; 0 and less where they overlap."""
        (start, start_other), (end, end_other) = self._of("start"), self._of("end")
        gap: NDArray[np.int64] = np.maximum(start_other - end, start - end_other)
        return gap

    def _other_types(self) -> Flags:
        return ~(self._meet("types") | self._meet("types", "close_types") | self._meet("types", "like_types"))

    def most(self) -> Numbers:
        """The log odds that the pairs have at most."""
        one, other = self._of("operation")
        total = points().between_base + self._by_type()
        total += np.where((one != 0) & (one == other), max(0.0, _worth("same_operation")), 0.0)
        total += np.where(np.not_equal(*self._of("background")), _worth("one_is_history"), 0.0)
        total += self._by_time()
        total += self._by_place()
        total += self._by_side("initiator")
        total += self._by_side("target")
        total += self._by_figures()
        total += self._by_words()
        mains = np.add(*(flags.astype(np.int64) for flags in self._of("main")))
        aside = np.where(mains == 1, _worth("one_is_the_main_news"), _worth("neither_is_the_main_news"))
        total += np.where(mains == 2, self._by_report(), aside)
        return total

    def _by_type(self) -> Numbers:
        some, others = self._of("types")
        met = some & others
        worth = np.where(self._meet("types", "like_types"), _worth("like_type"), _worth("other_type"))
        worth = np.where(self._meet("types", "close_types"), _worth("close_type"), worth)
        worth = np.where(met != 0, _worth("same_type"), worth)
        unknown = met == np.uint64(1 << OTHER_TYPE)  # types of a project's own: the same, or two others
        return np.where(unknown, max(map(_worth, ("same_type", "close_type", "like_type", "other_type"))), worth)

    def _by_time(self) -> Numbers:
        (start, start_other), (end, end_other) = self._of("start"), self._of("end")
        gap = self._gap()
        length = np.maximum(end - start, end_other - start_other) + 1
        told = np.where(length <= CLOSE_RANGE, _worth("times_overlap"), _worth("long_times_overlap"))
        told = np.where((length == 1) & (start == start_other), _worth("same_day"), told)
        told = np.where(gap > 0, np.where(gap == 1, _worth("next_day"), _worth("other_days")), told)
        return np.where((start != 0) & (start_other != 0), told, self._by_news())

    def _by_news(self) -> Numbers:
        one, other = self._of("published")
        apart = np.abs(one - other)
        worth = np.where(apart <= LATE_DAYS, _worth("news_of_two_weeks"), _worth("news_of_other_days"))
        worth = np.where(apart <= NEWS_DAYS, _worth("news_of_same_days"), worth)
        return np.where((one != 0) & (other != 0), worth, _worth("no_time_known"))

    def _by_place(self) -> Numbers:
        found = self._both("places")
        near = found & (self._kilometres() <= NEAR_KM + _SLACK_KM + np.add(*self._of("reach")))
        within = found & (self._meet("areas", "countries") | self._meet("countries", "areas"))
        same = self._meet("places")
        shares = np.logical_and(*self._of("main")) & self._meet("report_places")
        bare, bare_other = self._of("bare")
        placed = np.logical_and(*self._of("placed"))
        named = np.where(near, _most("near_place"), np.where(within, _most("within_place", "within_country"), -np.inf))
        named = np.maximum(named, np.where(same, self._by_size(), _worth("other_place")))
        by_reports = np.where(same | near, _most("reports_of_one_place", "reports_of_one_place_aside"), 0.0)
        by_reports = np.maximum(by_reports, np.where(within, _most("reports_of_one_area", "reports_of_one_area_aside"), 0.0))
        by_reports = np.maximum(by_reports, max(0.0, _worth("reports_of_other_places")))
        named = np.where(placed, named, by_reports)
        named = np.maximum(named, np.where(shares, _most("reports_of_one_place"), -np.inf))
        named += np.where(self._meet("sites"), _most("same_named_site", "same_site"), 0.0)
        by_reports = np.maximum(by_reports, np.where(self._in_head(), _worth("place_in_head"), -np.inf))
        return np.where(bare | bare_other, by_reports, named)

    def _by_size(self) -> Numbers:
        """What the same place is worth at most: it is of one size to both."""
        sizes = np.bitwise_and(*self._of("sizes"))
        worth = np.full(len(sizes), _worth("other_place"))
        for bit, name in enumerate(SIZES):
            worth = np.where(sizes >> bit & 1, np.maximum(worth, _most(name)), worth)
        return worth

    def _in_head(self) -> Flags:
        bare, bare_other = self._of("bare")
        placed, placed_other = self._of("placed")
        one, other = self._meet("place_names", "head"), self._meet("head", "place_names")
        named: Flags = (placed & bare_other & one) | (placed_other & bare & other)
        return named

    def _kilometres(self) -> Numbers:
        """How far two boxes are from each other at least."""
        (low, low_other), (high, high_other) = self._of("low_lat"), self._of("high_lat")
        (west, west_other), (east, east_other) = self._of("west"), self._of("east")
        up = np.maximum(0.0, np.maximum(low - high_other, low_other - high))
        along = np.maximum(west - east_other, west_other - east)
        round_the_back = 360.0 - (np.maximum(east, east_other) - np.minimum(west, west_other))
        along = np.radians(np.maximum(0.0, np.minimum(along, round_the_back)))
        half = np.sin(up / 2) ** 2 + np.multiply(*self._of("low_cos")) * np.sin(along / 2) ** 2
        kilometres: Numbers = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
        return kilometres

    def _by_side(self, side: str) -> Numbers:
        worth = np.where(self._meet(f"{side}s"), _most(f"same_{side}"), 0.0)
        return np.maximum(worth, max(0.0, _worth(f"other_{side}")))

    def _by_figures(self) -> Numbers:
        worth = np.full(len(self._ones), max(0.0, _worth("other_figure")))
        for size, name in (("small", "same_small_figure"), ("middle", "same_figure"), ("large", "same_large_figure")):
            worth = np.where(self._meet(size), np.maximum(worth, _worth(name)), worth)
        return worth

    def _by_words(self) -> Numbers:
        some, others = self._of("words_count")
        shared = np.minimum(self._shared("words"), np.minimum(some, others))
        words = np.where(shared >= FEWEST_WORDS, shared / np.maximum(1.0, some + others - shared), 0.0)
        return _most("words") * words + self._by_shared("names", "same_names", "other_names")

    def _by_shared(self, of: str, same: str, other: str) -> Numbers:
        """So many names as both have at most, or none where both have some."""
        shared = np.minimum(MOST_NAMED, self._shared(of))
        differ = np.where(self._both(of), _worth(other), 0.0)
        return np.where(shared > 0, np.maximum(differ, _most(same) * shared), differ)

    def _by_report(self) -> Numbers:
        shared = self._shared("proper")
        size = np.sqrt(np.multiply(*self._of("proper_count")))
        total = self._by_shared("persons", "shared_persons", "other_persons")
        total += _most("shared_proper_words") * np.minimum(MOST_NAMED, shared / 2)
        total += _most("share_of_proper_words") * shared / np.maximum(1.0, size)
        total += self._by_some("streets", "streets", "same_street", "other_streets")
        total += self._by_some("ages", "ages", "same_age", "other_ages")
        total += self._by_some("hours", "hours_next", "same_hour", "other_hours")
        total += np.where(np.logical_and(*self._of("rare")), _most("rare_words"), 0.0)
        return total

    def _by_some(self, of: str, or_next: str, same: str, other: str) -> Numbers:
        worth = np.where(self._meet(of, or_next), max(_most(same), _worth(other)), _worth(other))
        return np.where(self._both(of), worth, 0.0)


def _worth(name: str) -> float:
    return points().between[name].worth


def _most(*names: str) -> float:
    """What signs are worth at most, of which there can be less than one."""
    return max(0.0, *map(_worth, names))


@cache
def _least() -> float:
    """The log odds of THRESHOLD, and a little less."""
    return float(np.log(THRESHOLD / (1 - THRESHOLD))) - _SLACK


def _reaching(types: Bits, kind: Literal["close", "like"]) -> Bits:
    """The types that go with any of these."""
    reached = np.zeros_like(types)
    for bit, others in _going_with(kind):
        reached |= np.where(types >> np.uint64(bit) & np.uint64(1), np.uint64(others), np.uint64(0))
    return reached


def _going_with(kind: Literal["close", "like"]) -> Iterator[tuple[int, int]]:
    of: dict[int, int] = {}
    for one, other in kinds_that_go(kind):
        bit = type_bit(one)
        of[bit] = of.get(bit, 0) | 1 << type_bit(other)
    return iter(sorted(of.items()))
