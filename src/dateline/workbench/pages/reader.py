"""The reader: a report's text as received, its claims marked at their exact characters, and every field beside it."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline import captions
from dateline.errors import ReviewError
from dateline.exports.page.page import UNREAD_REASONS
from dateline.model import Report
from dateline.queries import Selection
from dateline.reviews.views import UNJUDGED_CLAIM, ClaimView, claim_view
from dateline.store import Project
from dateline.store import tables as t
from dateline.workbench.access import MayRead, MaySearch, User
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import blind_reports, check_open, in_sight
from dateline.workbench.card import card_fields
from dateline.workbench.marked import chunk_spans, chunks
from dateline.workbench.rendering import page
from dateline.workbench.texts import (
    ClaimLine,
    byline,
    claim_lines,
    layer_lines,
    regions_of,
    report_lines,
    unread_numbers,
    unresolved_places,
)

router = APIRouter()
ROWS = 100  # reports on a page of the list
FIRST_PARTS, MORE_PARTS = 25, 100
"""Parts of a text (of up to 6,000 characters) that come with the page, and at once after it: a browser lays out the first within
a moment, and is at work for some tenths of a second on the others."""
FIRST_LINES, MORE_LINES = 200, 500
"""The same for the list of claims."""
Part = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/reports")
def reports_page(
    request: Request,
    user: MaySearch,
    bench: TheBench,
    words: Annotated[str, Query(max_length=200)] = "",
    start: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """The reports of the project, the latest first."""
    hidden = blind_reports(bench.project, user)
    rows = report_lines(bench.project, words.strip(), start, ROWS + 1)
    following = request.url.include_query_params(start=start + ROWS).query if len(rows) > ROWS else ""
    return page(
        request,
        "reports.html.j2",
        rows=rows[:ROWS],
        hidden=hidden,
        words=words,
        next=f"/reports?{following}" if following else "",
    )


@router.get("/reports/{report_id}")
def reader_page(request: Request, report_id: str, user: MayRead, bench: TheBench) -> Response:
    """A report with everything that was read in it; whoever codes it blind is sent to their own coding."""
    project = bench.project
    report = project.report(report_id)
    if report.id in blind_reports(project, user):
        return RedirectResponse(f"/coders/reports/{report.id}", 303)
    return reader(request, user, project, report, claim_lines(project, report.id))


@router.get("/reports/{report_id}/text")
def text_part(request: Request, report_id: str, user: MayRead, bench: TheBench, blind: bool = False, part: Part = 0) -> Response:
    """The head and the first parts of a report's marked text, or further parts of it."""
    report, lines = _lines(bench.project, user, report_id, blind=blind)
    return page(request, "text.html.j2", **_text(bench.project, report, lines, part))


@router.get("/reports/{report_id}/lines")
def lines_part(request: Request, report_id: str, user: MayRead, bench: TheBench, blind: bool = False, part: Part = 0) -> Response:
    """Further lines of the list of a report's claims."""
    _, lines = _lines(bench.project, user, report_id, blind=blind)
    return page(request, "lines.html.j2", lines=lines[part : part + MORE_LINES])


@router.get("/claims/{claim_id}")
def claim_in_its_report(claim_id: str, user: MayRead, bench: TheBench) -> Response:
    """Where a claim is read: its report, with the claim chosen."""
    view = claim_view(bench.project, claim_id)
    return RedirectResponse(f"/reports/{view.report_id}?claim={view.id}", 303)


@router.get("/claims/{claim_id}/card")
def card_part(request: Request, claim_id: str, user: MayRead, bench: TheBench, blind: bool = False) -> Response:
    """A claim with every field, what the engine had read, and what people decided about it."""
    project = bench.project
    view = claim_view(project, claim_id, user.name if blind else None)
    if blind:
        view = _own(view, user)
    else:
        check_open(project, user, view.report_id)
    claim = view.claim or view.engine
    if claim is None:
        raise ReviewError(f"no claim {claim_id} any more: it was added and taken back")
    report = project.report(view.report_id)
    events = [] if blind else _events_of(project, claim_id, in_sight(project, user, Selection()))
    return page(
        request, "card.html.j2",
        claim=claim, view=view, fields=card_fields(claim, report, view.engine if view.claim is not None else None),
        events=[(event_id, summary) for event_id, summary, _ in events], contradicted=any(c for _, _, c in events),
        names=user.may("names"), may_review=user.may("review"),
    )  # fmt: skip


def _own(view: ClaimView, user: User) -> ClaimView:
    """A coder's own claim, without what others said of it in the record in force."""
    comments = tuple(remark for remark in view.comments if remark.reviewer == user.name)
    return msgspec.structs.replace(view, comments=comments, credibility=UNJUDGED_CLAIM)


def reader(
    request: Request, user: User, project: Project, report: Report, lines: list[ClaimLine], *, blind: bool = False
) -> Response:
    """The reader's page over some claims of a report: those in force, or a coder's own.

    A coder who works blind is not told which numbers the engine's claims leave out.
    """
    unread = [] if blind else unread_numbers(project, report)
    unresolved = [] if blind else unresolved_places(project, report.id)
    return page(
        request, "reader.html.j2",
        **_text(project, report, lines), lines=lines[:FIRST_LINES], of_lines=len(lines), unread=unread,
        unresolved=unresolved, reasons=UNREAD_REASONS, may_review=user.may("review"), blind=blind,
    )  # fmt: skip


def _lines(project: Project, user: User, report_id: str, *, blind: bool) -> tuple[Report, list[ClaimLine]]:
    """A report with its claims: those in force, or those of a coder who works blind."""
    report = project.report(report_id)
    if blind:
        return report, layer_lines(project, report.id, user.name)
    check_open(project, user, report.id)
    return report, claim_lines(project, report.id)


def _text(project: Project, report: Report, lines: list[ClaimLine], part: int = 0) -> dict[str, Any]:
    """What the templates show of a text: from the part on, as many parts as come at once."""
    spans = chunk_spans(report.text)
    shown = spans[part : part + (MORE_PARTS if part else FIRST_PARTS)]
    return {
        "report": report, "title": captions.report_title(report), "byline": byline(report), "part": part, "parts": len(spans),
        "chunks": chunks(report.text, [line.marked for line in lines], regions_of(project, report.id), shown),
    }  # fmt: skip


def _events_of(project: Project, claim_id: str, sight: Selection) -> list[tuple[str, str, bool]]:
    """The event of a claim: its id, its summary and whether its sources contradict each other."""
    links, events, sides = t.event_claims, t.events, t.contradictions
    contradicted = select(sides.c.n).where(sides.c.event_id == events.c.id).exists()
    query = (
        select(events.c.id, events.c.summary, contradicted)
        .join_from(links, events, events.c.id == links.c.event_id)
        .where(links.c.claim_id == claim_id)
        .order_by(events.c.id)
    )
    with project.reading_tables() as connection:
        seen = query.where(sight.events(connection)) if sight.hidden else query
        return [(row[0], row[1], bool(row[2])) for row in connection.execute(seen)]
