"""Which words are a claim, of which kind, and what their words lean to, whatever the network says alone."""

import pytest
from hung import counted, hang, read

from dateline.claims.leanings import Points, points, stem
from dateline.lexicon.codebook import codebook
from dateline.model import Claim


def killed(when: str, *, said: str = "Army raids killed 40 rebels in Gao") -> Claim:
    """The one claim of a report on a count at a time."""
    text = f"{said} {when}."
    marks = (
        hang(text, "killed", evidence=f"{said} {when}", target="40 rebels", time=when, figure="40"),
        counted(text, "40", "killed", "militant"),
    )
    (claim,) = read(text, *marks, published="2024-03-20").claims
    return claim


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ("from 4 to 14 March 2024", "tally"),
        ("between 1 and 15 March 2024", "tally"),
        ("on 14 March 2024", "incident"),
        ("on Thursday", "incident"),
    ],
)
def test_a_count_over_a_dated_stretch_of_days_is_a_total(when: str, kind: str) -> None:
    """One day has incidents; from one date to another there were several."""
    assert killed(when).kind == kind


def test_the_results_of_a_named_operation_are_one_incident() -> None:
    """However many days it took."""
    claim = killed("from 4 to 14 March 2024", said='Operation "Desert Lion" killed 40 rebels in Gao')
    assert (claim.kind, claim.operation is not None) == ("incident", True)


@pytest.mark.parametrize(("other", "kinds"), [("incident", ["incident"]), ("tally", ["assessment", "tally"])])
def test_a_judgement_in_the_words_of_a_surer_act_is_none(other: str, kinds: list[str]) -> None:
    """A total and a judgement can stand in the same words ("are always present"); an act and a judgement seldom do."""
    text = "Rebels burned the strategic bridge of Gao."
    said = "Rebels burned the strategic bridge of Gao"
    act = hang(text, "burned", kind=other, event_type="destruction", evidence=said)
    judgement = hang(text, "strategic", kind="assessment", said=0.6, evidence=said)
    assert sorted(c.kind for c in read(text, act, judgement).claims) == kinds


def test_an_act_inside_a_condemnation_is_a_claim() -> None:
    """The lexicon tells it with a place and a number; the network makes next to nothing of it."""
    said = "The envoy condemns the attack of Monday in Gao, which killed 12 farmers"
    (claim,) = read(f"{said}.", hang(f"{said}.", "condemns", said=0.1, evidence=said), published="2024-03-20").claims
    assert claim.kind == "incident"


def test_where_the_sentence_tells_another_claim_the_lexicon_alone_adds_none() -> None:
    """One claim of the sentence is enough: the rest is how it was done."""
    said = "Rebels burned a bridge, and an attack in Gao killed 12 farmers"
    sure = hang(f"{said}.", "burned", event_type="destruction", evidence="Rebels burned a bridge")
    faint = hang(f"{said}.", "killed", said=0.06, evidence="an attack in Gao")
    assert [c.event_type for c in read(f"{said}.", sure, faint).claims] == ["destruction"]


def test_that_nobody_claimed_an_attack_is_no_claim() -> None:
    """Nor is it a denial of the attack."""
    said = "No group has claimed responsibility for the attack in Gao"
    assert read(f"{said}.", hang(f"{said}.", "claimed", said=0.5, evidence=said)).claims == ()


def test_words_of_trend_outweigh_a_head_that_wavers() -> None:
    """A stance is read from the cues in its words, also where the lexicon makes no claim of them."""
    said = "Raids on the road to Gao are on the rise"
    judgement = hang(f"{said}.", "rise", kind="assessment", stance="present", evidence=said)
    (claim,) = read(f"{said}.", judgement).claims
    assert claim.stance == "rising"


def test_each_sign_gives_its_points() -> None:
    """Points are summed by label; a sign that is not known gives none."""
    held = Points({"arrest": 0.5, "other": 0.0}, {"word handcuff": {"arrest": 2.0}, "word talk": {"other": 1.0, "arrest": -1.0}})
    assert held.of({"word handcuff": 1.0, "word talk": 0.5, "word never-met": 1.0}) == {"arrest": 2.0, "other": 0.5}


def test_words_lean_to_types_of_the_codebook() -> None:
    """The file that is shipped has all labels that the heads have, and "ambushed" leans to a clash."""
    assert set(points()["event_type"].base) <= {t.name for t in codebook().event_types}
    told = points()["event_type"].signs["word ambush"]
    assert max(told, key=lambda label: told[label]) == "armed_clash"


@pytest.mark.parametrize(("word", "found"), [("arrested", "arrest"), ("raids", "raid"), ("ring", "ring"), ("2,500", "0")])
def test_stems_leave_number_and_tense_aside(word: str, found: str) -> None:
    """Short words stay whole, and all numbers are one."""
    assert stem(word) == found
