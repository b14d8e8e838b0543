"""The best number of an event, by the rule that a project chose."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told import lineage_of, row_of, says

from dateline.events.best import BEST_RULES
from dateline.events.facts import Incident
from dateline.events.tolls import event_figures
from dateline.events.totals import event_totals
from dateline.model import BestRule, EventFigure, EventRow, Figure, Grades, tellings
from dateline.model.codebook import SourceType
from dateline.testing import killed, make_event, make_figure

POLICE = says(killed(12), by="Torbal police", kind="police", day="2024-03-05", paper="Radio Lac")
PAPER = says(killed(17), day="2024-03-07", paper="Echo")
HOSPITAL = says(killed(9), by="Torbal hospital", kind="official", day="2024-03-06", paper="Post")
SAID = (POLICE, PAPER, HOSPITAL)


def the_figure(
    *incidents: Incident, best: BestRule = "most-trusted", copies: tuple[tuple[Incident, ...], ...] = ()
) -> EventFigure:
    (figure,) = event_figures(incidents, lineage_of(incidents, *copies), best)
    return figure


@pytest.mark.parametrize(("rule", "best"), [("most-trusted", 12), ("latest", 17), ("lowest", 9), ("median", 12)])
def test_a_project_chooses_which_number_is_best(rule: BestRule, best: float) -> None:
    """Police 12, a paper two days later 17, a hospital 9: the range is the same for each rule, the best is not."""
    figure = the_figure(*SAID, best=rule)
    assert (figure.low, figure.best, figure.high) == (9, best, 17)


def test_the_rule_is_told_with_the_number() -> None:
    assert the_figure(*SAID, best="latest").rule == "the latest of the figures of 3 claims: type media, published 2024-03-07"
    assert the_figure(*SAID, best="median").rule.startswith("the median of 3 independent voices")
    assert the_figure(POLICE, best="median").rule == "the only figure, from a source of type police"


def test_a_number_that_a_later_one_took_the_place_of_is_not_the_best() -> None:
    """Police say eight and at least nine on the day; a day later an official says that the toll has risen to 12."""
    eight = says(killed(8), by="Torbal police", kind="police", paper="Radio Lac")
    nine = says(killed(9, high=None, words="at least nine"), by="Torbal police", kind="police", paper="Post")
    risen = says(
        killed(12), by="Torbal hospital", kind="official", day="2024-03-06", told="The toll has risen to 12.", paper="Echo"
    )
    figure = the_figure(eight, nine, risen)
    assert (figure.low, figure.best, figure.high) == (8, 12, 12)
    assert figure.rule.startswith("the latest figure of the best-placed of 3 claims, 2 of them out of date: type official")
    assert the_figure(eight, nine, risen, best="lowest").best == 8


def test_what_people_grade_goes_before_the_type_of_source() -> None:
    """A paper graded A goes before the police, whom nobody graded; one graded E behind everybody; a claim's own grade first."""
    for grades, best in (
        ({PAPER: Grades(reliability="A")}, 17),
        ({POLICE: Grades(reliability="E")}, 9),
        ({PAPER: Grades(reliability="A"), HOSPITAL: Grades(credibility="1")}, 9),
        ({PAPER: Grades(reliability="A", credibility="5")}, 12),
        ({POLICE: Grades(), PAPER: Grades(reliability="F", credibility="6")}, 12),
    ):
        given = {incident.claim.id: grade for incident, grade in grades.items()}
        [figure] = event_figures(SAID, lineage_of(SAID), grades=given)
        [total] = event_totals(SAID, lineage_of(SAID), grades=given)
        assert (figure.best, total.best) == (best, best)
    assert event_figures(SAID, grades={PAPER.claim.id: Grades("A", "2")})[0].rule.endswith(
        "type media, graded A2, published 2024-03-07"
    )


def test_grades_mean_nothing_to_the_other_rules() -> None:
    given = {PAPER.claim.id: Grades(reliability="A", credibility="1")}
    assert [event_figures(SAID, best=rule, grades=given)[0].best for rule in ("latest", "lowest", "median")] == [17, 9, 12]


def test_the_median_of_two_is_the_lower() -> None:
    """An average of two numbers would be a number that nobody told."""
    assert the_figure(POLICE, PAPER, best="median").best == 12


def test_copies_of_one_text_are_one_voice_in_the_median() -> None:
    """Three papers print one agency's 17; a hospital says 9, a paper of its own 12: the median is 12, not 17."""
    copies = tuple(says(killed(17), paper=paper) for paper in ("Echo", "Herald", "Star"))
    own = says(killed(12), paper="Radio Lac")
    assert the_figure(*copies, own, HOSPITAL, best="median").best == 17
    assert the_figure(*copies, own, HOSPITAL, best="median", copies=(copies,)).best == 12


