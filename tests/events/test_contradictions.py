"""What cannot all be right, and what looks like it."""

from typing import Any

import pytest
from told import lineage_of, says

from dateline.events.contradictions import Differences, differences
from dateline.events.facts import Incident
from dateline.model import Contradiction
from dateline.testing import killed, make_actor, make_figure, on, placed

JNIM, ISGS = make_actor("JNIM"), make_actor("Islamic State in the Greater Sahara")
ARMY, POLICE = make_actor("Malian army", "state_force"), make_actor("Malian police", "police")
GUNMEN = make_actor("gunmen", "unknown", by="description")
PROVINCE = placed("Meta", kind="admin1", admin1="Meta", geo_precision=3)
ATTACK: dict[str, Any] = {"event_type": "attack_on_civilians"}
FAR = placed("Nambo", lat=-4.5, lon=-68.0)


def differ(*incidents: Incident, copies: tuple[tuple[Incident, ...], ...] = ()) -> Differences:
    return differences(incidents, lineage_of(incidents, *copies))


def only(found: Differences) -> Contradiction:
    (one,) = found.contradictions
    return one


def values(one: Contradiction) -> list[str]:
    return [value for value, _ in one.sides]


# name: (two claims as fields, the contradiction's field, its values)
EXCLUDING: dict[str, tuple[dict[str, Any], dict[str, Any], str, list[str]]] = {
    "tolls": ({"figures": [killed(3)]}, {"figures": [killed(9, words="nine")]}, "killed militant", ["3", "nine"]),
    "a toll and a denied one": (
        {"figures": [killed(3, "civilian")]},
        {"figures": [killed(0, "civilian", words="no")], "certainty": "denied"},
        "killed civilian",
        ["3", "no"],
    ),
    "dead and no casualties": (
        {"figures": [killed(3, "civilian")]},
        {"figures": [make_figure(0, "casualties", "person", words="nobody")], "certainty": "denied"},
        "killed civilian",
        ["3", "nobody"],
    ),
    "days": ({"time": on("2024-03-04")}, {"time": on("2024-03-06")}, "time", ["2024-03-04", "2024-03-06"]),
    "towns": ({"places": [placed()]}, {"places": [FAR]}, "place", ["Nambo", "Torbal"]),
    "doers": ({"initiator": [JNIM]} | ATTACK, {"initiator": [ARMY]} | ATTACK, "initiator", ["JNIM", "Malian army"]),
    "two groups": (
        {"initiator": [JNIM]} | ATTACK,
        {"initiator": [ISGS]} | ATTACK,
        "initiator",
        ["Islamic State in the Greater Sahara", "JNIM"],
    ),
    "whether it happened": ({}, {"certainty": "denied", "told": "A denied it."}, "happened", ["denied", "happened"]),
    "what a party is said not to have done": (
        {"initiator": [ARMY]},
        {"initiator": [ARMY], "certainty": "denied"},
        "happened",
        ["denied", "happened"],
    ),
}
FITTING: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "bounds that meet": ({"figures": [killed(17, high=None)]}, {"figures": [killed(20)]}),
    "a part and its whole": ({"figures": [killed(9)]}, {"figures": [killed(3, part_of="9")]}),
    "different objects": ({"figures": [killed(3, "civilian")]}, {"figures": [killed(9, "militant")]}),
    "the dead of two sides": (
        {"figures": [killed(3, "security_force", of="Malian army"), killed(9, "security_force", of="Nigerien army")]},
        {"figures": [killed(3, "security_force", of="Malian army")]},
    ),
    "a province and its town": ({"places": [placed()]}, {"places": [PROVINCE]}),
    "one name at two points of the gazetteer": ({"places": [placed()]}, {"places": [placed(id="other", lon=-60.0)]}),
    "a day and its week": ({"time": on("2024-03-04")}, {"time": None}),
    "gunmen and a group": ({"initiator": [GUNMEN]}, {"initiator": [JNIM]}),
    "army and police of one country": ({"initiator": [ARMY]}, {"initiator": [POLICE]}),
    "an attack and those who fire back": ({"initiator": [JNIM]}, {"initiator": [ARMY]}),
    "a part in its own words": ({"figures": [killed(46)]}, {"figures": [killed(7, words="seven of the dead")]}),
    "a negation that denies no act": ({}, {"certainty": "denied", "told": "Nobody has commented."}),
    "two sides of one fight": ({"initiator": [ARMY], "target": [JNIM]}, {"initiator": [JNIM], "target": [ARMY]}),
}


