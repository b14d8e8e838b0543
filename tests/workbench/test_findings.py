"""The classes of findings that penetration tests of such platforms report: each is shown not to be one of ours.

The list is that of the regression tests which a human-rights archive published after its external test, and the class is named
at the head of each test here.
"""

import csv
import io
from pathlib import Path

import pytest
from at_work import WORDS, Client, SignIn
from starlette.routing import Mount

from dateline.errors import ReviewError
from dateline.reviews import Accept, Assign, decide
from dateline.reviews.history import history
from dateline.store import open_project
from dateline.workbench import Settings
from dateline.workbench.access import RIGHTS, Guard
from dateline.workbench.accounts import AccountError, add_account, list_accounts, set_role
from dateline.workbench.guarded import api_routes, check_guarded, guards
from dateline.workbench.pages import ROUTERS
from dateline.workbench.tries import TRIES

HTML = {"accept": "text/html"}


def claims_of(project: Path) -> list[str]:
    with open_project(project) as opened:
        return [row.claim.id for row in opened.claims()]


def reports_of(project: Path) -> list[str]:
    with open_project(project) as opened:
        return [report.id for report in opened.reports()]


def first_claim(project: Path, report_id: str) -> str:
    with open_project(project) as opened:
        return opened.reading(report_id).claims[0].id


def test_every_route_asks_for_a_right() -> None:
    """Class: access checked here and there.  All routes pass the one guard, and one that does not stops the start."""
    assert len(api_routes(ROUTERS)) > 25
    assert all(guards(route) for route in api_routes(ROUTERS) if route.path != "/sign-in")
    from fastapi import APIRouter

    bare = APIRouter()
    bare.add_api_route("/secret", lambda: None)
    with pytest.raises(RuntimeError, match="/secret"):
        check_guarded([bare])


def test_nothing_but_the_sign_in_page_is_there_for_strangers(project: Path) -> None:
    """Class: reading without an account.  Every page sends strangers to sign in, every call answers 401."""
    with open_project(project) as opened:
        add_account(opened, "ada", "admin", WORDS, by="test")
    report, claim = reports_of(project)[0], claims_of(project)[0]
    with Client(project, auth=True) as stranger:
        for route in api_routes(ROUTERS):
            path = route.path.replace("{report_id}", report).replace("{claim_id}", claim)
            for method in route.methods or ():
                if route.path == "/sign-in":
                    continue
                answer = stranger.request(method, path, headers=HTML, follow_redirects=False)
                assert (answer.status_code, method) in ((303, "GET"), (401, "GET"), (401, "POST")), path
                assert "Torbal" not in answer.text


def test_history_is_not_there_for_a_report_that_one_codes_blind(signed_in: SignIn, project: Path) -> None:
    """Class: history endpoint skipping item access."""
    report = reports_of(project)[0]
    claim = first_claim(project, report)
    with open_project(project) as opened:
        decide(opened, Accept(claim=claim), reviewer="cora")
        decide(opened, Assign(report=report, coder="carl", start="engine"), reviewer="edda")
    carl, cora = signed_in("carl"), signed_in("cora")
    assert claim in cora.get("/history", headers=HTML).text
    for path in ("/history", f"/history?subject={claim}", f"/history?report={report}"):
        assert f"/claims/{claim}" not in carl.get(path, headers=HTML).text
    assert carl.get(f"/claims/{claim}/card").status_code == 403
    assert carl.get(f"/reports/{report}", headers=HTML, follow_redirects=False).headers["location"] == f"/coders/reports/{report}"


def test_a_claim_is_not_written_by_its_id_without_the_right(signed_in: SignIn, project: Path) -> None:
    """Class: object-level write by id.  A reader who knows the id of a claim cannot decide about it."""
    claim = claims_of(project)[0]
    reader = signed_in("rita")
    answer = reader.ask("/api/decisions", {"decision": {"action": "accept", "claim": claim}})
    assert answer.status_code == 403
    with open_project(project) as opened:
        assert history(opened) == []


