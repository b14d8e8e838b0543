"""What a report tells further of an act, without saying again where and when it was."""

from typing import Any

from dateline.events import link_events
from dateline.model import Claim, Event, Report, Span
from dateline.testing import killed, make_claim, make_figure, make_reading, make_report, on, placed

STRIKE = "A drone killed nine rebels at Torbal on Monday."
TOLL = "Residents said two shepherds were also killed."
DENIAL = "The army said that nobody else was harmed."
OTHER = "Another attack wounded six soldiers."
PAPER = make_report(" ".join((STRIKE, TOLL, DENIAL, OTHER)))


def told(words: str, report: Report = PAPER, **known: Any) -> Claim:
    """A claim that these words of the report make."""
    start = report.text.index(words)
    return make_claim(report, evidence=[Span(start, start + len(words))], **known)


def strike(**known: Any) -> Claim:
    fields: dict[str, Any] = {"places": [placed("Torbal")], "time": on("2024-03-04"), "figures": [killed(9)]}
    return told(STRIKE, event_type="air_strike", **(fields | known))


def toll(words: str = TOLL, **known: Any) -> Claim:
    return told(words, **({"event_type": "attack_on_civilians", "figures": [killed(2, "civilian")]} | known))


def events(*claims: Claim) -> tuple[Event, ...]:
    return link_events([make_reading(PAPER, claims)])


def test_toll_with_no_scene_of_its_own_is_of_the_act_before() -> None:
    """The civilians who died in the strike join its event, beside the rebels: neither figure takes the other's place."""
    (event,) = events(strike(), toll())
    assert [(figure.object, figure.best) for figure in event.figures] == [("civilian", 2), ("militant", 9)]
    assert event.contradictions == ()
    assert any("goes on with the act before" in link.why for link in event.links)


def test_denied_harm_is_of_the_act_before() -> None:
    """The denial stands in the strike's event, against the toll."""
    denial = told(DENIAL, event_type="attack_on_civilians", certainty="denied")
    (event,) = events(strike(), toll(), denial)
    assert len(event.claims) == 3
    assert [contradiction.field for contradiction in event.contradictions] == ["happened"]


def test_another_attack_is_another_event() -> None:
    wounded = make_figure(6, "wounded", "security_force")
    assert len(events(strike(), toll(OTHER, event_type="armed_clash", figures=[wounded]))) == 2


def test_toll_after_history_or_a_total_joins_nothing() -> None:
    """What was told last with a place or a day is the scene; where that is no news, none is taken in its stead."""
    scene: dict[str, Any] = {"places": [placed("Torbal")], "event_type": "armed_clash"}
    for other in ({"background": True}, {"kind": "tally"}):
        between = told(TOLL, **scene, **other)
        alone = toll(DENIAL)
        assert all(len(event.claims) == 1 for event in events(strike(), between, alone))


def test_toll_with_a_place_of_its_own_stands_alone() -> None:
    far = placed("Nambo", lat=8.5, lon=-70.25, admin1="Sucre")
    assert len(events(strike(), toll(places=[far]))) == 2


def test_effects_join_the_act_that_two_reports_tell() -> None:
    """An act that was linked to another report's is still the one that the toll goes on with."""
    paper = make_report("Nine rebels died in a strike at Torbal on Monday, said a wire agency.")
    other = make_claim(paper, event_type="air_strike", places=[placed("Torbal")], time=on("2024-03-04"), figures=[killed(9)])
    (event,) = link_events([make_reading(PAPER, [strike(), toll()]), make_reading(paper, [other])])
    assert len(event.claims) == 3
