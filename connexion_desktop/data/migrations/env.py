"""Run by Alembic: the versions are applied on the connection that the caller opened."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context


def spell(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own types as plain SQLAlchemy ones: a version never imports the models."""
    if kind == "type" and type(item).__name__ == "Instant":
        return "sa.DateTime(timezone=True)"
    return False


wanted = context.config.attributes
context.configure(
    connection=wanted["connection"],
    target_metadata=wanted.get("metadata"),
    render_item=spell,
    render_as_batch=wanted.get("batch", True),
    transactional_ddl=True,
)
context.run_migrations()
