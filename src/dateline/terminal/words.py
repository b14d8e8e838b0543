"""Words for a terminal: what records say in a cell or a line."""

from collections.abc import Iterable, Sequence

from dateline import captions
from dateline.hidden import is_hidden
from dateline.model import Claim, Event, EventFigure, Figure, Interval, Report, Source

SHORT_ID = 8  # characters of an id's hash that are shown; enough for 10,000 claims to clash once in a hundred projects


def visible(words: str) -> str:
    """The words with characters that hide or reorder others shown as a sign each, so that offsets hold."""
    unix = words.replace("\r\n", " \n")
    return "".join("\ufffd" if not c.isalnum() and is_hidden(unix, at) else c for at, c in enumerate(unix))


def line(words: str | None) -> str:
    """The words on one line."""
    return visible(" ".join((words or "").split()))


def counted(number: int, noun: str) -> str:
    """ "1 report", "1,200 reports"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def short(id: str) -> str:
    """An id as tables show it: "c-3f2a91bc"."""
    letter, dash, digits = id.rpartition("-")
    return f"{letter}{dash}{digits[:SHORT_ID]}"


def names_of(names: Iterable[str]) -> str:
    """Names with commas."""
    return ", ".join(line(name) for name in names)


def title_of(report: Report) -> str:
    """Title, publisher and date, as far as they are known."""
    known = [report.title or report.path or report.id, report.publisher, report.published and report.published.isoformat()]
    return line(" · ".join(part for part in known if part))


def operation(claim: Claim) -> str:
    """ "Will of Victory, phase 2"."""
    if claim.operation is None:
        return ""
    return claim.operation.name + (f", phase {claim.operation.phase}" if claim.operation.phase else "")


def when(time: Interval | None) -> str:
    """The days of a time as far as they are known, else its words in quotation marks."""
    if time is None:
        return ""
    if time.start is None and time.end is None:
        return f"“{line(time.words)}”"
    return captions.interval(time)


def where(claim: Claim) -> str:
    """The places in the report's words; "?" behind those without coordinates."""
    return ", ".join(line(ref.words) + ("" if ref.place else " ?") for ref in claim.places)


def amount(figure: Figure | EventFigure) -> str:
    """ "≥ 155", "3 to 5 km": a figure's bounds with its unit."""
    return " ".join(part for part in (captions.bounds(figure.low, figure.best, figure.high), figure.unit) if part)


def figure_line(figure: Figure | EventFigure) -> str:
    """ "≥ 155 killed (militant)", "8–12 killed (person, best 9)"; a part of another figure with "incl." before it.

    Whose they are, other columns say.
    """
    part = "incl. " if isinstance(figure, Figure) and figure.part_of else ""
    return part + line(captions.figure(figure, whose=False))


def event_where(event: Event) -> str:
    """The event's place with the area that holds it."""
    if event.place is None:
        return line(event.place_words) + (" ?" if event.place_words else "")
    areas = (event.place.name, event.place.admin1 if event.place.admin1 != event.place.name else None, event.place.country)
    return ", ".join(area for area in areas if area)


def event_time(event: Event) -> str:
    """The event's days; nothing where none is known."""
    return captions.event_time(event) if event.time_start or event.time_end else ""


def sides_of(initiator: Sequence[str], target: Sequence[str]) -> str:
    """Who, and on a line of its own whom."""
    return "\n".join(part for part in (names_of(initiator), f"→ {names_of(target)}" if target else "") if part)


def told_by(source: Source) -> str:
    """The speaker, else the role or the body, and the outlets that it came through."""
    speaker = line(source.speaker or source.role or source.organisation) or source.type
    via = f" via {', '.join(line(outlet) for outlet in source.via)}" if source.via else ""
    return f"{speaker} ({source.type}){via}" if speaker != source.type else f"{speaker}{via}"
