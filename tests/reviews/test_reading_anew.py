"""Decisions survive a newer engine: by the characters, not by the ids; what fits no more is told and kept."""

from collections.abc import Callable, Iterable
from functools import partial

import pytest
from msgspec.structs import replace
from reviewed_project import FIRST, claims_of_first, claims_of_second

from dateline.model import Claim, Reading, Report, Span, claim_id
from dateline.reviews import (
    Accept,
    AddClaim,
    ConflictError,
    Correct,
    NotThisEvent,
    Reject,
    Undo,
    audit,
    claim_view,
    decide,
    history,
    recode_project,
    statuses,
)
from dateline.store import Coder, Project
from dateline.testing import make_reading, span_of

NEWER = Coder("rules", "99")


def moved(claim: Claim, evidence: Span, **changes: object) -> Claim:
    """The claim as a later engine reads it: with other evidence, and so with another id."""
    found = claim_id(claim.report_id, claim.kind, (evidence,))
    return replace(claim, id=found, evidence=(evidence,), **changes)


def engine(*of_first: Claim) -> Callable[[Iterable[Report]], Iterable[Reading]]:
    """An engine that reads these claims in the first report, and the second as before."""

    def read(report: Report) -> Reading:
        return make_reading(report, list(of_first) if report.text == FIRST else claims_of_second())

    return partial(map, read)


@pytest.fixture
def wider() -> Claim:
    """The attack, read from a shorter stretch of the same sentence."""
    return moved(claims_of_first()[0], span_of(FIRST, "Rebels killed almost 30 soldiers near Torbal on Monday"))


def test_a_correction_stays_in_force_on_the_claim_that_a_newer_engine_reads_there(
    project: Project, attack: Claim, raid: Claim, wider: Claim
) -> None:
    decide(project, Correct(claim=attack.id, field="certainty", value="alleged"), reviewer="Ana")
    done = recode_project(project, engine(wider, raid), reviewer="admin", coder=NEWER)
    assert (done.reports, done.new, done.gone, done.carried, done.conflicts) == (2, 1, 1, 1, ())
    assert project.claim(wider.id).claim.certainty == "alleged"
    assert claim_view(project, wider.id).engine == wider
    assert [row.action for row in history(project, wider.id)] == ["recode", "correct"]
    assert not audit(project).faults
    decide(project, Undo(number=1), reviewer="Ben")
    assert project.claim(wider.id).claim == wider
    assert not audit(project).faults


def test_a_corrected_figure_is_found_by_its_characters(project: Project, attack: Claim, raid: Claim, wider: Claim) -> None:
    """Also where the newer engine reads it otherwise, and where it reads none there any more."""
    value = {"best": 30, "high": 30, "measure": "wounded", "object": "security_force", "words": "almost 30 soldiers"}
    decide(project, Correct(claim=attack.id, field="figures", n=0, value=value), reviewer="Ana")
    otherwise = replace(wider.figures[0], object="person", words="almost 30", span=span_of(FIRST, "almost 30"))
    for figures in ((otherwise,), ()):
        recode_project(project, engine(replace(wider, figures=figures), raid), reviewer="admin", coder=NEWER)
        [figure] = project.claim(wider.id).claim.figures
        assert (figure.measure, figure.words) == ("wounded", "almost 30 soldiers")
        assert not audit(project).faults


def test_an_accepted_claim_stays_so_only_where_it_says_the_same(
    project: Project, attack: Claim, raid: Claim, wider: Claim
) -> None:
    decide(project, Accept(claim=attack.id), reviewer="Ana")
    recode_project(project, engine(wider, raid), reviewer="admin", coder=NEWER)
    assert statuses(project, [wider.id])[wider.id].name == "accepted"
    done = recode_project(project, engine(replace(wider, certainty="denied"), raid), reviewer="admin", coder=NEWER)
    assert done.conflicts == (1,)
    assert statuses(project, [wider.id])[wider.id].name == "waiting"
    [row] = history(project, conflicts=True)
    assert (row.number, row.conflict) == (1, "the engine reads another certainty now than was accepted")
    assert not audit(project).faults


