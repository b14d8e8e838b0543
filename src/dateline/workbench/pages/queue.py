"""The queue: what waits for review, least certain first, by filters that are a URL."""

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, HTTPException, Query
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response

from dateline.queries.selection import phrases, read_query, selection_sentence, to_query
from dateline.reviews.queue import QueueItem, queue
from dateline.store import Project
from dateline.store import tables as t
from dateline.workbench.access import MayReview
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import in_sight
from dateline.workbench.rendering import page
from dateline.workbench.texts import claim_lines_of
from dateline.workbench.waits import conditions, waiting_in

router = APIRouter()
ROWS = 50
What = Literal["claims", "links", "contradictions"]
OWN = ("what", "after")  # parameters that are no filters
_QUESTIONS = {
    "claims": "Is every field right?",
    "links": "Is the claim about this event?",
    "contradictions": "Who is right?",
}
_ORDERS = {"claims": "least certain first", "links": "weakest link first", "contradictions": "by event"}


@router.get("/queue")
def queue_page(
    request: Request, user: MayReview, bench: TheBench, what: What = "claims", after: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """One page of what waits, with the first of it open."""
    project = bench.project
    asked = read_query(pair for pair in request.query_params.multi_items() if pair[0] not in OWN)
    selection = in_sight(project, user, asked)
    with project.reading_tables() as connection:
        where, unseen = conditions(connection, selection)
    counted = waiting_in(project, selection)
    items = queue(project, what=what, where=where, unseen=unseen, after=_read_after(after), limit=ROWS + 1, counted=counted)
    shown = _with_claims(project, items[:ROWS])
    lines = claim_lines_of(project, [item.claim_id for item in shown if item.claim_id])
    rows = [(item, lines[item.claim_id]) for item in shown if item.claim_id in lines]
    following = to_query(selection, what=what, after=_after(items[ROWS - 1])) if len(items) > ROWS else ""
    return page(
        request, "queue.html.j2",
        what=what, question=_QUESTIONS[what], rows=rows, waiting=msgspec.structs.asdict(counted),
        says=selection_sentence("claims", selection), order=_ORDERS[what],
        phrases=[(words, to_query(rest, what=what)) for words, rest in phrases(selection)],
        tabs=[(name, to_query(selection, what=name)) for name in _QUESTIONS],
        filters=[(c.name, ", ".join(c.values)) for c in selection.conditions], words=selection.words,
        next=f"/queue?{following}" if following else "", may_review=True, may_bulk=user.may("bulk"),
    )  # fmt: skip


def _after(item: QueueItem) -> str:
    """The last item of a page, as the URL of the next one carries it."""
    return msgspec.json.encode(item).decode()


def _read_after(after: str) -> QueueItem | None:
    if not after:
        return None
    try:
        return msgspec.json.decode(after, type=QueueItem)
    except msgspec.DecodeError:
        raise HTTPException(400, "The page of the queue that this link is about is not there.") from None


def _with_claims(project: Project, items: list[QueueItem]) -> list[QueueItem]:
    """Contradictions with a claim to show: the first of the first side."""
    events = [item.event_id for item in items if item.claim_id is None]
    if not events:
        return items
    query = select(t.contradictions).where(t.contradictions.c.event_id.in_(events))
    with project.reading_tables() as connection:
        first = {(row.event_id, row.field): row.sides[0][1][0] for row in connection.execute(query) if row.sides[0][1]}
    return [
        msgspec.structs.replace(item, claim_id=first.get((item.event_id, item.field))) if item.claim_id is None else item
        for item in items
    ]
