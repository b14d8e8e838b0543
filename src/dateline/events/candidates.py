"""Which incidents are worth comparing: those of one report, and those that share a place and days, a name, an operation or words.

Each incident has keys; incidents with a key in common are a block.  In a small block all are compared.  In a large one each
is compared with its neighbours in two orders, by place, day and toll, and by words: so the number of pairs grows with the
number of incidents, not with its square.  Whether two incidents are compared depends on their keys and on who else is in
their blocks, never on the order in which reports came.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

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
_DAY_BITS = 20, 24  # of the first order: those below the day, and those of the day
_AT_ONCE = 1024  # incidents whose pairs are found together

# The lowest bits of a key
_HEAD = 1  # the incident names no place: the word of the key stands in its report's head
_RARE = 2  # a key that says something only while few have it
_BITS = (1 << 63) - 1 & ~(_HEAD | _RARE)  # the rest


def keys_of(incident: Incident) -> Keys:
    """The keys of an incident: hashes, the same on every machine and in every process."""
    found = set(_keys(incident))
    found |= {key | _RARE for key in _rare_keys(incident)}
    found |= {key | _HEAD for key in _head_keys(incident)}
    return np.array([*_orders(incident), *sorted(found)], dtype=np.int64)


class Pairs(NamedTuple):
    """Pairs of incidents by their positions: `ones[n]` with `others[n]`, sorted, each once."""

    ones: NDArray[np.int64]
    others: NDArray[np.int64]


NO_PAIRS = Pairs(np.empty(0, np.int64), np.empty(0, np.int64))


class Blocks:
    """Who shares a key with whom, among incidents that are named by their positions: `keys[n]` are those of the n-th.

    An incident with no keys (an empty array) is in no block.  Of the keys only those that two incidents have are kept: most are
    one incident's alone.
    """

    def __init__(self, keys: Sequence[Keys]) -> None:
        self._count = len(keys)
        counts = np.array([max(0, len(some) - _ORDERS) for some in keys], dtype=np.int64)
        flat = np.concatenate([some[_ORDERS:] for some in keys]) if keys else np.empty(0, np.int64)
        names, owners, in_head = _shared(flat, np.repeat(np.arange(len(keys), dtype=np.int32), counts))
        starts = _starts(names)
        self._bounds = np.append(starts, len(names))
        sizes = np.diff(self._bounds)
        rare = (names[starts] & _RARE) != 0
        self._is_large = sizes > _LARGEST_BLOCK
        self._used = ~(rare & self._is_large)
        self._members = owners
        self._in_head = in_head
        self._block = np.repeat(np.arange(len(starts), dtype=np.int32), sizes)
        self._entries = np.argsort(owners, kind="stable").astype(np.int32)  # those of the first incident, those of the second ...
        self._first = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=len(keys)))))
        self._sorted = [self._by_order(keys, number) for number in range(_ORDERS)]
        self.days = _days([int(some[0]) if len(some) else 0 for some in keys])

    def candidates(self, position: int) -> NDArray[np.int64]:
        """The positions of the incidents that one is compared with, in order."""
        return self.pairs(np.array([position])).others

    def pairs(self, positions: NDArray[np.int64], *, after: bool = False) -> Pairs:
        """Each of these incidents with all that it is compared with; with `after`, with those of greater positions alone."""
        entries = self._entries_of(positions)
        entries = entries[self._used[self._block[entries]]]
        large = self._is_large[self._block[entries]]
        small, crowded = entries[~large], entries[large]
        starts = small.astype(np.int64) + 1 if after else self._bounds[self._block[small]]  # by position in each block
        found = [self._expand(small, starts, self._bounds[self._block[small] + 1], None)]
        for order, places in self._sorted:
            block, place = self._block[crowded], places[crowded].astype(np.int64)
            starts = np.maximum(self._bounds[block], place - _NEIGHBOURS)
            ends = np.minimum(self._bounds[block + 1], place + _NEIGHBOURS + 1)
            found.append(self._expand(crowded, starts, ends, order))
        codes = np.sort(np.concatenate(found))  # np.unique takes a table of hashes, which is slower for so many
        codes = codes[np.diff(codes, prepend=-1) > 0]
        ones, others = codes // max(1, self._count), codes % max(1, self._count)
        apart = others > ones if after else ones != others
        return Pairs(ones[apart], others[apart])

    def crowd_of(self, positions: Sequence[int]) -> set[int]:
        """All who share a large block with one of these."""
        blocks = np.unique(self._block[self._entries_of(np.array(positions, dtype=np.int64))])
        found: set[int] = set()
        for block in blocks[self._is_large[blocks]].tolist():
            found.update(self._members[self._bounds[block] : self._bounds[block + 1]].tolist())
        return found

    def _entries_of(self, positions: NDArray[np.int64]) -> NDArray[np.int32]:
        found: NDArray[np.int32] = self._entries[_ranges(self._first[positions], self._first[positions + 1])]
        return found

    def _expand(
        self, entries: NDArray[np.int32], starts: NDArray[np.int64], ends: NDArray[np.int64], order: NDArray[np.int32] | None
    ) -> NDArray[np.int64]:
        """Pairs (one * number of incidents + other) of the entries' owners with the members of some entries of their blocks."""
        one = np.repeat(entries, ends - starts)
        other = _ranges(starts, ends) if order is None else order[_ranges(starts, ends)]
        telling = ~(self._in_head[one] & self._in_head[other])  # two heads with a word in common say little
        codes: NDArray[np.int64] = self._members[one[telling]].astype(np.int64) * self._count + self._members[other[telling]]
        return codes

    def _by_order(self, keys: Sequence[Keys], number: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """All entries, those of each large block sorted by one of the orders; and the place of each entry among them."""
        entries = np.arange(len(self._members), dtype=np.int32)
        large = entries[self._is_large[self._block]]
        ranks = np.array([some[number] if len(some) else 0 for some in keys], dtype=np.int64)
        members = self._members[large]
        entries[large] = large[np.lexsort((members, ranks[members], self._block[large]))]
        places = np.empty(len(entries), np.int32)
        places[entries] = np.arange(len(entries), dtype=np.int32)
        return entries, places


def _shared(flat: Keys, owners: NDArray[np.int32]) -> tuple[Keys, NDArray[np.int32], NDArray[np.bool_]]:
    """The keys that more than one incident has, those of one block together; who has each, and whether it stands in a head."""
    order = np.argsort(flat & ~_HEAD, kind="stable")  # the owners of each stay in order
    names = (flat & ~_HEAD)[order]
    same = names[1:] == names[:-1]
    held = np.concatenate(([False], same)) | np.concatenate((same, [False])) if len(names) else np.empty(0, np.bool_)
    order = order[held]
    return names[held], owners[order], (flat[order] & _HEAD) != 0


def _starts(names: Keys) -> NDArray[np.int64]:
    """Where each block begins."""
    return np.flatnonzero(np.concatenate(([True], names[1:] != names[:-1]))) if len(names) else np.empty(0, np.int64)


def _ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """All numbers from each start up to its end."""
    counts = ends - starts
    shifts = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) if len(counts) else starts
    numbers: NDArray[np.int64] = np.arange(len(shifts), dtype=np.int64) + shifts
    return numbers


