"""The report page in headless Chromium, opened from disk with the network blocked."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import page_example as example
import pytest

from dateline.exports.page import write_page
from dateline.model import Event, Kind, Reading, Region, Report, report_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

pytestmark = pytest.mark.browser

BIDI = "The witness was e\u202evil\u202c and <img src=x onerror=alert(1)> stayed.\r\nTroops took <b>Tessen</b> on Monday."


class Opened:
    """A page in the browser, with what it asked for and complained about."""

    def __init__(self, browser: "Browser", size: tuple[int, int] = (1280, 900)) -> None:
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
        self.context.route("**/*", self._route)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def open(self, path: Path, fragment: str = "") -> "Page":
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("html[data-ready]", timeout=15_000)
        return self.page

    def _request(self, request: "Request") -> None:
        self.requests.append(request.url)

    def _console(self, message: "ConsoleMessage") -> None:
        self.complaints.append(message.text)

    @staticmethod
    def _route(route: "Route") -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            route.abort()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    write_page(path, example.readings(), example.events(), title="Northern Shield, July 2023")
    return path


@pytest.fixture
def opened(browser: "Browser") -> Iterator[Opened]:
    """A browser window that must end without a request to a network, an error or a word on the console."""
    window = Opened(browser)
    yield window
    window.context.close()
    assert [url for url in window.requests if not url.startswith("file:")] == []
    assert len(window.requests) <= 1
    assert window.complaints == []


def write(path: Path, readings: list[Reading], events: list[Event] | None = None) -> Path:
    write_page(path, readings, events or [], title="A page")
    return path


def lit(page: "Page", selector: str) -> str:
    """The text of the reader's pieces that match, joined in order."""
    return "".join(page.locator(f"#reader .reader-text {selector}").all_text_contents())


def claim_link(page: "Page", words: str) -> None:
    page.locator("#claim-table a.opens", has_text=words).click()


def test_the_page_opens_from_disk_and_shows_all_claims(opened: Opened, written: Path) -> None:
    """Counts, tables, map and timeline are there, and nothing was asked of a network."""
    page = opened.open(written)
    assert page.locator("#claim-table tr.claim:visible").count() == 11
    assert page.locator("#event-table tbody.record:visible").count() == 5
    assert page.locator("#map[data-ready] path.land").count() == 2
    assert page.locator("#timeline svg .mark").count() > 3
    assert opened.requests == [written.as_uri()]


def test_a_claim_opens_with_its_exact_words_marked(opened: Opened, written: Path) -> None:
    """The evidence that lights up is the claim's evidence, character by character, both spans of it."""
    page = opened.open(written)
    claim_link(page, "killed nine Red Dune fighters")
    headline, sentence = (s.of(example.OPERATION) for s in sorted(example.operation_reading().claims[0].evidence))
    assert lit(page, "mark.selected") == headline + sentence
    assert page.locator("#reader .reader-text").evaluate("e => e.textContent") == example.OPERATION


def test_the_words_of_each_field_light_up_in_its_colour(opened: Opened, written: Path) -> None:
    """Figure, place, time, sides and source are marked where they were read, also outside the evidence."""
    page = opened.open(written)
    claim_link(page, "killed nine Red Dune fighters")
    assert lit(page, ".field-figure") == "nine fighters"
    assert lit(page, ".field-place") == "Sharqat"
    assert lit(page, ".field-time") == "on Tuesday"
    assert lit(page, ".field-initiator") == "Troops"
    assert lit(page, ".field-target") == "the Red Dune movement"
    assert lit(page, ".field-source") == "Colonel Idris Maan, a spokesman for the Northern Command, told"
    assert (
        len(set(page.locator(".reader-text .field").evaluate_all("es => es.map(e => getComputedStyle(e).backgroundColor)"))) == 6
    )


def test_evidence_is_scrolled_into_view(browser: "Browser", tmp_path: Path) -> None:
    """In a long report the marked words are on the screen after the claim is chosen."""
    text = "Nothing of note happened.\n\n" * 400 + "Police arrested two men in Tessen.\n" + "And so on.\n" * 400
    report = report_of(text, title="Long")
    claim = example.claim(report, "incident", "Police arrested two men in Tessen", event_type="arrest", summary="two arrested")
    window = Opened(browser)
    page = window.open(write(tmp_path / "long.html", [Reading(report=report, claims=(claim,))]))
    claim_link(page, "two arrested")
    box = page.locator("mark.selected").bounding_box()
    assert box is not None
    assert 0 < box["y"] < 850
    window.context.close()


