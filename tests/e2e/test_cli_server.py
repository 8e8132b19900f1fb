"""Keeping the office's server, and working on it, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from benchmarks import bases
from connexion_desktop.cli import servers
from connexion_desktop.usecases import servers as known_servers
from tests.e2e.conftest import Shell
from tests.keyrings import Drawer, use
from tests.servers import (
    ADMIN,
    ADMIN_PASSWORD,
    EVERYTHING,
    HELENE,
    NADIA,
    PASSWORD,
    Cluster,
    Office,
)

Keep = Callable[..., int]


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch)


@pytest.fixture
def passwords(tmp_path: Path) -> Callable[[str], Path]:
    """A file that holds a password."""

    def write(password: str) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.secret"
        path.write_text(f"{password}\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def keep(shell: Shell, shared_office: Office, passwords: Callable[[str], Path]) -> Keep:
    """`keep("etat")`: a word of the server's, as its administrator."""

    def run(word: str, *arguments: str | Path) -> int:
        return shell(
            "serveur", word, *arguments, "--serveur", "bureau",
            "--mot-de-passe", passwords(ADMIN_PASSWORD),
            *address(shared_office.cluster, shared_office.database),
        )  # fmt: skip

    return run


def address(cluster: Cluster, database: str, login: str = ADMIN) -> tuple[str, ...]:
    """The options that tell where a server is."""
    host = f"127.0.0.1:{cluster.port}"
    return "--hote", host, "--base", database, "--identifiant", login


def test_a_database_is_made_the_office_s_then_brought_up_to_date(
    shell: Shell,
    cluster: Cluster,
    new_database: Callable[[], str],
    passwords: Callable[[str], Path],
) -> None:
    told: tuple[str | Path, ...] = (
        *address(cluster, new_database()),
        "--mot-de-passe",
        passwords(ADMIN_PASSWORD),
    )
    prepare = ("serveur", "preparer", "--serveur", "bureau", "--association", "Les Possibles")
    assert shell(*prepare, *told) == 0, shell.err
    assert "prêt : Les Possibles" in shell.out
    assert shell(*prepare, "--mot-de-passe", passwords(ADMIN_PASSWORD)) == 0, shell.err
    assert "à jour" in shell.out
    assert PASSWORD not in str(known_servers.known()) and not Drawer.held


def test_a_first_member_is_added_then_works_then_leaves(
    shell: Shell, keep: Keep, shared_office: Office, passwords: Callable[[str], Path]
) -> None:
    login = shared_office.database.replace("essai_", "x")
    given = passwords("un mot de passe donné")
    add = ("ajouter-utilisateur", login, "--nom", "Zoé Arnaud", "--role", "conseiller,secretariat")
    assert keep(*add, "--nouveau-mot-de-passe", given) == 0, shell.err
    assert shell.out == f"« {login} » ouvre le serveur « bureau ».\n"
    mine = ("--serveur", "bureau", "--identifiant", login, "--mot-de-passe", given)
    assert shell("serveur", "etat", *mine) == 0, shell.err
    assert "Vous : Zoé Arnaud" in shell.out
    assert f"Zoé Arnaud : {login} : Conseiller, Secrétariat" in shell.out
    assert keep("retirer-utilisateur", login) == 0, shell.err
    assert "départ noté" in shell.out
    assert shell("serveur", "etat", *mine) == 1
    assert "refuse l’identifiant" in shell.err


def test_who_keeps_the_server_does_not_take_the_place_of_who_works_here(
    shell: Shell, keep: Keep, shared_office: Office
) -> None:
    mine = shared_office.address(NADIA)
    known_servers.remember(replace(mine, name="bureau"), None)
    assert keep("etat") == 0, shell.err
    assert known_servers.named("bureau").login == NADIA.login


def test_a_folder_that_is_not_there_is_said_before_anything_comes_back(
    keep: Keep, shell: Shell, tmp_path: Path
) -> None:
    assert keep("rapatrier", "--vers", tmp_path / "absent" / "x.base") == 1
    assert "Le dossier" in shell.err and "Rien n’a été fait" in shell.err
    assert not (tmp_path / "absent").exists()


def test_a_password_that_is_made_is_shown_once(
    shell: Shell, keep: Keep, shared_office: Office
) -> None:
    login = shared_office.database.replace("essai_", "w")
    add = ("ajouter-utilisateur", login, "--nom", "Zoé Arnaud", "--role", "direction")
    assert keep(*add) == 0, shell.err
    assert "montré cette seule fois" in shell.out
    assert keep(*add) == 0
    assert "montré" not in shell.out


