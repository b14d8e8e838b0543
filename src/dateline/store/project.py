"""A project: the reports of a piece of work, what was read in them, the events, and what people decided about it all."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from types import TracebackType
from typing import Literal, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, Table, delete, insert, select, true
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from dateline.errors import StoreError
from dateline.lexicon.codebook import Codebook, built_in
from dateline.model import (
    BestRule,
    Claim,
    ClaimRow,
    Event,
    EventRow,
    Grade,
    Grades,
    Implied,
    Kind,
    LinkDecisions,
    Reading,
    Report,
    Review,
)
from dateline.store import tables as t
from dateline.store.connect import writing
from dateline.store.insert import batches, insert_rows
from dateline.store.load import load_claims, load_events, load_implied, load_readings, load_reports
from dateline.store.memory import Memory
from dateline.store.reviews import (
    GradedField,
    load_graded_claims,
    load_grades,
    load_link_decisions,
    load_resolutions,
    load_reviews,
)
from dateline.store.rows import Coder, Rows, event_rows, implied_row, reading_rows

BATCH = 100  # reports or events loaded at a time: some MB of memory, and few queries
T = TypeVar("T")
_CODEBOOK, _BEST = "codebook", "best"  # the settings
_SHOWN = 5  # ids that an ambiguous prefix is answered with


class RecordError(StoreError):
    """A record that the tables refuse; others may still be kept."""


class Found(NamedTuple):
    """What an id, or the beginning of one, names."""

    noun: Literal["report", "claim", "event"]
    id: str


class Project:
    """An open project; made by `open_project`.  Close it, or use it as a context.

    Reports and their claims come by date of publication (undated last), then by path; events by their first day.  Iterators
    load `BATCH` at a time.  Every method raises StoreError where the database cannot do what is asked.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self.name = name  # the folder, as the user named it, or the URL without its password
        self.memory = Memory(engine)
        self._engine = engine

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.memory.close()
        self._engine.dispose()

    @property
    def database(self) -> Engine:
        """The database itself, for what needs its tables (`dateline.store.tables`) and not records."""
        return self._engine

    # The codebook

    def codebook(self) -> Codebook:
        """The codebook that the project is coded with: its own, else Dateline's."""
        with self.reading_tables() as connection:
            return _own_codebook(connection) or built_in()

    def settle_codebook(self, own: Codebook | None = None) -> Codebook:
        """The codebook to code with, the same from the first report to the last: `own`, or the project's where None is given.

        The first run settles it for good, so that two that begin at once cannot mix theirs.  Raises StoreError where another
        one is settled: counts by two codebooks cannot stand in one table.
        """
        own = None if own == built_in() else own
        with self.writing_tables() as connection:
            settled = _own_codebook(connection)
            if own is not None and own != settled and _is_settled(connection):
                raise StoreError(_other_codebook(self.name, settled, own))
            if not _is_settled(connection):
                connection.execute(insert(t.settings), {"name": _CODEBOOK, "value": own and msgspec.to_builtins(own)})
                settled = own
        return settled or built_in()

    # How figures of events are chosen

    def best_rule(self) -> BestRule:
        """By which rule the best number of an event is chosen (`dateline link --best`)."""
        with self.reading_tables() as connection:
            value = connection.execute(select(t.settings.c.value).where(t.settings.c.name == _BEST)).scalar_one_or_none()
        return "most-trusted" if value is None else msgspec.convert(value, BestRule)

    def set_best_rule(self, rule: BestRule) -> None:
        """Choose best numbers by this rule from the next linking on."""
        with self.writing_tables() as connection:
            connection.execute(delete(t.settings).where(t.settings.c.name == _BEST))
            connection.execute(insert(t.settings), {"name": _BEST, "value": rule})

    # Reports and readings

    def known(self) -> frozenset[str]:
        """The SHA-256 of every report."""
        with self.reading_tables() as connection:
            return frozenset(connection.execute(select(t.reports.c.sha256)).scalars())

    def has(self, sha256: str) -> bool:
        with self.reading_tables() as connection:
            return connection.execute(select(t.reports.c.id).where(t.reports.c.sha256 == sha256)).first() is not None

    def save(self, readings: Iterable[Reading], *, coder: Coder | None = None) -> int:
        """Keep readings, all or none; how many were new.  A report that is there already is left as it is.

        `coder` says which engine read them (default: the rules of this version of Dateline).
        """
        coder = coder or _default_coder()
        new = {reading.report.id: reading for reading in reversed(list(readings))}  # of two alike the first counts
        with self.writing_tables() as connection:
            known = set(connection.execute(select(t.reports.c.id).where(t.reports.c.id.in_(sorted(new)))).scalars())
            rows: Rows = {}
            for report_id in sorted(new.keys() - known):
                for table, some in reading_rows(new[report_id], coder).items():
                    rows.setdefault(table, []).extend(some)
            insert_rows(connection, rows)
        return len(new.keys() - known)

    def reports(self) -> Iterator[Report]:
        for ids in batches(self._report_ids(), BATCH):
            with self.reading_tables() as connection:
                reports = load_reports(connection, ids)
            yield from (reports[i] for i in ids if i in reports)

    def report(self, report_id: str) -> Report:
        with self.reading_tables() as connection:
            return _the(load_reports(connection, [report_id]).values(), "report", report_id)

    def reading(self, report_id: str) -> Reading:
        """The reading of a report as it was saved."""
        with self.reading_tables() as connection:
            return _the(load_readings(connection, [report_id]), "report", report_id)

    def readings(self) -> Iterator[Reading]:
        for ids in batches(self._report_ids(), BATCH):
            with self.reading_tables() as connection:
                readings = load_readings(connection, ids)
            yield from readings

    def publications(self) -> list[tuple[date | None, str | None]]:
        """When each report was published, and by whom."""
        with self.reading_tables() as connection:
            rows = connection.execute(select(t.reports.c.published, t.reports.c.publisher).order_by(t.reports.c.id)).all()
        return [(row.published, row.publisher) for row in rows]

    def lineages(self) -> dict[str, str]:
        """The lineage of each report that has been linked, by the report's id: reports of one lineage copy one text."""
        with self.reading_tables() as connection:
            rows = connection.execute(select(t.report_lineages.c.report_id, t.report_lineages.c.lineage)).all()
        return {row.report_id: row.lineage for row in rows}

    # Claims

    def claims(self, kind: Kind | None = None) -> Iterator[ClaimRow]:
        """Each claim (of a kind) with its report, in the order of the reports and of the text."""
        wanted = t.claims.c.kind == kind if kind else true()
        for ids in batches(self._report_ids(), BATCH):
            with self.reading_tables() as connection:
                reports = load_reports(connection, ids)
                claims = load_claims(connection, t.claims.c.report_id.in_(ids) & wanted)
            position = {report_id: n for n, report_id in enumerate(ids)}
            claims.sort(key=lambda claim: position[claim.report_id])  # stable: the order in the text stays
            yield from (ClaimRow(claim, reports[claim.report_id]) for claim in claims)

    def claim(self, claim_id: str) -> ClaimRow:
        """A claim with its report."""
        with self.reading_tables() as connection:
            claim = _the(load_claims(connection, t.claims.c.id == claim_id), "claim", claim_id)
            return ClaimRow(claim, load_reports(connection, [claim.report_id])[claim.report_id])

    # Events

    def events(self) -> Iterator[Event]:
        for ids in batches(self._event_ids(), BATCH):
            with self.reading_tables() as connection:
                events = load_events(connection, ids)
            yield from events

    def event(self, event_id: str) -> EventRow:
        """An event with its claims."""
        with self.reading_tables() as connection:
            event = _the(load_events(connection, [event_id]), "event", event_id)
            return with_claims(connection, [event])[0]

    def event_rows(self) -> Iterator[EventRow]:
        """Each event with its claims and their reports."""
        for ids in batches(self._event_ids(), BATCH):
            with self.reading_tables() as connection:
                rows = with_claims(connection, load_events(connection, ids))
            yield from rows

    def event_of(self) -> dict[str, str]:
        """The id of the event of each claim that is in one."""
        with self.reading_tables() as connection:
            rows = connection.execute(select(t.event_claims.c.claim_id, t.event_claims.c.event_id)).all()
        return {row.claim_id: row.event_id for row in rows}

    def replace_events(self, events: Iterable[Event]) -> int:
        """Put these events in the place of all that there were, in one transaction; how many they are.

        At most one link per claim is kept; links come back in the order of the claims.
        """
        rows = event_rows(events)
        with self.writing_tables() as connection:
            for table in reversed(t.EVENT_TABLES):
                connection.execute(delete(table))
            insert_rows(connection, rows)
            drop_unused_places(connection)
        return len(rows[t.events])

    # What running totals imply

    def implied(self) -> list[Implied]:
        """What two running totals say of the days between them, by those days."""
        with self.reading_tables() as connection:
            return load_implied(connection)

    def replace_implied(self, implied: Iterable[Implied], starts: Collection[date] | None = None) -> None:
        """Put these in the place of all that there were, or of those since the given days."""
        rows = [implied_row(one) for one in implied]
        old = delete(t.implied_figures)
        with self.writing_tables() as connection:
            connection.execute(old if starts is None else old.where(t.implied_figures.c.start.in_(sorted(starts))))
            insert_rows(connection, {t.implied_figures: rows})

    def tally_starts(self, report_ids: Collection[str]) -> frozenset[date]:
        """The days from which the tallies of these reports count, now and as they stand in what was implied before."""
        c, starts = t.claims.c, set[date]()
        claims: set[str] = set()
        with self.reading_tables() as connection:
            for ids in batches(sorted(report_ids)):
                for row in connection.execute(select(c.id, c.kind, c.time_start).where(c.report_id.in_(ids))):
                    claims.add(row.id)
                    if row.kind == "tally" and row.time_start:
                        starts.add(row.time_start)
            known = load_implied(connection)
        return frozenset(starts | {one.start for one in known if not claims.isdisjoint((*one.earlier, *one.later))})

    def tallies_since(self, starts: Collection[date]) -> Iterator[ClaimRow]:
        """The tallies that count from these days, by report and position in it."""
        c = t.claims.c
        days = sorted(starts)
        for n in range(0, len(days), BATCH):
            with self.reading_tables() as connection:
                claims = load_claims(connection, (c.kind == "tally") & c.time_start.in_(days[n : n + BATCH]))
                reports: dict[str, Report] = {}
                for ids in batches(sorted({claim.report_id for claim in claims})):
                    reports |= load_reports(connection, ids)
            yield from (ClaimRow(claim, reports[claim.report_id]) for claim in claims)

    # Reviews: made by `dateline.reviews`

    def reviews(self, subject: str | None = None) -> list[Review]:
        """The decisions about a record, or all, the oldest first."""
        with self.reading_tables() as connection:
            return load_reviews(connection, None if subject is None else t.reviews.c.subject == subject)

    def link_decisions(self) -> LinkDecisions:
        """The pairs of claims that people put in one event, and those that they parted."""
        with self.reading_tables() as connection:
            return load_link_decisions(connection)

    def resolutions(self) -> dict[tuple[str, str], str]:
        """Which value holds where the sources of an event contradict each other, by a claim of it and the field."""
        with self.reading_tables() as connection:
            return load_resolutions(connection)

    def grades(self, field: GradedField) -> dict[str, Grade]:
        """The grades that people gave, by the id of the source (`reliability`) or of the claim (`credibility`)."""
        with self.reading_tables() as connection:
            return load_grades(connection, field)

    def graded_claims(self) -> dict[str, Grades]:
        """What people think of each claim, where they graded it or its source."""
        with self.reading_tables() as connection:
            return load_graded_claims(connection)

    # Names

    def find(self, name: str) -> Found:
        """What `name` stands for: an id, the beginning of one (with or without "c-" or "e-"), or a report's path or file name.

        Raises StoreError where it stands for nothing, or for more than one thing.
        """
        if not (name := name.strip()):
            raise StoreError("an empty id names nothing; give the id of a report, claim or event, or its beginning")
        found = self._by_id(name) or self._by_path(name)
        if not found:
            raise StoreError(f"no report, claim or event of {self.name} has an id that begins with {name!r}")
        if len(found) > 1:
            shown = ", ".join(f"{f.noun} {f.id}" for f in found[:_SHOWN]) + (", ..." if len(found) > _SHOWN else "")
            raise StoreError(f"{name!r} names more than one thing: {shown}; give more of the id")
        return found[0]

    def _by_id(self, name: str) -> list[Found]:
        found: list[Found] = []
        with self.reading_tables() as connection:
            nouns: tuple[tuple[Literal["report", "claim", "event"], Table, str], ...] = (
                ("report", t.reports, ""), ("claim", t.claims, "c-"), ("event", t.events, "e-"),
            )  # fmt: skip
            for noun, table, prefix in nouns:
                stem = prefix + name.lower().removeprefix(prefix)
                some = (
                    select(table.c.id).where(table.c.id.startswith(stem, autoescape=True)).order_by(table.c.id).limit(_SHOWN + 1)
                )
                found += [Found(noun, i) for i in connection.execute(some).scalars()]
        return found

    def _by_path(self, name: str) -> list[Found]:
        path = t.reports.c.path
        same = select(t.reports.c.id).where((path == name) | path.endswith(f"/{name}", autoescape=True)).order_by(t.reports.c.id)
        with self.reading_tables() as connection:
            return [Found("report", i) for i in connection.execute(same).scalars()]

    def _report_ids(self) -> list[str]:
        query = select(t.reports.c.id, t.reports.c.published, t.reports.c.path)
        with self.reading_tables() as connection:
            rows = connection.execute(query).all()
        # sorted here and not by the database: how databases compare words and nulls differs
        return [row.id for row in sorted(rows, key=lambda row: (row.published or date.max, row.path or "", row.id))]

    def _event_ids(self) -> list[str]:
        with self.reading_tables() as connection:
            rows = connection.execute(select(t.events.c.id, t.events.c.time_start)).all()
        return [row.id for row in sorted(rows, key=lambda row: (row.time_start or date.max, row.id))]

    @contextmanager
    def reading_tables(self) -> Iterator[Connection]:
        """A connection for queries.  Raises StoreError."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as e:
            raise StoreError(f"{self.name} cannot be read: {_cause(e)}") from e

    @contextmanager
    def writing_tables(self, *, durable: bool = False) -> Iterator[Connection]:
        """One transaction that holds the write lock; with `durable` even a power cut after it loses nothing of it.

        Raises StoreError, RecordError where the tables refuse a row.
        """
        try:
            with writing(self._engine, durable=durable) as connection:
                yield connection
        except (IntegrityError, DataError, UnicodeError) as e:
            raise RecordError(_cause(e)) from e
        except SQLAlchemyError as e:
            raise StoreError(f"{self.name} cannot be written: {_cause(e)}") from e


def _own_codebook(connection: Connection) -> Codebook | None:
    """None where it is Dateline's."""
    value = connection.execute(select(t.settings.c.value).where(t.settings.c.name == _CODEBOOK)).scalar_one_or_none()
    return None if value is None else msgspec.convert(value, Codebook)


