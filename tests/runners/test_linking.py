"""Linking a project in parts: what comes later joins what is there, and the rest stays as it is."""

import random
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from made_stream import Shape, Told, made_stream, make_reading

from at_hand import AtHand
from dateline.events import candidates
from dateline.events.candidates import NO_PAIRS, Blocks, keys_of
from dateline.events.cluster import decided_of
from dateline.events.relink import relink
from dateline.events.scenes import incidents_of
from dateline.model import Event, LinkDecisions
from dateline.runners.linking import link_project
from dateline.store import Project, dump, open_project

DENSE = Shape(incidents_a_day=12, cities=3, reports=2.2)
"""Three cities in which four people are shot dead a day each."""


def linked(project: Project, parts: Iterable[Sequence[Told]]) -> Project:
    for part in parts:
        project.save(make_reading(told) for told in part)
        link_project(project)
    return project


def nameless(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events without their ids."""
    told = [msgspec.to_builtins(event) | {"id": None} for event in events]
    return sorted(told, key=lambda event: event["claims"])


@pytest.mark.parametrize("seed", [1, 2])
def test_linking_in_parts_gives_the_events_of_linking_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """The same claims in the same events, with the same figures, links, lineages and contradictions; where reports come in
    the order in which they were published, with the same ids too."""
    monkeypatch.setattr(candidates, "_LARGEST_BLOCK", 3)
    stream = sorted(made_stream(40, DENSE, seed=seed), key=lambda told: (str(told.report.published), told.report.id))
    mixed = random.Random(seed).sample(stream, len(stream))
    with ExitStack() as stack:
        whole, parts, others = (stack.enter_context(open_project(tmp_path / name, create=True)) for name in "abc")
        events = list(linked(whole, [stream]).events())
        assert list(linked(parts, [stream[:15], stream[15:16], stream[16:]]).events()) == events
        assert nameless(linked(others, [mixed[:30], mixed[30:]]).events()) == nameless(events)


def test_linking_again_reads_nothing_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_project(tmp_path / "p", create=True) as project:
        linked(project, [list(made_stream(30, DENSE))])
        before = list(dump(project))
        monkeypatch.setattr("dateline.runners.linking.load_some_readings", None)
        link_project(project)
        assert list(dump(project)) == before


def test_the_events_are_the_same_with_any_number_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the byte, in whatever order the processes end."""
    monkeypatch.setattr("dateline.runners.linking._FEW", 1)
    monkeypatch.setattr("dateline.runners.linking._AT_ONCE", 10)
    monkeypatch.setattr("dateline.events.relink._AT_ONCE", 16)
    monkeypatch.setattr("dateline.events.relink._JOINED_AT_ONCE", 16)
    files = []
    for name, jobs in (("one", 1), ("two", 2)):
        with open_project(tmp_path / name, create=True) as project:
            project.save(make_reading(told) for told in made_stream(60, DENSE))
            steps = []
            link_project(project, lambda step, done, total: steps.append((step, done, total)), jobs)  # noqa: B023
            assert {step for step, done, total in steps if done == total} == {
                "reading reports", "comparing incidents", "joining incidents"
            }  # fmt: skip
            files.append(list(dump(project)))
    assert files[0] == files[1]


def test_a_person_who_joins_claims_that_nothing_ties_is_heeded_in_pieces_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Incidents that people put together stand in one piece of work, wherever they are."""
    monkeypatch.setattr("dateline.events.relink._JOINED_AT_ONCE", 1)
    readings = [make_reading(told) for told in made_stream(12, DENSE, seed=9)]
    incidents = sorted((i for reading in readings for i in incidents_of(reading)), key=lambda i: i.key)
    blocks = Blocks([keys_of(i) for i in incidents])
    first, last = incidents[0].claim.id, incidents[-1].claim.id

    def events(decided: LinkDecisions) -> list[list[str]]:
        held, place = AtHand(incidents), {one.claim.id: n for n, one in enumerate(incidents)}
        made = relink(
            blocks, lambda _: held, {}, range(len(incidents)), NO_PAIRS, decided_of(decided, place), lambda _: list
        ).made
        return [sorted(one.incident.claim.id for one in group) for group in made]

    assert not any({first, last} <= set(claims) for claims in events(LinkDecisions()))
    assert any({first, last} <= set(claims) for claims in events(LinkDecisions(forced=frozenset({(first, last)}))))
