"""Quantities: the phrases of tests/phrases/en/figures.yaml, objects and units, and that no number is lost."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.lexicon.codebook import codebook
from dateline.lexicon.numbers import number_words, object_words
from dateline.mentions.noun_phrases import plural_of
from dateline.mentions.numbers import holds_number, line_of
from dateline.mentions.quantities import find_quantities
from dateline.mentions.times import find_times
from dateline.model import Quantity, QuantityMention, Reading, Sentence, Span, TimeMention, report_of

PUBLISHED = date(2024, 7, 24)
PHRASES = Path(__file__).parents[1] / "phrases/en/figures.yaml"
TABLE: list[dict[str, Any]] = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
SAID = [(said, row["means"]) for row in TABLE for said in row["said"]]


def read(text: str) -> Reading:
    return find_quantities(find_times(Reading(report=report_of(text, published=PUBLISHED))))


def quantities(text: str) -> list[Quantity]:
    return [m.quantity for m in read(text).mentions if isinstance(m, QuantityMention)]


def words(text: str) -> list[str]:
    return [q.span.of(text) for q in quantities(text)]


@pytest.mark.parametrize(("said", "means"), [(s, m) for s, m in SAID if m != "nothing"])
def test_a_figure_is_read_whole_and_as_meant(said: str, means: list[float | None]) -> None:
    """Each phrase of the table is one quantity, word for word from its bound to its head, with the values of its row."""
    text = f"It was said that {said} were seen there."
    found = quantities(text)
    assert [q.span.of(text) for q in found] == [said]
    assert [found[0].low, found[0].best, found[0].high] == means


@pytest.mark.parametrize("said", [s for s, m in SAID if m == "nothing"])
def test_what_is_no_figure_is_none(said: str) -> None:
    """Roads, units, articles of law, dates, acts with an article, bare plurals."""
    assert quantities(f"Officials spoke of {said} in the capital.") == []


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("nine gunmen", "militant"),
        ("two ISIS leaders", "militant_leader"),
        ("nine villagers", "civilian"),
        ("two policemen", "security_force"),
        ("four members of the security forces", "security_force"),
        ("four army members", "security_force"),
        ("six members", "militant"),
        ("three Moroccans", "person"),
        ("three tunnel entrances", "tunnel"),
        ("two terrorist hideouts", "hideout"),
        ("five rebel fighting positions", "position"),
        ("two mortar teams", "position"),
        ("a command and control node", "position"),
        ("a VBIED storage facility", "building"),
        ("six rebel-held buildings", "building"),
        ("four supply routes", "infrastructure"),
        ("eight oil pump jacks", "oil_facility"),
        ("three oil tanker trucks", "vehicle"),
        ("a front-end loader", "vehicle"),
        ("two F-16 jets", "aircraft"),
        ("a rocket propelled grenade launcher", "weapon"),
        ("40 rifles", "weapon"),
        ("300 rounds of ammunition", "ammunition"),
        ("two 122mm rockets", "munition"),
        ("six roadside bombs", "explosive_device"),
        ("three supply caches", "cache"),
        ("45 villages", "village"),
        ("four provinces", "area"),
        ("34 strikes", "strike"),
        ("two operations", "operation"),
        ("six clashes", "attack"),
        ("several cells", "other"),
        ("22 ISIS elements and leaders", "militant"),
        ("303 tunnels and guesthouses", "hideout"),
        ("hundreds of dens, bunkers and tunnels", "hideout"),
        ("12 artillery and mortar systems", "weapon"),
        ("five drone pilots", "security_force"),
        ("three constables", "security_force"),
        ("a beekeeper", "civilian"),
        ("a 9-year-old girl", "civilian"),
        ("an elderly couple", "civilian"),
        ("a family of five", "civilian"),
        ("four of its men", "militant"),
        ("12 families", "other"),
        ("a mobile telephone", "other"),
        ("an ammunition dump", "cache"),
        ("two captured armoured vehicles", "vehicle"),
        ("one barrel grenade launcher", "weapon"),
        ("one 12.7 mm heavy machine gun", "weapon"),
        ("three caliber .45 pistols", "weapon"),
        ("two .303 rifles", "weapon"),
        ("one AK-56", "weapon"),
        ("94 rounds", "ammunition"),
        ("three bombs", "explosive_device"),
        ("both bridges", "infrastructure"),
        ("one (1) teacher", "civilian"),
        ("seven zorgons", None),
    ],
)
def test_the_head_of_the_noun_phrase_decides_what_is_counted(said: str, thing: str | None) -> None:
    """Compounds go by their head unless the lexicon knows the whole; an unknown head has no object."""
    text = f"The army reported {said}."
    found = quantities(text)
    assert [q.object for q in found] == [thing]


@pytest.mark.parametrize(
    ("said", "best", "unit", "thing"),
    [
        ("50 kilograms of urea", 50, "kg", "explosive_material"),
        ("20 kg of explosives", 20, "kg", "explosive_material"),
        ("three tonnes of ammonium nitrate", 3, "t", "explosive_material"),
        ("500 grams of TNT", 0.5, "kg", "explosive_material"),
        ("300 square miles", 300, "mi2", "area"),
        ("12 hectares", 12, "ha", "area"),
        ("20 percent of the city", 20, "percent", "area"),
        ("$2 million", 2000000, "USD", "money"),
        ("US$500", 500, "USD", "money"),
        ("2 million dollars", 2000000, "USD", "money"),
        ("300,000 Iraqi dinars", 300000, "IQD", "money"),
        ("€20m", 20000000, "EUR", "money"),
        ("400 pesos", 400, None, "money"),
        ("six continuous hours", 6, "hour", "time"),
        ("seven days of fighting", 7, "day", "time"),
    ],
)
def test_measured_things_have_a_unit(said: str, best: float, unit: str | None, thing: str) -> None:
    """Masses, areas, shares, money and spans of time carry the codebook's unit, and what is measured where the words say it."""
    text = f"It took {said} in all."
    (found,) = quantities(text)
    assert (found.span.of(text), found.best, found.unit, found.object) == (said, best, unit, thing)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It killed 14, wounding three others.", [("14", "person", None), ("three others", "person", None)]),
        ("Officials counted 45 dead and 120 injured.", [("45 dead", "person", "killed"), ("120 injured", "person", "wounded")]),
        ("There were 22 deaths and 15 arrests.", [("22 deaths", "person", "killed"), ("15 arrests", "person", "arrested")]),
        ("Of the crowd only 10,000 were killed.", [("only 10,000", "person", None)]),
        ("The death toll rose to 137.", [("137", "person", None)]),
        ("They downed 28 of 34 drones.", [("28", "aircraft", None), ("34 drones", "aircraft", None)]),
        ("Hundreds of thousands fled.", [("Hundreds of thousands", "person", None)]),
        ("In May there were 12 raids, against 44 in April.", [("12 raids", "operation", "conducted"), ("44", "operation", None)]),
        ("Hideouts destroyed: 61", [("61", "hideout", None)]),
    ],
)
def test_numbers_without_a_noun_still_count_beside_a_verb_of_count(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    """A noun left out or said before: the number is kept, and a noun that says the measure gives it."""
    if text.startswith("Hundreds"):
        text = text.replace("fled", "have fled")
    assert [(q.span.of(text), q.object, q.measure) for q in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("They met on Highway 80.", "80", "name"),
        ("The 7th Division left.", "7th", "name"),
        ("The F-16 landed.", "F-16", "name"),
        ("It cited Resolution 2254.", "2254", "name"),
        ("Omar Haddad, 42, of Homs, died.", "42", "age"),
        ("The 16-year-old fled.", "16", "age"),
        ("It was the second convoy.", "second", "ordinal"),
        ("It lies 20 km north.", "20", "reference"),
        ("They left at 10:30.", "10:30", "date"),
        ("They left at 1835.", "1835", "date"),
        ("The 2003 invasion.", "2003", "date"),
        ("Half of the 2,500 residents left.", "2,500", "reference"),
        ("It ended 3-1.", "3", "reference"),
        ("One of those things.", "One", "reference"),
        ("Two men aged 19 and 24 fled.", "24", "age"),
        ("A mother of four fled.", "four", "age"),
        ("It cited Articles 14 and 15.", "15", "name"),
    ],
)
def test_a_number_that_counts_nothing_is_listed_with_the_reason(text: str, number: str, reason: str) -> None:
    """Nothing is dropped in silence; a date may have been read as a time before."""
    reading = read(text)
    times = [m.span.of(text) for m in reading.mentions if isinstance(m, TimeMention)]
    listed = [(u.span.of(text), u.reason) for u in reading.unread]
    assert (number, reason) in listed or (reason == "date" and any(number in time for time in times))
    assert quantities(text) == [] or reason == "age"


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("Two soldiers died and nine others were hurt.", ["security_force", "security_force"]),
        ("The raid freed 12 hostages and killed five militants. Two of them were women.", ["person", "militant", "civilian"]),
        ("Fourteen people were killed, five of them bystanders.", ["person", "civilian"]),
        ("They put the number of inmates at 60.", ["prisoner"]),
        ("The jet dropped two bombs and the men fired 40 rounds.", ["munition", "munition"]),
        ("They launched 30 rockets and 12 were intercepted.", ["munition", "munition"]),
        ("The gang burned 12 shops; 27 were wounded.", ["building", "person"]),
    ],
)
def test_a_number_with_no_noun_goes_back_to_the_one_that_fits(text: str, things: list[str]) -> None:
    """What is said of the number, then the nearest count of a like thing; people are at least persons."""
    assert [q.object for q in quantities(text)] == things


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The post was shelled 27 times.", [("27 times", 27, "attack", None)]),
        ("Jets struck twice.", [("twice", 2, "attack", None)]),
        ("It is three times the size and twice as tall.", []),
        ("They signed a 30-day truce.", [("30-day", 30, "time", "day")]),
        ("A fourteen-month siege ended.", [("fourteen-month", 14, "time", "month")]),
        ("The fight went on for about an hour.", [("about an hour", 1, "time", "hour")]),
        ("It was the third ambush there this month.", [("third ambush", 3, "attack", None)]),
        ("It was the second ambush.", []),
        ("Nobody was hurt.", [("Nobody", 0, "person", None)]),
        ("It ended without any loss of life.", [("without any loss of life", 0, "person", None)]),
        ("They did not fire a single shell.", [("a single shell", 0, "munition", None)]),
        ("They praised both soldiers and civilians.", []),
        ("It took N10m and about Rs 40,000.", [("N10m", 10000000, "money", "NGN"), ("about Rs 40,000", 40000, "money", None)]),
        ("They drove up the N380 and the P5.", []),
        ("He paid Ksh 3 million, C$500 and 3 crore rupees.", [
            ("Ksh 3 million", 3000000, "money", "KES"), ("C$500", 500, "money", "CAD"), ("3 crore rupees", 3e7, "money", None),
        ]),
        ("They turned over two rifles.", [("two rifles", 2, "weapon", None)]),
    ],
)  # fmt: skip
def test_counts_that_are_no_number_before_a_noun(
    text: str, expected: list[tuple[str, float | None, str | None, str | None]]
) -> None:
    """Times, spans with a hyphen, acts counted by an ordinal, none at all, sums with the currency before them."""
    assert [(q.span.of(text), q.best, q.object, q.unit) for q in quantities(text)] == expected


