"""Coding blind: no page, part, call or export shows a coder what the engine or others made of the report in hand."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from at_work import Client, SignIn

from dateline.exports.known import EXPORTS
from dateline.reviews import Accept, AcceptLink, Assign, Comment, Correct, Finish, GradeClaim, decide
from dateline.store import open_project
from dateline.workbench.guarded import api_routes
from dateline.workbench.pages import ROUTERS

HTML = {"accept": "text/html"}
OPEN_TO_ALL = ("/sign-in",)
SAID = "only residents were asked"


class Given(NamedTuple):
    """A report that the editor edda codes blind from nothing; `claims` are those of the engine, `events` hold them."""

    edda: Client
    report: str
    claims: tuple[str, ...]
    summaries: tuple[str, ...]
    events: tuple[str, ...]
    other: str  # a claim of another report, in one of the events


@pytest.fixture
def given(signed_in: SignIn, project: Path) -> Given:
    """The newspaper's report; others accepted its clash and commented on it."""
    with open_project(project) as opened:
        report = next(r.id for r in opened.reports() if r.publisher == "The Courier")
        claims = opened.reading(report).claims
        events = [event for event in opened.events() if set(event.claims) & {c.id for c in claims}]
        others = {claim for event in events for claim in event.claims}
        other = min(others - {c.id for c in claims})
        decide(opened, Accept(claim=claims[0].id), reviewer="cora")
        decide(opened, Comment(subject=claims[0].id, text=SAID), reviewer="cora")
        decide(opened, GradeClaim(claim=claims[0].id, grade=2), reviewer="cora", reason=SAID)
        decide(opened, AcceptLink(claim=claims[0].id, event=events[0].id), reviewer="cora", reason=SAID)
        decide(opened, Assign(report=report, coder="edda", start="nothing"), reviewer="ada")
    return Given(
        signed_in("edda"), report, tuple(c.id for c in claims), tuple(c.summary for c in claims), tuple(e.id for e in events),
        other,
    )  # fmt: skip


def paths(given: Given, path: str) -> list[str]:
    """The addresses of a route, with every claim, event, and export that it can be asked for."""
    filled = [path.replace("{report_id}", given.report)]
    for name, values in (
        ("{claim_id}", (*given.claims, given.other)),
        ("{event_id}", given.events),
        ("{name}", sorted(EXPORTS)),
        ("{job_id}", ("none",)),
    ):
        filled = [one.replace(name, value) for one in filled for value in (values if name in one else ("",))]
    asked = [
        "", "?blind=true", "?words=Torbal", "?words=Dune", f"?report={given.report}", f"?subject={given.claims[0]}",
        "?what=links", "?what=contradictions", "?publisher=The+Courier", "?place=Torbal", "?first=edda&second=edda",
    ]  # fmt: skip
    return [one + query for one in filled for query in (asked if not path.startswith("/export/") else ("", "?place=Torbal"))]


def gets() -> list[str]:
    return sorted(r.path for r in api_routes(ROUTERS) if "GET" in (r.methods or ()) and r.path not in OPEN_TO_ALL)


@pytest.mark.parametrize("path", gets())
def test_no_address_shows_a_blind_coder_what_others_made_of_the_report(given: Given, path: str) -> None:
    """Every route that can be read, with every claim and event of the report, as whoever codes the report sees it."""
    for asked in paths(given, path):
        answer = given.edda.get(asked, headers=HTML)
        assert answer.status_code < 500, asked
        told = answer.text.replace(asked.replace("&", "&amp;"), "")
        told = re.sub(r'value="[^"]*"', "", told)  # what was asked for stands in the form again
        for words in (*given.summaries, SAID):
            assert words not in told, asked
        if path not in ("/history", "/claims/{claim_id}"):
            assert not [claim for claim in given.claims if f"/claims/{claim}" in told or f'data-claim="{claim}"' in told], asked


def test_others_go_on_seeing_it(given: Given, signed_in: SignIn) -> None:
    """The rule is about one coder and one report; what it hides is there."""
    ada = signed_in("ada")
    assert given.summaries[0] in ada.get(f"/reports/{given.report}", headers=HTML).text
    assert SAID in ada.get(f"/claims/{given.claims[0]}/card", headers=HTML).text
    assert ada.get(f"/events/{given.events[0]}", headers=HTML).status_code == 200
    assert ada.get(f"/api/claims/{given.claims[0]}/around").status_code == 200


