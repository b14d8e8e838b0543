"""The incident templates of MUC: what is an incident there, of which type, and who and what fills its roles."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from adaptors import incidents
from adaptors.incident_clues import Scene
from adaptors.incident_fillers import Filler, chosen, fillers_of
from adaptors.incident_points import Points
from made_readings import Made

from dateline.model import Entity, EntityType, Parse, ParsedSentence, Reading, Span, Word

Row = tuple[str, str, int, str]
"""A word, its tag ("VERB/VBN" with the fine one), the number of its head and its relation."""


def parsed(made: Made, rows: Sequence[Row], entities: dict[str, EntityType]) -> Parse:
    """The parse of a text of one sentence."""
    words, start = [], 0
    for text, tag, head, relation in rows:
        start = made.text.index(text, start)
        coarse, _, fine = tag.partition("/")
        words.append(Word(Span(start, start + len(text)), coarse, fine or coarse, head, relation))
        start += len(text)
    found = sorted((made.span(name), kind) for name, kind in entities.items())
    sentence = ParsedSentence(Span(0, len(made.text)), tuple(words), tuple(Entity(span, kind, 1.0) for span, kind in found))
    return Parse((sentence,))


def with_parse(reading: Reading, parse: Parse) -> Reading:
    return msgspec.structs.replace(reading, parse=parse)


def answer(reading: Reading) -> list[dict[str, Any]]:
    """The templates without place and without empty roles."""
    found = incidents.templates_of(reading, [])
    return [{key: value for key, value in t.items() if value and key != "location"} for t in found]


def strings(reading: Reading, role: str) -> list[str]:
    """What may fill a role, likely or not."""
    mapping = incidents.mapping()
    scene = Scene(reading, mapping.types.keys(), mapping.deeds)
    return [f.string for f in fillers_of(reading, mapping.words, scene) if f.role == role]


def murder() -> Reading:
    made = Made("SENATOR PEDRO ALBA WAS MURDERED BY HOODED GUNMEN.")
    rows = [
        ("SENATOR", "PROPN", 1, "nmod:desc"),
        ("PEDRO", "PROPN", 4, "nsubj:pass"),
        ("ALBA", "PROPN", 1, "flat"),
        ("WAS", "AUX", 4, "aux:pass"),
        ("MURDERED", "VERB/VBN", -1, "root"),
        ("BY", "ADP", 7, "case"),
        ("HOODED", "ADJ", 7, "amod"),
        ("GUNMEN", "NOUN", 4, "obl:agent"),
    ]
    gunmen = made.actor_ref("HOODED GUNMEN", "gunmen", "armed_group", by="description")
    claim = made.claim(made.text[:-1], event_type="attack_on_civilians", initiator=(gunmen,))
    reading = made.reading(made.act("MURDERED", "execute", "attack_on_civilians", "killed"), claims=(claim,))
    return with_parse(reading, parsed(made, rows, {"SENATOR PEDRO ALBA": "Person", "HOODED GUNMEN": "Organisation"}))


def test_a_murder_is_an_attack_with_victim_and_perpetrators() -> None:
    """The victim goes without the title, the perpetrators as the text describes them."""
    assert answer(murder()) == [{"incident_type": "ATTACK", "perp_individual": [["HOODED GUNMEN"]], "victim": [["PEDRO ALBA"]]}]


def test_a_bomb_at_a_building_is_a_bombing_with_target_and_weapon() -> None:
    """The building is the target, without article; nobody is named who did it."""
    made = Made("A BOMB EXPLODED AT THE CITY BANK IN TORBAL.")
    rows = [
        ("A", "DET", 1, "det"),
        ("BOMB", "NOUN", 2, "nsubj"),
        ("EXPLODED", "VERB/VBD", -1, "root"),
        ("AT", "ADP", 6, "case"),
        ("THE", "DET", 6, "det"),
        ("CITY", "NOUN", 6, "compound"),
        ("BANK", "NOUN", 2, "obl"),
        ("IN", "ADP", 8, "case"),
        ("TORBAL", "PROPN", 6, "nmod"),
    ]
    claim = made.claim(made.text[:-1], event_type="bombing")
    reading = made.reading(made.act("EXPLODED", "bombing", "bombing"), claims=(claim,))
    parse = parsed(made, rows, {"A BOMB": "Weapon", "THE CITY BANK": "Location", "TORBAL": "Location"})
    assert answer(with_parse(reading, parse)) == [
        {"incident_type": "BOMBING", "phys_target": [["CITY BANK"]], "weapon": [["BOMB"]]}
    ]


def clash() -> Reading:
    made = Made("ENEMY TROOPS CLASHED WITH REBELS.")
    rows = [
        ("ENEMY", "NOUN", 1, "compound"),
        ("TROOPS", "NOUN", 2, "nsubj"),
        ("CLASHED", "VERB/VBD", -1, "root"),
        ("WITH", "ADP", 4, "case"),
        ("REBELS", "NOUN", 2, "obl"),
    ]
    troops = made.actor_ref("ENEMY TROOPS", "troops", "state_force", by="description")
    claim = made.claim(made.text[:-1], event_type="armed_clash", initiator=(troops,))
    reading = made.reading(made.act("CLASHED", "clash", "armed_clash"), claims=(claim,))
    return with_parse(reading, parsed(made, rows, {"ENEMY TROOPS": "Organisation", "REBELS": "Organisation"}))


def test_a_battle_of_armed_sides_is_no_incident() -> None:
    """The keys leave out clashes of soldiers and rebels alone."""
    assert answer(clash()) == []


def test_what_is_denied_is_no_incident() -> None:
    """A denied claim says neither that there was an incident nor who did it."""
    reading = clash()
    denied = tuple(msgspec.structs.replace(c, certainty="denied", event_type="attack_on_civilians") for c in reading.claims)
    assert answer(msgspec.structs.replace(reading, claims=denied)) == []


@pytest.mark.parametrize(
    ("text", "rows", "entity", "role", "expected"),
    [
        (
            "A GROUP OF ARMED MEN FLED.",
            [("A", "DET", 1, "det"), ("GROUP", "NOUN", 5, "nsubj"), ("OF", "ADP", 4, "case"), ("ARMED", "ADJ", 4, "amod"),
             ("MEN", "NOUN", 1, "nmod"), ("FLED", "VERB", -1, "root")],
            "A GROUP OF ARMED MEN", "perp_individual", ["GROUP OF ARMED MEN", "ARMED MEN"],
        ),
        (
            "TWO MEN FLED.",
            [("TWO", "NUM", 1, "nummod"), ("MEN", "NOUN", 2, "nsubj"), ("FLED", "VERB", -1, "root")],
            "TWO MEN", "perp_individual", ["TWO MEN"],
        ),
        (
            "ALLEGED REBELS FLED.",
            [("ALLEGED", "ADJ", 1, "amod"), ("REBELS", "NOUN", 2, "nsubj"), ("FLED", "VERB", -1, "root")],
            "ALLEGED REBELS", "perp_individual", ["REBELS"],
        ),
        (
            "MEMBERS OF THE RED FRONT [RF] FLED.",
            [("MEMBERS", "NOUN", 8, "nsubj"), ("OF", "ADP", 4, "case"), ("THE", "DET", 4, "det"), ("RED", "PROPN", 4, "compound"),
             ("FRONT", "PROPN", 0, "nmod"), ("[", "PUNCT", 6, "punct"), ("RF", "PROPN", 4, "appos"), ("]", "PUNCT", 6, "punct"),
             ("FLED", "VERB", -1, "root")],
            "MEMBERS OF THE RED FRONT [RF]", "perp_org", ["RF"],
        ),
    ],
)  # fmt: skip
def test_things_are_called_as_in_the_keys(text: str, rows: list[Row], entity: str, role: str, expected: list[str]) -> None:
    """A group with its men, bare men with their number, no hedges, and an organisation by its acronym without its members."""
    made = Made(text)
    assert strings(with_parse(made.reading(), parsed(made, rows, {entity: "Organisation"})), role) == expected


def test_a_surname_tells_of_the_full_name() -> None:
    """Where a person is named in full too, the shorter name is no second person."""
    made = Made("PEDRO ALBA FLED. ALBA FELL.")
    rows = [
        ("PEDRO", "PROPN", 2, "nsubj"),
        ("ALBA", "PROPN", 0, "flat"),
        ("FLED", "VERB", -1, "root"),
        ("ALBA", "PROPN", 4, "nsubj"),
        ("FELL", "VERB", 2, "parataxis"),
    ]
    parse = parsed(made, rows, {"PEDRO ALBA": "Person"})
    surname = Entity(made.span("ALBA", 1), "Person", 1.0)
    sentence = msgspec.structs.replace(parse.sentences[0], entities=(*parse.sentences[0].entities, surname))
    assert strings(with_parse(made.reading(), Parse((sentence,))), "victim") == ["PEDRO ALBA"]


def test_points_count_the_place_that_says_most() -> None:
    """A thing that is named often is no likelier for it, save where a second place says nearly as much."""
    points = Points(least=3, clues={3: frozenset({"hit"}), 1: frozenset({"near"}), -2: frozenset({"speaks"})}, again=1)
    once = Filler("victim", "ALBA", {(0, 1): frozenset({"hit", "speaks"}), (3, 2): frozenset({"hit", "near"})})
    twice = Filler("victim", "ALBA", {(0, 1): frozenset({"hit"}), (3, 2): frozenset({"hit", "near"})})
    assert (once.points(points), twice.points(points)) == (4, 5)
    assert points.taken({"hit"})
    assert not points.taken({"near", "unheard of"})


def test_of_strings_on_the_same_words_the_better_is_chosen() -> None:
    """One string for each entity: the others would count as wrong."""
    group = Filler("perp_individual", "GROUP OF MEN", {(0, 1): frozenset()})
    men = Filler("perp_individual", "MEN", {(0, 3): frozenset()})
    rebels = Filler("perp_individual", "REBELS", {(2, 3): frozenset()})
    assert chosen([(4, men), (6, group), (5, rebels)]) == [group, rebels]
