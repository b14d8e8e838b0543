"""What waits for review, as data: contradictions first, then the least certain first.

Everything is asked of the tables, with indexes, so that a project of some hundred thousand claims answers at once.
"""

from typing import Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from dateline.store import Project
from dateline.store import tables as t

Waiting = Literal["claims", "links", "contradictions"]
_FEW = 2000  # contradictions; both ways take about as long there


class QueueItem(Struct, frozen=True, kw_only=True):
    """A claim, a link of a claim to its event, or a contradiction of an event that waits for a person."""

    claim_id: str | None
    event_id: str | None
    field: str | None = None  # of a contradiction
    confidence: float | None = None  # of the claim, or the score of the link
    contradicted: bool = False  # the claim's event has a contradiction that nobody resolved
    revision: int = 0


class Counts(Struct, frozen=True, kw_only=True):
    """How much waits."""

    claims: int
    links: int
    contradictions: int


def queue(
    project: Project,
    *,
    what: Waiting = "claims",
    where: ColumnElement[bool] | None = None,
    after: QueueItem | None = None,
    limit: int = 50,
) -> list[QueueItem]:
    """What waits, the most urgent first; `where` is a condition on `tables.claims`, `after` the last item of the page before.

    Claims: those of events whose sources contradict each other, then the others, each the least certain first.  Links: the
    weakest first.  Contradictions: by event.
    """
    with project.reading_tables() as connection:
        if what == "claims":
            return _claims(connection, where, after, limit)
        if what == "links":
            return _links(connection, where, after, limit)
        return _contradictions(connection, where, after, limit)


def waiting(project: Project, where: ColumnElement[bool] | None = None) -> Counts:
    """How much waits in all."""
    with project.reading_tables() as connection:
        claims = select(func.count()).select_from(t.claims).where(_unreviewed(), *_given(where))
        links = select(func.count()).select_from(_links_query(where).subquery())
        open_ones = select(func.count()).select_from(_contradictions_query(where).subquery())
        counts = [connection.execute(query).scalar() or 0 for query in (claims, links, open_ones)]
    return Counts(claims=counts[0], links=counts[1], contradictions=counts[2])


def _given(where: ColumnElement[bool] | None) -> list[ColumnElement[bool]]:
    return [] if where is None else [where]


def _unreviewed() -> ColumnElement[bool]:
    reviewed = select(t.claim_reviews.c.claim_id).where(
        t.claim_reviews.c.claim_id == t.claims.c.id, t.claim_reviews.c.status != "waiting"
    )
    return ~exists(reviewed)


def _claims(connection: Connection, where: ColumnElement[bool] | None, after: QueueItem | None, limit: int) -> list[QueueItem]:
    found: list[QueueItem] = []
    for contradicted in (True, False):
        if after is not None and contradicted > after.contradicted:
            continue  # the page before ended behind them
        begin = after if after is not None and contradicted == after.contradicted else None
        rows = connection.execute(
            _claims_query(where, begin, _disputed(connection, contradicted)).limit(limit - len(found))
        ).all()
        ids = [row.id for row in rows]
        events, revisions = _events_of(connection, ids), _revisions_of(connection, ids)
        found += [
            QueueItem(
                claim_id=row.id, event_id=events.get(row.id), confidence=row.confidence, contradicted=contradicted,
                revision=revisions.get(row.id, 0),
            )
            for row in rows
        ]  # fmt: skip
        if len(found) >= limit:
            break
    return found


def _events_of(connection: Connection, ids: list[str]) -> dict[str, str]:
    e = t.event_claims.c
    return {row.claim_id: row.event_id for row in connection.execute(select(e.claim_id, e.event_id).where(e.claim_id.in_(ids)))}


def _revisions_of(connection: Connection, ids: list[str]) -> dict[str, int]:
    r = t.claim_reviews.c
    return {row.claim_id: row.revision for row in connection.execute(select(r.claim_id, r.revision).where(r.claim_id.in_(ids)))}


