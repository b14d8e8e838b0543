"""Values as cells of a table that a spreadsheet may open."""

from collections.abc import Iterable
from datetime import date

from dateline.exports.base import Cell
from dateline.lexicon.codebook import codebook
from dateline.model import EventFigure, Figure, Place, PlaceRef, Span, plain_view

_RUNS = frozenset("=+-@＝＋－＠")
"""A cell that begins with one of these is a formula to a spreadsheet, and reports come from anywhere."""


def csv_cell(value: Cell) -> str:
    """Numbers as numbers, dates as ISO dates, text on one line and never a formula; nothing where nothing is known."""
    match value:
        case None:
            return ""
        case str():  # the most, so the first
            return harmless(" ".join(value.split()))
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number(value)
        case date():
            return value.isoformat()
        case tuple():
            return csv_cell(joined(value))


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could run it."""
    if text[:1].isalnum():
        return text
    view = plain_view(text)  # blanks and characters that nobody sees are blanks there
    first = len(view) - len(view.lstrip())
    return f"'{text}" if text[first : first + 1] in _RUNS else text


def number(value: float) -> str:
    """ "22", "0.5", "-3.25": whole numbers without a point."""
    return str(int(value)) if value == int(value) else repr(value)


def several(values: Iterable[str | None]) -> tuple[str, ...]:
    """Values of one cell, each once and on one line."""
    return tuple(dict.fromkeys(" ".join(value.split()) for value in values if value))


def joined(value: Cell) -> Cell:
    """Several values as one text, parted by "; "; None where there is none.  Other values as they are."""
    return ("; ".join(value) or None) if isinstance(value, tuple) else value


def spans(found: Iterable[Span]) -> tuple[str, ...]:
    """ "120-245", "300-351": characters of the report's text, the last one not included."""
    return several(f"{span.start}-{span.end}" for span in found)


def quotes(found: Iterable[Span], text: str) -> str | None:
    """The words of spans, parted where text between them is left out."""
    return " [...] ".join(span.of(text) for span in found) or None


def bounds(low: float | None, best: float | None, high: float | None) -> str:
    """ "155/155/-": low, best and high, a dash where no words support one."""
    return "/".join("-" if value is None else number(value) for value in (low, best, high))


def placed(places: Iterable[PlaceRef]) -> Place | None:
    """The place that puts a row on the map: the most precise that the gazetteer holds, the first of equals."""
    known = [ref.place for ref in places if ref.place]
    return min(known, key=lambda place: place.geo_precision, default=None)


def only(figures: Iterable[Figure], measure: str) -> Figure | None:
    """The figure of a measure, where there is just one that is no part of another: figures are never added up."""
    found = [figure for figure in figures if is_measure(figure, measure) and figure.part_of is None]
    return found[0] if len(found) == 1 else None


def only_of(figures: Iterable[EventFigure], measure: str) -> EventFigure | None:
    """The same for an event."""
    found = [figure for figure in figures if is_measure(figure, measure)]
    return found[0] if len(found) == 1 else None


def is_measure(figure: Figure | EventFigure, measure: str) -> bool:
    """Whether a figure is of one of Dateline's measures, whatever the codebook in use calls it."""
    return codebook().stands_for("measures", figure.measure) == {measure}
