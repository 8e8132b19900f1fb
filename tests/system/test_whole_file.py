"""A file is written whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from connexion_desktop.system.whole_file import why_not_written, write_whole

_LITTLE_ROOM = """
import resource, signal, sys
from pathlib import Path
from connexion_desktop.system.whole_file import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
write_whole(Path(sys.argv[1]), bytes(8192))
"""
"""A process whose files may not grow beyond some bytes, as on a disk that is full."""


def test_a_file_takes_the_place_of_the_one_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "papier.pdf"
    path.write_bytes(b"avant")
    write_whole(path, b"maintenant")
    assert path.read_bytes() == b"maintenant"
    assert [each.name for each in tmp_path.iterdir()] == ["papier.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no such limit")
def test_where_there_is_no_room_the_former_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "papier.pdf"
    path.write_bytes(b"avant")
    writer = subprocess.run(
        [sys.executable, "-c", _LITTLE_ROOM, path], capture_output=True, text=True, check=False
    )
    assert "File too large" in writer.stderr
    assert path.read_bytes() == b"avant"
    assert [each.name for each in tmp_path.iterdir()] == ["papier.pdf"]


def test_a_folder_that_is_gone_is_told_in_french(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent") as caught:
        write_whole(tmp_path / "absent" / "papier.pdf", b"rien")
    assert why_not_written(caught.value) == "le dossier n’existe pas"
