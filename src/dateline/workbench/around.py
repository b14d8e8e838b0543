"""What stands around a claim: where words may be chosen from, and the claims and the event that it may belong with."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.engine import Connection

from dateline import captions
from dateline.errors import ReviewError, StoreError
from dateline.queries import Selection
from dateline.reviews.coders import layer_claims
from dateline.reviews.views import claim_view
from dateline.store import Project
from dateline.store import tables as t

NEAR = 1500  # characters before and after the claim's words
SHOWN = 40  # other claims
DAYS = timedelta(days=3)  # around the claim's own, in which another claim may be about the same event
POINTED_AT = ("actor", "place", "time", "quantity", "speaker")

Choice = dict[str, Any]  # {"value": ..., "label": ...}


def around(project: Project, claim_id: str, sight: Selection) -> dict[str, Any]:
    """Mentions near a claim, its report's other claims, its event with its contradictions, and claims it may belong with.

    `sight` selects what whoever asks may see of other reports.  Raises StoreError where there is no such claim in force.
    """
    with project.reading_tables() as connection:
        claim = connection.execute(select(t.claims).where(t.claims.c.id == claim_id)).one_or_none()
        if claim is None:
            raise StoreError(f"no claim {claim_id}; it was rejected, merged or never there")
        event = _event(connection, claim_id, sight)
        return {
            "mentions": _mentions(connection, claim.report_id, _evidence(connection, claim_id)),
            "siblings": _siblings(connection, claim),
            "event": event.id if event else None,
            "summary": event.summary if event else None,
            "contradictions": _contradictions(connection, event.id) if event else [],
            "alike": _alike(connection, claim, event.id if event else None, sight),
            "unplaced": _unplaced(connection, claim_id),
            "source": claim.source_id,
        }


def around_own(project: Project, claim_id: str, coder: str) -> dict[str, Any]:
    """The same of a claim as a coder has it who works blind: nothing of events, of other reports or of others' coding.

    Raises ReviewError where the coder has no such claim.
    """
    view = claim_view(project, claim_id, coder)
    claim = view.claim
    if claim is None:
        raise ReviewError(f"no claim {claim_id} in your coding")
    others = [other for other in layer_claims(project, view.report_id, coder) if other.id != claim_id]
    with project.reading_tables() as connection:
        mentions = _mentions(connection, view.report_id, [(span.start, span.end) for span in claim.evidence])
    return {
        "mentions": mentions,
        "siblings": [_choice(other.id, other.summary) for other in others[:SHOWN]],
        "event": None,
        "summary": None,
        "contradictions": [],
        "alike": [],
        "unplaced": [{"value": n, "label": place.words} for n, place in enumerate(claim.places) if place.place is None],
        "source": None,
    }


def _evidence(connection: Connection, claim_id: str) -> list[tuple[int, int]]:
    e = t.evidence.c
    return [(start, end) for start, end in connection.execute(select(e.start_char, e.end_char).where(e.claim_id == claim_id))]


def _mentions(connection: Connection, report_id: str, spans: list[tuple[int, int]]) -> list[tuple[str, int, int]]:
    m = t.mentions
    if not spans:
        return []
    start, end = min(s for s, _ in spans) - NEAR, max(e for _, e in spans) + NEAR
    query = (
        select(m.c.kind, m.c.start_char, m.c.end_char)
        .where(m.c.report_id == report_id, m.c.start_char < end, m.c.end_char > start, m.c.kind.in_(POINTED_AT))
        .order_by(m.c.start_char, m.c.end_char)
        .distinct()
    )
    return [(row.kind, row.start_char, row.end_char) for row in connection.execute(query)]


def _siblings(connection: Connection, claim: Row[Any]) -> list[Choice]:
    """The other claims of the report, the nearest first."""
    c = t.claims
    query = select(c.c.id, c.c.n, c.c.summary).where(
        c.c.report_id == claim.report_id, c.c.id != claim.id, c.c.n.between(claim.n - SHOWN, claim.n + SHOWN)
    )
    rows = sorted(connection.execute(query), key=lambda row: (abs(row.n - claim.n), row.n))
    return [_choice(row.id, row.summary) for row in rows[:SHOWN]]


def _event(connection: Connection, claim_id: str, sight: Selection) -> Row[Any] | None:
    """The event that a claim shares with other claims; a claim alone is its own event."""
    links, events = t.event_claims, t.events
    others = links.alias("others")
    shared = select(others.c.n).where(others.c.event_id == links.c.event_id, others.c.claim_id != claim_id).exists()
    query = select(events.c.id, events.c.summary).join_from(links, events).where(links.c.claim_id == claim_id, shared)
    query = query.where(sight.events(connection)) if sight.hidden else query
    found: Row[Any] | None = connection.execute(query.order_by(events.c.id)).first()  # type: ignore[assignment]  # of two columns
    return found


def _contradictions(connection: Connection, event_id: str) -> list[Choice]:
    """Each side of each contradiction of an event."""
    query = select(t.contradictions).where(t.contradictions.c.event_id == event_id).order_by(t.contradictions.c.n)
    return [
        {"value": {"field": row.field, "value": value}, "label": f"{captions.words(row.field)}: {value} ({len(claims)} claims)"}
        for row in connection.execute(query)
        for value, claims in row.sides
    ]


def _alike(connection: Connection, claim: Row[Any], event_id: str | None, sight: Selection) -> list[Choice]:
    """Incidents of about the same days that are in another event: those of the same type first."""
    if claim.kind != "incident" or claim.time_start is None:
        return []
    c, links = t.claims, t.event_claims
    here = select(links.c.claim_id).where(links.c.event_id == event_id)
    query = (
        select(c.c.id, c.c.summary, c.c.time_start, t.reports.c.publisher)
        .join_from(c, t.reports, t.reports.c.id == c.c.report_id)
        .where(c.c.kind == "incident", c.c.id != claim.id, c.c.id.not_in(here))
        .where(c.c.time_start.between(claim.time_start - DAYS, claim.time_start + DAYS), sight.claims(connection))
        .order_by(c.c.event_type != claim.event_type, c.c.time_start, c.c.id)
        .limit(SHOWN)
    )
    return [
        _choice(row.id, f"{row.summary} · {row.time_start}" + (f" · {row.publisher}" if row.publisher else ""))
        for row in connection.execute(query)
    ]


def _unplaced(connection: Connection, claim_id: str) -> list[Choice]:
    p = t.claim_places
    query = select(p.c.n, p.c.words).where(p.c.claim_id == claim_id, p.c.place_id.is_(None)).order_by(p.c.n)
    return [{"value": row.n, "label": row.words} for row in connection.execute(query)]


def _choice(value: str, label: str | None) -> Choice:
    return {"value": value, "label": label or value}
