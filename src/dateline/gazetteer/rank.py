"""Chooses the place that a name means in one report.

Every candidate gets a score in powers of ten: how much the place is talked of in general (people, rank), then what the
report says of it: the area it is put into ("Albany, Georgia"), the kind of place it is said to be ("Diyala province"), and
the countries and provinces of the report's other places.  The choice is made twice: the first round counts the areas, the
second uses them.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from dateline.gazetteer.layer import BARE, CORE, SKELETON, Entry
from dateline.gazetteer.lookup import NATURAL, Candidate
from dateline.model.place import PlaceKind

# Weights, in powers of ten of people; set on LGL and TR-News.
ADMIN_FACTOR = {"admin1": -0.6, "admin2": -1.6}
LEAST_ADMIN = 4.8  # an area's people are the sum of its towns that the data knows, often too few
COUNTRY, CAPITAL = 3.0, 0.8
OWN = 6.5  # regions and natural features of the own tables: each was put there because reports name it
FEATURE = 1.5  # ranges, lakes, valleys and regions of a country's whole dump, most of which no report ever names
TIERS = {CORE: -0.2, BARE: -0.5, SKELETON: -1.5}
LOOSE = frozenset({BARE, SKELETON})
UNLIKE = 4.0  # for a spelling with nothing in common
KIN = 0.15  # consonants alone do not bring a country into the report: its share of the other names must be this
OTHER_NAME = -1.0
INSIDE = 8.0
SAME_COUNTRY, SAME_ADMIN1 = 2.5, 3.0
WANTED_KIND, OTHER_KIND = 4.0, -3.0
SEAT_SHARE, SEAT_LEAD = 10, 0.3  # a tenth of the people; then the town leads by so much
ROUNDS = 2
SURE, UNSURE_WEIGHT = 1.5, 0.4  # a lead by which a choice counts fully for its neighbours; else by this
SMALL = 5.7
"""A place less known than this, in powers of ten, is not believed against all other evidence of the report."""
SMALL_BY_OTHER_NAME = 6.5
"""The same for one that the report calls by another name than its main one: it is more often somewhere else's name."""
EVIDENCE = 1.0
"""How much the other names must weigh to speak against a small place of a country that none of them lies in."""
LEAST = 2.0
"""Below this score a name stays unresolved: a hamlet that nothing in the report speaks for."""


class Asked(NamedTuple):
    """A name as one report uses it: its candidates, kinds that its words say, areas that it is put into.

    `areas` are countries and admin areas of the first level; `weight` is how much the name counts for its neighbours;
    `fixed` is the place of a name that can mean no other (a demonym); `vague` where the name is a mere direction ("North
    West"), a region of many countries.
    """

    candidates: tuple[Candidate, ...]
    kinds: frozenset[PlaceKind] = frozenset()
    areas: tuple[Entry, ...] = ()
    weight: float = 1.0
    fixed: Entry | None = None
    vague: bool = False


class Scored(NamedTuple):
    """A candidate with its score and the reasons for it; `loose` where its consonants alone agree with the name."""

    entry: Entry
    score: float
    why: str
    loose: bool = False


class Votes(NamedTuple):
    """How much the report's places speak for each country and admin area; `weight` is that of all of them."""

    countries: dict[str, float]
    admin1: dict[str, float]
    weight: float = 0.0


def choose(names: Sequence[Asked]) -> list[tuple[Scored, ...]]:
    """For each name its candidates, best first; empty where none reaches LEAST or fits the kind that the words say."""
    chosen = [_scored(asked, Votes({}, {})) for asked in names]
    for _ in range(ROUNDS):
        ballots = [_ballot(asked, scored) for asked, scored in zip(names, chosen, strict=True)]
        whole = _sum(ballots)
        chosen = [_scored(asked, _shares(whole, own)) for asked, own in zip(names, ballots, strict=True)]
    return chosen


class _Ballot(NamedTuple):
    """What one name speaks for: a country, a code of an admin area within it ("" for none), and its weight."""

    country: str
    admin1: str
    weight: float


def _ballot(asked: Asked, scored: tuple[Scored, ...]) -> _Ballot:
    if not scored or scored[0].loose or not scored[0].entry.country:
        return _Ballot("", "", 0.0)
    best = scored[0].entry
    margin = scored[0].score - scored[1].score if len(scored) > 1 else SURE
    sure = margin >= SURE or bool(asked.areas)
    return _Ballot(best.country, best.admin1, asked.weight * (1.0 if sure else UNSURE_WEIGHT))


