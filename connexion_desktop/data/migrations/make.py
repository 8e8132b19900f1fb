"""Write the next version of the schema, from what the models say that the versions do not.

    python -m connexion_desktop.data.migrations.make "what changes"

Read the file it writes, mend it by hand where data must move, then raise `HEAD` and add the digest
that `tests/data/test_migrations.py` asks for. A version that made a base is never edited.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from connexion_desktop.data.models import Base

from .upgrade import FOLDER, config


def make(message: str) -> str:
    """Write the next version; return its file's path. The models are read, never imported by it."""
    (FOLDER / "versions").mkdir(exist_ok=True)
    made = config()
    known = list(ScriptDirectory.from_config(made).walk_revisions())
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        made.attributes.update(connection=connection, metadata=Base.metadata, batch=bool(known))
        command.upgrade(made, "head")
        written = command.revision(made, message, autogenerate=True, rev_id=f"{len(known) + 1:04d}")
    if written is None or isinstance(written, list):
        raise TypeError("one version was expected")
    return str(written.path)


def main(words: Sequence[str]) -> int:
    """The command."""
    if len(words) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    sys.stdout.write(f"{make(words[0])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
