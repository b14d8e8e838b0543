"""How many persons an event killed, wounded, ... in all, whatever kind they are: a whole that sources state, or parts that one
claim lists.

Reports say "five people were killed", "three civilians were killed", and "three civilians and two soldiers were killed".  Added
up over claims these are ten dead, and five died.  So a claim gives a total where it states one ("five people"), or where its
own list names every kind of person that any claim about the event names ("three civilians and two soldiers": one statement,
added up within it).  Other claims tell a part: they can show that a total is too low, and count in no other way.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from dateline.events.best import DEFAULT_RULE, best_of
from dateline.events.bounds import Bounds, added, bounds_of, highest, lowest, overlapping
from dateline.events.facts import Incident
from dateline.events.said import Said
from dateline.events.tolls import is_part, listed
from dateline.lexicon.codebook import codebook
from dateline.model import BestRule, EventFigure, Figure, Grades, whole_first

# Who is of one kind is of no other; leaders and supporters may be among the militants.
_KIND_OF = {
    "militant": "militant",
    "militant_leader": "militant",
    "supporter": "militant",
    "civilian": "civilian",
    "security_force": "security_force",
    "prisoner": "prisoner",  # may be any of them
    "person": "person",  # is all of them
}
_Choose = Callable[[Sequence[Said]], tuple[Said, str]]
"""Which number is the best, and why."""
_APART = ("civilian", "militant", "security_force")


class _Total(NamedTuple):
    """What one claim says of all persons: the number, the kinds that it covers, whether it had to be added up, and whether it
    was added up over kinds: "three civilians and two soldiers"."""

    bounds: Bounds
    kinds: frozenset[str]
    added: bool
    over_kinds: bool
    words: str


def event_totals(
    incidents: Sequence[Incident],
    lineage: Mapping[str, str] | None = None,
    best: BestRule = DEFAULT_RULE,
    grades: Mapping[str, Grades] | None = None,
) -> tuple[EventFigure, ...]:
    """One figure of all persons for each toll that the claims give (killed, wounded, ...), in the codebook's order.

    Numbers that cover two measures ("15 killed and arrested") count for neither.
    """
    asserted = [incident for incident in incidents if incident.claim.certainty != "denied"]
    tolls = frozenset[str]().union(*(incident.tolls for incident in asserted))
    choose = partial(best_of, lineage=lineage or {}, rule=best, grades=grades or {})
    found = (_event_total(measure, asserted, choose) for measure in codebook().measures if measure in tolls)
    return tuple(total for total in found if total)


def _event_total(measure: str, incidents: Sequence[Incident], choose: _Choose) -> EventFigure | None:
    told = [(incident, total) for incident in incidents if (total := _claim_total(incident.claim.figures, measure))]
    if not told:
        return None
    kinds = frozenset[str]().union(*(total.kinds for _, total in told)) - {"person"}
    wholes = [(incident, total) for incident, total in told if "person" in total.kinds or total.kinds >= kinds]
    parts = [total.bounds for _, total in told if not ("person" in total.kinds or total.kinds >= kinds)]
    bounds, why = _of_wholes(wholes, parts, choose) if wholes else _of_parts(parts)
    backing = wholes or told
    return EventFigure(
        measure=measure,
        object=_person(),
        unit=None,
        of=None,
        low=bounds.low,
        best=bounds.best,
        high=bounds.high,
        rule=why,
        claims=tuple(sorted(incident.claim.id for incident, _ in backing)),
    )


def _of_wholes(wholes: Sequence[tuple[Incident, _Total]], parts: Sequence[Bounds], choose: _Choose) -> tuple[Bounds, str]:
    """The best is chosen among the claims that count persons of any kind, else among those that state one number, else among
    those that list the parts."""
    stated = [(incident, total) for incident, total in wholes if not total.over_kinds]
    asked = [(incident, total) for incident, total in stated if "person" in total.kinds] or stated or wholes
    chosen, why = choose([Said(incident, total.bounds, None, total.words) for incident, total in asked])
    of_chosen = next(total for incident, total in asked if incident is chosen.incident)
    if of_chosen.added:
        why += f"; the parts that one claim lists, added up: {of_chosen.words}"
    all_wholes = [total.bounds for _, total in wholes]
    at_least = [Bounds(part.low if part.low is not None else part.best, None, None) for part in parts]
    return Bounds(lowest(all_wholes), chosen.bounds.best, highest([*all_wholes, *at_least])), why


def _of_parts(parts: Sequence[Bounds]) -> tuple[Bounds, str]:
    least = max((part.low for part in parts if part.low is not None), default=None)
    return Bounds(least, None, None), "no claim tells the whole; parts that several claims tell are not added up"


def _claim_total(figures: Iterable[Figure], measure: str) -> _Total | None:
    """All persons that a claim counts under a measure; None where it counts none."""
    counted = [f for f in figures if f.measure == measure and f.unit is None and not is_part(f) and _kind(f.object)]
    made = listed(counted)
    by_kind: dict[str, list[Figure]] = defaultdict(list)
    for figure in made:
        by_kind[_kind(figure.object) or ""].append(figure)
    if not by_kind:
        return None
    of_kind = {kind: _of_kind(told) for kind, told in sorted(by_kind.items())}
    words = " + ".join(" ".join(figure.words.split()) for told in by_kind.values() for figure in told)
    bounds = _together(of_kind)
    added_up, over_kinds = (bounds not in [bounds_of(figure) for figure in some] for some in (counted, made))
    return _Total(bounds, frozenset(of_kind), added_up, over_kinds, words)


def _together(of_kind: Mapping[str, Bounds]) -> Bounds:
    """All kinds of one claim together."""
    parts = [of_kind[kind] for kind in _APART if kind in of_kind]
    listed = [added(parts)] if parts else []
    if "prisoner" in of_kind:
        listed.append(of_kind["prisoner"])
    whole = of_kind.get("person")
    if whole is None:
        return overlapping(listed)
    if not listed or max(whole.numbers, default=0.0) >= max(overlapping(listed).numbers, default=0.0):
        return whole  # "five people, three civilians and two soldiers": the five
    return overlapping([whole, *listed])


def _of_kind(told: Sequence[Figure]) -> Bounds:
    """One kind of persons: those of two owners are apart, two objects (leaders, militants) may overlap."""
    objects: dict[str, dict[str | None, Figure]] = defaultdict(dict)
    for figure in sorted(told, key=whole_first):
        objects[figure.object].setdefault(figure.of, figure)
    return overlapping([_of_object(by_owner) for _, by_owner in sorted(objects.items())])


def _of_object(by_owner: Mapping[str | None, Figure]) -> Bounds:
    owned = [bounds_of(figure) for of, figure in sorted(by_owner.items(), key=lambda pair: pair[0] or "") if of]
    if None not in by_owner:
        return added(owned)
    nobodys = bounds_of(by_owner[None])
    if not owned or max(nobodys.numbers, default=0.0) >= max(added(owned).numbers, default=0.0):
        return nobodys  # said once without an owner and once with: "20 killed", "20 soldiers killed"
    return added(owned) if len(owned) == 1 else overlapping([nobodys, added(owned)])


def _kind(counted: str) -> str | None:
    """The kind of persons that an object of the codebook in use counts; "person" where it may be several, None for things."""
    kinds = {_KIND_OF[own] for own in codebook().stands_for("objects", counted) if own in _KIND_OF}
    return next(iter(kinds)) if len(kinds) == 1 else "person" if kinds else None


def _person() -> str:
    """What the codebook in use calls persons of any kind."""
    named = (name for name in codebook().objects if codebook().stands_for("objects", name) == {"person"})
    return next(named, "person")
