"""Decisions that are no part of a claim: links, grades, resolutions, assignments.  Their tables are made anew from the log."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, delete, insert

from dateline.gazetteer.names import fold
from dateline.model import PlaceAlias, Review
from dateline.model.decisions import pair_of
from dateline.reviews.decisions import (
    AcceptLink,
    Assign,
    Decision,
    Finish,
    GradeClaim,
    GradeSource,
    LinkDecision,
    NamePlace,
    NotThisEvent,
    Resolve,
    SameEvent,
    Unassign,
    claims_named,
    from_json,
)
from dateline.store import tables as t
from dateline.store.aliases import keep_aliases, load_aliases
from dateline.store.linking import outdate
from dateline.store.reviews import load_moved, load_reports_graded, load_reviews, load_undone

_GRADES = ("grade_source", "grade_claim")
_ASSIGNMENTS = ("assign", "unassign", "finish")


def show_results(connection: Connection, review: Review, decision: Decision) -> None:
    """Bring the tables that follow from a row of the log up to date; after the row, or after it was undone or redone."""
    match decision:
        case NotThisEvent() | SameEvent() | AcceptLink():
            show_links(connection, [review])
        case Resolve(founder=founder, field=field):
            _show_resolution(connection, founder, field)
        case GradeSource() | GradeClaim():
            _show_grade(connection, review.subject, str(review.field))
        case Assign(report=report) | Unassign(report=report) | Finish(report=report):
            _show_assignments(connection, report)
        case NamePlace(words=words):
            _show_alias(connection, words)
        case _:
            pass


def show_links(connection: Connection, rows: Iterable[Review]) -> None:
    """The pairs of these rows of the log, in the names of the present claims; their events are to be linked anew."""
    undone = load_undone(connection)
    for row in rows:
        decision = from_json(row.decision)
        assert isinstance(decision, LinkDecision)
        connection.execute(delete(t.link_decisions).where(t.link_decisions.c.number == row.number))
        named = claims_named(decision)
        moved = load_moved(connection, named)
        pairs = {
            (*pair_of(moved.get(a, a), moved.get(b, b)), same)
            for a, b, same in _pairs(decision)
            if moved.get(a, a) != moved.get(b, b)
        }
        if row.number not in undone and pairs:
            values = [{"number": row.number, "a": a, "b": b, "same": same} for a, b, same in sorted(pairs)]
            connection.execute(insert(t.link_decisions), values)
        outdate(connection, reports_named(row))


def reports_named(row: Review) -> set[str]:
    """The reports of the claims that a row of the log names."""
    return {anchor[0] for anchor in msgspec.json.decode(row.anchors).values()}


def _pairs(decision: LinkDecision) -> list[tuple[str, str, bool]]:
    match decision:
        case NotThisEvent(claim=claim, others=others):
            return [(claim, other, False) for other in others]
        case SameEvent(claims=claims):
            return [(claims[0], other, True) for other in claims[1:]]
        case AcceptLink(claim=claim, other=other):
            return [(claim, other, True)]


def _standing(connection: Connection, actions: Iterable[str], subject: str) -> list[tuple[Review, Decision]]:
    undone = load_undone(connection)
    rows = load_reviews(connection, (t.reviews.c.subject == subject) & t.reviews.c.action.in_(tuple(actions)))
    return [(row, from_json(row.decision)) for row in rows if row.number not in undone]


def _show_grade(connection: Connection, subject: str, field: str) -> None:
    connection.execute(delete(t.grades).where(t.grades.c.subject == subject, t.grades.c.field == field))
    given = [(row, d) for row, d in _standing(connection, _GRADES, subject) if row.field == field]
    if given:
        row, decision = given[-1]
        assert isinstance(decision, GradeSource | GradeClaim)
        connection.execute(insert(t.grades), {"subject": subject, "field": field, "grade": str(decision.grade), **_signed(row)})
    outdate(connection, load_reports_graded(connection, subject))  # whose number is the best may be another now


def _show_resolution(connection: Connection, founder: str, field: str) -> None:
    now = load_moved(connection, [founder]).get(founder, founder)
    where = t.resolutions.c.claim_id.in_((founder, now)) & (t.resolutions.c.field == field)
    connection.execute(delete(t.resolutions).where(where))
    given = [(row, d) for row, d in _standing(connection, ("resolve",), founder) if row.field == field]
    if given:
        row, decision = given[-1]
        assert isinstance(decision, Resolve)
        connection.execute(insert(t.resolutions), {"claim_id": now, "field": field, "value": decision.value, **_signed(row)})
    rows = load_reviews(connection, (t.reviews.c.subject == founder) & (t.reviews.c.action == "resolve"))
    outdate(connection, {report for row in rows for report in reports_named(row)})


def _signed(row: Review) -> dict[str, object]:
    return {"number": row.number, "reviewer": row.reviewer, "at": row.at, "reason": row.reason}


def _show_assignments(connection: Connection, report_id: str) -> None:
    now: dict[str, dict[str, object]] = {}
    for row, decision in _standing(connection, _ASSIGNMENTS, report_id):
        match decision:
            case Assign(coder=coder, start=start):
                given = {"start": start, "assigned_by": row.reviewer, "at": row.at, "finished": None}
                now[coder] = {"report_id": report_id, "coder": coder, **given}
            case Unassign(coder=coder):
                now.pop(coder, None)
            case Finish() if row.layer in now:
                now[row.layer]["finished"] = row.at
            case _:
                pass
    connection.execute(delete(t.assignments).where(t.assignments.c.report_id == report_id))
    if now:
        connection.execute(insert(t.assignments), [now[coder] for coder in sorted(now)])


def _show_alias(connection: Connection, words: str) -> None:
    """The project calls a place as the last standing decision about these words says."""
    name = fold(words)
    if not any(map(str.isalpha, name)):
        return
    undone = load_undone(connection)
    rows = load_reviews(connection, (t.reviews.c.action == "name_place") & t.reviews.c.layer.is_(None))
    named = [d for row in rows if row.number not in undone and isinstance(d := from_json(row.decision), NamePlace)]
    meant = [PlaceAlias(name, d.place) for d in named if fold(d.words) == name]
    others = [alias for alias in load_aliases(connection) if alias.name != name]
    keep_aliases(connection, [*others, *meant[-1:]])
