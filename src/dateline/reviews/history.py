"""Who changed what, from what, when and why; and back to how it was."""

from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from dateline.errors import ReviewError
from dateline.model import Review
from dateline.reviews.decisions import ClaimDecision, Redo, Undo, from_json
from dateline.reviews.record import Decided, decide_all
from dateline.reviews.units import load_unit
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.reviews import load_conflicts, load_reviews, load_undone

_AGAIN = ("undo", "redo")


class HistoryRow(Struct, frozen=True, kw_only=True):
    """A row of the log, its values read, with what became of it."""

    number: int
    at: str
    reviewer: str
    action: str
    subject: str
    report_id: str | None
    field: str | None
    engine_value: Any
    before: Any
    value: Any
    reason: str | None
    layer: str | None
    hash: str
    target: int | None = None  # of an undo or redo: the review that it is about
    stands: bool = True
    undone_by: int | None = None
    conflict: str | None = None  # why it fits no claim of the present engine


def history(
    project: Project,
    subject: str | None = None,
    *,
    reviewer: str | None = None,
    report: str | None = None,
    conflicts: bool = False,
    layer: str | None = None,
    every_layer: bool = False,
    before: int | None = None,
    limit: int = 100,
) -> list[HistoryRow]:
    """The rows of the log that fit, the newest first.

    `subject`: about a claim, event, report or source, also where a review of another claim touched it.  `conflicts`: only those
    that fit no claim since the reports were read anew.  `layer`: of a second coder; `every_layer`: of all.  `before`: older than
    that number, to page on.
    """
    c = t.reviews.c
    query = select(c.number).order_by(c.number.desc()).limit(limit)
    if not every_layer:
        query = query.where(c.layer.is_(None) if layer is None else c.layer == layer)
    if subject is not None:
        touched = select(t.review_claims.c.number).where(t.review_claims.c.claim_id == subject)
        query = query.where((c.subject == subject) | c.number.in_(touched) | (c.report_id == subject))
    if reviewer is not None:
        query = query.where(c.reviewer == reviewer)
    if report is not None:
        query = query.where(c.report_id == report)
    if before is not None:
        query = query.where(c.number < before)
    if conflicts:
        query = query.where(c.number.in_(select(t.review_conflicts.c.number)))
    with project.reading_tables() as connection:
        numbers = list(connection.execute(query).scalars())
        rows = load_reviews(connection, c.number.in_(numbers))
        return list(reversed(_told(connection, rows)))


def revert(project: Project, subject: str, number: int, *, reviewer: str, reason: str | None = None) -> list[Decided]:
    """Bring a claim back to its state right after review `number` (0: as the engine read it), by undoing and redoing.

    Raises ReviewError where it is in that state already.
    """
    with project.reading_tables() as connection:
        wanted = _stood_after(connection, subject, number)
        now = _stood_after(connection, subject, None)
    undo: list[Undo | Redo] = [Undo(number=n) for n in sorted(now - wanted, reverse=True)]
    redo: list[Undo | Redo] = [Redo(number=n) for n in sorted(wanted - now)]
    if not undo and not redo:
        raise ReviewError(f"{subject} is as it was after review {number}")
    return decide_all(project, [*undo, *redo], reviewer=reviewer, reason=reason or f"back to how it was after review {number}")


def _stood_after(connection: Connection, claim_id: str, number: int | None) -> set[int]:
    """The decisions about a claim (and what it was joined with) that stood after a row of the log; None: that stand now."""
    unit = load_unit(connection, [claim_id])
    touching = select(t.review_claims.c.number).where(t.review_claims.c.claim_id.in_(sorted(unit.claims)))
    stands: set[int] = set()
    for row in load_reviews(connection, t.reviews.c.number.in_(touching) & t.reviews.c.layer.is_(None)):
        if number is not None and row.number > number:
            break
        decision = from_json(row.decision)
        if isinstance(decision, Undo):
            stands.discard(decision.number)
        elif isinstance(decision, Redo):
            stands.add(decision.number)
        elif isinstance(decision, ClaimDecision):
            stands.add(row.number)
    return stands


def _told(connection: Connection, rows: list[Review]) -> list[HistoryRow]:
    undone, conflicts = load_undone(connection), load_conflicts(connection)
    by = _undone_by(connection) if undone else {}
    return [_row(row, undone, conflicts, by) for row in rows]


def _row(row: Review, undone: frozenset[int], conflicts: dict[int, str], by: dict[int, int]) -> HistoryRow:
    decision = from_json(row.decision) if row.action in _AGAIN else None
    return HistoryRow(
        number=row.number, at=row.at, reviewer=row.reviewer, action=row.action, subject=row.subject, report_id=row.report_id,
        field=row.field, engine_value=_read(row.engine_value), before=_read(row.before), value=_read(row.value),
        reason=row.reason, layer=row.layer, hash=row.hash, target=decision.number if isinstance(decision, Undo | Redo) else None,
        stands=row.number not in undone and row.number not in conflicts, undone_by=by.get(row.number),
        conflict=conflicts.get(row.number),
    )  # fmt: skip


def _undone_by(connection: Connection) -> dict[int, int]:
    """The last undo of each review that is undone."""
    undone = load_undone(connection)
    found: dict[int, int] = {}
    for row in load_reviews(connection, t.reviews.c.action == "undo"):
        decision = from_json(row.decision)
        if isinstance(decision, Undo) and decision.number in undone:
            found[decision.number] = row.number
    return found


def _read(text: str | None) -> Any:
    """A value of the log; text that is no JSON, as an older version kept it, as it is."""
    if text is None:
        return None
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text
