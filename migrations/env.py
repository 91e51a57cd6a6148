"""Runs the revisions of one store on the connection it is handed; there is no other way in.

The connection has foreign keys off (batch mode with them on deleted child rows by cascade) and
begins its transaction itself, so that a failing revision leaves the store as it was.
"""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,
    transactional_ddl=True,
    include_object=context.config.attributes.get("include_object"),
    render_item=context.config.attributes.get("render_item"),
)
with context.begin_transaction():
    context.run_migrations()
