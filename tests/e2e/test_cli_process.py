"""The real command in a process of its own: its streams, its exit status, its signals."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook

from benchmarks import bases
from connexion_desktop.cli.output import Ticker
from connexion_desktop.system import secrets

COMMAND = (sys.executable, "-m", "connexion_desktop")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, **environment},
    )


def test_json_stands_alone_on_stdout_in_utf8(demo: bases.DemoBase) -> None:
    done = _run(
        "lister", "personnes", "--json", *demo.options, PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert json.loads(done.stdout.decode("utf-8"))[7]["prenom"] == "Thị Hồng"


def test_a_terminal_without_accents_still_gets_its_list(demo: bases.DemoBase) -> None:
    done = _run("lister", "personnes", *demo.options, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert b"A?ssatou" in done.stdout


def test_a_problem_is_told_without_traceback(tmp_path: Path) -> None:
    done = _run("verifier", "--fichier", str(tmp_path / "absente.base"))
    assert done.returncode == 1
    assert done.stdout == b""
    assert "introuvable" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_wrong_usage_has_a_status_of_its_own() -> None:
    done = _run("lister", "chats")
    assert done.returncode == 2
    assert done.stdout == b""


def test_the_command_line_imports_neither_qt_nor_more_than_it_needs(demo: bases.DemoBase) -> None:
    script = (
        "import sys; from connexion_desktop import cli;"
        f"status = cli.main({['lister', 'groupes', '--json', *demo.options]!r});"
        "heavy = {'PySide6', 'reportlab', 'docx', 'openpyxl', 'alembic'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else status)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_a_library_warns_of_is_told_in_french_alone(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.create_sheet("Participants", 0)
    sheet.append(["Nom", "Prénom", "Né(e) le"])
    sheet.append(["Diallo", "Awa", 99_999_999])
    sheet["C2"].number_format = "dd/mm/yyyy"
    workbook.save(tmp_path / "a.xlsx")
    done = _run(
        *("importer", str(tmp_path / "a.xlsx"), "--groupe", "G", "--essai"),
        *("--fichier", str(tmp_path / "b.base")),
    )
    assert done.returncode == 0
    assert "Warning" not in done.stderr.decode()
    assert "ligne 2" in done.stdout.decode()


@POSIX
def test_a_reader_that_leaves_early_is_no_drama(demo: bases.DemoBase) -> None:
    process = subprocess.Popen(
        [*COMMAND, "lister", "personnes", "--json", *demo.options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told(demo: bases.DemoBase) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "lister", "personnes", *demo.options],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert "le disque est plein" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@POSIX
def test_a_closed_stream_is_no_drama(demo: bases.DemoBase, tmp_path: Path) -> None:
    passphrase = tmp_path / "p.base"
    shutil.copy(demo.path, passphrase)
    secrets.wrap(passphrase, secrets.read_key_file(demo.key_file), "quatre mots sans rapport")
    for words, stream, status in (
        (("lister", "groupes", *demo.options), ">&-", 0),
        (("lister", "groupes", *demo.options), "<&-", 0),
        (("lister", "groupes", *demo.options), "2>&-", 0),
        (("lister", "groupes", "--fichier", str(passphrase)), "<&-", 1),
        (("lister", "groupes", "--fichier", str(passphrase), "--secret", "-"), "<&-", 1),
        (("lister", "chats"), "2>&-", 2),
    ):
        line = " ".join(shlex.quote(each) for each in (*COMMAND, *words))
        done = subprocess.run(["sh", "-c", f"{line} {stream}"], capture_output=True, check=False)
        assert done.returncode == status, (words, stream, done.stderr)
        assert b"Traceback" not in done.stderr
        assert "imprévue" not in done.stderr.decode()


@POSIX
def test_ctrl_c_takes_back_what_was_begun(tmp_path: Path) -> None:
    base, key_file = tmp_path / "grande.base", tmp_path / "grande.cle"
    process = subprocess.Popen(
        [*COMMAND, "demo", "--personnes", "100000", "--vers", base, "--cle", key_file],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while process.poll() is None and not any(tmp_path.glob(".en-cours-*/*.base")):
        pass
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.decode()) == (1, b"", "Interrompu.\n")
    assert list(tmp_path.glob("*.base")) == list(tmp_path.glob(".en-cours*")) == []
    assert not key_file.exists()


@POSIX
@pytest.mark.parametrize(
    "module",
    ["connexion_desktop.cli", "connexion_desktop.cli.run", "connexion_desktop.cli.words", "json"],
)
def test_ctrl_c_while_the_programme_is_still_loading_says_one_line(module: str) -> None:
    script = (
        "import os, signal, sys\n"
        "class Hurried:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.modules.pop('json', None)\n"
        "from connexion_desktop.__main__ import main\n"
        "sys.meta_path.insert(0, Hurried())\n"
        "sys.argv = ['connexion-desktop', 'lister', 'groupes']\n"
        "sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (1, b"", "Interrompu.\n")


def test_ctrl_c_that_a_library_swallows_stops_at_the_next_step() -> None:
    ticker = Ticker()
    with suppress(KeyboardInterrupt):
        ticker.interrupt()
    with pytest.raises(KeyboardInterrupt):
        ticker.step(1, 10)