def _is_settled(connection: Connection) -> bool:
    """By a run, or by the reports that an older version of Dateline coded."""
    some = select(t.settings.c.name).where(t.settings.c.name == _CODEBOOK), select(t.reports.c.id).limit(1)
    return any(connection.execute(query).first() for query in some)


def _other_codebook(project: str, settled: Codebook | None, other: Codebook) -> str:
    has = f"a codebook of its own, version {settled.version}" if settled else "Dateline's own codebook"
    differs = "not quite this file" if settled and settled.version == other.version else "not this one"
    return (
        f"{project} is coded with {has}, {differs}. Leave --codebook out to go on with that, or code into a new project "
        f"(--project NAME). `dateline codebook show --project {project}` prints what it has"
    )


def _default_coder() -> Coder:
    from dateline import __version__

    return Coder("rules", __version__)


def drop_unused_places(connection: Connection) -> None:
    """Places that only events of an earlier linking had: else the rows would tell how often a project was linked."""
    of_claims = select(t.claim_places.c.place_id).where(t.claim_places.c.place_id.is_not(None))
    of_events = select(t.events.c.place_id).where(t.events.c.place_id.is_not(None))
    connection.execute(delete(t.places).where(t.places.c.id.not_in(of_claims), t.places.c.id.not_in(of_events)))


def with_claims(connection: Connection, events: Sequence[Event]) -> list[EventRow]:
    """Events with their claims and the reports of these."""
    claims: dict[str, Claim] = {}
    for ids in batches([claim_id for event in events for claim_id in event.claims]):
        claims |= {claim.id: claim for claim in load_claims(connection, t.claims.c.id.in_(ids))}
    reports: dict[str, Report] = {}
    for ids in batches(sorted({claim.report_id for claim in claims.values()})):
        reports |= load_reports(connection, ids)
    return [EventRow(event, tuple(ClaimRow(claims[i], reports[claims[i].report_id]) for i in event.claims)) for event in events]


def _the(found: Iterable[T], noun: str, record_id: str) -> T:
    for record in found:
        return record
    raise StoreError(f"no {noun} {record_id}")


def _cause(error: Exception) -> str:
    """What the database said, without the statement and its values: those hold whole reports."""
    return str(error.orig) if isinstance(error, DBAPIError) else str(error)
