"""The servers that a workstation knows: their address in a file, their password never in it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import (
    OtherDraftsError,
    PasswordNeededError,
    ServerAddress,
    ServerError,
)
from connexion_desktop.system import folders
from connexion_desktop.usecases import drafts, server_drafts, servers
from tests.keyrings import Drawer, use, use_none
from tests.servers import EVERYTHING, KARIM, NADIA, PASSWORD, Office

ADDRESS = ServerAddress("bureau", "127.0.0.1", "connexion", "n.ferrand")


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Drawer]]:
    use(monkeypatch)
    yield Drawer


def known_file() -> Path:
    return folders.config_folder() / "serveurs.json"


def test_a_workstation_knows_no_server_at_first() -> None:
    assert servers.known() == ()
    with pytest.raises(UserError, match="ne connaît pas"):
        servers.named("bureau")


@pytest.mark.usefixtures("keyring")
def test_an_address_is_kept_in_a_file_of_ones_own_without_the_password() -> None:
    assert servers.remember(ADDRESS, PASSWORD)
    assert servers.known() == (ADDRESS,)
    assert servers.named("Bureau") == ADDRESS
    assert PASSWORD not in known_file().read_text(encoding="utf-8")
    assert known_file().stat().st_mode & 0o777 == 0o600
    assert servers.password_of(ADDRESS) == PASSWORD


@pytest.mark.usefixtures("keyring")
def test_a_server_known_again_takes_the_place_of_the_other() -> None:
    servers.remember(ADDRESS, PASSWORD)
    elsewhere = replace(ADDRESS, name="BUREAU", database="autre")
    servers.remember(elsewhere, PASSWORD)
    assert servers.known() == (elsewhere,)


@pytest.mark.usefixtures("keyring")
def test_a_password_is_only_given_to_the_server_it_was_given_for() -> None:
    servers.remember(ADDRESS, PASSWORD)
    with pytest.raises(PasswordNeededError):
        servers.password_of(replace(ADDRESS, host="localhost"))


def test_without_keyring_the_password_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    use_none(monkeypatch)
    assert not servers.remember(ADDRESS, PASSWORD)
    with pytest.raises(PasswordNeededError, match="n’est pas sur ce poste"):
        servers.open_known("bureau")


def test_the_certificate_stays_when_the_key_it_came_on_is_taken_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_none(monkeypatch)
    given = tmp_path / "autorite.crt"
    given.write_text("un certificat", encoding="ascii")
    servers.remember(replace(ADDRESS, ca=given), PASSWORD)
    given.unlink()
    kept = servers.named("bureau").ca
    assert kept is not None and kept.read_text(encoding="ascii") == "un certificat"
    servers.forget("bureau")
    assert servers.known() == () and not kept.exists()


def test_a_certificate_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ne peut pas être lu"):
        servers.remember(replace(ADDRESS, ca=tmp_path / "absent.crt"), PASSWORD)
    assert servers.known() == ()


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"x": 1}',
        b'{"bureau": {"host": "h"}}',
        b'{"../../x": {"host": "127.0.0.1", "database": "d", "login": "l", "ca": null}}',
        b'{"b": {"host": "ailleurs.example.org", "database": "d", "login": "l", "ca": null}}',
        b'{"b": {"host": "127.0.0.1", "port": "x", "database": "d", "login": "l", "ca": null}}',
    ],
)
def test_what_is_no_address_in_the_file_counts_as_absent(written: bytes) -> None:
    known_file().write_bytes(written)
    assert servers.known() == ()


@pytest.mark.usefixtures("keyring")
def test_a_known_server_is_opened_with_the_password_of_the_keyring(shared_office: Office) -> None:
    servers.remember(replace(shared_office.address(NADIA), name="bureau"), PASSWORD)
    with closing(servers.open_known("bureau")) as opened:
        assert opened.author == "Nadia Ferrand"


@pytest.mark.usefixtures("keyring")
def test_what_is_typed_waits_on_this_workstation_encrypted(shared_office: Office) -> None:
    servers.remember(replace(shared_office.address(NADIA), name="bureau"), PASSWORD)
    with closing(servers.open_known("bureau")) as opened, opened.scratch() as session:
        drafts.keep(session, opened.author, "une clé", "un début de phrase")
    (file,) = folders.draft_folder().glob("*.brouillons")
    assert b"phrase" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with closing(servers.open_known("bureau")) as opened, opened.read() as reading:
        assert drafts.take(reading, opened.author, "une clé") == "un début de phrase"


@pytest.mark.usefixtures("keyring")
def test_forgetting_a_server_loses_nothing_that_was_typed(shared_office: Office) -> None:
    address = replace(shared_office.address(NADIA), name="bureau")
    servers.remember(address, PASSWORD)
    with closing(servers.open_known("bureau")) as opened, opened.scratch() as session:
        drafts.keep(session, opened.author, "une clé", "un début de phrase")
    servers.forget("bureau")
    with pytest.raises(PasswordNeededError):
        servers.password_of(address)
    servers.remember(address, PASSWORD)
    with closing(servers.open_known("bureau")) as opened, opened.scratch() as session:
        assert drafts.take(session, opened.author, "une clé") == "un début de phrase"
        drafts.drop(session, opened.author, "une clé")
    servers.forget("bureau")
    assert not list(folders.draft_folder().glob("*.brouillons"))
    assert Drawer.held == {}


def keep_a_draft(text: str, password: str = PASSWORD) -> None:
    with closing(servers.open_known("bureau", password)) as opened, opened.scratch() as session:
        drafts.keep(session, opened.author, "une clé", text)
        assert opened.keeps_drafts


def kept_draft(password: str = PASSWORD) -> str | None:
    with closing(servers.open_known("bureau", password)) as opened, opened.scratch() as session:
        return drafts.take(session, opened.author, "une clé")


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch, shared_office: Office) -> Office:
    """A server known on a workstation that has no keyring."""
    use_none(monkeypatch)
    servers.remember(replace(shared_office.address(NADIA), name="bureau"), PASSWORD)
    return shared_office


@pytest.mark.usefixtures("no_keyring")
def test_without_keyring_the_password_of_the_server_opens_the_drafts_again() -> None:
    keep_a_draft("un début de phrase")
    for file in folders.draft_folder().iterdir():
        assert b"phrase" not in file.read_bytes()
        assert PASSWORD.encode() not in file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0
    assert kept_draft() == "un début de phrase"


@pytest.mark.usefixtures("no_keyring")
def test_a_wrong_password_moves_no_draft() -> None:
    with pytest.raises(ServerError, match="refuse l’identifiant"):
        servers.open_known("bureau", "pas le bon mot de passe")
    assert not list(folders.draft_folder().glob("bureau.brouillons*"))
    keep_a_draft("un début de phrase")
    before = sorted(folders.draft_folder().iterdir())
    with pytest.raises(ServerError, match="refuse l’identifiant"):
        servers.open_known("bureau", "pas le bon mot de passe")
    assert sorted(folders.draft_folder().iterdir()) == before
    assert kept_draft() == "un début de phrase"


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize("drafts_too", [True, False])
def test_a_wrong_password_leaves_nothing_in_the_temporary_folder(
    drafts_too: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ServerError, match="refuse l’identifiant"):
        servers.open_known("bureau", "pas le bon mot de passe", drafts=drafts_too)
    assert sorted(tmp_path.iterdir()) == before


def test_two_people_of_a_workstation_without_keyring_find_each_their_drafts(
    no_keyring: Office,
) -> None:
    new = "un nouveau mot de passe"
    with no_keyring.cluster.admin() as admin:
        admin.execute(f"ALTER ROLE \"{KARIM.login}\" PASSWORD '{new}'")
    try:
        keep_a_draft("la phrase de Nadia")
        servers.remember(replace(no_keyring.address(KARIM), name="bureau"), None)
        assert kept_draft(new) is None
        keep_a_draft("la phrase de Karim", new)
        servers.remember(replace(no_keyring.address(NADIA), name="bureau"), None)
        assert kept_draft() == "la phrase de Nadia"
        servers.remember(replace(no_keyring.address(KARIM), name="bureau"), None)
        assert kept_draft(new) == "la phrase de Karim"
    finally:
        with no_keyring.cluster.admin() as admin:
            admin.execute(f"ALTER ROLE \"{KARIM.login}\" PASSWORD '{PASSWORD}'")


def test_after_a_change_of_password_the_former_one_gives_the_drafts_back_for_good(
    no_keyring: Office,
) -> None:
    new = "un nouveau mot de passe"
    keep_a_draft("un début de phrase")
    with no_keyring.cluster.admin() as admin:
        admin.execute(f"ALTER ROLE \"{NADIA.login}\" PASSWORD '{new}'")
    try:
        with pytest.raises(OtherDraftsError):
            servers.open_known("bureau", new, former=None)
        with pytest.raises(UserError, match="n’ouvre pas ce qui est gardé"):
            servers.open_known("bureau", new, former="ni l’un ni l’autre")
        servers.open_known("bureau", new, former=PASSWORD).close()
        assert kept_draft(new) == "un début de phrase"
        names = {each.name for each in folders.draft_folder().glob("bureau.brouillons*")}
        assert len([name for name in names if "cle" in name]) == 1
    finally:
        with no_keyring.cluster.admin() as admin:
            admin.execute(f"ALTER ROLE \"{NADIA.login}\" PASSWORD '{PASSWORD}'")


def test_drafts_put_aside_at_a_change_of_password_are_given_back_too(no_keyring: Office) -> None:
    new = "un nouveau mot de passe"
    keep_a_draft("un début de phrase")
    with no_keyring.cluster.admin() as admin:
        admin.execute(f"ALTER ROLE \"{NADIA.login}\" PASSWORD '{new}'")
    try:
        assert kept_draft(new) is None
        with no_keyring.cluster.admin() as admin:
            admin.execute(f"ALTER ROLE \"{NADIA.login}\" PASSWORD '{new} encore'")
        servers.open_known("bureau", f"{new} encore", former=PASSWORD).close()
        assert kept_draft(f"{new} encore") == "un début de phrase"
    finally:
        with no_keyring.cluster.admin() as admin:
            admin.execute(f"ALTER ROLE \"{NADIA.login}\" PASSWORD '{PASSWORD}'")


@pytest.mark.usefixtures("no_keyring")
def test_what_a_killed_program_left_of_drafts_goes_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    killed = "from connexion_desktop.usecases.server_drafts import fleeting\n"
    killed += "import os\nkept = fleeting()\nos._exit(9)"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", killed], env=environment, check=False)
    (left,) = tmp_path.glob("connexion-brouillons-*")
    with closing(server_drafts.fleeting()) as in_use:
        for folder in (left, in_use.path.parent):
            os.utime(folder, (0, 0))
        servers.open_known("bureau", PASSWORD).close()
        assert list(tmp_path.glob("connexion-brouillons-*")) == [in_use.path.parent]


def test_drafts_whose_keyring_is_out_of_reach_stay_for_the_day_it_is_there(
    monkeypatch: pytest.MonkeyPatch, shared_office: Office
) -> None:
    use(monkeypatch)
    servers.remember(replace(shared_office.address(NADIA), name="bureau"), PASSWORD)
    keep_a_draft("un début de phrase")
    held = Drawer.held
    use_none(monkeypatch)
    with closing(servers.open_known("bureau", PASSWORD)) as opened:
        assert not opened.keeps_drafts
    use(monkeypatch)
    Drawer.held = held
    assert kept_draft() == "un début de phrase"


@pytest.mark.usefixtures("no_keyring")
def test_the_command_line_leaves_no_trace_of_drafts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with closing(servers.open_known("bureau", PASSWORD, drafts=False)) as opened:
        assert not opened.keeps_drafts
        assert list(tmp_path.glob("connexion-brouillons-*"))
    assert not list(tmp_path.glob("connexion-brouillons-*"))
    assert not list(folders.draft_folder().iterdir())


@pytest.mark.usefixtures("keyring")
def test_a_home_on_another_computer_does_not_prevent_working(
    monkeypatch: pytest.MonkeyPatch, shared_office: Office
) -> None:
    table = {PurePosixPath("/"): "ext4", PurePosixPath(folders.draft_folder()): "nfs4"}
    monkeypatch.setattr("connexion_desktop.data.shares.mounts", lambda: table)
    servers.remember(replace(shared_office.address(NADIA), name="bureau"), PASSWORD)
    servers.open_known("bureau").close()
    assert not list(folders.draft_folder().iterdir())


@pytest.mark.usefixtures("keyring")
def test_drafts_whose_key_is_lost_are_put_aside_not_written_over(shared_office: Office) -> None:
    servers.remember(replace(shared_office.address(NADIA), name="bureau"), PASSWORD)
    servers.open_known("bureau").close()
    Drawer.held.clear()
    servers.open_known("bureau", PASSWORD).close()
    names = sorted(each.name for each in folders.draft_folder().glob("bureau.brouillons*"))
    assert any(".sans-cle." in name for name in names)


@pytest.mark.usefixtures("keyring")
def test_the_command_line_reads_beside_a_window(shared_office: Office) -> None:
    servers.remember(replace(shared_office.address(EVERYTHING), name="bureau"), PASSWORD)
    with closing(servers.open_known("bureau")):
        with pytest.raises(UserError, match="déjà ouverte"):
            servers.open_known("bureau")
        servers.open_known("bureau", drafts=False).close()


@pytest.mark.usefixtures("keyring")
def test_a_refused_server_leaves_the_drafts_closed(shared_office: Office) -> None:
    servers.remember(replace(shared_office.address(NADIA), name="bureau"), "un autre")
    for _ in range(2):
        with pytest.raises(ServerError, match="refuse l’identifiant"):
            servers.open_known("bureau")
    servers.open_known("bureau", PASSWORD).close()
