"""What the sieve leaves out could not have been one event: no pair that would score is lost, and most others are."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_stream import Shape, made_stream, make_reading

from dateline.events.between import Told
from dateline.events.compare import THRESHOLD, between_reports, probability, score
from dateline.events.facts import Incident, ReportFacts, Scene
from dateline.events.likeness import kinds_that_go
from dateline.events.profiles import OTHER_TYPE, profiles_of, type_bit
from dateline.events.scenes import incidents_of
from dateline.events.sieve import Sieve, most_of
from dateline.events.signs import Signs, weight_of
from dateline.events.times import Days
from dateline.model import ActorRef, Figure, Place, Span

InReport = tuple[Scene, ReportFacts]
DENSE = Shape(incidents_a_day=12, cities=3, reports=2.2)
_WORDS = "amari brown oak mill market bridge school garden petrov okoro quarry canal".split()
_TYPES = [*"armed_clash air_strike protest robbery arrest".split(), "cattle_raid", "tax_revolt"]  # the last: a project's own
_PLACES = tuple(
    Place(id=i, name=name, kind=kind, lat=lat, lon=lon, country=country, admin1=admin1, radius_km=radius)  # type: ignore[arg-type]
    for i, name, kind, lat, lon, country, admin1, radius in (
        ("1", "Torbal", "settlement", 10.0, 20.0, "AA", "North", 2.0),
        ("2", "Brezno", "settlement", 10.1, 20.1, "AA", "North", 8.0),
        ("3", "Kalimar", "settlement", 12.0, 24.0, "AA", "South", 15.0),
        ("4", "North", "admin1", 10.2, 20.3, "AA", "North", 120.0),
        ("4/west", "western North", "area", 10.2, 19.9, "AA", "North", 60.0),
        ("5", "Aland", "country", 11.0, 22.0, "AA", None, 400.0),
        ("1@market", "market", "site", 10.0, 20.0, "AA", "North", None),
        ("6", "Ostrov", "settlement", 10.0, 20.2, "BB", None, 3.0),
        ("7", "Farside", "settlement", -17.0, 179.9, "CC", None, 3.0),
        ("8", "Nearside", "settlement", -17.0, -179.95, "CC", None, 3.0),
    )
)  # fmt: skip


def pairs_of(count: int) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]:
    ones, others = zip(*combinations(range(count), 2), strict=True)
    return np.array(ones), np.array(others)


def kept(incidents: list[Incident]) -> set[tuple[int, int]]:
    ones, others = pairs_of(len(incidents))
    left = Sieve(profiles_of(incidents)).could_be_one(ones, others)
    return set(zip(ones[left].tolist(), others[left].tolist(), strict=True))


def test_of_a_stream_of_look_alikes_few_pairs_are_left_and_all_that_score() -> None:
    incidents = sorted((i for told in made_stream(150, DENSE) for i in incidents_of(make_reading(told))), key=lambda i: i.key)
    left = kept(incidents)
    scoring = {
        (a, b)
        for a, b in combinations(range(len(incidents)), 2)
        if (score(incidents[a], incidents[b]) or 0.0) >= THRESHOLD
    }  # fmt: skip
    assert scoring <= left
    assert len(left) < len(incidents) ** 2 / 2 / 10
    assert len(scoring) > 100


def sets(of: list[str], most: int = 4) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(of), max_size=most)


@st.composite
def scenes(draw: Callable[[st.SearchStrategy[Any]], Any]) -> tuple[Scene, ReportFacts]:
    """Any scene in any report, of so few words, places and days that two have much in common."""
    day = date(2024, 2, 27) + timedelta(days=draw(st.integers(0, 6)))
    length = draw(st.sampled_from([0, 0, 0, 1, 6, 12]))
    places = draw(st.lists(st.sampled_from(_PLACES), max_size=3, unique_by=lambda place: place.id))
    rare = draw(sets(_WORDS))
    signs = Signs(
        persons=frozenset(f"{word} {other}" for word, other in zip(sorted(draw(sets(_WORDS, 3))), _WORDS, strict=False)),
        proper=draw(sets(_WORDS)),
        streets=draw(sets(_WORDS, 2)),
        ages=draw(st.frozensets(st.sampled_from([7, 16, 71, 80]), max_size=2)),
        hours=draw(st.frozensets(st.sampled_from([0, 1, 12, 22, 23]), max_size=2)),
        rare=rare,
        weight=round(weight_of(rare) ** 0.5, 4),
    )
    report = ReportFacts(
        id=str(draw(st.integers(0, 10**9))),
        published=draw(st.sampled_from([None, day, day + timedelta(days=5), day + timedelta(days=20)])),
        publisher=None,
        head=draw(sets([*_WORDS, "torbal", "north", "western"])),
        places=tuple(draw(st.lists(st.sampled_from(_PLACES), max_size=2, unique_by=lambda place: place.id))),
        signs=signs,
    )
    sides = [sorted(draw(sets(["police", "rebels", "army"], 2))) for _ in range(2)]
    initiator, target = (tuple(map(_party, names)) for names in sides)
    scene = Scene(
        first=f"c-{report.id}",
        main=draw(st.booleans()),
        background=draw(st.sampled_from([False, False, True])),
        denied=False,
        acts=draw(st.frozensets(st.sampled_from(_TYPES), min_size=1, max_size=2)),
        days=draw(st.sampled_from([None, Days(day, day + timedelta(days=length)), Days(day, day + timedelta(days=length))])),
        operation=draw(st.sampled_from([None, None, None, "dawn", "dusk"])),
        phase=None,
        places=tuple(places),
        place_words=frozenset(place.name.lower() for place in places) | draw(sets(["the market", "a bridge"], 1)),
        sites=draw(sets(["the market", "a bridge"], 1)),
        unplaced=False,
        around=tuple(draw(st.lists(st.sampled_from(_PLACES), max_size=1))),
        initiators=frozenset(sides[0]),
        targets=frozenset(sides[1]),
        initiator=initiator,
        target=target,
        figures=tuple(draw(st.lists(st.sampled_from([_killed(1), _killed(2), _killed(5), _killed(47)]), max_size=2))),
        tolls=frozenset({"killed"}),
        persons=frozenset({"civilian"}),
        words=draw(sets(_WORDS, 8)),
        names=draw(sets(_WORDS, 3)),
    )
    return scene, report


def _party(name: str) -> ActorRef:
    return ActorRef(name=name, kind="police", words=name, span=Span(0, 1), by="name")


def _killed(number: int) -> Figure:
    return Figure(low=number, best=number, high=number, measure="killed", object="civilian", unit=None, of=None, part_of=None,
                  words=str(number), span=Span(0, 1))  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenes(), scenes())
def test_no_two_scenes_come_to_more_than_the_sieve_allows(one: InReport, other: InReport) -> None:
    """Whatever two scenes have in common: where they can be one event, their log odds are no more than the bound."""
    if one[1].id == other[1].id:
        return
    (base, *_) = incidents_of(make_reading(next(made_stream(1, seed=4))))
    incidents = [base._replace(scene=scene, report=report) for scene, report in (one, other)]
    exact = between_reports(Told(*one), Told(*other))
    profiles, first, second = profiles_of(incidents), np.array([0]), np.array([1])
    if exact is not None:
        (most,) = most_of(profiles, first, second)
        assert exact <= most + 1e-5
        assert most_of(profiles, second, first)[0] == pytest.approx(most)
        if probability(exact) >= THRESHOLD:
            assert kept(incidents) == {(0, 1)}


def test_of_one_report_only_claims_of_one_scene_are_left() -> None:
    """Two scenes of one report stay two."""
    many = [list(incidents_of(make_reading(told))) for told in made_stream(40, seed=7)]
    incidents = next(found for found in many if len(found) == 2)
    assert kept(incidents) == ({(0, 1)} if incidents[0].scene == incidents[1].scene else set())


def test_every_kind_of_act_of_ours_has_a_bit_of_its_own() -> None:
    named = {name for kind in ("close", "like") for pair in kinds_that_go(kind) for name in pair}
    assert len({type_bit(name) for name in named}) == len(named)
    assert OTHER_TYPE not in {type_bit(name) for name in named}
    assert type_bit("a project's own") == OTHER_TYPE


def test_profiles_are_the_same_bytes_each_time() -> None:
    incidents = [i for told in made_stream(5, seed=1) for i in incidents_of(make_reading(told))]
    assert profiles_of(incidents).tobytes() == profiles_of(list(incidents)).tobytes()
