"""Chooses the place that a name means in one report.

Every candidate gets a score in powers of ten: how much the place is talked of in general (people, rank), then what the
report says of it: the area it is put into ("Albany, Georgia"), the kind of place it is said to be ("Diyala province"), and
the countries and provinces of the report's other places.  The choice is made twice: the first round counts the areas, the
second uses them.
"""

import math
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline.gazetteer.layer import ALIAS, BARE, CORE, SKELETON, Entry
from dateline.gazetteer.lookup import Candidate
from dateline.gazetteer.prominence import ADMIN_FACTOR, COUNTRY, NATURAL
from dateline.model.place import PlaceKind

# Weights, in powers of ten of people; set on LGL and TR-News.
TIERS = {CORE: -0.2, BARE: -0.5, SKELETON: -1.5}
LOOSE = frozenset({BARE, SKELETON})
UNLIKE = 4.0  # for a spelling with nothing in common
KIN = 0.15  # consonants alone do not bring a country into the report: its share of the other names must be this
OTHER_NAME = -1.0
ALIAS_SCORE = 20.0  # above all that evidence can sum up to: somebody decided
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


class Asked(Struct, frozen=True):
    """A name as one report uses it: its candidates, kinds that its words say, areas that it is put into.

    `areas` are countries and admin areas of the first level; `weight` is how much the name counts for its neighbours;
    `fixed` is the place of a name that can mean no other (a demonym); `vague` where the name is a mere direction ("North
    West"), a region of many countries; `sure` where somebody said that it is a place, so that the likeliest is better than none.
    """

    candidates: tuple[Candidate, ...]
    kinds: frozenset[PlaceKind] = frozenset()
    areas: tuple[Entry, ...] = ()
    weight: float = 1.0
    fixed: Entry | None = None
    vague: bool = False
    sure: bool = False


class Scored(Struct, frozen=True):
    """A candidate with its score and the reasons for it; `loose` where its consonants alone agree with the name."""

    entry: Entry
    score: float
    why: str
    loose: bool = False


class Votes(Struct, frozen=True):
    """How much a report's places speak for each country and admin area ("IQ.15").

    `weight` is that of all of them, `most` what shares are counted of: a report of little weight speaks for little.
    """

    countries: dict[str, float]
    admin1: dict[str, float]
    weight: float = 0.0
    most: float = 1.0


class _Weighed(Struct, frozen=True):
    """A candidate with what its name and the words around it say, the same in every round.

    `parts` are the reasons with their weights, `sum` the weights together, `code` that of its admin area ("" for none);
    `share` is how much of the report must speak for its country, and `alone` whether it needs that only where other names
    weigh enough to speak against it.
    """

    entry: Entry
    sum: float
    parts: tuple[tuple[float, str], ...]
    code: str
    loose: bool
    share: float
    alone: bool


def choose(names: Sequence[Asked]) -> list[tuple[Scored, ...]]:
    """For each name its candidates, best first; empty where none reaches LEAST or fits the kind that the words say."""
    weighed = [_weighed(asked) for asked in names]
    chosen = [_scored(asked, own, Votes({}, {}), told=False) for asked, own in zip(names, weighed, strict=True)]
    for round in range(ROUNDS):
        ballots = [_ballot(asked, scored) for asked, scored in zip(names, chosen, strict=True)]
        votes = _sum(ballots)
        told = round == ROUNDS - 1
        chosen = [
            _scored(asked, own, _without(votes, ballot), told=told)
            for asked, own, ballot in zip(names, weighed, ballots, strict=True)
        ]
    return chosen


class _Ballot(Struct, frozen=True):
    """What one name speaks for: a country, a code of an admin area ("IQ.15", "" for none), and its weight."""

    country: str
    admin1: str
    weight: float


_NO_BALLOT = _Ballot("", "", 0.0)


def _ballot(asked: Asked, scored: tuple[Scored, ...]) -> _Ballot:
    if not scored or scored[0].loose or not scored[0].entry.country:
        return _NO_BALLOT
    margin = scored[0].score - scored[1].score if len(scored) > 1 else SURE
    sure = margin >= SURE or bool(asked.areas)
    return _Ballot(scored[0].entry.country, _code(scored[0].entry), asked.weight * (1.0 if sure else UNSURE_WEIGHT))


def _code(entry: Entry) -> str:
    return f"{entry.country}.{entry.admin1}" if entry.admin1 else ""


def _sum(ballots: Sequence[_Ballot]) -> Votes:
    countries: dict[str, float] = defaultdict(float)
    admin1: dict[str, float] = defaultdict(float)
    for ballot in ballots:
        countries[ballot.country] += ballot.weight
        if ballot.admin1:
            admin1[ballot.admin1] += ballot.weight
    weight = sum(countries.values())
    return Votes(countries, admin1, weight, max(weight, 1.0))


def _without(votes: Votes, own: _Ballot) -> Votes:
    """The votes of the other names: a name is no witness for itself."""
    if own is _NO_BALLOT:
        return votes
    countries = {**votes.countries, own.country: votes.countries[own.country] - own.weight}
    admin1 = {**votes.admin1, own.admin1: votes.admin1[own.admin1] - own.weight} if own.admin1 else votes.admin1
    weight = votes.weight - own.weight
    return Votes(countries, admin1, weight, max(weight, 1.0))


