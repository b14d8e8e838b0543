"""Incidents of one event, as the tests of tolls and contradictions build them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dateline.events.facts import Incident
from dateline.events.scenes import incidents_of
from dateline.model import Claim, ClaimRow, Figure, Report, Source
from dateline.testing import make_claim, make_reading, make_report, on, placed


def told_in(publisher: str, day: str | None = "2024-03-05", words: str = "") -> Report:
    """A report of a raid with words of its own."""
    text = f"Soldiers met some rebels at Torbal, {publisher} says of Monday's raid. {words}"
    return make_report(text, publisher=publisher, published=date.fromisoformat(day) if day else None)


def row_of(
    *figures: Figure,
    by: str = "",
    kind: str = "media",
    day: str | None = "2024-03-05",
    paper: str = "Echo",
    told: str = "",
    **known: Any,
) -> ClaimRow:
    """An incident claim with a report of its own; `by` is the body that says so, the paper itself where it is empty.

    `told` is a sentence more in the report.
    """
    numbers = " ".join(figure.words for figure in known.get("figures", figures))
    report = told_in(paper, day, " ".join(filter(None, (told, numbers, by))))
    source = Source(organisation=by or paper, type=kind)  # type: ignore[arg-type]
    fields: dict[str, Any] = {"places": [placed()], "time": on("2024-03-04"), "source": source, "figures": list(figures)}
    known.setdefault("nth", len(str(sorted(known.items(), key=str))))  # claims that differ have ids that differ
    return ClaimRow(make_claim(report, **(fields | known)), report)


def says(*figures: Figure, **known: Any) -> Incident:
    """The incident of a claim that `row_of` makes."""
    claim, report = row_of(*figures, **known)
    (incident,) = incidents_of(make_reading(report, [claim]))
    return incident


def lineage_of(incidents: Sequence[Incident], *copies: Sequence[Incident]) -> dict[str, str]:
    """Every report a lineage of its own, but for those that copy one another."""
    known = {incident.report.id: incident.report.id for incident in incidents}
    for group in copies:
        known |= {incident.report.id: group[0].report.id for incident in group}
    return known


def total(number: Figure, day: str, start: str = "2024-01-01", paper: str = "Echo", **known: Any) -> ClaimRow:
    """A running total since a day, published on another."""
    report = told_in(paper, day, f"{number.words} {known}")
    since = on(start, "since January")
    time = type(since)(span=since.span, words=since.words, start=since.start, end=None, precision="period", since=True)
    fields: dict[str, Any] = {
        "kind": "tally",
        "scope": "since",
        "time": time,
        "figures": [number],
        "places": [placed()],
        "source": Source(organisation="Ministry of Defence", type="official"),
    }
    claim: Claim = make_claim(report, **(fields | known))
    return ClaimRow(claim, report)
