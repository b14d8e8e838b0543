"""`links`: which reports tell of the same incident, with its date, city and casualties."""

from collections.abc import Mapping, Sequence
from typing import Any

from adaptors.document import Document
from adaptors.task import Task
from dateline.events import link_events
from dateline.lexicon.codebook import codebook
from dateline.model import Claim, Event, Reading

CASUALTIES = ("killed", "wounded")


def answer(document: Document) -> Reading:
    """The reading of one document."""
    return document.read()


def finish(documents: Sequence[Document], readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """Link the events of all reports; each report goes to the cluster of its main event."""
    events = {claim: event for event in link_events(readings) for claim in event.claims}
    return [line(document, main_event(reading, events)) for document, reading in zip(documents, readings, strict=True)]


def main_event(reading: Reading, events: Mapping[str, Event]) -> Event | None:
    """The event that the report says most about: of its claims, else of figures of casualties, else the gravest, else the first.

    Background and denied claims count only where there are no others.
    """
    news = [c for c in reading.claims if c.id in events and not c.background and c.certainty != "denied"]
    told = news or [c for c in reading.claims if c.id in events]
    if not told:
        return None
    order = list({events[c.id].id: events[c.id] for c in told}.values())
    return max(order, key=lambda event: (weight(event, told), -order.index(event)))


def weight(event: Event, told: Sequence[Claim]) -> tuple[int, int, int]:
    """How many of the report's claims are about the event, how many of its figures, and how grave it is."""
    about = [c for c in told if c.id in event.claims]
    casualties = sum(f.measure in CASUALTIES for c in about for f in c.figures)
    return len(about), casualties, -codebook().gravity(event.event_type)


def line(document: Document, event: Event | None) -> dict[str, Any]:
    """A report's prediction; what the event does not say is left out."""
    if event is None:
        return {"id": document.id}
    facts: dict[str, Any] = {measure: n for measure in CASUALTIES if (n := casualties(event, measure)) is not None}
    if event.time_start and event.time_precision == 1:
        facts["date"] = event.time_start.isoformat()
    if event.place and event.place.kind == "settlement":
        facts["city"] = event.place.name
    return {"id": document.id, "cluster": event.id, "facts": facts}


def casualties(event: Event, measure: str) -> int | None:
    """The event's best figure of persons for the measure; the largest where objects differ (parts count in the whole)."""
    best = [f.best for f in event.figures if f.measure == measure and f.best is not None]
    return int(max(best)) if best else None


TASK = Task("links", answer, finish)
