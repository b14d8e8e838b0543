"""Linking a part of a project, with what it touches, gives what linking all of it gives."""

import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_stream import Shape, made_stream, make_reading

from at_hand import AtHand
from dateline.events import candidates
from dateline.events.candidates import NO_PAIRS, Blocks, changed_by, keys_of
from dateline.events.cluster import Decided, decided_of
from dateline.events.facts import Incident
from dateline.events.kept import facts_from_bytes, facts_to_bytes, keys_from_bytes, keys_to_bytes
from dateline.events.relink import relink
from dateline.events.scenes import incidents_of
from dateline.model import LinkDecisions

DENSE = Shape(incidents_a_day=12, cities=3, reports=2.2)
"""Three cities in which four people are shot dead a day each."""
REPORTS = 40


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks are large from four incidents on: what hundreds of reports of one day do, a handful does here."""
    monkeypatch.setattr(candidates, "_LARGEST_BLOCK", 3)
    monkeypatch.setattr(candidates, "_NEIGHBOURS", 2)


def incidents(seed: int, reports: int = REPORTS) -> list[Incident]:
    found = [i for told in made_stream(reports, DENSE, seed=seed) for i in incidents_of(make_reading(told))]
    return sorted(found, key=lambda incident: incident.key)


def grow(known: Sequence[Incident], new: set[str], event_of: Mapping[str, str], decided: LinkDecisions) -> dict[str, str]:
    """The event of each claim once the claims in `new` have joined; an event is named by its smallest claim."""
    keys = [keys_of(incident) for incident in known]
    touched = {n for n, incident in enumerate(known) if incident.claim.id in new}
    old = [None if n in touched else keys[n] for n in range(len(known))]
    before = {n: event_of[i.claim.id] for n, i in enumerate(known) if i.claim.id in event_of}
    changed = changed_by(old, Blocks(keys), [], touched)
    place = {incident.claim.id: n for n, incident in enumerate(known)}
    held = AtHand(known)
    made = relink(Blocks(keys), lambda _: held, before, touched, changed, decided_of(decided, place), lambda _: list)
    after = {i.claim.id: event_of[i.claim.id] for n, i in enumerate(known) if n not in made.positions and n in before}
    for group in made.made:
        ids = [linked.incident.claim.id for linked in group]
        after |= dict.fromkeys(ids, min(ids))
    return after


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(0, REPORTS), max_size=4))
def test_parts_give_what_the_whole_gives(small_blocks: None, seed: int, cuts: list[int]) -> None:
    """In whatever parts and order reports come: the same claims in the same events."""
    whole = incidents(seed)
    reports = sorted({i.report.id for i in whole})
    random.Random(seed).shuffle(reports)
    ends = [*sorted(cuts), len(reports)]
    events: dict[str, str] = {}
    for start, end in zip([0, *ends], ends, strict=False):
        known = [i for i in whole if i.report.id in set(reports[:end])]
        new = {i.claim.id for i in known if i.report.id in set(reports[start:end])}
        events = grow(known, new, events, LinkDecisions())
    everything = {i.claim.id for i in whole}
    assert events == grow(whole, everything, {}, LinkDecisions())


def test_few_are_linked_anew_when_few_come() -> None:
    """A report of the first day leaves the events of the last days alone."""
    whole = incidents(5, 200)
    first = min(whole, key=lambda i: (i.report.published, i.key)).report.id
    rest = [i for i in whole if i.report.id != first]
    events = grow(rest, {i.claim.id for i in rest}, {}, LinkDecisions())
    keys = [keys_of(i) for i in whole]
    touched = {n for n, i in enumerate(whole) if i.report.id == first}
    before = {n: events[i.claim.id] for n, i in enumerate(whole) if i.claim.id in events}
    held = AtHand(whole)
    made = relink(Blocks(keys), lambda _: held, before, touched, NO_PAIRS, Decided(), lambda _: list)
    assert len(made.positions) < len(whole) / 2


def test_what_is_kept_of_incidents_comes_back() -> None:
    for incident in incidents(3, 10):
        (back,) = facts_from_bytes(facts_to_bytes([incident]))
        assert back == incident
        (keys,) = keys_from_bytes(keys_to_bytes([keys_of(incident)]))
        assert keys.tolist() == keys_of(incident).tolist()
    assert facts_from_bytes(facts_to_bytes([])) == []
    assert keys_from_bytes(keys_to_bytes([])) == []
