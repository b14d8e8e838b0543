"""The figures of an event: never summed over its claims, and no bound put where no source puts one.

`high` is the highest bound that any source gives, and null where a source names a higher number without a bound; `low`
likewise downwards.  So "at least 17" alone has no high, with "20" beside it the high is 20 (nobody names more), and with
"12" beside it there is none ("12" does not bound those who count 17 and more).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from dateline.events.facts import Incident
from dateline.model import EventFigure, Figure
from dateline.model.codebook import SourceType

# Who counts best, the best first: those who take part in the count or check it, before those who pass it on.
_BEST_PLACED: tuple[SourceType, ...] = (
    "police", "military", "official", "international", "ngo", "document", "witness", "media",
    "armed_group", "analyst", "anonymous",
)  # fmt: skip


def event_figures(incidents: Sequence[Incident]) -> tuple[EventFigure, ...]:
    """One figure for each measure, object and unit that the claims give, in alphabetical order."""
    told: dict[tuple[str, str, str | None], list[tuple[Incident, Figure]]] = defaultdict(list)
    for incident in incidents:
        if incident.claim.certainty == "denied":
            continue
        for figure in _wholes(incident.claim.figures):
            told[(figure.measure, figure.object, figure.unit)].append((incident, figure))
    return tuple(_event_figure(key, told[key]) for key in sorted(told, key=lambda k: (k[0], k[1], k[2] or "")))


def _wholes(figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a claim, one for each measure, object and unit: a part gives way to its whole, a small count to a large."""
    best: dict[tuple[str, str, str | None], Figure] = {}
    for figure in figures:
        key = (figure.measure, figure.object, figure.unit)
        if key not in best or _rank(figure) > _rank(best[key]):
            best[key] = figure
    return list(best.values())


def _rank(figure: Figure) -> tuple[bool, float]:
    return (figure.part_of is None, max(_numbers(figure), default=0.0))


def _numbers(figure: Figure) -> list[float]:
    return [n for n in (figure.low, figure.best, figure.high) if n is not None]


def _event_figure(key: tuple[str, str, str | None], told: list[tuple[Incident, Figure]]) -> EventFigure:
    incident, chosen = min(told, key=lambda pair: _placing(*pair))
    figures = [figure for _, figure in told]
    owners = sorted({figure.of for _, figure in told if figure.of})
    return EventFigure(
        measure=key[0],
        object=key[1],
        unit=key[2],
        of=chosen.of or (owners[0] if len(owners) == 1 else None),
        low=_low(figures),
        best=chosen.best,
        high=_high(figures),
        rule=_rule(incident, len(told)),
        claims=tuple(sorted({incident.claim.id for incident, _ in told})),
    )


def _low(figures: Sequence[Figure]) -> float | None:
    """The lowest bound given; None where a number below it is given with no bound ("nearly 30", beside 40)."""
    low = min((figure.low for figure in figures if figure.low is not None), default=None)
    unbounded = [n for figure in figures if figure.low is None for n in _numbers(figure)]
    return None if low is None or min(unbounded, default=low) < low else low


def _high(figures: Sequence[Figure]) -> float | None:
    """The highest bound given; None where a number above it is given with no bound ("at least 17", beside 12)."""
    high = max((figure.high for figure in figures if figure.high is not None), default=None)
    unbounded = [n for figure in figures if figure.high is None for n in _numbers(figure)]
    return None if high is None or max(unbounded, default=high) > high else high


def _placing(incident: Incident, figure: Figure) -> tuple[bool, int, int, tuple[object, ...]]:
    """The best-placed source first, and of one source's figures the latest; a figure with no best number last."""
    published = incident.report.published or date.min
    return (figure.best is None, _BEST_PLACED.index(incident.claim.source.type), -published.toordinal(), incident.key)


def _rule(incident: Incident, count: int) -> str:
    kind = incident.claim.source.type.replace("_", " ")
    if count == 1:
        return f"the only figure, from a source of type {kind}"
    published = incident.report.published
    when = f", published {published.isoformat()}" if published else ""
    return f"the latest figure of the best-placed of {count} claims: type {kind}{when}"
