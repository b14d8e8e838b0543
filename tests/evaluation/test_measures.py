"""What the measures say of predictions that are wrong in one way."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from dateline.evaluation.matching import match
from dateline.evaluation.measures import Evaluation, measure
from dateline.evaluation.records import CodedClaim, CodedFigure, CodedReport, CodedSource, CodedTime
from dateline.lexicon.names import ActorNames, fold, person, place

TEXT = (
    "Vash troops burned four camps in Torbal and held two smugglers on 3 May 2024, Colonel Karim Vell said. "
    "Over 60 smugglers have been killed since January. The ring is losing ground. It will raid Lower Vash."
)
NAMES = ActorNames({"vash army": "vash troops"})


def claim(kind: Any, quote: str, **more: Any) -> CodedClaim:
    return CodedClaim(kind=kind, evidence=[quote], certainty="stated", **more)


def figure(n: float, measured: str, counted: str, words: str) -> CodedFigure:
    return CodedFigure(low=n, best=n, high=n, measure=measured, object=counted, words=words)


DAY = CodedTime(words="on 3 May 2024", start=date(2024, 5, 3), end=date(2024, 5, 3), precision="day")
CLAIMS = [
    claim(
        "incident",
        "Vash troops burned four camps in Torbal",
        event_type="destruction",
        initiator=["Vash troops"],
        places=["Torbal"],
        time=DAY,
        figures=[figure(4, "destroyed", "position", "four camps")],
        event="camps",
    ),
    claim(
        "incident", "held two smugglers on 3 May 2024", event_type="arrest", initiator=["Vash troops"], time=DAY, event="camps"
    ),
    claim(
        "tally",
        "Over 60 smugglers have been killed since January",
        event_type="armed_clash",
        scope="since",
        figures=[figure(60, "killed", "person", "Over 60 smugglers")],
    ),
    claim("assessment", "The ring is losing ground", stance="falling", about="the ring"),
    claim(
        "forecast",
        "It will raid Lower Vash",
        event_type="armed_clash",
        places=["Lower Vash"],
        source=CodedSource(speaker="Karim Vell"),
    ),
]
GOLD = CodedReport(id="r1", text=TEXT, claims=CLAIMS, publisher="Vash Army")


def scored(predicted: list[CodedClaim]) -> Evaluation:
    return measure([match(GOLD, predicted)], NAMES)


def changed(n: int, **more: Any) -> list[CodedClaim]:
    return [replace(c, **more) if i == n else c for i, c in enumerate(CLAIMS)]


def test_a_perfect_prediction_scores_one() -> None:
    """Also by offsets instead of quotes."""
    pairs = [
        replace(c, evidence=[(TEXT.index(q), TEXT.index(q) + len(q)) for q in c.evidence or [] if isinstance(q, str)])
        for c in CLAIMS
    ]
    for predicted in (CLAIMS, pairs):
        result = scored(predicted)
        assert {s.f1 for s in (*result.claims.values(), *result.sets.values(), result.events)} <= {1.0, None}
        assert {s.accuracy for s in result.fields.values()} == {1.0}
        assert result.quote_faithfulness.share == 1.0


def test_a_total_told_as_an_incident_is_told() -> None:
    """It is lost as a tally, wrong as an incident, and counted as what it is."""
    result = scored(changed(2, kind="incident"))
    assert result.totals_as_incidents == 1
    assert result.claims["tally"].f1 == 0.0
    assert result.claims["incident"].p == pytest.approx(2 / 3)
    assert result.figures["all"].f1 == pytest.approx(0.5)
    assert result.figures_matched["all"].f1 == 1.0


def test_a_guessed_date_is_told() -> None:
    """A date where the gold has none is worse than no date."""
    result = scored(changed(2, time=DAY))
    assert result.dates_guessed == 1
    assert result.fields["time_undated"].accuracy == pytest.approx(2 / 3)


def test_words_that_are_not_in_the_text_are_told() -> None:
    """Places, names and the words of figures are verbatim; a figure without words is not faithful."""
    assert scored(changed(0, places=["Torbal province"])).quote_faithfulness.share != 1.0
    assert scored(changed(2, figures=[CodedFigure(best=60, measure="killed", object="person")])).quote_faithfulness.share != 1.0


def test_names_meet_by_alias_and_articles_do_not_part_them() -> None:
    """The publisher as organisation is the report itself; ranks and nicknames part no persons."""
    result = scored(changed(0, initiator=["The Vash Army"], source=CodedSource(organisation="the Vash Army")))
    assert result.sets["initiator"].f1 == 1.0
    assert result.fields["source_organisation"].accuracy == 1.0
    assert place("al-Anbar Province") == place("Anbar")
    assert person('Maj. Gen. Karim "the Hawk" Vell') == person("karim vell")
    assert fold("The") == "the"


def test_a_whole_text_matches_nothing_and_a_sentence_matches_its_clause() -> None:
    """Evidence must be of a size with the gold's."""
    first = TEXT.split(". ")[0]
    assert scored([claim("incident", TEXT)]).claims["all"].f1 == 0.0
    assert scored([claim("incident", first)]).claims["incident"].r == 0.5


def test_nothing_to_find_and_nothing_found_is_no_score() -> None:
    """Rather than a zero or a one."""
    result = measure([match(replace(GOLD, claims=[]), [])], NAMES)
    assert {s.f1 for s in (*result.claims.values(), *result.figures.values(), result.events)} == {None}
    assert result.quote_faithfulness.share is None


def test_two_events_in_one_cost_precision() -> None:
    """B-cubed counts each incident's own cluster."""
    apart = [replace(c, event=f"e{i}") for i, c in enumerate(CLAIMS)]
    assert scored(apart).events.p == 1.0
    assert scored(apart).events.r == 0.5
