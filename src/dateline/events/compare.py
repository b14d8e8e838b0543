"""Compares two incident claims: a score with its reasons, or why they cannot be one event."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product
from typing import NamedTuple

from dateline.events.facts import Incident, plain
from dateline.events.places import distance_km, nearness, provinces_differ
from dateline.events.times import days_apart, overlap
from dateline.model import ActorRef, Figure, Place

THRESHOLD = 0.42  # of 0.34 to 0.5, the lowest at which the visible reports of the Gun Violence Corpus give no wrong pair

# What each agreement is worth.  One act in one place on one day, told by two outlets, reaches the threshold without any
# other; the same act told with neither place nor day needs an operation's name, a figure or shared words besides.
_SAME_TYPE, _LIKE_TYPE = 0.15, 0.08
_SAME_DAY, _SAME_WEEK, _NEXT_DAY, _SAME_NEWS = 0.25, 0.12, 0.1, 0.1
_SAME_PLACE, _NEAR_PLACE, _WITHIN_PLACE, _IN_HEAD, _AROUND = 0.25, 0.18, 0.12, 0.15, 0.08
_SAME_SIDE, _OTHER_SIDE = 0.08, -0.12
_SAME_FIGURE, _OTHER_FIGURE = 0.2, -0.12
_OPERATION = 0.35
_WORDS, _NAMES = 0.4, 0.3
_CLOSE, _REFERS, _GOES_ON = 0.12, 0.15, 0.3
_CLOSE_CHARACTERS = 700  # of one report: about a paragraph and the next
_CERTAIN_NAMES = 2  # persons in both, from which a later report's history is this report's news
_FAR_KM = 60.0
MANY_PLACES = 3  # from which on a claim is about an area rather than a scene
_NEWS_DAYS = 3  # reports of one act come out within so many days of each other

# Types that reports of one act can give it.
_FAMILIES = tuple(
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
_LIKE = frozenset(pair for family in _FAMILIES for pair in product(family, family))
# What is told of an act's effects takes its type from them, not from the act's means: "At least 14 were wounded."
_MEANS = frozenset("suicide_bombing bombing air_strike shelling armed_clash attack_on_civilians riot".split())
_EFFECTS = frozenset("attack_on_civilians armed_clash destruction".split())


class Comparison(NamedTuple):
    """How likely two claims tell of one event: points with their reasons; `cannot` says why they never do."""

    score: float
    reasons: tuple[str, ...]
    cannot: str | None = None

    @property
    def why(self) -> str:
        return "; ".join(self.reasons) or "nothing in common"


class _Point(NamedTuple):
    """One agreement (or disagreement) and what it is worth."""

    worth: float
    reason: str


def compare(a: Incident, b: Incident) -> Comparison:
    """Compare two incidents; the order of the two does not matter."""
    first, second = (a, b) if a.key <= b.key else (b, a)
    cannot = _cannot(first, second)
    if cannot:
        return Comparison(0.0, (), cannot)
    points = _points(first, second)
    return Comparison(_score(points), tuple([point.reason for point in points]))


def score(first: Incident, second: Incident) -> float | None:
    """The score of `compare` alone, for two incidents in the order of their keys; None where they cannot be one event."""
    return None if _cannot(first, second) else _score(_points(first, second))


def _points(first: Incident, second: Incident) -> list[_Point]:
    return [
        *_by_type(first, second),
        *_by_operation(first, second),
        *_by_time(first, second),
        *_by_place(first, second),
        *_by_sides(first, second),
        *_by_figures(first, second),
        *_by_words(first, second),
        *_by_text(first, second),
    ]


def _score(points: Sequence[_Point]) -> float:
    return round(min(1.0, max(0.0, sum([point.worth for point in points]))), 4)


def _cannot(a: Incident, b: Incident) -> str | None:
    """Why two claims are never one event."""
    if not _types_fit(a, b) and not _same_operation(a, b) and not _effect(a, b):
        return "different kinds of act"
    one, other = a.claim.operation, b.claim.operation
    if one and other and (a.operation != b.operation or (one.phase and other.phase and one.phase != other.phase)):
        return "different operations"
    if _days_differ(a, b):
        return "different days"
    pairs = list(product(a.places, b.places))
    if pairs and all(provinces_differ(p, q) for p, q in pairs) and not any(nearness(p, q) == "near" for p, q in pairs):
        return "different provinces"
    if _places_differ(a, b):
        return "different places"
    if a.claim.background != b.claim.background and not _certain_match(a, b):
        return "one is history, the other news"
    return None


def _types_fit(a: Incident, b: Incident) -> bool:
    one, other = a.claim.event_type, b.claim.event_type
    return one == other or any((p, q) in _LIKE for p in a.acts for q in b.acts)


def _effect(a: Incident, b: Incident) -> bool:
    return goes_on(a, b) and not b.acts.isdisjoint(_EFFECTS)


def goes_on(a: Incident, b: Incident) -> bool:
    """Whether `b` names no scene of its own and `a` is the violent act told just before it."""
    return b.follows is not None and b.follows == a.claim.id and not a.acts.isdisjoint(_MEANS)


def _same_operation(a: Incident, b: Incident) -> bool:
    return a.operation is not None and a.operation == b.operation


def _days_differ(a: Incident, b: Incident) -> bool:
    """A day lies between them for certain; in one report, two days are two acts."""
    one, other = a.days, b.days
    if one is None or other is None or overlap(one, other):
        return False
    return a.report.id == b.report.id or days_apart(one, other) > 1


def _places_differ(a: Incident, b: Incident) -> bool:
    """Two places for certain: in one report, other places are other acts; between reports, only those far from each other."""
    if not a.places or not b.places or len(a.places) < len(a.claim.places) or len(b.places) < len(b.claim.places):
        return False
    fewer, more = sorted((len(a.places), len(b.places)))
    if a.report.id == b.report.id and more >= MANY_PLACES and fewer < more:
        return True  # the launch of an operation in four provinces, and its results in one of them
    if any(nearness(p, q) != "apart" for p, q in product(a.places, b.places)):
        return False
    return a.report.id == b.report.id or all(distance_km(p, q) > _FAR_KM for p, q in product(a.places, b.places))


def _certain_match(a: Incident, b: Incident) -> bool:
    one, other = a.days, b.days
    same_day = one is not None and one == other and one.days == 1
    same_names = a.report.id != b.report.id and len(a.report.names & b.report.names) >= _CERTAIN_NAMES
    return same_day or same_names or _same_operation(a, b) or any(p.worth > 0 for p in _by_figures(a, b))


def _by_type(a: Incident, b: Incident) -> Iterator[_Point]:
    if a.claim.event_type == b.claim.event_type:
        yield _Point(_SAME_TYPE, f"both {(a.claim.event_type or 'other').replace('_', ' ')}")
    elif _types_fit(a, b):
        yield _Point(_LIKE_TYPE, "kinds of act that go together")


def _by_operation(a: Incident, b: Incident) -> Iterator[_Point]:
    if a.claim.operation and _same_operation(a, b):
        yield _Point(_OPERATION, f"same operation {a.claim.operation.name}")


def _by_time(a: Incident, b: Incident) -> Iterator[_Point]:
    one, other = a.days, b.days
    if one and other:
        if one == other and one.days == 1:
            yield _Point(_SAME_DAY, f"both on {one.start.isoformat()}")
        elif overlap(one, other):
            close = max(one.days, other.days) <= 10
            yield _Point(_SAME_WEEK if close else _SAME_WEEK / 2, "times that overlap")
        else:
            yield _Point(_NEXT_DAY, "days next to each other")
    elif a.report.id == b.report.id:
        if a.claim.time and b.claim.time:
            same = plain(a.claim.time.words) == plain(b.claim.time.words)
            yield _Point(_SAME_WEEK, "same words for the time") if same else _Point(-_SAME_WEEK, "different words for the time")
    elif a.report.published and b.report.published:
        if abs(a.report.published - b.report.published) <= timedelta(days=_NEWS_DAYS):
            yield _Point(_SAME_NEWS, "news of the same days")
        else:
            yield _Point(-_SAME_NEWS, "news of different days, and one tells no day")


def _by_place(a: Incident, b: Incident) -> Iterator[_Point]:
    if a.claim.places and b.claim.places:
        yield from _by_named_places(a, b)
        return
    for placed, bare in ((a, b), (b, a)):
        named = next((p.name for p in placed.places if _head_names(bare, p)), None)
        if named and not bare.claim.places and a.report.id != b.report.id:
            yield _Point(_IN_HEAD, f"{named} in the head of the other report")
            return
    one, other = a.places or a.around, b.places or b.around
    if any(nearness(p, q) in {"same", "near"} for p, q in product(one, other)):
        yield _Point(_AROUND, "reports of the same place")


def _by_named_places(a: Incident, b: Incident) -> Iterator[_Point]:
    """Both claims name places: the closest two count, less where one claim is about many."""
    share = 1 / max(1, len(a.claim.places) - 2, len(b.claim.places) - 2)
    shared = sorted(a.place_words & b.place_words)
    found = {nearness(p, q): (p, q) for p, q in product(a.places, b.places)}
    if "same" in found or shared:
        wide = "same" in found and found["same"][0].kind in {"country", "region"}
        name = found["same"][0].name if "same" in found else shared[0]
        yield _Point(round((_AROUND if wide else _SAME_PLACE) * share, 4), f"both in {name}")
    elif "near" in found:
        yield _Point(round(_NEAR_PLACE * share, 4), f"{found['near'][0].name} is near {found['near'][1].name}")
    elif "within" in found:
        yield _Point(
            round(_WITHIN_PLACE * share, 4), f"{found['within'][0].name} and {found['within'][1].name} contain one another"
        )
    else:
        yield _Point(-_SAME_PLACE, "different places")


def _head_names(incident: Incident, place: Place) -> bool:
    return set(place.name.lower().split()) <= incident.report.head


def _by_sides(a: Incident, b: Incident) -> Iterator[_Point]:
    if a.initiators and b.initiators:
        yield from _by_side(
            "initiator", a.initiators & b.initiators, a.claim.initiator, b.claim.initiator, a.initiators & b.targets
        )
    if a.targets and b.targets:
        yield from _by_side("target", a.targets & b.targets, a.claim.target, b.claim.target, a.targets & b.initiators)


def _by_side(
    side: str, shared: frozenset[str], one: Sequence[ActorRef], other: Sequence[ActorRef], crossed: frozenset[str]
) -> Iterator[_Point]:
    """`crossed`: the two sides of a fight change places from report to report."""
    if shared:
        yield _Point(_SAME_SIDE, f"same {side} {min(shared)}")
    elif not crossed and not any(_can_be_one(p, q) for p, q in product(one, other)):
        yield _Point(_OTHER_SIDE, f"different {side}s")


def _can_be_one(a: ActorRef, b: ActorRef) -> bool:
    """One party called in two ways: "gunmen" and a group, the army and the forces of one country."""
    if a.kind != b.kind:
        return {a.kind, b.kind} <= {"state_force", "police", "government"} and a.name.split()[0] == b.name.split()[0]
    return "name" not in (a.by, b.by) or a.by != b.by or a.name.split()[0] == b.name.split()[0]


def _by_figures(a: Incident, b: Incident) -> Iterator[_Point]:
    """Tolls of one kind agree or do not; the best agreement counts once."""
    same: list[str] = []
    other: list[str] = []
    for one, two in product(a.claim.figures, b.claim.figures):
        if one.measure != two.measure or one.unit != two.unit or (one.object != two.object and one.measure not in a.tolls):
            continue
        if one.best is not None and one.best == two.best:
            same.append(f"both {one.best:g} {one.measure}")
        elif one.measure in a.tolls and _same_persons(one, two, a.persons | b.persons) and not figures_fit(one, two):
            other.append(f"{one.words} and {two.words} {one.measure}")
    if same:
        yield _Point(_SAME_FIGURE, sorted(same)[0])
    elif other:
        worth = _OTHER_FIGURE if a.report.id == b.report.id else _OTHER_FIGURE / 2
        yield _Point(worth, sorted(other)[0])


def _same_persons(a: Figure, b: Figure, persons: frozenset[str]) -> bool:
    """Whether two tolls can count the same persons: militants and civilians killed in one strike do not disagree."""
    return a.object == b.object or not {a.object, b.object} <= persons


def figures_fit(a: Figure, b: Figure) -> bool:
    """Whether one number can be meant by both."""
    low = max(_bound(a.low, a.best, 0.0), _bound(b.low, b.best, 0.0))
    high = min(_bound(a.high, a.best, float("inf")), _bound(b.high, b.best, float("inf")))
    return low <= high


def _bound(bound: float | None, best: float | None, open_end: float) -> float:
    """A bound that is not given is open, unless a single number stands in its place ("about 30")."""
    return bound if bound is not None else open_end if best is None or open_end else 0.0


def _by_words(a: Incident, b: Incident) -> Iterator[_Point]:
    shared = len(a.words & b.words)
    share = shared / (len(a.words) + len(b.words) - shared or 1)
    if shared >= 3:
        yield _Point(round(_WORDS * share, 4), f"{shared} words in common")
    if a.report.id == b.report.id:
        return
    names = a.report.names & b.report.names
    if names:
        weight = min(1.0, 2 * len(names) / min(len(a.report.names), len(b.report.names)))
        yield _Point(round(_NAMES * weight, 4), f"{len(names)} persons in both reports")


def _by_text(a: Incident, b: Incident) -> Iterator[_Point]:
    """Within a report: what stands close together, and what refers to an act told before."""
    if a.report.id != b.report.id:
        return
    if b.claim.evidence[0].start - a.claim.evidence[-1].end <= _CLOSE_CHARACTERS:
        yield _Point(_CLOSE, "close together in the text")
    if goes_on(a, b):
        yield _Point(_GOES_ON, "the later names no place or time and goes on with the act before")
    if b.refers:
        yield _Point(_REFERS, "the later speaks of an act told before")
