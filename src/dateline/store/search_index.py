"""The index for full-text search, for migrations: SQLite's FTS5, kept in step by triggers.

Whoever adds, corrects or takes away a report or a claim, by whatever way, has the index follow in the same transaction.  It
holds the words of every report (not its text a second time), and of every claim its line and its sentences.  Rows of an FTS5
table are numbered, and SQLite may renumber rows of a table that has no number of its own: hence the two tables of numbers.
On PostgreSQL there is no index; `dateline.queries.search` looks into the texts.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

PREFIX = "search_"
"""Names of all tables and triggers here begin so; they are no part of `tables.metadata`."""

_TOKENS = "tokenize = 'unicode61 remove_diacritics 2'"

_SAID = """
SELECT claims.summary || coalesce((
  SELECT group_concat(' ' || substr(reports.text, evidence.start_char + 1, evidence.end_char - evidence.start_char), '')
  FROM evidence WHERE evidence.claim_id = claims.id), '')
FROM claims JOIN reports ON reports.id = claims.report_id WHERE claims.id = {id}
"""

_ADD_REPORT = """
  INSERT INTO search_report_rows (report_id) VALUES (new.id);
  INSERT INTO search_reports (rowid, title, text)
    SELECT number, coalesce(new.title, ''), new.text FROM search_report_rows WHERE report_id = new.id;
"""
_DROP_REPORT = """
  INSERT INTO search_reports (search_reports, rowid, title, text)
    SELECT 'delete', number, coalesce(old.title, ''), old.text FROM search_report_rows WHERE report_id = old.id;
  DELETE FROM search_report_rows WHERE report_id = old.id;
"""
_ADD_CLAIM = """
  INSERT INTO search_claim_rows (claim_id) VALUES (new.id);
  INSERT INTO search_claims (rowid, words) SELECT number, new.summary FROM search_claim_rows WHERE claim_id = new.id;
"""
_DROP_CLAIM = """
  DELETE FROM search_claims WHERE rowid = (SELECT number FROM search_claim_rows WHERE claim_id = old.id);
  DELETE FROM search_claim_rows WHERE claim_id = old.id;
"""
_RENEW_CLAIM = f"""
  UPDATE search_claims SET words = coalesce(({_SAID}), '')
    WHERE rowid = (SELECT number FROM search_claim_rows WHERE claim_id = {{id}});
"""

_TRIGGERS = {
    "report_added AFTER INSERT ON reports": _ADD_REPORT,
    "report_gone AFTER DELETE ON reports": _DROP_REPORT,
    "report_changed AFTER UPDATE OF id, title, text ON reports": _DROP_REPORT + _ADD_REPORT,
    "claim_added AFTER INSERT ON claims": _ADD_CLAIM,
    "claim_gone AFTER DELETE ON claims": _DROP_CLAIM,
    "claim_changed AFTER UPDATE OF summary ON claims": _RENEW_CLAIM.format(id="new.id"),
    "evidence_added AFTER INSERT ON evidence": _RENEW_CLAIM.format(id="new.claim_id"),
    "evidence_gone AFTER DELETE ON evidence": _RENEW_CLAIM.format(id="old.claim_id"),
    "evidence_changed AFTER UPDATE ON evidence": _RENEW_CLAIM.format(id="new.claim_id"),
}

_TABLES = (
    "CREATE TABLE search_report_rows (number INTEGER PRIMARY KEY, report_id TEXT NOT NULL UNIQUE)",
    "CREATE TABLE search_claim_rows (number INTEGER PRIMARY KEY, claim_id TEXT NOT NULL UNIQUE)",
    f"CREATE VIRTUAL TABLE search_reports USING fts5(title, text, content='', {_TOKENS})",
    f"CREATE VIRTUAL TABLE search_claims USING fts5(words, {_TOKENS})",
)

_TABLE_NAMES = tuple(statement.removeprefix("CREATE ").removeprefix("VIRTUAL ").split()[1] for statement in _TABLES)

_FILL = (
    "INSERT INTO search_report_rows (report_id) SELECT id FROM reports ORDER BY id",
    "INSERT INTO search_reports (rowid, title, text) SELECT number, coalesce(title, ''), text "
    "FROM search_report_rows JOIN reports ON id = report_id",
    "INSERT INTO search_claim_rows (claim_id) SELECT id FROM claims ORDER BY id",
    f"INSERT INTO search_claims (rowid, words) SELECT number, ({_SAID.format(id='claim_id')}) FROM search_claim_rows",
)


@contextmanager
def search_index_made_after(connection: Connection) -> Iterator[None]:
    """Fill the tables within it: the index is made once of all rows, which is quicker than keeping it in step with each."""
    if connection.dialect.name == "sqlite":
        for when in _TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER {PREFIX}{when.split()[0]}")
        for table in _TABLE_NAMES:
            connection.exec_driver_sql(f"DROP TABLE {table}")
    yield
    make_search_index(connection)


def make_search_index(connection: Connection) -> None:
    """Make the index of all that the tables hold, and the triggers that keep it so.  On PostgreSQL: nothing."""
    if connection.dialect.name != "sqlite":
        return
    statements = [*_TABLES, *_FILL]
    statements += [f"CREATE TRIGGER {PREFIX}{when} BEGIN {what} END" for when, what in _TRIGGERS.items()]
    for statement in statements:
        connection.exec_driver_sql(statement)
