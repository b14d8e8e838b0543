"""Run by Alembic (`dateline.store.migrate`): the migrations use the connection, and the transaction, that they are given."""

from alembic import context

from dateline.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters tables by rebuilding them
    transactional_ddl=True,  # true of SQLite too, since transactions are begun by us (connect.py): all or nothing
)
context.run_migrations()
