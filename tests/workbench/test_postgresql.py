"""Every screen over a project on PostgreSQL: what the database does otherwise must not show."""

from collections.abc import Iterator

import pytest
from at_work import WORDS, Client
from made_project import readings

from database_server import new_database
from dateline.runners.linking import link_project
from dateline.store import open_project
from dateline.workbench.accounts import add_account

HTML = {"accept": "text/html"}
SCREENS = (
    "/", "/queue", "/queue?what=links", "/queue?what=contradictions", "/events", "/events/rows?order=oldest", "/events/map",
    "/events/map?view=38,29,49,38", "/events/timeline", "/events/timeline?days=2023-07,2023-08", "/reports",
    "/reports?words=tess",
    "/search?words=Torbal", "/search?words=%22Red+Dune%22+fight*", "/history", "/coders", "/add", "/accounts", "/export",
    "/export/events.csv", "/export/claims.csv",
)  # fmt: skip
FILTERS = (
    "type=armed_clash", "type!=armed_clash", "place=Torbal", "actor=Red+Dune&since=2023", "source=military",
    "speaker=Idris+Maan", "publisher=Tessen+News&killed>=5", "certainty=alleged", "background=no&until=2023-07", "words=Torbal",
    "within=-60,-60,80,80", "scope=since",
)  # fmt: skip


@pytest.fixture(scope="module")
def database(postgresql: str) -> str:
    """The made project, linked, with one account, in a database."""
    url = new_database(postgresql)
    with open_project(url, create=True) as opened:
        opened.save(readings())
        link_project(opened)
        add_account(opened, "ada", "admin", WORDS, by="test")
    return url


@pytest.fixture(scope="module")
def at_postgresql(database: str) -> Iterator[Client]:
    with Client(database, auth=True) as client:
        assert client.sign_in("ada", WORDS).status_code == 303
        yield client


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_opens(at_postgresql: Client, path: str) -> None:
    answer = at_postgresql.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("query", FILTERS)
def test_every_filter_finds_what_it_finds_on_sqlite(at_postgresql: Client, client: Client, query: str) -> None:
    for path in ("/queue", "/events", "/events/map", "/events/timeline", "/events/rows"):
        there, here = (one.get(f"{path}?{query}", headers=HTML) for one in (at_postgresql, client))
        assert (there.status_code, shown(there.text)) == (here.status_code, shown(here.text)), path


def test_reports_claims_and_events_open(at_postgresql: Client) -> None:
    listed = at_postgresql.get("/queue", headers=HTML).text
    claim, report = (listed.partition(f'data-{of}="')[2].partition('"')[0] for of in ("claim", "report"))
    event = at_postgresql.get("/events", headers=HTML).text.partition('href="/events/e-')[2].partition('"')[0]
    for path in (f"/reports/{report}", f"/reports/{report}/text", f"/reports/{report}/lines", f"/claims/{claim}/card",
                 f"/api/claims/{claim}/around", f"/events/e-{event}", f"/history?about={claim}"):  # fmt: skip
        answer = at_postgresql.get(path, headers=HTML)
        assert answer.status_code == 200, answer.text


def test_a_review_shows_everywhere_at_once_and_is_undone(at_postgresql: Client) -> None:
    """Home and queue count one claim less, the history has a line more, the log holds; undone, all is as it was."""

    def waiting() -> str:
        return str(at_postgresql.get("/queue", headers=HTML).text.partition('class="number">')[2].partition("<")[0])

    before = int(waiting())
    claim = at_postgresql.get("/queue", headers=HTML).text.partition('data-claim="')[2].partition('"')[0]
    answer = at_postgresql.ask("/api/decisions", {"decision": {"action": "accept", "claim": claim}})
    assert answer.status_code == 200, answer.text
    assert int(waiting()) == before - 1
    assert f'id="r{answer.json()["number"]}"' in at_postgresql.get("/history", headers=HTML).text
    undone = at_postgresql.ask("/api/decisions", {"decision": {"action": "undo", "number": answer.json()["number"]}})
    assert undone.status_code == 200, undone.text
    assert int(waiting()) == before
    assert at_postgresql.get("/api/audit").json()["faults"] == []


def test_a_correction_reaches_the_event(at_postgresql: Client) -> None:
    listed = at_postgresql.get("/queue", headers=HTML).text
    claim = listed.partition('data-claim="')[2].partition('"')[0]
    decision = {"action": "correct", "claim": claim, "field": "certainty", "value": "denied"}
    answer = at_postgresql.ask("/api/decisions", {"decision": decision})
    assert answer.status_code == 200, answer.text
    assert at_postgresql.get("/queue?certainty=denied&what=claims", headers=HTML).status_code == 200
    assert "denied" in at_postgresql.get(f"/claims/{claim}/card", headers=HTML).text


def shown(page: str) -> str:
    """A page's own part, without what tells of the database, of who looks and of the session."""
    return str(page.partition("<main")[2].partition("</main>")[0]) if "<main" in page else page
