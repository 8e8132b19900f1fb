"""What the command line says when it is misused, or when something goes wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks import bases
from connexion_desktop import cli
from tests.e2e.conftest import Shell


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("lsiter", "personnes"), "vouliez-vous dire « lister »"),
        (("lister",), "personnes|groupes|conventions|materiel"),
        (("lister", "chats"), "« chats » ne se liste pas"),
        (("lister", "personnes", "groupes"), "« groupes » est de trop"),
        (("lister", "personnes", "--jsno"), "vouliez-vous dire « --json »"),
        (("lister", "personnes", "--json=oui"), "ne prend pas de valeur"),
        (("lister", "personnes", "--fichier"), "attend une valeur"),
        (("lister", "personnes", "--fichier="), "attend une valeur"),
        (("lister", "personnes", "--fichier", "--json"), "attend une valeur"),
        (("lister", "personnes", "--json", "--json"), "deux fois"),
        (("demo",), "--vers BASE"),
        (("demo", "--vers", "x", "--json"), "ne va pas avec « demo »"),
        (("demo", "--vers", "x", "--personnes", "beaucoup"), "nombre"),
        (("demo", "--vers", "x", "--personnes", "100001"), "100000"),
        (("demo", "--vers", "x", "--aujourd-hui", "jamais"), "« jamais » n’est pas une date"),
        (("demo", "--vers", "x", "--aujourd-hui", "2026-02-30"), "n’est pas une date"),
        (("demo", "--vers", "x", "--aujourd-hui", "février 2026"), "n’est pas une date"),
        (("importer", "t.csv"), "--groupe NOM"),
        (("importer", "--groupe", "G"), "CLASSEUR"),
        (("convention", "PMSMP-2026-0001"), "-o F.pdf|F.docx"),
        (("convention", "\udcff", "-o", "c.pdf"), "UTF-8"),
        (("importer", "t.csv", "--groupe", "\udcff"), "UTF-8"),
        (("restaurer",), "FICHIER"),
        (("sauvegarder", ""), "DOSSIER"),
        (("verifier", "--cle", "x", "--secret", "y"), "ne vont pas ensemble"),
        (("--json",), "dites ce qu’il faut faire"),
        (("-x",), "option inconnue : -x"),
    ],
)
def test_a_wrong_usage_is_told_in_french(
    shell: Shell, arguments: tuple[str, ...], told: str
) -> None:
    assert shell(*arguments) == 2
    assert shell.out == ""
    assert told in shell.err
    assert shell.err.startswith("usage : connexion-desktop")


@pytest.mark.parametrize("arguments", [("--help",), ("-h", "lister"), ("demo", "--aide")])
def test_help_is_given_in_french(shell: Shell, arguments: tuple[str, ...]) -> None:
    assert shell(*arguments) == 0
    assert shell.err == ""
    assert shell.out.startswith("usage : connexion-desktop")
    assert "--fichier BASE" in shell.out and "--aide" not in shell.out


@pytest.mark.parametrize("name", ["~personne/x.base", "x" * 5000, "\udcff.base", "."])
def test_a_strange_name_is_a_problem_told_in_french(shell: Shell, name: str) -> None:
    for arguments in (
        ("lister", "groupes", "--fichier", name),
        ("restaurer", name),
        ("sauvegarder", "ici", "--fichier", name),
        ("importer", "t.csv", "--groupe", "G", "--fichier", name),
    ):
        assert shell(*arguments) == 1
        assert shell.err
        assert "imprévue" not in shell.err


def test_the_version_is_given(shell: Shell) -> None:
    assert shell("--version") == 0
    assert shell.out.startswith("Connexion Desktop")


def test_after_two_dashes_a_name_may_begin_with_a_dash(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shell("restaurer", *own, "--", "-sauvegarde.base") == 1
    assert "-sauvegarde.base" in shell.err


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ((), True),
        (("--fichier", "x.base"), True),
        (("--fichier=x.base", "--cle", "k"), True),
        (("--aujourd-hui", "lister"), True),
        (("--images", "dossier"), True),
        (("lister", "personnes"), False),
        (("--fichier", "x.base", "verifier"), False),
        (("--help",), False),
        (("--version",), False),
        (("--fichier",), False),
        (("--inconnue",), False),
    ],
)
def test_the_window_opens_when_there_is_no_word(arguments: tuple[str, ...], window: bool) -> None:
    assert cli.needs_window(arguments) is window


def test_a_bug_is_one_line_and_its_place_is_in_the_log(
    shell: Shell, demo: bases.DemoBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connexion_desktop.cli.output.PEOPLE", (None,))
    assert shell("lister", "personnes", *demo.options) == 1
    assert shell.err.count("\n") == 1
    assert "signalez-le" in shell.err
    assert "Traceback" not in shell.err
    log = Path(os.environ["CONNEXION_DESKTOP_HOME"]) / "log" / "journal.log"
    assert "output.py" in log.read_text()
    assert "Diallo" not in log.read_text()


def test_an_interruption_is_told(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_order: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(
        __import__("connexion_desktop.cli.words", fromlist=["WORDS"]).WORDS, "verifier", interrupted
    )
    assert shell("verifier") == 1
    assert shell.err == "Interrompu.\n"
