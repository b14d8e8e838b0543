"""Which incidents are worth comparing: those of one report, and those that share a place and time, an operation or a sentence."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from dateline.events.facts import Incident
from dateline.events.places import specificity
from dateline.model import Place

_LARGEST_BLOCK = 60  # incidents in a block that are all compared; in a larger one each is compared with its neighbours
_NEIGHBOURS = 30
_BUCKET_DAYS = 4
_LONG_DAYS = 31  # an incident that may be on any of more days is not looked up by day


def candidate_pairs(incidents: Sequence[Incident]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `incidents`, each once, smaller first; how many grows with the number of incidents, not its square.

    `incidents` must be in the order of their keys.
    """
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    heads: dict[Hashable, list[int]] = defaultdict(list)
    for position, incident in enumerate(incidents):
        for key in dict.fromkeys(_keys(incident)):
            blocks[key].append(position)
        for key in dict.fromkeys(_head_keys(incident)):
            heads[key].append(position)
    for key in heads.keys() & blocks.keys():
        blocks[key] = sorted({*blocks[key], *heads[key]})
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for pair in _pairs(block):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _pairs(block: list[int]) -> Iterator[tuple[int, int]]:
    if len(block) <= _LARGEST_BLOCK:
        yield from combinations(block, 2)
        return
    for n, position in enumerate(block):
        for other in block[n + 1 : n + 1 + _NEIGHBOURS]:
            yield position, other


def _keys(incident: Incident) -> Iterator[Hashable]:
    yield "report", incident.report.id
    if incident.operation:
        yield "operation", incident.operation
    yield "words", incident.words
    for name in sorted(incident.report.names):
        yield "person", name
    buckets = list(_buckets(incident))
    for name in {place.name.lower() for place in incident.places if specificity(place) >= 3}:
        for bucket in buckets:
            yield "name", name.split()[0], bucket
    for place in incident.places or incident.around:
        for cell in _cells(place):
            for bucket in buckets:
                yield "scene", cell, bucket


def _head_keys(incident: Incident) -> Iterator[Hashable]:
    """The words in the head of its report, for an incident with no place: one of them may be the place of another."""
    if incident.claim.places:
        return
    for bucket in _buckets(incident):
        for word in sorted(incident.report.head):
            yield "name", word, bucket


def _cells(place: Place) -> Iterator[Hashable]:
    """The province, and for points the square of half a degree with its neighbours to the north and east."""
    yield place.country, place.name if place.kind == "admin1" else place.admin1
    if specificity(place) >= 3:
        lat, lon = int(place.lat * 2), int(place.lon * 2)
        yield from ((lat + i, lon + j) for i in (0, 1) for j in (0, 1))


def _buckets(incident: Incident) -> Iterator[int]:
    """Numbers of stretches of days, each with the one after it, so that days next to each other meet."""
    days = incident.days
    if days and days.days <= _LONG_DAYS:
        start, end = days
    elif incident.report.published:
        start, end = incident.report.published - timedelta(days=_BUCKET_DAYS), incident.report.published
    else:
        yield -1
        return
    first, last = _bucket(start), _bucket(end)
    yield from range(first, last + 2)


def _bucket(day: date) -> int:
    return day.toordinal() // _BUCKET_DAYS
