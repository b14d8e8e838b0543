"""How many an event killed, as other codebooks ask for it: the lowest, best and highest number that is reported."""

from typing import NamedTuple

from dateline.exports.cells import is_measure, only_of
from dateline.model import EventFigure, EventRow, Figure


class Deaths(NamedTuple):
    """Numbers that sources give; None where only a bound above is given ("fewer than 10")."""

    low: float | None
    best: float | None
    high: float | None
    words: tuple[str, ...] = ()  # of the lowest number, as the reports say it


def deaths(row: EventRow) -> Deaths | None:
    """Of all persons killed, whatever they are; None where no source gives a number, or none for all of them.

    Numbers of several claims are never added up: the event's own total is taken.  `low` and `high` are the lowest and highest
    numbers that are reported, also where they bound nothing: "at least 17" alone is 17 for both.
    """
    total = _total(row)
    if total is None or (total.best is None and total.high is None):  # only parts are told, of a whole that nobody tells
        return None
    said = [(number, figure) for figure in _told(row, total) if (number := _number(figure)) is not None]
    numbers = [n for n in (total.low, total.best, *(number for number, _ in said)) if n is not None]
    highs = [n for n in (total.high, *numbers) if n is not None]
    low = min(numbers, default=None)
    words = tuple(dict.fromkeys(figure.words for number, figure in said if number == low))
    return Deaths(low, total.best if total.best is not None else low, max(highs, default=None), words)


def _total(row: EventRow) -> EventFigure | None:
    """The event's toll of killed over all kinds of persons; where it has none, its only figure of killed."""
    totals = [figure for figure in row.event.totals if is_measure(figure, "killed")]
    return totals[0] if len(totals) == 1 else only_of(row.event.figures, "killed")


def _told(row: EventRow, total: EventFigure) -> list[Figure]:
    """What claims say in one number; a claim that counts in parts is in the total alone."""
    found: list[Figure] = []
    for claim, _ in row.claims:
        figures = [figure for figure in claim.figures if is_measure(figure, "killed") and figure.part_of is None]
        if claim.id in total.claims and len(figures) == 1:
            found += figures
    return found


def _number(figure: Figure) -> float | None:
    """The number as reported: "about 30" and "nearly 30" are 30, "dozens" its lower bound; "fewer than 10" is none."""
    return figure.low if figure.low is not None else figure.best
