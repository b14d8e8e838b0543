"""The reader in a real browser: marks, fields, hidden characters, long texts."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from dateline.model import Reading, Span, report_of
from dateline.store import open_project
from dateline.testing import make_claim

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def report_with(project: Path, words: str) -> str:
    with open_project(project) as opened:
        return next(report.id for report in opened.reports() if words in report.text)


def open_report(window: Any, project: Path, words: str) -> "Page":
    page: Page = window.open(f"/reports/{report_with(project, words)}")
    page.wait_for_selector("#desk[data-shown]")
    return page


def lit(page: "Page", name: str) -> str:
    """The words that are lit under a name."""
    script = "(name) => [...(CSS.highlights.get(name) ?? [])].map((range) => range.toString()).join(' | ')"
    return str(page.evaluate(script, name))


def test_claims_are_marked_and_their_words_light_up_by_field(window: Any, project: Path) -> None:
    """The claim in view has its evidence marked, and every field's words in the field's colour."""
    page = open_report(window, project, "blew up two tunnels")
    assert page.locator("mark.evidence").count() == 3
    assert page.locator("mark.selected").inner_text().startswith("Army troops killed nine fighters")
    assert lit(page, "figure") == "nine fighters | two tunnels"
    assert (lit(page, "initiator"), lit(page, "target"), lit(page, "time")) == ("Army troops", "Red Dune movement", "on Monday")
    page.locator("[data-field=figures] .value", has_text="two tunnels").click()
    assert lit(page, "spot") == "two tunnels"
    page.locator("mark.alleged").click()
    page.wait_for_selector(".card-title:has-text('14 fighters')")
    assert lit(page, "figure") == "fourteen fighters"


def test_numbers_in_no_figure_and_places_without_coordinates_lead_to_their_words(window: Any, project: Path) -> None:
    """Each is listed with its reason, and shows where it stands."""
    page = open_report(window, project, "blew up two tunnels")
    page.locator("summary", has_text="Numbers in no figure").click()
    page.locator(".spot", has_text="80").click()
    assert lit(page, "spot") == "80"
    assert "part of a name" in page.locator(".spots").first.inner_text()


def test_hostile_text_is_shown_and_does_nothing(window: Any, project: Path) -> None:
    """Scripts stay text, and characters that turn words around are chips, each one character of the text."""
    page = open_report(window, project, "A witness was")
    text = page.locator(".reader-text").inner_text()
    assert "<script>alert(1)</script>" in text
    assert page.locator(".chip").all_inner_texts() == ["U+202E", "U+202C"]
    assert lit(page, "figure") == "Three"
    window.shoot("hostile")


def test_the_text_in_the_page_counts_as_the_server_counts(window: Any, project: Path, tmp_path: Path) -> None:
    """Wide characters, line ends of two characters and hidden ones: words selected with the mouse have the right places."""
    text = "😀 Ten\r\nmen\u202e were\u202c killed 𝔘𝔘 near Torbal.\r\nTwo more 😀 died."
    report = report_of(text, title="Wide")
    at = text.index("Two more")
    claim = make_claim(report, evidence=[Span(at, at + len("Two more 😀 died"))], summary="two died")
    with open_project(project) as opened:
        opened.save([Reading(report=report, claims=(claim,))])
    page = open_report(window, project, "Two more")
    assert page.locator("mark.selected").inner_text() == "Two more 😀 died"
    script = """async (at) => {
      const { Text } = await import("/static/text.js");
      const text = new Text(document.querySelector(".reader-text"));
      return [text.of([at, at + 8]), text.words([0, 40]).map((span) => text.of(span)), text.end];
    }"""
    places = page.evaluate(script, at)
    assert places[0] == "Two more"
    assert places[1][:3] == ["Ten", "men", "were"]
    assert places[2] == len(text)


def test_a_megabyte_with_five_thousand_marks_stays_usable(window: Any, project: Path) -> None:
    """From the request to the first claim in view, its words lit; then the last claim, by its mark.  The times are printed (-s);
    the bounds are for busy machines, and only keep a page that hangs from passing."""
    line = (
        "Police in Tessen arrested two men on Monday in the town of Torbal, the command of the north said, "
        "and searched three houses there. "
    )
    text = (line * 8 + "\n\n") * 1000
    report = report_of(text, title="Long")
    first = make_claim(report, evidence=[Span(0, 36)], event_type="arrest", summary="arrests")
    step = len(text) // 5000
    claims = tuple(
        msgspec.structs.replace(first, id=f"c-{n:016x}", evidence=(Span(n * step, n * step + 60),)) for n in range(5000)
    )
    with open_project(project) as opened:
        opened.save([Reading(report=report, claims=claims)])
    page = window.page
    page.goto("/reports")
    page.wait_for_selector("html[data-ready]")
    page.goto(f"/reports/{report.id}")
    page.wait_for_selector("#desk[data-shown]")
    took = page.evaluate("() => performance.getEntriesByName('first claim')[0].startTime")
    print(f"1 MB, 5,000 marks: first claim in view after {took:.0f} ms")
    page.wait_for_function("() => document.querySelectorAll('mark.evidence').length >= 5000")
    page.wait_for_function("() => document.querySelectorAll('.claim-line').length === 5000")
    script = """async (claim) => {
      const began = performance.now();
      document.querySelector(`mark[data-c="${claim}"]`).click();
      while (document.querySelector("#desk").dataset.shown !== claim) await new Promise((go) => setTimeout(go, 5));
      return performance.now() - began;
    }"""
    jump = page.evaluate(script, claims[4990].id)
    print(f"another claim far down after {jump:.0f} ms")
    assert took < 9000
    assert jump < 3000


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_reader_has_no_serious_fault(open_window: Callable[..., Any], project: Path, width: int, dark: bool) -> None:
    """axe finds nothing serious, nothing sticks out sideways."""
    window = open_window(size=(width, 860), dark=dark)
    page = open_report(window, project, "blew up two tunnels")
    window.shoot(f"reader-{width}-{'dark' if dark else 'light'}")
    assert window.faults() == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
