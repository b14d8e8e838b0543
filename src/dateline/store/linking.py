"""What a project keeps so that new reports are linked without reading the old ones again, and how a linking is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dateline.model import READ_REGIONS, Event, Reading, ReportLink, Trace
from dateline.store import tables as t
from dateline.store.insert import VARIABLES, batches, insert_rows
from dateline.store.load import load_readings
from dateline.store.project import Project, drop_unused_places
from dateline.store.rows import Rows, event_rows

_LINKED_BY = "linked_by"  # the setting


class LinkedReport(msgspec.Struct, frozen=True, kw_only=True):
    """What linking keeps of a report, as bytes that the store does not look into."""

    report_id: str
    claims: tuple[str, ...]  # ids of its incidents, in the order of the text
    blocks: bytes
    facts: bytes
    runs: bytes
    turns: bytes


class LinkState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a project is linked.  `reports` come without their facts: those are many bytes, and are loaded as needed."""

    rules: dict[str, Any]  # by which it was linked
    reports: dict[str, LinkedReport]
    outdated: dict[str, int]  # of these, those whose claims or links were changed since, and how often
    new: tuple[str, ...]  # reports that have not been linked
    lineages: dict[str, str]
    links: tuple[ReportLink, ...]
    events: dict[str, tuple[str, ...]]  # the claims of each
    past: frozenset[str]  # ids of events that were joined, parted or gone

    @property
    def names(self) -> tuple[object, ...]:
        """What tells whether another run has linked the project meanwhile.

        Reports that were added or outdated meanwhile do no harm: they stay new or outdated, and the next linking reads them.
        """
        return self.rules, sorted(self.reports), sorted(self.events), self.past


class Linking(msgspec.Struct, frozen=True, kw_only=True):
    """What a linking changes."""

    rules: dict[str, Any]
    reports: Iterable[LinkedReport]  # that were read
    lineages: dict[str, str]  # of all reports
    links: Sequence[ReportLink]  # all
    gone: frozenset[str]  # ids of events that were linked anew, or are no more
    events: Sequence[Event]  # in their place
    traces: Sequence[Trace]


def outdate(connection: Connection, report_ids: Iterable[str]) -> None:
    """Have these reports linked anew: call it where their claims, or decisions about their links, are changed."""
    for ids in batches(sorted(set(report_ids))):
        some = update(t.linked_reports).where(t.linked_reports.c.report_id.in_(ids))
        connection.execute(some.values(outdated=t.linked_reports.c.outdated + 1))


def load_state(project: Project) -> LinkState:
    """How far a project is linked."""
    with project.reading_tables() as connection:
        return _state(connection)


