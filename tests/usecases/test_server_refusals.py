"""Why a server does not let in, in one sentence for each cause; TLS verified to the end."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from connexion_desktop.data.migrations import HEAD
from connexion_desktop.data.server import link
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import (
    LostServerError,
    NewUser,
    Role,
    ServerAddress,
    ServerError,
)
from connexion_desktop.usecases import listing, server_team, servers
from tests.certificates import Authority
from tests.proxy import Proxy
from tests.servers import ADMIN_PASSWORD, NADIA, PASSWORD, Cluster, Office, cluster, debian_programs


def refused(address: ServerAddress, password: str = PASSWORD) -> ServerError:
    """What is said when a server does not let in."""
    with pytest.raises(ServerError) as told:
        servers.open_server(address, password, drafts=False).close()
    assert told.value.safe and told.value.todo
    return told.value


@pytest.fixture
def here(office: Office) -> ServerAddress:
    return office.address(NADIA)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_a_server_that_is_off_is_told_at_once() -> None:
    address = ServerAddress("bureau", "127.0.0.1", "connexion", NADIA.login, free_port())
    problem = refused(address)
    assert isinstance(problem, LostServerError) and "« bureau » ne répond pas" in problem.what


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = ServerAddress(
            "bureau", "127.0.0.1", "connexion", NADIA.login, silent.getsockname()[1]
        )
        with pytest.raises(LostServerError, match="ne répond pas"):
            link.connect(address, PASSWORD)


def test_a_name_that_nobody_knows_is_a_server_that_does_not_answer(tmp_path: Path) -> None:
    ca = Authority.new(tmp_path / "autorite.crt").file
    address = ServerAddress("bureau", "serveur.invalid", "connexion", NADIA.login, ca=ca)
    assert isinstance(refused(address), LostServerError)


def test_a_wrong_password_is_told(here: ServerAddress) -> None:
    assert "refuse l’identifiant « n.ferrand », son mot de passe" in refused(here, "faux").what


def test_an_unknown_login_is_told_the_same_way(here: ServerAddress) -> None:
    assert "refuse l’identifiant « inconnue »" in refused(replace(here, login="inconnue")).what


def test_a_database_that_is_not_there_is_told(here: ServerAddress) -> None:
    assert "n’a pas accès à la base « absente »" in refused(replace(here, database="absente")).what


def test_where_one_database_alone_is_open_all_that_may_be_wrong_is_told(
    office: Office, here: ServerAddress
) -> None:
    rules = office.cluster.folder / "pg_hba.conf"
    before = rules.read_text(encoding="utf-8")

    def take(text: str) -> None:
        rules.write_text(text, encoding="utf-8")
        with office.cluster.admin() as admin:
            admin.execute("SELECT pg_reload_conf()")

    take(f"host {here.database} all 127.0.0.1/32 scram-sha-256\nhost all administrateur all trust")
    try:
        servers.open_server(here, PASSWORD, drafts=False).close()
        told = refused(replace(here, database="absente")).what
    finally:
        take(before)
    assert "« n.ferrand », son mot de passe, ou l’accès à la base « absente »" in told


def test_a_refused_opening_leaves_no_connection(office: Office, here: ServerAddress) -> None:
    with office.cluster.admin(office.database) as admin:
        admin.execute("UPDATE staff_role SET ends_on = '2020-01-01'")
        with pytest.raises(ServerError, match="équipe") as told:
            servers.open_server(here, PASSWORD, drafts=False)
        still = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND datname = %s"
        ends_by = monotonic() + 5
        while (there := admin.execute(still, (NADIA.login, office.database)).fetchone()) != (0,):
            assert monotonic() < ends_by, there
    assert told.value.todo


@contextmanager
def without_room(running: Cluster, login: str) -> Iterator[None]:
    """A server whose every place is taken, for that login."""
    with running.admin() as admin:
        admin.execute(f'ALTER ROLE "{login}" CONNECTION LIMIT 0'.encode())
        try:
            yield
        finally:
            admin.execute(f'ALTER ROLE "{login}" CONNECTION LIMIT -1'.encode())


def test_a_server_without_a_place_left_is_told(office: Office, here: ServerAddress) -> None:
    with without_room(office.cluster, NADIA.login):
        problem = refused(here)
        assert "refuse l’identifiant" in refused(here, "faux").what
    assert isinstance(problem, LostServerError) and "n’a plus de place" in problem.what


@pytest.mark.parametrize(
    ("full", "told"),
    [((1, 2, 4, 5, 6), "n’a plus de place"), ((1, 2, 4), "ne répond pas")],
    ids=["a place that is taken again", "a place that comes and goes"],
)
def test_a_place_free_for_an_instant_is_no_wrong_password(
    office: Office, here: ServerAddress, full: tuple[int, ...], told: str
) -> None:
    """Tried, asked why (twice a connection), tried again, asked why again."""
    with office.cluster.admin() as admin, Proxy(office.cluster.port) as cable:

        def give_or_take(number: int) -> None:
            limit = 0 if number in full else -1
            admin.execute(f'ALTER ROLE "{NADIA.login}" CONNECTION LIMIT {limit}'.encode())

        cable.on_connection = give_or_take
        try:
            problem = refused(replace(here, port=cable.port))
        finally:
            give_or_take(0)
    assert isinstance(problem, LostServerError) and told in problem.what


@pytest.mark.skipif(sys.platform == "win32", reason="the server is run as POSIX runs it")
def test_a_server_that_stops_is_told() -> None:
    with ExitStack() as there, cluster() as running:
        there.enter_context(running.admin())
        running.stop_once_all_have_left()
        problem = refused(running.address("postgres"), ADMIN_PASSWORD)
    assert isinstance(problem, LostServerError) and "démarre ou s’arrête" in problem.what


def test_a_database_of_others_is_told(
    office: Office, here: ServerAddress, new_database: Callable[[], str]
) -> None:
    other = new_database()
    with office.cluster.admin() as admin:
        admin.execute(f"REVOKE ALL ON DATABASE {other} FROM PUBLIC".encode())
    assert "n’a pas accès à la base" in refused(replace(here, database=other)).what


def test_a_database_that_nobody_prepared_is_told(
    here: ServerAddress, new_database: Callable[[], str]
) -> None:
    assert "n’est pas préparée" in refused(replace(here, database=new_database())).what


def test_a_login_of_nobody_s_is_told(office: Office, here: ServerAddress) -> None:
    with office.cluster.admin(office.database) as admin:
        admin.execute("UPDATE staff SET login = NULL WHERE login = %s", (NADIA.login,))
    assert "ne fait pas partie de l’équipe" in refused(here).what


def test_somebody_without_any_role_today_is_told(office: Office, here: ServerAddress) -> None:
    with office.cluster.admin(office.database) as admin:
        admin.execute("UPDATE staff_role SET ends_on = '2020-01-01'")
    assert "ne fait pas partie de l’équipe" in refused(here).what


@pytest.mark.parametrize(
    ("step", "told"),
    [(1, "plus récente"), (-1, "version précédente")],
)
def test_another_version_of_the_schema_is_told(
    office: Office, here: ServerAddress, step: int, told: str
) -> None:
    with office.cluster.admin(office.database) as admin:
        admin.execute("UPDATE alembic_version SET version_num = %s", (f"{int(HEAD) + step:04d}",))
    assert told in refused(here).what
    if step > 0:
        with pytest.raises(UserError, match="plus récente"):
            server_team.prepare(
                replace(here, login="administrateur"), ADMIN_PASSWORD, "Association"
            )


@contextmanager
def speaking(version: str) -> Iterator[int]:
    """A listener that speaks the start of PostgreSQL's protocol, 3.0, and says to be of that
    version; then answers nothing. Its port."""

    def message(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("!i", len(body) + 4) + body

    def serve() -> None:
        while True:
            try:
                one, _ = listener.accept()
            except OSError:
                return
            with one:
                (length,) = struct.unpack("!i", one.recv(4))
                if length == 8:  # SSLRequest
                    one.recv(4)
                    one.sendall(b"N")
                    (length,) = struct.unpack("!i", one.recv(4))
                one.recv(length - 4)
                parameters = {"server_version": version, "client_encoding": "UTF8"}
                told = b"".join(
                    message(b"S", f"{name}\0{value}\0".encode())
                    for name, value in parameters.items()
                )
                one.sendall(
                    message(b"R", struct.pack("!i", 0))
                    + told
                    + message(b"K", struct.pack("!ii", 1, 1))
                    + message(b"Z", b"I")
                )
                one.recv(64)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]


def test_too_old_a_postgresql_is_told() -> None:
    with speaking("13.12") as port:
        address = ServerAddress("bureau", "127.0.0.1", "connexion", NADIA.login, port)
        with pytest.raises(ServerError, match="PostgreSQL 13, trop ancien") as told:
            link.connect(address, PASSWORD)
    assert "15 ou plus" in told.value.todo


@pytest.fixture(scope="module")
def office_ca(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.new(tmp_path_factory.mktemp("autorite") / "bureau.crt")


@pytest.fixture(scope="module")
def encrypted(office_ca: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL of Debian's that speaks TLS, certified for « localhost »."""
    programs = debian_programs()
    if programs is None:
        pytest.skip("Debian’s postgresql is not installed: the one from pip speaks no TLS")
    folder = tmp_path_factory.mktemp("tls")
    office_ca.sign(folder, "localhost")
    for each in (folder, *folder.parents):
        if not each.stat().st_mode & 0o001:  # « nobody » must go through
            each.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(folder / "serveur.key", "nobody")
    (folder / "serveur.key").chmod(0o600)
    options = (
        f"-c ssl=on -c ssl_cert_file={folder}/serveur.crt -c ssl_key_file={folder}/serveur.key"
    )
    with cluster(programs, options) as running:
        yield running


