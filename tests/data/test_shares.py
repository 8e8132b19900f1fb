"""A base on a network share is refused, with the reason; its backups are not."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path, PurePosixPath

import pytest

from connexion_desktop.data import backup, shares
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Silent

LINUX = """\
21 98 0:19 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 21 0:21 / /home rw,relatime shared:4 - btrfs /dev/sda2 rw
41 21 0:40 / /mnt/commun rw,relatime shared:9 master:3 - cifs //bureau/commun rw,vers=3.1.1
42 21 0:41 / /mnt/mes\\040dossiers rw,relatime - nfs4 bureau:/dossiers rw
43 42 0:42 / /mnt/mes\\040dossiers/ici rw - ext4 /dev/sdb1 rw
44 21 0:43 / /home/n/loin rw,nosuid - fuse.sshfs n@bureau: rw
45 21 0:44 / /home/n/.gvfs rw,nosuid - fuse.gvfsd-fuse gvfsd-fuse rw
46 21 0:45 / /mnt/dessous rw - nfs4 bureau:/x rw
47 21 0:46 / /mnt/dessous rw - tmpfs tmpfs rw
48 21 0:47 / /mnt/chiffre rw - fuse.gocryptfs /home/n/coffre rw
une ligne qui n'en est pas une
"""
MAC = """\
/dev/disk1s1 on / (apfs, local, journaled)
//n@bureau/commun on /Volumes/commun (smbfs, nodev, nosuid, mounted by n)
bureau:/dossiers on /Volumes/mes dossiers (nfs)
map auto_home on /System/Volumes/Data/home (autofs, automounted)
"""


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("/home/n/connexion.base", False),
        ("/mnt/commun/connexion.base", True),
        ("/mnt/commun-2/connexion.base", False),
        ("/mnt/mes dossiers/a/b.base", True),
        ("/mnt/mes dossiers/ici/b.base", False),
        ("/home/n/loin/b.base", True),
        ("/home/n/.gvfs/smb-share/b.base", True),
        ("/mnt/dessous/b.base", False),
        ("/mnt/chiffre/b.base", False),
    ],
)
def test_on_linux_the_deepest_mount_says(place: str, remote: bool) -> None:
    assert shares.is_remote(PurePosixPath(place), shares.linux_mounts(LINUX)) is remote


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("/Users/n/connexion.base", False),
        ("/Volumes/commun/connexion.base", True),
        ("/Volumes/mes dossiers/b.base", True),
    ],
)
def test_on_macos_what_mount_prints_says(place: str, remote: bool) -> None:
    assert shares.is_remote(PurePosixPath(place), shares.bsd_mounts(MAC)) is remote


def test_where_nothing_is_known_nothing_is_refused() -> None:
    assert not shares.is_remote(PurePosixPath("/x"), shares.linux_mounts(""))
    assert not shares.is_on_a_share(Path.cwd())


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that this system says to be on another computer."""
    folder = tmp_path / "commun"
    folder.mkdir()
    table = {PurePosixPath("/"): "ext4", PurePosixPath(folder): "cifs"}
    monkeypatch.setattr(shares, "mounts", lambda: table)
    return folder


def test_no_base_is_made_on_a_share(share: Path) -> None:
    with pytest.raises(UserError, match="dossier partagé") as refused:
        Database.create(share / "b.base", RawKey.new(), "Essai")
    assert "serveur partagé" in refused.value.todo
    assert not list(share.iterdir())


def test_no_base_is_opened_on_a_share(base_file: Database, share: Path) -> None:
    base_file.close()
    moved = base_file.path.rename(share / "b.base")
    with pytest.raises(UserError, match="dossier partagé"):
        Database.open(moved, base_file.key)
    assert [each.name for each in share.iterdir()] == ["b.base"]


def test_a_link_to_a_share_is_followed(share: Path, tmp_path: Path) -> None:
    link = tmp_path / "lien"
    link.symlink_to(share)
    with pytest.raises(UserError, match="dossier partagé"):
        Database.create(link / "b.base", RawKey.new(), "Essai")


def test_backups_go_to_a_share_and_come_back_from_it(
    base_file: Database, share: Path, tmp_path: Path
) -> None:
    with closing(base_file.connect()) as connection:
        made = backup.save(connection, share, base_file.key, Silent())
    base_file.close()
    backup.restore(made, tmp_path / "restauree.base", base_file.key, Silent())
    with pytest.raises(UserError, match="dossier partagé"):
        backup.restore(made, share / "b.base", base_file.key, Silent())
