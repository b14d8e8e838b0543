"""Which incidents are worth comparing: those of one report, and those that share a place and days, a name, an operation or words.

Each incident has keys; incidents with a key in common are a block.  In a small block all are compared.  In a large one each
is compared with its neighbours in two orders, by place, day and toll, and by words: so the number of pairs grows with the
number of incidents, not with its square.  Whether two incidents are compared depends on their keys and on who else is in
their blocks, never on the order in which reports came.
"""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from dateline.events.facts import Incident
from dateline.events.places import specificity
from dateline.model import Place

Keys = NDArray[np.int64]
"""Of one incident: its places in the two orders, then its keys."""

# Kinds of act that reports of one act can give it.
FAMILIES = tuple(
    frozenset(family.split())
    for family in (
        "attack_on_civilians suicide_bombing bombing armed_clash riot",
        "attack_on_civilians air_strike shelling",
        "attack_on_civilians abduction",
        "armed_clash territory_taken arrest disrupted_attack seizure destruction force_movement security_operation",
        "protest riot",
        "robbery destruction",
    )
)
_LARGEST_BLOCK = 24  # incidents in a block that are all compared
_NEIGHBOURS = 6  # on each side, in each order, in a larger one
_BUCKET_DAYS = 8  # for what is known to some days only
_MONTH = 32
_FINE_DAYS = 3  # an incident that may be on any of more days is looked up by stretches of days
_LONG_DAYS = 31  # one that may be on any of still more days is not looked up by its days
_NEWS_DAYS = 4  # from an act to the report, where no day is known
_ORDERS = 2

# The lowest bits of a key
_HEAD = 1  # the incident names no place: the word of the key stands in its report's head
_RARE = 2  # a key that says something only while few have it


def keys_of(incident: Incident) -> Keys:
    """The keys of an incident: hashes, the same on every machine and in every process."""
    found = {_hash(key) for key in _keys(incident)}
    found |= {_hash(key) | _RARE for key in _rare_keys(incident)}
    found |= {_hash(key) | _HEAD for key in _head_keys(incident)}
    return np.array([*_orders(incident), *sorted(found)], dtype=np.int64)


