"""How sure it is that an event holds."""

from collections.abc import Sequence

import pytest

from dateline.events import link_events
from dateline.events.between import Told, signs
from dateline.events.compare import points
from dateline.events.confidence import Weakest, holds_together
from dateline.events.scenes import incidents_of
from dateline.model import Event, LinkDecisions, Reading
from dateline.testing import killed, make_actor, make_claim, make_reading, make_report, on, placed, span_of

SWEEP = "In Torbal, police searched 12 farms and burnt three boats and arrested a smuggler."


def told(outlet: str, sure: float | None = 0.8) -> Reading:
    """A report of one fight."""
    report = make_report(f"Nine people died in a fight in Torbal on Monday, the {outlet} says.", publisher=outlet)
    claim = make_claim(report, places=[placed()], time=on("2024-03-04"), figures=[killed(9)], confidence=sure)
    return make_reading(report, [claim])


def event_of(*readings: Reading, decided: LinkDecisions = LinkDecisions()) -> Event:  # noqa: B008  # frozen
    (event,) = link_events(readings, decided=decided)
    return event


@pytest.mark.parametrize("sure", [0.62, None])
def test_event_of_one_claim_is_as_sure_as_the_claim(sure: float | None) -> None:
    assert event_of(told("Echo", sure)).confidence == sure


def test_event_of_two_reports_is_never_surer_than_its_weakest_link() -> None:
    event = event_of(told("Echo", 0.9), told("Herald", 0.9))
    link = holds_together(Weakest(None, min(link.score for link in event.links)))
    assert event.confidence == round((1 - 0.1 * 0.1) * link, 3)


def test_claim_that_a_person_made_counts_as_right() -> None:
    event = event_of(told("Echo", None), told("Herald", 0.4))
    assert event.confidence == round(holds_together(Weakest(None, min(link.score for link in event.links))), 3)


def test_what_a_person_joined_is_no_weak_link() -> None:
    readings = [told("Echo", 0.7), told("Herald", 0.7)]
    first, second = sorted(reading.claims[0].id for reading in readings)
    decided = LinkDecisions(forced=frozenset({(first, second)}), forbidden=frozenset())
    assert event_of(*readings, decided=decided).confidence == 0.91


def test_better_links_are_surer() -> None:
    scores = [0.5, 0.7, 0.9, 0.99, 1.0]
    for weak in ([Weakest(score, None) for score in scores], [Weakest(None, score) for score in scores]):
        said = [holds_together(one) for one in weak]
        assert said == sorted(said)
        assert all(0 < one < 1 for one in said)
    assert holds_together(Weakest(None, None)) == 1.0


def results(names: Sequence[str]) -> Reading:
    """A sweep, and what it came to, each done by one of `names`."""
    report = make_report(SWEEP)
    acts = ("security_operation", "destruction", "arrest")
    words = ("In Torbal, police searched 12 farms", "burnt three boats", "arrested a smuggler")
    claims = [
        make_claim(
            report, evidence=[span_of(SWEEP, told)], event_type=act, places=[placed()], initiator=[make_actor(name, "police")]
        )
        for act, told, name in zip(acts, words, names, strict=True)
    ]
    return make_reading(report, claims)


def test_sweep_and_what_it_came_to_are_one_event() -> None:
    """The codebook: one phase of an operation and its results are one event."""
    assert len(link_events([results(["Colombian police"] * 3)])) == 1


def test_what_others_did_is_no_result_of_a_sweep() -> None:
    assert len(link_events([results(["Colombian police", "Peruvian navy", "Peruvian navy"])])) > 1


def place_signs(radius: float) -> set[str]:
    """The signs of two reports of fights in a town of a size."""
    told: list[Told] = []
    for outlet in ("Echo", "Herald"):
        report = make_report(f"A fight in Torbal, the {outlet} says.")
        (incident,) = incidents_of(make_reading(report, [make_claim(report, places=[placed(radius_km=radius)])]))
        assert incident.scene
        told.append(Told(incident.scene, incident.report))
    return {sign.name for sign in signs(*told)}


@pytest.mark.parametrize(("radius", "sign"), [(5.0, "same_place"), (8.0, "same_large_town"), (15.0, "same_city")])
def test_the_larger_a_town_the_less_it_says_that_two_acts_were_there(radius: float, sign: str) -> None:
    worths = points().between
    assert sign in place_signs(radius)
    assert worths["same_city"].worth <= worths["same_large_town"].worth < worths["same_place"].worth
