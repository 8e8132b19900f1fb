"""Where the application keeps things on this computer."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "connexion-desktop"
_HOME_VARIABLE = "CONNEXION_DESKTOP_HOME"


def data_folder() -> Path:
    """Where bases live. Made if absent; readable by this user only where the system can say so."""
    return _made(_place("data"))


def backup_folder() -> Path:
    """Where closing leaves its encrypted backups."""
    return _made(_place("data") / "sauvegardes")


def config_folder() -> Path:
    """Where choices of this user on this computer are kept."""
    return _made(_place("config"))


def log_folder() -> Path:
    """Where the log and the reports of crashes are kept."""
    return _made(_place("log"))


def default_base() -> Path:
    """The base opened when none is named."""
    return data_folder() / "connexion.base"


def _place(kind: str) -> Path:
    """All under one folder when CONNEXION_DESKTOP_HOME is set (tests, a portable key)."""
    home = os.environ.get(_HOME_VARIABLE)
    if home:
        return Path(home) / kind
    import platformdirs

    dirs = platformdirs.PlatformDirs(NAME, appauthor=False)
    return {
        "data": dirs.user_data_path,
        "config": dirs.user_config_path,
        "log": dirs.user_log_path,
    }[kind]


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
