"""Profiles of incidents: what two of them may have in common, as rows of numbers of one length.

Most pairs of candidates are far from being one event, and a profile is enough to see it: `sieve.py` looks at many thousand pairs
at once, and the facts of none of them are read.  A set is kept as bits, one for each of its members, by a hash: two sets that
share no bit share no member, and with the bits that fell together counted besides, how many members they can share at most is
known for certain.

The same incidents are the same bytes on every machine.  Whoever changes what stands in a profile counts `facts.VERSION` up.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.events.between import size_of
from dateline.events.facts import Incident, Scene
from dateline.events.likeness import MANY, SOME
from dateline.events.places import POINT, reach, specificity
from dateline.lexicon.codebook import built_in
from dateline.model import Place
from dateline.model.place import whole_of

Profiles = NDArray[np.void]
"""Rows of PROFILE, one for each incident."""

WIDE = 256  # bits of a set of many members
NARROW = 64  # of a set of few
EVERYTHING = (1 << 64) - 1
OTHER_TYPE = 63  # the bit of all types of event that are none of Dateline's

PROFILE = np.dtype(
    [
        ("report", "<u8"),  # hashes
        ("scene", "<u8"),
        ("operation", "<u8"),  # 0: none
        ("start", "<i4"),  # days, by ordinal; 0: none known
        ("end", "<i4"),
        ("published", "<i4"),
        ("types", "<u8"),  # kinds of act, a bit for each (`type_bit`)
        ("words", "<u8", (WIDE // 64,)),
        ("proper", "<u8", (WIDE // 64,)),
        ("names", "<u8"),
        ("persons", "<u8"),
        ("streets", "<u8"),
        ("ages", "<u8"),  # modulo 64
        ("hours", "<u8"),  # a bit for each
        ("sites", "<u8"),
        ("places", "<u8"),  # of the scene; where it has none, those that stand in for it
        ("areas", "<u8"),  # countries of those that may contain others or be parts of them
        ("countries", "<u8"),
        ("report_places", "<u8"),
        ("place_names", "<u8"),  # the first words of their names
        ("head", "<u8"),
        ("initiators", "<u8"),
        ("targets", "<u8"),
        ("large", "<u8"),  # figures with their measures, by size
        ("middle", "<u8"),
        ("small", "<u8"),
        ("south", "<f8"),  # degrees: the box around the places
        ("north", "<f8"),
        ("west", "<f8"),
        ("east", "<f8"),
        ("reach", "<f8"),  # km, of the place that reaches farthest
        ("counts", "<u4", (4,)),  # of members of COUNTED
        ("lost", "<u4", (4,)),  # and of those whose bit another member has
        ("denied", "?"),  # the claim
        ("main", "?"),
        ("background", "?"),
        ("placed", "?"),  # it has places with coordinates
        ("bare", "?"),  # it names no place at all
        ("rare", "?"),  # its report has rare words
        ("sizes", "u1"),  # of its own places: bits in the order of SIZES
    ]
)
COUNTED = ("words", "proper", "names", "persons")
SIZES = ("same_country", "same_area", "same_city", "same_large_town", "same_place")


def profiles_of(incidents: Sequence[Incident]) -> Profiles:
    """The profiles of incidents that have their scenes."""
    return np.array([_profile(incident) for incident in incidents], dtype=PROFILE)


def _profile(incident: Incident) -> tuple[Any, ...]:
    """In the order of PROFILE."""
    scene, report = incident.scene, incident.report
    if scene is None:
        raise ValueError("a profile is that of an incident with its scene: call with_scenes first")
    signs = report.signs
    counted = (scene.words, signs.proper, scene.names, signs.persons)
    bits = tuple(_bits(members, WIDE if n < 2 else NARROW) for n, members in enumerate(counted))
    stand_in = scene.places or scene.around or report.places
    days = scene.days
    return (
        _hash(report.id),
        _hash(scene.first),
        _hash(scene.operation) if scene.operation else 0,
        days.start.toordinal() if days else 0,
        days.end.toordinal() if days else 0,
        report.published.toordinal() if report.published else 0,
        _or(1 << type_bit(name) for name in scene.acts),
        _in_words(bits[0]),
        _in_words(bits[1]),
        bits[2],
        bits[3],
        _bits(signs.streets, NARROW),
        _or(1 << age % NARROW for age in signs.ages),
        _or(1 << hour for hour in signs.hours),
        _bits(scene.sites, NARROW),
        _bits((place.id for place in stand_in), NARROW),
        _wide_in(stand_in),
        _bits((place.country or "" for place in stand_in), NARROW),
        _bits((place.id for place in report.places), NARROW),
        _bits((next(iter(place.name.lower().split()), "") for place in scene.places), NARROW),
        _bits((*report.head, ""), NARROW),
        _bits(scene.initiators, NARROW),
        _bits(scene.targets, NARROW),
        *_figures(scene),
        min((place.lat for place in stand_in), default=0.0),
        max((place.lat for place in stand_in), default=0.0),
        min((place.lon for place in stand_in), default=0.0),
        max((place.lon for place in stand_in), default=0.0),
        max((reach(place) for place in stand_in), default=0.0),
        tuple(map(len, counted)),
        tuple(len(members) - some.bit_count() for members, some in zip(counted, bits, strict=True)),
        incident.claim.certainty == "denied",
        scene.main,
        scene.background,
        bool(scene.places),
        not scene.places and not scene.place_words,
        bool(signs.weight),
        _or(1 << SIZES.index(size_of(place)) for place in scene.places),
    )


@lru_cache(maxsize=4096)
def type_bit(name: str) -> int:
    """The bit of a type of event: one for each of Dateline's, and one for all others."""
    known = sorted(built_in().names("event_types"))[:OTHER_TYPE]
    return known.index(name) if name in known else OTHER_TYPE


def _figures(scene: Scene) -> tuple[int, int, int]:
    """Numbers that another scene can give too, by how much that says."""
    of: tuple[list[str], list[str], list[str]] = [], [], []
    for figure in scene.figures:
        if figure.best is not None:
            of[0 if figure.best >= MANY else 1 if figure.best >= SOME else 2].append(f"{figure.measure} {figure.best!r}")
    large, middle, small = (_bits(some, NARROW) for some in of)
    return large, middle, small


def _wide_in(places: Iterable[Place]) -> int:
    """The countries of those that may contain others or be a part of them: all but towns and villages."""
    some = list(places)
    if any(whole_of(place) != place.id for place in some):
        return EVERYTHING  # a part and its whole go by their ids
    return _bits((place.country or "" for place in some if specificity(place) != POINT), NARROW)


def _bits(members: Iterable[str], width: int) -> int:
    return _or(1 << crc32(word.encode("utf-8", "surrogatepass")) % width for word in members)


def _or(some: Iterable[int]) -> int:
    bits = 0
    for bit in some:
        bits |= bit
    return bits


def _in_words(bits: int) -> tuple[int, ...]:
    return tuple(bits >> 64 * n & EVERYTHING for n in range(WIDE // 64))


@lru_cache(maxsize=1 << 12)
def _hash(name: str) -> int:
    """A number other than 0."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1
