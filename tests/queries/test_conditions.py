"""Filters as SQL: they find what the filters of `dateline.filters` find in records, whatever stands in the records."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, select

from dateline.errors import FilterError
from dateline.filters import FILTERS, Condition, condition, parse, select_claims, select_events
from dateline.model import ClaimRow, Event, EventFigure, EventRow, Interval, Source, Span
from dateline.queries import claims_where, events_where
from dateline.queries.conditions import CLOSED, EVENT_FILTERS, FEW, HELD, among
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.insert import insert_rows
from dateline.store.rows import Coder, event_rows, reading_rows
from dateline.testing import make_actor, make_claim, make_event, make_figure, make_reading, make_report, placed

CODER = Coder("made", "1")
NAMES = ("ISIS", "Daesh", "Iraqi army", "the Army", "Salāh Brigade", "Salah brigade", "x", "ʿ")
TOWNS = ("Kirkuk", "al-Kirkuk", "Kirkuk province", "Rāwa", "Rawa", "Mosul")
PEOPLE = (None, "Gen. Yahya Rasool", "Yahya Rasool", "Rasool", "N.N.")
OUTLETS = (None, "Tigris Wire", "Wire", "TIGRIS WIRE agency")
DAYS = st.none() | st.dates(date(2019, 1, 1), date(2020, 3, 1))


def spans() -> st.SearchStrategy[Interval | None]:
    return st.none() | st.builds(
        lambda a, b: Interval(span=Span(0, 1), words="then", start=a, end=b, precision="day"), a=DAYS, b=DAYS
    )


FIGURES = st.builds(
    make_figure,
    st.none() | st.integers(0, 4),
    st.sampled_from(["killed", "wounded", "killed+wounded", "arrested"]),
    st.sampled_from(["militant", "civilian"]),
    low=st.none() | st.integers(0, 4),
)


@st.composite
def projects(draw: st.DrawFn) -> tuple[list[ClaimRow], list[EventRow]]:
    """Some reports, their claims, and events of some of these."""
    rows: list[ClaimRow] = []
    for n in range(draw(st.integers(1, 3))):
        report = make_report(
            f"text {n}", publisher=draw(st.sampled_from(OUTLETS)), title=draw(st.sampled_from((None, "A raid", "Raid")))
        )
        for nth in range(draw(st.integers(0, 3))):
            claim = make_claim(
                report,
                nth=nth,
                kind=draw(st.sampled_from(["incident", "tally"])),
                event_type=draw(st.sampled_from([None, "arrest", "bombing"])),
                certainty=draw(st.sampled_from(["stated", "alleged", "denied"])),
                background=draw(st.booleans()),
                scope=draw(st.sampled_from([None, "since"])),
                initiator=[make_actor(name) for name in draw(st.lists(st.sampled_from(NAMES), max_size=2))],
                target=[
                    make_actor(name, words=draw(st.sampled_from(NAMES)))
                    for name in draw(st.lists(st.sampled_from(NAMES), max_size=1))
                ],
                places=[
                    placed(name, admin1=draw(st.sampled_from([None, *TOWNS])), country=draw(st.sampled_from([None, "IQ"])))
                    for name in draw(st.lists(st.sampled_from(TOWNS), max_size=2))
                ],
                time=draw(spans()),
                figures=draw(st.lists(FIGURES, max_size=2)),
                source=Source(
                    speaker=draw(st.sampled_from(PEOPLE)),
                    organisation=draw(st.sampled_from(OUTLETS)),
                    type=draw(st.sampled_from(["military", "media"])),
                    via=tuple(one for one in draw(st.lists(st.sampled_from(OUTLETS), max_size=1)) if one),
                ),
            )
            rows.append(ClaimRow(claim, report))
    linked = [row for row in rows if draw(st.booleans())]
    groups = [linked[:2], linked[2:]]
    return rows, [EventRow(draw(events(group)), tuple(group)) for group in groups if group]


@st.composite
def events(draw: st.DrawFn, rows: list[ClaimRow]) -> Event:
    claims = [row.claim for row in rows]
    figures = draw(st.lists(FIGURES, max_size=2))
    return make_event(
        claims,
        event_type=draw(st.sampled_from(["arrest", "bombing"])),
        certainty=draw(st.sampled_from(["stated", "alleged"])),
        background=draw(st.booleans()),
        initiator=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
        target=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=1))),
        time_start=draw(DAYS),
        time_end=draw(DAYS),
        figures=tuple(
            EventFigure(measure=f.measure, object=f.object, unit=None, of=None, low=f.low, best=f.best, high=f.high, rule="",
                        claims=())
            for f in figures
        ),
    )  # fmt: skip


def conditions() -> st.SearchStrategy[Condition]:
    values: dict[str, tuple[str, ...]] = {
        "kind": ("incident", "tally"), "certainty": ("stated", "denied"), "background": ("yes", "no"),
        "type": ("arrest", "bombing"),
        "scope": ("since", "stock"), "actor": NAMES, "initiator": NAMES, "target": NAMES, "place": (*TOWNS, "IQ"),
        "measure": ("killed", "wounded"), "object": ("militant", "civilian"), "source": ("military", "media"),
        "speaker": ("Rasool", "Yahya Rasool", "Wire"), "publisher": ("wire", "Tigris Wire"), "report": ("raid", "A raid"),
    }  # fmt: skip
    named = st.sampled_from(sorted(values)).flatmap(
        lambda name: st.builds(
            lambda some, operator: condition(name, *some, operator=operator),
            st.lists(st.sampled_from(values[name]), min_size=1, max_size=2),
            st.sampled_from(["=", "!="]),
        )
    )
    counted = st.builds(
        lambda number, operator: condition("killed", str(number), operator=operator),
        st.integers(0, 4),
        st.sampled_from(["=", "!=", ">=", "<="]),
    )
    dated = st.builds(
        lambda name, day: condition(name, day),
        st.sampled_from(["since", "until"]),
        st.sampled_from(["2019", "2019-06", "2020-01-15"]),
    )
    return st.one_of(named, counted, dated)


@contextmanager
def kept(rows: list[ClaimRow], events: list[EventRow]) -> Iterator[Connection]:
    """The records as rows of a database in memory."""
    engine = create_engine("sqlite://", json_serializer=lambda value: "[]")
    t.metadata.create_all(engine)
    with engine.begin() as connection:
        by_report: dict[str, list[ClaimRow]] = {}
        for row in rows:
            by_report.setdefault(row.report.id, []).append(row)
        for some in by_report.values():
            insert_rows(connection, reading_rows(make_reading(some[0].report, [row.claim for row in some]), CODER))
        insert_rows(connection, event_rows([row.event for row in events]))
        yield connection
    engine.dispose()


def refused(rows: list[ClaimRow], asked: list[Condition]) -> bool:
    """Whether the filters of records say that a value stands in no claim."""
    try:
        select_claims(rows, asked)
    except FilterError:
        return True
    return False


def nothing_has(connection: Connection, c: Condition) -> bool:
    """Whether SQL refuses one of a condition's values too, or finds nothing by it."""
    for value in c.values:
        try:
            where = claims_where(connection, [Condition(c.name, "=", (value,))])
        except FilterError:
            return True
        if not connection.execute(select(t.claims.c.id).where(where)).all():
            return True
    return False


