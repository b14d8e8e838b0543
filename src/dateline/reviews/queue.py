"""What waits for review, as data: contradictions first, then the least certain first.

Everything is asked of the tables, with indexes, so that a project of some hundred thousand claims answers at once.
"""

from typing import Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, and_, exists, func, or_, select, tuple_

from dateline.store import Project
from dateline.store import tables as t

Waiting = Literal["claims", "links", "contradictions"]
Ids = Select[tuple[str]]
_REVIEWED = t.claim_reviews.c.status != "waiting"
_FEW = 2000  # contradictions; both ways take about as long there
_MANY = 1000
"""Of what waits: then the claims are gone through in the order of the queue until a page is full.  SQLite, which does not know
how many a filter leaves, would find and sort them all.
"""


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
    unseen: Ids | None = None,
    after: QueueItem | None = None,
    limit: int = 50,
    counted: Counts | None = None,
) -> list[QueueItem]:
    """What waits, the most urgent first; `where` is a condition on `tables.claims`, `after` the last item of the page before.

    Of events that are `unseen` (their ids) nothing is told: no link, no contradiction, not that a claim is in one.

    Claims: those of events whose sources contradict each other, then the others, each the least certain first.  Links: the
    weakest first.  Contradictions: by event.

    `counted` is what `waiting` tells of the same; whoever knows it gets the answer sooner.
    """
    with project.reading_tables() as connection:
        if what == "claims":
            return _claims(connection, where, unseen, after, limit, counted)
        if what == "links":
            return _links(connection, where, unseen, after, limit)
        return _contradictions(connection, where, unseen, after, limit)


def waiting(project: Project, where: ColumnElement[bool] | None = None, unseen: Ids | None = None) -> Counts:
    """How much waits in all, by the arguments of `queue`.

    That is what there is, without what people decided about, which is little beside it.
    """
    e, k = t.event_claims.c, t.contradictions.c
    chosen = select(t.claims.c.id).where(*_given(where)).cte("chosen").prefix_with("MATERIALIZED")
    claims = select(t.claims.c.id) if where is None else select(chosen.c.id)  # looked for once
    links = select(e.claim_id).where(e.score.is_not(None), e.n > 0, *_seen(e.event_id, unseen))
    differing = select(k.event_id, k.field).where(*_seen(k.event_id, unseen)).distinct()
    if where is not None:
        columns = select(e.claim_id, e.event_id, e.score, e.n).where(e.claim_id.in_(claims))
        mine = columns.cte("mine").prefix_with("MATERIALIZED").c
        links = select(mine.claim_id).where(mine.score.is_not(None), mine.n > 0, *_seen(mine.event_id, unseen))
        differing = differing.where(k.event_id.in_(select(mine.event_id)))
    parts = (
        (claims, select(t.claim_reviews.c.claim_id).where(_REVIEWED, t.claim_reviews.c.claim_id.in_(claims))),
        (links, links.where(links.selected_columns.claim_id.in_(_linked()))),
        (differing, differing.where(tuple_(k.event_id, k.field).in_(_resolved()))),
    )
    counts = [select(func.count()).select_from(part.subquery()).scalar_subquery() for pair in parts for part in pair]
    with project.reading_tables() as connection:
        n = connection.execute(select(*counts)).one()
    return Counts(claims=n[0] - n[1], links=n[2] - n[3], contradictions=n[4] - n[5])


def _given(where: ColumnElement[bool] | None) -> list[ColumnElement[bool]]:
    return [] if where is None else [where]


def _seen(event: ColumnElement[str], unseen: Ids | None) -> list[ColumnElement[bool]]:
    return [] if unseen is None else [event.not_in(unseen)]


def _unreviewed() -> ColumnElement[bool]:
    return ~exists(select(t.claim_reviews.c.claim_id).where(t.claim_reviews.c.claim_id == t.claims.c.id, _REVIEWED))


def _claims(
    connection: Connection,
    where: ColumnElement[bool] | None,
    unseen: Ids | None,
    after: QueueItem | None,
    limit: int,
    counted: Counts | None,
) -> list[QueueItem]:
    found: list[QueueItem] = []
    for contradicted in (True, False):
        if after is not None and contradicted > after.contradicted:
            continue  # the page before ended behind them
        begin = after if after is not None and contradicted == after.contradicted else None
        query = _claims_query(where, begin, _disputed(connection, contradicted, unseen))
        if counted is not None and (counted.contradictions if contradicted else counted.claims) >= _MANY:
            query = query.with_hint(t.claims, "INDEXED BY ix_claims_confidence", "sqlite")
        rows = connection.execute(query.limit(limit - len(found))).all()
        ids = [row.id for row in rows]
        events, revisions = _events_of(connection, ids, unseen), _revisions_of(connection, ids)
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