def test_a_coders_layer_holds_only_reports_that_were_given_to_them(signed_in: SignIn, project: Path) -> None:
    """Class: edit not limited to assignee."""
    mine, other = reports_of(project)[:2]
    with open_project(project) as opened:
        decide(opened, Assign(report=mine, coder="carl", start="engine"), reviewer="edda")
        decide(opened, Assign(report=other, coder="cora", start="engine"), reviewer="edda")
    carl = signed_in("carl")
    accept = {"action": "accept", "claim": first_claim(project, mine)}
    foreign = {"action": "accept", "claim": first_claim(project, other)}
    assert carl.ask("/api/decisions", {"decision": accept, "blind": True}).status_code == 200
    assert carl.ask("/api/decisions", {"decision": foreign, "blind": True}).status_code == 403
    assert carl.get(f"/coders/reports/{other}", headers=HTML).status_code == 403
    assert carl.ask("/api/decisions", {"decision": accept}).status_code == 403  # nor in force, while it is coded blind


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "..\\..\\evil.txt", "/etc/cron.d/evil.txt", "a/../../b.txt", "\0evil.txt", ".txt"]
)
def test_an_imported_file_is_kept_under_a_name_of_our_own(client: Client, project: Path, tmp_path: Path, name: str) -> None:
    """Class: path traversal in import file names."""
    before = sorted(p for p in tmp_path.rglob("*") if "dateline.sqlite" not in p.name)
    answer = client.post(
        "/api/reports",
        files=[("files", (name, b"Two men were killed in Torbal on Monday."))],
        headers={"x-dateline-token": client.token()},
    )
    assert answer.status_code in (200, 415)
    assert sorted(p for p in tmp_path.rglob("*") if "dateline.sqlite" not in p.name) == before
    assert not Path("/etc/cron.d/evil.txt").exists()


def test_only_editors_export() -> None:
    """Class: export including items the requester may not see.  An export holds what the project holds: a role of its own."""
    assert [role for role, rights in RIGHTS.items() if "export" in rights] == ["editor", "admin"]


def test_no_account_can_be_made_by_whoever_comes_first(project: Path) -> None:
    """Class: open admin bootstrap.  Without accounts nobody signs in, and no page makes the first one."""
    with Client(project, auth=True) as stranger:
        assert stranger.sign_in("admin", WORDS).status_code == 401
        made = stranger.post("/accounts/add", data={"name": "eve", "role": "admin", "password": WORDS}, follow_redirects=False)
        assert made.status_code == 401
    with open_project(project) as opened:
        assert list_accounts(opened) == []


def test_passwords_cannot_be_guessed_for_long(signed_in: SignIn, project: Path) -> None:
    """Class: login brute force.  After some wrong ones the right one is not taken either, for a while."""
    with Client(project, auth=True) as stranger:
        answers = [stranger.sign_in("ada", f"wrong password {n}").status_code for n in range(TRIES)]
        assert answers == [401] * TRIES
        assert stranger.sign_in("ada", WORDS).status_code == 429


def test_a_text_that_means_harm_stays_text(client: Client, project: Path) -> None:
    """Class: stored XSS through import.  Title, publisher, text and summary come out escaped on every page."""
    with open_project(project) as opened:
        hostile = next(r.id for r in opened.reports() if (r.title or "").startswith("<img"))
    for path in ("/reports", f"/reports/{hostile}", "/queue", "/history", f"/claims/{first_claim(project, hostile)}/card"):
        page = client.get(path, headers=HTML).text
        assert "<img" not in page
        assert "<script>alert" not in page
        assert "<b>Torbal" not in page
    assert "U+202E" in client.get(f"/reports/{hostile}", headers=HTML).text


