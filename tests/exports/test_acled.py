"""Events in ACLED's columns: names, ranges, and what is left out or left empty."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_events import ARMY, ATTACK, CLASH, EVENTS, FRONT, ISIS, MILITANTS, PEOPLE, SEIZURE, VILLAGERS, figure, row_of

from dateline.exports import Context, export_for, write_rows
from dateline.lexicon.acled import acled
from dateline.lexicon.codebook import codebook
from dateline.lexicon.countries import country_codes
from dateline.model import ActorRef, ClaimRow, Event, EventRow, Place
from dateline.testing import killed, make_claim, make_event, make_place, make_report

COLUMNS = """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
    actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude
    geo_precision source source_scale notes fatalities tags timestamp""".split()
"""Of a file that ACLED gives out; the order is part of the format."""

SUB_EVENTS = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip
"""ACLED's codebook."""


def table(name: str, *rows: EventRow, private_names: bool = False) -> list[dict[str, str]]:
    stream = io.BytesIO()
    write_rows(export_for(name), rows, Context(private_names=private_names), stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))


def of(event: Event = CLASH, **known: Any) -> dict[str, str]:
    [row] = table("acled.csv", row_of(event, **known))
    return row


def told(
    event_type: str, text: str = "It happened.", doer: ActorRef | None = None, victim: ActorRef | None = None
) -> dict[str, str]:
    """A one-day event of one claim."""
    report = make_report(text)
    doers, victims = [doer] if doer else [], [victim] if victim else []
    claim = make_claim(report, event_type=event_type, initiator=doers, target=victims)
    event = make_event(
        [claim], event_type=event_type, initiator=tuple(a.name for a in doers), target=tuple(a.name for a in victims),
        place=make_place(country="IQ"), time_start=date(2019, 11, 4), time_end=date(2019, 11, 4), time_precision=1,
    )  # fmt: skip
    [row] = table("acled.csv", EventRow(event, (ClaimRow(claim, report),)))
    return row


def test_the_columns_are_acleds() -> None:
    """All 31, in their order."""
    assert list(of()) == COLUMNS
    assert len(COLUMNS) == 31


def test_an_event_becomes_a_row() -> None:
    """Every cell of a plain case."""
    row = of()
    shown = ("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
             "inter1", "actor2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "location",
             "latitude", "longitude", "geo_precision", "source", "fatalities")  # fmt: skip
    assert [row[name] for name in shown] == [
        CLASH.id, "2019-11-04", "2019", "1", "Political violence", "Battles", "Armed clash", "Iraqi army", "State forces", "ISIS",
        "Rebel group", "State forces-Rebel group", "", "368", "Middle East", "Iraq", "Meta", "Torbal", "-4.5", "-70.25", "1",
        "River Post; @Highland Wire", "17",
    ]  # fmt: skip


def test_what_nobody_knows_stays_empty() -> None:
    """How far an outlet reaches, tags, third-level areas and the time of the last change are ACLED's own."""
    row = of()
    assert [row[name] for name in ("admin3", "source_scale", "tags", "timestamp")] == [""] * 4


@pytest.mark.parametrize("event_type", [t.name for t in codebook().event_types])
def test_every_event_type_has_a_place_in_acleds_lists(event_type: str) -> None:
    """The sub-event type belongs to the event type; a disorder type is ACLED's."""
    row = told(event_type, doer=ARMY, victim=ISIS)
    assert row["sub_event_type"] in SUB_EVENTS[row["event_type"]]
    assert set(row["disorder_type"].split("; ")) <= {"Political violence", "Demonstrations", "Strategic developments"}


def test_the_lists_in_the_lexicon_are_acleds() -> None:
    """No sub-event type is missing or under another event type."""
    listed = {(name, top) for top, names in SUB_EVENTS.items() for name in names}
    assert {(name, of.event) for name, of in acled().sub_events.items()} == listed


@pytest.mark.parametrize(
    ("doer", "sub_event"),
    [(ARMY, "Government regains territory"), (FRONT, "Non-state actor overtakes territory"), (PEOPLE, ""), (None, "")],
)
def test_who_takes_territory_decides_what_it_is_called(doer: ActorRef | None, sub_event: str) -> None:
    """And where nobody says who did, it is not made up."""
    row = told("territory_taken", doer=doer)
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", sub_event)


def test_a_grenade_is_told_from_a_mine() -> None:
    assert told("bombing", "Two grenades were thrown.")["sub_event_type"] == "Grenade"
    assert told("bombing", "A mine went off.")["sub_event_type"] == "Remote explosive/landmine/IED"


def test_a_protest_with_victims_is_not_called_peaceful() -> None:
    """Nor is it said who hurt them."""
    assert told("protest")["sub_event_type"] == "Peaceful protest"
    hurt = of(event_type="protest")
    assert (hurt["event_type"], hurt["sub_event_type"]) == ("Protests", "")
    assert hurt["disorder_type"] == "", "force against protesters would be political violence too"


