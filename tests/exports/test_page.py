"""The report page as a file: whole, the same for the same input, closed to the network, inert."""

import base64
import hashlib
import json
import os
import re
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import page_example as example
import pytest

from dateline.errors import ExportError
from dateline.exports.page import render_page, write_page
from dateline.model import Reading, Source, Span, report_of

HOSTILE = "</script><script>alert(1)</script><!--<script><img src=x onerror=alert(1)>\u2028 \u202elive\u202c \x00\ud800 & \"'"


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the content of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[tuple[str, dict[str, str | None], str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.code.append((*self.found[-1], data))


def page(readings: tuple[Reading, ...] = ()) -> str:
    return render_page(readings or example.readings(), () if readings else example.events(), title="Northern Shield")


def embedded(html: str) -> Any:
    return json.loads(html.split('<script type="application/json" id="data">')[1].split("</script>")[0])


def hostile_reading() -> Reading:
    report = report_of(
        HOSTILE, title=HOSTILE, publisher=HOSTILE, author=HOSTILE, url="javascript:alert(1)", published=date(2023, 1, 1)
    )
    claim = example.claim(report, "incident", "live", summary=HOSTILE, event_type=HOSTILE, source=Source(speaker=HOSTILE))
    return Reading(report=report, claims=(claim,))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two runs write the same file: no clock, no random, no order of hashing."""
    for name in ("a.html", "b.html"):
        write_page(tmp_path / name, example.readings(), example.events(), title="Northern Shield")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["a.html", "b.html"]


def test_a_page_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk raises ExportError, keeps the page that was there and leaves no half-written file."""
    path = tmp_path / "report.html"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ExportError, match=r"report\.html cannot be written: No space left"):
        write_page(path, example.readings(), example.events(), title="t")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.html"]


def test_a_file_in_the_place_of_a_folder_is_an_export_error(tmp_path: Path) -> None:
    """The error names the page that could not be written."""
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ExportError, match=r"taken/report\.html"):
        write_page(tmp_path / "taken" / "report.html", [], [], title="t")


def test_nothing_is_loaded_from_elsewhere() -> None:
    """No element has a source, a style sheet or a form target; the only links out are the reports' own addresses."""
    for tag, attributes in Elements(page()).found:
        assert tag not in ("img", "iframe", "object", "embed", "link", "base"), tag
        assert "src" not in attributes
        assert "action" not in attributes
        href = attributes.get("href") or "#"
        assert href.startswith("#") or href == "https://times.example/northern-shield"


def test_the_policy_allows_the_inline_code_and_nothing_else() -> None:
    """Every inline script and style has its hash in the policy, default-src is none, and no unsafe word stands in it."""
    elements = Elements(page())
    policy = next(a["content"] or "" for tag, a in elements.found if tag == "meta" and a.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    code = [text for _, attributes, text in elements.code if attributes.get("type") != "application/json"]
    hashes = {"'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'" for text in code}
    assert hashes == set(re.findall(r"'sha256-[^']+'", policy))
    assert len(code) == 5


def test_no_element_has_inline_style_or_handler() -> None:
    """The policy would refuse them; none is written in the first place."""
    for _, attributes in Elements(page()).found:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_hostile_text_stays_text() -> None:
    """A report that carries script, comment and markup adds no element to the page, and its text arrives unchanged."""
    html = page((hostile_reading(),))
    plain = page((Reading(report=report_of("x"), claims=()),))
    tags = {"script", "style", "img", "meta"}
    assert [t for t, _ in Elements(html).found if t in tags] == [t for t, _ in Elements(plain).found if t in tags]
    assert embedded(html)["reports"][0]["text"] == HOSTILE
    assert 'href="javascript' not in html
    assert not re.search("[\u2028\u202e\x00]", html)
    html.encode("utf-8")


def test_spans_cut_the_same_words_in_the_browsers_count() -> None:
    """Evidence behind a character outside the basic plane still covers its words when counted in UTF-16 units."""
    report = report_of("\U0001f525\U0001f525 Troops took Tessen. \U0001f525 Police arrested two.")
    claim = example.claim(report, "incident", "Police arrested two", event_type="arrest")
    data = embedded(page((Reading(report=report, claims=(claim,)),)))
    ((start, end),) = data["claims"][0]["evidence"]
    assert report.text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "Police arrested two"


def test_a_report_without_a_date_says_so() -> None:
    """No date of publication is shown where none is known."""
    html = page((example.analysts_reading(),))
    assert "no date given" in html
    assert embedded(html)["reports"][0]["published_on"] is None


def test_the_origin_of_a_date_is_shown() -> None:
    """A date read from a page's metadata is marked as such."""
    assert "2023-07-13, from the page&#39;s JSON-LD" in page()


def test_without_scripts_every_claim_and_its_words_are_in_the_tables() -> None:
    """The tables are in the page itself: summary, source chain and quote of each claim."""
    html = page()
    assert "Idris Maan, spokesman, Northern Command via Tessen News Agency" in html
    assert html.count('<tr class="record claim') == 11
    assert "<q>as many as fourteen fighters may have died near Sharqat</q>" in html


def test_the_name_of_a_witness_stays_out_of_the_fields() -> None:
    """A witness is shown by role: the page is an export."""
    report = report_of("Shots were fired, said Anna Bell, a baker.")
    source = Source(speaker="Anna Bell", role="baker", type="witness", spans=(Span(23, 32),))
    claim = example.claim(
        report, "incident", "Shots were fired", event_type="other", source=source, summary="shots fired (Anna Bell)"
    )
    data = embedded(page((Reading(report=report, claims=(claim,)),)))
    fields = json.dumps(data["claims"])
    assert "Anna Bell" not in fields
    assert "baker" in fields


def test_an_event_may_hold_claims_of_reports_that_were_left_out() -> None:
    """A page of one report shows the event with the claims at hand."""
    html = render_page([example.operation_reading()], example.events(), title="one report")
    assert [len(event["links"]) for event in embedded(html)["events"]] == [2, 1, 1, 0, 0]


def test_an_empty_project_gives_a_page() -> None:
    """No reports, no events: the page says so."""
    html = render_page([], [], title="Nothing yet")
    assert "No claim was read." in html


def test_five_reports_stay_small() -> None:
    """The page of five reports is under 1.5 MB, map included."""
    assert len(page((*example.readings(), *example.readings()[:2])).encode()) < 1_500_000


def test_vendored_files_are_unchanged() -> None:
    """Each vendored file has the hash that its README records."""
    vendor = files("dateline.exports.page").joinpath("static", "vendor")
    rows = re.findall(r"^\| (\S+/\S+) \|.*\| ([0-9a-f]{64}) \|$", vendor.joinpath("README.md").read_text(encoding="utf-8"), re.M)
    assert len(rows) == 2
    for name, digest in rows:
        assert hashlib.sha256(vendor.joinpath(*name.split("/")).read_bytes()).hexdigest() == digest
