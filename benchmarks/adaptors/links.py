"""`links`: which reports tell of the same incident, with its date, city and casualties."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from adaptors.document import Document
from adaptors.task import Task
from dateline.events import link_events
from dateline.events.facts import Incident
from dateline.events.scenes import incidents_of, main_claims
from dateline.model import Event, Reading, plain_view

_HEAD = 400  # characters in which a text that has its headline has it
CASUALTIES = ("killed", "wounded")
# Deaths and wounds that are told with no number ("Ann Okoro, 16, died"): one person where no figure says otherwise.
_DEATHS = (
    "kill kills killed killing die dies died dead death deaths deadly fatal fatally murder murders murdered homicide homicides"
    " slain slaying"
)
_WOUNDS = "wounds wounded wounding injures injured injury injuries hospitalized critical critically stable recovering survived"
_TOLD = {
    measure: re.compile(rf"\b(?:{words.replace(' ', '|')})\b", re.IGNORECASE)
    for measure, words in (("killed", _DEATHS), ("wounded", _WOUNDS))
}


def answer(document: Document) -> Reading:
    """The reading of one document, with its headline above its text as it was published; the texts were cut off below it."""
    title = (document.title or "").strip()
    if title and title.lower() not in document.text[:_HEAD].lower():
        document = replace(document, text=f"{title}\n\n{document.text}")
    return document.read()


def finish(documents: Sequence[Document], readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """Link the events of all reports; each report goes to the cluster of the event that it is about."""
    events = {claim: event for event in link_events(readings) for claim in event.claims}
    incidents = [incidents_of(reading) for reading in readings]
    mains = [main_event(found, events) for found in incidents]
    words = told_of(readings, incidents, events)
    return [line(document, event, words) for document, event in zip(documents, mains, strict=True)]


def main_event(incidents: Sequence[Incident], events: Mapping[str, Event]) -> Event | None:
    """The event that a report is about."""
    return next((events[claim] for claim in main_claims(incidents) if claim in events), None)


def told_of(readings: Sequence[Reading], incidents: Sequence[Sequence[Incident]], events: Mapping[str, Event]) -> dict[str, str]:
    """Event -> the titles of the reports that are about it, and the evidence of what they say of it and of other harm."""
    found: dict[str, list[str]] = {}
    for reading, known in zip(readings, incidents, strict=True):
        view = plain_view(reading.report.text)
        main = main_claims(known)
        if event := main_event(known, events):
            harm = [i.claim for i in known if i.harm or i.claim.id in main]
            told = [span.of(view) for claim in harm for span in claim.evidence]
            found.setdefault(event.id, []).extend([reading.report.title or "", *told])
    return {event: "\n".join(told) for event, told in found.items()}


def line(document: Document, event: Event | None, words: Mapping[str, str]) -> dict[str, Any]:
    """A report's prediction; what the event does not say is left out."""
    if event is None:
        return {"id": document.id}
    facts: dict[str, Any] = {measure: casualties(event, measure, words.get(event.id, "")) for measure in CASUALTIES}
    if event.time_start and event.time_precision == 1:
        facts["date"] = event.time_start.isoformat()
    if event.place and event.place.kind == "settlement":
        facts["city"] = event.place.name
    return {"id": document.id, "cluster": event.id, "facts": facts}


def casualties(event: Event, measure: str, words: str) -> int:
    """The event's best number of all persons for the measure; where it has none, the largest of its figures.

    Where there is none either: one if the words tell of it, else nobody: the benchmark asks for a number of every report.
    """
    told = int(bool(_TOLD[measure].search(words)))
    totals, parts = (
        [f.best for f in some if f.measure == measure and f.best is not None] for some in (event.totals, event.figures)
    )
    return int(max(totals or parts, default=told))


TASK = Task("links", answer, finish)
