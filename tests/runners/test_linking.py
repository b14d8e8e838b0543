"""Linking a project in parts: what comes later joins what is there, and the rest stays as it is."""

import random
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from made_stream import Shape, Told, made_stream, make_reading

from dateline.events import candidates
from dateline.model import Event
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
