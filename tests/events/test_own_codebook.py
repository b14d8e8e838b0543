"""Events of claims in the names of a project's codebook."""

from collections.abc import Iterator
from typing import Any

import pytest

from dateline import captions
from dateline.events import link_events
from dateline.lexicon.codebook import using
from dateline.lexicon.codebook_file import parse_codebook
from dateline.model import Event, Reading
from dateline.testing import killed, make_claim, make_figure, make_reading, make_report, on, placed

BOOK = parse_codebook(
    """
event_types:
  - {name: blast, label: a blast, takes: [bombing, suicide_bombing]}
  - {name: murder, takes: [attack_on_civilians]}
  - {name: stoppage, words: [work stoppage]}
  - {name: search, takes: [security_operation]}
measures:
  - {name: deaths, label: persons killed, takes: [killed]}
objects:
  - {name: trader, takes: [civilian]}
""",
    "test.yaml",
)


@pytest.fixture(autouse=True)
def _in_use() -> Iterator[None]:
    with using(BOOK):
        yield


def told(publisher: str, event_type: str, number: float = 4, measure: str = "deaths") -> Reading:
    """A report of an act in Torbal on one day."""
    report = make_report(f"In Torbal {number:g} traders died on Monday, the {publisher} says.", publisher=publisher)
    figures = [make_figure(number, measure, "trader")]
    known: dict[str, Any] = {"time": on("2019-11-04"), "places": [placed()], "figures": figures}
    return make_reading(report, [make_claim(report, event_type=event_type, **known)])


def linked(*readings: Reading) -> list[Event]:
    return list(link_events(readings))


def test_types_go_together_as_those_that_they_take_do() -> None:
    """A bombing and an attack on civilians can be one act, a bombing and a search cannot; words alone go with themselves."""
    assert len(linked(told("Post", "blast"), told("Herald", "murder"))) == 1
    assert len(linked(told("Post", "blast"), told("Herald", "search"))) == 2
    assert len(linked(told("Post", "stoppage"), told("Herald", "murder"))) == 2
    assert len(linked(told("Post", "stoppage"), told("Herald", "stoppage"))) == 1


def test_the_gravest_type_is_the_first_of_the_codebook() -> None:
    """In Dateline's order an attack on civilians would come first; the summary has the codebook's label."""
    (event,) = linked(told("Post", "murder"), told("Herald", "blast"))
    assert event.event_type == "blast"
    assert event.summary.startswith("a blast; Torbal")
    assert captions.event_type("blast") == "a blast"
    assert captions.figure(event.figures[0]) == "4 persons killed (trader)"


def test_a_renamed_toll_is_a_toll() -> None:
    """Two numbers of dead contradict each other, whatever the measure is called."""
    (event,) = linked(told("Post", "blast"), told("Herald", "blast", 9))
    assert [c.field for c in event.contradictions] == ["deaths trader"]


def test_names_of_dateline_s_that_are_kept_are_as_they_were() -> None:
    with using(parse_codebook("objects: [{name: trader, takes: [civilian]}]", "f")):
        report = make_report()
        (event,) = linked(make_reading(report, [make_claim(report, event_type="shelling", figures=[killed(3)])]))
    assert (event.event_type, event.figures[0].measure) == ("shelling", "killed")
