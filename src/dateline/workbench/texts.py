"""Loads what the reader shows of reports, without the records that it does not."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from dateline import captions
from dateline.model import Region, Report, Span
from dateline.reviews.coders import layer_claims
from dateline.reviews.views import claim_view
from dateline.store import Project
from dateline.store import tables as t
from dateline.workbench.marked import Marked

AROUND = 40
"""Characters shown on either side of an unread number: enough to see what it is."""


class ClaimLine(NamedTuple):
    """A claim in a list: as much as a line shows."""

    id: str
    report_id: str
    kind: str
    certainty: str
    background: bool
    summary: str
    confidence: float | None
    state: str
    evidence: tuple[Span, ...]

    @property
    def marked(self) -> Marked:
        return Marked(self.id, self.kind, self.certainty, self.evidence)


class UnreadNumber(NamedTuple):
    """A number in no figure, with some words around it, and why."""

    before: str
    words: str
    after: str
    reason: str
    span: Span


class Unresolved(NamedTuple):
    """Words that name a place which the gazetteer does not hold, and everywhere that they stand."""

    words: str
    spans: tuple[Span, ...]


class ReportLine(NamedTuple):
    """A report in the list of reports."""

    id: str
    title: str
    publisher: str | None
    published: date | None
    claims: int
    reviewed: int


def report_lines(project: Project, words: str, offset: int, limit: int) -> list[ReportLine]:
    """Reports whose title, publisher or path holds `words`, the latest first, undated last."""
    r, c, v = t.reports, t.claims, t.claim_reviews
    claims = select(func.count()).where(c.c.report_id == r.c.id).correlate(r).scalar_subquery()
    reviewed = select(func.count()).where(v.c.report_id == r.c.id, v.c.status != "waiting").correlate(r).scalar_subquery()
    chosen = select(r.c.id)  # alone: what a line shows is read for a page's reports, and not for all that are sorted
    if words:
        chosen = chosen.where(
            r.c.title.icontains(words, autoescape=True)
            | r.c.publisher.icontains(words, autoescape=True)
            | r.c.path.icontains(words, autoescape=True)
        )
    ordered = (r.c.published.is_(None), r.c.published.desc(), r.c.id)
    text = func.substr(r.c.text, 1, 300).label("text")
    shown = select(r.c.id, r.c.title, text, r.c.publisher, r.c.published, claims, reviewed)
    with project.reading_tables() as connection:
        ids = connection.execute(chosen.order_by(*ordered).offset(offset).limit(limit)).scalars().all()
        rows = connection.execute(shown.where(r.c.id.in_(ids)).order_by(*ordered)).all()
    return [ReportLine(row.id, row.title or _first_line(row.text), row.publisher, row.published, *row[5:]) for row in rows]


def report_titles(project: Project, report_ids: Collection[str]) -> dict[str, str]:
    """The titles of reports, or their first lines, by id."""
    r = t.reports
    query = select(r.c.id, r.c.title, func.substr(r.c.text, 1, 300).label("text")).where(r.c.id.in_(sorted(report_ids)))
    with project.reading_tables() as connection:
        return {row.id: row.title or _first_line(row.text) for row in connection.execute(query)}


def claim_lines(project: Project, report_id: str) -> list[ClaimLine]:
    """The claims of a report in the order of its text."""
    return _claim_lines(project, t.claims.c.report_id == report_id)


def claim_lines_of(project: Project, claim_ids: Sequence[str]) -> dict[str, ClaimLine]:
    """These claims, by id; without those that are not there."""
    return {line.id: line for line in _claim_lines(project, t.claims.c.id.in_(claim_ids))}


def layer_lines(project: Project, report_id: str, coder: str) -> list[ClaimLine]:
    """The claims of a report as a coder who works blind has them."""
    return [
        ClaimLine(
            claim.id, claim.report_id, claim.kind, claim.certainty, claim.background, claim.summary, claim.confidence,
            claim_view(project, claim.id, coder).status.name, claim.evidence,
        )
        for claim in layer_claims(project, report_id, coder)
    ]  # fmt: skip


def _claim_lines(project: Project, where: ColumnElement[bool]) -> list[ClaimLine]:
    c, e, v = t.claims, t.evidence, t.claim_reviews
    claims = (
        select(c.c.id, c.c.report_id, c.c.kind, c.c.certainty, c.c.background, c.c.summary, c.c.confidence, v.c.status)
        .join_from(c, v, v.c.claim_id == c.c.id, isouter=True)
        .where(where)
        .order_by(c.c.report_id, c.c.n)
    )
    spans = select(e.c.claim_id, e.c.start_char, e.c.end_char).join_from(e, c, c.c.id == e.c.claim_id).where(where)
    evidence: dict[str, list[Span]] = defaultdict(list)
    with project.reading_tables() as connection:
        rows = connection.execute(claims).all()
        for claim_id, start, end in connection.execute(spans.order_by(e.c.claim_id, e.c.n)):
            evidence[claim_id].append(Span(start, end))
    return [ClaimLine(*row[:7], row.status or "waiting", tuple(evidence[row.id])) for row in rows]


def regions_of(project: Project, report_id: str) -> list[Region]:
    query = select(t.regions).where(t.regions.c.report_id == report_id).order_by(t.regions.c.n)
    with project.reading_tables() as connection:
        return [Region(Span(row.start_char, row.end_char), row.kind) for row in connection.execute(query)]


def unread_numbers(project: Project, report: Report) -> list[UnreadNumber]:
    """The numbers of a report that ended up in no figure, in the order of the text."""
    u = t.unread_numbers
    query = select(u.c.start_char, u.c.end_char, u.c.reason).where(u.c.report_id == report.id).order_by(u.c.start_char)
    with project.reading_tables() as connection:
        rows = connection.execute(query).all()
    text = report.text
    return [
        UnreadNumber(text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND], reason, Span(start, end))
        for start, end, reason in rows
    ]


def unresolved_places(project: Project, report_id: str) -> list[Unresolved]:
    """The words of a report that name places without coordinates."""
    m = t.mentions
    query = select(m.c.payload).where(m.c.report_id == report_id, m.c.kind == "place").order_by(m.c.n)
    spans: dict[str, list[Span]] = defaultdict(list)
    with project.reading_tables() as connection:
        for payload in connection.execute(query).scalars():
            if payload.get("place") is None:
                spans[" ".join(payload["words"].split())].append(Span(*payload["span"]))
    return [Unresolved(words, tuple(found)) for words, found in spans.items()]


def byline(report: Report) -> str:
    """Publisher, author and date of a report in one line."""
    return " · ".join(
        part for part in (report.publisher or "publisher not given", report.author, captions.published(report)) if part
    )


def _first_line(text: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first[:117] + "..." if len(first) > 120 else first or "(empty report)"
