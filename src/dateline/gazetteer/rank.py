"""Chooses the place that a name means in one report.

Every candidate gets a score in powers of ten: how much the place is talked of in general (people, rank), then what the
report says of it: the area it is put into ("Albany, Georgia"), the kind of place it is said to be ("Diyala province"), and
the countries and provinces of the report's other places.  The choice is made twice: the first round counts the areas, the
second uses them.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

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
_LEAST_TOLD = 0.05
LEAST = 2.0
"""Below this score a name stays unresolved: a hamlet that nothing in the report speaks for."""


class Asked(Struct, frozen=True, gc=False):
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


class Weighed(Struct, frozen=True, gc=False):
    """A candidate with what its name and the words around it say, the same whatever else the report names.

    `fame` is the place's own weight, `parts` are further reasons with theirs, `sum` the weights together, `code` that of its
    admin area ("" for none); `loose` where its consonants alone agree with the name; `share` is how much of the report must speak
    for its country, and `alone` whether it needs that only where other names weigh enough to speak against it; `settled` why
    nothing else is looked at.
    """

    entry: Entry
    sum: float
    fame: float
    parts: tuple[tuple[float, str], ...]
    code: str
    loose: bool
    share: float
    alone: bool
    settled: str = ""


class Scored(Struct, frozen=True, gc=False):
    """A candidate with its score: its own weight, what the report's other places add to it, whether it stands behind a town."""

    entry: Entry
    score: float
    weighed: Weighed
    country: float = 0.0
    province: float = 0.0
    behind: bool = False

    @property
    def why(self) -> str:
        """The reasons in words, the place's own prominence first, those that weigh nothing left out."""
        if self.weighed.settled:
            return self.weighed.settled
        own = f"{self.entry.kind} of {self.entry.population:,}"
        weighed = self.weighed
        others = ((self.country, "country of the report"), (self.province, "province of the report"))
        parts = ((weighed.fame, own), *weighed.parts, *others)
        told = "; ".join([f"{what} {value:+.1f}" for value, what in parts if abs(value) >= _LEAST_TOLD])
        return f"{told}; behind the town of the same name" if self.behind else told


class Votes(Struct, frozen=True, gc=False):
    """How much a report's places speak for each country and admin area ("IQ.15"); `weight` is that of all of them."""

    countries: dict[str, float]
    admin1: dict[str, float]
    weight: float = 0.0


def choose(names: Sequence[Asked]) -> list[tuple[Scored, ...]]:
    """For each name its candidates, best first; empty where none reaches LEAST or fits the kind that the words say."""
    weighed = [_weighed(asked) for asked in names]
    votes, ballots = Votes({}, {}), [_NO_BALLOT] * len(names)
    scored = [_scored(*each, votes) for each in zip(names, weighed, ballots, strict=True)]
    for _ in range(ROUNDS):
        cast = [_ballot(asked, own) for asked, own in zip(names, scored, strict=True)]
        if cast == ballots:
            break  # the same votes bring the same scores
        votes, ballots = _sum(cast), cast
        scored = [_scored(*each, votes) for each in zip(names, weighed, ballots, strict=True)]
    return list(map(tuple, scored))


class _Ballot(Struct, frozen=True, gc=False):
    """What one name speaks for: a country, a code of an admin area ("IQ.15", "" for none), and its weight."""

    country: str
    admin1: str
    weight: float


_NO_BALLOT = _Ballot("", "", 0.0)


def _ballot(asked: Asked, scored: Sequence[Scored]) -> _Ballot:
    if not scored or scored[0].weighed.loose or not scored[0].entry.country:
        return _NO_BALLOT
    margin = scored[0].score - scored[1].score if len(scored) > 1 else SURE
    sure = margin >= SURE or bool(asked.areas)
    return _Ballot(scored[0].entry.country, scored[0].weighed.code, asked.weight * (1.0 if sure else UNSURE_WEIGHT))


def _code(entry: Entry) -> str:
    return f"{entry.country}.{entry.admin1}" if entry.admin1 else ""


def _sum(ballots: Sequence[_Ballot]) -> Votes:
    countries: dict[str, float] = defaultdict(float)
    admin1: dict[str, float] = defaultdict(float)
    for ballot in ballots:
        countries[ballot.country] += ballot.weight
        if ballot.admin1:
            admin1[ballot.admin1] += ballot.weight
    return Votes(countries, admin1, sum(countries.values()))


