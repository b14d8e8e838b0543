"""Decisions of people about what the engine read: a log that nobody can rewrite, and the record as it follows from it.

    decided = decide(project, Correct(claim="c-1", field="kind", value="tally"), reviewer="Ana", based_on={"c-1": 0})
    decide(project, Undo(number=decided.number), reviewer="Ana")

The tables of claims hold the record in force, so that filters, events, exports and pages see a correction without knowing of it;
what the engine read is kept beside it, and both follow from the log at any time.
"""

from dateline.errors import ConflictError, ReviewError
from dateline.evaluation.agreement import Agreement
from dateline.reviews.apply import Status
from dateline.reviews.audit import AuditReport, audit
from dateline.reviews.coders import (
    Assignment,
    Difference,
    agreement,
    assignments,
    compare_layers,
    layer_claims,
    plain_value,
    settle,
)
from dateline.reviews.decisions import (
    Accept,
    AcceptLink,
    AddClaim,
    Assign,
    Comment,
    Correct,
    Decision,
    Finish,
    GradeClaim,
    GradeSource,
    Merge,
    NamePlace,
    NotThisEvent,
    Part,
    Redo,
    Reject,
    Resolve,
    SameEvent,
    Split,
    Unassign,
    Undo,
    from_json,
    to_json,
)
from dateline.reviews.history import HistoryRow, history, revert
from dateline.reviews.queue import Counts, QueueItem, queue, waiting
from dateline.reviews.recode import Recoded, recode_project
from dateline.reviews.record import Decided, decide, decide_all, refresh_events
from dateline.reviews.suggest import suggest
from dateline.reviews.values import LISTS, TYPES
from dateline.reviews.views import ClaimView, claim_view, source_grade, statuses

__all__ = [
    "LISTS", "TYPES", "Accept", "AcceptLink", "AddClaim", "Agreement", "Assign", "Assignment", "AuditReport", "ClaimView",
    "Comment", "ConflictError", "Correct", "Counts", "Decided", "Decision", "Difference", "Finish", "GradeClaim", "GradeSource",
    "HistoryRow", "Merge", "NamePlace", "NotThisEvent", "Part", "QueueItem", "Recoded", "Redo", "Reject", "Resolve",
    "ReviewError", "SameEvent", "Split", "Status", "Unassign", "Undo", "agreement", "assignments", "audit", "claim_view",
    "compare_layers", "decide", "decide_all", "from_json", "history", "layer_claims", "plain_value", "queue", "recode_project",
    "refresh_events", "revert", "settle", "source_grade", "statuses", "suggest", "to_json", "waiting",
]  # fmt: skip
