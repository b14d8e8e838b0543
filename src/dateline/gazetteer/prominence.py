"""How much places are talked of in general, whatever a report says of them."""

import math

from dateline.gazetteer.layer import Entry
from dateline.model.place import PlaceKind

NATURAL: frozenset[PlaceKind] = frozenset({"mountain", "desert", "valley", "water"})
"""Kinds that never stand for a settlement of the same name, nor it for them."""

# In powers of ten of people; set on LGL and TR-News.
ADMIN_FACTOR = {"admin1": -0.6, "admin2": -1.6}
LEAST_ADMIN = 4.8  # an area's people are the sum of its towns that the data knows, often too few
COUNTRY, CAPITAL = 3.0, 0.8
OWN = 6.5  # regions and natural features of the own tables: each was put there because reports name it
FEATURE = 1.5  # ranges, lakes, valleys and regions of a country's whole dump, most of which no report ever names


def prominence(entry: Entry) -> float:
    """How much a place is talked of in general, as a power of ten."""
    people = math.log10(entry.population + 10)
    if entry.kind == "country":
        return people + COUNTRY
    if entry.kind in ADMIN_FACTOR:
        return max(people, LEAST_ADMIN) + ADMIN_FACTOR[entry.kind]
    if entry.rank == "own":
        return OWN
    if entry.kind in NATURAL or entry.kind in {"region", "area"}:
        return people + FEATURE
    return people + CAPITAL * (entry.rank == "capital")
