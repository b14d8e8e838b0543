"""Names, streets, ages and rare words: what tells an act from one that looks like it."""

from dateline.events.scenes import incidents_of, main_claims
from dateline.events.signs import Signs, rarity, signs_of, telling
from dateline.model import Source
from dateline.pipeline import read_report
from dateline.testing import killed, make_claim, make_reading, make_report, on, placed, span_of

TEXT = (
    "Jorun McAvlin, 16, died after she was shot on Friday at about 2 a.m. in the 1200 block of Tarbell Street, police said. "
    "Supt. Abel Quist said that officers were looking for a gunman near the Okeda bakery."
)


def signs(text: str = TEXT) -> Signs:
    return signs_of(make_reading(make_report(text), []))


def test_victims_are_signs_and_officials_are_not() -> None:
    """A chief of police stands in every report of his town."""
    assert signs().persons == {"jorun mcavlin"}
    assert "quist" not in signs().proper


def test_ages_hours_and_streets_are_read() -> None:
    assert signs().ages == {16}
    assert signs().hours == {2}
    assert signs().streets == {"tarbell"}


def test_rare_names_are_signs_and_words_that_stand_small_too_are_not() -> None:
    assert {"okeda", "mcavlin"} <= signs().proper
    assert "police" not in signs().proper


def test_parties_of_the_lexicon_are_no_signs() -> None:
    """They stand in the reports of all that they do."""
    reading = read_report(make_report("Fighters of Boko Haram and men of one Zabrik burned the Okeda bakery on Monday."))
    assert {"zabrik", "okeda"} <= signs_of(reading).proper
    assert {"boko", "haram"}.isdisjoint(signs_of(reading).proper)


def test_a_name_that_many_bear_tells_less() -> None:
    assert telling(["jorun"]) == 1.0 > telling(["michael"]) == telling(["jones"]) > 0.0


def test_street_is_one_however_it_is_spaced() -> None:
    assert signs("He lived on Little Leaf Place.").streets == signs("He lived on Littleleaf Place.").streets


def test_words_of_every_such_report_tell_nothing() -> None:
    assert rarity("gunshot") == 0.0 < rarity("bakery") <= rarity("qzyx")


def test_claims_of_one_act_are_one_scene() -> None:
    """The day stands in one claim, the toll in another: both are of the act that the report is about."""
    text = "Gunmen attacked Torbal on Monday. The attack killed nine people. On Sunday troops seized a boat in Nambo."
    report = make_report(text)
    attack = make_claim(
        report, evidence=[span_of(text, "Gunmen attacked Torbal on Monday")], places=[placed()], time=on("2024-03-04")
    )
    toll = make_claim(report, evidence=[span_of(text, "The attack killed nine people")], figures=[killed(9)])
    boat = make_claim(
        report,
        evidence=[span_of(text, "On Sunday troops seized a boat in Nambo")],
        event_type="seizure",
        places=[placed("Nambo", lat=8.5)],
        time=on("2024-03-03"),
        source=Source(),
    )
    reading = make_reading(report, [attack, toll, boat])
    first, second, third = incidents_of(reading)
    assert first.scene is not None
    assert first.scene is second.scene
    assert third.scene is not first.scene
    assert (first.scene.days, [figure.best for figure in first.scene.figures]) == (first.days, [9.0])
    assert main_claims((first, second, third)) == (attack.id, toll.id)