class Blocks:
    """Who shares a key with whom, among incidents that are named by their positions: `keys[n]` are those of the n-th.

    An incident with no keys (an empty array) is in no block.
    """

    def __init__(self, keys: Sequence[Keys]) -> None:
        counts = np.array([max(0, len(some) - _ORDERS) for some in keys], dtype=np.int64)
        flat = np.concatenate([some[_ORDERS:] for some in keys]) if keys else np.empty(0, np.int64)
        owners = np.repeat(np.arange(len(keys), dtype=np.int32), counts)
        order = np.lexsort((owners, flat & ~_HEAD)).astype(np.int32)
        names = (flat & ~_HEAD)[order]
        starts = np.flatnonzero(np.concatenate(([True], names[1:] != names[:-1]))) if len(names) else np.empty(0, np.int64)
        self._bounds = np.append(starts, len(names))
        sizes = np.diff(self._bounds)
        rare = (names[starts] & _RARE) != 0
        self._used = (sizes > 1) & ~(rare & (sizes > _LARGEST_BLOCK))
        self._members = owners[order]
        self._in_head = (flat[order] & _HEAD) != 0
        self._first = np.concatenate(([0], np.cumsum(counts)))
        self._entry = np.empty(len(order), np.int32)  # where the n-th key of an incident stands in `_members`
        self._entry[order] = np.arange(len(order), dtype=np.int32)
        self._block = np.repeat(np.arange(len(starts), dtype=np.int32), sizes)
        self._sorted = [self._by_order(keys, number) for number in range(_ORDERS)]

    def candidates(self, position: int) -> NDArray[np.int32]:
        """The positions of the incidents that one is compared with, in order."""
        entries = self._entry[self._first[position] : self._first[position + 1]]
        entries = entries[self._used[self._block[entries]]]
        blocks = self._block[entries]
        starts, ends = self._bounds[blocks].tolist(), self._bounds[blocks + 1].tolist()
        found: list[NDArray[np.int32]] = []
        for entry, start, end in zip(entries.tolist(), starts, ends, strict=True):
            if end - start <= _LARGEST_BLOCK:
                self._add(found, entry, slice(start, end))
                continue
            for order, places in self._sorted:
                place = int(places[entry])
                self._add(found, entry, order[max(start, place - _NEIGHBOURS) : min(end, place + _NEIGHBOURS + 1)])
        if not found:
            return np.empty(0, np.int32)
        some: NDArray[np.int32] = np.unique(np.concatenate(found))
        near: NDArray[np.int32] = some[some != position]
        return near

    def crowd_of(self, positions: Sequence[int]) -> set[int]:
        """All who share a large block with one of these."""
        found: set[int] = set()
        blocks = {int(block) for n in positions for block in self._block[self._entry[self._first[n] : self._first[n + 1]]]}
        for block in sorted(blocks):
            start, end = self._bounds[block], self._bounds[block + 1]
            if end - start > _LARGEST_BLOCK:
                found.update(self._members[start:end].tolist())
        return found

    def _add(self, found: list[NDArray[np.int32]], entry: int, near: slice | NDArray[np.int32]) -> None:
        """Add the members of these entries of the entry's block."""
        members = self._members[near]
        if self._in_head[entry]:
            members = members[~self._in_head[near]]  # two heads with a word in common say little
        found.append(members)

    def _by_order(self, keys: Sequence[Keys], number: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """All entries, those of each block sorted by one of the orders; and the place of each entry among them."""
        ranks = np.array([some[number] if len(some) else 0 for some in keys], dtype=np.int64)
        if not len(self._members):
            return np.empty(0, np.int32), np.empty(0, np.int32)
        entries = np.lexsort((self._members, ranks[self._members], self._block)).astype(np.int32)
        places = np.empty(len(entries), np.int32)
        places[entries] = np.arange(len(entries), dtype=np.int32)
        return entries, places


def _keys(incident: Incident) -> Iterator[Hashable]:
    yield "report", incident.report.id
    scene = incident.scene
    if scene is None or scene.first != incident.claim.id:
        return  # the first claim stands for the scene
    if scene.operation:
        yield "operation", scene.operation
    if incident.words:
        yield "words", *sorted(incident.words)
    stretches = list(_stretches(incident))
    for name in sorted(incident.report.names):
        for month in sorted({stretch for stretch in stretches if stretch[0] == "month"}):
            yield "person", name, month
    for word in sorted(incident.report.signs.streets if scene.main else ()):
        yield from (("street", word, stretch) for stretch in stretches if stretch[0] == "month")
    for word in sorted(incident.report.signs.proper if scene.main else ()):
        yield from (("proper", word, stretch) for stretch in stretches if stretch[0] == "days")
    days = [stretch for stretch in stretches if stretch[0] != "month"]
    for name in sorted({place.name.lower() for place in scene.places if specificity(place) >= 3}):
        yield from (("name", name.split()[0], stretch) for stretch in days)
    for place in scene.places or scene.around or incident.report.places:
        for cell in _cells(place):
            yield from (("scene", cell, stretch) for stretch in days)
        for family in _families(incident):
            yield from (("act", place.country, place.admin1, family, stretch) for stretch in days if stretch[0] == "day")


def _rare_keys(incident: Incident) -> Iterator[Hashable]:
    """What is told of again after months: a person, wherever the name is not one of many."""
    if incident.scene and incident.scene.first == incident.claim.id:
        yield from (("person", name) for name in sorted(incident.report.names))


def _head_keys(incident: Incident) -> Iterator[Hashable]:
    """The words in the head of its report, for an incident with no place: one of them may be the place of another."""
    if incident.scene is None or incident.scene.first != incident.claim.id or incident.scene.place_words:
        return
    for stretch in _stretches(incident):
        if stretch[0] == "day":
            yield from (("name", word, stretch) for word in sorted(incident.report.head))


def _cells(place: Place) -> Iterator[Hashable]:
    """The province, and for points the square of half a degree with its neighbours to the north and east."""
    yield place.country, place.name if place.kind == "admin1" else place.admin1
    if specificity(place) >= 3:
        lat, lon = int(place.lat * 2), int(place.lon * 2)
        yield from ((lat + i, lon + j) for i in (0, 1) for j in (0, 1))


def _families(incident: Incident) -> list[int]:
    acts = incident.scene.acts if incident.scene else incident.acts
    return [n for n, family in enumerate(FAMILIES) if not acts.isdisjoint(family)]


def _stretches(incident: Incident) -> Iterator[tuple[str, int]]:
    """Numbers of stretches of days, each with the one after it, so that days next to each other meet.

    What is known to the day meets by days and by longer stretches, what is known less well by those alone.
    """
    days = incident.scene.days if incident.scene else incident.days
    if days and days.days <= _LONG_DAYS:
        start, end = days
    elif incident.report.published:
        start, end = incident.report.published - timedelta(days=_NEWS_DAYS), incident.report.published
    else:
        yield "none", 0
        return
    if (end - start).days < max(_FINE_DAYS, _NEWS_DAYS + 1):
        yield from (("day", number) for number in _numbers(start, end, 1))
    yield from (("days", number) for number in _numbers(start, end, _BUCKET_DAYS))
    yield from (("month", number) for number in _numbers(start, end, _MONTH))


def _numbers(start: date, end: date, length: int) -> range:
    return range(start.toordinal() // length, end.toordinal() // length + 2)


def _orders(incident: Incident) -> tuple[int, int]:
    """Its place in two orders: by place, day, kind of act and toll; and by the smallest hash of its words and persons."""
    told = incident.scene or incident
    place = next((place.id for place in told.places or told.around or incident.report.places), "")
    day = told.days.start if told.days else incident.report.published
    toll = max((f.best for f in incident.claim.figures if f.measure in incident.tolls and f.best is not None), default=0.0)
    family = next(iter(_families(incident)), len(FAMILIES))
    scene = ((_hash(place) >> 2) & 0xFFFF) << 44 | (day.toordinal() if day else 0) << 20 | family << 16 | int(min(toll, 65535.0))
    words = min((_hash(word) for word in incident.report.names or incident.words), default=0)
    return scene, words


@lru_cache(maxsize=1 << 16)  # what a block shares is asked for once for each of its members
def _hash(key: Hashable) -> int:
    """A positive number with the two lowest bits free."""
    digest = blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "little") >> 1) & ~(_HEAD | _RARE)


def changed_by(old: Sequence[Keys | None], new: Sequence[Keys], lost: Sequence[Keys], touched: set[int]) -> set[int]:
    """Positions of incidents, beside those in `touched`, that are compared with others of them than before.

    In a large block those that come or go move others apart or together, and a key that too many share is none any more.
    `old`: the keys that each had before (None: it was not there); `lost`: those of incidents that are there no more.
    """
    count = len(new)
    nothing = np.empty(0, np.int64)
    before = Blocks([*(nothing if keys is None else keys for keys in old), *lost])
    after = Blocks(new)
    near = after.crowd_of(sorted(touched)) | before.crowd_of([*sorted(touched), *range(count, count + len(lost))])
    kept = np.ones(count + len(lost), np.bool_)
    kept[[*touched, *range(count, count + len(lost))]] = False
    changed = set()
    for position in sorted(near):
        if kept[position]:
            one, other = before.candidates(position), after.candidates(position)
            if not np.array_equal(one[kept[one]], other[kept[other]]):
                changed.add(position)
    return changed