def _scored(asked: Asked, weighed: Sequence[Weighed], own: _Ballot, votes: Votes) -> list[Scored]:
    """The candidates that the evidence allows, best first; `own` is the name's ballot among the votes: no witness for itself."""
    if weighed and weighed[0].settled:
        return [Scored(one.entry, one.sum, one) for one in weighed]
    others = votes.weight - own.weight
    most, apart = max(others, 1.0), others < EVIDENCE
    countries, provinces = votes.countries, votes.admin1
    scored: list[Scored] = []
    for one in weighed:
        entry = one.entry
        share = countries.get(entry.country, 0.0)
        if share and entry.country == own.country:
            share -= own.weight
        share /= most
        if share < one.share and not (one.alone and apart):
            continue  # it needs other places of its country, and they are not there
        country = province = 0.0
        if entry.kind != "country":
            if share > 0.0:
                country = SAME_COUNTRY * math.sqrt(share)
            part = provinces.get(one.code, 0.0)
            if part and one.code == own.admin1:
                part -= own.weight
            if part > 0.0:
                province = SAME_ADMIN1 * math.sqrt(part / most)
        score = one.sum + country + province
        if score >= LEAST or asked.sure:
            scored.append(Scored(entry, score, one, country, province))
    if len(scored) > 1:
        if not asked.kinds and any(each.entry.kind in ADMIN_FACTOR for each in scored):
            scored = [_behind_seat(each, scored) for each in scored]
        scored.sort(key=_order)
    return scored


def _order(scored: Scored) -> tuple[float, str]:
    """The best first; those of one score by their ids."""
    return -scored.score, scored.entry.id


def _weighed(asked: Asked) -> Sequence[Weighed]:
    """The candidates that fit the kind that the words say; one alone where there is nothing to choose."""
    if asked.fixed is not None:
        return [_settled(asked.fixed, COUNTRY + LEAST, "means this place alone")]
    if meant := [c.entry for c in asked.candidates if c.tier == ALIAS]:
        return [_settled(entry, ALIAS_SCORE, "alias of the project") for entry in meant]
    if not (asked.kinds or asked.areas or asked.vague or asked.sure):
        return _weigh_alone(asked.candidates)
    return [_weigh(candidate, asked) for candidate in asked.candidates if _fits(candidate.entry, asked.kinds)]


def _settled(entry: Entry, score: float, why: str) -> Weighed:
    return Weighed(entry, score, score, (), _code(entry), False, _NONE, True, why)


@lru_cache(maxsize=16384)
def _weigh_alone(candidates: tuple[Candidate, ...]) -> Sequence[Weighed]:
    """The candidates of a name that no words around it say more of: the same in all reports."""
    return [_weigh(candidate, _BARE) for candidate in candidates]


def _weigh(candidate: Candidate, asked: Asked) -> Weighed:
    entry = candidate.entry
    within = any(inside(entry, area) for area in asked.areas)
    parts: list[tuple[float, str]] = []
    if tier := TIERS.get(candidate.tier, 0.0):
        parts.append((tier - UNLIKE * (1 - candidate.likeness), "loose spelling"))
    if not candidate.main:
        parts.append(_BY_OTHER_NAME)
    if within:
        parts.append((INSIDE, "in the area named with it"))
    if asked.kinds:
        parts.append((WANTED_KIND, "of the kind named") if entry.kind in asked.kinds else (OTHER_KIND, "of another kind"))
    share, alone = _needed(candidate, asked, within=within)
    weight = sum([value for value, _ in parts], start=candidate.fame)
    return Weighed(entry, weight, candidate.fame, tuple(parts), _code(entry), candidate.tier in LOOSE, share, alone)


_BARE = Asked(())
_BY_OTHER_NAME = (OTHER_NAME, "other name")
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
    return replace(scored, score=max(seats) - SEAT_LEAD, behind=True)


def _fits(entry: Entry, kinds: frozenset[PlaceKind]) -> bool:
    """A mountain is never a village, nor a lake a district."""
    return not (kinds & NATURAL) or entry.kind in kinds


def inside(entry: Entry, area: Entry) -> bool:
    """Does `area` contain the place (and is not the place itself)?"""
    if entry.id == area.id or entry.country != area.country:
        return False
    return area.kind == "country" or (area.admin1 == entry.admin1 and entry.kind != "admin1")
