"""The queue in a real browser, with keys alone."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.reviews import Correct, decide
from dateline.reviews.history import history
from dateline.store import open_project

if TYPE_CHECKING:
    from at_work import Window
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser


def shown(page: "Page") -> str:
    """The claim in view."""
    return page.locator(".claim-card").get_attribute("data-claim") or ""


def wait_for_decision(page: "Page", number: int) -> None:
    page.wait_for_selector(f"#desk[data-decided='{number}']", timeout=10_000)
    page.wait_for_selector("#desk:not([data-busy])", timeout=10_000)


def open_queue(window: "Window", query: str = "") -> "Page":
    page = window.open(f"/queue{query}")
    page.wait_for_selector("#desk[data-shown]")
    return page


def test_one_key_accepts_the_claim_in_view_and_opens_the_next(window: "Window", project: Path) -> None:
    """Reviewing a right claim takes one key and no mouse."""
    page = open_queue(window)
    first = shown(page)
    assert window.press("a") == 1
    wait_for_decision(page, 1)
    assert shown(page) != first
    with open_project(project) as opened:
        [row] = history(opened)
    assert (row.action, row.subject) == ("accept", first)


def test_a_figure_is_corrected_by_selecting_words_in_at_most_six_keys(window: "Window", project: Path) -> None:
    """Field, four words on, Enter: "twelve" becomes the figure that the words say."""
    page = window.open(f"/claims/{claim_of(project, '12 Red Dune fighters')}")
    page.wait_for_selector("#desk[data-shown]")
    pressed = window.press("f")
    page.wait_for_selector("#correcting .reading:has-text('→')")
    pressed += window.press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    page.wait_for_selector("#correcting .reading:has-text('Twelve Red Dune fighters')")
    pressed += window.press("Enter")
    wait_for_decision(page, 1)
    assert pressed <= 6
    assert "Twelve Red Dune fighters" in page.locator("[data-field=figures] .value").inner_text()
    with open_project(project) as opened:
        [row] = history(opened)
    assert row.action == "correct"
    assert row.value["words"] == "Twelve Red Dune fighters"


def test_another_number_is_three_keys_away(window: "Window", project: Path) -> None:
    """A figure read from the wrong number: field key, arrow to the next number, Enter."""
    page = window.open(f"/claims/{claim_of(project, 'as many as 14')}")
    page.wait_for_selector("#desk[data-shown]")
    pressed = window.press("f")
    page.wait_for_selector("#correcting .reading:has-text('fourteen fighters')")
    pressed += window.press("ArrowUp")
    page.wait_for_selector("#correcting .reading:has-text('two tunnels')")
    pressed += window.press("Enter")
    wait_for_decision(page, 1)
    assert pressed == 3
    assert "2 killed" in page.locator("[data-field=figures] .value").inner_text()


def test_words_that_say_no_number_are_no_figure(window: "Window", project: Path) -> None:
    """Nothing is sent; the page says why, and Escape leaves all as it was."""
    page = window.open(f"/claims/{claim_of(project, 'as many as 14')}")
    page.wait_for_selector("#desk[data-shown]")
    window.press("f", "ArrowRight", "ArrowRight")
    page.wait_for_selector("#correcting .fault:has-text('no number')")
    window.press("Enter")
    page.wait_for_selector(".toast.is-bad")
    window.press("Escape")
    assert page.locator("#correcting").is_hidden()
    with open_project(project) as opened:
        assert history(opened) == []


def held_back(page: "Page", path: str) -> "list[Route]":
    """The requests for a path, which get no answer until the test lets them through."""
    waiting: list[Route] = []
    page.route(path, lambda route: waiting.append(route))  # it sets attributes on what it is given
    return waiting


def test_keys_pressed_before_the_server_answers_are_kept(window: "Window", project: Path) -> None:
    """f and two arrows at once, while what stands around the claim is still awaited: the same two words on."""
    page = window.open(f"/claims/{claim_of(project, 'as many as 14')}")
    page.wait_for_selector("#desk[data-shown]")
    page.wait_for_load_state("networkidle")
    waiting = held_back(page, "**/around*")
    page.reload()
    page.wait_for_selector("#desk[data-shown]")
    window.press("f", "ArrowRight", "ArrowRight")
    page.wait_for_timeout(50)
    assert page.locator("#correcting").is_hidden()
    for route in waiting:
        route.continue_()
    page.wait_for_selector("#correcting .fault:has-text('no number')")


def test_letters_typed_before_a_list_has_come_narrow_it(window: "Window", project: Path) -> None:
    """y and the first letters of an event type at once, then Enter."""
    page = window.open(f"/claims/{claim_of(project, 'as many as 14')}")
    page.wait_for_selector("#desk[data-shown]")
    waiting = held_back(page, "**/api/choices")
    window.press("y", *"arres", "Enter")
    page.wait_for_timeout(50)
    for route in waiting:
        route.continue_()
    wait_for_decision(page, 1)
    assert "arrest" in page.locator("[data-field=event_type] .value").inner_text().lower()


def test_a_value_that_is_typed_needs_a_reason_and_is_marked(window: "Window", project: Path) -> None:
    """= opens a form; without a reason it is not sent; what the text does not say is marked so."""
    page = window.open(f"/claims/{claim_of(project, 'as many as 14')}")
    page.wait_for_selector("#desk[data-shown]")
    window.press("f")
    page.wait_for_selector("#correcting .reading:has-text('→')")
    window.press("=")
    page.wait_for_selector("#correcting form")
    page.get_by_label("Best").fill("15")
    page.get_by_label("High").fill("15")
    page.get_by_role("button", name="Correct", exact=True).click()
    assert page.locator("#correcting form").is_visible()
    page.get_by_label("Why").fill("the doctor's list has fifteen names")
    page.get_by_role("button", name="Correct", exact=True).click()
    wait_for_decision(page, 1)
    assert "15" in page.locator("[data-field=figures] .value").inner_text()
    assert page.locator("[data-field=figures] .typed").count() == 1


def test_undo_and_redo_bring_the_claim_back_into_view(window: "Window", project: Path) -> None:
    """u takes the last decision back and shows its claim; U does it again."""
    page = open_queue(window)
    first = shown(page)
    window.press("a")
    wait_for_decision(page, 1)
    window.press("u")
    wait_for_decision(page, 2)
    assert shown(page) == first
    window.press("U")
    wait_for_decision(page, 3)
    with open_project(project) as opened:
        assert [row.action for row in history(opened)] == ["redo", "undo", "accept"]


def test_rejecting_asks_for_a_reason_and_offers_the_usual_ones(window: "Window", project: Path) -> None:
    """x, then Enter on the first reason."""
    page = open_queue(window)
    first = shown(page)
    window.press("x")
    page.wait_for_selector("#correcting [role=combobox]")
    window.press("ArrowDown", "Enter")
    wait_for_decision(page, 1)
    with open_project(project) as opened:
        [row] = history(opened)
    assert (row.action, row.subject) == ("reject", first)
    assert row.reason


def test_a_choice_is_made_with_letters(window: "Window", project: Path) -> None:
    """c, "den", Enter: the claim is denied."""
    page = open_queue(window)
    window.press("c")
    page.wait_for_selector("#correcting [role=combobox]")
    page.keyboard.type("den")
    window.press("Enter")
    wait_for_decision(page, 1)
    assert page.locator("[data-field=certainty] .value").inner_text() == "denied"
    assert "engine: " in page.locator("[data-field=certainty]").inner_text()


def test_only_what_is_in_view_is_accepted_in_bulk(window: "Window", project: Path) -> None:
    """The button counts the lines in view, and accepts those."""
    page = open_queue(window)
    page.wait_for_function("() => Number(document.querySelector('#bulk-count').textContent) > 0")
    count = int(page.locator("#bulk-count").inner_text())
    with page.expect_navigation():
        window.press("Shift+Enter")
    page.wait_for_selector("html[data-ready]")
    with open_project(project) as opened:
        assert len(history(opened)) == count


def test_keys_are_shown_and_can_be_changed(window: "Window") -> None:
    """? shows them; a key is changed by choosing it and pressing another; the browser keeps it."""
    page = open_queue(window)
    window.press("?")
    page.wait_for_selector("dialog#keys[open]")
    window.shoot("keys")
    page.get_by_role("button", name="Key for: Accept: every field").click()
    window.press("5")
    window.press("Escape")
    page.reload()
    page.wait_for_selector("#desk[data-shown]")
    assert page.locator("[data-act=accept] kbd").inner_text() == "5"
    window.press("5")
    wait_for_decision(page, 1)


def test_a_claim_that_another_analyst_changed_meanwhile_is_not_decided(window: "Window", served, project: Path) -> None:  # type: ignore[no-untyped-def]
    """The page says who was first, shows the claim as it is now, and keeps the other's decision."""
    page = open_queue(window)
    claim = shown(page)
    from dateline.reviews import Correct, decide

    with open_project(project) as opened:
        decide(opened, Correct(claim=claim, field="certainty", value="denied"), reviewer="Berta")
    window.press("a")
    page.wait_for_selector(".toast.is-bad")
    assert "Berta" in page.locator(".toast").inner_text()
    page.wait_for_selector("[data-field=certainty] .value:has-text('denied')")
    with open_project(project) as opened:
        assert [row.action for row in history(opened)] == ["correct"]
    window.complaints[:] = [c for c in window.complaints if "409" not in c]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_queue_has_no_serious_fault_for_those_who_hear_or_see_little(
    open_window: Callable[..., "Window"], width: int, dark: bool
) -> None:
    """axe finds nothing serious, nothing sticks out sideways."""
    window = open_window(size=(width, 860), dark=dark)
    page = open_queue(window)
    window.shoot(f"queue-{width}-{'dark' if dark else 'light'}")
    assert window.faults() == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def claim_of(project: Path, words: str) -> str:
    """The claim whose summary holds these words."""
    with open_project(project) as opened:
        return next(row.claim.id for row in opened.claims() if words in row.claim.summary)


