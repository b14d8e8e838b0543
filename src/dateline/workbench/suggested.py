"""The value that selected words give a field of a claim, and values in words."""

from datetime import date
from typing import Any

from dateline import captions
from dateline.model import Span
from dateline.reviews.suggest import suggest
from dateline.reviews.views import claim_view
from dateline.store import Project


def suggested(project: Project, claim_id: str, field: str, n: int | None, span: Span, layer: str | None) -> Any:
    """The value that some words give a field, or the n-th item of it, as a correction would send it.

    A figure that is read from other words is still a figure of the same measure: what the words do not say stays.  Raises
    ReviewError where the words cannot be a value of the field.
    """
    if field == "about":
        return span.of(project.report(claim_view(project, claim_id, layer).report_id).text)
    value = suggest(project, claim_id, field, span, layer)
    if field == "figures" and n is not None and isinstance(value, dict):
        claim = claim_view(project, claim_id, layer).claim
        if claim is not None and n < len(claim.figures):
            old = claim.figures[n]
            return value | {"measure": old.measure, "object": value["object"] or old.object, "of": old.of, "part_of": old.part_of}
    return value


def value_caption(field: str, value: Any) -> str:
    """A value as a correction sends it, or as the log keeps it, in words; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(filter(None, (value_caption(field, one) for one in value if isinstance(one, dict))))
    if not isinstance(value, dict):
        return captions.words(value) if field in ("event_type", "scope", "precision") else str(value)
    return _CAPTIONS.get(field, _name)(value)


def _figure(value: dict[str, Any]) -> str:
    amount = captions.bounds(value.get("low"), value.get("best"), value.get("high"))
    measure, counted = value.get("measure"), value.get("object")
    parts = (amount, value.get("unit"), measure and captions.coded(measure), counted and f"({captions.coded(counted)})")
    return " ".join(part for part in parts if part)


def _time(value: dict[str, Any]) -> str:
    start, end = (date.fromisoformat(day) if (day := value.get(side)) else None for side in ("start", "end"))
    return captions.days(start, end, value.get("precision", "day")) or "no date can be worked out"


def _source(value: dict[str, Any]) -> str:
    said = ", ".join(part for part in (value.get("speaker"), value.get("role"), value.get("organisation")) if part)
    return f"{said or 'the report itself'} ({captions.words(value.get('type') or 'media')})"


def _place(value: dict[str, Any]) -> str:
    place = value.get("place")
    if isinstance(place, dict):
        return ", ".join(part for part in (place.get("name"), place.get("admin1"), place.get("country")) if part)
    return str(place or value.get("words") or "not in the gazetteer: kept in its own words")


def _name(value: dict[str, Any]) -> str:
    return str(value.get("name") or value.get("words") or "")


_CAPTIONS = {"figures": _figure, "time": _time, "source": _source, "places": _place}
