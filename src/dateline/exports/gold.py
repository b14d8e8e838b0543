"""What people have reviewed, as gold data: for `dateline evaluate`, and to train with."""

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from dateline.exports.base import Context
from dateline.exports.coded import ClaimsJsonl, report_fields
from dateline.exports.tables import json_line
from dateline.exports.write import replacing
from dateline.model import ClaimRow
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.load import load_claims


class GoldWritten(NamedTuple):
    """How many reports and claims were written, and how many reports were left out because a claim of theirs waits."""

    reports: int
    claims: int
    waiting: int


def export_gold(project: Project, path: Path) -> GoldWritten:
    """Write the reports whose claims were all reviewed, one a line, in the form of gold files.

    A report of which a person rejected every claim is gold too: it has none.  Raises ExportError where `path` cannot be written.
    """
    done, waiting = _reviewed(project)
    event_of = project.event_of()
    claims = 0
    with replacing(path) as stream:
        for report_id in done:
            report = project.report(report_id)
            with project.reading_tables() as connection:
                found = load_claims(connection, t.claims.c.report_id == report_id)
            if not found:
                stream.buffer.write(json_line(report_fields(report) | {"claims": []}))
                continue
            writer = ClaimsJsonl(stream.buffer, Context(event_of=event_of))
            for claim in found:
                claims += writer.add(ClaimRow(claim, report))
            writer.finish()
    return GoldWritten(len(done), claims, waiting)


def _reviewed(project: Project) -> tuple[list[str], int]:
    """The reports that a person has gone through, by id, and how many were begun."""
    c, r = t.claims.c, t.claim_reviews.c
    looked_at = select(r.claim_id).where(r.status != "waiting")
    with project.reading_tables() as connection:
        begun = set(connection.execute(select(r.report_id).where(r.status != "waiting").distinct()).scalars())
        open_ones = set(connection.execute(select(c.report_id).where(c.id.not_in(looked_at)).distinct()).scalars())
    return sorted(begun - open_ones), len(begun & open_ones)