def decided(project: Path) -> list[tuple[str, str]]:
    """Actions and subjects of the log, the oldest first."""
    with open_project(project) as opened:
        return [(row.action, row.subject) for row in reversed(history(opened))]


def test_in_the_queue_of_links_the_key_accepts_the_link_and_not_the_claim(window: "Window", project: Path) -> None:
    """a says that the claim is about its event, and nothing about the claim."""
    page = open_queue(window, "?what=links")
    claim = shown(page)
    window.press("a")
    wait_for_decision(page, 1)
    assert [action for action, _ in decided(project)] == ["accept_link"]
    with open_project(project) as opened:
        from dateline.reviews.views import claim_view

        assert claim_view(opened, claim).status.name == "waiting"


def test_in_the_queue_of_contradictions_the_key_asks_which_side_holds(window: "Window", project: Path) -> None:
    """a settles nothing by itself: a side and a reason are asked for."""
    page = open_queue(window, "?what=contradictions")
    window.press("a")
    page.wait_for_selector("#correcting [role=combobox]")
    assert decided(project) == []
    window.press("Enter")
    page.wait_for_selector("#correcting h3:has-text('Why does')")
    page.keyboard.type("the doctor counted")
    window.press("Enter")
    wait_for_decision(page, 1)
    assert [action for action, _ in decided(project)] == ["resolve"]


