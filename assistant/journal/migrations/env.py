"""Alembic's entry. The connection is handed over by `assistant.journal.store`; there is no alembic.ini."""

from alembic import context

from assistant.journal.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
