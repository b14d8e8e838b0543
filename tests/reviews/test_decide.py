"""Decisions change the record as they say, and nothing that was decided is lost."""

from typing import Any

import pytest
from reviewed_project import FIRST, SECOND

from dateline.errors import DatelineError
from dateline.model import Claim, Span
from dateline.reviews import (
    Accept,
    AcceptLink,
    AddClaim,
    Comment,
    ConflictError,
    Correct,
    Decision,
    GradeClaim,
    GradeSource,
    Merge,
    NotThisEvent,
    Part,
    Redo,
    Reject,
    ReviewError,
    SameEvent,
    Split,
    Undo,
    audit,
    claim_view,
    decide,
    decide_all,
    history,
    revert,
    source_grade,
    statuses,
)
from dateline.store import Project, dump
from dateline.store import tables as t
from dateline.testing import span_of

WOUNDED = {"best": 30, "high": 30, "measure": "wounded", "object": "security_force"}


def at(words: str, text: str = FIRST) -> list[int]:
    span = span_of(text, words)
    return [span.start, span.end]


BACKWARDS = {"start": "2022-03-07", "end": "2022-03-01", "span": at("on Monday")}


def ids(project: Project) -> set[str]:
    return {claim.id for claim, _ in project.claims()}


def test_a_correction_is_in_force_at_once_and_the_engines_value_stays(project: Project, attack: Claim) -> None:
    """The tables hold what the person said; the engine's record is kept beside it."""
    decided = decide(
        project, Correct(claim=attack.id, field="figures", n=0, value=WOUNDED | {"span": at("almost 30")}), reviewer="Ana"
    )
    claim = project.claim(attack.id).claim
    assert [(f.measure, f.words) for f in claim.figures] == [("wounded", "almost 30")]
    assert "up to 30 wounded" in claim.summary
    assert claim.grounds[-1].rule == f"review:{decided.number}"
    assert claim_view(project, attack.id).engine == attack
    assert not audit(project).faults


def test_undo_gives_back_the_engines_record(project: Project, attack: Claim, raid: Claim) -> None:
    """Every decision can be undone, and then the claims are what the engine read, to the last ground."""
    before = [claim for claim, _ in project.claims()]
    police, cars = Span(*at("Police arrested five men")), Span(*at("seized two cars"))
    decisions: list[tuple[Decision, str | None]] = [
        (Accept(claim=attack.id), None),
        (Correct(claim=attack.id, field="certainty", value="alleged"), None),
        (Reject(claim=raid.id), "no claim at all"),
        (Split(claim=raid.id, parts=(Part(evidence=(police,), figures=(0,)), Part(evidence=(cars,), figures=(1,)))), None),
        (Merge(claims=(attack.id, raid.id)), None),
        (
            AddClaim(
                report=attack.report_id, values={"kind": "incident", "event_type": "other", "evidence": [at("Eight villagers")]}
            ),
            None,
        ),
    ]
    for decision, reason in decisions:
        decided = decide(project, decision, reviewer="Ana", reason=reason)
        assert not audit(project).faults
        decide(project, Undo(number=decided.number), reviewer="Ben")
        assert [claim for claim, _ in project.claims()] == before
        assert not audit(project).faults


def test_redo_gives_the_decision_back_and_an_undone_undo_too(project: Project, attack: Claim) -> None:
    number = decide(project, Correct(claim=attack.id, field="certainty", value="alleged"), reviewer="Ana").number
    undo = decide(project, Undo(number=number), reviewer="Ana").number
    decide(project, Redo(number=number), reviewer="Ana")
    assert project.claim(attack.id).claim.certainty == "alleged"
    decide(project, Undo(number=number), reviewer="Ana")
    decide(project, Undo(number=undo + 2), reviewer="Ana")
    assert project.claim(attack.id).claim.certainty == "alleged"
    with pytest.raises(ReviewError, match="stands already"):
        decide(project, Redo(number=number), reviewer="Ana")


def test_an_earlier_decision_can_be_undone_while_later_ones_stand(project: Project, attack: Claim) -> None:
    first = decide(project, Correct(claim=attack.id, field="certainty", value="alleged"), reviewer="Ana").number
    decide(project, Correct(claim=attack.id, field="background", value=True), reviewer="Ben")
    decide(project, Undo(number=first), reviewer="Ana")
    claim = project.claim(attack.id).claim
    assert (claim.certainty, claim.background) == ("stated", True)