def test_a_claim_leaves_its_event_with_one_key(window: "Window", project: Path) -> None:
    """n, without a question; u takes it back."""
    page = window.open(f"/claims/{claim_of(project, '12 Red Dune fighters')}")
    page.wait_for_selector("#desk[data-shown]")
    assert window.press("n") == 1
    wait_for_decision(page, 1)
    window.press("u")
    wait_for_decision(page, 2)
    assert [action for action, _ in decided(project)] == ["not_this_event", "undo"]


def test_a_claim_that_was_taken_out_is_joined_again(window: "Window", project: Path) -> None:
    """E, then the other claim."""
    page = window.open(f"/claims/{claim_of(project, '12 Red Dune fighters')}")
    page.wait_for_selector("#desk[data-shown]")
    window.press("n")
    wait_for_decision(page, 1)
    window.press("E")
    page.wait_for_selector("#correcting [role=option]")
    window.press("ArrowDown", "Enter")
    wait_for_decision(page, 2)
    assert [action for action, _ in decided(project)] == ["not_this_event", "same_event"]


def test_two_claims_are_merged(window: "Window", project: Path) -> None:
    """M, then the other claim."""
    page = window.open(f"/claims/{claim_of(project, 'as many as 14')}")
    page.wait_for_selector("#desk[data-shown]")
    window.press("M")
    page.wait_for_selector("#correcting [role=option]")
    window.press("Enter")
    wait_for_decision(page, 1)
    assert [action for action, _ in decided(project)] == ["merge"]