def test_cells_that_begin_like_formulas_are_not_formulas(project: Path, tmp_path: Path) -> None:
    """Class: formula injection in CSV."""
    from dateline.exports import export_project

    target = tmp_path / "claims.csv"
    with open_project(project) as opened:
        export_project(opened, [target])
    cells = [cell for row in csv.reader(io.StringIO(target.read_text(encoding="utf-8"))) for cell in row]
    assert any("1+1" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")]


@pytest.mark.parametrize(
    "host", ["evil-localhost", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example", "", "localhost@evil"]
)
def test_names_are_compared_whole(client: Client, host: str) -> None:
    """Class: allow-list suffix match.  A name that begins or ends like ours is another name."""
    assert client.get("/reports", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("name", ["a.txt.exe", "a.exe", "a.txt ", "a", "a.jsonl.gz", "a.xls", "a.zip", "a.pdf", "txt"])
def test_file_kinds_are_compared_whole(client: Client, name: str) -> None:
    """Class: allow-list suffix match, legacy .xls parser, unbounded OCR rasterising: such files are not read at all."""
    answer = client.post("/api/reports", files=[("files", (name, b"x"))], headers={"x-dateline-token": client.token()})
    assert answer.status_code == 415


def test_a_bulk_action_touches_only_what_was_on_the_screen(signed_in: SignIn, project: Path) -> None:
    """Class: bulk update touching unseen items.  One that somebody changed meanwhile refuses all; coders have no bulk."""
    claims = claims_of(project)[:3]
    with open_project(project) as opened:
        decide(opened, Accept(claim=claims[1]), reviewer="cora")
    seen = {"claims": [{"claim": claim, "revision": 0} for claim in claims]}
    assert signed_in("carl").ask("/api/decisions/bulk", seen).status_code == 403
    assert signed_in("edda").ask("/api/decisions/bulk", seen).status_code == 409
    with open_project(project) as opened:
        assert len(history(opened)) == 1


def test_readers_do_not_learn_who_the_analysts_are(signed_in: SignIn, project: Path) -> None:
    """Class: user names leaked in lists."""
    claim = claims_of(project)[0]
    with open_project(project) as opened:
        decide(opened, Accept(claim=claim), reviewer="cora")
    rita = signed_in("rita")
    for path in ("/history", "/history?reviewer=cora", f"/claims/{claim}/card", "/reports"):
        page = rita.get(path, headers=HTML).text
        assert "cora" not in page.replace('value="cora"', "")
    assert rita.get("/accounts", headers=HTML).status_code == 403
    assert signed_in("carl").get("/accounts", headers=HTML).status_code == 403


def test_a_wrong_name_is_answered_as_a_wrong_password(signed_in: SignIn, project: Path) -> None:
    """Class: user names leaked, by the answer to a sign-in."""
    with Client(project, auth=True) as stranger:
        known, unknown = stranger.sign_in("rita", "not her password"), stranger.sign_in("nobody", "not her password")
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace("rita", "NAME") == unknown.text.replace("nobody", "NAME")


def test_roles_and_exports_ask_for_the_password_again(signed_in: SignIn, project: Path) -> None:
    """Class: sensitive actions without re-auth."""
    from sqlalchemy import update

    from dateline.store import tables as t

    ada = signed_in("ada")
    with open_project(project) as opened, opened.writing_tables() as connection:
        connection.execute(update(t.account_sessions).values(confirmed_at=0.0))
    form = {"token": ada.token(), "name": "rita", "role": "admin"}
    assert ada.post("/accounts/role", data=form, follow_redirects=False).status_code == 403
    confirmed = ada.post("/confirm", data={"token": ada.token(), "password": WORDS, "next": "/accounts"}, follow_redirects=False)
    assert (confirmed.status_code, confirmed.headers["location"]) == (303, "/accounts")
    assert ada.post("/accounts/role", data=form, follow_redirects=False).status_code == 303
    with open_project(project) as opened:
        assert {a.name: a.role for a in list_accounts(opened)}["rita"] == "admin"
    fresh = [g.fresh for route in api_routes(ROUTERS) for g in guards(route) if isinstance(g, Guard) and g.right == "export"]
    assert all(fresh)


def test_a_new_role_ends_the_sessions_with_the_old_one(signed_in: SignIn, project: Path) -> None:
    """Class: sensitive actions, rights that stay in open sessions."""
    edda = signed_in("edda")
    with open_project(project) as opened:
        set_role(opened, "edda", "reader", by="test")
    assert edda.get("/queue", headers=HTML, follow_redirects=False).status_code == 303
    with open_project(project) as opened, pytest.raises(AccountError, match="another admin"):
        set_role(opened, "ada", "reader", by="test")


def test_what_is_served_as_a_file_is_ours(client: Client) -> None:
    """Class: guessable media names, path traversal.  No upload is ever served; static files come from two folders of ours."""
    mounts = [route for route in client.app._app.routes if isinstance(route, Mount)]  # type: ignore[attr-defined]
    assert [mount.path for mount in mounts] == ["/static", "/house"]
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/house/../../../pyproject.toml",
        "/static//etc/passwd",
    ):
        assert client.get(path).status_code == 404
    assert (
        len(
            client.post("/api/reports", files=[("files", ("a.txt", b"x"))], headers={"x-dateline-token": client.token()}).json()[
                "id"
            ]
        )
        >= 16
    )


def test_a_page_fetches_nothing_from_elsewhere(client: Client, project: Path) -> None:
    """Class: PDF export fetching outside files.  The policy allows our own origin alone, and no page names another one."""
    for path in ("/reports", "/queue", "/add", f"/reports/{reports_of(project)[0]}"):
        answer = client.get(path, headers=HTML)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert 'src="http' not in answer.text
        assert "<style" not in answer.text
        assert " style=" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        {"claims": [{"claim": "c-1", "revision": True}]},
        {"claims": {"claim": "c-1", "revision": 0}},
        {"claims": [{"claim": 1, "revision": 0}]},
        {"claims": "c-1"},
        {"claims": [{"claim": "c-1", "revision": "0"}]},
        {"claims": [{"claim": "c-1", "revision": 0, "extra": 1}]},
        [],
        None,
    ],
)
def test_values_of_another_type_are_refused(client: Client, body: object) -> None:
    """Class: type confusion in JSON (bool as int, list expected)."""
    assert client.ask("/api/decisions/bulk", body).status_code == 422


