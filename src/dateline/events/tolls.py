"""The figures of an event: never summed over its claims, and no bound put where no source puts one.

`high` is the highest bound that any source gives, and null where a source names a higher number without a bound; `low`
likewise downwards.  So "at least 17" alone has no high, with "20" beside it the high is 20 (nobody names more), and with
"12" beside it there is none ("12" does not bound those who count 17 and more).  `best` is chosen by the project's rule
(`best.py`).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from msgspec.structs import replace

from dateline.events.best import DEFAULT_RULE, best_of
from dateline.events.bounds import added, bounds_of, highest, lowest
from dateline.events.facts import Incident
from dateline.events.said import Said
from dateline.events.successors import difference_words
from dateline.model import BestRule, EventFigure, Figure, Grades, whole_first

_Key = tuple[str, str, str | None]
_Told = list[tuple[Incident, Figure]]
_OPPOSITES = (("male", "female"), ("grown", "young"))  # lists of words in `en/differences.yaml`


def event_figures(
    incidents: Sequence[Incident],
    lineage: Mapping[str, str] | None = None,
    best: BestRule = DEFAULT_RULE,
    grades: Mapping[str, Grades] | None = None,
) -> tuple[EventFigure, ...]:
    """One figure for each measure, object, unit and side that the claims give, in alphabetical order.

    Numbers stand in one figure where the claims name one owner of what is counted, or none.  Where they name several ("two
    soldiers of the one army, three of the other") each owner has a figure, and the numbers without an owner have one.
    `lineage` is the lineage of each report, `grades` what people think of claims and their sources, by claim.
    """
    told: dict[_Key, _Told] = defaultdict(list)
    for incident in incidents:
        if incident.claim.certainty != "denied":
            for figure in incident.claim.figures:
                told[(figure.measure, figure.object, figure.unit)].append((incident, figure))
    return tuple(
        _event_figure(key, of, said, best_of(said, lineage or {}, best, grades or {}))
        for key in sorted(told, key=lambda key: (key[0], key[1], key[2] or ""))
        for of, said in sides_of(told[key])
    )


def sides_of(told: Sequence[tuple[Incident, Figure]]) -> list[tuple[str | None, list[Said]]]:
    """What is told of one measure and object, by the owner of what is counted; of each claim one number.

    Parts ("seven of the dead") give way to wholes, whichever claim tells them, and of a claim's numbers a small count to a
    large one; but what a claim lists by sex or age ("a mother and her two children") it counts together.
    """
    told = [(incident, figure) for incident, figure in told if not is_part(figure)] or told
    owners = sorted({figure.of for _, figure in told if figure.of})
    if len(owners) < 2:
        return [(next(iter(owners), None), _one_each(told))]
    sides = [(of, _one_each([(incident, figure) for incident, figure in told if figure.of == of])) for of in (None, *owners)]
    return [(of, said) for of, said in sides if said]


def is_part(figure: Figure) -> bool:
    """Whether a figure counts some of those that another counts, by its record or by its own words."""
    return figure.part_of is not None or bool(_partitive().search(" ".join(figure.words.lower().split())))


@cache
def _partitive() -> re.Pattern[str]:
    """ "two of them", and no "20 of the Malian army"'s name: the words stand right behind the number."""
    partitives = sorted(difference_words("partitives"))
    return re.compile(rf"^(?:at least |about |some )?[\w,.-]+ (?:{'|'.join(partitives)})\b")


def listed(figures: Sequence[Figure]) -> list[Figure]:
    """The figures of one claim for one measure, where those that count other persons by their very words are made one.

    "Two men and a woman" are three, "three adults and a child" four: nobody is a man and a woman, or grown and a child.  Of
    each sex and age the largest count is taken, and the sum counts what all of them count (`object`), or persons.  Parts are
    none of them, and where several owners are named each one's are summed for themselves.
    """
    owners = {figure.of for figure in figures if figure.of}
    sides = [{of} for of in (None, *sorted(owners))] if len(owners) > 1 else [{None, *owners}]
    made = list(figures)
    for side in sides:
        apart: list[Figure] = []
        for figure in sorted(figures, key=whole_first):
            if figure.of in side and not is_part(figure) and all(_are_others(figure, other) for other in apart):
                apart += [figure] if _sexes_and_ages(figure.words) else []
        if len(apart) > 1:
            made = [figure for figure in made if figure not in apart] + [_as_one(apart)]
    return made


def _as_one(parts: Sequence[Figure]) -> Figure:
    """The sum of counts of persons apart, in the words of the text's order."""
    bounds = added([bounds_of(figure) for figure in parts])
    ordered = sorted(parts, key=lambda figure: figure.span)
    objects = {figure.object for figure in parts}
    return replace(
        ordered[0],
        low=bounds.low,
        best=bounds.best,
        high=bounds.high,
        object=objects.pop() if len(objects) == 1 else "person",
        of=next((figure.of for figure in ordered if figure.of), None),
        words=" + ".join(" ".join(figure.words.split()) for figure in ordered),
    )


def _are_others(one: Figure, other: Figure) -> bool:
    """Whether two counts can have no person in common: men and women, grown-ups and children."""
    mine, theirs = _sexes_and_ages(one.words), _sexes_and_ages(other.words)
    return any(a in mine and b in theirs for pair in _OPPOSITES for a, b in (pair, pair[::-1]))


@lru_cache(maxsize=4096)
def _sexes_and_ages(words: str) -> frozenset[str]:
    """Which of `_OPPOSITES` the words of a count name; "men and women" say neither."""
    said = set(words.lower().split())
    found = {name for pair in _OPPOSITES for name in pair if not said.isdisjoint(difference_words(name))}
    return frozenset(found.difference(*(pair for pair in _OPPOSITES if found.issuperset(pair))))


def _one_each(told: Sequence[tuple[Incident, Figure]]) -> list[Said]:
    of_claim: dict[str, tuple[Incident, list[Figure]]] = {}
    for incident, figure in told:
        of_claim.setdefault(incident.claim.id, (incident, []))[1].append(figure)
    largest = [(incident, min(listed(figures), key=whole_first)) for incident, figures in of_claim.values()]
    return [Said(incident, bounds_of(figure), figure.of, figure.words) for incident, figure in largest]


def _event_figure(key: _Key, of: str | None, told: Sequence[Said], best: tuple[Said, str]) -> EventFigure:
    chosen, why = best
    bounds = [said.bounds for said in told]
    return EventFigure(
        measure=key[0],
        object=key[1],
        unit=key[2],
        of=of,
        low=lowest(bounds),
        best=chosen.bounds.best,
        high=highest(bounds),
        rule=why,
        claims=tuple(sorted(said.incident.claim.id for said in told)),
    )
