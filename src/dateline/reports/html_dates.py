"""The day of publication of an HTML page, and where it is from.

In the order in which they are believed: JSON-LD, meta tags, the address, words of the page that say it unmistakably, and
last htmldate's guess in its strict mode.  Pages state a wrong day in 7 to 13 % of cases (measured on htmldate's own
pages), and every relative date hangs on it: so its origin goes with it.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from dateline.errors import ReportError
from dateline.model.report import DateOrigin
from dateline.reports.byline import find_published, read_day
from dateline.reports.known import parse_published

# Names of meta tags that say when a page was published (never when it was changed), the surest first.
_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dcterms.issued",
    "dc.date.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "citation_publication_date", "publication_date", "publication-date", "publish_date",
    "publish-date", "publishdate", "pubdate", "published", "date",
)  # fmt: skip
_IN_URL = re.compile(r"[/_-]((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_ARTICLE = re.compile(r"(?:Article|Posting|Report)$", re.I)
_PUBLISHED_CLASS = re.compile(r"publi|posted|entry-date|pubdate|dt-published", re.I)
_DEEPEST = 40  # levels of JSON-LD that are looked into

Dated = tuple[date, DateOrigin]


def find_date(tree: HtmlElement, text: str, urls: tuple[str | None, ...], guess: str | None) -> Dated | None:
    """The day of publication of a page: its tree, its extracted text, its addresses, htmldate's guess (an ISO date)."""
    if day := _only(_json_ld_days(tree)):
        return day, "json_ld"
    if day := _meta_day(tree):
        return day, "meta"
    for url in urls:
        if url and (day := _url_day(url)):
            return day, "url"
    if day := _only(_time_days(tree)):
        return day, "text"
    if stated := find_published(text):
        return stated.day, "text"
    return (date.fromisoformat(guess), "guess") if guess else None


def _only(days: set[date]) -> date | None:
    """The day, where there is no other: a page with a list of articles has many."""
    return next(iter(days)) if len(days) == 1 else None


def _day(words: str | None) -> date | None:
    """The day that words of a page give: an ISO date or time, eight digits, or a full date that can be read one way."""
    words = (words or "").strip()
    if re.fullmatch(r"(?:19|20)\d{6}", words):
        words = f"{words[:4]}-{words[4:6]}-{words[6:]}"
    try:
        return parse_published(words)
    except ReportError:
        return read_day(words)


def _json_ld_days(tree: HtmlElement) -> set[date]:
    days = set()
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            parsed = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common and says nothing; the other origins are asked
        days |= {day for words in _published_in(parsed, _DEEPEST) if (day := _day(words))}
    return days


def _published_in(node: Any, depth: int) -> Iterator[str]:
    """`datePublished` of every article of a piece of JSON-LD."""
    if depth == 0:
        return
    if isinstance(node, list):
        for item in node:
            yield from _published_in(item, depth - 1)
    elif isinstance(node, dict):
        types = node.get("@type", "")
        said = node.get("datePublished")
        if isinstance(said, str) and any(_ARTICLE.search(str(t)) for t in (types if isinstance(types, list) else [types])):
            yield said
            return  # what hangs on an article (comments, parts, related items) is not the article
        for value in node.values():
            yield from _published_in(value, depth - 1)


def _meta_day(tree: HtmlElement) -> date | None:
    said: dict[str, date] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in _META and name not in said and (day := _day(meta.get("content"))):
            said[name] = day
    for name in _META:
        if name in said:
            return said[name]
    marked = {
        day
        for element in tree.xpath(".//*[@itemprop='datePublished' or @pubdate]")
        if (day := _day(element.get("datetime") or element.get("content") or element.text_content()))
    }
    return _only(marked)


def _url_day(url: str) -> date | None:
    match = _IN_URL.search(url)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _time_days(tree: HtmlElement) -> set[date]:
    """The days of the page's <time> elements: those that call themselves published where there are any, else all."""
    times = [(element, day) for element in tree.iter("time") if (day := _day(element.get("datetime") or element.text_content()))]
    named = {day for element, day in times if _PUBLISHED_CLASS.search(element.get("class") or "")}
    return named or {day for _, day in times}
