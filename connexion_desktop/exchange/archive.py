"""A zipped file of others (.xlsx, .ods): read piece by piece, within bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange.sheets import unreadable

MAX_UNPACKED_BYTES = 150 * 1024 * 1024


class Archive(zipfile.ZipFile):
    """The file unpacked. Whoever reads some of it passes by here, and stops if given up."""

    def __init__(self, content: bytes, progress: Progress) -> None:
        super().__init__(io.BytesIO(content))
        self._progress = progress

    def open(self, *args: Any, **options: Any) -> IO[bytes]:
        """A part of the file."""
        return cast(IO[bytes], _Part(super().open(*args, **options), self._progress))

    def check_size(self, name: str) -> None:
        """Raise UserError for a file that is small only while it is packed."""
        if sum(member.file_size for member in self.infolist()) > MAX_UNPACKED_BYTES:
            raise unreadable(name, "son contenu, une fois déplié, est démesuré")


class _Part(io.BufferedIOBase):
    def __init__(self, stream: IO[bytes], progress: Progress) -> None:
        super().__init__()
        self._stream = stream
        self._progress = progress

    def read(self, size: int | None = -1, /) -> bytes:
        self._progress.step(0, 0)
        return self._stream.read(-1 if size is None else size)

    def close(self) -> None:
        self._stream.close()
        super().close()


@contextmanager
def readable(name: str, damaged: str) -> Iterator[None]:
    """A reader raises almost anything on a damaged file: whatever it is, the file is unreadable."""
    try:
        yield
    except (Cancelled, UserError):
        raise
    except Exception as error:
        raise unreadable(name, damaged) from error


def crowded(name: str) -> UserError:
    """What is told of a file that would take forever."""
    return unreadable(
        name,
        "il contient beaucoup plus de cellules ou de mises en forme qu’un tableau de suivi",
        "Copiez les seules lignes à importer dans un nouveau classeur, puis réessayez.",
    )
