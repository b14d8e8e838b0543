"""Full-text search over reports and claims.

On SQLite by FTS5, whose tables triggers keep in step with every row that is added, changed or taken away; on PostgreSQL by
looking for the words one by one.  Case and diacritics do not count ("Salāh" is "salah").  What a user types is never read as
a query language: each word is looked for as it stands, "words in quotation marks" in this order, and a last word with * as
the beginning of one.
"""

import re
import unicodedata
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, and_, column, func, literal, or_, select, table, text

from dateline.queries.snippets import Snippet, snippet
from dateline.store import tables as t

MAX_QUERY = 200
"""Characters that are read of what a user types."""
MAX_WORDS = 16

REPORTS = table("search_reports", column("rowid"))
REPORT_ROWS = table("search_report_rows", column("number"), column("report_id"))
CLAIMS = table("search_claims", column("rowid"))
CLAIM_ROWS = table("search_claim_rows", column("number"), column("claim_id"))


class Hit(Struct, frozen=True, kw_only=True):
    """A report or a claim that was found: a claim by its sentence or its line, with the event that it is in."""

    report_id: str
    title: str
    publisher: str | None
    published: Any
    claim_id: str | None = None
    event_id: str | None = None
    kind: str | None = None
    summary: str = ""
    snippet: Snippet


def words_of(query: str) -> list[str]:
    """The words and phrases of what a user typed: no operators, nothing that can fail."""
    parts = re.findall(r'["“”„«]([^"“”„«»]*)["“”»]|([^\s"“”„«»]+)', query[:MAX_QUERY])
    found = [" ".join((phrase or word).split()) for phrase, word in parts]
    return [part for part in found if re.search(r"[^\W_]", part)][:MAX_WORDS]


def plain(query: str) -> str:
    """What a user typed as it can be shown in a field: control and direction characters, which no word has, become spaces."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in query[:MAX_QUERY]).strip()


def match_of(query: str) -> str | None:
    """The query in FTS5's language, every word quoted; None where there is no word to look for."""
    found = []
    for word in words_of(query):
        bare = word.replace("\0", " ").encode("utf-8", "ignore").decode()
        quoted = '"' + bare.rstrip("*").replace('"', '""') + '"'
        found.append(quoted + ("*" if bare.endswith("*") else ""))
    return " AND ".join(found) or None


def claims_saying(connection: Connection, query: str) -> Select[Any]:
    """The ids of the claims whose sentences or whose line hold the words of a query; all claims where it has none."""
    match = match_of(query)
    if match is None:
        return select(t.claims.c.id)
    if connection.dialect.name == "sqlite":
        hits = select(CLAIMS.c.rowid).where(text("search_claims MATCH :claim_words").bindparams(claim_words=match))
        return select(CLAIM_ROWS.c.claim_id).where(CLAIM_ROWS.c.number.in_(hits.select_from(CLAIMS)))
    quotes = (
        select(t.evidence.c.claim_id)
        .join(t.claims, t.claims.c.id == t.evidence.c.claim_id)
        .join(t.reports, t.reports.c.id == t.claims.c.report_id)
    )
    quote = func.substr(t.reports.c.text, t.evidence.c.start_char + 1, t.evidence.c.end_char - t.evidence.c.start_char)
    said = [or_(_holds(quote, word), _holds(t.claims.c.summary, word)) for word in words_of(query)]
    return quotes.where(and_(*said))


def reports_saying(connection: Connection, query: str) -> Select[Any]:
    """The ids of the reports whose title or text holds the words of a query; all where it has none."""
    match = match_of(query)
    if match is None:
        return select(t.reports.c.id)
    if connection.dialect.name == "sqlite":
        hits = select(REPORTS.c.rowid).where(text("search_reports MATCH :report_words").bindparams(report_words=match))
        return select(REPORT_ROWS.c.report_id).where(REPORT_ROWS.c.number.in_(hits.select_from(REPORTS)))
    columns = (t.reports.c.title, t.reports.c.text)
    return select(t.reports.c.id).where(*(or_(*(_holds(one, word) for one in columns)) for word in words_of(query)))