def _sum(ballots: Sequence[_Ballot]) -> Votes:
    countries: dict[str, float] = defaultdict(float)
    admin1: dict[str, float] = defaultdict(float)
    for ballot in ballots:
        countries[ballot.country] += ballot.weight
        if ballot.admin1:
            admin1[f"{ballot.country}.{ballot.admin1}"] += ballot.weight
    return Votes(countries, admin1)


def _shares(whole: Votes, own: _Ballot) -> Votes:
    """The shares of the other names' votes: a name is no witness for itself."""
    weight = sum(whole.countries.values()) - own.weight
    total = max(weight, 1.0)
    code = f"{own.country}.{own.admin1}"
    countries = {k: (v - own.weight * (k == own.country)) / total for k, v in whole.countries.items() if k}
    return Votes(countries, {k: (v - own.weight * (k == code)) / total for k, v in whole.admin1.items()}, weight)


def _scored(asked: Asked, votes: Votes) -> tuple[Scored, ...]:
    if asked.fixed is not None:
        return (Scored(asked.fixed, COUNTRY + LEAST, "means this place alone"),)
    believed = [candidate for candidate in asked.candidates if _is_believed(candidate, asked, votes)]
    scored = [_score(candidate, asked, votes) for candidate in believed]
    fitting = [s for s in scored if s.score >= LEAST and _fits(s.entry, asked.kinds)]
    seated = fitting if asked.kinds else [_behind_seat(s, fitting) for s in fitting]
    return tuple(sorted(seated, key=lambda s: (-s.score, s.entry.id)))


def _is_believed(candidate: Candidate, asked: Asked, votes: Votes) -> bool:
    """Does the rest of the report allow a place of this country?  A wrong point on the map is worse than none.

    What only sounds alike needs other names of the country; a small place of the very name may stand alone, but not where
    all other names, of some weight, lie elsewhere.
    """
    entry = candidate.entry
    share = votes.countries.get(entry.country, 0.0)
    if candidate.tier in LOOSE or asked.vague:
        return share >= KIN
    small = prominence(entry) < (SMALL if candidate.main else SMALL_BY_OTHER_NAME)
    if not small or not entry.country or any(inside(entry, area) for area in asked.areas):
        return True
    return share > 0.0 or votes.weight < EVIDENCE


def _behind_seat(scored: Scored, others: Sequence[Scored]) -> Scored:
    """A province or district after the town that gives it its name, where a good part of its people live in that town."""
    area = scored.entry
    if area.kind not in ADMIN_FACTOR:
        return scored
    towns = [s for s in others if s.entry.kind == "settlement" and inside(s.entry, area)]
    seats = [s.score for s in towns if s.entry.population * SEAT_SHARE >= area.population]
    if not seats or scored.score <= max(seats) - SEAT_LEAD:
        return scored
    return scored._replace(score=max(seats) - SEAT_LEAD, why=f"{scored.why}; behind the town of the same name")


def _fits(entry: Entry, kinds: frozenset[PlaceKind]) -> bool:
    """A mountain is never a village, nor a lake a district."""
    return not (kinds & NATURAL) or entry.kind in kinds


def _score(candidate: Candidate, asked: Asked, votes: Votes) -> Scored:
    entry = candidate.entry
    parts = [(prominence(entry), f"{entry.kind} of {entry.population:,}")]
    if tier := TIERS.get(candidate.tier, 0.0):
        parts.append((tier - UNLIKE * (1 - candidate.likeness), "loose spelling"))
    if not candidate.main:
        parts.append((OTHER_NAME, "other name"))
    if asked.areas and any(inside(entry, area) for area in asked.areas):
        parts.append((INSIDE, "in the area named with it"))
    if asked.kinds:
        parts.append((WANTED_KIND, "of the kind named") if entry.kind in asked.kinds else (OTHER_KIND, "of another kind"))
    if entry.kind != "country":
        parts.append((SAME_COUNTRY * math.sqrt(max(votes.countries.get(entry.country, 0.0), 0.0)), "country of the report"))
        share = votes.admin1.get(f"{entry.country}.{entry.admin1}", 0.0) if entry.admin1 else 0.0
        parts.append((SAME_ADMIN1 * math.sqrt(max(share, 0.0)), "province of the report"))
    told = [f"{what} {value:+.1f}" for value, what in parts if abs(value) >= 0.05]
    return Scored(entry, sum(value for value, _ in parts), "; ".join(told), candidate.tier in LOOSE)


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


def inside(entry: Entry, area: Entry) -> bool:
    """Does `area` contain the place (and is not the place itself)?"""
    if entry.id == area.id or entry.country != area.country:
        return False
    return area.kind == "country" or (area.admin1 == entry.admin1 and entry.kind != "admin1")
