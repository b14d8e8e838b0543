"""Which words are tied to a claim by the tree and the words round them, whatever the network's heads say."""

import math

import pytest

from dateline.claims.ties import ROLES, Standing, path_of, phrase_of, points
from dateline.engines.engine import load_engine
from dateline.model import LinkedWord, Shares, Trigger

NOBODY: Shares = {"none": 1.0}


def standing(text: str) -> tuple[Standing, list[str]]:
    """The words of a text of one sentence in their tree."""
    parse = load_engine().read(text, claims=False)
    assert len(parse.sentences) == 1
    return Standing(parse, text), [word.span.of(text) for word in parse.sentences[0].words]


@pytest.mark.parametrize(
    ("text", "word", "to", "path"),
    [
        ("Gunmen killed two farmers in Gao.", "Gunmen", "killed", "nsubj|"),
        ("Gunmen killed two farmers in Gao.", "farmers", "killed", "obj|"),
        ("Gunmen killed two farmers in Gao.", "Gao", "killed", "obl|"),
        ("Two farmers were killed by gunmen.", "farmers", "killed", "nsubj:pass|"),
        ("Police said that gunmen killed two farmers.", "Police", "killed", "nsubj|ccomp"),
        ("Gunmen killed two farmers in Gao.", "killed", "killed", "|"),
    ],
)
def test_a_path_names_the_relations_up_and_down(text: str, word: str, to: str, path: str) -> None:
    """From a word up to what it shares with the other, then down to that."""
    stands, words = standing(text)
    assert path_of(stands.sentences[0].words, words.index(word), words.index(to)) == path


def test_a_word_inside_a_phrase_stands_as_the_head_of_the_phrase() -> None:
    """ "Malian" and "army" are one subject."""
    stands, words = standing("The Malian army killed two rebels.")
    tree = stands.sentences[0].words
    assert phrase_of(tree, words.index("Malian")) == (words.index("army"), "amod")
    assert phrase_of(tree, words.index("army")) == (words.index("army"), "")


def tied(text: str, act: str, said: str) -> LinkedWord | None:
    """What is made of a word for a claim that hangs on `act`, where the heads tell of no word at all."""
    stands, _ = standing(text)
    span = next(w.span for w in stands.sentences[0].words if w.span.of(text) == act)
    trigger = Trigger(
        span=span, kind={"incident": 1.0}, event_type={"armed_clash": 1.0}, certainty={"stated": 1.0}, background={"news": 1.0},
        stance=NOBODY, scope=NOBODY, linked=())  # fmt: skip
    return stands.linked(trigger, "armed_clash").get(text.index(said))


def test_who_acts_is_told_from_who_suffers_and_from_who_speaks() -> None:
    """The subject of the act leads over its object and over the subject of the saying."""
    text = "Police said that gunmen ambushed soldiers near Gao on Monday."
    shares = {word: tied(text, "ambushed", word) for word in ("Police", "gunmen", "soldiers", "Gao", "Monday")}
    initiator = {word: share.initiator if share else 0.0 for word, share in shares.items()}
    place = {word: share.place if share else 0.0 for word, share in shares.items()}
    assert max(initiator, key=lambda word: initiator[word]) == "gunmen"
    assert max(place, key=lambda word: place[word]) == "Gao"


def test_the_party_behind_by_is_tied_to_a_passive() -> None:
    """ "by" makes the initiator of a passive, whichever side the words stand on."""
    text = "Two soldiers were killed by rebels near Gao."
    rebels, soldiers = tied(text, "killed", "rebels"), tied(text, "killed", "soldiers")
    assert rebels is not None
    assert rebels.initiator > (soldiers.initiator if soldiers else 0.0)


def test_what_the_heads_say_of_evidence_and_times_is_left_as_it_is() -> None:
    """Only initiators and places are weighed anew."""
    text = "Gunmen killed two farmers in Gao."
    stands, _ = standing(text)
    told = LinkedWord(
        stands.sentences[0].words[0].span, evidence=0.91, initiator=0.5, target=0.02, place=0.01, time=0.3, figure=0.2
    )
    trigger = Trigger(
        span=stands.sentences[0].words[1].span, kind={"incident": 1.0}, event_type={"armed_clash": 1.0}, certainty=NOBODY,
        background=NOBODY, stance=NOBODY, scope=NOBODY, linked=(told,))  # fmt: skip
    found = stands.linked(trigger, "armed_clash")[0]
    assert (found.evidence, found.target, found.time, found.figure) == (0.91, 0.02, 0.3, 0.2)
    assert found.initiator > told.initiator


def test_the_points_are_finite_and_one_for_each_role() -> None:
    """The file can be amended by hand: what is in it must be numbers."""
    held = points()
    assert len(held.base) == len(ROLES)
    assert all(math.isfinite(worth) for pair in held.signs.values() for worth in pair)
