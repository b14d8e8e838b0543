"""The records of a selection, a batch at a time: what exports write."""

from collections.abc import Iterator

from sqlalchemy import and_, select

from dateline.model import ClaimRow, EventRow, Report
from dateline.queries.events import selected_events
from dateline.queries.selection import Selection
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.insert import batches
from dateline.store.load import load_claims, load_events, load_reports
from dateline.store.project import BATCH, with_claims


def event_records(project: Project, selection: Selection) -> Iterator[EventRow]:
    """The events of a selection with their claims, the oldest first.  Raises FilterError."""
    with project.reading_tables() as connection:
        chosen = selected_events(connection, selection)
    for ids in batches(chosen, BATCH):
        with project.reading_tables() as connection:
            rows = with_claims(connection, load_events(connection, ids))
        yield from rows


def claim_records(project: Project, selection: Selection) -> Iterator[ClaimRow]:
    """The claims of a selection with their reports, in the order of publication and of the text.  Raises FilterError."""
    with project.reading_tables() as connection:
        fits = selection.claims(connection)
        reports = select(t.claims.c.report_id).where(fits).distinct()
        shown = select(t.reports.c.id, t.reports.c.published, t.reports.c.path).where(t.reports.c.id.in_(reports))
        found = connection.execute(shown).all()
    ordered = sorted(found, key=lambda row: (row.published is None, row.published, row.path or "", row.id))
    for ids in batches([row.id for row in ordered], BATCH):
        with project.reading_tables() as connection:
            by_id: dict[str, Report] = load_reports(connection, ids)
            claims = load_claims(connection, and_(t.claims.c.report_id.in_(ids), fits))
        position = {report_id: n for n, report_id in enumerate(ids)}
        yield from (ClaimRow(c, by_id[c.report_id]) for c in sorted(claims, key=lambda c: position[c.report_id]))


def lineage_by_report(project: Project, report_ids: list[str]) -> dict[str, str]:
    """The lineage of each of these reports that has been linked."""
    rows: dict[str, str] = {}
    with project.reading_tables() as connection:
        for ids in batches(sorted(report_ids)):
            found = select(t.report_lineages.c.report_id, t.report_lineages.c.lineage).where(
                t.report_lineages.c.report_id.in_(ids)
            )
            rows |= {row.report_id: row.lineage for row in connection.execute(found)}
    return rows
