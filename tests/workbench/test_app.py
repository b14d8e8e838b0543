"""What every request meets: names, origins, tokens, sizes, headers, failures, sign-in."""

import subprocess
import sys
from pathlib import Path

import pytest
from at_work import Client

from dateline.store import open_project
from dateline.workbench.accounts import AccountError, add_account, hash_of, list_accounts, log_of, remove_account
from dateline.workbench.forms import own_path
from dateline.workbench.settings import Settings
from dateline.workbench.shield import HEADERS

HTML = {"accept": "text/html"}
ACCEPT = {"decision": {"action": "accept", "claim": "c-none"}}
WORDS = "many quiet words"
EVERYWHERE = "0.0.0.0"  # noqa: S104  # what must be refused


@pytest.mark.parametrize("path", ["/reports", "/queue", "/nope", "/static/base.css", "/api/choices", "/api/nope"])
def test_every_answer_carries_the_policy(client: Client, path: str) -> None:
    """Pages, files, data and failures alike."""
    answer = client.get(path, headers=HTML)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")
    assert "server" not in answer.headers


def test_a_change_without_the_pages_token_is_refused(client: Client) -> None:
    """Neither without a token, nor with another, nor as a form that a page elsewhere could send."""
    for headers in ({}, {"x-dateline-token": "0" * 64}):
        assert client.post("/api/decisions", json=ACCEPT, headers=headers).status_code == 403
    assert client.post("/api/decisions", data={"decision": "x"}).status_code == 403
    assert client.post("/coders/finish", data={"report": "x"}).status_code == 403
    assert client.post("/coders/finish", data={"report": "x", "token": "é"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1:8765.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_that_another_page_asks_for_is_refused(client: Client, headers: dict[str, str]) -> None:
    """Even with the right token: a page elsewhere must not have it, but who knows."""
    answer = client.post("/api/decisions", json=ACCEPT, headers={"x-dateline-token": client.token()} | headers)
    assert answer.status_code == 403


def test_our_own_origin_may_change(client: Client) -> None:
    """What the browser says of our own pages is taken."""
    headers = {"x-dateline-token": client.token(), "origin": "http://127.0.0.1:8765", "sec-fetch-site": "same-origin"}
    assert client.post("/api/decisions", json=ACCEPT, headers=headers).status_code == 404


def test_a_body_that_is_too_large_is_not_read_to_its_end(client: Client) -> None:
    """A megabyte for decisions, more for uploads."""
    answer = client.post("/api/decisions", content=b"x" * (2 << 20), headers={"x-dateline-token": client.token()})
    assert answer.status_code == 413
    assert "1,048,576" in answer.json()["error"]


def test_failures_are_told_without_traces(client: Client) -> None:
    """Unknown records, pages and filters: a page for people, JSON for scripts."""
    assert client.get("/reports/nothing", headers=HTML).status_code == 404
    assert client.get("/claims/c-nothing", headers=HTML, follow_redirects=False).status_code == 404
    assert client.get("/queue?place=Nowhere%20at%20all&kind=nothing", headers=HTML).status_code == 400
    assert client.get("/queue?what=nothing", headers=HTML).status_code == 422
    answer = client.get("/api/claims/c-nothing/around")
    assert (answer.status_code, answer.json()["error"][:8]) == (404, "no claim")


@pytest.mark.parametrize(
    "words", ["'", '"', "%", "_", "\\", "😀", "\u202e", "a" * 200, "; DROP TABLE reports", "NEAR(", "*", "-"]
)
def test_words_that_are_looked_for_are_never_a_query(client: Client, words: str) -> None:
    """Whatever is typed into a search finds something or nothing."""
    for path in ("/reports", "/queue"):
        assert client.get(path, params={"words": words}, headers=HTML).status_code in (200, 400)


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a\r\nb", "javascript:x"]
)
def test_signing_in_leads_nowhere_else(wanted: str) -> None:
    """The page after it is one of ours."""
    assert own_path(wanted) == "/"


def test_sessions_end(project: Path) -> None:
    """By signing out, by age, by rest; the cookie says nothing by itself and is out of the scripts' reach."""
    from sqlalchemy import select, update

    from dateline.store import tables as t

    with open_project(project) as opened:
        add_account(opened, "ada", "admin", WORDS, by="test")
    with Client(project, auth=True) as client:
        answer = client.sign_in("ada", WORDS)
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        value = cookie.partition("=")[2].partition(";")[0]
        with open_project(project) as opened, opened.reading_tables() as connection:
            assert value not in connection.execute(select(t.account_sessions.c.id)).scalars().all()
        assert client.get("/reports", headers=HTML).status_code == 200
        for column in ("seen_at", "begun_at"):
            with open_project(project) as opened, opened.writing_tables() as connection:
                connection.execute(update(t.account_sessions).values({column: 0.0}))
            assert client.get("/reports", headers=HTML, follow_redirects=False).headers["location"].startswith("/sign-in?next=")
            client.sign_in("ada", WORDS)
        client.post("/sign-out", data={"token": client.token()})
        client.cookies.set("dateline_session", value)
        assert client.get("/api/choices").status_code == 401
    with open_project(project) as opened:
        assert {entry.action for entry in log_of(opened)} == {"add account", "sign in"}


def test_accounts_have_names_passwords_and_an_admin(project: Path) -> None:
    """Bad names and short passwords are refused; the last admin stays; hashes are argon2id."""
    with open_project(project) as opened:
        for name, password in (("", WORDS), ("Ada", WORDS), ("a b", WORDS), ("../x", WORDS), ("ada", "short")):
            with pytest.raises(AccountError):
                add_account(opened, name, "admin", password, by="test")
        add_account(opened, "ada", "admin", WORDS, by="test")
        with pytest.raises(AccountError, match="already"):
            add_account(opened, "ada", "reader", WORDS, by="test")
        with pytest.raises(AccountError, match="no role"):
            add_account(opened, "eve", "root", WORDS, by="test")
        add_account(opened, "rita", "reader", WORDS, by="test")
        with pytest.raises(AccountError, match="another admin"):
            remove_account(opened, "ada", by="test")
        remove_account(opened, "rita", by="test")
        assert [account.name for account in list_accounts(opened)] == ["ada"]
    assert hash_of(WORDS).startswith("$argon2id$")


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.168.1.5"])
def test_it_does_not_start_beyond_this_machine_without_accounts(project: Path, host: str) -> None:
    """Neither without --auth, nor with it where nobody could sign in."""
    command = [sys.executable, "-m", "dateline", "serve", "--project", str(project), "--host", host, "--port", "0"]
    bare = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (bare.returncode, "--auth" in bare.stderr) == (2, True)
    if host == EVERYWHERE:
        empty = subprocess.run([*command, "--auth"], capture_output=True, text=True, timeout=60, check=False)
        assert (empty.returncode, "no accounts" in empty.stderr) == (1, True)


def test_an_account_is_made_on_the_command_line(project: Path) -> None:
    """With the password from a file; it is never an argument."""
    command = [sys.executable, "-m", "dateline", "accounts", "add", "ana", "--role", "editor", "--project", str(project)]
    done = subprocess.run(
        [*command, "--password-file", "-"], input=f"{WORDS}\n", capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "ana: editor\n")
    with open_project(project) as opened:
        assert [(account.name, account.role) for account in list_accounts(opened)] == [("ana", "editor")]


def test_settings_bind_to_this_machine() -> None:
    """What nobody set is safe."""
    assert not Settings(project="p").auth


def test_what_the_first_requests_need_is_loaded_ahead(client: "Client") -> None:
    """In a thread that ends, whatever is missing."""
    from dateline.lexicon.names import lexicon_names
    from dateline.workbench.warm import warm_up

    warm_up(client.app._bench.project).join(60)  # type: ignore[attr-defined]
    assert lexicon_names.cache_info().currsize == 1
