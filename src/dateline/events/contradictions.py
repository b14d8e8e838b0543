"""Fields in which the claims of an event cannot all be right, side by side, and values that a source has brought up to date.

What is no contradiction: numbers whose bounds meet ("at least 17" and 20), a part and a whole, numbers of different objects or
of two sides' dead, a province and its town, days that overlap, "gunmen" and a group with a name, the army and the police of
one country, an attacker and those who fire back, a negation that denies no act ("has not commented").

An update, listed apart, is a number that a later one took the place of: where one voice (or one outlet, with a higher toll) says
another number in a later report, where a later report says that the toll "rose to" a number, and where words say that a
number was told "earlier".

`gap` puts contradictions in order: of tolls 1 - lower / higher; of days, a month is 1; of places, 300 km are 1; another doer is
0.75, and that it happened against that it did not is 1.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from dateline.events.bounds import Bounds, bounds_of
from dateline.events.facts import Incident
from dateline.events.parties import can_be_one_party
from dateline.events.places import distance_km, nearness
from dateline.events.said import Said
from dateline.events.successors import Successors, difference_words
from dateline.events.times import Days, days_apart, overlap
from dateline.events.tolls import is_part, sides_of
from dateline.events.voices import voice
from dateline.lexicon.codebook import codebook
from dateline.lexicon.names import lexicon_names
from dateline.model import ActorRef, Contradiction, ContradictionKind, Figure

_MONTH_DAYS = 30
_FAR_KM = 300.0
_ANOTHER_DOER = 0.75

_Lineage = Mapping[str, str]


class Differences(NamedTuple):
    """What the claims of an event differ in: what cannot all be right, and what was brought up to date."""

    contradictions: tuple[Contradiction, ...]
    updates: tuple[Contradiction, ...]


class _Field(NamedTuple):
    """What the two sides differ in."""

    name: str
    kind: ContradictionKind


class _Value(NamedTuple):
    """A value that an incident gives: equal keys are one side, told in the words that most use."""

    key: object
    words: str
    incident: Incident


class _Clash(NamedTuple):
    """Two values that cannot both be right, and how far apart they are."""

    one: _Value
    other: _Value
    gap: float


def differences(incidents: Sequence[Incident], lineage: _Lineage | None = None) -> Differences:
    """Tolls, days, places and doers that exclude each other, and denials of the whole.  `lineage`: the lineage of each report."""
    known = lineage or {}
    asserted = [incident for incident in incidents if incident.claim.certainty != "denied"]
    tolls = list(_tolls(incidents))
    found = [
        *((field, clashes) for field, clashes, _ in tolls),
        (_Field("time", "time"), _clashes(_days(asserted), _times_apart)),
        (_Field("place", "place"), _clashes(_places(asserted), _places_apart)),
        (_Field("initiator", "initiator"), _doers(incidents)),
        (_Field("happened", "happened"), _denials(incidents)),
    ]
    return Differences(
        tuple(_contradiction(field, clashes, known) for field, clashes in found if clashes),
        tuple(_contradiction(field, updates, known) for field, _, updates in tolls if updates),
    )


def _contradiction(field: _Field, clashes: Sequence[_Clash], lineage: _Lineage) -> Contradiction:
    """The values that clash with another, each with the claims that give it, in the order of their words."""
    said: dict[object, dict[str, _Value]] = defaultdict(dict)
    for value in (value for clash in clashes for value in (clash.one, clash.other)):
        said[value.key][value.incident.claim.id] = value
    sides = sorted(
        (_usual_words(values.values()), tuple(sorted(values)), _voices(values.values(), lineage)) for values in said.values()
    )
    return Contradiction(
        field=field.name,
        sides=tuple((words, claims) for words, claims, _ in sides),
        kind=field.kind,
        gap=round(max(clash.gap for clash in clashes), 4),
        independent=tuple(voices for _, _, voices in sides),
    )


def _usual_words(values: Iterable[_Value]) -> str:
    words = Counter(value.words for value in values)
    return min(words, key=lambda one: (-words[one], one))


def _voices(values: Iterable[_Value], lineage: _Lineage) -> int:
    return len({voice(value.incident, lineage) for value in values})


def _clashes(values: Sequence[_Value], apart: Callable[[_Value, _Value], float]) -> list[_Clash]:
    """Values whose gap, by `apart`, is not 0; of those that are equal the first is compared, so that large events stay quick."""
    by_key: dict[object, list[_Value]] = defaultdict(list)
    for value in values:
        by_key[value.key].append(value)
    return [
        _Clash(one, other, gap)
        for mine, theirs in combinations(by_key.values(), 2)
        if (gap := apart(mine[0], theirs[0]))
        for one, other in [*((one, theirs[0]) for one in mine), *((mine[0], other) for other in theirs[1:])]
    ]


# Tolls


def _tolls(incidents: Sequence[Incident]) -> Iterator[tuple[_Field, list[_Clash], list[_Clash]]]:
    """For each toll of persons: numbers that exclude each other, and numbers that gave way to later ones.

    A denied toll ("no soldiers were killed": 0) is a number beside the others; that there were no casualties denies both dead
    and wounded, and "nobody" is everybody.
    """
    told: dict[tuple[str, str], list[tuple[Incident, Figure]]] = defaultdict(list)
    counts = [
        (incident, figure)
        for incident in incidents
        for figure in incident.claim.figures
        if not is_part(figure) and figure.measure in incident.tolls
    ]
    for incident, figure in counts:
        if incident.claim.certainty != "denied":
            told[(figure.measure, figure.object)].append((incident, figure))
    for incident, figure in counts:
        if incident.claim.certainty == "denied" and _is_zero(figure):
            for measure, counted in told:
                if _denies(figure, measure, counted):
                    told[(measure, counted)].append((incident, figure))
    for measure, counted in sorted(told, key=lambda key: (codebook().measures.index(key[0]), key[1])):
        sides = sides_of(told[(measure, counted)])
        for of, said in sides:
            name = f"{measure} {counted}" if len(sides) == 1 or of is None else f"{measure} {counted} of {of}"
            yield _Field(name, "toll"), *_tolls_apart(said)


def _tolls_apart(said: Sequence[Said]) -> tuple[list[_Clash], list[_Clash]]:
    """Numbers that stand and clash, and numbers with the later ones that took their place."""
    successors = Successors(said)
    standing, updates = [], []
    for one in said:
        if later := successors.of(one):
            updates.append(_Clash(_number(one), _number(later), _toll_gap(one.bounds, later.bounds)))
        else:
            standing.append(_number(one))
    return _clashes(standing, lambda one, other: _toll_gap(one.key, other.key)), updates  # type: ignore[arg-type]  # bounds


def _number(said: Said) -> _Value:
    return _Value(said.bounds, " ".join(said.words.split()), said.incident)


def _toll_gap(a: Bounds, b: Bounds) -> float:
    """0 for numbers that fit; else 1 - the higher end of the lower / the lower end of the higher."""
    if a.fits(b):
        return 0.0
    low, high = sorted((a, b), key=lambda bounds: bounds.number)
    return 1 - (low.high or 0.0) / high.low if high.low else 1.0


def _denies(zero: Figure, measure: str, counted: str) -> bool:
    """Whether a count of none is about a toll of others."""
    measures = codebook().stands_for("measures", zero.measure)
    harm = {"killed", "wounded", "casualties"} if "casualties" in measures else measures
    same = zero.measure == measure or not harm.isdisjoint(codebook().stands_for("measures", measure))
    return same and (zero.object == counted or "person" in codebook().stands_for("objects", zero.object))


def _is_zero(figure: Figure) -> bool:
    return bounds_of(figure) == (0, 0, 0)


# Days and places


def _days(incidents: Sequence[Incident]) -> list[_Value]:
    return [_Value(days, _in_words(days), incident) for incident in incidents if (days := incident.days)]


def _in_words(days: Days) -> str:
    return days.start.isoformat() if days.days == 1 else f"{days.start.isoformat()} to {days.end.isoformat()}"


def _times_apart(one: _Value, other: _Value) -> float:
    a, b = one.incident, other.incident
    if a.days is None or b.days is None or overlap(a.days, b.days):
        return 0.0
    return min(1.0, days_apart(a.days, b.days) / _MONTH_DAYS)


def _places(incidents: Sequence[Incident]) -> list[_Value]:
    named = ((", ".join(sorted(place.name for place in incident.places)), incident) for incident in incidents if incident.places)
    return [_Value(names, names, incident) for names, incident in named]


def _places_apart(one: _Value, other: _Value) -> float:
    """0 where any two of their places can be one scene, or bear one name in the reports (then it is the gazetteer that parts
    them)."""
    a, b = one.incident, other.incident
    if a.place_words & b.place_words or any(nearness(p, q) != "apart" for p, q in product(a.places, b.places)):
        return 0.0
    return min(1.0, min(distance_km(p, q) for p, q in product(a.places, b.places)) / _FAR_KM)


# Who did it, and whether it happened


def _doers(incidents: Sequence[Incident]) -> list[_Clash]:
    named = [incident for incident in incidents if _by_name(incident)]
    values = [
        _Value((who, _denies_own(i)), f"{who} denies it" if _denies_own(i) else who, i)
        for i in named
        if i.claim.certainty != "denied" or _denies_own(i)
        for who in [", ".join(sorted({ref.name for ref in _by_name(i)}))]
    ]
    return _clashes(values, _doers_apart)


def _by_name(incident: Incident) -> list[ActorRef]:
    return [ref for ref in incident.claim.initiator if ref.by == "name"]


def _doers_apart(one: _Value, other: _Value) -> float:
    """Two sides of one fight who change places from report to report are no two doers, nor those who fire back."""
    a, b = one.incident, other.incident
    if a.claim.event_type != b.claim.event_type or ("armed_clash" in a.acts and a.targets.isdisjoint(b.targets)):
        return 0.0
    one_party = any(can_be_one_party(p, q) for p, q in product(_by_name(a), _by_name(b)))
    if _denies_own(a) != _denies_own(b):
        return _ANOTHER_DOER if one_party else 0.0
    crossed = a.initiators & b.targets or b.initiators & a.targets
    return 0.0 if one_party or crossed else _ANOTHER_DOER


def _denies_own(incident: Incident) -> bool:
    """Whether a party says that it did not do it: "The group denied that its fighters had attacked the village."."""
    if incident.claim.certainty != "denied" or _all_zero(incident):
        return False
    fold = lexicon_names().actor
    source = incident.claim.source
    speaking = {fold(name) for name in (source.speaker, source.organisation) if name}
    return any(fold(ref.name) in speaking for ref in incident.claim.initiator)


def _denials(incidents: Sequence[Incident]) -> list[_Clash]:
    """Claims that it did not happen; a denied toll of 0 is a toll, and who denies that they did it says nothing of the act."""
    asserted = [incident for incident in incidents if incident.claim.certainty != "denied"]
    denied = [
        incident
        for incident in incidents
        if incident.claim.certainty == "denied" and not _all_zero(incident) and not _denies_own(incident)
        if any(_same_act(incident, other) for other in asserted)
    ]
    values = [_Value(False, "happened", incident) for incident in asserted]
    values += [_Value(True, "denied", incident) for incident in denied]
    return _clashes(values, lambda one, other: 1.0)


def _same_act(denied: Incident, told: Incident) -> bool:
    """Whether a denial is of what another claim tells: of its type, and in words that deny ("rejected the charge"), of harm
    ("nobody was hurt"), or by the same party ("the army did not shell the village").  "The officer denied that help had come
    late" is about something else."""
    if denied.claim.event_type != told.claim.event_type:
        return False
    denies = difference_words("denial") | difference_words("harm")
    return bool(denied.words & denies or denied.initiators & told.initiators)


def _all_zero(incident: Incident) -> bool:
    figures = incident.claim.figures
    return bool(figures) and all(_is_zero(figure) for figure in figures)