def _keys(incident: Incident) -> Iterator[int]:
    yield _hash(("report", incident.report.id))
    scene = incident.scene
    if scene is None or scene.first != incident.claim.id:
        return  # the first claim stands for the scene
    if scene.operation:
        yield _hash(("operation", scene.operation))
    if incident.words:
        yield _hash(("words", *sorted(incident.words)))
    stretches = list(_stretches(incident))
    months = [stretch for stretch in stretches if stretch[0] == "month"]
    yield from _together((("person", name) for name in incident.report.names), months)
    if scene.main:
        signs = incident.report.signs
        yield from _together((("street", word) for word in signs.streets), months)
        weeks = [stretch for stretch in stretches if stretch[0] == "days"]
        yield from _together((("proper", word) for word in signs.proper), weeks)
    days = [stretch for stretch in stretches if stretch[0] != "month"]
    names = {place.name.lower().split()[0] for place in scene.places if specificity(place) >= 3}
    yield from _together((("name", name) for name in names), days)
    single = [stretch for stretch in stretches if stretch[0] == "day"]
    families = _families(incident)
    for place in scene.places or scene.around or incident.report.places:
        yield from _together((("scene", cell) for cell in _cells(place)), days)
        yield from _together((("act", place.country, place.admin1, family) for family in families), single)


