"""Where reports and events come from: which reports copy one text, and what became of an event."""

from collections import defaultdict
from datetime import date

from sqlalchemy import ColumnElement, Connection, String, cast, func, select

from dateline.errors import StoreError
from dateline.model import Copy, Lineage, ReportLink, Trace
from dateline.store import tables as t
from dateline.store.project import Project


def lineages_of(project: Project) -> list[Lineage]:
    """The lineages of more than one report, the largest first."""
    table = t.report_lineages
    many = select(table.c.lineage).group_by(table.c.lineage).having(func.count() > 1)
    columns = (t.reports.c.id, t.reports.c.title, t.reports.c.publisher, t.reports.c.published)
    rows = select(table.c.lineage, *columns).join(t.reports, t.reports.c.id == table.c.report_id).where(table.c.lineage.in_(many))
    members: defaultdict[str, list[Copy]] = defaultdict(list)
    with project.reading_tables() as connection:
        for lineage, *report in connection.execute(rows):
            members[lineage].append(Copy(*report))
        found = connection.execute(select(t.report_links)).all()
    lineage_of = {report.report_id: lineage for lineage, reports in members.items() for report in reports}
    links: defaultdict[str | None, list[ReportLink]] = defaultdict(list)
    for row in found:
        if (lineage := lineage_of.get(row.report_id)) == lineage_of.get(row.other_id):
            links[lineage].append(ReportLink(**row._mapping))
    made = [_lineage(i, members[i], links[i]) for i in sorted(members)]
    return sorted(made, key=lambda lineage: (-len(lineage.reports), lineage.id))


def links_of(project: Project, report_id: str) -> list[ReportLink]:
    """How other reports are alike to this one, the most alike first."""
    table = t.report_links
    mine = select(table).where((table.c.report_id == report_id) | (table.c.other_id == report_id))
    with project.reading_tables() as connection:
        links = [ReportLink(**row._mapping) for row in connection.execute(mine)]
    return sorted(links, key=lambda link: (-link.words, link.report_id, link.other_id))


def traces_of(project: Project, event_id: str) -> list[Trace]:
    """What became of an event, the oldest first; then what became of those that its claims went to, and so on."""
    found: dict[str, list[Trace]] = {}
    waiting = [event_id]
    with project.reading_tables() as connection:
        while waiting:
            one = waiting.pop(0)
            if one not in found:
                found[one] = _traces(connection, t.event_traces.c.event_id == one)
                waiting += [other for trace in found[one] for other in trace.became]
    return [trace for traces in found.values() for trace in traces]


def came_of(project: Project, event_id: str) -> list[Trace]:
    """Of which other events the claims of an event came, the oldest first."""
    traces = t.event_traces.c
    named = cast(traces.became, String).contains(f'"{event_id}"', autoescape=True)  # a list of ids, as JSON
    with project.reading_tables() as connection:
        return _traces(connection, named & (traces.event_id != event_id))


def _traces(connection: Connection, which: ColumnElement[bool]) -> list[Trace]:
    table = t.event_traces
    rows = connection.execute(select(table).where(which).order_by(table.c.number)).all()
    return [Trace(event_id=row.event_id, what=row.what, became=tuple(row.became), claims=tuple(row.claims)) for row in rows]


def find_past_event(project: Project, name: str) -> str | None:
    """The id of an event that was joined, parted or is gone, from its beginning; None where none has it.

    Raises StoreError where several have.
    """
    stem = f"e-{name.strip().lower().removeprefix('e-')}"
    column = t.event_traces.c.event_id
    with project.reading_tables() as connection:
        query = select(column).distinct().where(column.startswith(stem, autoescape=True)).order_by(column).limit(2)
        found = list(connection.execute(query).scalars())
    if len(found) > 1:
        raise StoreError(f"{name!r} names more than one past event: {', '.join(found)}; give more of the id")
    return found[0] if found else None


def _lineage(lineage: str, reports: list[Copy], links: list[ReportLink]) -> Lineage:
    ordered = sorted(reports, key=lambda report: (report.published or date.max, report.report_id))
    first = [report.report_id for report in ordered if report.published and report.published == ordered[0].published]
    links.sort(key=lambda link: (link.report_id, link.other_id))
    origin = first[0] if len(first) == 1 else None
    return Lineage(id=lineage, reports=tuple(ordered), links=tuple(links), origin=origin)
