"""The identity of rows and commands."""

from __future__ import annotations

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A UUIDv7: made by the client, ordered by time."""
    return UUID(bytes=uuid_utils.uuid7().bytes)
