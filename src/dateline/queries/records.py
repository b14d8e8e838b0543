"""The records of a selection, a batch at a time: what exports write."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec
from sqlalchemy import Connection, func, select

from dateline.filters import DATES, figures_of
from dateline.model import Claim, ClaimRow, Event, EventRow, FigureRow
from dateline.queries.conditions import among
from dateline.queries.events import selected_events
from dateline.queries.selection import Selection
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.insert import batches
from dateline.store.load import load_claims, load_events, load_reports
from dateline.store.project import BATCH, with_claims

_WITHOUT_TEXTS = 500  # events loaded at a time where their reports are not


Outlets = tuple[tuple[str, str | None], ...]
"""Reports by their ids, and who published each."""


def event_records(project: Project, selection: Selection) -> Iterator[EventRow]:
    """The events of a selection with their claims, the oldest first.  Raises FilterError."""
    with project.reading_tables() as connection:
        chosen = selected_events(connection, selection)
    yield from _with_claims(project, chosen)


def disputed_records(project: Project, selection: Selection, *, updates: bool = False) -> Iterator[EventRow]:
    """Those of a selection's events in which sources contradict each other; with `updates` also those with an update."""
    tables = (t.contradictions, t.event_updates) if updates else (t.contradictions,)
    with project.reading_tables() as connection:
        disputed = {i for table in tables for i in connection.execute(select(table.c.event_id).distinct()).scalars()}
        chosen = [i for i in selected_events(connection, selection) if i in disputed]
    yield from _with_claims(project, chosen)


def told_events(project: Project, selection: Selection) -> Iterator[tuple[Event, Outlets]]:
    """The events of a selection with the reports that tell of them, without claims and texts.  Raises FilterError."""
    links, claims, reports = t.event_claims.c, t.claims.c, t.reports.c
    telling = (
        select(links.event_id, claims.report_id, reports.publisher)
        .join(t.claims, claims.id == links.claim_id)
        .join(t.reports, reports.id == claims.report_id)
        .order_by(links.event_id, links.n)
    )
    with project.reading_tables() as connection:
        chosen = selected_events(connection, selection)
    for ids in batches(chosen, _WITHOUT_TEXTS):
        told: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
        with project.reading_tables() as connection:
            events = load_events(connection, ids)
            for row in connection.execute(telling.where(links.event_id.in_(ids))).all():
                told[row.event_id][row.report_id] = row.publisher
        yield from ((event, tuple(told[event.id].items())) for event in events)


def count_events(project: Project, selection: Selection) -> int:
    """How many events a selection holds.  Raises FilterError."""
    with project.reading_tables() as connection:
        query = select(func.count()).select_from(t.events)
        return connection.execute(query.where(selection.events(connection))).scalar_one()


def count_claims(project: Project, selection: Selection) -> int:
    """How many claims a selection holds.  Raises FilterError."""
    with project.reading_tables() as connection:
        query = select(func.count()).select_from(t.claims)
        return connection.execute(query.where(selection.claims(connection))).scalar_one()


def count_without_date(project: Project, selection: Selection) -> int:
    """How many claims a date filter of the selection leaves out only because they have no date.  Raises FilterError."""
    others = tuple(c for c in selection.conditions if c.name not in DATES)
    if len(others) == len(selection.conditions):
        return 0
    claims = t.claims.c
    undated = claims.time_start.is_(None) & claims.time_end.is_(None)
    with project.reading_tables() as connection:
        rest = msgspec.structs.replace(selection, conditions=others).claims(connection)
        return connection.execute(select(func.count()).select_from(t.claims).where(rest, undated)).scalar_one()


def chosen_claims(project: Project, selection: Selection, claim_ids: Iterable[str]) -> frozenset[str]:
    """Those of these claims that a selection holds.  Raises FilterError."""
    with project.reading_tables() as connection:
        fits = selection.claims(connection) & among(connection, t.claims.c.id, claim_ids)
        return frozenset(connection.execute(select(t.claims.c.id).where(fits)).scalars())


def _with_claims(project: Project, event_ids: Sequence[str]) -> Iterator[EventRow]:
    for ids in batches(event_ids, BATCH):
        with project.reading_tables() as connection:
            rows = with_claims(connection, load_events(connection, ids))
        yield from rows


def claim_records(project: Project, selection: Selection) -> Iterator[ClaimRow]:
    """The claims of a selection with their reports, in the order of publication and of the text.  Raises FilterError."""
    with project.reading_tables() as connection:
        chosen = _claims_by_report(connection, selection)
    for report_ids in batches(list(chosen), BATCH):
        claims: list[Claim] = []
        with project.reading_tables() as connection:
            by_id = load_reports(connection, report_ids)
            for ids in batches([claim_id for report_id in report_ids for claim_id in chosen[report_id]]):
                claims += load_claims(connection, t.claims.c.id.in_(ids))
        position = {report_id: n for n, report_id in enumerate(report_ids)}
        # stable: the order in the text stays
        yield from (ClaimRow(c, by_id[c.report_id]) for c in sorted(claims, key=lambda c: position[c.report_id]))


def figure_records(project: Project, selection: Selection) -> Iterator[FigureRow]:
    """The figures of a selection, in the order of the claims: of its claims those that meet the filters on figures.

    Raises FilterError.
    """
    for row in claim_records(project, selection):
        yield from figures_of(row, selection.conditions)


def _claims_by_report(connection: Connection, selection: Selection) -> dict[str, list[str]]:
    """The ids of the claims of a selection by their reports', in the order of publication (undated last) and of the text.

    They are looked for once: what a filter asks of 100,000 claims is not asked again for each batch of them.
    """
    claims, reports = t.claims.c, t.reports.c
    found: dict[str, list[str]] = {}
    for row in connection.execute(select(claims.report_id, claims.id).where(selection.claims(connection)).order_by(claims.n)):
        found.setdefault(row.report_id, []).append(row.id)
    facts = select(reports.id, reports.published, reports.path).where(among(connection, reports.id, found))
    ordered = sorted(connection.execute(facts), key=lambda row: (row.published or date.max, row.path or "", row.id))
    return {row.id: found[row.id] for row in ordered}


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