def test_evidence_after_an_emoji_is_not_shifted(opened: Opened, tmp_path: Path) -> None:
    """Characters that JavaScript counts twice do not move a mark."""
    report = report_of("\U0001f525\U0001f525 Look. Police arrested two men \U0001f525 in Tessen.")
    claim = example.claim(
        report, "incident", "Police arrested two men \U0001f525 in Tessen", event_type="arrest", summary="arrests"
    )
    page = opened.open(write(tmp_path / "page.html", [Reading(report=report, claims=(claim,))]))
    claim_link(page, "arrests")
    assert lit(page, "mark.selected") == "Police arrested two men \U0001f525 in Tessen"


def test_nested_and_overlapping_evidence_draws_each_character_once(opened: Opened, tmp_path: Path) -> None:
    """Three claims share words: the text stays whole, each claim lights its own, pressing again goes to the next claim."""
    text = "Troops killed nine and wounded four near Tessen."
    report = report_of(text)
    nested: tuple[str, ...] = ("Troops killed nine and wounded four near Tessen", "killed nine", "nine and wounded four")
    kinds: tuple[Kind, ...] = ("incident", "tally", "forecast")
    claims = tuple(
        example.claim(report, kind, words, event_type="armed_clash", summary=words)
        for kind, words in zip(kinds, nested, strict=True)
    )
    page = opened.open(write(tmp_path / "page.html", [Reading(report=report, claims=claims)]))
    assert page.locator(".reader-text").evaluate("e => e.textContent") == text
    for words in nested:
        page.locator("#claim-table a.opens").get_by_text(words, exact=True).click()
        assert lit(page, "mark.selected") == words
    shared = page.locator(".reader-text mark").get_by_text("nine", exact=True)
    seen = []
    for _ in nested:
        shared.click()
        seen.append(lit(page, "mark.selected"))
    assert sorted(seen) == sorted(nested)


def test_hostile_text_is_inert_and_tricks_are_visible(opened: Opened, tmp_path: Path) -> None:
    """Markup in a report is shown as it was received; the right-to-left override stands as a chip; no script runs."""
    report = report_of(BIDI, title="<script>alert(1)</script>", publisher="<img src=x onerror=alert(2)>")
    claim = example.claim(
        report,
        "incident",
        "took <b>Tessen</b>",
        event_type="territory_taken",
        summary="<img src=x onerror=alert(3)>",
    )
    page = opened.open(write(tmp_path / "page.html", [Reading(report=report, claims=(claim,))]))
    page.locator("#claim-table a.opens").click()
    assert page.locator("img, #reader b, .overview script").count() == 0
    assert lit(page, "mark.selected") == "took <b>Tessen</b>"
    assert page.locator(".reader-text .chip").all_text_contents() == ["U+202E", "U+202C"]
    assert "\u202e" not in page.locator("body").inner_text()
    assert page.locator(".reader-text .chip").first.get_attribute("title") == "RIGHT-TO-LEFT OVERRIDE"


def test_the_browser_itself_refuses_markup_from_strings_and_any_request(browser: "Browser", written: Path) -> None:
    """Trusted types turn an innerHTML with data into an error; the policy blocks images, fetches and scripts."""
    window = Opened(browser)
    page = window.open(written)
    blocked: list[str] = []
    page.on("requestfailed", lambda request: blocked.append(f"{request.url} {request.failure}"))
    tried = (
        "() => { try { document.createElement('div').innerHTML = '<b>x</b>'; return 'let through' } catch (e) { return e.name } }"
    )
    assert page.evaluate(tried) == "TypeError"
    page.evaluate("() => { const i = new Image(); i.src = 'https://tracker.example/x.png'; document.body.append(i) }")
    assert page.evaluate("() => fetch('https://tracker.example/').then(() => 'sent', () => 'refused')") == "refused"
    page.wait_for_timeout(200)
    assert blocked == ["https://tracker.example/x.png csp"]
    assert any("Content Security Policy" in complaint for complaint in window.complaints)
    window.context.close()


def test_the_map_draws_places_as_precisely_as_they_are_known(opened: Opened, written: Path) -> None:
    """A town is a dot with the number of its events, a vague place a ring, a province an outlined area with its name."""
    page = opened.open(written)
    assert page.locator(".marker-point").all_text_contents() == ["2"]
    assert page.locator(".marker-near").count() == 1
    assert page.locator(".marker-area").all_text_contents() == ["Anbar"]
    assert page.locator("path.extent").count() == 2
    assert "Not on the map (1)" in page.locator("#map-list").inner_text()


def test_a_marker_lists_its_events_and_selects(opened: Opened, written: Path) -> None:
    """Two events at one place are listed; choosing one selects it in table, map and reader."""
    page = opened.open(written)
    page.locator(".marker-point").click()
    items = page.locator("#map-list .here .list-item")
    assert items.count() == 2
    items.first.click()
    assert page.url.endswith(f"#event={example.events()[0].id}")
    assert page.locator("#event-table .record.selected.opened").count() == 1
    assert page.locator(".marker.selected").count() == 1
    assert "Sources cannot all be right" in page.locator("#card").inner_text()


