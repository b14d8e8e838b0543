"""Triggers that keep a table append-only, for migrations.

Alembic's `batch_alter_table` on SQLite rebuilds the table and silently drops its triggers: a migration that alters such a
table so must call `make_append_only` again (a test counts the triggers).
"""

from sqlalchemy import Connection, text

_SQLITE = """
CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table}
BEGIN
  SELECT RAISE(ABORT, '{table} is append-only: undo is one more row');
END
"""
_POSTGRESQL = (
    """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{table} is append-only: undo is one more row';
END $$
""",
    """
CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()
""",
)


def make_append_only(connection: Connection, table: str) -> None:
    """Refuse every later UPDATE and DELETE (on PostgreSQL also TRUNCATE) of a table."""
    if connection.dialect.name == "sqlite":
        statements = [_SQLITE.format(table=table, action=action) for action in ("UPDATE", "DELETE")]
    else:
        statements = [statement.format(table=table) for statement in _POSTGRESQL]
    for statement in statements:
        connection.execute(text(statement))
