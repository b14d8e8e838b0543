"""The claims of one report that tell of one act: a scene.  Scenes are what is compared between reports.

A claim alone says little ("He died at the hospital."): the day, the place, the figures and the names of one act are spread
over a report.  Scenes never depend on other reports.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import chain, combinations

from dateline.events.compare import in_report
from dateline.events.facts import Incident, Scene, facts_of, plain
from dateline.events.places import specificity
from dateline.events.times import Days
from dateline.model import Figure, Place, Reading

JOINED = 0.0  # average log odds from which on two groups of claims are one scene: more likely one act than not
_SITE = 4  # specificity
_NEVER = float("-inf")
_SMALL_WORDS = frozenset("area city district governorate neighborhood neighbourhood province region town village".split())


def incidents_of(reading: Reading) -> tuple[Incident, ...]:
    """The incident claims of a reading with what they are compared by, in the order of their keys."""
    return with_scenes(facts_of(reading))


def with_scenes(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """The incidents of one report, in the order of their keys, each with its scene."""
    ordered = sorted(incidents, key=lambda incident: incident.key)
    groups = _groups(ordered)
    main = _main(groups, ordered)
    scenes = {n: scene for group in groups for scene in [_scene([ordered[m] for m in group], group is main)] for n in group}
    return tuple(incident._replace(scene=scenes[n]) for n, incident in enumerate(ordered))


def _groups(ordered: Sequence[Incident]) -> list[list[int]]:
    """Positions of the claims of each scene: average linkage, the best first, of equals the first in the text."""
    sums = {(a, b): _log_odds(ordered[a], ordered[b]) for a, b in combinations(range(len(ordered)), 2)}
    members = {n: [n] for n in range(len(ordered))}
    waiting: list[tuple[float, int, int, int]] = []  # minus the average, the two groups, and how many pairs they had then

    def wait(a: int, b: int) -> None:
        pairs = len(members[a]) * len(members[b])
        if sums[a, b] >= JOINED * pairs:
            heappush(waiting, (-sums[a, b] / pairs, a, b, pairs))

    for a, b in sums:
        wait(a, b)
    while waiting:
        _, kept, gone, pairs = heappop(waiting)
        if kept not in members or gone not in members or pairs != len(members[kept]) * len(members[gone]):
            continue  # one of them has grown, or is part of another
        members[kept] = sorted(members[kept] + members.pop(gone))
        for other in members:
            if other != kept:
                lost = sums[min(other, gone), max(other, gone)]
                held = (min(other, kept), max(other, kept))
                sums[held] = _NEVER if _NEVER in (lost, sums[held]) else sums[held] + lost
                wait(*held)
    return list(members.values())


def _log_odds(a: Incident, b: Incident) -> float:
    found = in_report(a, b)
    return _NEVER if found is None else found


def _main(groups: Sequence[list[int]], ordered: Sequence[Incident]) -> list[int] | None:
    """The scene that the report is about: of those told as news the one of most claims of harm, then of most, then the first."""
    news = [g for g in groups if not all(ordered[n].claim.background or ordered[n].claim.certainty == "denied" for n in g)]
    return max(news, key=lambda g: (sum(ordered[n].harm for n in g), len(g), -g[0]), default=None)


def _scene(claims: Sequence[Incident], main: bool) -> Scene:
    told = [i for i in claims if i.claim.certainty != "denied"] or claims
    first = told[0]
    operation = next((i.claim.operation for i in told if i.claim.operation), None)
    places = tuple({p.id: p for i in told for p in i.places}.values())
    fewest = min((len(i.places) for i in told if i.places), default=0)
    finest = tuple({p.id: p for i in told if i.places and len(i.places) == fewest for p in i.places}.values())
    words = frozenset[str]().union(*(i.place_words for i in told))
    return Scene(
        first=first.claim.id,
        main=main,
        background=all(i.claim.background for i in told),
        denied=all(i.claim.certainty == "denied" for i in told),
        acts=frozenset[str]().union(*(i.acts for i in told)),
        days=_days([i.days for i in told if i.days]),
        operation=next((i.operation for i in told if i.operation), None),
        phase=operation.phase if operation else None,
        places=finest,
        place_words=words,
        sites=frozenset(w for w in words - _of_areas(told) if _is_site(w, places)),
        unplaced=any(len(i.places) < len(i.claim.places) for i in told),
        around=first.around if not places else (),
        initiators=frozenset[str]().union(*(i.initiators for i in told)),
        targets=frozenset[str]().union(*(i.targets for i in told)),
        initiator=tuple({r.name: r for i in told for r in i.claim.initiator}.values()),
        target=tuple({r.name: r for i in told for r in i.claim.target}.values()),
        figures=tuple(_distinct(chain.from_iterable(i.claim.figures for i in told))),
        tolls=frozenset[str]().union(*(i.tolls for i in told)),
        persons=frozenset[str]().union(*(i.persons for i in told)),
        words=frozenset[str]().union(*(i.words for i in told)),
        names=frozenset[str]().union(*(i.names for i in told)),
    )


def _days(told: Sequence[Days]) -> Days | None:
    """The stretch that all claims share; where they share none, the shortest, then the first."""
    if not told:
        return None
    start, end = max(d.start for d in told), min(d.end for d in told)
    return Days(start, end) if start <= end else min(told, key=lambda d: (d.days, d))


def _of_areas(told: Iterable[Incident]) -> frozenset[str]:
    """The words that the gazetteer took for towns and areas, however they are called there: "u.s.", "the capital"."""
    refs = (ref for i in told for ref in i.claim.places)
    return frozenset(plain(ref.words) for ref in refs if ref.place and specificity(ref.place) < _SITE)


def _is_site(words: str, places: Sequence[Place]) -> bool:
    """Words for a place within a town, which the gazetteer mostly does not hold: "al-shifa hospital", "market"."""
    known = any(p.name.lower() in words for p in places if specificity(p) < _SITE)
    return not known and not set(words.split()) <= _SMALL_WORDS


def _distinct(figures: Iterable[Figure]) -> Iterable[Figure]:
    return {(f.measure, f.object, f.unit, f.low, f.best, f.high): f for f in figures if f.part_of is None}.values()


def main_claims(incidents: Iterable[Incident]) -> tuple[str, ...]:
    """The claims of the act that a report is about, of its incidents with their scenes, in their order; none where it tells
    of none."""
    return tuple(i.claim.id for i in incidents if i.scene and i.scene.main and i.claim.certainty != "denied")
