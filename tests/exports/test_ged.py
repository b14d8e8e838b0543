"""Events in UCDP-GED's columns: names, ranges, sums, the grid, and whom UCDP's rules leave out."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_events import ARMY, ATTACK, CLASH, EVENTS, FRONT, ISIS, MILITANTS, PEOPLE, VILLAGERS, figure, row_of

from dateline.exports import Context, export_for, write_rows
from dateline.exports.ged import dyad, prio_grid_cell
from dateline.model import ActorRef, ClaimRow, EventRow
from dateline.testing import make_claim, make_event, make_report

COLUMNS = """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
    dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article
    source_office source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude
    longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b
    deaths_civilians deaths_unknown best high low gwnoa gwnob""".split()
"""Of UCDP's files and its API; the order is part of the format."""

RANGES = {
    "type_of_violence": range(1, 4),
    "where_prec": range(1, 8),
    "date_prec": range(1, 6),
    "event_clarity": range(1, 3),
    "priogrid_gid": range(1, 259_201),
}
_DAY: dict[str, Any] = {"time_start": date(2019, 11, 4), "time_end": date(2019, 11, 4), "time_precision": 1}


def table(name: str, *rows: EventRow) -> list[dict[str, str]]:
    stream = io.BytesIO()
    write_rows(export_for(name), rows, Context(), stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))


def of(**known: Any) -> dict[str, str]:
    [row] = table("ged.csv", row_of(CLASH, **known))
    return row


def sides(doer: ActorRef | None, victim: ActorRef | None, **known: Any) -> EventRow:
    """An event of one claim with these sides."""
    report = make_report("It happened.")
    claim = make_claim(report, initiator=[doer] if doer else [], target=[victim] if victim else [])
    event = make_event([claim], initiator=(doer.name,) if doer else (), target=(victim.name,) if victim else (), **known)
    return EventRow(event, (ClaimRow(claim, report),))


def test_the_columns_are_ucdps() -> None:
    """All 49, in their order."""
    assert list(of()) == COLUMNS
    assert len(COLUMNS) == 49


def test_an_event_becomes_a_row() -> None:
    """Every cell of a plain case; sources side by side, in one order."""
    row = of()
    filled = {name: value for name, value in row.items() if value and not name.startswith("source_")}
    assert filled == {
        "id": CLASH.id, "year": "2019", "type_of_violence": "1", "dyad_name": "Iraqi army - ISIS", "side_a": "Iraqi army",
        "side_b": "ISIS", "number_of_sources": "2", "where_prec": "1", "where_coordinates": "Torbal",
        "where_description": "Torbal", "adm_1": "Meta", "latitude": "-4.5", "longitude": "-70.25",
        "geom_wkt": "POINT (-70.25 -4.5)", "priogrid_gid": "123340", "country": "Iraq", "region": "Middle East",
        "event_clarity": "1", "date_prec": "1", "date_start": "2019-11-04", "date_end": "2019-11-04", "deaths_a": "0",
        "deaths_b": "22", "deaths_civilians": "0", "deaths_unknown": "0", "best": "22", "high": "22", "low": "17",
    }  # fmt: skip
    assert row["source_article"] == '"River Post,2019-11-05,-dirty, \'trick\'";"@Highland Wire,2019-11-06,"'
    assert row["source_office"] == "River Post;@Highland Wire"
    assert row["source_date"] == "2019-11-05;2019-11-06"
    assert row["source_original"] == "Amadou Bello spokesman Interior Ministry, shopkeeper;media"


def test_ucdps_own_numbers_stay_empty() -> None:
    """Ids of conflicts, dyads, actors and countries are UCDP's to give, and whether a dyad is active is not told by one event."""
    row = of()
    own = [name for name in COLUMNS if name.endswith(("dset_id", "new_id")) or name in ("relid", "active_year", "code_status",
           "conflict_name", "country_id", "gwnoa", "gwnob")]  # fmt: skip
    assert {row[name] for name in own} == {""}


@pytest.mark.parametrize(
    ("doer", "victim", "type_", "a", "b"),
    [
        (ARMY, ISIS, 1, "Iraqi army", "ISIS"),
        (ISIS, ARMY, 1, "Iraqi army", "ISIS"),  # the state is side A, whoever began
        (ARMY, MILITANTS, 1, "Iraqi army", None),
        (FRONT, ISIS, 2, FRONT.name, "ISIS"),
        (ISIS, VILLAGERS, 3, "ISIS", "Civilians"),
        (ARMY, VILLAGERS, 3, "Iraqi army", "Civilians"),
    ],
)
def test_the_sides_give_the_type_of_violence(doer: ActorRef, victim: ActorRef, type_: int, a: str, b: str | None) -> None:
    found = dyad(sides(doer, victim))
    assert found
    assert (found.type, found.a[0].name, found.b_name) == (type_, a, b)