def test_what_a_later_decision_stands_on_cannot_be_undone(project: Project, raid: Claim) -> None:
    """The later one would have no claim; it is named."""
    parts = (
        Part(evidence=(Span(*at("Police arrested five men")),), figures=(0,)),
        Part(evidence=(Span(*at("two cars")),), figures=(1,)),
    )
    split = decide(project, Split(claim=raid.id, parts=parts), reviewer="Ana")
    [made] = set(split.claims) - {raid.id}
    later = decide(project, Correct(claim=made, field="event_type", value="seizure"), reviewer="Ana").number
    with pytest.raises(ReviewError, match=f"review {later} stands on review {split.number}; undo that first"):
        decide(project, Undo(number=split.number), reviewer="Ana")
    decide(project, Undo(number=later), reviewer="Ana")
    decide(project, Undo(number=split.number), reviewer="Ana")
    assert project.claim(raid.id).claim == raid


def test_an_item_is_corrected_wherever_it_stands_in_its_list_later(project: Project, raid: Claim) -> None:
    """Undoing the removal of the first figure does not let a correction of the second fall on it."""
    gone = decide(project, Correct(claim=raid.id, field="figures", n=0, value=None), reviewer="Ana").number
    cars = {"low": 2, "best": 2, "high": 2, "measure": "seized", "object": "vehicle", "span": at("two cars")}
    decide(project, Correct(claim=raid.id, field="figures", n=0, value=cars), reviewer="Ana")
    decide(project, Undo(number=gone), reviewer="Ana")
    assert [(f.best, f.measure) for f in project.claim(raid.id).claim.figures] == [(5.0, "killed"), (2.0, "seized")]


def test_a_rejected_claim_is_gone_from_claims_and_events_and_still_found(project: Project, attack: Claim) -> None:
    decide(project, Reject(claim=attack.id), reviewer="Ana", reason="the sentence is about last year")
    assert attack.id not in ids(project)
    assert all(attack.id not in event.claims for event in project.events())
    view = claim_view(project, attack.id)
    assert (view.claim, view.engine, view.status.name) == (None, attack, "rejected")


def test_a_split_gives_every_figure_a_claim(project: Project, raid: Claim) -> None:
    """No figure is dropped in silence; the first part keeps the id."""
    police, cars = (Span(*at(words)) for words in ("Police arrested five men", "seized two cars in Ostra"))
    with pytest.raises(ReviewError, match="no part has the figure 'two cars'"):
        decide(
            project, Split(claim=raid.id, parts=(Part(evidence=(police,), figures=(0,)), Part(evidence=(cars,)))), reviewer="A"
        )
    parts = (Part(evidence=(police,), figures=(0,)), Part(evidence=(cars,), figures=(1,), event_type="seizure"))
    made = [i for i in decide(project, Split(claim=raid.id, parts=parts), reviewer="A").claims if i != raid.id]
    first, second = project.claim(raid.id).claim, project.claim(made[0]).claim
    assert [f.words for f in (*first.figures, *second.figures)] == ["five men", "two cars"]
    assert (first.event_type, second.event_type) == ("arrest", "seizure")


def test_merged_claims_keep_all_figures_and_the_first_id(project: Project, attack: Claim, raid: Claim) -> None:
    decide(project, Merge(claims=(attack.id, raid.id)), reviewer="Ana")
    claim = project.claim(attack.id).claim
    assert [f.words for f in claim.figures] == ["almost 30 soldiers", "five men", "two cars"]
    assert raid.id not in ids(project)
    assert statuses(project, [raid.id])[raid.id].name == "merged"


def test_a_claim_that_the_engine_missed_is_added_with_its_evidence(project: Project, attack: Claim) -> None:
    values: dict[str, Any] = {
        "kind": "incident",
        "event_type": "attack_on_civilians",
        "evidence": [at("Eight villagers were wounded, a doctor said.")],
        "figures": [{"low": 8, "best": 8, "high": 8, "measure": "wounded", "object": "civilian", "words": "Eight villagers"}],
        "source": {"role": "doctor", "type": "witness", "spans": [at("a doctor said")]},
    }
    decided = decide(project, AddClaim(report=attack.report_id, values=values), reviewer="Ana")
    claim = project.claim(decided.claims[0]).claim
    assert claim.figures[0].span == Span(*at("Eight villagers"))
    assert claim_view(project, claim.id).status.name == "added"
    assert not audit(project).faults


