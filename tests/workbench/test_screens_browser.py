"""Every screen in a real browser: nothing asked of others, no serious fault for those who hear or see little, what it is for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from at_work import Served, Window

from dateline.reviews import Accept, Assign, Correct, decide
from dateline.store import open_project

pytestmark = pytest.mark.browser

SCREENS = ("reports", "history", "coders", "add", "accounts", "nothing-here")
TEXT = "Police arrested four men in Torbal on Monday, a spokesman said.\n"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_screen_has_a_serious_fault(open_window: Callable[..., Any], project: Path, width: int, dark: bool) -> None:
    """axe finds nothing serious, nothing sticks out sideways, no word of the browser about the policy."""
    with open_project(project) as opened:
        claims = [row.claim for row in opened.claims()]
        decide(opened, Accept(claim=claims[0].id), reviewer="Ana")
        decide(opened, Correct(claim=claims[1].id, field="certainty", value="denied"), reviewer="Berta", reason="read again")
        decide(opened, Assign(report=claims[0].report_id, coder="Ana", start="engine"), reviewer="Berta")
    window = open_window(size=(width, 860), dark=dark)
    for screen in SCREENS:
        page = window.open(f"/{screen}")
        window.shoot(f"{screen}-{width}-{'dark' if dark else 'light'}")
        assert window.faults() == [], screen
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, screen
    window.complaints[:] = [c for c in window.complaints if "404" not in c]


def test_a_pasted_text_is_coded_in_the_background(window: Window, project: Path) -> None:
    """Progress survives a reload; when it is done the report is in the project, under the title given."""
    page = window.open("/add")
    page.get_by_label("Or paste a text").fill(TEXT)
    page.get_by_label("Title").fill("Four arrested")
    page.get_by_label("Publisher").fill("Tessen News")
    page.get_by_role("button", name="Code them").click()
    page.wait_for_selector("#jobs li")
    page.reload()
    page.wait_for_selector("#jobs li[data-stage=done], #jobs li[data-stage=failed]", timeout=240_000)
    window.shoot("add-done")
    assert "1 coded" in page.locator("#jobs").inner_text()
    with open_project(project) as opened:
        [report] = [report for report in opened.reports() if report.title == "Four arrested"]
        assert (report.text, report.publisher) == (TEXT, "Tessen News")


def test_the_history_tells_and_undoes(window: Window, project: Path) -> None:
    """What was, what is, who and why; undo from here; the log says that it is whole."""
    with open_project(project) as opened:
        claim = next(opened.claims()).claim
        decide(opened, Correct(claim=claim.id, field="certainty", value="denied"), reviewer="Berta", reason="read again")
    page = window.open("/history")
    row = page.locator("tbody tr").first
    assert (row.locator("del").inner_text(), row.locator("ins").inner_text()) == (claim.certainty, "denied")
    assert "Berta" in row.inner_text()
    assert "read again" in row.inner_text()
    page.get_by_role("button", name="Is the log whole?").click()
    page.wait_for_selector("#audit-says:has-text('The log is whole: 1 decisions')")
    with page.expect_navigation():
        page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("tr.undone")
    with open_project(project) as opened:
        assert opened.claim(claim.id).claim.certainty == claim.certainty


def test_a_second_coder_codes_blind_and_the_codings_are_compared(browser: Any, project: Path) -> None:
    """Given, coded blind, finished, compared with the record in force, settled."""
    with open_project(project) as opened:
        claim = next(opened.claims()).claim
        decide(opened, Assign(report=claim.report_id, coder="Carl", start="engine"), reviewer="Edda")
    with Served(project, reviewer="Carl") as carls:
        window = Window(browser, carls.url)
        page = window.open("/coders")
        page.locator("main a").first.click()
        page.wait_for_selector("#desk[data-shown]")
        window.press("c")
        page.wait_for_selector("#correcting [role=combobox]")
        page.keyboard.type("den")
        window.press("Enter")
        page.wait_for_selector("#desk[data-decided='2']")
        window.shoot("blind")
        assert window.faults() == []
        with page.expect_navigation():
            page.get_by_role("button", name="I am done").click()
        window.close()
    with open_project(project) as opened:
        assert opened.claim(claim.id).claim.certainty == claim.certainty  # nothing of it is in force
    with Served(project, reviewer="Edda") as eddas:
        window = Window(browser, eddas.url)
        page = window.open("/coders")
        page.get_by_role("link", name="Carl and").click()
        page.wait_for_selector("table.agreement")
        window.shoot("compare")
        assert window.faults() == []
        assert page.locator("tbody tr", has_text="denied").count() == 1
        with page.expect_navigation():
            page.get_by_role("button", name="first", exact=True).click()
        window.close()
    with open_project(project) as opened:
        assert opened.claim(claim.id).claim.certainty == "denied"


def test_signing_in_and_out(browser: Any, project: Path) -> None:
    """The page that was asked for comes after signing in; a wrong password is told."""
    from dateline.workbench.accounts import add_account

    with open_project(project) as opened:
        add_account(opened, "ada", "admin", "many quiet words", by="test")
    with Served(project, auth=True) as served:
        window = Window(browser, served.url)
        page = window.open("/history")
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill("wrong words here")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_selector(".fault")
        window.shoot("sign-in")
        assert window.faults() == []
        page.get_by_label("Password").fill("many quiet words")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_selector("h1:has-text('History')")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_selector("h1:has-text('Sign in')")
        window.complaints[:] = [c for c in window.complaints if "401" not in c]
        window.close()