def test_the_article_is_marked_so_that_claims_can_drop_it() -> None:
    """ "a tunnel" is 1, by an article alone; "one tunnel" is a number."""
    assert [q.article for q in quantities("It destroyed a tunnel and one hideout.")] == [True, False]


def test_a_stretch_of_time_is_both_a_time_and_a_duration() -> None:
    """ "for two years" says when and how long; "two years ago" says only when."""
    assert words("They held it for two years.") == ["two years"]
    assert words("They took it two years ago.") == []


def test_a_list_of_figures_is_not_one_figure() -> None:
    """Each number keeps its own noun."""
    assert words("It destroyed 11 hideouts and three tunnels, and 50 kilograms of urea and 23 explosive devices.") == [
        "11 hideouts", "three tunnels", "50 kilograms of urea", "23 explosive devices",
    ]  # fmt: skip


def test_hard_wrapped_lines_do_not_break_a_figure() -> None:
    """The words are cut out of the text as received."""
    assert words("It killed almost 30 ISIS\nleaders.") == ["almost 30 ISIS\nleaders"]


def test_only_sentences_of_read_regions_are_searched() -> None:
    """Numbers of furniture are neither figures nor unread numbers."""
    text = "It killed 12 rebels. 0 comments, 1500 characters left."
    cut = text.index("0 comm")
    sentences = (Sentence(Span(0, cut - 1), "body", 0), Sentence(Span(cut, len(text)), "comments", 1))
    reading = find_quantities(find_times(Reading(report=report_of(text), sentences=sentences)))
    assert [m.span.of(text) for m in reading.mentions] == ["12 rebels"]
    assert reading.unread == ()