def load_facts(project: Project, report_ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The facts that are kept of these reports."""
    table = t.linked_reports
    with project.reading_tables() as connection:
        for ids in batches(report_ids):
            query = select(table.c.report_id, table.c.facts).where(table.c.report_id.in_(ids))
            yield from (tuple(row) for row in connection.execute(query))


def load_some_readings(project: Project, report_ids: Sequence[str], size: int) -> Iterator[list[Reading]]:
    """The readings of these reports, so many at a time."""
    for ids in batches(report_ids, size):
        with project.reading_tables() as connection:
            readings = load_readings(connection, ids)
        yield readings


def load_read_texts(project: Project, report_ids: Sequence[str]) -> dict[str, tuple[str, date | None]]:
    """What people read of these reports, and their dates of publication."""
    texts: dict[str, tuple[str, date | None]] = {}
    regions: defaultdict[str, list[str]] = defaultdict(list)
    with project.reading_tables() as connection:
        for ids in batches(report_ids):
            columns = select(t.reports.c.id, t.reports.c.text, t.reports.c.published)
            texts |= {row.id: (row.text, row.published) for row in connection.execute(columns.where(t.reports.c.id.in_(ids)))}
            read = select(t.regions).where(t.regions.c.report_id.in_(ids), t.regions.c.kind.in_(sorted(READ_REGIONS)))
            for row in connection.execute(read.order_by(t.regions.c.report_id, t.regions.c.n)):
                regions[row.report_id].append(texts[row.report_id][0][row.start_char : row.end_char])
    return {i: ("\n".join(regions[i]) or text, published) for i, (text, published) in texts.items()}


def keep_linking(project: Project, state: LinkState, linking: Linking) -> bool:
    """Write a linking that was made from `state`, all or nothing; False where another run linked the project meanwhile."""
    with project.writing_tables() as connection:
        if _names(connection) != state.names:
            return False
        _keep_reports(connection, state, linking.reports)
        _keep_lineages(connection, state, linking)
        _keep_events(connection, linking)
        connection.execute(delete(t.settings).where(t.settings.c.name == _LINKED_BY))
        connection.execute(insert(t.settings), {"name": _LINKED_BY, "value": linking.rules})
    return True


def _state(connection: Connection) -> LinkState:
    table = t.linked_reports
    columns = [column for column in table.c if column is not table.c.facts]
    rows = connection.execute(select(*columns).order_by(table.c.report_id)).all()
    reports = {
        row.report_id: LinkedReport(
            report_id=row.report_id, claims=tuple(row.claims), blocks=row.blocks, facts=b"", runs=row.runs, turns=row.turns
        )
        for row in rows
    }  # fmt: skip
    events: dict[str, list[str]] = {i: [] for i in connection.execute(select(t.events.c.id)).scalars()}  # none: all are gone
    for row in connection.execute(select(t.event_claims.c.event_id, t.event_claims.c.claim_id)):
        events[row.event_id].append(row.claim_id)
    rules = connection.execute(select(t.settings.c.value).where(t.settings.c.name == _LINKED_BY)).scalar_one_or_none()
    return LinkState(
        rules=rules or {},
        reports=dict(sorted(reports.items())),
        outdated={row.report_id: row.outdated for row in rows if row.outdated},
        new=tuple(sorted(set(connection.execute(select(t.reports.c.id)).scalars()) - reports.keys())),
        lineages={row.report_id: row.lineage for row in connection.execute(select(t.report_lineages))},
        links=_links(connection),
        events={event_id: tuple(claims) for event_id, claims in sorted(events.items())},
        past=frozenset(connection.execute(select(t.event_traces.c.event_id)).scalars()),
    )


def _names(connection: Connection) -> tuple[object, ...]:
    """Those of the state that is kept now, without loading it."""
    reports, events, past = (
        select(t.linked_reports.c.report_id),
        select(t.events.c.id),
        select(t.event_traces.c.event_id).distinct(),
    )
    rules = connection.execute(select(t.settings.c.value).where(t.settings.c.name == _LINKED_BY)).scalar_one_or_none()
    known = (connection.execute(query).scalars() for query in (reports, events))
    return rules or {}, *map(sorted, known), frozenset(connection.execute(past).scalars())


def _links(connection: Connection) -> tuple[ReportLink, ...]:
    table = t.report_links
    found = connection.execute(select(table).order_by(table.c.report_id, table.c.other_id))
    return tuple(ReportLink(**row._mapping) for row in found)


def _keep_reports(connection: Connection, state: LinkState, reports: Iterable[LinkedReport]) -> None:
    table = t.linked_reports
    waiting = iter(reports)
    while some := {report.report_id: report for report in islice(waiting, VARIABLES)}:
        known = connection.execute(select(table.c.report_id, table.c.outdated).where(table.c.report_id.in_(list(some)))).all()
        outdated = {row.report_id: row.outdated - state.outdated.get(row.report_id, 0) for row in known}  # since they were read
        connection.execute(delete(table).where(table.c.report_id.in_(list(some))))
        rows = [{**msgspec.structs.asdict(report), "outdated": outdated.get(i, 0)} for i, report in some.items()]
        connection.execute(insert(table), rows)


def _keep_lineages(connection: Connection, state: LinkState, linking: Linking) -> None:
    changed = {i: lineage for i, lineage in linking.lineages.items() if state.lineages.get(i) != lineage}
    _replace(connection, changed)
    old, new = set(state.links), set(linking.links)
    links = t.report_links
    for link in sorted(old - new, key=lambda link: (link.report_id, link.other_id)):
        connection.execute(delete(links).where(links.c.report_id == link.report_id, links.c.other_id == link.other_id))
    rows = [msgspec.structs.asdict(link) for link in linking.links if link not in old]
    if rows:
        connection.execute(insert(links), rows)


def _replace(connection: Connection, lineages: Mapping[str, str]) -> None:
    table = t.report_lineages
    for ids in batches(sorted(lineages)):
        connection.execute(delete(table).where(table.c.report_id.in_(ids)))
    if lineages:
        connection.execute(insert(table), [{"report_id": i, "lineage": lineages[i]} for i in sorted(lineages)])


def _keep_events(connection: Connection, linking: Linking) -> None:
    for table in reversed(t.EVENT_TABLES):
        column = table.c.id if table is t.events else table.c.event_id
        if linking.gone:
            connection.execute(delete(table).where(column == bindparam("gone")), [{"gone": i} for i in sorted(linking.gone)])
    for start in range(0, len(linking.events), VARIABLES):
        insert_rows(connection, event_rows(linking.events[start : start + VARIABLES]))
    drop_unused_places(connection)
    keep_traces(connection, linking.traces)


def keep_traces(connection: Connection, traces: Sequence[Trace]) -> None:
    """Add lines to the log of events."""
    number = len(connection.execute(select(t.event_traces.c.number)).all())
    rows: Rows = {t.event_traces: [{"number": n, **msgspec.structs.asdict(trace)} for n, trace in enumerate(traces, number + 1)]}
    insert_rows(connection, rows)
