"""What the disk and SQLite refuse, told to the user; recognised by type and code, never by text."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connexion_desktop.domain.errors import StaleError, UserError


class OlderBaseError(UserError):
    """A base that must first be brought up to date, and was only to be read."""


_PERM, _BUSY, _LOCKED, _READONLY, _IOERR = 3, 5, 6, 8, 10
_CORRUPT, _FULL, _CANTOPEN, _NOTADB = 11, 13, 14, 26

DAMAGED = UserError(
    "La base est abîmée : une partie du fichier ne se lit plus.",
    "Rien n’y a été écrit.",
    "Gardez ce fichier tel quel et restaurez la dernière sauvegarde.",
)
BUSY = UserError(
    "La base est occupée par un autre programme.",
    "Rien n’a été perdu ; ce qui était enregistré l’est toujours.",
    "Attendez un instant puis recommencez. Un antivirus ou une copie en cours peut la retenir.",
)
_READONLY_ERROR = UserError(
    "La base est en lecture seule : rien ne peut y être écrit.",
    "Ce qui était enregistré est intact.",
    "Vérifiez que vous avez le droit d’écrire dans son dossier, puis recommencez.",
)
FULL = UserError(
    "Le disque est plein.",
    "Ce qui était enregistré est intact ; le dernier geste n’a pas été enregistré.",
    "Libérez de la place sur le disque puis recommencez.",
)
_DISK_ERROR = UserError(
    "Le disque n’a pas répondu comme il faut.",
    "Ce qui était enregistré n’a pas été modifié.",
    "Recommencez ; si cela se répète, sauvegardez ailleurs et faites vérifier le disque.",
)
_CANTOPEN_ERROR = UserError(
    "Le fichier ne peut pas être ouvert.",
    "Rien n’a été touché.",
    "Vérifiez que le dossier existe et que vous avez le droit d’y écrire.",
)
_UNTOUCHED, _CHOOSE = "Rien n’a été touché.", "Choisissez-en un autre."
STALE = StaleError(
    "Cette fiche a été modifiée entre-temps.",
    "Rien n’a été écrasé ; votre saisie est gardée en brouillon.",
    "Rouvrez la fiche pour voir ce qui a changé, puis recommencez.",
)

_BY_CODE = {
    _PERM: _READONLY_ERROR,
    _BUSY: BUSY,
    _LOCKED: BUSY,
    _READONLY: _READONLY_ERROR,
    _IOERR: _DISK_ERROR,
    _CORRUPT: DAMAGED,
    _FULL: FULL,
    _CANTOPEN: _CANTOPEN_ERROR,
    _NOTADB: DAMAGED,
}
_BY_ERRNO = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: _READONLY_ERROR,
    errno.EPERM: _READONLY_ERROR,
    errno.EROFS: _READONLY_ERROR,
    errno.EIO: _DISK_ERROR,
}


_ABOUT_NAMES = (
    (IsADirectoryError, "« {} » est un dossier, pas un fichier."),
    (NotADirectoryError, "« {} » n’est pas un dossier."),
    (FileExistsError, "« {} » n’est pas un dossier."),
)


def from_sqlite(error: BaseException) -> UserError | None:
    """The user's words for an error raised by SQLite's driver; None if it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    known = _BY_CODE.get(code & 0xFF)
    return None if known is None else again(known)


def from_os(error: OSError, where: Path) -> UserError:
    """The user's words for an error of the file system on `where`."""
    known = _BY_ERRNO.get(error.errno or 0, _CANTOPEN_ERROR)
    if known is _READONLY_ERROR:
        return _forbidden(where)
    for kind, words in _ABOUT_NAMES:
        if isinstance(error, kind):
            return UserError(words.format(where), _UNTOUCHED, _CHOOSE)
    if isinstance(error, FileNotFoundError):
        if os.path.isdir(where):  # noqa: PTH112 - a folder of the system, where no file is made
            return _forbidden(where)
        return UserError(
            f"« {where} » est introuvable.",
            _UNTOUCHED,
            "Vérifiez le chemin, ou rebranchez le disque où il se trouve.",
        )
    if error.errno == errno.ENAMETOOLONG:
        return UserError("Ce nom de fichier est trop long.", _UNTOUCHED, _CHOOSE)
    return UserError(f"{known.what} (« {where} »)", known.safe, known.todo)


def _forbidden(where: Path) -> UserError:
    """A folder that cannot be written, which may be that of a file to make, or a closed file."""
    place = where if os.path.lexists(where) else where.parent  # never raises, unlike `exists`
    if os.path.isdir(place):  # noqa: PTH112 - nor does this one
        return UserError(
            f"Rien ne peut être écrit dans le dossier « {place} ».",
            "Ce qui était enregistré est intact.",
            "Vérifiez que vous avez le droit d’y écrire, ou choisissez un autre dossier.",
        )
    return UserError(
        f"« {where} » ne peut pas être lu ou écrit.",
        _UNTOUCHED,
        "Vérifiez que vous en avez le droit.",
    )


def again(error: UserError) -> UserError:
    return type(error)(error.what, error.safe, error.todo)


@contextmanager
def sqlite_told() -> Iterator[None]:
    """Turn what SQLite's driver raises inside into UserError; bugs pass unchanged.

    Imports no SQLAlchemy: the start of the application reads through here.
    """
    from sqlcipher3 import dbapi2 as sqlite

    try:
        yield
    except sqlite.Error as error:
        known = from_sqlite(error)
        if known is None:
            raise
        raise known from error


@contextmanager
def told() -> Iterator[None]:
    """Turn what SQLite and SQLAlchemy raise inside into UserError; bugs pass unchanged."""
    import sqlalchemy.exc
    import sqlalchemy.orm.exc

    try:
        with sqlite_told():
            yield
    except sqlalchemy.orm.exc.StaleDataError as error:
        raise again(STALE) from error
    except sqlalchemy.exc.TimeoutError as error:
        raise again(BUSY) from error
    except sqlalchemy.exc.DBAPIError as error:
        known = from_sqlite(error.orig) if error.orig is not None else None
        if known is None:
            raise
        raise known from error