@pytest.mark.parametrize(
    ("doer", "victim", "text", "numeric"),
    [
        (ARMY, ISIS, "State forces-Rebel group", "12"),
        (ISIS, ARMY, "State forces-Rebel group", "12"),
        (ISIS, VILLAGERS, "Rebel group-Civilians", "27"),
        (ARMY, FRONT, "", ""),  # rebels, or a militia: the report does not say
        (ARMY, PEOPLE, "", ""),
        (ARMY, None, "", ""),
    ],
)
def test_interaction_has_the_lower_code_first(doer: ActorRef, victim: ActorRef | None, text: str, numeric: str) -> None:
    """And is empty where one of the sides is not known."""
    assert told("armed_clash", doer=doer, victim=victim)["interaction"] == text
    known = {"initiator": (doer.name,), "target": (victim.name,) if victim else ()}
    claim = make_claim("It happened.", initiator=[doer], target=[victim] if victim else [])
    event = make_event([claim], **known, place=make_place(country="IQ"), time_start=date(2019, 11, 4), time_end=date(2019, 11, 4),
                       time_precision=1)  # fmt: skip
    [row] = table("acled.numeric.csv", EventRow(event, (ClaimRow(claim, make_report("It happened.")),)))
    assert row["interaction"] == numeric


def test_an_army_abroad_is_an_external_force() -> None:
    assert of(place=make_place(country="SY"))["inter1"] == "External/Other forces"
    command = msgspec.structs.replace(ARMY, name="U.S. Africa Command", words="U.S. Africa Command")
    assert told("air_strike", doer=command)["inter1"] == "External/Other forces"


def test_where_no_country_is_known_an_army_is_neither_at_home_nor_abroad() -> None:
    assert of(place=None)["inter1"] == ""


def test_who_protests_is_a_protester() -> None:
    """And where there is one side by the nature of the event, the interaction says so."""
    row = told("protest", doer=PEOPLE)
    assert (row["inter1"], row["interaction"]) == ("Protesters", "Protesters only")
    assert told("riot", doer=VILLAGERS)["inter1"] == "Rioters"


def test_labels_and_codes_are_acleds() -> None:
    assert list(acled().inter) == list(range(1, 9))


@pytest.mark.parametrize(("victim", "targeting"), [(VILLAGERS, "Civilian targeting"), (MILITANTS, ""), (PEOPLE, "")])
def test_civilian_targeting_needs_civilians(victim: ActorRef, targeting: str) -> None:
    assert told("bombing", victim=victim)["civilian_targeting"] == targeting
    assert told("arrest", victim=victim)["civilian_targeting"] == "", "no violence, no target of violence"


def test_of_a_month_the_middle_day_is_taken_and_said_to_be_a_month() -> None:
    row = of(ATTACK)
    assert (row["event_date"], row["time_precision"]) == ("2019-10-16", "3")


@pytest.mark.parametrize(
    ("low", "best", "high", "fatalities"),
    [
        (22, 22, 22, "22"),
        (17, 22, 22, "17"),
        (17, 17, None, "17"),
        (None, 30, None, "30"),
        (None, None, 10, ""),
        (2, None, None, ""),
    ],
)
def test_fatalities_are_the_lowest_that_is_reported(low: Any, best: Any, high: Any, fatalities: str) -> None:
    """Nothing is counted where there is only a bound above, or where parts are told of a whole that nobody tells."""
    [row] = table("acled.csv", row_of(CLASH, totals=(figure("killed", low, best, high),)))
    assert row["fatalities"] == fatalities


def test_no_report_of_dead_is_no_zero() -> None:
    """ACLED writes 0 there; Dateline does not know that nobody died."""
    assert of(figures=(), totals=())["fatalities"] == ""


def test_dozens_are_counted_as_acled_counts_them() -> None:
    report = make_report("Dozens were killed.")
    claim = make_claim(report, figures=[killed(None, "person", low=24, high=99, words="Dozens")])
    total = figure("killed", 24, None, 99, claims=(claim.id,))
    event = make_event(
        [claim], totals=(total,), figures=(total,), time_start=date(2019, 1, 1), time_end=date(2019, 1, 1), time_precision=1
    )
    [row] = table("acled.csv", EventRow(event, (ClaimRow(claim, report),)))
    assert row["fatalities"] == "12"


def test_notes_say_who_says_what_and_cannot_run() -> None:
    """Quotes with outlet, day and speaker; a witness has no name unless it is asked for."""
    row = of()
    assert (
        'River Post, 2019-11-05 (Amadou Bello, spokesman, Interior Ministry): "=cmd() [...] Army troops killed 22' in row["notes"]
    )
    assert 'River Post, 2019-11-05 (shopkeeper): "He fell"' in row["notes"]
    assert of(ATTACK)["notes"].startswith("Alleged. ")
    [named] = table("acled.csv", row_of(CLASH), private_names=True)
    assert "(Rosa Marin, shopkeeper)" in named["notes"]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"time_start": None, "time_end": None, "time_precision": None}, "no date is known"),
        ({"time_precision": 4}, "the time is not known to the month: 2019-11-04 to 2019-11-04"),
        ({"event_type": "parade"}, "the codebook names no sub-event type of ACLED's for parade"),
    ],
)
def test_what_the_columns_cannot_hold_is_listed_with_the_reason(known: dict[str, Any], reason: str) -> None:
    row = row_of(CLASH, **known)
    assert table("acled.csv", row) == []
    [rejected] = table("acled.rejects.csv", row)
    assert (rejected["event_id"], rejected["reason"]) == (CLASH.id, reason)


