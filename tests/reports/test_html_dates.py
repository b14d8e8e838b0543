"""The day of publication of a page, and where it is from: the surest origin first, nothing where two disagree."""

from datetime import date

import pytest
from lxml.html import document_fromstring  # type: ignore[import-untyped]

from dateline.reports.html_dates import find_date

LD = '<script type="application/ld+json">{}</script>'
META = '<meta property="article:published_time" content="2021-03-04T10:00:00+01:00">'
TIME = '<time datetime="2021-03-06">two days ago</time>'
ARTICLE = '{"@type": "NewsArticle", "datePublished": "2021-03-03T08:00:00Z", "dateModified": "2021-04-01"}'
URL = "https://example.org/2021/03/05/blast"
TEXT = "Blast\n7 March 2021\nA bomb went off."


def dated(head: str = "", url: str | None = None, text: str = "", guess: str | None = None) -> tuple[date, str] | None:
    tree = document_fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>")
    return find_date(tree, text, (None, url), guess)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (
            {"head": LD.format(ARTICLE) + META + TIME, "url": URL, "text": TEXT, "guess": "2021-03-08"},
            (date(2021, 3, 3), "json_ld"),
        ),
        ({"head": META + TIME, "url": URL, "text": TEXT, "guess": "2021-03-08"}, (date(2021, 3, 4), "meta")),
        ({"head": TIME, "url": URL, "text": TEXT, "guess": "2021-03-08"}, (date(2021, 3, 5), "url")),
        ({"head": TIME, "text": TEXT, "guess": "2021-03-08"}, (date(2021, 3, 6), "text")),
        ({"text": TEXT, "guess": "2021-03-08"}, (date(2021, 3, 7), "text")),
        ({"guess": "2021-03-08"}, (date(2021, 3, 8), "guess")),
        ({}, None),
    ],
)
def test_the_surest_origin_is_taken(page: dict[str, str], found: tuple[date, str] | None) -> None:
    """JSON-LD before meta tags, before the address, before words, before a guess; and no date where there is none."""
    assert dated(**page) == found


@pytest.mark.parametrize(
    "json_ld",
    [
        '{"@graph": [{"@type": "WebSite"}, {"@type": ["Article", "Thing"], "datePublished": "2021-03-03"}]}',
        '[{"@type": "ReportageNewsArticle", "datePublished": "20210303"}]',
        '{"@type": "BlogPosting", "datePublished": "March 3, 2021", "part": {"@type": "Article", "datePublished": "2020-05-09"}}',
        '{"@type": "NewsArticle",\n"headline": "a raw\nline end", "datePublished": "2021-03-03"}',
    ],
)
def test_json_ld_comes_in_many_forms(json_ld: str) -> None:
    """Graphs, lists, several types, control characters; what hangs on an article is not asked."""
    assert dated(LD.format(json_ld)) == (date(2021, 3, 3), "json_ld")


@pytest.mark.parametrize(
    "json_ld",
    [
        "{broken",
        "[" * 50_000,
        '{"@type": "WebPage", "datePublished": "2021-03-03"}',
        '{"@type": "NewsArticle", "dateModified": "2021-03-03"}',
        '{"@type": "NewsArticle", "datePublished": "03/04/2021"}',
        '{"@type": "NewsArticle", "datePublished": 20210303}',
        '[{"@type": "Article", "datePublished": "2021-03-03"}, {"@type": "Article", "datePublished": "2021-03-04"}]',
    ],
)
def test_json_ld_that_does_not_say_it_gives_nothing(json_ld: str) -> None:
    """Broken, of no article, of the change only, ambiguous, or of several articles."""
    assert dated(LD.format(json_ld)) is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="pubdate" content="2021-03-04">',
        '<meta itemprop="datePublished" content="2021-03-04T23:59:00-05:00">',
        '<meta name="DC.date.issued" content="4 March 2021">',
        '<meta name="date" content="2021-01-01"><meta property="article:published_time" content="2021-03-04">',
        '<meta property="article:modified_time" content="2021-05-01"><meta name="parsely-pub-date" content="20210304">',
    ],
)
def test_meta_tags_say_it_in_many_ways(head: str) -> None:
    """The surest name goes first; the day of the last change is never taken."""
    assert dated(head) == (date(2021, 3, 4), "meta")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2021-05-01">',
        '<meta name="date" content="03/04/2021">',
        '<time datetime="2021-03-01"></time><time datetime="2021-03-02"></time>',
    ],
)
def test_what_is_no_day_of_publication_gives_nothing(head: str) -> None:
    """A change, an ambiguous order, a list of several days."""
    assert dated(head) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2021/03/05/blast", date(2021, 3, 5)),
        ("https://example.org/news/2021-3-5-blast.html", date(2021, 3, 5)),
        ("https://example.org/2021/03/blast", None),
        ("https://example.org/2021/13/05/blast", None),
        ("https://example.org/2021/02/30/blast", None),
        ("https://example.org/id/1202103059", None),
    ],
)
def test_an_address_gives_a_whole_day_or_none(url: str, day: date | None) -> None:
    """A month alone is no day, and a number is no date."""
    assert dated(url=url) == ((day, "url") if day else None)
