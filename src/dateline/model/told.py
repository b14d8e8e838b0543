"""Who says a number of an event, when, and by which chain."""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from dateline.model.codebook import SourceType
from dateline.model.event import EventFigure
from dateline.model.figure import Figure
from dateline.model.row import EventRow


class Told(Struct, frozen=True, kw_only=True):
    """One claim's number for a figure of its event.

    `chain` leads from the speaker (or body, or the report's publisher) through the outlets to the report's publisher.
    """

    claim_id: str
    report_id: str
    words: str
    low: float | None
    best: float | None
    high: float | None
    chain: tuple[str, ...]
    type: SourceType
    published: date | None
    lineage: str | None  # of the report; None where it is not known


def tellings(figure: EventFigure, row: EventRow, lineages: Mapping[str, str] | None = None) -> tuple[Told, ...]:
    """What each claim behind a figure says, the latest first.  `lineages`: the lineage of each report, by report id.

    A total that a claim's own parts add up to (`Event.totals`) comes part by part: these are the words that stand there.
    """
    known = lineages or {}
    found: list[Told] = []
    for claim, report in row.claims:
        if claim.id not in figure.claims:
            continue
        outlets = (claim.source.speaker or claim.source.organisation, *claim.source.via, report.publisher)
        for one in _of_claim(figure, claim.figures, is_total=figure in row.event.totals):
            found.append(
                Told(
                    claim_id=claim.id,
                    report_id=report.id,
                    words=" ".join(one.words.split()),
                    low=one.low,
                    best=one.best,
                    high=one.high,
                    chain=tuple(dict.fromkeys(outlet for outlet in outlets if outlet)),
                    type=claim.source.type,
                    published=report.published,
                    lineage=known.get(report.id),
                )
            )
    return tuple(sorted(found, key=lambda told: (-(told.published or date.min).toordinal(), told.claim_id)))


def _of_claim(figure: EventFigure, figures: Iterable[Figure], *, is_total: bool) -> list[Figure]:
    """The figures of a claim that an event's figure is made of: one, and of a total all that are no parts of others."""
    if is_total:
        return [one for one in figures if (one.measure, one.part_of) == (figure.measure, None)]
    same = [one for one in figures if (one.measure, one.object, one.unit) == (figure.measure, figure.object, figure.unit)]
    of = [one for one in same if one.of == figure.of] or [one for one in same if one.of is None]
    return sorted(of, key=whole_first)[:1]


def whole_first(figure: Figure) -> tuple[bool, float]:
    """Sorts figures of one measure and object: a whole before its parts, a large count before a small one."""
    return (figure.part_of is not None, -max((n for n in (figure.low, figure.best, figure.high) if n is not None), default=0.0))