def test_the_places_of_other_claims_can_be_shown(opened: Opened, written: Path) -> None:
    """Assessments and totals have a layer of their own; they are no events."""
    page = opened.open(written)
    assert page.locator(".marker.of-others").count() == 0
    page.check("#layer-claims")
    assert page.locator(".marker.of-others").all_text_contents() == ["Hamrin"]


def test_the_timeline_places_only_what_has_a_date(opened: Opened, written: Path) -> None:
    """Incidents are dots, the running total is a bar, the undated event and forecast are listed and not drawn."""
    page = opened.open(written)
    assert page.locator(".timeline .mark-event circle").count() == 3
    assert page.locator(".timeline .mark-event rect").count() == 1
    assert page.locator(".timeline .mark-tally rect").count() == 1
    assert page.locator(".timeline .mark-forecast").count() == 0
    undated = page.locator("#timeline-undated").inner_text()
    assert "No date given (2)" in undated
    assert "Red Dune will strike again" in undated
    page.locator(".timeline .mark-tally").click()
    assert lit(page, "mark.selected").startswith("More than 140 fighters")


def test_nothing_dated_draws_no_axis(opened: Opened, tmp_path: Path) -> None:
    """Reports without any date give a list and a plain sentence, not an invented axis."""
    page = opened.open(write(tmp_path / "page.html", [example.analysts_reading()], [example.events()[4]]))
    assert page.locator("#timeline svg").count() == 0
    assert "Nothing to place" in page.locator("#timeline").inner_text()


def test_an_event_opens_its_claims(opened: Opened, written: Path) -> None:
    """Figures with their rule, the contradiction and both claims unfold; pressing again folds them."""
    page = opened.open(written)
    row = page.locator("#event-table .record").first
    row.locator("a.opens").click()
    assert row.locator(".event-claims a:visible").count() == 2
    assert "the latest figure of the best-placed source" in row.inner_text()
    assert row.locator(".figures td.number").all_inner_texts() == ["9", "9", "14"]
    row.locator("a.opens").click()
    assert row.locator(".event-claims a:visible").count() == 0


def test_filters_narrow_the_claims_and_say_so(opened: Opened, written: Path) -> None:
    """Kind, certainty, type, background and words narrow the table; the sentence tells what is shown; reset brings all back."""
    page = opened.open(written)
    shown = page.locator("#claim-table tr.claim:visible")
    page.select_option("#filter-certainty", "alleged")
    assert shown.count() == 1
    assert page.locator("#filter-says").inner_text() == "1 of 11 claims: alleged"
    page.click("#filter-reset")
    page.wait_for_function("() => document.querySelectorAll('#claim-table tr.claim:not([hidden])').length === 11")
    page.locator(".choice.kind-incident").click()
    assert shown.count() == 4
    page.locator(".choice.kind-incident").click()
    page.select_option("#filter-type", label="bombing")
    assert shown.count() == 1
    page.select_option("#filter-type", "")
    page.uncheck("#filter-background")
    assert shown.count() == 10
    page.check("#filter-background")
    page.fill("#filter-text", "tunnel sharqat")
    assert shown.count() == 1
    page.fill("#filter-text", "no such words")
    assert page.locator("#no-match").is_visible()


def test_a_claim_that_a_filter_hides_is_shown_when_it_is_opened(opened: Opened, written: Path) -> None:
    """Opening a hidden claim from elsewhere resets the filters, so that table and reader agree."""
    page = opened.open(written)
    page.fill("#filter-text", "tunnel")
    page.locator("#timeline .mark-tally").click()
    page.wait_for_selector("#claim-table tr.selected:visible")
    assert page.locator("#filter-text").input_value() == ""


@pytest.mark.parametrize("kind", ["claim", "event", "report"])
def test_a_deep_link_opens_what_it_names(opened: Opened, written: Path, kind: str) -> None:
    """#claim=, #event= and #report= select on load."""
    claim = example.totals_reading().claims[1]
    target = {"claim": claim.id, "event": example.events()[3].id, "report": claim.report_id}[kind]
    page = opened.open(written, f"#{kind}={target}")
    assert page.locator(".reader-bar select option:checked").inner_text() == "Command counts the year's results"
    if kind == "claim":
        assert lit(page, "mark.selected") == claim.evidence[0].of(example.TOTALS)
        assert page.locator(f"#claim-{claim.id}").bounding_box()["y"] < 900  # type: ignore[index]
    if kind == "event":
        assert lit(page, "mark.of-event") == claim.evidence[0].of(example.TOTALS)


def test_an_unknown_link_is_no_error(opened: Opened, written: Path) -> None:
    """A link to a claim that this page does not hold opens the page as it is."""
    page = opened.open(written, "#claim=c-0000000000000000")
    assert page.locator("tr.selected").count() == 0