def test_an_event_that_holds_the_reports_claim_is_refused_and_left_out_with_a_word(given: Given) -> None:
    """Its figures would tell.  The list says what it leaves out."""
    assert given.edda.get(f"/events/{given.events[0]}", headers=HTML).status_code == 403
    page = given.edda.get("/events", headers=HTML).text
    assert not [event for event in given.events if event in page]
    assert "without 1 report that you code blind" in page


def test_the_report_opens_again_once_it_is_finished(given: Given, project: Path) -> None:
    with open_project(project) as opened:
        decide(opened, Finish(report=given.report), reviewer="edda", layer="edda")
    assert given.edda.get(f"/events/{given.events[0]}", headers=HTML).status_code == 200
    assert given.summaries[0] in given.edda.get(f"/reports/{given.report}", headers=HTML).text


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_an_export_holds_no_item_that_its_requester_may_not_see(given: Given, name: str) -> None:
    """Files of claims and events leave the report out; those of the whole project are refused."""
    answer = given.edda.get(f"/export/{name}")
    if EXPORTS[name].table == "project":
        assert answer.status_code == 403
        return
    assert answer.status_code == 200
    plain = contents(answer.content)
    assert not [claim for claim in given.claims if claim.encode() in plain]
    assert not [words for words in given.summaries if words.encode() in plain]
    assert not [event for event in given.events if event.encode() in plain and EXPORTS[name].table == "events"]


def contents(file: bytes) -> bytes:
    """The bytes of a file, and of all files in it where it is an archive."""
    import io
    import zipfile

    if not zipfile.is_zipfile(io.BytesIO(file)):
        return file
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return b"\n".join(contents(archive.read(name)) for name in archive.namelist())


def decisions(given: Given, project: Path) -> list[dict[str, Any]]:
    with open_project(project) as opened:
        opposed = opened.event(given.events[0]).event.contradictions
    settled = [
        {"action": "resolve", "event": given.events[0], "field": one.field, "value": one.sides[0][0]} for one in opposed[:1]
    ]
    return [
        {"action": "accept", "claim": given.claims[0]},
        {"action": "reject", "claim": given.claims[0]},
        {"action": "add_claim", "report": given.report, "values": {"kind": "assessment", "evidence": [[0, 5]]}},
        {"action": "not_this_event", "claim": given.other, "event": given.events[0]},
        *({"action": "undo", "number": number} for number in (1, 2, 3, 4)),
        *settled,
    ]


def test_no_decision_in_force_about_it_is_taken_from_whoever_codes_it_blind(given: Given, project: Path) -> None:
    """A decision's answer and its refusals would tell what is in force."""
    for decision in decisions(given, project):
        answer = given.edda.ask("/api/decisions", {"decision": decision, "reason": "because"})
        assert answer.status_code == 403, decision
    bulk = {"claims": [{"claim": given.claims[0], "revision": 1}]}
    assert given.edda.ask("/api/decisions/bulk", bulk).status_code == 403
    words = {"claim": given.claims[0], "field": "places", "start": 0, "end": 6}
    assert given.edda.ask("/api/suggest", words).status_code == 403
    assert given.edda.ask("/api/revert", {"claim": given.claims[0], "number": 0}).status_code == 403


def test_a_coder_who_begins_with_the_engines_reading_sees_it_without_what_people_said(signed_in: SignIn, project: Path) -> None:
    """The own card and what corrections are chosen from are those of the coder's layer."""
    with open_project(project) as opened:
        report = next(r.id for r in opened.reports() if r.publisher == "The Courier")
        claim = opened.reading(report).claims[0].id
        decide(opened, Comment(subject=claim, text=SAID), reviewer="cora")
        decide(opened, Correct(claim=claim, field="certainty", value="denied"), reviewer="cora")
        decide(opened, Assign(report=report, coder="carl", start="engine"), reviewer="edda")
    carl = signed_in("carl")
    card = carl.get(f"/claims/{claim}/card?blind=true", headers=HTML).text
    assert "12 Red Dune fighters" in card
    assert SAID not in card
    assert "denied" not in card
    around = carl.get(f"/api/claims/{claim}/around?blind=true").json()
    assert (around["event"], around["alike"], around["contradictions"]) == (None, [], [])
    assert len(around["siblings"]) == 1


def test_no_count_tells_a_blind_coder_of_links_and_contradictions_with_the_report(given: Given, signed_in: SignIn) -> None:
    """The event that holds the report's claim is the only one with links and a contradiction: others see them counted."""

    def counts(client: Client) -> list[str]:
        return re.findall(r'class="number">([\d,]+)<', client.get("/queue", headers=HTML).text)

    assert counts(given.edda)[1:] == ["0", "0"]
    assert counts(signed_in("ada"))[2] != "0"
