"""Claims: what a sentence holds, in which kind, with which fields, and with which characters."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline
from dateline.claims.summary import summarise
from dateline.model import Claim, Span

PHRASES = yaml.safe_load((Path(__file__).parents[1] / "phrases/en/claims.yaml").read_text(encoding="utf-8"))


def _told(claim: Claim) -> str:
    return f"{claim.kind} {claim.stance}" if claim.kind == "assessment" else f"{claim.kind} {claim.event_type} {claim.certainty}"


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p["said"][:60])
def test_claims_of_a_sentence(phrase: dict[str, object]) -> None:
    """Each sentence of the table holds just the claims that stand beside it; `read_as` is what is still made of it instead."""
    reading = dateline.read(str(phrase["said"]), published="2019-11-03")
    assert sorted(_told(c) for c in reading.claims) == sorted(phrase.get("read_as", phrase["claims"]))  # type: ignore[call-overload]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p["said"][:60])
def test_every_value_is_in_the_text(phrase: dict[str, object]) -> None:
    """Words of places, times, figures, parties and speakers are the characters that their spans cut out."""
    text = str(phrase["said"])
    for claim in dateline.read(text, published="2019-11-03").claims:
        assert claim.evidence
        values = [(place.span, place.words) for place in claim.places]
        values += [(figure.span, figure.words) for figure in claim.figures]
        values += [(actor.span, actor.words) for actor in (*claim.initiator, *claim.target)]
        values += [(claim.time.span, claim.time.words)] if claim.time else []
        assert all(span.of(text) == words for span, words in values)
        for ground in claim.grounds:
            assert all(0 <= s.start < s.end <= len(text) for s in ground.spans)


def test_a_running_total_is_no_incident() -> None:
    """A total since a date bounds events and is none, also beside an incident of the same sentence kind."""
    text = "Soldiers killed four gunmen near Gao on Monday. More than 155 gunmen have been killed since January."
    kinds = [c.kind for c in dateline.read(text, published="2019-11-03").claims]
    assert kinds == ["incident", "tally"]


def test_no_date_without_a_date() -> None:
    """With no date of publication a weekday stays a word."""
    (claim,) = dateline.read("Soldiers killed four gunmen near Gao on Monday.").claims
    assert claim.time is not None
    assert (claim.time.words, claim.time.start, claim.time.end) == ("on Monday", None, None)


def test_arrest_and_seizure_are_claims_of_their_own_with_one_subject() -> None:
    """Each has its own figure; the second act takes the scene of the sentence."""
    text = "Police in Kirkuk arrested two suspects and seized 30 kilograms of explosives."
    arrest, seizure = sorted(dateline.read(text).claims, key=lambda c: c.event_type or "")
    assert [[f.words for f in claim.figures] for claim in (arrest, seizure)] == [["two suspects"], ["30 kilograms of explosives"]]
    assert seizure.evidence[-1].of(text).endswith("seized 30 kilograms of explosives")
    assert [p.words for p in seizure.places] == ["Kirkuk"]


def test_a_counted_part_is_never_a_second_whole() -> None:
    """ "including three leaders" is a part of the 22, and says so."""
    (claim,) = dateline.read("Troops killed 22 militants, including three commanders, in Borno on Monday.").claims
    assert [(f.best, f.part_of) for f in claim.figures] == [(22, None), (3, "22 militants")]


def test_sides_in_passive_and_active() -> None:
    """Who acts and who suffers does not change with the voice."""
    for text in (
        "ISIS fighters killed nine soldiers of the Iraqi army in Hawija.",
        "Nine Iraqi soldiers were killed by ISIS in Hawija.",
    ):
        (claim,) = dateline.read(text).claims
        assert [a.name for a in claim.initiator] == ["ISIS"], text


def test_claims_have_stable_and_distinct_ids() -> None:
    """The same text gives the same ids, and no two claims share one."""
    text = "Police arrested two men in Gao. Police arrested two men in Gao. Gunmen killed a farmer in Gao."
    first, second = dateline.read(text), dateline.read(text)
    assert first == second
    assert len({c.id for c in first.claims}) == len(first.claims)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Theklidyrm 123,.;:\"'-–“”\u00a0\n\u200f()$%é"), max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """No text breaks the engine, and every span it gives lies inside the text."""
    reading = dateline.read(text)
    for span in (*(m.span for m in reading.mentions), *(s for c in reading.claims for s in c.evidence)):
        assert 0 <= span.start < span.end <= len(text)


def test_a_summary_says_the_fields() -> None:
    """One line for people, with bounds in words."""
    (claim,) = dateline.read("More than 155 militants have been killed since January.", published="2019-11-03").claims
    assert "155 or more killed (militant)" in summarise(claim)


def test_evidence_cuts_whole_words() -> None:
    """Evidence begins and ends at words of the text as received, hard line breaks included."""
    text = "Police in Kirkuk\narrested two\nsuspects on Friday, a spokesman said."
    (claim,) = dateline.read(text).claims
    assert isinstance(claim.evidence[0], Span)
    assert claim.evidence[0].of(text).startswith("Police in Kirkuk\narrested two\nsuspects")


def test_results_in_the_next_sentences_are_the_same_claim() -> None:
    """One act told over several sentences is one claim with all its figures and evidence; an arrest is another."""
    text = (
        "A missile hit a warehouse in Odesa on Monday. A guard was killed and nine drivers were wounded. "
        "Six women were among the wounded. The blast also destroyed four trucks. Police arrested a man."
    )
    shelling, arrest = dateline.read(text, published="2024-06-05").claims
    assert (shelling.event_type, arrest.event_type) == ("shelling", "arrest")
    assert len(shelling.evidence) == 4
    assert ("Six women", "nine drivers") in [(f.words, f.part_of) for f in shelling.figures]


def test_two_tolls_stay_two_claims() -> None:
    """A second toll of the same kind is another act, or a contradiction: it is never added in."""
    text = "Gunmen killed four soldiers in Gao on Monday. Nine soldiers were killed."
    assert [f.best for c in dateline.read(text).claims for f in c.figures] == [4, 9]
    assert len(dateline.read(text).claims) == 2


def test_a_source_line_is_what_the_text_came_through() -> None:
    """ "Source » River Post" at the foot of a copied report is an outlet of its claims, unless it is the publisher itself."""
    text = "Gunmen killed a farmer near Gao on Monday.\n\nSource » River Post\n"
    (claim,) = dateline.read(text, publisher="Copy Blog").claims
    assert (claim.source.organisation, claim.source.via) == ("Copy Blog", ("River Post",))
    assert [s.of(text).strip() for s in claim.source.spans] == ["Source » River Post"]
    assert dateline.read(text, publisher="River Post").claims[0].source.via == ()
