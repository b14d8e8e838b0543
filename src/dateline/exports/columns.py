"""The columns of the tables, in their order.  What each holds stands in `docs/reference/exports.md`."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from dateline.exports.base import Column
from dateline.exports.cells import bounds, only, only_of, placed, quotes, several, spans
from dateline.model import ClaimRow, EventFigure, EventRow, Figure, FigureRow, Place

Row = TypeVar("Row")


def _place(of: Callable[[Row], Place | None]) -> tuple[Column[Row], ...]:
    return (
        Column("place", lambda row, _: place.name if (place := of(row)) else None),
        Column("latitude", lambda row, _: place.lat if (place := of(row)) else None, "DOUBLE"),
        Column("longitude", lambda row, _: place.lon if (place := of(row)) else None, "DOUBLE"),
        Column("geo_precision", lambda row, _: place.geo_precision if (place := of(row)) else None, "INTEGER"),
        Column("where_prec", lambda row, _: place.where_prec if (place := of(row)) else None, "INTEGER"),
        Column("radius_km", lambda row, _: place.radius_km if (place := of(row)) else None, "DOUBLE"),
        Column("place_kind", lambda row, _: place.kind if (place := of(row)) else None),
        Column("admin2", lambda row, _: place.admin2 if (place := of(row)) else None),
        Column("admin1", lambda row, _: place.admin1 if (place := of(row)) else None),
        Column("country", lambda row, _: place.country if (place := of(row)) else None),
        Column("place_id", lambda row, _: place.id if (place := of(row)) else None),
    )


def _toll(measure: str, of: Callable[[Row, str], Figure | EventFigure | None]) -> tuple[Column[Row], ...]:
    return (
        Column(f"{measure}_low", lambda row, _: figure.low if (figure := of(row, measure)) else None, "DOUBLE"),
        Column(f"{measure}_best", lambda row, _: figure.best if (figure := of(row, measure)) else None, "DOUBLE"),
        Column(f"{measure}_high", lambda row, _: figure.high if (figure := of(row, measure)) else None, "DOUBLE"),
    )


def _place_of_claim(row: ClaimRow | FigureRow) -> Place | None:
    return placed(row.claim.places)


def _toll_of_claim(row: ClaimRow, measure: str) -> Figure | None:
    return only(row.claim.figures, measure)


def _place_of_event(row: EventRow) -> Place | None:
    return row.event.place


def _toll_of_event(row: EventRow, measure: str) -> EventFigure | None:
    return only_of(row.event.figures, measure)


_ACT: tuple[Column[ClaimRow | FigureRow], ...] = (
    Column("kind", lambda row, _: row.claim.kind),
    Column("event_type", lambda row, _: row.claim.event_type),
    Column("certainty", lambda row, _: row.claim.certainty),
    Column("background", lambda row, _: row.claim.background, "BOOLEAN"),
    Column("initiator", lambda row, _: several(actor.name for actor in row.claim.initiator), "VARCHAR[]"),
    Column("target", lambda row, _: several(actor.name for actor in row.claim.target), "VARCHAR[]"),
    Column("places", lambda row, _: several(place.words for place in row.claim.places), "VARCHAR[]"),
    *_place(_place_of_claim),
    Column("time_words", lambda row, _: time.words if (time := row.claim.time) else None),
    Column("time_start", lambda row, _: time.start if (time := row.claim.time) else None, "DATE"),
    Column("time_end", lambda row, _: time.end if (time := row.claim.time) else None, "DATE"),
    Column("time_precision", lambda row, _: time.precision if (time := row.claim.time) else None),
    Column("time_counted_from", lambda row, _: time.anchor if (time := row.claim.time) else None, "DATE"),
    Column("scope", lambda row, _: row.claim.scope),
)

_SOURCE: tuple[Column[ClaimRow | FigureRow], ...] = (
    Column("speaker", lambda row, _: row.claim.source.speaker),
    Column("role", lambda row, _: row.claim.source.role),
    Column("organisation", lambda row, _: row.claim.source.organisation),
    Column("source_type", lambda row, _: row.claim.source.type),
    Column("via", lambda row, _: several(row.claim.source.via), "VARCHAR[]"),
)

_REPORT: tuple[Column[ClaimRow | FigureRow], ...] = (
    Column("report_title", lambda row, _: row.report.title),
    Column("publisher", lambda row, _: row.report.publisher),
    Column("url", lambda row, _: row.report.url),
    Column("author", lambda row, _: row.report.author),
    Column("published", lambda row, _: row.report.published, "DATE"),
    Column("published_from", lambda row, _: row.report.published_from),
    Column("language", lambda row, _: row.report.language),
    Column("report_path", lambda row, _: row.report.path),
    Column("report_sha256", lambda row, _: row.report.sha256),
)

CLAIM_COLUMNS: tuple[Column[ClaimRow], ...] = (
    Column("claim_id", lambda row, _: row.claim.id),
    Column("report_id", lambda row, _: row.report.id),
    Column("event_id", lambda row, event_of: event_of.get(row.claim.id)),
    *_ACT,
    *_toll("killed", _toll_of_claim),
    *_toll("wounded", _toll_of_claim),
    *_toll("arrested", _toll_of_claim),
    Column("figures", lambda row, _: several(map(_figure, row.claim.figures)), "VARCHAR[]"),
    Column("operation", lambda row, _: operation.name if (operation := row.claim.operation) else None),
    Column("operation_phase", lambda row, _: operation.phase if (operation := row.claim.operation) else None, "INTEGER"),
    *_SOURCE,
    Column("stance", lambda row, _: row.claim.stance),
    Column("about", lambda row, _: row.claim.about),
    Column("confidence", lambda row, _: row.claim.confidence, "DOUBLE"),
    Column("summary", lambda row, _: row.claim.summary),
    Column("evidence", lambda row, _: quotes(row.claim.evidence, row.report.text)),
    Column("evidence_spans", lambda row, _: spans(row.claim.evidence), "VARCHAR[]"),
    *_REPORT,
)

FIGURE_COLUMNS: tuple[Column[FigureRow], ...] = (
    Column("claim_id", lambda row, _: row.claim.id),
    Column("report_id", lambda row, _: row.report.id),
    Column("event_id", lambda row, event_of: event_of.get(row.claim.id)),
    Column("low", lambda row, _: row.figure.low, "DOUBLE"),
    Column("best", lambda row, _: row.figure.best, "DOUBLE"),
    Column("high", lambda row, _: row.figure.high, "DOUBLE"),
    Column("measure", lambda row, _: row.figure.measure),
    Column("object", lambda row, _: row.figure.object),
    Column("unit", lambda row, _: row.figure.unit),
    Column("of", lambda row, _: row.figure.of),
    Column("part_of", lambda row, _: row.figure.part_of),
    Column("words", lambda row, _: row.figure.words),
    Column("figure_span", lambda row, _: f"{row.figure.span.start}-{row.figure.span.end}"),
    *_ACT,
    *_SOURCE,
    Column("evidence", lambda row, _: quotes(row.claim.evidence, row.report.text)),
    Column("evidence_spans", lambda row, _: spans(row.claim.evidence), "VARCHAR[]"),
    *_REPORT,
)

EVENT_COLUMNS: tuple[Column[EventRow], ...] = (
    Column("event_id", lambda row, _: row.event.id),
    Column("event_type", lambda row, _: row.event.event_type),
    Column("certainty", lambda row, _: row.event.certainty),
    Column("background", lambda row, _: row.event.background, "BOOLEAN"),
    Column("initiator", lambda row, _: several(row.event.initiator), "VARCHAR[]"),
    Column("target", lambda row, _: several(row.event.target), "VARCHAR[]"),
    Column("places", lambda row, _: row.event.place_words),
    *_place(_place_of_event),
    Column("time_start", lambda row, _: row.event.time_start, "DATE"),
    Column("time_end", lambda row, _: row.event.time_end, "DATE"),
    Column("time_precision", lambda row, _: row.event.time_precision, "INTEGER"),
    *_toll("killed", _toll_of_event),
    *_toll("wounded", _toll_of_event),
    *_toll("arrested", _toll_of_event),
    Column("figures", lambda row, _: several(map(_figure, row.event.figures)), "VARCHAR[]"),
    Column("operation", lambda row, _: row.event.operation),
    Column("sources", lambda row, _: row.event.sources, "BIGINT"),
    Column("lineages", lambda row, _: row.event.lineages, "BIGINT"),
    Column("contradictions", lambda row, _: several(_sides(c.field, c.sides) for c in row.event.contradictions), "VARCHAR[]"),
    Column("confidence", lambda row, _: row.event.confidence, "DOUBLE"),
    Column("summary", lambda row, _: row.event.summary),
    Column("claims", lambda row, _: len(row.claims), "BIGINT"),
    Column("claim_ids", lambda row, _: several(claim.id for claim, _ in row.claims), "VARCHAR[]"),
    Column("evidence", lambda row, _: " | ".join(quotes(claim.evidence, report.text) or "" for claim, report in row.claims)),
    Column("evidence_spans", lambda row, _: several(_characters(row)), "VARCHAR[]"),
    Column("publishers", lambda row, _: several(report.publisher for _, report in row.claims), "VARCHAR[]"),
    Column("report_sha256", lambda row, _: several(report.sha256 for _, report in row.claims), "VARCHAR[]"),
)


def _characters(row: EventRow) -> Iterator[str]:
    """ "4ea98dfa949e8de5:120-245": the report, and characters of its text, claim by claim."""
    return (f"{report.id}:{span.start}-{span.end}" for claim, report in row.claims for span in claim.evidence)


def _figure(figure: Figure | EventFigure) -> str:
    """ "killed militant 22/22/22 of ISIS", "seized explosive_material 50/50/- kg"."""
    unit = f" {figure.unit}" if figure.unit else ""
    of = f" of {figure.of}" if figure.of else ""
    whole = f" (part of {figure.part_of})" if isinstance(figure, Figure) and figure.part_of else ""
    return f"{figure.measure} {figure.object} {bounds(figure.low, figure.best, figure.high)}{unit}{of}{whole}"


def _sides(field: str, sides: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return f"{field}: {' / '.join(value for value, _ in sides)}"