def test_who_was_slower_is_told_and_nothing_is_written_over(project: Project, attack: Claim) -> None:
    """A decision on a record that another person has changed meanwhile is refused."""
    decide(project, Correct(claim=attack.id, field="certainty", value="alleged"), reviewer="Ana", based_on={attack.id: 0})
    with pytest.raises(ConflictError, match="Ana has reviewed") as refused:
        decide(project, Correct(claim=attack.id, field="certainty", value="denied"), reviewer="Ben", based_on={attack.id: 0})
    assert (refused.value.subject, refused.value.revision, refused.value.by) == (attack.id, 1, "Ana")
    assert project.claim(attack.id).claim.certainty == "alleged"
    decide(project, Correct(claim=attack.id, field="certainty", value="denied"), reviewer="Ben", based_on={attack.id: 1})


def test_a_bulk_of_decisions_is_kept_whole_or_not_at_all(project: Project, attack: Claim, raid: Claim) -> None:
    with pytest.raises(ReviewError, match="no claim c-none"):
        decide_all(project, [Accept(claim=attack.id), Accept(claim="c-none")], reviewer="Ana")
    assert not project.reviews()
    decided = decide_all(project, [Accept(claim=attack.id), Accept(claim=raid.id)], reviewer="Ana")
    assert [d.number for d in decided] == [1, 2]


def test_parted_and_joined_claims_are_linked_so(project: Project, attack: Claim, raid: Claim, later: Claim) -> None:
    """Links that a person decided about hold whatever the scores say, and undo gives the score its say again."""
    event = project.event_of()[attack.id]
    parted = decide(project, NotThisEvent(claim=attack.id, event=event), reviewer="Ana").number
    assert project.event_of()[attack.id] != project.event_of()[later.id]
    decide(project, Undo(number=parted), reviewer="Ana")
    assert project.event_of()[attack.id] == project.event_of()[later.id]
    decide(project, SameEvent(claims=(attack.id, raid.id)), reviewer="Ana")
    assert project.event_of()[attack.id] == project.event_of()[raid.id]
    assert not project.link_decisions().forbidden


def test_a_link_that_was_accepted_is_one_that_stays(project: Project, attack: Claim, later: Claim) -> None:
    decide(project, AcceptLink(claim=attack.id, event=project.event_of()[attack.id]), reviewer="Ana")
    [pair] = project.link_decisions().forced
    assert set(pair) == {attack.id, later.id}


def test_grades_are_set_by_people_with_a_name_and_a_reason(project: Project, attack: Claim) -> None:
    """F and 6 until somebody says otherwise; undo gives back the grade before."""
    with project.reading_tables() as connection:
        source = connection.execute(t.sources.select()).first()
    assert source is not None
    assert source_grade(project, source.id).grade == "F"
    decide(project, GradeSource(source=source.id, grade="C"), reviewer="Ana", reason="was right about Ostra")
    again = decide(project, GradeSource(source=source.id, grade="B"), reviewer="Ben").number
    assert source_grade(project, source.id).grade == "B"
    decide(project, Undo(number=again), reviewer="Ana")
    grade = source_grade(project, source.id)
    assert (grade.grade, grade.by, grade.reason) == ("C", "Ana", "was right about Ostra")
    decide(project, GradeClaim(claim=attack.id, grade=2), reviewer="Ana")
    assert claim_view(project, attack.id).credibility.grade == "2"


def test_grades_choose_the_best_number_of_an_event(project: Project, attack: Claim, later: Claim) -> None:
    """The army's "almost 30" is best until somebody trusts the other report; undone, it is best again."""

    def best() -> tuple[float | None, str]:
        [figure] = project.event(project.event_of()[attack.id]).event.figures
        return figure.best, figure.rule

    with project.reading_tables() as connection:
        source = connection.execute(t.claims.select().where(t.claims.c.id == later.id)).one().source_id
    assert best()[0] == 30
    graded = decide(project, GradeSource(source=source, grade="B"), reviewer="Ana").number
    assert best()[0] == 25
    assert "graded B6" in best()[1]
    decide(project, Undo(number=graded), reviewer="Ana")
    assert best()[0] == 30
    decide(project, GradeClaim(claim=attack.id, grade=5), reviewer="Ana")
    assert best()[0] == 25