def test_a_base_goes_to_the_server_and_comes_back(
    shell: Shell, keep: Keep, demo: bases.DemoBase, tmp_path: Path
) -> None:
    people = shell.list("personnes", *demo.options)
    here = ("--fichier", demo.path, "--cle", demo.key_file)
    assert keep("migrer", *here) == 0, shell.err
    assert f"{len(people)} personnes" in shell.out and "\n  Personnes : " in shell.out
    assert "table par table des deux côtés" in shell.out
    (aside,) = demo.path.parent.glob(f"{demo.path.name}.passee-au-serveur.*")
    assert f"mise de côté, intacte : {aside}" in shell.out
    assert not demo.path.exists()
    assert keep("migrer", *here) == 1
    assert "déjà passée au serveur : il n’y a rien à refaire" in shell.err
    assert str(aside) in shell.err and "Travaillez sur le serveur" in shell.err
    there = tmp_path / "autre.base"
    there.touch()
    assert keep("rapatrier", "--vers", there, "--cle", demo.key_file) == 1
    assert "existe déjà, et le serveur « bureau » contient encore tout" in shell.err
    back = tmp_path / "rapatriee.base"
    assert keep("rapatrier", "--vers", back, "--cle", demo.key_file) == 0, shell.err
    assert f"Tout est dans {back}" in shell.out
    now: tuple[str | Path, ...] = ("--fichier", back, "--cle", demo.key_file, *demo.options[-2:])
    assert shell.list("personnes", *now) == people
    assert keep("rapatrier", "--vers", back, "--cle", demo.key_file) == 1
    assert "rien à rapatrier" in shell.err and f"« {back} » est là" in shell.err


def test_both_passwords_may_come_by_the_standard_input(
    shell: Shell, shared_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = shared_office.database.replace("essai_", "v")
    typed = f"{ADMIN_PASSWORD}\nun mot de passe donné\n".encode()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(typed)))
    status = shell(
        "serveur", "ajouter-utilisateur", login, "--nom", "Zoé Arnaud", "--role", "direction",
        "--serveur", "bureau", *address(shared_office.cluster, shared_office.database, NADIA.login),
        "--administrateur", ADMIN, "--mot-de-passe", "-", "--nouveau-mot-de-passe", "-",
    )  # fmt: skip
    assert status == 0, shell.err
    assert known_servers.named("bureau").login == NADIA.login


def test_the_other_words_work_on_the_server_too(
    shell: Shell,
    shared_office: Office,
    passwords: Callable[[str], Path],
    table: Path,
    tmp_path: Path,
) -> None:
    known_servers.remember(shared_office.address(EVERYTHING), PASSWORD)
    here = ("--serveur", "essai", "--aujourd-hui", "2026-04-21")
    group = ("--groupe", "Bordeaux")
    assert shell("importer", table, *group, "--essai", *here) == 0, shell.err
    assert "rien n’a été écrit" in shell.out
    assert shell("importer", table, *group, *here) == 0, shell.err
    assert shell("lister", "personnes", "--json", *here) == 0, shell.err
    assert [one["nom"] for one in json.loads(shell.out)] == ["Diallo", "Martin"]
    report = tmp_path / "rapport.csv"
    period = ("--du", "2026-01-01", "--au", "2026-12-31")
    assert shell("pilotage", *period, "-o", report, *here) == 0, shell.err
    assert report.exists()
    with shared_office.cluster.admin(shared_office.database) as admin:
        who = admin.execute("SELECT DISTINCT author FROM audit_line").fetchall()
    assert (f"cli:{EVERYTHING.login}",) in who


def test_the_direction_s_report_counts_everybody_and_names_nobody(
    shell: Shell, keep: Keep, demo: bases.DemoBase, shared_office: Office, tmp_path: Path
) -> None:
    assert keep("migrer", "--fichier", demo.path, "--cle", demo.key_file) == 0, shell.err
    reports = []
    for hand in (HELENE, EVERYTHING):
        known_servers.remember(shared_office.address(hand), PASSWORD)
        report = tmp_path / f"{hand.login}.csv"
        period = ("--du", "2026-01-01", "--au", "2026-04-21", *demo.options[-2:])
        assert shell("pilotage", *period, "-o", report, "--serveur", "essai") == 0, shell.err
        reports.append(report.read_text(encoding="utf-8-sig"))
    assert reports[0] == reports[1]
    assert shell("lister", "personnes", "--json", "--serveur", "essai") == 0
    assert len(json.loads(shell.out)) > 30
    known_servers.remember(shared_office.address(HELENE), PASSWORD)
    assert shell("lister", "personnes", "--json", "--serveur", "essai") == 0
    assert json.loads(shell.out) == []


