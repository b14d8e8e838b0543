"""An HTML page -> its text and what it says about itself.  Run it in the guarded worker only: pages can hang any parser."""

import re

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from lxml.html import HtmlElement, HTMLParser, document_fromstring  # type: ignore[import-untyped]
from trafilatura import extract
from trafilatura.metadata import extract_metadata

from dateline.errors import ReportError
from dateline.reports.decode import decode_page
from dateline.reports.html_dates import find_date
from dateline.reports.html_frames import Ask, Page, Refused

LONGEST_TAG = 100_000  # characters of one tag outside its quotes; 300,000 attributes ran over 30 s in three parsers
FEWEST_LETTERS = 40  # of an article; what is found on a page without an article is a menu or a button

_TAG_STEP = re.compile(r">|=\s{0,9}[\"']")  # a quote opens a value only behind "="; stray ones are common
_RAW = re.compile(r"<(script|style)\b", re.I)
_DATE_PARAMS = {
    "original_date": True,  # of publication, not of the last change
    "extensive_search": False,  # strict mode: 59 wrong days of 800 pages instead of 73
    "min_date": "1995-01-01",
    "max_date": "2100-01-01",  # fixed: the clock must not change what a page says
}


def extract_page(ask: Ask) -> Page | Refused:
    """What a page says; the same bytes give the same record.  The text is the article's, without comments."""
    try:
        decoded = decode_page(ask.data)
    except ReportError as e:
        return Refused(str(e))
    if reason := _hostile(decoded.text):
        return Refused(reason)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = document_fromstring(decoded.text.encode("utf-8"), parser=parser)
    except (LxmlError, ValueError) as e:
        return Refused(f"the HTML parser finds no page in it ({e})")
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        return Refused("its elements are nested too deeply: the parser would lose all that follows")
    return _read(tree, ask, decoded.encoding, decoded.guessed)


def _read(tree: HtmlElement, ask: Ask, encoding: str, guessed: bool) -> Page | Refused:
    said = extract_metadata(tree, default_url=ask.url, date_config=dict(_DATE_PARAMS), extensive=False)
    text = extract(tree, url=said.url, include_comments=False, include_tables=True, output_format="txt") or ""
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        return Refused("no article text was found in it")
    dated = find_date(tree, text, (ask.url, said.url), said.date)
    return Page(
        text=text,
        encoding=encoding,
        guessed=guessed,
        title=said.title,
        publisher=said.sitename,
        author=said.author,
        url=said.url,
        published=dated[0] if dated else None,
        published_from=dated[1] if dated else None,
    )


def _hostile(page: str) -> str | None:
    """Why a page would hang a parser; one pass over its tags."""
    at = page.find("<")
    while at >= 0:
        end, bare = _end_of_tag(page, at)
        if bare > LONGEST_TAG:
            return f"one tag is longer than {LONGEST_TAG:,} characters"
        at = page.find("<", _after_raw(page, at, end))
    return None


def _end_of_tag(page: str, start: int) -> tuple[int, int]:
    """Where the tag that begins at `start` ends, and its length without what stands in quotes."""
    if not page[start + 1 : start + 2].isalpha():
        return start + 1, 0
    at, bare = start + 1, 0
    while step := _TAG_STEP.search(page, at):
        bare += step.end() - at
        if step[0] == ">":
            return step.end(), bare
        close = page.find(step[0][-1], step.end())
        if close < 0:
            break
        at = close + 1
    return len(page), bare + len(page) - at


def _after_raw(page: str, start: int, end: int) -> int:
    """Where to look for the next tag: behind a comment, or the whole of a script or style that begins at `start`."""
    if page.startswith("<!--", start):
        close = page.find("-->", end)
    elif raw := _RAW.match(page, start):
        close = page.find(f"</{raw[1]}", end)
    else:
        return end
    return close if close >= 0 else len(page)
