"""The tables of reviews: the log and what follows from it.  What a decision means stands in `dateline.reviews`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from dateline.model import Claim, Grade, Grades, LinkDecisions, Review
from dateline.model.review import FIRST, chained
from dateline.store import tables as t
from dateline.store.insert import batches, insert_rows
from dateline.store.load import load_claims
from dateline.store.rows import claim_rows

GradedField = Literal["reliability", "credibility"]
_COLUMNS = tuple(t.reviews.c[field] for field in Review.__struct_fields__)


class EngineClaim(NamedTuple):
    """A claim as the engine read it, and its position in the report."""

    n: int
    claim: Claim


# The log


def load_reviews(connection: Connection, where: ColumnElement[bool] | None = None) -> list[Review]:
    """The rows of the log that fit, the oldest first."""
    query = select(*_COLUMNS).order_by(t.reviews.c.number)
    rows = connection.execute(query if where is None else query.where(where))
    return [Review(**row._mapping) for row in rows]


def append_review(connection: Connection, review: Review, claims: Iterable[str]) -> Review:
    """The row as it stands at the end of the log; its number and hashes are given here.  `claims` are those that it touches."""
    last = connection.execute(select(t.reviews.c.number, t.reviews.c.hash).order_by(t.reviews.c.number.desc()).limit(1)).first()
    numbered = msgspec.structs.replace(review, number=(last.number if last else 0) + 1)
    row = chained(numbered, last.hash if last else FIRST)
    connection.execute(insert(t.reviews), msgspec.structs.asdict(row))
    touched = [{"number": row.number, "claim_id": claim_id} for claim_id in sorted(set(claims))]
    if touched:
        connection.execute(insert(t.review_claims), touched)
    return row


def load_touching(connection: Connection, claims: Collection[str], layer: str | None) -> dict[int, tuple[str, ...]]:
    """The numbers of the reviews in a layer that touch any of these claims, each with all claims that it touches."""
    c = t.review_claims.c
    found: dict[int, list[str]] = {}
    for some in batches(sorted(claims)):
        numbers = (
            select(c.number)
            .join(t.reviews, t.reviews.c.number == c.number)
            .where(c.claim_id.in_(some), t.reviews.c.layer.is_(None) if layer is None else t.reviews.c.layer == layer)
        )
        for row in connection.execute(select(c.number, c.claim_id).where(c.number.in_(numbers))):
            found.setdefault(row.number, []).append(row.claim_id)
    return {number: tuple(sorted(set(ids))) for number, ids in sorted(found.items())}


def load_numbered(connection: Connection, numbers: Iterable[int]) -> list[Review]:
    """The rows with these numbers, the oldest first."""
    found = [r for some in _portions(sorted(set(numbers))) for r in load_reviews(connection, t.reviews.c.number.in_(some))]
    return sorted(found, key=lambda review: review.number)


def load_undone(connection: Connection) -> frozenset[int]:
    return frozenset(connection.execute(select(t.undone_reviews.c.number)).scalars())


def set_undone(connection: Connection, number: int, undone: bool) -> None:
    connection.execute(delete(t.undone_reviews).where(t.undone_reviews.c.number == number))
    if undone:
        connection.execute(insert(t.undone_reviews), {"number": number})


def next_number(connection: Connection) -> int:
    """The number that the next row of the log gets."""
    return 1 + (connection.execute(select(func.max(t.reviews.c.number))).scalar() or 0)


def load_moved(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """How the present engine's claims are called that reviews name otherwise."""
    found: dict[str, str] = {}
    for some in batches(sorted(set(ids))):
        found |= {row.was: row.now for row in connection.execute(select(t.moved_claims).where(t.moved_claims.c.was.in_(some)))}
    return found


def load_conflicts(connection: Connection) -> dict[int, str]:
    """Why a review could not be carried over to the claims of the present engine, by its number."""
    return {row.number: row.reason for row in connection.execute(select(t.review_conflicts))}


# Claims


def load_engine_claims(connection: Connection, ids: Iterable[str], added: Collection[str] = ()) -> dict[str, EngineClaim]:
    """The engine's records of these claims: as kept before the first change, else as they stand in the tables.

    `added` are claims that people made: what stands in the tables under their ids is not the engine's.
    """
    found: dict[str, EngineClaim] = {}
    wanted = sorted(set(ids))
    for some in batches(wanted):
        for row in connection.execute(select(t.engine_claims).where(t.engine_claims.c.claim_id.in_(some))):
            found[row.claim_id] = EngineClaim(row.n, msgspec.json.decode(row.record, type=Claim))
    for some in batches([i for i in wanted if i not in found and i not in added]):
        found |= _present(connection, t.claims.c.id.in_(some))
    return found


def load_engine_report(connection: Connection, report_id: str, added: Collection[str]) -> dict[str, EngineClaim]:
    """The engine's records of all claims of a report, in its order, without those that people `added`."""
    ids: set[str] = set()
    for table, column in ((t.engine_claims, t.engine_claims.c.claim_id), (t.claims, t.claims.c.id)):
        ids |= set(connection.execute(select(column).where(table.c.report_id == report_id)).scalars())
    found = load_engine_claims(connection, ids, added)
    return dict(sorted(found.items(), key=lambda item: item[1].n))