def test_comments_stay_beside_the_record(project: Project, attack: Claim) -> None:
    before = [claim for claim, _ in project.claims()]
    decide(project, Comment(subject=attack.id, text="ask the stringer"), reviewer="Ana")
    assert [r.text for r in claim_view(project, attack.id).comments] == ["ask the stringer"]
    assert [claim for claim, _ in project.claims()] == before
    assert statuses(project, [attack.id])[attack.id].revision == 0


def test_history_tells_who_changed_what_from_what_when_and_why(project: Project, attack: Claim) -> None:
    number = decide(
        project, Correct(claim=attack.id, field="certainty", value="alleged"), reviewer="Ana", reason="'it is said'"
    ).number
    decide(project, Undo(number=number), reviewer="Ben")
    undo, change = history(project, attack.id)
    assert (change.reviewer, change.field, change.before, change.value) == ("Ana", "certainty", "stated", "alleged")
    assert (change.reason, change.engine_value, change.stands, change.undone_by) == ("'it is said'", "stated", False, undo.number)
    assert (undo.action, undo.target) == ("undo", number)
    assert [row.number for row in history(project, reviewer="Ben")] == [undo.number]
    assert history(project, before=number) == []


def test_a_claim_goes_back_to_any_earlier_state(project: Project, attack: Claim) -> None:
    """And from there forward again: reverting is a row like any other."""
    states = [project.claim(attack.id).claim]
    for field, value in (("certainty", "alleged"), ("background", True), ("certainty", "denied")):
        decide(project, Correct(claim=attack.id, field=field, value=value), reviewer="Ana")
        states.append(project.claim(attack.id).claim)
    for number in (1, 3, 0, 2):
        revert(project, attack.id, number, reviewer="Ben")
        assert project.claim(attack.id).claim == states[number]
    with pytest.raises(ReviewError, match="is as it was"):
        revert(project, attack.id, 2, reviewer="Ben")


def figure(**changes: Any) -> dict[str, Any]:
    """A correction of the first figure."""
    return {"field": "figures", "n": 0, "value": WOUNDED | {"span": at("almost 30")} | changes}


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("a number is no truth value", {"field": "background", "value": 1}, "Expected `bool`, got `int`"),
    ("a list is no kind", {"field": "kind", "value": ["incident"]}, "kind"),
    ("a kind of no codebook", {"field": "kind", "value": "rumour"}, "allowed are incident, tally, assessment, forecast"),
    ("a type of no codebook", {"field": "event_type", "value": "drone_war"}, "no event type .* attack_on_civilians"),
    ("a field that claims have not", {"field": "colour", "value": "red"}, "no field 'colour'"),
    ("a field that is nobody's to change", {"field": "id", "value": "c-1"}, "no field 'id'"),
    ("one of a value that is no list", {"field": "kind", "value": "tally", "n": 0}, "is one value and no list"),
    ("an item that is not there", {"field": "figures", "value": None, "n": 7}, "has 1 figures"),
    ("characters beyond the text", {"field": "evidence", "value": [[0, 99_999]]}, "are no characters of the report"),
    ("no evidence at all", {"field": "evidence", "value": []}, "needs evidence"),
    ("bounds upside down", figure(low=40), "go up from 0"),
    ("a figure below nothing", figure(low=-1), "go up from 0"),
    ("a figure without a number", figure(best=None, high=None), "needs a number"),
    ("a measure of no codebook", figure(measure="scared"), "no measure"),
    ("truth for a number", figure(best=True), "got `bool`"),
    ("words that stand elsewhere", figure(words="no"), "the words at 14-23 are 'almost 30'"),
    ("a field of no figure", figure(hat=1), "unknown field"),
    ("an end before the start", {"field": "time", "value": BACKWARDS}, "before it starts"),
    ("a place of no gazetteer", {"field": "places", "n": 0, "value": {"place": "nowhere-1", "span": at("Torbal")}}, "no place"),
    ("an incident without a type", {"field": "event_type", "value": None}, "None is no event type"),
    ("what it is already", {"field": "certainty", "value": "stated"}, "is that already"),
]


