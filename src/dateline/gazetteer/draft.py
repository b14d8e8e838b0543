"""A place as its source gives it, before it is compiled."""

from dataclasses import dataclass, field
from typing import Literal

from dateline.model.place import PlaceKind

Rank = Literal["", "capital", "own"]
"""What speaks for a place beside its people: a capital; `own` for what somebody put there because reports name it."""

RADII: dict[PlaceKind, float] = {
    "settlement": 5.0, "admin2": 25.0, "admin1": 100.0, "country": 400.0, "mountain": 20.0, "water": 15.0, "valley": 20.0,
    "desert": 80.0, "region": 80.0, "area": 15.0,
}  # fmt: skip
"""Kilometres that a place of this kind typically reaches from its point, where its source says nothing better."""
SEATS = {"PPLC": 500_000, "PPLA": 100_000, "PPLA2": 20_000, "PPLA3": 5_000}
"""Weight of a seat of government (by GeoNames' feature code) whose people the source does not count."""


@dataclass(frozen=True)
class Draft:
    """A place as its source gives it."""

    id: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str = ""
    admin1: str = ""  # code within the country
    population: int = 0
    radius: float = 5.0
    rank: Rank = ""
    others: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # as good as the main name
    shipped: bool = field(default=True, compare=False)


def town_radius(population: int) -> float:
    """Kilometres that a town of so many people reaches."""
    return 15.0 if population >= 1_000_000 else 8.0 if population >= 100_000 else 5.0
