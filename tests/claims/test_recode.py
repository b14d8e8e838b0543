"""The engine's claims in the names of a project's codebook; no engine is asked here."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.claims.recode import recode
from dateline.lexicon.codebook import Codebook, built_in, codebook
from dateline.lexicon.codebook_file import parse_codebook, read_codebook
from dateline.model import Claim, Figure, Ground, Reading, Span, Unread
from dateline.testing import make_claim, make_figure, make_reading, make_report, span_of

ROOT = Path(__file__).parents[2]
HOW_TO = (ROOT / "docs/how-to/your-own-codebook.md").read_text(encoding="utf-8")


def book(text: str) -> Codebook:
    return parse_codebook(text, "test.yaml")


def said(text: str, event_type: str | None, *figures: Figure, **known: Any) -> Reading:
    """A report that is one claim."""
    report = make_report(text)
    return make_reading(report, [make_claim(report, event_type=event_type, figures=list(figures), **known)])


def figure(text: str, words: str, number: float, measure: str, object: str, **known: Any) -> Figure:
    return make_figure(number, measure, object, words=words, span=span_of(text, words), **known)


TYPES = """
event_types:
  - {name: burning, takes: [destruction, riot], verbs: [torch], words: [fire]}
  - {name: stoppage, words: [work stoppage]}
  - {name: damage, takes: [destruction]}
  - arrest
others: OTHERS
"""


@pytest.mark.parametrize(
    ("text", "event_type", "dropping", "keeping"),
    [
        ("They torched a bus.", "destruction", "burning", "burning"),  # its words are said, and it takes that
        ("They torched a bus.", "robbery", None, "robbery"),  # said, but not taken
        ("They broke a bus.", "destruction", "damage", "damage"),  # taken whatever the words
        ("They broke a bus.", "riot", None, "riot"),  # taken, but not said, and taken by no other
        ("A work stoppage, and a fire.", "riot", "burning", "burning"),  # the first of two that are said
        ("A work stoppage.", "robbery", "stoppage", "stoppage"),  # words alone
        ("A work stoppage.", "destruction", "stoppage", "stoppage"),  # words go before what takes whatever the words
        ("Police arrested a man.", "arrest", "arrest", "arrest"),  # listed as it is
        ("He sees a risk of fire.", None, None, None),  # no type, no change
    ],
)
def test_which_type_a_claim_gets(text: str, event_type: str | None, dropping: str | None, keeping: str | None) -> None:
    """None: a claim with a type is left out."""
    for others, expected in (("drop", dropping), ("keep", keeping)):
        claims = recode(said(text, event_type), book(TYPES.replace("OTHERS", others))).claims
        assert [claim.event_type for claim in claims] == ([] if event_type and expected is None else [expected])


FIGURES = """
measures:
  - {name: beheaded, takes: [killed], verbs: [behead]}
  - {name: deaths, label: persons killed, takes: [killed]}
  - {name: held, takes: [arrested, abducted]}
objects:
  - {name: policeman, takes: [security_force], words: [police officer, policeman, policemen]}
  - {name: force, takes: [security_force]}
  - militant
others: {measures: drop, objects: drop}
"""
TOLL = "Rebels killed two police officers and nine soldiers. They took a trader."


@pytest.mark.parametrize(
    ("words", "measure", "counted", "becomes"),
    [
        ("two police officers", "killed", "security_force", ("deaths", "policeman")),
        ("nine soldiers", "killed", "security_force", ("deaths", "force")),  # the other figure's words do not count
        ("nine soldiers", "killed+arrested", "militant", ("deaths+held", "militant")),
        ("nine soldiers", "arrested+abducted", "militant", ("held", "militant")),  # two that become one
        ("nine soldiers", "killed+wounded", "militant", ("deaths", "militant")),  # a part has no place
        ("nine soldiers", "wounded", "militant", None),
        ("a trader", "abducted", "civilian", None),
    ],
)
def test_which_measure_and_object_a_figure_gets(words: str, measure: str, counted: str, becomes: tuple[str, str] | None) -> None:
    """None: the figure is left out, and its number is listed with the reason."""
    reading = recode(said(TOLL, "armed_clash", figure(TOLL, words, 2, measure, counted)), book(FIGURES))
    found = [(f.measure, f.object) for f in reading.claims[0].figures]
    assert found == ([becomes] if becomes else [])
    assert reading.unread == (() if becomes else (Unread(span_of(TOLL, words), "codebook"),))


def test_the_words_of_a_measure_stand_around_the_figure() -> None:
    """In the same stretch of evidence, not in another one of the claim."""
    text = "Rebels beheaded nine soldiers. Two soldiers were killed."
    spans = [span_of(text, "Rebels beheaded nine soldiers."), span_of(text, "Two soldiers were killed.")]
    report = make_report(text)
    figures = [figure(text, w, 1, "killed", "militant") for w in ("nine soldiers", "Two soldiers")]
    (claim,) = recode(make_reading(report, [make_claim(report, evidence=spans, figures=figures)]), book(FIGURES)).claims
    assert [f.measure for f in claim.figures] == ["beheaded", "deaths"]


def test_a_part_whose_whole_is_left_out_stands_alone() -> None:
    text = "Nine militants, among them two police officers, were killed."
    whole = figure(text, "Nine militants", 9, "wounded", "militant")
    part = figure(text, "two police officers", 2, "killed", "security_force", part_of="Nine militants")
    (claim,) = recode(said(text, "armed_clash", whole, part), book(FIGURES)).claims
    assert [(f.words, f.part_of) for f in claim.figures] == [("two police officers", None)]


def test_grounds_say_what_the_engine_read_and_which_words_decided() -> None:
    """Beside the engine's own; a name that stays has none more."""
    text = "Men torched a bus near the fire station and left."
    engine = Ground("event_type", "head", (Span(4, 11),), 0.7)
    (claim,) = recode(said(text, "destruction", grounds=[engine]), book(TYPES.replace("OTHERS", "keep"))).claims
    words = (span_of(text, "torched"), span_of(text, "fire"))
    assert claim.grounds == (engine, Ground("event_type", "codebook:burning from destruction", words))
    (same,) = recode(said(text, "arrest", grounds=[engine]), book(TYPES.replace("OTHERS", "keep"))).claims
    assert same.grounds == (engine,)
    (claim,) = recode(said(TOLL, "armed_clash", figure(TOLL, "nine soldiers", 9, "killed", "militant")), book(FIGURES)).claims
    assert claim.grounds == (Ground("measure", "codebook:deaths from killed", ()),)