def test_a_claim_and_its_source_are_graded_for_a_reason(window: "Window", project: Path) -> None:
    """g and G: the grade, then why; the card shows the claim's."""
    page = window.open(f"/claims/{claim_of(project, 'as many as 14')}")
    page.wait_for_selector("#desk[data-shown]")
    for number, key in enumerate("gG", 1):
        window.press(key)
        page.wait_for_selector("#correcting [role=option]")
        window.press("ArrowDown", "Enter")
        page.wait_for_selector("#correcting h3:has-text('Why?')")
        page.keyboard.type("he was there")
        window.press("Enter")
        wait_for_decision(page, number)
    assert [action for action, _ in decided(project)] == ["grade_claim", "grade_source"]
    assert "credibility" in page.locator(".claim-card").inner_text()


def test_a_missed_claim_is_added_from_selected_words(window: "Window", project: Path) -> None:
    """+, the words, the kind, the type."""
    page = window.open(f"/claims/{claim_of(project, 'as many as 14')}")
    page.wait_for_selector("#desk[data-shown]")
    window.press("+")
    page.wait_for_selector("#correcting h3:has-text('missed')")
    window.press("Shift+ArrowRight", "Enter")
    page.wait_for_selector("#correcting h3:has-text('kind')")
    window.press("ArrowDown", "Enter")
    page.wait_for_selector("#correcting h3:has-text('type')")
    window.press("ArrowDown", "Enter")
    wait_for_decision(page, 1)
    assert [action for action, _ in decided(project)] == ["add_claim"]


def test_a_claim_is_split_by_selecting_the_words_of_the_second(window: "Window", project: Path) -> None:
    """S, the words, Enter."""
    page = window.open(f"/claims/{claim_of(project, 'as many as 14')}")
    page.wait_for_selector("#desk[data-shown]")
    window.press("S")
    page.wait_for_selector("#correcting h3:has-text('second claim')")
    window.press("Shift+ArrowRight", "Enter")
    wait_for_decision(page, 1)
    assert [action for action, _ in decided(project)] == ["split"]


def test_a_place_that_the_gazetteer_does_not_know_is_named(window: "Window", project: Path) -> None:
    """P, its name, the place from the list; every claim with these words has it from then on."""
    claim = claim_with_an_unknown_place(project)
    page = window.open(f"/claims/{claim}")
    page.wait_for_selector("#desk[data-shown]")
    window.press("P")
    page.wait_for_selector("#correcting h3:has-text('Which place')")
    page.keyboard.type("Baghdad")
    page.wait_for_selector("#correcting [role=option]:has-text('Baghdad')")
    window.press("ArrowDown", "Enter")
    wait_for_decision(page, 2)
    assert [action for action, _ in decided(project)] == ["correct", "name_place"]
    with open_project(project) as opened:
        (place,) = opened.claim(claim).claim.places
    assert place.place is not None
    assert place.place.name == "Baghdad"


def claim_with_an_unknown_place(project: Path) -> str:
    """The doctor's claim, with a place that somebody took from the text and no gazetteer holds."""
    claim = claim_of(project, "as many as 14")
    with open_project(project) as opened:
        at = opened.claim(claim).report.text.index("Northern Command")
        place = {"words": "Northern Command", "span": [at, at + len("Northern Command")], "place": None}
        decide(opened, Correct(claim=claim, field="places", value=[place]), reviewer="test")
    return claim