def keep_engine_claims(connection: Connection, claims: Mapping[str, EngineClaim]) -> None:
    """Keep the engine's records of claims that a person is about to change; those that are kept already stay."""
    c = t.engine_claims.c
    known = {
        i
        for some in batches(sorted(claims))
        for i in connection.execute(select(c.claim_id).where(c.claim_id.in_(some))).scalars()
    }
    rows = [
        {"claim_id": i, "report_id": kept.claim.report_id, "n": kept.n, "record": msgspec.json.encode(kept.claim).decode()}
        for i, kept in sorted(claims.items())
        if i not in known
    ]
    if rows:
        connection.execute(insert(t.engine_claims), rows)


def write_claims(connection: Connection, changed: Mapping[str, Claim | None], positions: Mapping[str, int]) -> None:
    """Put records in force: the rows of each claim are made anew, None takes them out.

    `positions` gives the place in the report of those that have one from the engine; others come behind the last.  No event
    holds those that are gone.
    """
    gone = sorted(i for i, claim in changed.items() if claim is None)
    at = _positions(connection, list(changed))
    for ids in batches(gone):
        connection.execute(delete(t.event_claims).where(t.event_claims.c.claim_id.in_(ids)))
    for claim_id, claim in sorted(changed.items(), key=lambda item: (positions.get(item[0], len(positions)), item[0])):
        if claim is None:
            connection.execute(delete(t.claims).where(t.claims.c.id == claim_id))
            continue
        n = at.get(claim_id, positions.get(claim_id))
        if n is None or (claim_id not in at and _is_taken(connection, claim.report_id, n)):
            n = _behind(connection, claim.report_id)
        _rewrite(connection, claim, n, is_there=claim_id in at)


def _rewrite(connection: Connection, claim: Claim, n: int, *, is_there: bool) -> None:
    """The row of the claim itself is changed and not made anew: events point to it."""
    rows = claim_rows(claim, n)
    if not is_there:
        insert_rows(connection, rows)
        return
    for table in t.CLAIM_PARTS:
        connection.execute(delete(table).where(table.c.claim_id == claim.id))
    [row] = rows.pop(t.claims)
    insert_rows(connection, {table: some for table, some in rows.items() if table in t.SHARED_TABLES})
    connection.execute(t.claims.update().where(t.claims.c.id == claim.id), row)
    insert_rows(connection, {table: some for table, some in rows.items() if table in t.CLAIM_PARTS})


def _present(connection: Connection, where: ColumnElement[bool]) -> dict[str, EngineClaim]:
    at = {row.id: row.n for row in connection.execute(select(t.claims.c.id, t.claims.c.n).where(where))}
    return {claim.id: EngineClaim(at[claim.id], claim) for claim in load_claims(connection, where)}


def _positions(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in batches(sorted(ids)):
        found |= {row.id: row.n for row in connection.execute(select(t.claims.c.id, t.claims.c.n).where(t.claims.c.id.in_(some)))}
    return found


def _is_taken(connection: Connection, report_id: str, n: int) -> bool:
    return (
        connection.execute(select(t.claims.c.id).where(t.claims.c.report_id == report_id, t.claims.c.n == n)).first() is not None
    )


def _behind(connection: Connection, report_id: str) -> int:
    """The first position behind all claims of a report, those that were taken out among them."""
    last = [
        connection.execute(select(func.max(table.c.n)).where(table.c.report_id == report_id)).scalar()
        for table in (t.claims, t.engine_claims)
    ]
    return 1 + max((n for n in last if n is not None), default=-1)


# What follows from the log


def load_link_decisions(connection: Connection) -> LinkDecisions:
    """What people decided about pairs of claims; a pair that was decided about more than once is as it was decided last."""
    c = t.link_decisions.c
    last = {(row.a, row.b): row.same for row in connection.execute(select(c.a, c.b, c.same).order_by(c.number))}
    return LinkDecisions(
        forced=frozenset(pair for pair, same in last.items() if same),
        forbidden=frozenset(pair for pair, same in last.items() if not same),
    )


def load_resolutions(connection: Connection) -> dict[tuple[str, str], str]:
    return {(row.claim_id, row.field): row.value for row in connection.execute(select(t.resolutions))}


def load_grades(connection: Connection, field: GradedField, subjects: Collection[str] | None = None) -> dict[str, Grade]:
    """The grades that people gave; of `subjects` where they are named."""
    query = select(t.grades).where(t.grades.c.field == field)
    if subjects is not None:
        query = query.where(t.grades.c.subject.in_(sorted(subjects)))
    return {
        row.subject: Grade(grade=row.grade, by=row.reviewer, at=row.at, reason=row.reason) for row in connection.execute(query)
    }


def load_graded_claims(connection: Connection) -> dict[str, Grades]:
    """What people think of each claim, where they graded it or its source."""
    c, g = t.claims.c, t.grades.c
    of_source = select(c.id, g.grade).join(t.claims, c.source_id == g.subject).where(g.field == "reliability")
    reliability = {row.id: row.grade for row in connection.execute(of_source)}
    of_claim = select(g.subject, g.grade).where(g.field == "credibility")
    credibility = {row.subject: row.grade for row in connection.execute(of_claim)}
    return {i: Grades(reliability.get(i), credibility.get(i)) for i in sorted({*reliability, *credibility})}


def load_reports_graded(connection: Connection, subject: str) -> list[str]:
    """The reports of the claims that a grade of this source or claim is about, as far as they tell numbers."""
    c = t.claims.c
    told = select(c.report_id).where((c.source_id == subject) | (c.id == subject), c.id.in_(select(t.figures.c.claim_id)))
    return sorted(set(connection.execute(told).scalars()))


def _portions(numbers: Sequence[int], size: int = 900) -> Iterable[Sequence[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