def _scored(asked: Asked, weighed: Sequence[_Weighed], votes: Votes, *, told: bool) -> tuple[Scored, ...]:
    """The candidates that the evidence allows, best first; reasons are written only where they are `told`."""
    if asked.fixed is not None:
        return (Scored(asked.fixed, COUNTRY + LEAST, "means this place alone"),)
    if meant := [c.entry for c in asked.candidates if c.tier == ALIAS]:
        return tuple(Scored(entry, ALIAS_SCORE, "alias of the project") for entry in meant)
    scored = [found for one in weighed if (found := _score(one, votes, told=told)) and (found.score >= LEAST or asked.sure)]
    if len(scored) < 2:
        return tuple(scored)
    seated = scored if asked.kinds else [_behind_seat(s, scored) for s in scored]
    return tuple(sorted(seated, key=lambda s: (-s.score, s.entry.id)))


def _weighed(asked: Asked) -> list[_Weighed]:
    """The candidates that fit the kind that the words say."""
    return [_weigh(candidate, asked) for candidate in asked.candidates if _fits(candidate.entry, asked.kinds)]


def _weigh(candidate: Candidate, asked: Asked) -> _Weighed:
    entry = candidate.entry
    within = any(inside(entry, area) for area in asked.areas)
    parts = [(candidate.fame, "")]
    if tier := TIERS.get(candidate.tier, 0.0):
        parts.append((tier - UNLIKE * (1 - candidate.likeness), "loose spelling"))
    if not candidate.main:
        parts.append((OTHER_NAME, "other name"))
    if within:
        parts.append((INSIDE, "in the area named with it"))
    if asked.kinds:
        parts.append((WANTED_KIND, "of the kind named") if entry.kind in asked.kinds else (OTHER_KIND, "of another kind"))
    share, alone = _needed(candidate, asked, within=within)
    weight = sum([value for value, _ in parts])
    return _Weighed(entry, weight, tuple(parts), _code(entry), candidate.tier in LOOSE, share, alone)


_NONE, _ANY = -math.inf, math.ulp(0.0)
"""No share is needed; one that is more than nothing."""


def _needed(candidate: Candidate, asked: Asked, *, within: bool) -> tuple[float, bool]:
    """The share of the other names that must lie in the place's country, and whether it may stand alone without them.

    A wrong point on the map is worse than none.  What only sounds alike needs other names of the country; a small place of
    the very name may stand alone, but not where all other names, of some weight, lie elsewhere.
    """
    if asked.sure and candidate.tier not in LOOSE:
        return _NONE, True
    if candidate.tier in LOOSE or asked.vague:
        return KIN, False
    small = candidate.fame < (SMALL if candidate.main else SMALL_BY_OTHER_NAME)
    return (_ANY, True) if small and candidate.entry.country and not within else (_NONE, True)


def _behind_seat(scored: Scored, others: Sequence[Scored]) -> Scored:
    """A province or district after the town that gives it its name, where a good part of its people live in that town."""
    area = scored.entry
    if area.kind not in ADMIN_FACTOR:
        return scored
    towns = [s for s in others if s.entry.kind == "settlement" and inside(s.entry, area)]
    seats = [s.score for s in towns if s.entry.population * SEAT_SHARE >= area.population]
    if not seats or scored.score <= max(seats) - SEAT_LEAD:
        return scored
    return replace(scored, score=max(seats) - SEAT_LEAD, why=f"{scored.why}; behind the town of the same name")


def _fits(entry: Entry, kinds: frozenset[PlaceKind]) -> bool:
    """A mountain is never a village, nor a lake a district."""
    return not (kinds & NATURAL) or entry.kind in kinds


def _score(one: _Weighed, votes: Votes, *, told: bool) -> Scored | None:
    """What the report's other places make of a candidate; None where it needs them and they are not there."""
    entry = one.entry
    share = votes.countries.get(entry.country, 0.0) / votes.most
    if share < one.share and not (one.alone and votes.weight < EVIDENCE):
        return None
    score, parts = one.sum, one.parts
    if entry.kind != "country":
        province = votes.admin1.get(one.code, 0.0) / votes.most
        country = SAME_COUNTRY * math.sqrt(share) if share > 0.0 else 0.0
        province = SAME_ADMIN1 * math.sqrt(province) if province > 0.0 else 0.0
        score += country
        score += province
        parts = (*parts, (country, "country of the report"), (province, "province of the report")) if told else parts
    return Scored(entry, score, _why(entry, parts) if told else "", one.loose)


def _why(entry: Entry, parts: Sequence[tuple[float, str]]) -> str:
    """The reasons in words, the place's own prominence first, those that weigh nothing left out."""
    told = ((what or f"{entry.kind} of {entry.population:,}", value) for value, what in parts if abs(value) >= 0.05)
    return "; ".join([f"{what} {value:+.1f}" for what, value in told])


def inside(entry: Entry, area: Entry) -> bool:
    """Does `area` contain the place (and is not the place itself)?"""
    if entry.id == area.id or entry.country != area.country:
        return False
    return area.kind == "country" or (area.admin1 == entry.admin1 and entry.kind != "admin1")
