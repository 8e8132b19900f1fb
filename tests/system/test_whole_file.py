"""A file is written whole or not at all."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from connexion_desktop.system.whole_file import why_not_written, write_whole


@pytest.fixture
def little_room() -> Iterator[int]:
    """No file may grow beyond so many bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="not on Windows")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield 4096
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, heard)


def test_a_file_takes_the_place_of_the_one_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "papier.pdf"
    path.write_bytes(b"avant")
    write_whole(path, b"maintenant")
    assert path.read_bytes() == b"maintenant"
    assert [each.name for each in tmp_path.iterdir()] == ["papier.pdf"]


def test_where_there_is_no_room_the_former_file_stays(tmp_path: Path, little_room: int) -> None:
    path = tmp_path / "papier.pdf"
    path.write_bytes(b"avant")
    with pytest.raises(OSError, match="large"):
        write_whole(path, bytes(2 * little_room))
    assert path.read_bytes() == b"avant"
    assert [each.name for each in tmp_path.iterdir()] == ["papier.pdf"]


def test_a_folder_that_is_gone_is_told_in_french(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent") as caught:
        write_whole(tmp_path / "absent" / "papier.pdf", b"rien")
    assert why_not_written(caught.value) == "le dossier n’existe pas"
