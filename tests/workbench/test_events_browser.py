"""Home, events, one event, search and export, in a real browser and as plain requests."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dateline.events import link_events
from dateline.store import open_project
from dateline.testing import make_claim, make_reading, make_report, on, placed

if TYPE_CHECKING:
    from at_work import Client, Window

SCREENS = ("/", "/events", "/search?words=Torbal", "/export")


@pytest.fixture
def project(project: Path) -> Path:
    """The made project, and some raids on other days in towns around."""
    with open_project(project) as opened:
        for n in range(1, 6):
            report = make_report(f"Troops raided Sector{n} on Monday.", title=f"Raid {n}", published=date(2023, 8, n))
            place = placed(f"Sector{n}", lat=-4.5 + n, lon=-70.25 - n)
            claim = make_claim(report, places=[place], time=on(f"2023-08-{n:02}"), summary=f"Raid on Sector{n}")
            opened.save([make_reading(report, [claim])])
        opened.replace_events(link_events(opened.readings()))
    return project


def first_event(project: Path) -> str:
    with open_project(project) as opened:
        return next(event.id for event in opened.events() if len(event.claims) > 1)


@pytest.mark.browser
def test_one_key_moves_list_map_and_timeline_together(window: "Window") -> None:
    page = window.open("/events")
    page.wait_for_selector("#events[data-ready]")
    window.press("j")
    assert page.locator('.row[aria-current="true"]').count() == 1
    assert page.locator("#timeline-here rect").count() == 1
    assert page.locator("#map-here circle").count() == 1
    first = page.locator('.row[aria-current="true"]').get_attribute("data-event")
    window.press("j")
    assert page.locator('.row[aria-current="true"]').get_attribute("data-event") != first
    window.press("k")
    assert page.locator('.row[aria-current="true"]').get_attribute("data-event") == first
    assert window.faults() == []
    window.shoot("events")
    window.press("Enter")
    page.wait_for_url(f"**/events/{first}")


@pytest.mark.browser
def test_the_map_zooms_and_narrows_by_key(window: "Window") -> None:
    """A new drawing comes for each view, and "v" makes the view a filter with an address of its own."""
    page = window.open("/events")
    page.wait_for_selector("#events[data-ready]")
    before = page.locator("svg.map").get_attribute("data-scale")
    window.press("+")
    page.wait_for_selector("#map[data-drawn]")
    assert float(page.locator("svg.map").get_attribute("data-scale") or 0) > float(before or 0)
    window.press("v")
    page.wait_for_url("**/events?*within=*")
    assert "within" in page.locator("h1").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["wide", "narrow"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_screen_is_sound_in_every_dress(
    open_window: Callable[..., "Window"], project: Path, size: tuple[int, int], dark: bool
) -> None:
    """No serious finding of axe, nothing wider than the window, no complaint of the browser."""
    window = open_window(size=size, dark=dark)
    for n, path in enumerate((*SCREENS, f"/events/{first_event(project)}")):
        page = window.open(path)
        window.shoot(f"h8-{n}-{size[0]}-{'dark' if dark else 'light'}")
        assert window.faults() == [], path
        assert (page.locator("body").bounding_box() or {"width": size[0] + 1})["width"] <= size[0], path


def test_a_filter_set_is_an_address_and_a_sentence(client: "Client") -> None:
    page = client.get("/events?place=Torbal&filter=killed%3E%3D9&words=fighters", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "Events in Torbal with at least 9 killed, whose reports say “fighters”" in page.text
    assert client.get("/events?place=Torbl").status_code == 400
    assert "Near it: Torbal" in client.get("/events?place=Torbl").text


def test_an_event_shows_who_says_what_and_why(client: "Client", project: Path) -> None:
    page = client.get(f"/events/{first_event(project)}").text
    assert "Army troops killed nine fighters" in page
    assert "Here because" in page
    assert "best by the rule beside it" in page
    assert client.get("/events/e-nothing").status_code == 404


@pytest.mark.parametrize("path", ["/events", "/events/map", "/events/timeline", "/events/rows", "/search", "/export"])
@pytest.mark.parametrize(
    "query",
    ["words=%22%27%2A%28%00", "view=x", "days=2019-13", "after=~", "width=1e9", "within=,,,", "%FF=%FF", "order=x", "at=%00"],
)
def test_hostile_addresses_are_answered_and_break_nothing(client: "Client", path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code < 500


def test_hostile_texts_stay_texts(client: "Client") -> None:
    page = client.get("/search?words=%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AE").text
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "<script>alert" not in client.get("/search?words=evil").text


def test_a_selection_is_exported_as_it_is_seen(client: "Client") -> None:
    """One file as it is, files that belong together as an archive; the same selection gives the same bytes."""
    events = client.get("/export/events.csv?place=Torbal")
    assert events.headers["content-disposition"] == 'attachment; filename="events.csv"'
    whole: Any = client.get("/export/events.csv")
    assert 1 < len(events.text.splitlines()) <= len(whole.text.splitlines())
    archive = client.get("/export/acled.csv?place=Torbal")
    assert archive.content == client.get("/export/acled.csv?place=Torbal").content
    assert zipfile.ZipFile(BytesIO(archive.content)).namelist() == ["acled.csv", "acled.sources.csv", "acled.rejects.csv"]
    assert client.get("/export/nonsense.csv").status_code == 404
    assert client.get("/export/dateline.jsonl?place=Torbal").status_code == 400