def test_one_body_in_many_papers_is_one_voice_with_its_last_number() -> None:
    papers = [says(killed(n), by="Torbal police", kind="police", day=day, paper=paper) for n, day, paper in
              ((5, "2024-03-05", "Echo"), (5, "2024-03-05", "Post"), (8, "2024-03-08", "Star"))]  # fmt: skip
    assert the_figure(*papers, HOSPITAL, PAPER, best="median").best == 9


def test_owners_of_the_dead_are_kept_apart() -> None:
    """Two soldiers of the one army and three of the other are two figures; where one owner is named, all is one figure."""
    both = says(killed(2, "security_force", of="Malian army"), killed(3, "security_force", of="Nigerien army"))
    figures = event_figures([both])
    assert [(figure.of, figure.best) for figure in figures] == [("Malian army", 2), ("Nigerien army", 3)]
    owned, bare = says(killed(2, "security_force", of="Malian army")), says(killed(3, "security_force"), paper="Post")
    (figure,) = event_figures([owned, bare])
    assert (figure.of, figure.low, figure.high) == ("Malian army", 2, 3)


def test_fused_counts_stay_fused() -> None:
    """ "15 killed and arrested" is no number of dead."""
    fused = says(make_figure(15, "killed+arrested", "militant"))
    assert [figure.measure for figure in event_figures([fused])] == ["killed+arrested"]
    assert event_totals([fused]) == ()


def test_each_number_says_who_tells_it_when_and_by_which_chain() -> None:
    rows = (row_of(killed(12), by="Torbal police", kind="police", paper="Radio Lac"), row_of(killed(17), day="2024-03-07"))
    said = [says(killed(12), by="Torbal police", kind="police", paper="Radio Lac"), says(killed(17), day="2024-03-07")]
    row = EventRow(make_event([row.claim for row in rows], figures=event_figures(said)), rows)
    told = tellings(row.event.figures[0], row, {rows[0].report.id: "one", rows[1].report.id: "two"})
    assert [(one.words, one.chain, one.lineage) for one in told] == [
        ("17", ("Echo",), "two"),
        ("12", ("Torbal police", "Radio Lac"), "one"),
    ]


BOUNDS = st.tuples(st.none() | st.integers(0, 50), st.none() | st.integers(0, 50), st.none() | st.integers(0, 50)).filter(
    lambda three: any(n is not None for n in three)
)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Any figure of killed persons, its bounds in order."""
    three = draw(BOUNDS)
    known = iter(sorted(n for n in three if n is not None))
    low, best, high = (None if n is None else float(next(known)) for n in three)
    counted = draw(st.sampled_from(["person", "civilian", "militant", "militant_leader", "security_force", "prisoner"]))
    owner = draw(st.sampled_from([None, None, "Malian army", "JNIM"]))
    return killed(best, counted, low=low, high=high, of=owner, part_of=draw(st.sampled_from([None, None, None, "5"])), words="n")


@st.composite
def incidents(draw: st.DrawFn) -> list[Incident]:
    """Claims of several voices, of which some copy others."""
    kinds: list[SourceType] = ["police", "media", "witness", "anonymous"]
    return [
        says(
            *draw(st.lists(figures(), min_size=1, max_size=4)),
            by=draw(st.sampled_from(["", "police", "hospital"])),
            kind=draw(st.sampled_from(kinds)),
            day=draw(st.sampled_from([None, "2024-03-05", "2024-03-06"])),
            paper=f"Paper {n}",
        )
        for n in range(draw(st.integers(1, 4)))
    ]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(incidents(), st.sampled_from(BEST_RULES))
def test_low_best_and_high_are_in_order_whatever_is_said(said: list[Incident], rule: BestRule) -> None:
    """By every rule, for figures and totals; a figure's best is a number that somebody gives; no order of claims matters."""
    lineage = lineage_of(said, said[:2])
    made = (*event_figures(said, lineage, rule), *event_totals(said, lineage, rule))
    for figure in made:
        known = [n for n in (figure.low, figure.best, figure.high) if n is not None]
        assert known == sorted(known)
    for figure in event_figures(said, lineage, rule):
        assert figure.best in {one.best for incident in said for one in incident.claim.figures}
    turned = said[::-1]
    assert (*event_figures(turned, lineage, rule), *event_totals(turned, lineage, rule)) == made


@given(incidents())
def test_a_total_is_no_sum_over_claims(said: list[Incident]) -> None:
    """No total is higher than what the claim with most can add up to."""
    for figure in event_totals(said):
        most = max(sum(max(n for n in (f.low, f.best, f.high) if n is not None) for f in i.claim.figures) for i in said)
        assert max((n for n in (figure.low, figure.best, figure.high) if n is not None), default=0) <= most