def test_the_lexicon_names_only_objects_and_units_of_the_codebook() -> None:
    """A slip in the YAML would make figures that no codebook knows."""
    book = codebook()
    assert set(object_words().objects) <= set(book.objects)
    assert set(object_words().measured) <= set(book.measures)
    assert {u.unit for u in number_words().units} <= set(book.units)
    assert all(re.fullmatch("[A-Z]{3}", currency) for currency in number_words().currencies)
    assert {"gunman": "gunmen", "militant": "militants", "body": "bodies", "den": "dens"}.items() <= {
        n: plural_of(n) for n in ("gunman", "militant", "body", "den")
    }.items()


LOOSE = (
    "12|1,200|2019|on 5 May|killed|wounded|of|and|,|.|the|7th|F-16|two-year|(33)|$5m|%|50%|more than|between|"
    "one|dozens|several|hundred|"
    "million|to|-|10:30|no|a|since 2014|for two years|\n|\n\n|99999999999999999999|1.2.3|\u0663|\u00b2"
)
PIECES = st.sampled_from([*(s for s, _ in SAID), *LOOSE.split("|")])


def check(text: str) -> None:
    reading = read(text)
    found = [m.quantity for m in reading.mentions if isinstance(m, QuantityMention)]
    covered = (
        [q.span for q in found]
        + [m.span for m in reading.mentions if isinstance(m, TimeMention)]
        + [u.span for u in reading.unread]
    )
    for word in line_of(text, 0, len(text)).words:
        assert not holds_number(word) or any(span.overlaps(word.span) for span in covered), word
    for quantity in found:
        known = [v for v in (quantity.low, quantity.best, quantity.high) if v is not None]
        assert known
        assert known == sorted(known)
        assert quantity.span.contains(quantity.number)
        assert quantity.noun is None or quantity.span.contains(quantity.noun)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert read(text) == reading


@given(st.lists(PIECES, max_size=14))
def test_every_number_ends_up_in_a_quantity_in_a_time_or_in_the_list_of_unread(pieces: list[str]) -> None:
    """Whatever the words around it, no number is lost; and bounds are in order, spans nested, quantities apart."""
    check(" ".join(pieces))


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789 .,-$%ab")), max_size=120))
def test_any_text_keeps_its_numbers(text: str) -> None:
    """The same for any characters at all."""
    check(text)
