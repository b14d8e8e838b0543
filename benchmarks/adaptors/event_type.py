"""`event_type`: the one event type of a short note."""

from typing import Any

from adaptors.document import Document
from adaptors.task import Task
from dateline.lexicon.codebook import codebook
from dateline.model import Claim, Reading


def event_type_of(reading: Reading) -> str:
    """The gravest type of what is told as news; `other` where nothing is.

    Incidents come before tallies and forecasts; background and denied claims come last.
    """
    typed = [c for c in reading.claims if c.event_type]
    return min(typed, key=precedence).event_type or "other" if typed else "other"


def precedence(claim: Claim) -> tuple[bool, bool, int, int]:
    """Smaller is more fit to name the note's type."""
    kinds = ("incident", "tally", "forecast", "assessment")
    return claim.certainty == "denied", claim.background, kinds.index(claim.kind), codebook().gravity(claim.event_type)


def answer(document: Document) -> dict[str, Any]:
    """The event type of one document."""
    return {"id": document.id, "event_type": event_type_of(document.read())}


TASK = Task("event_type", answer)