@pytest.mark.parametrize(
    "decision",
    [
        {"action": "correct", "claim": "CLAIM", "field": "background", "value": 1},
        {
            "action": "correct",
            "claim": "CLAIM",
            "field": "figures",
            "n": 0,
            "value": {"low": True, "measure": "killed", "object": "person"},
        },
        {"action": "correct", "claim": "CLAIM", "field": "figures", "n": True, "value": None},
        {"action": "correct", "claim": "CLAIM", "field": "__class__", "value": "x"},
        {"action": "grade_claim", "claim": "CLAIM", "grade": True},
        {"action": "grade_claim", "claim": "CLAIM", "grade": "1"},
        {"action": "undo", "number": True},
        {"action": "accept", "claim": ["CLAIM"]},
        {"action": "accept", "claim": "CLAIM", "reviewer": "somebody else"},
        {"action": "no such"},
    ],
)
def test_decisions_of_another_type_are_refused(client: Client, project: Path, decision: dict[str, object]) -> None:
    """Class: type confusion in JSON, in the decision itself."""
    sent = {key: claims_of(project)[0] if value == "CLAIM" else value for key, value in decision.items()}
    assert client.ask("/api/decisions", {"decision": sent, "reason": "why not"}).status_code == 422
    with open_project(project) as opened:
        assert history(opened) == []


def test_nobody_signs_for_somebody_else(signed_in: SignIn, project: Path) -> None:
    """Class: object-level write: the reviewer is whoever is signed in, whatever is sent."""
    claim = claims_of(project)[0]
    answer = signed_in("carl").ask("/api/decisions", {"decision": {"action": "accept", "claim": claim}, "reviewer": "edda"})
    assert answer.status_code == 422
    assert signed_in("carl").ask("/api/decisions", {"decision": {"action": "accept", "claim": claim}}).status_code == 200
    with open_project(project) as opened:
        assert [row.reviewer for row in history(opened)] == ["carl"]


def test_a_coder_does_not_undo_what_another_decided(signed_in: SignIn, project: Path) -> None:
    """Class: object-level write by number of a decision."""
    with open_project(project) as opened:
        decided = decide(opened, Accept(claim=claims_of(project)[0]), reviewer="cora")
    undo = {"decision": {"action": "undo", "number": decided.number}}
    assert signed_in("carl").ask("/api/decisions", undo).status_code == 403
    assert signed_in("edda").ask("/api/decisions", undo).status_code == 200
    with open_project(project) as opened, pytest.raises(ReviewError):
        decide(opened, Accept(claim="c-none"), reviewer="x")


def test_settings_are_safe_as_they_come() -> None:
    """Class: defaults.  This machine alone, no sign-in there, names of this machine."""
    settings = Settings(project="p")
    assert (settings.auth, settings.hosts) == (False, ("127.0.0.1", "localhost", "::1"))


def test_giving_the_password_again_leads_back_to_the_whole_address(signed_in: SignIn, project: Path) -> None:
    """Class: open redirect.  The filters of an export stay, and no other site can be named."""
    from sqlalchemy import update

    from dateline.store import tables as t

    edda = signed_in("edda")
    with open_project(project) as opened, opened.writing_tables() as connection:
        connection.execute(update(t.account_sessions).values(confirmed_at=0.0))
    sent = edda.get("/export/events.csv?place=Torbal&killed%3E=5", headers=HTML, follow_redirects=False)
    assert sent.status_code == 303
    asked = edda.get(sent.headers["location"], headers=HTML).text
    assert 'name="next" value="/export/events.csv?place=Torbal&amp;killed%3E=5"' in asked
    for wanted in ("//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"):
        form = {"token": edda.token(), "password": WORDS, "next": wanted}
        assert edda.post("/confirm", data=form, follow_redirects=False).headers["location"] == "/"


def test_a_contradiction_is_settled_on_the_events_page_for_a_reason(signed_in: SignIn, project: Path) -> None:
    """Readers have no form for it; without a reason it is refused."""
    with open_project(project) as opened:
        event = next(event for event in opened.events() if event.contradictions)
    one = event.contradictions[0]
    carl = signed_in("carl")
    form = {"token": carl.token(), "field": one.field, "value": one.sides[0][0]}
    address = f"/events/{event.id}/settle"
    assert address in carl.get(f"/events/{event.id}", headers=HTML).text
    assert address not in signed_in("rita").get(f"/events/{event.id}", headers=HTML).text
    assert carl.post(address, data=form, follow_redirects=False).status_code == 422
    assert carl.post(address, data=form | {"reason": "they counted"}, follow_redirects=False).status_code == 303
    with open_project(project) as opened:
        [row] = history(opened)
    assert (row.action, row.value, row.reason, row.reviewer) == ("resolve", one.sides[0][0], "they counted", "carl")
