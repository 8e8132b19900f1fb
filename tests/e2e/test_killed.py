"""The window is killed in mid-save: started again, what was typed is saved or a draft, once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.person_commands import writing_key
from connexion_desktop.usecases import drafts, servers
from tests import factories as make
from tests.keyrings import OnDisk, use
from tests.servers import EVERYTHING, PASSWORD, Office, wait_until_they_wait

NOTE = "Elle cherche un stage"
_SLOW_COMMIT = """
CREATE FUNCTION wait_for_it() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(29);
    RETURN NULL;
END
$$;
GRANT EXECUTE ON FUNCTION wait_for_it() TO PUBLIC;
CREATE CONSTRAINT TRIGGER wait_for_it AFTER INSERT ON note
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_for_it();
"""


@contextmanager
def held(office: Office, at: str) -> Iterator[None]:
    """A save of a note does not go past that point."""
    with office.cluster.admin(office.database) as admin:
        if at == "commit":
            admin.execute(_SLOW_COMMIT)
        with admin.transaction():
            lock = {
                "insert": "LOCK TABLE note IN SHARE MODE",
                "commit": "SELECT pg_advisory_xact_lock(29)",
            }
            admin.execute(lock[at].encode())
            yield


def kept(store: ServerDatabase, person: UUID) -> tuple[list[str], str | None]:
    """The notes on the server, and what is still a draft."""
    with store.read() as session:
        notes = list(session.scalars(sa.select(m.Note.text)))
        return notes, drafts.take(session, store.author, writing_key(person))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
@pytest.mark.parametrize("at", ["insert", "commit"])
def test_a_window_killed_in_mid_save_neither_loses_nor_doubles_a_note(
    at: str,
    shared_office: Office,
    act: Callable[..., Act],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, OnDisk)
    servers.remember(shared_office.address(EVERYTHING), PASSWORD)
    with (
        closing(shared_office.opened(EVERYTHING, tmp_path)) as store,
        store.write(act("Groupe")) as session,
    ):
        person, _ = make.participant(session, make.cohort(session), "Awa", "Diallo")
    with ThreadPoolExecutor(1) as aside:
        with held(shared_office, at):
            window = subprocess.Popen([sys.executable, "-m", "tests.e2e.typist", str(person), NOTE])
            wait_until_they_wait(shared_office, 1, lambda: window.poll() is not None)
            window.kill()
            assert window.wait() == -signal.SIGKILL
            again = aside.submit(servers.open_known, "essai")
            wait_until_they_wait(shared_office, 2, again.done)
        with closing(again.result(30)) as store:
            notes, draft = kept(store, person)
    assert (notes, draft is not None) == ([NOTE] if at == "commit" else [], at == "insert")
    assert draft is None or NOTE in draft
