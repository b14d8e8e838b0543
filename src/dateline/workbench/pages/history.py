"""The history: who changed what, from what, to what, when and why; undo, revert, and whether the log is whole."""

from typing import Annotated, Any, NamedTuple

import msgspec
from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from dateline.reviews.audit import audit
from dateline.reviews.history import HistoryRow, history, revert
from dateline.workbench.access import MayBulk, MaySeeHistory, User
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import check_claims_open, hidden_reviews
from dateline.workbench.pages.decisions import Body, Id
from dateline.workbench.rendering import page
from dateline.workbench.suggested import value_caption

router = APIRouter()
ROWS = 60
_SHOWN_FAULTS = 50
_OF_CODERS = ("assign", "unassign", "finish")  # tell who the coders are
Words = Annotated[str, Query(max_length=100)]


class Change(NamedTuple):
    """One difference between the value before and the value after."""

    what: str
    before: str
    after: str


@router.get("/history")
def history_page(
    request: Request,
    user: MaySeeHistory,
    bench: TheBench,
    subject: Words = "",
    reviewer: Words = "",
    report: Words = "",
    conflicts: bool = False,
    before: Annotated[int | None, Query(ge=1, le=2**31)] = None,
) -> Response:
    """The log, the newest first: of the record in force, without what coders do blind."""
    found = history(
        bench.project, subject or None, reviewer=(reviewer or None) if user.may("names") else None, report=report or None,
        conflicts=conflicts, before=before, limit=ROWS + 1,
    )  # fmt: skip
    hidden = hidden_reviews(bench.project, user, (row.number for row in found[:ROWS]))
    told = [row for row in found[:ROWS] if row.number not in hidden and (user.may("names") or row.action not in _OF_CODERS)]
    rows = [(row, changes(row), _may_undo(row, user)) for row in told]
    following = request.url.include_query_params(before=found[ROWS - 1].number).query if len(found) > ROWS else ""
    return page(
        request, "history.html.j2",
        rows=rows, subject=subject, reviewer=reviewer, report=report, conflicts=conflicts, names=user.may("names"),
        may_review=user.may("review"), may_revert=user.may("bulk"), next=f"/history?{following}" if following else "",
    )  # fmt: skip


class RevertBody(Body):
    """Back to how a claim was right after a decision; 0: as the engine read it."""

    claim: Id
    number: Annotated[int, Field(ge=0, le=2**31)]
    reason: Annotated[str, Field(max_length=2000)] | None = None


@router.post("/api/revert")
def revert_claim(body: RevertBody, user: MayBulk, bench: TheBench) -> dict[str, Any]:
    """Undo and redo what lies between a claim as it is and as it was; each is a decision of its own."""
    check_claims_open(bench.project, user, [body.claim])
    decided = revert(bench.project, body.claim, body.number, reviewer=user.name, reason=body.reason)
    return {"numbers": [one.number for one in decided]}


@router.get("/api/audit")
def audit_log(user: MaySeeHistory, bench: TheBench) -> dict[str, Any]:
    """Whether the log is whole and the record is what the log makes of the engine's reading."""
    report = audit(bench.project)
    return {
        "reviews": report.reviews,
        "claims": report.claims,
        "head": report.head,
        "faults": [str(fault) for fault in report.faults[:_SHOWN_FAULTS]],
        "more": max(0, len(report.faults) - _SHOWN_FAULTS),
    }


def changes(row: HistoryRow) -> list[Change]:
    """What a decision changed, part by part: only the parts that differ."""
    field = row.field or ""
    before, after = value_caption(field, row.before), value_caption(field, row.value)
    if before != after:
        return [Change(field, before, after)]
    if isinstance(row.before, dict) and isinstance(row.value, dict):
        keys = dict.fromkeys([*row.before, *row.value])
        differ = [key for key in keys if row.before.get(key) != row.value.get(key)]
        return [Change(f"{field} {key}".strip(), _plain(row.before.get(key)), _plain(row.value.get(key))) for key in differ[:12]]
    return []


def _plain(value: Any) -> str:
    """A part of a value, short."""
    if value is None:
        return ""
    words = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return words if len(words) <= 200 else words[:197] + "..."


def _may_undo(row: HistoryRow, user: User) -> str | None:
    """What can be done with a decision from here: undo or redo it; coders only their own."""
    if row.action in ("undo", "redo") or not user.may("review") or (row.reviewer != user.name and not user.may("assign")):
        return None
    return "undo" if row.stands else "redo" if row.undone_by is not None else None
