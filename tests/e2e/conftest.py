"""A shell in this process, bases and tables to try the command line on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import bases
from connexion_desktop import cli

TABLE = (
    "N°;NOM;Prénom;Né(e) le;Tél;Date 1er contact;Entrée le\n"
    "1;DIALLO;Awa;12-5-88;639980091;février 2026;02/03/2026\n"
    "2;MARTIN;Paul;31/02/1990;06 39 98 00 92;;02/03/2026\n"
)


class Shell:
    """Runs the command line in this process, and keeps what it printed."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture
        self.out = ""
        self.err = ""

    def __call__(self, *arguments: str | Path) -> int:
        self._capture.readouterr()
        status = cli.main([str(each) for each in arguments])
        self.out, self.err = self._capture.readouterr()
        return status

    def list(self, *arguments: str | Path) -> list[dict[str, Any]]:
        """What `lister … --json` prints."""
        assert self("lister", *arguments, "--json") == 0, self.err
        assert self.err == ""
        rows: list[dict[str, Any]] = json.loads(self.out)
        return rows


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


@pytest.fixture
def demo(tmp_path: Path) -> bases.DemoBase:
    """The demo base of 21 April 2026, closed, to do anything with."""
    return bases.copy(tmp_path / "demo")


@pytest.fixture
def own(tmp_path: Path) -> tuple[str, ...]:
    """Options that name a base that does not exist yet, and its key file."""
    return "--fichier", str(tmp_path / "bureau.base"), "--cle", str(tmp_path / "bureau.cle")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small follow-up table, with an impossible date."""
    path = tmp_path / "suivi.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path
