"""Which reports copy one text, and which are only alike."""

from collections.abc import Sequence
from datetime import date

import pytest
from lineages import made_texts, score

from dateline.events.lineage import Lineages, Text, lineages
from dateline.events.sketch import sketch_of

STORY = (
    "Fighters of the River Front attacked a police post near Torbal on Monday and killed four officers, Colonel Ada Munro said. "
    "The attackers came on motorcycles from the direction of Lake Sevi shortly before dawn and burned two vehicles. "
    "Reinforcements from the garrison at Nambo reached the post at 7 a.m., when the attackers had withdrawn across the Oro. "
    "It was the third attack on the road since March, and the second in which officers were killed, according to the ministry. "
    "The governor of Meta, Ines Calder, called for 200 more soldiers to guard the road between Torbal and the border."
)
RETOLD = (
    "A police station by Torbal was assaulted Monday by men of the River Front; four policemen died, "
    "according to Colonel Ada Munro. "
    "They arrived by motorbike from Lake Sevi as the sun was about to rise, setting 2 cars alight. "
    "Help sent out of Nambo came at 7, yet the assailants were by then beyond the Oro. "
    "Officials count it as the third such raid there since March. "
    "Governor Ines Calder of Meta demands that 200 further troops protect the route linking Torbal with the frontier."
)
OTHER = "Traders in Sevi closed their shops for a day to protest against a new tax on salt, which the council wants to raise."


def found(*texts: str, published: tuple[str | None, ...] = ()) -> Lineages:
    known = {f"{n}": text for n, text in enumerate(texts)}
    days = {f"{n}": day and date.fromisoformat(day) for n, day in enumerate(published)}
    return lineages(
        {i: sketch_of(text) for i, text in known.items()}, lambda ids: {i: Text(known[i], days.get(i) or None) for i in ids}
    )


def likeness(one: str, other: str) -> str | None:
    return next((link.likeness for link in found(one, other).links), None)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (STORY, "copy"),
        (f"{STORY} (River Post)", "copy"),
        (STORY[:360], "copy"),
        (STORY.replace("four", "six").replace("200", "250").replace("shortly", "just"), "updated copy"),
        (RETOLD, "same statement"),
        (OTHER, None),
        ("", None),
    ],
)
def test_how_a_text_is_like_a_story(other: str, expected: str | None) -> None:
    """A copy may be signed or cut; other numbers make it an updated copy; other words with the same names and numbers in the
    same order are the same statement."""
    assert likeness(STORY, other) == expected


def test_bulletins_in_one_frame_are_no_copies() -> None:
    """Other days, places and numbers in the same words: a series, and each bulletin a lineage of its own."""
    frame = (
        "The operations room reports that on {} its units destroyed {} hideouts in {} and arrested {} men who are wanted by the "
        "courts, and that the work goes on until the last of them is found, as the commander in chief has ordered."
    )
    days = (("Monday", 3, "Torbal", 7), ("Tuesday", 5, "Nambo", 2), ("Friday", 4, "Sevi", 11))
    made = found(*(frame.format(*facts) for facts in days))
    assert {link.likeness for link in made.links} == {"same series"}
    assert len(set(made.of.values())) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("One", "Gary", "Friday", 23), ("One", "Tulsa", "Monday", 41)),
        (("Two", "Gary", "Friday", 23), ("One", "Gary", "Sunday", 41)),
    ],
)
def test_short_reports_of_two_acts_in_the_same_words_are_no_copies(
    one: tuple[str, str, str, int], other: tuple[str, str, str, int]
) -> None:
    """A police desk writes each act in one frame: with other names and numbers it is another act."""
    frame = (
        "{} person was shot dead in {} on {}, police said. The victim was {}. Police have made no arrest and ask for witnesses."
    )
    assert likeness(frame.format(*one), frame.format(*other)) == "same series"


def test_a_copy_of_many_names_may_correct_its_numbers() -> None:
    """Eight names that are all the same tell a copy, whatever became of its one number; three do not."""
    names = "At {} a.m. the mayor of Torbal told Ada Munro, Ines Calder and Jon Sevi that Nambo, Oro and Meta had been cut off."
    assert likeness(names.format(7), names.format(9)) == "updated copy"
    few = "At {} a.m. the mayor of Torbal told the council of Nambo that both of the roads to the coast had been cut off again."
    assert likeness(few.format(7), few.format(9)) == "same series"


def test_who_was_first_is_said_where_dates_tell() -> None:
    made = found(STORY, STORY, published=("2024-03-05", "2024-03-04"))
    assert [link.first for link in made.links] == ["1"]
    for days in (("2024-03-05", "2024-03-05"), ("2024-03-05", None)):
        assert [link.first for link in found(STORY, STORY, published=days).links] == [None]


def test_copies_of_copies_are_one_lineage_named_by_the_smallest_id() -> None:
    made = found(OTHER, STORY[:360], STORY, f"{STORY} {OTHER}")
    assert made.of["1"] == made.of["2"] == made.of["3"] == made.of["0"] or made.of["1"] == made.of["2"] == made.of["3"] == "1"


def test_nothing_is_read_again_when_reports_are_added() -> None:
    """Of pairs that were compared before no text is asked for, and the lineages are those of all at once."""
    known = {"0": STORY, "1": OTHER, "2": f"{STORY} (Echo)"}
    sketches = {i: sketch_of(text) for i, text in known.items()}
    first = lineages(sketches, lambda ids: {i: Text(known[i], None) for i in ids})
    asked: list[str] = []

    def texts_of(report_ids: Sequence[str]) -> dict[str, Text]:
        asked.extend(report_ids)
        return {i: Text((known | {"3": OTHER})[i], None) for i in report_ids}

    more = lineages(sketches | {"3": sketch_of(OTHER)}, texts_of, frozenset(known), first.links)
    assert sorted(asked) == ["1", "3"]
    assert more == lineages(sketches | {"3": sketch_of(OTHER)}, texts_of)


def test_most_copies_are_found_and_few_others() -> None:
    """On made texts with known truth; the long form, with its floors, is benchmarks/lineages.py."""
    made = made_texts(400, 1)
    texts = {f"{n:06}": Text(text.words, text.published) for n, text in enumerate(made)}
    of = lineages({i: sketch_of(text.words) for i, text in texts.items()}, lambda ids: {i: texts[i] for i in ids}).of
    recall, precision, _ = score(made, of)
    assert recall >= 0.9
    assert precision >= 0.95
