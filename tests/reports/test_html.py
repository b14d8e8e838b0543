"""HTML pages: what is read from them, what is refused, and that no page can hang or break the run."""

import gzip
import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import ReportError
from dateline.model import Report
from dateline.reports import Failure, HtmlGuard, Outcome, ReadOptions, find_sources, read_sources
from dateline.reports.html_frames import Page, Refused

BODY = (
    "<p>Three traders were killed and nine wounded when a bomb went off in the market of Djibo on Thursday, the governor’s "
    "office said in a statement read on local radio.</p><p>No group has claimed the attack so far, a police officer told "
    "the newspaper, adding that two suspects had been arrested near the northern road.</p>"
)
HEAD = (
    '<title>Three killed in market blast - Sahel Courier</title><meta property="og:site_name" content="Sahel Courier">'
    '<meta name="author" content="Aminata Writer"><meta property="article:published_time" content="2021-03-04T23:10:00Z">'
    '<link rel="canonical" href="https://example.org/2021/03/05/market-blast">'
)
MENU = '<nav><a href="/">Home</a> <a href="/war">War</a></nav>'
LIMITS = ReadOptions(html_seconds=10, max_html_bytes=6_000_000)


def page(body: str = BODY, head: str = HEAD) -> bytes:
    article = f"<article><h1>Three killed in market blast</h1>{body}</article>"
    return f"<!doctype html><html><head>{head}</head><body>{MENU}{article}<footer>Imprint</footer></body></html>".encode()


@pytest.fixture(scope="module")
def guard() -> Iterator[HtmlGuard]:
    with HtmlGuard(LIMITS) as shared:
        yield shared


def read(path: Path, options: ReadOptions | None = None) -> Outcome:
    (outcome,) = read_sources(find_sources([path]), options or LIMITS)
    return outcome


def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path) -> None:
    """The text is the article's, without menus; title, publisher, author, address and day come from the page."""
    (tmp_path / "a.html").write_bytes(page())
    found = read(tmp_path / "a.html")
    assert isinstance(found, Report), found
    assert "Three traders were killed" in found.text
    assert "Imprint" not in found.text
    assert "War" not in found.text
    assert found.title == "Three killed in market blast"
    assert (found.publisher, found.author) == ("Sahel Courier", "Aminata Writer")
    assert found.url == "https://example.org/2021/03/05/market-blast"
    assert (found.published, found.published_from) == (date(2021, 3, 4), "meta")
    assert found.sha256 == hashlib.sha256(page()).hexdigest()


def test_options_and_side_files_go_before_the_page(tmp_path: Path) -> None:
    """Field by field; what nobody else says stays the page's."""
    (tmp_path / "a.html").write_bytes(page())
    (tmp_path / "a.meta.json").write_text('{"publisher": "Side", "published": "2021-03-06"}', encoding="utf-8")
    found = read(tmp_path, ReadOptions(publisher="User"))
    assert isinstance(found, Report)
    assert (found.publisher, found.published, found.published_from) == ("User", date(2021, 3, 6), "side_file")
    assert found.author == "Aminata Writer"


def test_the_address_that_the_user_gives_can_date_the_page(tmp_path: Path) -> None:
    """A saved page often has lost its own address."""
    (tmp_path / "a.html").write_bytes(page(head="<title>Blast</title>"))
    found = read(tmp_path / "a.html", ReadOptions(url="https://example.org/2021/03/05/market-blast"))
    assert isinstance(found, Report)
    assert (found.published, found.published_from) == (date(2021, 3, 5), "url")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [('<meta charset="windows-1252">', "cp1252"), ("", "utf-8"), ("", "utf-8-sig"), ("", "utf-16"), ("", "cp1252")],
)
def test_the_encoding_of_a_page_is_found(guard: HtmlGuard, head: str, encoding: str) -> None:
    """Declared, marked, proved or guessed: the typographic quote comes through."""
    found = guard.read(page(head=head).decode().encode(encoding))
    assert isinstance(found, Page), found
    assert "governor’s office" in found.text


