"""Fields in which the claims of an event cannot all be right, side by side."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from dateline.events.compare import figures_fit
from dateline.events.facts import Incident
from dateline.events.places import nearness
from dateline.events.times import overlap
from dateline.lexicon.codebook import codebook
from dateline.model import Contradiction, Figure


def contradictions(incidents: Sequence[Incident]) -> tuple[Contradiction, ...]:
    """Tolls, days, places and doers that exclude each other, and denials of the whole."""
    found = [*_tolls(incidents), *_times(incidents), *_places(incidents), *_doers(incidents), *_denials(incidents)]
    return tuple(Contradiction(field, sides) for field, sides in found)


_Sides = tuple[tuple[str, tuple[str, ...]], ...]


def _sides(said: dict[str, set[str]]) -> _Sides:
    return tuple((value, tuple(sorted(said[value]))) for value in sorted(said))


def _tolls(incidents: Sequence[Incident]) -> Iterator[tuple[str, _Sides]]:
    tolls = frozenset[str]().union(*(incident.tolls for incident in incidents))
    for measure in (name for name in codebook().measures if name in tolls):
        by_object: dict[str, list[tuple[str, Figure]]] = defaultdict(list)
        for incident in incidents:
            for figure in incident.claim.figures:
                if figure.measure == measure and figure.part_of is None:
                    by_object[figure.object].append((incident.claim.id, figure))
        for counted in sorted(by_object):
            told = by_object[counted]
            if any(a != b and not figures_fit(f, g) for (a, f), (b, g) in combinations(told, 2)):
                said: dict[str, set[str]] = defaultdict(set)
                for claim_id, figure in told:
                    said[" ".join(figure.words.split())].add(claim_id)
                yield f"{measure} {counted}", _sides(said)


def _times(incidents: Sequence[Incident]) -> Iterator[tuple[str, _Sides]]:
    dated = [(incident, days) for incident in incidents if (days := incident.days)]
    if any(not overlap(one, other) for (_, one), (_, other) in combinations(dated, 2)):
        said: dict[str, set[str]] = defaultdict(set)
        for incident, days in dated:
            words = days.start.isoformat() if days.days == 1 else f"{days.start.isoformat()} to {days.end.isoformat()}"
            said[words].add(incident.claim.id)
        yield "time", _sides(said)


def _places(incidents: Sequence[Incident]) -> Iterator[tuple[str, _Sides]]:
    placed = [incident for incident in incidents if incident.places]
    if any(_apart(one, other) for one, other in combinations(placed, 2)):
        said: dict[str, set[str]] = defaultdict(set)
        for incident in placed:
            said[", ".join(sorted(place.name for place in incident.places))].add(incident.claim.id)
        yield "place", _sides(said)


def _apart(a: Incident, b: Incident) -> bool:
    return all(nearness(p, q) == "apart" for p, q in product(a.places, b.places))


def _doers(incidents: Sequence[Incident]) -> Iterator[tuple[str, _Sides]]:
    named = [i for i in incidents if i.claim.initiator and i.claim.certainty != "denied"]
    names = [(frozenset(ref.name for ref in i.claim.initiator if ref.by == "name"), i) for i in named]
    told = [(who, incident) for who, incident in names if who]
    if any(a.isdisjoint(b) for (a, _), (b, _) in combinations(told, 2)):
        said: dict[str, set[str]] = defaultdict(set)
        for who, incident in told:
            said[", ".join(sorted(who))].add(incident.claim.id)
        yield "initiator", _sides(said)


def _denials(incidents: Sequence[Incident]) -> Iterator[tuple[str, _Sides]]:
    said: dict[str, set[str]] = defaultdict(set)
    for incident in incidents:
        said["denied" if incident.claim.certainty == "denied" else "happened"].add(incident.claim.id)
    if "denied" in said:
        yield "happened", _sides(said)