@pytest.mark.parametrize("pair", [(MILITANTS, VILLAGERS), (MILITANTS, MILITANTS), (ARMY, PEOPLE), (ARMY, None), (None, ISIS)])
def test_sides_that_tell_no_type_tell_none(pair: tuple[ActorRef | None, ActorRef | None]) -> None:
    assert dyad(sides(*pair)) is None


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-90, -180, 1), (-89.9, 179.9, 720), (90, 180, 259_200), (0, 0, 129_961), (36.34, 43.13, 181_887), (-4.5, -70.25, 123_340)],
)
def test_cells_of_the_grid_are_counted_from_the_south_west(lat: float, lon: float, cell: int) -> None:
    """Rows of 720 half degrees, northwards."""
    assert prio_grid_cell(lat, lon) == cell


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_is_in_a_cell(lat: float, lon: float) -> None:
    assert prio_grid_cell(lat, lon) in RANGES["priogrid_gid"]


@pytest.mark.parametrize(
    ("days", "precision"), [(1, "1"), (2, "2"), (6, "2"), (7, "3"), (8, "4"), (31, "4"), (32, "5"), (366, "5")]
)
def test_date_precision_counts_days(days: int, precision: str) -> None:
    start = date(2019, 1, 1)
    assert of(time_start=start, time_end=start + timedelta(days=days - 1))["date_prec"] == precision


KILLED = st.one_of(st.none(), st.integers(0, 400))
OBJECTS = st.sampled_from(["militant", "civilian", "security_force", "person", "prisoner", "militant_leader"])


@st.composite
def tolls(draw: st.DrawFn) -> dict[str, Any]:
    """Any total, and any figures of killed beside it."""
    numbers = sorted(draw(st.lists(st.integers(0, 400), min_size=3, max_size=3)))
    low, best, high = (draw(st.sampled_from([number, None])) for number in numbers)
    figures = draw(st.lists(st.tuples(OBJECTS, KILLED, st.sampled_from([None, "ISIS", "Iraqi army"])), max_size=4))
    return {
        "totals": (figure("killed", low, best, high),),
        "figures": tuple(figure("killed", n, n, n, object, of=of) for object, n, of in figures),
    }


@given(tolls(), st.sampled_from([(ARMY, ISIS), (ISIS, VILLAGERS), (FRONT, ISIS), (ARMY, MILITANTS)]))
def test_the_best_estimate_is_the_sum_of_its_parts(known: dict[str, Any], pair: tuple[ActorRef, ActorRef]) -> None:
    """As in all of UCDP's rows; low and high hold it between them, high is never 0, and codes are in their ranges."""
    row = sides(pair[0], pair[1], **_DAY, **known, place=CLASH.place)
    kept, rejected = table("ged.csv", row), table("ged.rejects.csv", row)
    assert len(kept) + len(rejected) == 1
    for cells in kept:
        parts = [int(cells[f"deaths_{part}"]) for part in ("a", "b", "civilians", "unknown")]
        assert int(cells["best"]) == sum(parts)
        assert min(parts) >= 0
        assert int(cells["low"]) <= int(cells["best"]) <= int(cells["high"])
        assert int(cells["high"]) > 0
        assert all(int(cells[name]) in allowed for name, allowed in RANGES.items())


def test_dead_are_unknown_where_the_figures_do_not_add_up() -> None:
    """More dead by side than in all: whose they were is not told."""
    row = of(figures=(figure("killed", 22, 22, 22, "militant"), figure("killed", 5, 5, 5, "civilian")))
    assert [row[f"deaths_{part}"] for part in ("a", "b", "civilians", "unknown")] == ["0", "0", "0", "22"]


def test_at_least_17_is_17() -> None:
    """UCDP's bounds are numbers that are reported: no bound above is made up, and none is needed."""
    [row] = table("ged.csv", row_of(CLASH, totals=(figure("killed", 17, 17, None),)))
    assert [row[name] for name in ("low", "best", "high")] == ["17", "17", "17"]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"totals": (), "figures": ()}, "no number of killed is reported, or none for all of them"),
        ({"totals": (figure("killed", 2, None, None),)}, "no number of killed is reported, or none for all of them"),
        ({"totals": (figure("killed", 0, 0, 0),)}, "nobody is reported killed"),
        ({"initiator": ("militants",), "target": ("civilians",)}, "no side is an organised actor with a name"),
        ({"target": ()}, "what the sides are does not tell the type of violence"),
        ({"place": None}, "no place with coordinates is known"),
        ({"time_start": None, "time_end": None}, "no date is known"),
        ({"time_end": date(2021, 1, 1)}, "the time is longer than a year: 2019-11-04 to 2021-01-01"),
    ],
)
def test_what_ucdps_rules_exclude_is_listed_with_the_reason(known: dict[str, Any], reason: str) -> None:
    row = row_of(CLASH, **known)
    assert table("ged.csv", row) == []
    [rejected] = table("ged.rejects.csv", row)
    assert (rejected["event_id"], rejected["reason"]) == (CLASH.id, reason)


def test_every_event_is_in_one_of_the_two_files() -> None:
    """And every one leads back to its claims."""
    rows = [row_of(event) for event in EVENTS]
    kept, rejected = table("ged.csv", *rows), table("ged.rejects.csv", *rows)
    assert {row["id"] for row in kept} == {CLASH.id, ATTACK.id}
    assert {row["id"] for row in kept} | {row["event_id"] for row in rejected} == {event.id for event in EVENTS}
    assert {row["event_id"] for row in table("ged.sources.csv", *rows)} == {event.id for event in EVENTS}
