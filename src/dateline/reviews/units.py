"""The part of the record that a decision can touch: claims, and the decisions that stand about them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, get_args

from sqlalchemy import Connection, func, select

from dateline.model import Claim, Review
from dateline.reviews.apply import State, Step, replay
from dateline.reviews.decisions import ClaimDecision, Layer, claims_made, claims_named, from_json, renamed
from dateline.store import tables as t
from dateline.store.insert import batches
from dateline.store.reviews import (
    EngineClaim,
    load_conflicts,
    load_engine_claims,
    load_engine_report,
    load_moved,
    load_numbered,
    load_touching,
    load_undone,
)

CLAIM_ACTIONS = frozenset(kind.__struct_config__.tag for kind in get_args(ClaimDecision))


class Unit(NamedTuple):
    """Claims as the engine read them, and the decisions that stand about them, in their order.

    A unit is closed: no standing decision about one of its claims touches a claim outside it.
    """

    engine: Mapping[str, EngineClaim]
    steps: tuple[Step, ...]
    claims: frozenset[str]  # all ids, those of claims that people made among them

    @property
    def state(self) -> State:
        state, _ = replay({i: kept.claim for i, kept in self.engine.items()}, self.steps)
        return state

    def without(self, number: int) -> "Unit":
        return self._replace(steps=tuple(step for step in self.steps if step.number != number))

    def with_step(self, step: Step) -> "Unit":
        return self._replace(steps=tuple(sorted((*self.without(step.number).steps, step))))


def load_unit(connection: Connection, claims: Iterable[str], layer: Layer = None) -> Unit:
    """The unit that holds these claims, in a layer."""
    ids, touching = set(claims), dict[int, tuple[str, ...]]()
    while True:
        touching = load_touching(connection, ids, layer)
        more = {i for touched in touching.values() for i in touched} - ids
        if not more:
            break
        ids |= more
    rows = load_numbered(connection, touching)
    made = {i for row in rows if row.action in CLAIM_ACTIONS for i in claims_made(from_json(row.decision))}
    engine = load_engine_claims(connection, ids, made)
    if layer is not None:
        bare = _bare_reports(connection, layer)
        engine = {i: kept for i, kept in engine.items() if kept.claim.report_id not in bare}
    return Unit(engine, standing_steps(connection, rows), frozenset(ids))


def load_report_unit(connection: Connection, report_id: str, layer: Layer) -> Unit:
    """All claims of a report as a layer has them."""
    where = t.reviews.c.layer.is_(None) if layer is None else t.reviews.c.layer == layer
    numbers = connection.execute(
        select(t.reviews.c.number).where(t.reviews.c.report_id == report_id, where, t.reviews.c.action.in_(CLAIM_ACTIONS))
    ).scalars()
    rows = load_numbered(connection, numbers)
    added = added_claims(connection, report_id)
    engine = load_engine_report(connection, report_id, added)
    if layer is not None and report_id in _bare_reports(connection, layer):
        engine = {}
    steps = standing_steps(connection, rows)
    made = {i for step in steps for i in claims_made(step.decision)}
    return Unit(engine, steps, frozenset(engine) | made)


def added_claims(connection: Connection, report_id: str) -> frozenset[str]:
    """The claims of a report that people made, whether or not they still stand."""
    rows = connection.execute(
        select(t.reviews.c.decision).where(t.reviews.c.report_id == report_id, t.reviews.c.action.in_(("split", "add_claim")))
    ).scalars()
    return frozenset(i for text in rows for i in claims_made(from_json(text)))


def standing_steps(connection: Connection, rows: Iterable[Review]) -> tuple[Step, ...]:
    """The decisions about claims among these rows of the log that stand and fit the present engine's claims."""
    left_out = load_undone(connection) | load_conflicts(connection).keys()
    return steps_of(connection, [row for row in rows if row.number not in left_out])


def steps_of(connection: Connection, rows: Iterable[Review]) -> tuple[Step, ...]:
    """The decisions about claims among these rows as steps, their claims called as the present engine calls them."""
    found = [row for row in rows if row.action in CLAIM_ACTIONS]
    decisions = [from_json(row.decision) for row in found]
    moved = load_moved(connection, (i for decision in decisions for i in claims_named(decision)))
    read_anew = _last_recoded(connection, {row.report_id for row in found if row.report_id})
    steps = []
    for row, decision in zip(found, decisions, strict=True):
        assert isinstance(decision, ClaimDecision)
        was_moved = row.number < read_anew.get(row.report_id or "", 0)
        steps.append(Step(row.number, renamed(decision, moved), row.reviewer, row.at, was_moved))
    return tuple(steps)


def _last_recoded(connection: Connection, reports: Iterable[str]) -> dict[str, int]:
    """The number of the row of the log that says that a report was last read anew."""
    c = t.reviews.c
    query = select(c.report_id, func.max(c.number).label("number")).where(c.action == "recode").group_by(c.report_id)
    found: dict[str, int] = {}
    for some in batches(sorted(reports)):
        found |= {row.report_id: row.number for row in connection.execute(query.where(c.report_id.in_(some)))}
    return found


def revision_of(connection: Connection, claim_id: str, layer: Layer) -> tuple[int, str]:
    """The number of the last review of a claim in a layer, and by whom; 0 where there is none."""
    if layer is None:
        row = connection.execute(
            select(t.claim_reviews.c.revision, t.reviews.c.reviewer)
            .join(t.reviews, t.reviews.c.number == t.claim_reviews.c.revision)
            .where(t.claim_reviews.c.claim_id == claim_id)
        ).first()
        return (row.revision, row.reviewer) if row else (0, "")
    last = connection.execute(
        select(func.max(t.review_claims.c.number))
        .join(t.reviews, t.reviews.c.number == t.review_claims.c.number)
        .where(t.review_claims.c.claim_id == claim_id, t.reviews.c.layer == layer)
    ).scalar()
    return (last or 0, layer)


def _bare_reports(connection: Connection, coder: str) -> frozenset[str]:
    """The reports that a coder codes from the bare text."""
    query = select(t.assignments.c.report_id).where(t.assignments.c.coder == coder, t.assignments.c.start == "nothing")
    return frozenset(connection.execute(query).scalars())


def claims_in(state: State) -> list[Claim]:
    """The claims in force, in the order of the text."""
    return sorted(state.claims.values(), key=lambda claim: (claim.evidence[0], claim.id))
