"""Second coders work blind; how they differ is told in the figures that coders report, and settled in the open."""

import pytest
from reviewed_project import FIRST, claims_of_first

from dateline.errors import ReviewError
from dateline.evaluation.agreement import kappa
from dateline.model import Claim
from dateline.reviews import (
    Accept,
    AddClaim,
    Assign,
    Correct,
    Decision,
    Finish,
    Reject,
    Undo,
    agreement,
    assignments,
    audit,
    compare_layers,
    decide,
    history,
    layer_claims,
    settle,
)
from dateline.store import Project
from dateline.testing import span_of


@pytest.fixture
def report(project: Project, attack: Claim) -> str:
    """The first report, given to two coders."""
    for coder in ("Cleo", "Dan"):
        decide(project, Assign(report=attack.report_id, coder=coder), reviewer="admin")
    return attack.report_id


def finish(project: Project, report: str, *coders: str) -> None:
    for coder in coders:
        decide(project, Finish(report=report), reviewer=coder, layer=coder)


def test_blind_decisions_leave_the_record_in_force_as_it_is(project: Project, report: str, attack: Claim) -> None:
    """And each coder sees the engine's claims with the own decisions alone."""
    decide(project, Correct(claim=attack.id, field="certainty", value="denied"), reviewer="Cleo", layer="Cleo")
    decide(project, Correct(claim=attack.id, field="certainty", value="alleged"), reviewer="Ana")
    assert project.claim(attack.id).claim.certainty == "alleged"
    assert [c.certainty for c in layer_claims(project, report, "Cleo")] == ["denied", "stated"]
    assert [c.certainty for c in layer_claims(project, report, "Dan")] == ["stated", "stated"]
    assert len(history(project)) == 3  # two assignments and the open decision
    assert [row.layer for row in history(project, layer="Cleo")] == ["Cleo"]
    assert not audit(project).faults


def test_a_coder_undoes_the_own_decisions_only(project: Project, report: str, attack: Claim) -> None:
    number = decide(project, Reject(claim=attack.id), reviewer="Cleo", reason="no", layer="Cleo").number
    with pytest.raises(ReviewError, match="belongs to the coding of Cleo"):
        decide(project, Undo(number=number), reviewer="Dan", layer="Dan")
    with pytest.raises(ReviewError, match="belongs to the coding of Cleo"):
        decide(project, Undo(number=number), reviewer="Ana")
    decide(project, Undo(number=number), reviewer="Cleo", layer="Cleo")
    assert len(layer_claims(project, report, "Cleo")) == 2


def test_a_report_can_be_coded_from_the_bare_text(project: Project, attack: Claim) -> None:
    decide(project, Assign(report=attack.report_id, coder="Cleo", start="nothing"), reviewer="admin")
    assert layer_claims(project, attack.report_id, "Cleo") == []
    span = span_of(FIRST, "Eight villagers were wounded")
    values = {"kind": "incident", "event_type": "other", "evidence": [[span.start, span.end]]}
    decide(project, AddClaim(report=attack.report_id, values=values), reviewer="Cleo", layer="Cleo")
    assert [c.event_type for c in layer_claims(project, attack.report_id, "Cleo")] == ["other"]
    assert len(list(project.claims())) == 4


def test_only_reports_that_both_finished_are_compared(project: Project, report: str, attack: Claim) -> None:
    decide(project, Correct(claim=attack.id, field="certainty", value="denied"), reviewer="Cleo", layer="Cleo")
    finish(project, report, "Cleo")
    assert compare_layers(project, "Cleo", "Dan") == []
    finish(project, report, "Dan")
    [difference] = compare_layers(project, "Cleo", "Dan")
    assert (difference.field, difference.values) == ("certainty", ("denied", "stated"))
    assert {a.coder: bool(a.finished) for a in assignments(project)} == {"Cleo": True, "Dan": True}
    with pytest.raises(ReviewError, match="is not assigned to Eve"):
        decide(project, Finish(report=report), reviewer="Eve", layer="Eve")


def test_settling_makes_an_ordinary_review_with_both_values_as_reason(
    project: Project, report: str, attack: Claim, raid: Claim
) -> None:
    decisions: list[Decision] = [
        Correct(claim=attack.id, field="kind", value="forecast"),
        Correct(claim=attack.id, field="figures", n=0, value=None),
        Reject(claim=raid.id),
    ]
    for decision in decisions:
        decide(project, decision, reviewer="Cleo", reason="I read it so", layer="Cleo")
    finish(project, report, "Cleo", "Dan")
    kind, figures, presence = compare_layers(project, "Cleo", "Dan")
    assert (kind.field, figures.field, presence.field, presence.second) == ("kind", "figures", None, raid.id)
    for difference in (kind, figures, presence):
        settle(project, difference, "first", reviewer="Ana", reason="Cleo is right")
    assert [c.kind for c in layer_claims(project, report, None)] == ["forecast"]
    assert project.claim(attack.id).claim.figures == ()
    [change] = [row for row in history(project, attack.id) if row.field == "kind"]
    assert change.reason == 'settled for Cleo (Cleo: "forecast"; Dan: "incident"): Cleo is right'
    assert settle(project, kind, "first", reviewer="Ana") is None  # it is so already


def test_agreement_is_told_as_kappa_and_f1(project: Project, report: str, attack: Claim, raid: Claim) -> None:
    decide(project, Correct(claim=attack.id, field="certainty", value="denied"), reviewer="Cleo", layer="Cleo")
    decide(project, Correct(claim=raid.id, field="figures", n=0, value=None), reviewer="Cleo", layer="Cleo")
    decide(project, Accept(claim=raid.id), reviewer="Dan", layer="Dan")
    finish(project, report, "Cleo", "Dan")
    found = agreement(project, "Cleo", "Dan")
    assert (found.reports, found.claims.f1) == (1, 1.0)
    assert (found.fields["certainty"].agree, found.fields["certainty"].kappa) == (0.5, 0.0)
    assert found.fields["event_type"].kappa == 1.0
    assert (found.sets["figures"].first, found.sets["figures"].second) == (2, 3)
    assert found.sets["figures"].f1 == pytest.approx(0.8)
    assert len(claims_of_first()) == 2


def test_kappa_is_that_of_the_textbook() -> None:
    """Fifty papers, two readers: 20 both yes, 15 both no, 5 and 10 apart: agreement .7, by chance .5, kappa .4."""
    values = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    found = kappa(values)
    assert found is not None
    assert (found.agree, found.chance, found.kappa) == pytest.approx((0.7, 0.5, 0.4))
    assert kappa([("a", "a")] * 3).kappa is None  # type: ignore[union-attr]  # chance alone agrees always
    assert kappa([]) is None
