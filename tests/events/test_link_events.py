"""Claims of one or many reports -> events."""

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.events import link_events
from dateline.model import Claim, Event, Operation, Reading, Report, Source, Span, event_id
from dateline.testing import killed, make_actor, make_claim, make_figure, make_reading, make_report, on, placed, span_of

ARMY = make_actor("Malian army", "state_force", by="name")
JNIM = make_actor("JNIM")


def report(words: str, day: str = "2024-03-05", publisher: str | None = None) -> Report:
    return make_report(words, published=date.fromisoformat(day), publisher=publisher)


def raid(told_in: Report, **known: Any) -> Claim:
    """The army kills three fighters in Torbal on 4 March, unless the test says otherwise."""
    fields: dict[str, Any] = {
        "initiator": [ARMY],
        "target": [JNIM],
        "places": [placed("Torbal")],
        "time": on("2024-03-04"),
        "figures": [killed(3)],
        "source": Source(organisation=told_in.publisher or "Radio", type="media"),
    }
    return make_claim(told_in, **(fields | known))


def events_of(*claims_of_reports: tuple[Report, list[Claim]]) -> tuple[Event, ...]:
    return link_events(make_reading(source, claims) for source, claims in claims_of_reports)


ONE = report("The army killed three fighters in Torbal on Monday.", publisher="Radio Lac")
TWO = report("Soldiers shot dead three rebels at Torbal, an officer said of Monday's raid.", publisher="Echo")


def test_two_outlets_on_one_act_make_one_event() -> None:
    """The same act, place, day and sides: one event with both claims, two sources, two lineages."""
    (event,) = events_of((ONE, [raid(ONE)]), (TWO, [raid(TWO)]))
    assert len(event.claims) == 2
    assert (event.sources, event.lineages) == (2, 2)
    assert (event.initiator, event.target) == (("Malian army",), ("JNIM",))
    assert (event.time_start, event.time_end, event.time_precision) == (date(2024, 3, 4), date(2024, 3, 4), 1)
    assert event.place is not None
    assert event.place.name == "Torbal"


def test_link_says_why() -> None:
    (event,) = events_of((ONE, [raid(ONE)]), (TWO, [raid(TWO)]))
    assert all("both in Torbal" in link.why and "both on 2024-03-04" in link.why for link in event.links)
    assert {link.claim_id for link in event.links} == set(event.claims)


def test_another_day_is_another_event() -> None:
    assert len(events_of((ONE, [raid(ONE)]), (TWO, [raid(TWO, time=on("2024-03-08"))]))) == 2


def test_two_days_in_one_report_are_two_events() -> None:
    """Days next to each other can be one act to two outlets, never to one."""
    assert len(events_of((ONE, [raid(ONE), raid(ONE, time=on("2024-03-05"), nth=1)]))) == 2


ANOTHER = {
    "Two blasts hit Torbal. The first, near the palace, killed three fighters.": 2,
    "The army raided Torbal. Another raid killed three fighters.": 2,
    "The army raided Torbal. An earlier raid killed three fighters.": 2,
    "The army raided Torbal. It was the second such raid in eight days.": 1,
    "The army raided Torbal. The raid killed three fighters.": 1,
}


@pytest.mark.parametrize("words", ANOTHER)
def test_what_is_told_of_another_act_is_not_of_the_one_told_before(words: str) -> None:
    told_in = report(words)
    first, second = (span_of(words, sentence) for sentence in words.split(". "))
    claims = [
        raid(told_in, evidence=[first], figures=[]),
        raid(told_in, evidence=[second], places=[], time=None, initiator=[], target=[], nth=1),
    ]
    assert len(events_of((told_in, claims))) == ANOTHER[words]


def test_another_province_is_another_event() -> None:
    far = placed("Nambo", lat=8.5, lon=-70.25, admin1="Sucre")
    assert len(events_of((ONE, [raid(ONE)]), (TWO, [raid(TWO, places=[far])]))) == 2


def test_results_of_one_operation_in_two_provinces_are_two_events() -> None:
    operation = Operation(name="Iron Hand", phase=2, span=Span(0, 4))
    far = placed("Nambo", lat=8.5, lon=-70.25, admin1="Sucre")
    claims = [raid(ONE, operation=operation), raid(ONE, operation=operation, places=[far], nth=1)]
    events = events_of((ONE, claims))
    assert len(events) == 2
    assert {event.operation for event in events} == {"Iron Hand"}


def test_phases_of_an_operation_are_not_one_event() -> None:
    first, second = (Operation(name="Iron Hand", phase=phase, span=Span(0, 4)) for phase in (1, 2))
    assert len(events_of((ONE, [raid(ONE, operation=first)]), (TWO, [raid(TWO, operation=second)]))) == 2


def test_tallies_forecasts_and_assessments_make_no_event() -> None:
    for kind in ("tally", "forecast", "assessment"):
        assert events_of((ONE, [raid(ONE, kind=kind)])) == ()
        (event,) = events_of((ONE, [raid(ONE, kind=kind)]), (TWO, [raid(TWO)]))
        assert len(event.claims) == 1


def test_denied_incident_alone_is_no_event() -> None:
    assert events_of((ONE, [raid(ONE, certainty="denied")])) == ()


def test_denial_joins_the_event_that_it_denies() -> None:
    """The event stands as stated, holds the denial, and says that the sources cannot both be right."""
    (event,) = events_of((ONE, [raid(ONE)]), (TWO, [raid(TWO, certainty="denied", figures=[])]))
    assert len(event.claims) == 2
    assert event.certainty == "stated"
    assert [c.field for c in event.contradictions] == ["happened"]
    assert {value for value, _ in event.contradictions[0].sides} == {"denied", "happened"}


