"""Starting: the shell before anything heavy, Python's own import put back, options read."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from connexion_desktop import app
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.options import Options, read_options

HEAVY = (
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "PySide6.QtSvg",
    "alembic",
    "docx",
    "holidays",
    "keyring",
    "logging.handlers",
    "openpyxl",
    "phonenumbers",
    "pypdfium2",
    "qtawesome",
    "qtpy",
    "rapidfuzz",
    "reportlab",
    "sqlalchemy",
    "sqlcipher3",
    "stdnum",
    "uuid",
)

PAINT = """
import builtins, sys
plain = builtins.__import__
from connexion_desktop import app
assert builtins.__import__ is plain, "PySide6's import is still there"
from PySide6.QtNetwork import QLocalServer
del sys.modules["PySide6.QtNetwork"]
after_paint = app.Application._after_paint
def tell(self):
    print(" ".join(sys.modules))
    self.window.finish()
app.Application._after_paint = tell
sys.exit(app.main(sys.argv[1:]))
"""


def run(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_heavy_is_imported_before_the_shell_is_painted(tmp_path: Path) -> None:
    modules = run(PAINT, "--fichier", str(tmp_path / "absente.base")).split()
    assert "connexion_desktop.ui.main_window" in modules
    assert not [name for name in HEAVY if name in modules]
    assert not [name for name in modules if name.startswith("connexion_desktop.ui.pages.")]


def test_options_are_read_with_or_without_an_equals_sign(tmp_path: Path) -> None:
    base = tmp_path / "notre.base"
    assert read_options([]) == Options()
    assert read_options(["--fichier", str(base), "--aujourd-hui=2026-04-21"]) == Options(
        base=base, today=date(2026, 4, 21)
    )
    assert read_options(["--cle=c.txt", "--images", "d", "--aujourd-hui", "21/4/2026"]) == Options(
        key_file=Path.cwd() / "c.txt", images=Path.cwd() / "d", today=date(2026, 4, 21)
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--licorne"], "Option inconnue : --licorne."),
        (["--fichier"], "--fichier attend une valeur."),
        (["--aujourd-hui", "bientôt"], "« bientôt » n’est pas une date."),
    ],
)
def test_an_option_that_cannot_be_read_is_told_in_french(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError):
        read_options(arguments)
    assert app.main(arguments) == 2
    assert capsys.readouterr().err.strip() == words


def test_pictures_of_a_base_that_does_not_open_end_with_a_problem(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "connexion_desktop.app",
            "--fichier",
            tmp_path / "absente.base",
            "--images",
            tmp_path / "images",
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "La base ne s’ouvre pas" in done.stderr
    assert "Traceback" not in done.stderr