@pytest.fixture(scope="module")
def far(encrypted: Cluster, office_ca: Authority) -> ServerAddress:
    """The server as a workstation reaches it: by its name, with the office's authority."""
    name = encrypted.new_database()
    keeper = replace(encrypted.address(name), host="localhost", ca=office_ca.file)
    server_team.prepare(keeper, ADMIN_PASSWORD, "Association d’essai")
    return keeper


def test_the_server_is_reached_by_its_name_with_the_office_s_authority(far: ServerAddress) -> None:
    state = server_team.look(far, ADMIN_PASSWORD)
    assert state.tls.startswith("TLSv1.") and state.is_present
    with closing(link.connect(far, ADMIN_PASSWORD)) as connection:
        assert connection.pgconn.ssl_in_use
        given = {each.keyword: each.val for each in connection.pgconn.info}
    assert (given[b"channel_binding"], given[b"gssencmode"]) == (b"require", b"disable")


def test_another_authority_is_not_trusted(far: ServerAddress, tmp_path: Path) -> None:
    stranger = Authority.new(tmp_path / "autre.crt")
    problem = refused(replace(far, ca=stranger.file), ADMIN_PASSWORD)
    assert "n’est pas signé par l’autorité du bureau" in problem.what
    assert "Rien n’a été envoyé" in problem.safe


