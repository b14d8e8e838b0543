"""The figures of an event: never summed over its claims, and no bound put where no source puts one.

`high` is the highest bound that any source gives, and null where a source names a higher number without a bound; `low`
likewise downwards.  So "at least 17" alone has no high, with "20" beside it the high is 20 (nobody names more), and with
"12" beside it there is none ("12" does not bound those who count 17 and more).  `best` is chosen by the project's rule
(`best.py`).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from dateline.events.best import DEFAULT_RULE, Said, best_of
from dateline.events.bounds import bounds_of, highest, lowest
from dateline.events.facts import Incident
from dateline.lexicon.load import load
from dateline.model import BestRule, EventFigure, Figure, whole_first

_Key = tuple[str, str, str | None]
_Told = list[tuple[Incident, Figure]]


def event_figures(
    incidents: Sequence[Incident], lineage: Mapping[str, str] | None = None, best: BestRule = DEFAULT_RULE
) -> tuple[EventFigure, ...]:
    """One figure for each measure, object, unit and side that the claims give, in alphabetical order.

    Numbers stand in one figure where the claims name one owner of what is counted, or none.  Where they name several ("two
    soldiers of the one army, three of the other") each owner has a figure, and the numbers without an owner have one.
    `lineage` is the lineage of each report.
    """
    told: dict[_Key, _Told] = defaultdict(list)
    for incident in incidents:
        if incident.claim.certainty != "denied":
            for figure in incident.claim.figures:
                told[(figure.measure, figure.object, figure.unit)].append((incident, figure))
    return tuple(
        _event_figure(key, of, said, lineage or {}, best)
        for key in sorted(told, key=lambda key: (key[0], key[1], key[2] or ""))
        for of, said in sides_of(told[key])
    )


def sides_of(told: Sequence[tuple[Incident, Figure]]) -> list[tuple[str | None, list[Said]]]:
    """What is told of one measure and object, by the owner of what is counted; of each claim one number.

    Parts ("seven of the dead") give way to wholes, whichever claim tells them, and of a claim's numbers a small count to a
    large one.
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
    partitives = load("en/differences.yaml", dict[str, tuple[str, ...]])["partitives"]
    return re.compile(rf"^(?:at least |about |some )?[\w,.-]+ (?:{'|'.join(partitives)})\b")


def _one_each(told: Sequence[tuple[Incident, Figure]]) -> list[Said]:
    of_claim: dict[str, tuple[Incident, Figure]] = {}
    for incident, figure in told:
        kept = of_claim.get(incident.claim.id)
        if kept is None or whole_first(figure) < whole_first(kept[1]):
            of_claim[incident.claim.id] = incident, figure
    return [Said(incident, bounds_of(figure), figure.of, figure.words) for incident, figure in of_claim.values()]


def _event_figure(key: _Key, of: str | None, told: Sequence[Said], lineage: Mapping[str, str], best: BestRule) -> EventFigure:
    chosen, why = best_of(told, lineage, best)
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