@settings(max_examples=60, deadline=None, report_multiple_bugs=False, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects(), asked=st.lists(conditions(), max_size=2))
def test_sql_finds_what_the_filters_find(project: tuple[list[ClaimRow], list[EventRow]], asked: list[Condition]) -> None:
    """The same claims and the same events; and where a value stands in no claim, both refuse it (or nothing is there)."""
    rows, events = project
    with kept(rows, events) as connection:
        if refused(rows, asked):
            assert any(nothing_has(connection, c) for c in asked)
            return
        found = connection.execute(select(t.claims.c.id).where(claims_where(connection, asked)))
        assert set(found.scalars()) == {row.claim.id for row in select_claims(rows, asked)}
        linked = [claim for row in events for claim in row.claims]
        if not refused(linked, asked):  # else a value that only claims outside of all events have
            where = events_where(connection, asked)
            assert set(connection.execute(select(t.events.c.id).where(where)).scalars()) == {
                row.event.id for row in select_events(events, asked)
            }


def test_every_filter_has_its_sql() -> None:
    """A new filter cannot be forgotten here, and an event's own values are asked of the event in both."""
    assert {*CLOSED, "background", *HELD} == set(FILTERS)
    assert set(EVENT_FILTERS) == {name for name, one in FILTERS.items() if one.of_event is not None}


def test_a_name_is_found_by_any_of_its_spellings(project: Project) -> None:
    """ "daesh" finds claims about ISIS, without diacritics and articles; on every database that a project can be in."""
    claim = make_claim(initiator=[make_actor("ISIS", words="Daesh")], places=[placed("Rāwa")])
    project.save([make_reading(claims=[claim])])
    with project.reading_tables() as connection:
        for one in ("actor=daesh", "initiator=the Islamic State", "place=rawa", "place=CO", "type=armed clash"):
            found = connection.execute(select(t.claims.c.id).where(claims_where(connection, [parse(one)]))).scalars().all()
            assert found == [claim.id], one


def test_a_misspelt_name_is_answered_with_those_near_it(project: Project) -> None:
    project.save([make_reading(claims=[make_claim(places=[placed("Kirkuk")])])])
    with (
        project.reading_tables() as connection,
        pytest.raises(FilterError, match=r"no place 'Kirkk' in these reports. Near it: Kirkuk"),
    ):
        events_where(connection, [parse("place=Kirkk")])


def test_a_condition_takes_more_values_than_a_query_has_variables(project: Project) -> None:
    project.save([make_reading(claims=[make_claim()])])
    many = [f"c-{n}" for n in range(FEW * 100)]
    with project.reading_tables() as connection:
        assert connection.execute(select(t.claims.c.id).where(among(connection, t.claims.c.id, many))).all() == []
        assert len(connection.execute(select(t.claims.c.id).where(~among(connection, t.claims.c.id, many))).all()) == 1


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999"])
def test_a_measure_is_compared_with_a_number(number: str) -> None:
    with pytest.raises(FilterError, match="is compared with a number"):
        parse(f"killed>={number}")