def _events_of(connection: Connection, ids: list[str], unseen: Ids | None) -> dict[str, str]:
    e = t.event_claims.c
    query = select(e.claim_id, e.event_id).where(e.claim_id.in_(ids), *_seen(e.event_id, unseen))
    return {row.claim_id: row.event_id for row in connection.execute(query)}


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


def _disputed(connection: Connection, contradicted: bool, unseen: Ids | None) -> ColumnElement[bool]:
    """Whether a claim's event has a contradiction that nobody has resolved.

    Few of them are looked up from the contradictions; where there are many, the claims are gone through in their order until
    the page is full.
    """
    e, k = t.event_claims, t.contradictions
    joined = select(e.c.claim_id).join(k, k.c.event_id == e.c.event_id).where(_unresolved(), *_seen(k.c.event_id, unseen))
    few = len(connection.execute(select(k.c.event_id).limit(_FEW)).all()) < _FEW
    if contradicted and few:
        return t.claims.c.id.in_(joined)
    found = exists(joined.where(e.c.claim_id == t.claims.c.id).correlate(t.claims))
    return found if contradicted else ~found


def _unresolved() -> ColumnElement[bool]:
    """No claim of the event carries a decision about this field of it."""
    return tuple_(t.contradictions.c.event_id, t.contradictions.c.field).not_in(_resolved())


def _resolved() -> Select[tuple[str, str]]:
    """Events and the fields of theirs that somebody decided about.

    An expression has no index: so the decisions, which are few, are gone through, and not all claims of events.
    """
    of_event = t.event_claims.alias("of_event")
    decided = t.resolutions.c.claim_id.concat("")
    return select(of_event.c.event_id, t.resolutions.c.field).join(t.resolutions, decided == of_event.c.claim_id)


def _links_query(where: ColumnElement[bool] | None, unseen: Ids | None) -> Select[tuple[str, str, float | None]]:
    """Claims in events of several whose link nobody has decided about; the claim that an event begins with has no link."""
    e = t.event_claims.c
    decided = select(t.link_decisions.c.number).where(
        or_(t.link_decisions.c.a == e.claim_id, t.link_decisions.c.b == e.claim_id), t.link_decisions.c.same.is_(True)
    )
    query = select(e.claim_id, e.event_id, e.score).where(
        e.score.is_not(None), e.n > 0, ~exists(decided), *_seen(e.event_id, unseen)
    )
    return query if where is None else query.join(t.claims, t.claims.c.id == e.claim_id).where(where)


def _linked() -> CompoundSelect[tuple[str]]:
    """The claims that somebody put in one event with another."""
    d = t.link_decisions.c
    return select(d.a.label("claim_id")).where(d.same.is_(True)).union(select(d.b).where(d.same.is_(True)))


def _links(
    connection: Connection, where: ColumnElement[bool] | None, unseen: Ids | None, after: QueueItem | None, limit: int
) -> list[QueueItem]:
    e = t.event_claims.c
    query = _links_query(where, unseen)
    if after is not None:
        query = query.where(or_(e.score > after.confidence, and_(e.score == after.confidence, e.claim_id > after.claim_id)))
    rows = connection.execute(query.order_by(e.score, e.claim_id).limit(limit))
    return [QueueItem(claim_id=row.claim_id, event_id=row.event_id, confidence=row.score) for row in rows]


def _contradictions_query(where: ColumnElement[bool] | None, unseen: Ids | None) -> Select[tuple[str, str]]:
    query = (
        select(t.contradictions.c.event_id, t.contradictions.c.field)
        .where(_unresolved(), *_seen(t.contradictions.c.event_id, unseen))
        .distinct()
    )
    if where is not None:
        some = select(t.event_claims.c.event_id).join(t.claims, t.claims.c.id == t.event_claims.c.claim_id).where(where)
        query = query.where(t.contradictions.c.event_id.in_(some))
    return query


def _contradictions(
    connection: Connection, where: ColumnElement[bool] | None, unseen: Ids | None, after: QueueItem | None, limit: int
) -> list[QueueItem]:
    c = t.contradictions.c
    query = _contradictions_query(where, unseen)
    if after is not None:
        later = or_(c.event_id > after.event_id, and_(c.event_id == after.event_id, c.field > after.field))
        query = query.where(later)
    rows = connection.execute(query.order_by(c.event_id, c.field).limit(limit))
    return [QueueItem(claim_id=None, event_id=row.event_id, field=row.field, contradicted=True) for row in rows]