def test_the_back_button_returns_to_the_claim_before(opened: Opened, written: Path) -> None:
    """Each choice is a step of the browser's history."""
    page = opened.open(written)
    claim_link(page, "two tunnels")
    claim_link(page, "no soldier wounded")
    page.go_back()
    page.wait_for_selector("#claim-table tr.selected:has-text('two tunnels')")


def test_the_keyboard_alone_is_enough(opened: Opened, written: Path) -> None:
    """j and k step through a report's claims, Enter opens a focused claim, mark, dot or marker, Escape lets go, / searches."""
    page = opened.open(written)
    page.keyboard.press("j")
    assert page.locator("#card .card-title").inner_text() == "Army of Tessen killed nine Red Dune fighters near Sharqat"
    page.keyboard.press("j")
    assert page.locator("#card .card-title").inner_text() == "two tunnels destroyed near Sharqat"
    page.keyboard.press("k")
    page.keyboard.press("Escape")
    assert page.locator("tr.selected").count() == 0
    page.locator("#claim-table a.opens").nth(2).focus()
    page.keyboard.press("Enter")
    assert page.locator("#claim-table tr.selected").count() == 1
    page.locator(".reader-text mark[tabindex]").nth(1).focus()
    page.keyboard.press("Enter")
    assert lit(page, "mark.selected") == "and blew up two\ntunnels"
    page.locator(".timeline .mark-tally").focus()
    page.keyboard.press("Enter")
    assert "more than 140" in page.locator("#card .card-title").inner_text()
    page.locator(".leaflet-marker-icon", has=page.locator(".marker-area")).focus()
    page.keyboard.press("Enter")
    assert "Anbar" in page.locator("#card .card-line").first.inner_text()
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "filter-text"


def test_furniture_is_greyed_and_numbers_not_read_lead_to_their_place(opened: Opened, written: Path) -> None:
    """Regions that are not read look so; a number without a figure is found again in the text."""
    page = opened.open(written)
    assert page.locator(".reader-text .furniture").all_text_contents() == [
        "By Rahel Odum in Tessen",
        "Check Also: Ten recipes for the feast",
    ]
    page.locator("#not-read a.go", has_text="recipes").first.click()
    page.wait_for_selector(".reader-text .found")
    assert "Ten" in lit(page, ".found")
    page.locator("#not-read a.go", has_text="Qal'at Zir").click()
    page.wait_for_function("() => document.querySelector('.reader-text .found')?.textContent.includes('Zir')")


def test_a_narrow_screen_reads_over_the_page_and_nothing_sticks_out(browser: "Browser", written: Path) -> None:
    """At 420 pixels nothing scrolls sideways; a claim opens the reader over the page, and it closes again."""
    window = Opened(browser, (420, 860))
    page = window.open(written)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 420
    assert not page.locator("#reader").is_visible()
    claim_link(page, "two tunnels")
    assert page.locator("#reader").is_visible()
    page.get_by_label("Close the reader").click()
    page.wait_for_selector("#reader", state="hidden")
    assert window.complaints == []
    window.context.close()


def test_without_scripts_the_tables_hold_everything(browser: "Browser", written: Path) -> None:
    """With JavaScript off, claims, quotes and the events' details are all there to read."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(written.as_uri())
    assert page.locator("#claim-table tr.claim:visible").count() == 11
    assert page.locator(".quote:visible").count() == 11
    assert page.locator("#event-table tr.detail:visible").count() == 5
    assert not page.locator("#map").is_visible()
    assert "Scripts are off" in page.locator("noscript").inner_text()
    context.close()


def test_a_long_report_with_thousands_of_spans_opens_quickly(browser: "Browser", tmp_path: Path) -> None:
    """5,000 claims in one report of 300 KB: a deep link opens, the next claim comes at once (the bound is for slow machines)."""
    line = "Police in Tessen arrested two men on Monday, the command said. "
    report: Report = report_of(line * 5000, title="Long")
    first = example.claim(report, "incident", "Police in Tessen arrested two men", event_type="arrest", summary="arrests")
    claims = []
    for n in range(5000):
        start = n * len(line)
        span = type(first.evidence[0])(start, start + 44)
        claims.append(example.moved(first, span, n))
    window = Opened(browser)
    path = write(
        tmp_path / "long.html",
        [Reading(report=report, claims=tuple(claims), regions=(Region(claims[0].evidence[0], "headline"),))],
    )
    page = window.open(path, f"#claim={claims[4000].id}")
    assert lit(page, "mark.selected") == "Police in Tessen arrested two men on Monday,"
    took = page.evaluate("() => { const t = performance.now(); Dateline.reader.step(1); return performance.now() - t }")
    assert took < 2500
    assert window.complaints == []
    window.context.close()