def test_a_certificate_of_another_name_is_not_trusted(far: ServerAddress) -> None:
    problem = refused(replace(far, host="127.0.0.1"), ADMIN_PASSWORD)
    assert problem.what == "Le certificat présenté n’est pas celui de « 127.0.0.1 »."


def test_a_wrong_password_is_told_through_tls_too(far: ServerAddress) -> None:
    assert "refuse l’identifiant" in refused(far, "faux").what


def test_a_server_without_a_place_left_is_told_through_tls_too(
    encrypted: Cluster, far: ServerAddress
) -> None:
    keeper = "tient_tout"
    with encrypted.admin() as admin:
        admin.execute(f"CREATE ROLE {keeper} LOGIN PASSWORD '{PASSWORD}'".encode())
    with without_room(encrypted, keeper):
        problem = refused(replace(far, login=keeper))
    assert isinstance(problem, LostServerError) and "n’a plus de place" in problem.what


def test_a_file_that_is_no_certificate_is_told(far: ServerAddress, tmp_path: Path) -> None:
    wrong = tmp_path / "faux.crt"
    wrong.write_text("ce n’est pas un certificat", encoding="utf-8")
    assert "ne se lit pas" in refused(replace(far, ca=wrong), ADMIN_PASSWORD).what


def test_a_server_that_does_not_encrypt_gets_nothing(
    office: Office, here: ServerAddress, office_ca: Authority
) -> None:
    plain = replace(here, host="localhost", ca=office_ca.file)
    problem = refused(plain)
    assert "ne chiffre pas ses échanges" in problem.what
    assert problem.safe == "Rien ne lui a été envoyé."


def test_a_line_accepted_then_closed_is_a_server_that_does_not_answer(
    office_ca: Authority,
) -> None:
    """As behind a VPN or a relay whose server is stopped: no word of it came."""
    with socket.create_server(("127.0.0.1", 0)) as relay:

        def hang_up() -> None:
            while True:
                try:
                    line, _ = relay.accept()
                except OSError:
                    return
                line.recv(8)
                line.close()

        closer = threading.Thread(target=hang_up)
        closer.start()
        address = ServerAddress(
            "bureau", "localhost", "connexion", NADIA.login, relay.getsockname()[1], office_ca.file
        )
        problem = refused(address)
        relay.shutdown(socket.SHUT_RDWR)
        closer.join()
    assert isinstance(problem, LostServerError) and "ne répond pas" in problem.what


def test_without_authority_nothing_goes_over_a_network() -> None:
    with pytest.raises(UserError, match="certificat de l’autorité"):
        link.connect(ServerAddress("bureau", "192.0.2.1", "connexion", NADIA.login), PASSWORD)


@pytest.mark.parametrize("told", ["first", "again"])
def test_a_keeper_who_is_no_superuser_keeps_a_debian_server(
    encrypted: Cluster, office_ca: Authority, told: str
) -> None:
    with encrypted.admin() as admin:
        admin.execute(f"CREATE ROLE tient_{told} LOGIN CREATEROLE PASSWORD '{PASSWORD}'".encode())
        admin.execute(
            f"CREATE DATABASE tenue_{told} OWNER tient_{told} TEMPLATE template0".encode()
        )
    address = ServerAddress(
        "bureau", "localhost", f"tenue_{told}", f"tient_{told}", encrypted.port, office_ca.file
    )
    assert server_team.prepare(address, PASSWORD, "Association d’essai")
    user = NewUser(f"z.{told}", "Zoé Arnaud", (Role.CONSEILLER,))
    hers = server_team.add_user(address, PASSWORD, user)
    assert hers is not None
    theirs = replace(address, login=user.login)
    with closing(servers.open_server(theirs, hers, drafts=False)) as opened:
        assert opened.author == "Zoé Arnaud"
        server_team.remove_user(address, PASSWORD, user.login, date(2026, 4, 21))
        with pytest.raises(UserError), opened.read() as session:
            listing.people(session)
    assert "refuse l’identifiant" in refused(theirs, hers).what
