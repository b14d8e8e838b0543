"""Keys that lead from place to place, and those that say more about a claim, in a real browser."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.reviews.history import history
from dateline.store import open_project

if TYPE_CHECKING:
    from at_work import Window
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LIT = "() => [...(CSS.highlights.get('spot') ?? [])].map((range) => range.toString()).join(' | ')"


def open_claim(window: "Window", project: Path, words: str) -> "Page":
    """The reader with the claim whose summary holds these words."""
    with open_project(project) as opened:
        claim = next(row.claim.id for row in opened.claims() if words in row.claim.summary)
    page = window.open(f"/claims/{claim}")
    page.wait_for_selector(f"#desk[data-shown='{claim}']")
    return page


def wait_for_decision(page: "Page") -> None:
    page.wait_for_selector("#desk[data-decided]")
    page.wait_for_selector("#desk:not([data-busy])")


def test_every_screen_is_one_key_away(window: "Window") -> None:
    """Alt with 1 to 5, from wherever one is."""
    page = window.open("/search")
    for number, path in enumerate(("/", "/queue", "/events", "/reports", "/history"), 1):
        window.press(f"Alt+{number}")
        page.wait_for_url(f"{window.url}{path}")
        page.wait_for_selector("html[data-ready]")


def test_a_list_is_walked_and_a_row_is_opened(window: "Window") -> None:
    """j and k among the rows, Enter opens the one in view, / goes to the search."""
    page = window.open("/reports")
    chosen = page.locator("tr[aria-selected=true]")
    window.press("j", "j", "k")
    assert page.locator("table.rows tbody tr").first.get_attribute("aria-selected") == "true"
    assert chosen.count() == 1
    path = chosen.locator("a[data-opens]").get_attribute("href")
    window.press("Enter")
    page.wait_for_url(f"**{path}*")
    page = window.open("/reports")
    window.press("/")
    page.keyboard.type("clashes")
    window.press("Enter")
    page.wait_for_url("**/reports?words=clashes")
    assert page.locator("table.rows tbody tr").count() == 1


def test_the_filters_of_the_queue_and_the_words_of_events_are_one_key_away(window: "Window") -> None:
    """/ opens what is folded and puts the cursor there."""
    page = window.open("/queue")
    window.press("/")
    assert page.evaluate("() => document.activeElement.matches('[data-search]')")
    page = window.open("/events")
    page.wait_for_selector("#events[data-ready]")
    window.press("/")
    assert page.evaluate("() => document.activeElement.id") == "filter-words"


def test_the_map_goes_farther_and_shows_all_again(window: "Window") -> None:
    """+ nearer, - farther, 0 as it began."""
    page = window.open("/events")
    page.wait_for_selector("#events[data-ready]")

    def scale(key: str, change: str) -> float:
        before = page.locator("svg.map").get_attribute("data-scale")
        window.press(key)
        page.wait_for_function(
            f"(before) => Number(document.querySelector('svg.map').dataset.scale) {change} Number(before)", arg=before
        )
        return float(page.locator("svg.map").get_attribute("data-scale") or 0)

    begun = float(page.locator("svg.map").get_attribute("data-scale") or 0)
    near = scale("+", ">")
    assert scale("-", "<") < near
    scale("+", ">")
    assert scale("0", "<") == pytest.approx(begun, rel=0.2)


def test_an_event_is_left_for_the_list_that_it_was_opened_from(window: "Window") -> None:
    """u goes back to the same selection."""
    page = window.open("/events?type!=arrest")
    page.wait_for_selector("#events[data-ready]")
    window.press("j", "Enter")
    page.wait_for_url("**/events/*")
    page.wait_for_selector("html[data-ready]")
    window.press("u")
    page.wait_for_url("**/events?type!=arrest")


def test_numbers_in_no_figure_are_walked(window: "Window", project: Path) -> None:
    """] shows the first, [ the last of all: numbers, then places without coordinates."""
    page = open_claim(window, project, "as many as 14")
    window.press("]")
    assert page.evaluate(LIT) == "80"
    window.press("]", "[")
    assert page.evaluate(LIT) == "80"


def test_a_claim_leaves_its_event_for_a_reason(window: "Window", project: Path) -> None:
    """N, then one of the usual reasons."""
    page = open_claim(window, project, "12 Red Dune fighters")
    window.press("N")
    page.wait_for_selector("#correcting h3:has-text('Not the event')")
    window.press("ArrowDown", "Enter")
    wait_for_decision(page)
    with open_project(project) as opened:
        [row] = history(opened)
    assert (row.action, row.reason in {"Another day", "Another place"}) == ("not_this_event", True)


def test_a_comment_stands_on_the_claims_card(window: "Window", project: Path) -> None:
    """m, the words, Enter."""
    page = open_claim(window, project, "as many as 14")
    window.press("m")
    page.wait_for_selector("#correcting h3:has-text('Comment')")
    page.keyboard.type("ask the doctor for names")
    window.press("Enter")
    wait_for_decision(page)
    page.wait_for_selector(".comment:has-text('ask the doctor for names')")


def test_a_link_is_accepted_from_the_reader(window: "Window", project: Path) -> None:
    """l says that the claim is rightly in its event."""
    page = open_claim(window, project, "12 Red Dune fighters")
    window.press("l")
    wait_for_decision(page)
    with open_project(project) as opened:
        assert [row.action for row in history(opened)] == ["accept_link"]


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("p", "places"), ("t", "time"), ("i", "initiator"), ("o", "target"), ("s", "source"), ("w", "operation"),
        ("e", "evidence"), ("y", "event_type"), ("d", "kind"), ("b", "background"),
    ],
)  # fmt: skip
def test_each_field_has_its_key_and_escape_leaves_all_as_it_was(window: "Window", project: Path, key: str, field: str) -> None:
    """The card's row of the field names the key; it opens the line above, and Escape closes it."""
    page = open_claim(window, project, "as many as 14")
    assert page.locator(f"[data-correct={field}] kbd").inner_text() == key
    window.press(key)
    page.wait_for_selector("#correcting:not([hidden]) h3")
    window.press("Escape")
    page.wait_for_selector("#correcting", state="hidden")
    with open_project(project) as opened:
        assert history(opened) == []