def test_every_event_is_in_one_of_the_two_files() -> None:
    """Nothing is dropped in silence, and every row leads back to hashes and characters."""
    rows = [row_of(event) for event in EVENTS]
    kept = {row["event_id_cnty"] for row in table("acled.csv", *rows)}
    rejected = {row["event_id"] for row in table("acled.rejects.csv", *rows)}
    assert rejected == {SEIZURE.id}
    assert kept | rejected == {event.id for event in EVENTS}
    origins = table("acled.sources.csv", *rows)
    assert {row["event_id"] for row in origins} == kept | rejected
    assert all(len(row["report_sha256"]) == 64 and row["evidence_spans"] for row in origins)


@pytest.mark.parametrize(("code", "name", "numeric"), [("IQ", "Iraq", 368), ("NA", "Namibia", 516), ("NO", "Norway", 578)])
def test_country_codes_are_those_of_iso(code: str, name: str, numeric: int) -> None:
    """YAML would read NO as false, and pandas NA as nothing."""
    found = country_codes(code)
    assert found
    assert (found.name, found.numeric) == (name, numeric)


PARTIES = st.sampled_from([None, ARMY, FRONT, ISIS, VILLAGERS, MILITANTS, PEOPLE])
PLACES = st.sampled_from([None, *(make_place(country=code, geo_precision=n) for code in ("IQ", "SY", None) for n in (1, 2, 3))])
NUMBERS = st.one_of(st.none(), st.integers(0, 400))


@given(
    st.sampled_from([t.name for t in codebook().event_types]), PARTIES, PARTIES, PLACES, st.integers(0, 40), st.integers(1, 4),
    st.tuples(NUMBERS, NUMBERS, NUMBERS),
)  # fmt: skip
def test_every_value_is_one_that_acled_has(
    event_type: str,
    doer: ActorRef | None,
    victim: ActorRef | None,
    place: Place | None,
    days: int,
    precision: int,
    dead: tuple[int | None, int | None, int | None],
) -> None:
    """Whatever the event: codes and labels of its lists, pairs of types that belong together, days within the event's."""
    report = make_report("It happened.", publisher="Echo")
    claim = make_claim(report, initiator=[doer] if doer else [], target=[victim] if victim else [])
    event = make_event(
        [claim], event_type=event_type, initiator=(doer.name,) if doer else (), target=(victim.name,) if victim else (),
        place=place, time_start=date(2019, 2, 1), time_end=date(2019, 2, 1) + timedelta(days=days), time_precision=precision,
        totals=(figure("killed", *dead),),
    )  # fmt: skip
    row = EventRow(event, (ClaimRow(claim, report),))
    kept, rejected = table("acled.csv", row), table("acled.rejects.csv", row)
    assert len(kept) + len(rejected) == 1
    for cells in kept:
        _check_labels(cells)
        assert event.time_start
        assert event.time_end
        assert event.time_start <= date.fromisoformat(cells["event_date"]) <= event.time_end
        assert cells["event_date"].startswith(cells["year"])
        assert cells["time_precision"] in ("1", "2", "3")
        assert cells["geo_precision"] in (("1", "2", "3") if place else ("",))
        assert not cells["fatalities"] or int(cells["fatalities"]) >= 0
        assert cells["iso"] in ("", "368", "760")
    for cells in table("acled.numeric.csv", row):
        assert cells["inter1"] in _CODES
        assert cells["inter2"] in ("0", *_CODES)
        assert not cells["interaction"] or re.fullmatch(r"[1-8][0-8]", cells["interaction"])


_CODES = ("", *map(str, range(1, 9)))


def _check_labels(cells: dict[str, str]) -> None:
    assert cells["sub_event_type"] in {"", *SUB_EVENTS[cells["event_type"]]}
    if cells["sub_event_type"]:
        assert cells["disorder_type"] == acled().sub_events[cells["sub_event_type"]].disorder
    for side in ("1", "2"):
        assert cells[f"inter{side}"] in ("", *acled().inter.values())
        assert cells[f"actor{side}"] or not cells[f"assoc_actor_{side}"]
    if cells["interaction"] and not cells["interaction"].endswith(" only"):
        assert set(cells["interaction"].split("-")) == {cells["inter1"], cells["inter2"]}
    assert cells["civilian_targeting"] in ("", "Civilian targeting")
    assert not cells["civilian_targeting"] or "Political violence" in cells["disorder_type"]
