"""Values of records in words for people; what is not known is said, never filled in."""

from datetime import date

from dateline.lexicon.codebook import codebook
from dateline.model import Claim, Event, EventFigure, Figure, Interval, PlaceRef, Report, Source

DATE_ORIGINS = {
    "given": "given by the user",
    "side_file": "from the side file",
    "field": "from the record's field",
    "json_ld": "from the page's JSON-LD",
    "meta": "from the page's meta tags",
    "url": "from the address",
    "text": "read in the text",
    "guess": "guessed by the HTML reader",
}
NO_DATE = "no date given"


def words(name: str) -> str:
    """A codebook name as words: explosive_device -> explosive device, killed+wounded -> killed and wounded."""
    return name.replace("_", " ").replace("+", " and ")


def coded(name: str) -> str:
    """A measure or object as people call it: its label in the codebook in use, else its words."""
    labels = codebook().labels
    return " and ".join(labels.get(part, words(part)) for part in name.split("+"))


def event_type(name: str | None) -> str:
    labels = {t.name: t.label for t in codebook().event_types}
    return "" if name is None else labels.get(name, words(name))


def number(value: float) -> str:
    """10000 -> 10,000; 2.5 -> 2.5."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def bounds(low: float | None, best: float | None, high: float | None) -> str:
    """Low, best and high as one range: 22, ≥ 155, ≤ 30, ≈ 30, 24–99; empty where all are open."""
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)}–{number(high)}"
    if low is not None:
        return f"≥ {number(low)}"
    if high is not None:
        return f"≤ {number(high)}"
    return "" if best is None else f"≈ {number(best)}"


def figure(one: Figure | EventFigure, *, whose: bool = True) -> str:
    """≥ 155 killed (militant of ISIS); 9–14 killed (militant, best 9); `whose`: with the party that they are of."""
    amount = " ".join(part for part in (bounds(one.low, one.best, one.high), one.unit) if part)
    of = f" of {one.of}" if one.of and whose else ""
    counted = of.strip() if one.object == "other" else coded(one.object) + of
    best = f"best {number(one.best)}" if one.best is not None and not _says_best(one) else ""
    aside = ", ".join(part for part in (counted, best) if part)
    return f"{amount} {coded(one.measure)}".strip() + (f" ({aside})" if aside else "")


def _says_best(one: Figure | EventFigure) -> bool:
    """Whether the range says the best number already: 22, 155 in "≥ 155", 30 in "≈ 30"."""
    if one.low is not None and one.high is not None:
        return one.low == one.best == one.high
    return (one.low is None and one.high is None) or one.best in (one.low, one.high)


def days(start: date | None, end: date | None, precision: str) -> str:
    """A stretch of days, as coarse as it is known: 2019-07-21, 2019-07, 2019, 2019-07-21 to 2019-07-24."""
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"from {start}" if end is None else f"until {end}"
    if precision == "year" and start.year == end.year:
        return f"{start.year:04}"
    if precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{start:%Y-%m}"
    return f"{start}" if start == end else f"{start} to {end}"


def interval(time: Interval | None) -> str:
    """When, or why not: a phrase that nothing dates is not turned into a date."""
    if time is None:
        return NO_DATE
    known = days(time.start, time.end, time.precision)
    if not known:
        return "no date can be worked out"
    return f"since {time.start}" if time.since and time.start else known


def event_time(event: Event) -> str:
    precision = {3: "month", 4: "period"}.get(event.time_precision or 1, "day")
    return days(event.time_start, event.time_end, precision) or NO_DATE


def source(said_by: Source, publisher: str | None) -> str:
    """Speaker, role, organisation via outlets; the report itself where it names none."""
    chain = ", ".join(part for part in (said_by.speaker, said_by.role, said_by.organisation) if part)
    if not (said_by.speaker or said_by.role) and chain in ("", publisher):
        chain = f"the report itself ({publisher})" if publisher else "the report itself"
    return f"{chain} via {', '.join(said_by.via)}" if said_by.via else chain


def place(ref: PlaceRef) -> str:
    """The gazetteer's name with its admin area, or the words as they stand."""
    if ref.place is None:
        return ref.words
    return ", ".join(dict.fromkeys(part for part in (ref.place.name, ref.place.admin1, ref.place.country) if part))


def published(report: Report) -> str:
    if report.published is None:
        return NO_DATE
    origin = DATE_ORIGINS.get(report.published_from or "", "")
    return f"{report.published}, {origin}" if origin else f"{report.published}"


def report_title(report: Report) -> str:
    """The title, or the text's first line where none is known."""
    if report.title:
        return report.title
    first = next((line.strip() for line in report.text.splitlines() if line.strip()), "")
    return first[:117] + "..." if len(first) > 120 else first or "(empty report)"


def event_summary(event: Event) -> str:
    """The event's line for people without its type, which stands beside it everywhere on the page."""
    label = event_type(event.event_type)
    return event.summary.removeprefix(f"{label}: ") or label


def summary(claim: Claim, text: str) -> str:
    """The claim's line for people; the words of its evidence where it has none."""
    if claim.summary:
        return claim.summary
    said = " ".join(" … ".join(span.of(text) for span in claim.evidence).split())
    return said[:197] + "..." if len(said) > 200 else said