def search(connection: Connection, query: str, *, limit: int = 20) -> tuple[list[Hit], list[Hit]]:
    """The best reports and the best claims for a query, each with the characters that were found; none for an empty one."""
    if match_of(query) is None:
        return [], []
    words = words_of(query)
    return _report_hits(connection, query, words, limit), _claim_hits(connection, query, words, limit)


def _report_hits(connection: Connection, query: str, words: list[str], limit: int) -> list[Hit]:
    reports = t.reports
    shown = (reports.c.id, reports.c.title, reports.c.publisher, reports.c.published, reports.c.text)
    ids = _best(connection, "search_reports", "search_report_rows", "report_id", query, limit)
    if ids is None:
        found = (
            select(*shown)
            .where(reports.c.id.in_(reports_saying(connection, query)))
            .order_by(reports.c.published.desc(), reports.c.id)
        )
        rows = list(connection.execute(found.limit(limit)))
    else:
        by_id = {row.id: row for row in connection.execute(select(*shown).where(reports.c.id.in_(ids)))}
        rows = [by_id[i] for i in ids if i in by_id]
    return [
        Hit(report_id=r.id, title=r.title or "", publisher=r.publisher, published=r.published, snippet=snippet(r.text, words))
        for r in rows
    ]


def _claim_hits(connection: Connection, query: str, words: list[str], limit: int) -> list[Hit]:
    claims, reports, links, spans = t.claims, t.reports, t.event_claims, t.evidence
    quote = func.substr(reports.c.text, spans.c.start_char + 1, spans.c.end_char - spans.c.start_char)
    shown = (
        select(
            claims.c.id, claims.c.report_id, claims.c.kind, claims.c.summary, reports.c.title, reports.c.publisher,
            reports.c.published, links.c.event_id, quote.label("quote"),
        )
        .join(reports, reports.c.id == claims.c.report_id)
        .join(spans, and_(spans.c.claim_id == claims.c.id, spans.c.n == literal(0)))
        .outerjoin(links, links.c.claim_id == claims.c.id)
    )  # fmt: skip
    ids = _best(connection, "search_claims", "search_claim_rows", "claim_id", query, limit)
    if ids is None:
        ids = list(connection.execute(claims_saying(connection, query).distinct().limit(limit)).scalars())
    by_id = {row.id: row for row in connection.execute(shown.where(claims.c.id.in_(ids)))}
    return [
        Hit(
            report_id=r.report_id, title=r.title or "", publisher=r.publisher, published=r.published, claim_id=r.id,
            event_id=r.event_id, kind=r.kind, summary=r.summary, snippet=snippet(r.quote, words),
        )
        for r in (by_id[i] for i in ids if i in by_id)
    ]  # fmt: skip


CANDIDATES = 2_000
"""Hits that are ranked: ranking a word that stands in 100,000 sentences takes longer than reading what it finds."""


def _best(connection: Connection, index: str, rows: str, key: str, query: str, limit: int) -> list[str] | None:
    """Ids by rank, the best first; None where the database ranks nothing.

    Of more than CANDIDATES hits the newest are ranked, those that came in last.
    """
    if connection.dialect.name != "sqlite":
        return None
    found = text(
        f"WITH hits AS (SELECT rowid AS number, bm25({index}) AS score FROM {index} WHERE {index} MATCH :words "
        "ORDER BY rowid DESC LIMIT :some) "
        f"SELECT {key} FROM hits JOIN {rows} USING (number) ORDER BY score, {key} LIMIT :few"
    )
    return list(connection.execute(found, {"words": match_of(query), "some": CANDIDATES, "few": limit}).scalars())


def _holds(held: Any, word: str) -> Any:
    """Whether a text holds a word or phrase, without regard to case."""
    bare = unicodedata.normalize("NFC", word.rstrip("*").replace("\0", "").encode("utf-8", "ignore").decode())
    return held.icontains(bare, autoescape=True)
