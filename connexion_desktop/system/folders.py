"""Where the application keeps things on this computer."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from connexion_desktop.domain.errors import UserError

NAME = "connexion-desktop"
_HOME_VARIABLE = "CONNEXION_DESKTOP_HOME"
_NOBODY = "Utilisateur de ce poste"
_FREEDESKTOP = ("linux", "freebsd")


def data_folder() -> Path:
    """Where bases live. Made if absent; readable by this user only where the system can say so."""
    return _made(_place("data"))


def make(folder: Path) -> None:
    """Make a folder, if it is absent. Raises UserError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise UserError(
            f"Le dossier « {folder} » ne peut pas être créé.",
            "Rien n’a été écrit.",
            "Vérifiez que le disque n’est pas plein et que vous avez le droit d’y écrire.",
        ) from refused


def backup_folder(base: Path) -> Path:
    """Where closing leaves the encrypted backups of a base: beside it."""
    return base.parent / "sauvegardes"


def draft_folder() -> Path:
    """Where what is typed for a server waits, encrypted, until it is saved there."""
    return _made(data_folder() / "serveurs")


def draft_file(server: str) -> Path:
    """Where what is typed for that server waits: held while a window has it open."""
    return draft_folder() / f"{server}.brouillons"


def config_folder() -> Path:
    """Where choices of this user on this computer are kept."""
    return _made(_place("config"))


def log_folder() -> Path:
    """Where the log and the reports of crashes are kept."""
    return _made(_place("log"))


def login() -> str:
    """The name of whoever is logged in on this computer, to sign acts until they give theirs; a
    computer that knows none says so."""
    import getpass
    from contextlib import suppress

    name = _NOBODY
    with suppress(KeyError, OSError):
        name = getpass.getuser()
    if sys.platform != "win32":
        import pwd

        with suppress(KeyError):
            full, _, _ = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")
            name = full or name
    return name


def default_base() -> Path:
    """The base opened when none is named."""
    return data_folder() / "connexion.base"


def _place(kind: str) -> Path:
    """All under one folder when CONNEXION_DESKTOP_HOME is set (tests, a portable key)."""
    home = os.environ.get(_HOME_VARIABLE)
    if home:
        return Path(home) / kind
    if sys.platform in _FREEDESKTOP:
        return _freedesktop(kind) / NAME
    import platformdirs

    dirs = platformdirs.PlatformDirs(NAME, appauthor=False)
    return {
        "data": dirs.user_data_path,
        "config": dirs.user_config_path,
        "log": dirs.user_log_path,
    }[kind]


def _freedesktop(kind: str) -> Path:
    """XDG Base Directory Specification 0.8, as platformdirs reads it, without the 20 ms that
    importing it costs before the first paint."""
    variable, default = {
        "data": ("XDG_DATA_HOME", ".local/share"),
        "config": ("XDG_CONFIG_HOME", ".config"),
        "log": ("XDG_STATE_HOME", ".local/state"),
    }[kind]
    chosen = os.environ.get(variable, "")
    return Path(chosen) if Path(chosen).is_absolute() else Path.home() / default


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
