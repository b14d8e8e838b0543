"""The list of differences puts each under what it is."""

from pathlib import Path

import errors
import pytest
from errors import Coded
from made_readings import Made

from dateline.evaluation.coding import code_report
from dateline.evaluation.matching import match
from dateline.evaluation.records import CodedClaim, CodedFigure, CodedReport
from dateline.lexicon.names import ActorNames
from dateline.model import Claim, Ground

TEXT = "Raiders burned three barns in Torbal. Twelve people were killed this year. The raiders may return. Nobody knows why."


def coded(gold: list[CodedClaim], *claims: Claim) -> Coded:
    report = CodedReport(id="r1", text=TEXT, claims=gold)
    made = Made(TEXT).reading(claims=claims)
    predicted = code_report(made, "r1", ()).claims
    return Coded(match(report, predicted), {str(c.id): claim for c, claim in zip(predicted, claims, strict=True)})


def test_claims_are_missed_spurious_or_of_another_kind() -> None:
    """A claim with the same words and another kind is one difference, not two; a spurious claim tells its rule."""
    made = Made(TEXT)
    gold = [
        CodedClaim(id="c1", kind="tally", event_type="attack_on_civilians", evidence=["Twelve people were killed this year"]),
        CodedClaim(id="c2", kind="forecast", event_type="force_movement", evidence=["The raiders may return"]),
    ]
    told = made.claim("Twelve people were killed this year", event_type="attack_on_civilians")
    idle = made.claim("Nobody knows why", kind="assessment", grounds=(Ground("kind", "trend_cue", ()),))
    faults = list(errors.claim_faults(coded(gold, told, idle)))
    assert [(f.cls, f.under) for f in faults] == [
        ("kind", "tally told as incident"),
        ("missed", "forecast/force_movement"),
        ("spurious", "assessment [kind:trend_cue]"),
    ]


def test_fields_and_figures_of_matched_claims_are_compared() -> None:
    """Each field that differs is a line; a figure that one side lacks is told with its words."""
    made = Made(TEXT)
    barns = CodedFigure(low=3, best=3, high=3, measure="destroyed", object="building", words="three barns")
    gold = CodedClaim(
        id="c1",
        kind="incident",
        event_type="destruction",
        certainty="stated",
        places=["Torbal"],
        figures=[barns],
        evidence=["Raiders burned three barns in Torbal"],
    )
    raid = made.claim("Raiders burned three barns in Torbal", event_type="armed_clash")
    pair = coded([gold], raid)
    assert [f.under for f in errors.field_faults(pair, ActorNames())] == ["event_type", "source_type", "places"]
    figures = list(errors.figure_faults(pair))
    assert [f.under for f in figures] == ["missing"]
    assert "(3, 3, 3) destroyed building 'three barns'" in figures[0].line


def test_a_bad_gold_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit status is 2."""
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n")
    assert errors.main([str(path)]) == 2
    assert "gold.jsonl:1" in capsys.readouterr().err