def _rare_keys(incident: Incident) -> Iterator[int]:
    """What is told of again after months: a person, wherever the name is not one of many."""
    if incident.scene and incident.scene.first == incident.claim.id:
        yield from (_hash(("person", name)) for name in incident.report.names)


def _head_keys(incident: Incident) -> Iterator[int]:
    """The words in the head of its report, for an incident with no place: one of them may be the place of another."""
    if incident.scene is None or incident.scene.first != incident.claim.id or incident.scene.place_words:
        return
    single = [stretch for stretch in _stretches(incident) if stretch[0] == "day"]
    yield from _together((("name", word) for word in incident.report.head), single)


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


def _days(orders: Sequence[int]) -> NDArray[np.int64]:
    """The day of each incident, by the first order: 0 where none is known."""
    below, width = _DAY_BITS
    days: NDArray[np.int64] = (np.array(orders, dtype=np.int64) >> below) & ((1 << width) - 1)
    return days


def _together(what: Iterable[Hashable], when: Iterable[Hashable]) -> Iterator[int]:
    """The hashes of keys that count in stretches of days, of those of their two parts: either part is in many keys."""
    stretches = [_hash(stretch) << 1 for stretch in when]
    for thing in what:
        number = _hash(thing)
        for stretch in stretches:
            yield (number ^ stretch) & _BITS


@lru_cache(maxsize=1 << 16)  # what a block shares is asked for once for each of its members
def _hash(key: Hashable) -> int:
    """A positive number with the two lowest bits free."""
    digest = blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1 & _BITS


def is_crowd(count: int) -> bool:
    """Whether of so many incidents of one block not all are compared with each other."""
    return count > _LARGEST_BLOCK


def changed_by(old: Sequence[Keys | None], after: Blocks, lost: Sequence[Keys], touched: set[int]) -> Pairs:
    """Pairs of incidents, neither of them in `touched`, that were candidates before and are none now, or the other way round.

    In a large block those that come or go move others apart or together, and a key that too many share is none any more.
    `old`: the keys that each had before (None: it was not there); `lost`: those of incidents that are there no more.  The smaller
    position comes first.
    """
    count = len(old)
    nothing = np.empty(0, np.int64)
    before = Blocks([*(nothing if keys is None else keys for keys in old), *lost])
    near = after.crowd_of(sorted(touched)) | before.crowd_of([*sorted(touched), *range(count, count + len(lost))])
    kept = np.ones(count + len(lost), np.bool_)
    kept[[*touched, *range(count, count + len(lost))]] = False
    asked = np.array(sorted(n for n in near if kept[n]), dtype=np.int64)
    changed = [np.empty(0, np.int64)]
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        was, now = (_codes(blocks.pairs(some, after=True), kept) for blocks in (before, after))
        changed.append(np.setxor1d(was, now, assume_unique=True))
    codes = np.concatenate(changed)
    return Pairs(codes // max(1, len(kept)), codes % max(1, len(kept)))


def _codes(pairs: Pairs, kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Pairs with those that are kept, each as one number."""
    codes: NDArray[np.int64] = (pairs.ones * len(kept) + pairs.others)[kept[pairs.others]]
    return codes