@pytest.mark.parametrize(("why", "correction", "message"), BAD, ids=[why for why, _, _ in BAD])
def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(
    project: Project, attack: Claim, why: str, correction: dict[str, Any], message: str
) -> None:
    before = list(dump(project))
    with pytest.raises(ReviewError, match=message):
        decide(project, Correct(claim=attack.id, **correction), reviewer="Ana", reason=why)
    assert list(dump(project)) == before


def test_a_kind_brings_its_fields_along(project: Project, attack: Claim) -> None:
    """An assessment has no event type, and what becomes an incident needs one."""
    decide(project, Correct(claim=attack.id, field="kind", value="assessment"), reviewer="Ana")
    assert project.claim(attack.id).claim.event_type is None
    assert attack.id not in project.event_of()
    with pytest.raises(ReviewError, match="needs an event type, given with the kind"):
        decide(project, Correct(claim=attack.id, field="kind", value="forecast"), reviewer="Ana")
    decide(project, Correct(claim=attack.id, field="kind", value="forecast", also={"event_type": "bombing"}), reviewer="Ana")
    assert project.claim(attack.id).claim.event_type == "bombing"


def test_what_the_text_does_not_hold_needs_a_reason_and_says_so(project: Project, attack: Claim) -> None:
    """Typed words are looked for first; only where they are not there the value is marked."""
    said = Correct(claim=attack.id, field="target", value=[{"name": "army", "words": "the army"}])
    decide(project, said, reviewer="Ana")
    assert claim_view(project, attack.id).unsupported == ()
    unsaid = Correct(claim=attack.id, field="initiator", n=0, value={"name": "Sons of the River", "kind": "armed_group"})
    with pytest.raises(ReviewError, match="give a reason"):
        decide(project, unsaid, reviewer="Ana")
    decide(project, unsaid, reviewer="Ana", reason="they claimed it on Tuesday")
    assert claim_view(project, attack.id).unsupported == ("initiator",)
    assert project.claim(attack.id).claim.initiator[0].span == Span(0, 0)


def test_a_number_that_the_words_do_not_say_needs_a_reason(project: Project, attack: Claim) -> None:
    """ "30" chosen out of "almost 30" is still almost 30."""
    value = {"low": 30, "best": 30, "high": 30, "measure": "killed", "object": "security_force", "span": at("30")}
    with pytest.raises(ReviewError, match="give a reason"):
        decide(project, Correct(claim=attack.id, field="figures", n=0, value=value), reviewer="Ana")
    decide(
        project, Correct(claim=attack.id, field="figures", n=0, value=value), reviewer="Ana", reason="the list of names has 30"
    )
    assert claim_view(project, attack.id).unsupported == ("figures",)


def test_decisions_are_signed(project: Project, attack: Claim) -> None:
    for nobody in ("", "  ", "x" * 200):
        with pytest.raises(ReviewError, match="signed"):
            decide(project, Accept(claim=attack.id), reviewer=nobody)


def test_claims_of_two_reports_are_not_merged(project: Project, attack: Claim, later: Claim) -> None:
    with pytest.raises(ReviewError, match="about the same event"):
        decide(project, Merge(claims=(attack.id, later.id)), reviewer="Ana")


def test_what_a_client_says_of_the_past_is_not_believed(project: Project, attack: Claim) -> None:
    """What the value was, and whether the text supports it, is worked out here."""
    lie = Correct(claim=attack.id, field="certainty", value="alleged", was="denied", unsupported=("kind",))
    decide(project, lie, reviewer="Ana")
    assert history(project, attack.id)[0].before == "stated"
    assert claim_view(project, attack.id).unsupported == ()
    assert isinstance(ReviewError("x"), DatelineError)


def test_places_and_times_of_the_other_report_are_no_words_of_this(project: Project, later: Claim) -> None:
    value = {"start": "2022-03-07", "end": "2022-03-07", "precision": "day", "span": at("on Monday", SECOND)}
    decide(project, Correct(claim=later.id, field="time", value=value | {"precision": "week"}), reviewer="Ana")
    assert project.claim(later.id).claim.time.words == "on Monday"  # type: ignore[union-attr]