def test_figures_are_never_summed() -> None:
    """Two tolls of one event give its range; the best is the latest of the best-placed source, and says so."""
    late = report("The toll of the Torbal raid of Monday has risen to five, police said.", "2024-03-06", "Echo")
    toll = raid(late, figures=[killed(5)], source=Source(organisation="police", type="police"))
    (event,) = events_of((ONE, [raid(ONE)]), (late, [toll]))
    (figure,) = event.figures
    assert (figure.low, figure.best, figure.high) == (3, 5, 5)
    assert "police" in figure.rule
    assert figure.claims == tuple(sorted(event.claims))


def test_tolls_that_exclude_each_other_are_told_side_by_side() -> None:
    (event,) = events_of((ONE, [raid(ONE)]), (TWO, [raid(TWO, figures=[killed(9, words="nine")])]))
    (contradiction,) = event.contradictions
    assert contradiction.field == "killed militant"
    assert {value for value, _ in contradiction.sides} == {"3", "nine"}


def test_at_least_three_and_five_do_not_exclude_each_other() -> None:
    least = killed(3, high=None)
    (event,) = events_of((ONE, [raid(ONE, figures=[least])]), (TWO, [raid(TWO, figures=[killed(5)])]))
    assert event.contradictions == ()


def test_part_gives_way_to_the_whole() -> None:
    figures = [make_figure(2, "killed", "militant", part_of="5"), killed(5)]
    (event,) = events_of((ONE, [raid(ONE, figures=figures)]))
    assert [(f.measure, f.best) for f in event.figures] == [("killed", 5)]


def test_gravest_type_and_most_specific_place_win() -> None:
    province = placed("Meta", kind="admin1", admin1="Meta", geo_precision=3)
    wide = raid(TWO, event_type="security_operation", places=[province])
    (event,) = events_of((ONE, [raid(ONE)]), (TWO, [wide]))
    assert event.event_type == "armed_clash"
    assert event.place is not None
    assert event.place.name == "Torbal"


def test_launch_in_many_places_is_not_the_result_in_one() -> None:
    """ "In Meta, Torbal and Nambo" and "in Torbal" of one report are two events, and no place is passed on."""
    operation = Operation(name="Iron Hand", phase=None, span=Span(0, 4))
    many = [placed("Torbal"), placed("Nambo", lat=-5.5), placed("Sevi", lat=-6.5)]
    launch = raid(ONE, operation=operation, places=many, event_type="security_operation")
    events = events_of((ONE, [launch, raid(ONE, operation=operation, nth=1)]))
    assert len(events) == 2
    (wide,) = (event for event in events if event.event_type == "security_operation")
    assert (wide.place, wide.place_words) == (None, "Torbal, Nambo, Sevi")


def test_copied_text_counts_once() -> None:
    """An agency's text in two papers: two sources, one lineage."""
    words = " ".join(f"word{n} of the agency text about the raid in Torbal number {n}" for n in range(40))
    copies = [report(f"{words} {paper}", publisher=paper) for paper in ("Morning Post", "Evening Star")]
    (event,) = events_of(*((copy, [raid(copy)]) for copy in copies))
    assert (event.sources, event.lineages) == (2, 1)


def test_no_place_and_no_day_are_not_invented() -> None:
    (event,) = events_of((ONE, [raid(ONE, places=[], time=None)]))
    assert (event.place, event.place_words, event.time_start, event.time_end, event.time_precision) == (None,) * 5


def test_an_event_is_named_by_the_claim_that_was_published_first() -> None:
    """Whatever the order in which the reports come."""
    late = report("Soldiers shot dead three rebels at Torbal, an officer said of the raid.", "2024-03-06", "Echo")
    (both,) = events_of((late, [raid(late)]), (ONE, [raid(ONE)]))
    assert both.id == event_id(raid(ONE).id)


def test_history_is_not_joined_with_the_news() -> None:
    """A raid told as background, with no day, is not the raid of the news."""
    history = raid(ONE, background=True, time=None, figures=[], nth=1)
    assert len(events_of((ONE, [raid(ONE), history]))) == 2


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    """Some reports of raids that differ in day, place, toll and certainty."""
    made = []
    for n in range(draw(st.integers(1, 6))):
        source = report(f"Report {n} of a raid in Torbal on Monday, with some words of its own {n}.", publisher=f"Paper {n % 3}")
        claims = [
            raid(
                source,
                nth=nth,
                time=draw(st.sampled_from([None, on("2024-03-04"), on("2024-03-05")])),
                places=draw(
                    st.sampled_from([[], [placed("Torbal")], [placed("Nambo", lat=-4.6)], [placed("Torbal"), placed("Nambo")]])
                ),
                figures=draw(st.sampled_from([[], [killed(3)], [killed(4)]])),
                certainty=draw(st.sampled_from(["stated", "alleged", "denied"])),
                background=draw(st.booleans()),
            )
            for nth in range(draw(st.integers(0, 3)))
        ]
        made.append(make_reading(source, claims))
    return made


@settings(max_examples=60, deadline=None)
@given(readings(), st.randoms(use_true_random=False))
def test_order_of_readings_does_not_matter(made: list[Reading], chance: random.Random) -> None:
    """Any order of the readings gives the same events, to the last character; each claim is in one event at most."""
    events = link_events(made)
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert link_events(shuffled) == events
    claims = [claim for event in events for claim in event.claims]
    assert len(set(claims)) == len(claims)
    asserted = {c.id for r in made for c in r.claims if c.certainty != "denied"}
    assert asserted <= set(claims)
    for figure in (figure for event in events for figure in event.figures):
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low <= (figure.best if figure.best is not None else figure.low) <= figure.high
