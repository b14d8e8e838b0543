"""A claim with all that people made of it, for pages and tables."""

from collections.abc import Collection

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from dateline.errors import ReviewError
from dateline.model import Claim, Grade, Review
from dateline.reviews.apply import WAITING, Status
from dateline.reviews.decisions import Comment, Layer, from_json
from dateline.reviews.units import load_unit, revision_of
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.insert import batches
from dateline.store.reviews import load_grades, load_reviews, load_undone

UNJUDGED_SOURCE, UNJUDGED_CLAIM = Grade(grade="F"), Grade(grade="6")
"""What holds until a person says otherwise: a machine judges neither."""


class Remark(Struct, frozen=True, kw_only=True):
    """A comment of the log."""

    number: int
    reviewer: str
    at: str
    text: str


class ClaimView(Struct, frozen=True, kw_only=True):
    """A claim as it is in force (None: rejected, or merged into another), as the engine read it, and what people said of it."""

    id: str
    report_id: str
    claim: Claim | None
    engine: Claim | None  # None: a person added it
    status: Status
    unsupported: tuple[str, ...]  # fields whose value the report's characters do not support
    credibility: Grade
    comments: tuple[Remark, ...]


def claim_view(project: Project, claim_id: str, layer: Layer = None) -> ClaimView:
    """A claim, whether or not it is still in force.  Raises ReviewError where there never was one of that name."""
    with project.reading_tables() as connection:
        unit = load_unit(connection, [claim_id], layer)
        state, engine = unit.state, unit.engine.get(claim_id)
        claim = state.claims.get(claim_id)
        if claim is None and engine is None and claim_id not in state.status:
            raise ReviewError(f"no claim {claim_id}")
        revision, _ = revision_of(connection, claim_id, layer)
        grades = load_grades(connection, "credibility", [claim_id])
        comments = tuple(remarks(connection, claim_id))
        report_id = claim.report_id if claim else engine.claim.report_id if engine else _report_of(connection, claim_id)
    status = state.status.get(claim_id, WAITING)
    return ClaimView(
        id=claim_id, report_id=report_id, claim=claim, engine=engine.claim if engine else None,
        status=msgspec.structs.replace(status, revision=revision), unsupported=unsupported(claim) if claim else (),
        credibility=grades.get(claim_id, UNJUDGED_CLAIM), comments=comments,
    )  # fmt: skip


def statuses(project: Project, claim_ids: Collection[str]) -> dict[str, Status]:
    """What people have made of each of these claims; those that nobody reviewed are waiting, at revision 0."""
    found = dict.fromkeys(claim_ids, WAITING)
    with project.reading_tables() as connection:
        for some in batches(sorted(set(claim_ids))):
            for row in connection.execute(select(t.claim_reviews).where(t.claim_reviews.c.claim_id.in_(some))):
                found[row.claim_id] = Status(name=row.status, revision=row.revision, reviewer=row.reviewer, at=row.at)
    return found


def unsupported(claim: Claim) -> tuple[str, ...]:
    """The fields that a person gave a value which no characters of the report support."""
    return tuple(ground.field for ground in claim.grounds if is_unsupported(ground.rule))


def is_unsupported(rule: str) -> bool:
    return rule.startswith("review") and rule.endswith("unsupported")


def source_grade(project: Project, source_id: str) -> Grade:
    """How far a source (of `tables.sources`) is trusted; F where nobody has judged it."""
    with project.reading_tables() as connection:
        return load_grades(connection, "reliability", [source_id]).get(source_id, UNJUDGED_SOURCE)


def remarks(connection: Connection, subject: str) -> list[Remark]:
    """The comments about a record that were not taken back, the oldest first."""
    undone = load_undone(connection)
    rows = load_reviews(connection, (t.reviews.c.subject == subject) & (t.reviews.c.action == "comment"))
    return [_remark(row) for row in rows if row.number not in undone]


def _remark(row: Review) -> Remark:
    decision = from_json(row.decision)
    return Remark(
        number=row.number, reviewer=row.reviewer, at=row.at, text=decision.text if isinstance(decision, Comment) else ""
    )  # fmt: skip


def _report_of(connection: Connection, claim_id: str) -> str:
    """The report of a claim that a person added and that is gone again."""
    query = (
        select(t.reviews.c.report_id)
        .join(t.review_claims, t.review_claims.c.number == t.reviews.c.number)
        .where(t.review_claims.c.claim_id == claim_id)
        .limit(1)
    )
    return connection.execute(query).scalar() or ""