HOSTILE = {
    "one tag with 300,000 attributes": page("<p " + " ".join(f"a{n}='{n}'" for n in range(300_000)) + ">" + BODY),
    "the same, with < in them": page("<p " + " ".join(f"a{n}='<{n}'" for n in range(300_000)) + ">" + BODY),
    "100,000 nested div": page("<div>" * 100_000 + BODY),
    "a quote that never closes": page("<p title='" + "x" * 2_000_000),
    "a packed page": gzip.compress(page()),
    "a PDF": b"%PDF-1.7\n" + page(),
    "NUL bytes": page().replace(b"market", b"mar\0ket"),
    "nothing": b"",
    "white space": b" \r\n\t ",
    "a menu without an article": f"<html><body>{MENU}</body></html>".encode(),
    "tags without a word": b"<html><body>" + b"<div></div>" * 1000 + b"</body></html>",
    "binary junk": bytes(range(1, 256)) * 1000,
    "text that is no page": b"\xff\xfe" + "<".encode("utf-16-le") * 100,
    "more bytes than allowed": page(BODY * 20_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_refused_soon_and_by_name(guard: HtmlGuard, name: str) -> None:
    """Each of the pages that hung, crashed or emptied a parser is refused in a moment; none is an empty report."""
    began = time.monotonic()
    found = guard.read(HOSTILE[name])
    assert isinstance(found, Refused), found
    assert found.reason
    assert time.monotonic() - began < 5  # the guard's own limit is 10: these are seen before they are parsed


@pytest.mark.parametrize(
    "body",
    ["<p>" + "the market was hit " * 100_000, "<b>and " * 50 + BODY, BODY + "&amp;" * 200_000, "<" * 200_000 + BODY],
    ids=["a very long paragraph", "unclosed tags", "entities", "less-than signs"],
)
def test_an_odd_page_is_read(guard: HtmlGuard, body: str) -> None:
    """The guard refuses what is dangerous, not what is ugly."""
    assert isinstance(guard.read(page(body)), Page)


def test_entities_of_a_page_are_not_unfolded(guard: HtmlGuard) -> None:
    """An entity bomb stays small, and no file is drawn into the text."""
    bomb = '<!DOCTYPE html [<!ENTITY a "ha ha ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    found = guard.read(bomb.encode() + page(BODY + "<p>&b;&b;&b;&f; said a fourth man who stood at the gate.</p>"))
    assert isinstance(found, Page), found
    assert "ha ha" not in found.text
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in found.text


def test_a_page_that_takes_too_long_is_killed_and_the_next_is_read(tmp_path: Path) -> None:
    """The worker is replaced, and the other pages of the folder do not notice."""
    (tmp_path / "a.html").write_bytes(page())
    (tmp_path / "b.html").write_bytes(page("<p>a</p>" * 600_000))
    (tmp_path / "c.html").write_bytes(page())
    first, slow, last = read_sources(find_sources([tmp_path]), ReadOptions(html_seconds=1))
    assert isinstance(slow, Failure)
    assert "more than 1 seconds" in slow.reason
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert first.text == last.text


def test_a_worker_that_died_is_replaced(guard: HtmlGuard) -> None:
    """Whoever kills the process between two pages, the second is read or named, and the third is read."""
    before = guard.read(page())
    assert guard._worker is not None
    guard._worker.kill()
    assert isinstance(guard.read(page()), Page | Refused)
    assert guard.read(page()) == before


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not limit the address space")
def test_a_page_that_needs_too_much_memory_is_refused() -> None:
    """The limit holds, and the next page is read."""
    with HtmlGuard(ReadOptions(html_memory_bytes=300_000_000)) as small:
        found = small.read(page("<p>a</p>" * 1_000_000))
        assert isinstance(found, Refused)
        assert isinstance(small.read(page()), Page)


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not limit the address space")
def test_a_worker_that_cannot_start_is_an_error_of_the_installation() -> None:
    """That is no page's fault, and is raised with the reason."""
    with HtmlGuard(ReadOptions(html_memory_bytes=25_000_000)) as tiny, pytest.raises(ReportError, match="does not start"):
        tiny.read(page())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks for the process in /proc")
def test_a_worker_ends_when_its_run_was_killed() -> None:
    """A run that is killed in the middle of a page leaves no process behind that goes on for ever."""
    program = (
        "import os, threading, time\n"
        "from dateline.reports import HtmlGuard, ReadOptions\n"
        "guard = HtmlGuard(ReadOptions(html_seconds=1))\n"
        "guard.read(b'<p>first</p>')\n"
        "print(guard._worker.pid, flush=True)\n"
        "threading.Thread(target=guard.read, args=(b'<html><body>' + b'<p>a</p>' * 1_000_000,)).start()\n"
        "time.sleep(0.5)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    worker = int(run.stdout)
    deadline = time.monotonic() + 20
    while _alive(worker) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _alive(worker)


def _alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_same_page_gives_the_same_record(guard: HtmlGuard) -> None:
    """In a new process, in one that has read other pages, and twice in a row."""
    guard.read(page("<p>Another report about another place, with other words, so that caches are filled.</p>" * 3))
    with HtmlGuard(LIMITS) as fresh:
        assert fresh.read(page()) == guard.read(page()) == guard.read(page())


def test_nothing_is_imported_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of pages that holds a file trafilatura.py does not run it."""
    (tmp_path / "trafilatura.py").write_text("raise SystemExit('run from the folder')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with HtmlGuard(LIMITS) as here:
        assert isinstance(here.read(page()), Page)