def test_ids_stay_and_summaries_are_made_anew() -> None:
    """With the label that people see; nothing of the codebook stays in use afterwards."""
    before = said("They broke a bus.", "destruction")
    own = book("event_types: [{name: damage, label: damage to things, takes: [destruction]}]")
    (claim,) = recode(before, own).claims
    assert claim.id == before.claims[0].id
    assert claim.summary == "damage to things"
    assert codebook() is built_in()


def test_words_count_in_evidence_alone() -> None:
    """Whatever the case and the line breaks; not in the sentence beside it."""
    text = "They broke a bus. A WORK\nSTOPPAGE was called."
    report = make_report(text)
    first, second = (make_claim(report, evidence=[s], event_type="riot") for s in (Span(0, 17), Span(18, len(text))))
    reading = recode(make_reading(report, [first, second]), book(TYPES.replace("OTHERS", "keep")))
    assert [claim.event_type for claim in reading.claims] == ["riot", "stoppage"]


def test_dateline_s_own_codebook_changes_nothing() -> None:
    before = said("They broke a bus.", "destruction")
    assert recode(before, built_in()) is before


def test_coding_twice_is_coding_once() -> None:
    """For a codebook with names of its own: what has its name keeps it."""
    own = book(TYPES.replace("OTHERS", "drop"))
    once = recode(said("They torched a bus.", "destruction"), own)
    assert [c.event_type for c in recode(once, own).claims] == ["burning"]


def _how_to(tmp_path: Path) -> Codebook:
    (example,) = re.findall(r"^```yaml\n(version.*?)^```$", HOW_TO, re.MULTILINE | re.DOTALL)
    assert yaml.safe_load(example)
    path = tmp_path / "raids.yaml"
    path.write_text(example, encoding="utf-8")
    return read_codebook(path)


@pytest.mark.parametrize("row", re.findall(r"^\| ([A-Z].*?\.) \| (.*?) \| (.*?) \|$", HOW_TO, re.MULTILINE), ids=lambda r: r[0])
def test_the_how_to_is_true(row: tuple[str, str, str], tmp_path: Path) -> None:
    """Each line of its table: what Dateline reads becomes what the project has."""
    text, read, has = row
    counted = "four herders"
    figures = [figure(text, counted, 4, "killed", "civilian")] if counted in text else []
    (event_type, *_) = re.findall(r"`(\w+)`", read)
    claims = recode(said(text, event_type, *figures), _how_to(tmp_path)).claims
    told = [word for c in claims for word in (c.event_type, *(f.object for f in c.figures))]
    assert told == re.findall(r"`(\w+)`", has)


MUC = read_codebook(ROOT / "benchmarks/codebooks/muc.yaml")


@pytest.mark.parametrize(
    ("text", "event_type", "incident"),
    [
        ("Guerrillas dynamited two pylons.", "destruction", "BOMBING"),
        ("A car bomb exploded.", "bombing", "BOMBING"),
        ("Gunmen killed a mayor.", "attack_on_civilians", "ATTACK"),
        ("Gunmen set two buses on fire.", "destruction", "ARSON"),
        ("Troops shelled a hill.", "shelling", "ATTACK"),
        ("Rebels kidnapped and killed a mayor.", "attack_on_civilians", "KIDNAPPING"),
        ("The consul was taken hostage.", "abduction", "KIDNAPPING"),
        ("Two men hijacked an airliner.", "abduction", "HIJACKING"),
        ("Men robbed a bank.", "robbery", "ROBBERY"),
        ("Rebels called an armed strike.", "other", "FORCED WORK STOPPAGE"),
        ("Police arrested a man.", "arrest", None),
    ],
)
def test_incidents_of_muc(text: str, event_type: str, incident: str | None) -> None:
    claims: tuple[Claim, ...] = recode(said(text, event_type), MUC).claims
    assert [c.event_type for c in claims] == ([incident] if incident else [])