def _claims_query(
    where: ColumnElement[bool] | None, after: QueueItem | None, disputed: ColumnElement[bool]
) -> Select[tuple[str, float | None]]:
    """Ids and confidences alone: what else a page shows is asked for its few claims, and not for all that are sorted."""
    c = t.claims.c
    query = select(c.id, c.confidence).where(_unreviewed(), disputed, *_given(where))
    if after is not None and after.confidence is None:
        query = query.where(or_(c.confidence.is_not(None), c.id > str(after.claim_id)))
    elif after is not None:
        query = query.where(or_(c.confidence > after.confidence, and_(c.confidence == after.confidence, c.id > after.claim_id)))
    return query.order_by(c.confidence.asc().nulls_first(), c.id)


def _disputed(connection: Connection, contradicted: bool) -> ColumnElement[bool]:
    """Whether a claim's event has a contradiction that nobody has resolved.

    Few of them are looked up from the contradictions; where there are many, the claims are gone through in their order until
    the page is full.
    """
    e, k = t.event_claims, t.contradictions
    joined = select(e.c.claim_id).join(k, k.c.event_id == e.c.event_id).where(_unresolved())
    few = len(connection.execute(select(k.c.event_id).limit(_FEW)).all()) < _FEW
    if contradicted and few:
        return t.claims.c.id.in_(joined)
    found = exists(joined.where(e.c.claim_id == t.claims.c.id).correlate(t.claims))
    return found if contradicted else ~found


def _unresolved() -> ColumnElement[bool]:
    """No claim of the event carries a decision about this field of it."""
    of_event = t.event_claims.alias("of_event")
    settled = (
        select(t.resolutions.c.claim_id)
        .join(of_event, of_event.c.claim_id == t.resolutions.c.claim_id)
        .where(of_event.c.event_id == t.contradictions.c.event_id, t.resolutions.c.field == t.contradictions.c.field)
        .correlate(t.contradictions)
    )
    return ~exists(settled)


def _links_query(where: ColumnElement[bool] | None) -> Select[tuple[str, str, float | None]]:
    """Claims in events of several whose link nobody has decided about; the claim that an event begins with has no link."""
    e = t.event_claims.c
    decided = select(t.link_decisions.c.number).where(
        or_(t.link_decisions.c.a == e.claim_id, t.link_decisions.c.b == e.claim_id), t.link_decisions.c.same.is_(True)
    )
    query = select(e.claim_id, e.event_id, e.score).where(e.score.is_not(None), e.n > 0, ~exists(decided))
    if where is not None:
        query = query.join(t.claims, t.claims.c.id == e.claim_id).where(where)
    return query


def _links(connection: Connection, where: ColumnElement[bool] | None, after: QueueItem | None, limit: int) -> list[QueueItem]:
    e = t.event_claims.c
    query = _links_query(where)
    if after is not None:
        query = query.where(or_(e.score > after.confidence, and_(e.score == after.confidence, e.claim_id > after.claim_id)))
    rows = connection.execute(query.order_by(e.score, e.claim_id).limit(limit))
    return [QueueItem(claim_id=row.claim_id, event_id=row.event_id, confidence=row.score) for row in rows]


def _contradictions_query(where: ColumnElement[bool] | None) -> Select[tuple[str, str]]:
    query = select(t.contradictions.c.event_id, t.contradictions.c.field).where(_unresolved()).distinct()
    if where is not None:
        some = select(t.event_claims.c.event_id).join(t.claims, t.claims.c.id == t.event_claims.c.claim_id).where(where)
        query = query.where(t.contradictions.c.event_id.in_(some))
    return query


def _contradictions(
    connection: Connection, where: ColumnElement[bool] | None, after: QueueItem | None, limit: int
) -> list[QueueItem]:
    c = t.contradictions.c
    query = _contradictions_query(where)
    if after is not None:
        later = or_(c.event_id > after.event_id, and_(c.event_id == after.event_id, c.field > after.field))
        query = query.where(later)
    rows = connection.execute(query.order_by(c.event_id, c.field).limit(limit))
    return [QueueItem(claim_id=None, event_id=row.event_id, field=row.field, contradicted=True) for row in rows]
