"""Reading a file that is to be attached, without trusting it: one that grows, ends early or never
ends is refused."""

from __future__ import annotations

import stat
from pathlib import Path

from connexion_desktop.domain.attachments import HEAVIEST, HEAVIEST_PHOTO, size_text, tidy_name
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.media import media_of
from connexion_desktop.domain.progress import Progress

SAFE = "Rien n’a été joint de ce fichier ; il est resté où il est."
_CHUNK = 1_000_000
_HEAD = 64 * 1024


def read(path: Path, progress: Progress) -> bytes:
    """The content of a file; of a photo, even one that must be reduced before it is kept.

    Raises UserError for what is no file, is empty, too heavy, unreadable or still being written,
    Cancelled when given up.
    """
    name = tidy_name(path.name or str(path))
    try:
        return _read(path, name, progress)
    except OSError as error:
        raise UserError(
            f"« {name} » ne peut pas être lu.",
            SAFE,
            "Vérifiez qu’il est toujours là et que vous avez le droit de l’ouvrir.",
        ) from error


def _read(path: Path, name: str, progress: Progress) -> bytes:
    before = path.stat()
    if stat.S_ISDIR(before.st_mode):
        raise UserError(f"« {name} » est un dossier.", SAFE, "Déposez les fichiers qu’il contient.")
    if not stat.S_ISREG(before.st_mode):
        raise UserError(f"« {name} » n’est pas un fichier.", SAFE)
    if before.st_size == 0:
        raise UserError(
            f"« {name} » est vide.", SAFE, "Attendez la fin de sa copie ou de sa numérisation."
        )
    parts: list[bytes] = []
    done = 0
    with path.open("rb") as file:
        _refuse_heavy(name, before.st_size, file.read(_HEAD))
        file.seek(0)
        while part := file.read(_CHUNK):
            parts.append(part)
            done += len(part)
            progress.step(min(done, before.st_size), before.st_size, name)
            if done > before.st_size:
                break
    after = path.stat()
    same = (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    if done != before.st_size or not same:
        raise UserError(
            f"« {name} » a changé pendant sa lecture.",
            SAFE,
            "Attendez qu’il soit tout à fait enregistré, puis recommencez.",
        )
    return b"".join(parts)


def _refuse_heavy(name: str, size: int, head: bytes) -> None:
    if size <= HEAVIEST:
        return
    if not media_of(head).is_shown_as_picture:
        raise too_heavy(name, size)
    if size > HEAVIEST_PHOTO:
        raise UserError(
            f"« {name} » pèse {size_text(size)} : c’est trop, même pour être réduit.",
            SAFE,
            "Enregistrez l’image plus petite avec le logiciel qui l’a faite, puis joignez-la.",
        )


def too_heavy(name: str, size: int) -> UserError:
    """What is said of a file that cannot be kept."""
    return UserError(
        f"« {name} » pèse {size_text(size)} : {size_text(HEAVIEST)} au plus par fichier joint.",
        SAFE,
        "Numérisez-le en 200 ppp et en gris, ou partagez-le en plusieurs fichiers.",
    )