@pytest.mark.parametrize("word", ["preparer", "retirer-utilisateur", "migrer", "rapatrier"])
def test_who_does_not_keep_the_server_is_told_so(
    shell: Shell, shared_office: Office, demo: bases.DemoBase, tmp_path: Path, word: str
) -> None:
    known_servers.remember(shared_office.address(NADIA), PASSWORD)
    more: dict[str, tuple[str | Path, ...]] = {
        "retirer-utilisateur": (EVERYTHING.login,),
        "migrer": ("--fichier", demo.path, "--cle", demo.key_file),
        "rapatrier": ("--vers", tmp_path / "b.base", "--cle", tmp_path / "b.cle"),
    }
    assert shell("serveur", word, *more.get(word, ()), "--serveur", "essai") == 1
    assert "« n.ferrand » ne tient pas le serveur" in shell.err
    assert demo.path.exists() and not list(tmp_path.glob("b.*"))


@pytest.mark.parametrize(
    ("told", "host", "port"),
    [
        ("h.example.org", "h.example.org", 5432),
        ("h.example.org:5433", "h.example.org", 5433),
        ("10.0.0.2:1", "10.0.0.2", 1),
        ("[::1]:5433", "::1", 5433),
        ("[::1]", "::1", 5432),
        ("fe80::1", "fe80::1", 5432),
        ("/run/postgresql", "/run/postgresql", 5432),
    ],
)
def test_a_host_may_have_a_port(told: str, host: str, port: int) -> None:
    assert servers.host_and_port(told) == (host, port)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("serveur",), "serveur preparer"),
        (("serveur", "preprer", "--serveur", "x"), "vouliez-vous dire « serveur preparer »"),
        (("serveur", "etat"), "--serveur NOM"),
        (("serveur", "ajouter-utilisateur", "--serveur", "x"), "IDENTIFIANT"),
        (("serveur", "ajouter-utilisateur", "z", "--serveur", "x", "--role", "chef"), "au choix"),
        (("serveur", "etat", "--serveur", "x", "--hote", "h:0"), "n’est pas un port"),
        (("serveur", "etat", "--serveur", "x", "--fichier", "b"), "ne va pas avec"),
        (("lister", "groupes", "--serveur", "x", "--fichier", "b"), "ne vont pas ensemble"),
        (("sauvegarder", "d", "--serveur", "x"), "ne va pas avec"),
    ],
)
def test_a_wrong_usage_is_told(shell: Shell, arguments: tuple[str, ...], told: str) -> None:
    assert shell(*arguments) == 2
    assert told in shell.err and shell.out == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("lister", "groupes", "--serveur", "x"), "ne connaît pas de serveur « x »"),
        (("serveur", "etat", "--serveur", "x"), "ne connaît pas de serveur « x »"),
        (("serveur", "etat", "--serveur", "x", "--hote", "127.0.0.1"), "incomplète"),
        (
            (
                "serveur", "etat", "--serveur", "x", "--hote", "h.example.org", "--base", "b",
                "--identifiant", "n.ferrand",
            ),
            "certificat de l’autorité",
        ),
        (
            (
                "serveur", "etat", "--serveur", "x", "--hote", "127.0.0.1", "--base", "b",
                "--identifiant", "n.ferrand",
            ),
            "--mot-de-passe FICHIER",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_and_nothing_is_kept(
    shell: Shell, arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"")))
    assert shell(*arguments) == 1
    assert told in shell.err and shell.out == ""
    assert known_servers.known() == ()


def test_a_password_that_is_typed_is_kept_in_the_keyring(
    shell: Shell, shared_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = [PASSWORD]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda *_: typed.pop())
    here = ("serveur", "etat", "--serveur", "bureau")
    assert (
        shell(*here, *address(shared_office.cluster, shared_office.database, NADIA.login)) == 0
    ), shell.err
    assert shell(*here) == 0, shell.err
    assert "Vous : Nadia Ferrand" in shell.out and typed == []


def test_the_help_tells_the_words_of_the_server(shell: Shell) -> None:
    assert shell("serveur", "--aide") == 0
    assert "serveur retirer-utilisateur" in shell.out