def test_a_decision_that_fits_no_claim_is_kept_and_told(project: Project, attack: Claim, raid: Claim) -> None:
    """It comes back by itself when the engine reads the claim again; withdrawn, it is a conflict no more."""
    decide(project, Correct(claim=attack.id, field="certainty", value="alleged"), reviewer="Ana")
    assert recode_project(project, engine(raid), reviewer="admin", coder=NEWER).conflicts == (1,)
    assert "no such claim" in str(history(project, conflicts=True)[0].conflict)
    assert not audit(project).faults
    assert recode_project(project, engine(attack, raid), reviewer="admin", coder=NEWER).conflicts == ()
    assert project.claim(attack.id).claim.certainty == "alleged"
    recode_project(project, engine(raid), reviewer="admin", coder=NEWER)
    decide(project, Undo(number=1), reviewer="Ana")
    assert history(project, conflicts=True) == []
    recode_project(project, engine(attack, raid), reviewer="admin", coder=NEWER)
    assert project.claim(attack.id).claim == attack


def test_rejected_claims_stay_out_and_added_ones_in(project: Project, attack: Claim, raid: Claim, wider: Claim) -> None:
    decide(project, Reject(claim=attack.id), reviewer="Ana", reason="last year")
    evidence = span_of(FIRST, "Eight villagers were wounded")
    values = {"kind": "incident", "event_type": "other", "evidence": [[evidence.start, evidence.end]]}
    [added] = decide(project, AddClaim(report=attack.report_id, values=values), reviewer="Ana").claims
    recode_project(project, engine(wider, raid), reviewer="admin", coder=NEWER)
    assert {claim.id for claim, report in project.claims() if report.text == FIRST} == {raid.id, added}
    assert not audit(project).faults


def test_decisions_made_on_what_the_old_engine_read_are_refused(project: Project, attack: Claim, raid: Claim) -> None:
    """The id is the same, the claim is not: who still looks at the old one is told."""
    recode_project(project, engine(replace(attack, certainty="denied"), raid), reviewer="admin", coder=NEWER)
    with pytest.raises(ConflictError, match="admin"):
        decide(project, Accept(claim=attack.id), reviewer="Ana", based_on={attack.id: 0})


def test_recoding_twice_is_recoding_once(project: Project, attack: Claim, raid: Claim, wider: Claim) -> None:
    """Reviews of a claim under its old and its new name stay together, whatever it is called next."""
    decide(project, Correct(claim=attack.id, field="certainty", value="alleged"), reviewer="Ana")
    recode_project(project, engine(wider, raid), reviewer="admin", coder=NEWER)
    decide(project, Correct(claim=wider.id, field="background", value=True), reviewer="Ben")
    widest = moved(attack, span_of(FIRST, "Rebels killed almost 30 soldiers near Torbal"))
    for _ in range(2):
        recode_project(project, engine(widest, raid), reviewer="admin", coder=NEWER)
        claim = project.claim(widest.id).claim
        assert (claim.certainty, claim.background) == ("alleged", True)
        assert not audit(project).faults


def test_parted_links_stay_parted(project: Project, attack: Claim, raid: Claim, later: Claim, wider: Claim) -> None:
    decide(project, NotThisEvent(claim=attack.id, event=project.event_of()[attack.id]), reviewer="Ana")
    recode_project(project, engine(wider, raid), reviewer="admin", coder=NEWER)
    assert project.link_decisions().forbidden == {(min(wider.id, later.id), max(wider.id, later.id))}
    assert project.event_of()[wider.id] != project.event_of()[later.id]


def test_a_report_that_cannot_be_read_anew_keeps_its_claims(project: Project, attack: Claim) -> None:
    done = recode_project(project, lambda reports: ["the engine stumbled" for _ in reports], reviewer="admin", coder=NEWER)
    assert (done.reports, len(done.failures)) == (0, 2)
    assert project.claim(attack.id).claim == attack