@pytest.mark.parametrize("name", EXCLUDING)
def test_what_cannot_both_be_right_is_told_side_by_side(name: str) -> None:
    one, other, field, said = EXCLUDING[name]
    found = only(differ(says(**one), says(paper="Post", **other)))
    assert (found.field, values(found)) == (field, said)
    assert found.independent == (1, 1)
    assert 0 < found.gap <= 1


@pytest.mark.parametrize("name", FITTING)
def test_what_can_both_be_right_is_no_contradiction(name: str) -> None:
    one, other = FITTING[name]
    assert differ(says(**one), says(paper="Post", **other)) == Differences((), ())


def test_a_party_that_denies_it_did_it_does_not_deny_that_it_happened() -> None:
    """ "JNIM denied that its fighters had attacked the village": the doer is in doubt, the attack is not."""
    accuses = says(initiator=[JNIM], **ATTACK)
    denies = says(initiator=[JNIM], by="JNIM", kind="armed_group", certainty="denied", paper="Post", **ATTACK)
    found = only(differ(accuses, denies))
    assert (found.kind, values(found)) == ("initiator", ["JNIM", "JNIM denies it"])


def test_a_source_that_counts_more_later_has_brought_its_number_up_to_date() -> None:
    """Police say 5 on the 5th and 9 on the 6th: an update, and no contradiction with those who say 9."""
    first, second = (says(killed(n), by="police", kind="police", day=day) for n, day in ((5, "2024-03-05"), (9, "2024-03-06")))
    agreeing = says(killed(9), paper="Post")
    found = differ(first, second, agreeing)
    assert found.contradictions == ()
    assert [values(update) for update in found.updates] == [["5", "9"]]


def test_an_outlet_s_higher_toll_of_another_day_is_an_update_and_a_lower_one_is_none() -> None:
    """The paper quotes the police on one day and the hospital on the next."""
    police, hospital = {"by": "police", "kind": "police"}, {"by": "hospital", "kind": "official"}
    rising = differ(says(killed(5), day="2024-03-05", **police), says(killed(9), day="2024-03-06", **hospital))
    assert (len(rising.contradictions), len(rising.updates)) == (0, 1)
    falling = differ(says(killed(9), day="2024-03-05", **police), says(killed(5), day="2024-03-06", **hospital))
    assert (len(falling.contradictions), len(falling.updates)) == (1, 0)


def test_a_toll_that_rose_takes_the_place_of_what_others_said_before() -> None:
    """ "The toll rose to nine" of a later report says that an earlier five was right then; of the same day it does not."""
    rose = "The toll rose to nine."
    later = differ(says(killed(5)), says(killed(9), day="2024-03-06", paper="Post", told=rose))
    assert (len(later.contradictions), len(later.updates)) == (0, 1)
    assert only(differ(says(killed(5)), says(killed(9), paper="Post", told=rose))).field == "killed militant"


def test_a_number_that_was_told_earlier_has_had_its_day() -> None:
    """ "Police had earlier put the dead at five" stands in the report that says nine."""
    found = differ(says(killed(9)), says(killed(5), told="Police had earlier put the dead at five.", paper="Post"))
    assert (len(found.contradictions), len(found.updates)) == (0, 1)


def test_two_numbers_of_one_day_from_one_source_contradict_each_other() -> None:
    assert only(differ(says(killed(5)), says(killed(9)))).field == "killed militant"


def test_numbers_that_fit_all_others_are_left_out_of_the_sides() -> None:
    some = says(killed(2, high=None, best=None, words="several"), paper="Star")
    assert values(only(differ(says(killed(3)), says(killed(9), paper="Post"), some))) == ["3", "9"]


def test_one_number_in_two_spellings_is_one_side() -> None:
    found = only(differ(says(killed(5)), says(killed(5, words="five"), paper="Star"), says(killed(9), paper="Post")))
    assert len(found.sides) == 2
    assert found.independent == (2, 1)


def test_copies_of_one_text_are_one_voice_behind_a_side() -> None:
    copies = tuple(says(killed(5), paper=paper) for paper in ("Echo", "Herald", "Star"))
    found = only(differ(*copies, says(killed(9), paper="Post"), copies=(copies,)))
    assert found.independent == (1, 1)


def test_the_gap_tells_how_far_apart_numbers_are() -> None:
    near, far = (only(differ(says(killed(100)), says(killed(n), paper="Post"))).gap for n in (90, 10))
    assert (near, far) == (0.1, 0.9)
