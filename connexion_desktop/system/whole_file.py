"""A file written whole or not at all: what bore its name stays until the new one is complete."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file, in place of one of that name; `private`: that only its owner may read. Raises
    OSError, and leaves nothing behind."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
        try:
            draft.write(content)
            draft.close()
            if not private:
                _as_usual(Path(draft.name))
            os.replace(draft.name, path)  # noqa: PTH105 - atomic on the three systems
        except BaseException:
            draft.close()
            Path(draft.name).unlink(missing_ok=True)
            raise


def _as_usual(path: Path) -> None:
    """Give a temporary file the rights of a file made in the usual way."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        path.chmod(0o666 & ~mask)


def why_not_written(error: OSError) -> str:
    """What the system refused, in French."""
    return {
        errno.ENOENT: "le dossier n’existe pas",
        errno.ENOTDIR: "ce n’est pas un dossier",
        errno.EISDIR: "c’est un dossier",
        errno.EACCES: "l’écriture y est interdite",
        errno.EPERM: "l’écriture y est interdite",
        errno.EROFS: "ce disque est en lecture seule",
        errno.ENOSPC: "le disque est plein",
        errno.ENAMETOOLONG: "son nom est trop long",
    }.get(error.errno or 0, "le disque a refusé")
