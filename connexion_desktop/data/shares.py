"""Whether a folder is on another computer: SQLite's locks are not to be trusted there."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePosixPath

from connexion_desktop.domain.errors import UserError

# Not 9p, virtiofs or vboxsf: they are also how a virtual machine sees its own computer's disk.
_REMOTE = frozenset(
    {
        "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gfs2",
        "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "smb3", "smbfs", "webdav",
    }
)  # fmt: skip
_REMOTE_FUSE = frozenset(
    {
        "cifs", "curlftpfs", "davfs", "gcsfuse", "glusterfs", "gvfsd-fuse", "rclone", "s3fs",
        "smbnetfs", "sshfs",
    }
)  # fmt: skip
_ESCAPED = re.compile(r"\\([0-7]{3})")
_BSD_LINE = re.compile(r"^.+ on (?P<where>/.*) \((?P<kind>[^,)]+)[,)]")
_DRIVE_REMOTE = 4  # Windows, GetDriveTypeW
_MOUNT_SECONDS = 5


def is_on_a_share(path: Path) -> bool:
    """Whether a file, or one about to be made, is on a disk of another computer; False where the
    system does not say."""
    try:
        place = path.resolve()
    except OSError:
        return False
    if sys.platform == "win32":
        return _is_remote_drive(place)
    return is_remote(PurePosixPath(place), mounts())


def refuse(base: Path) -> None:
    """Raise UserError for a base on a share. Its backups may be there."""
    if is_on_a_share(base):
        raise UserError(
            f"« {base.parent} » est un dossier partagé, sur un autre ordinateur.",
            "Rien n’y a été écrit : deux postes y ouvriraient la base ensemble sans se voir, et"
            " l’abîmeraient.",
            "Gardez la base sur ce poste (ses sauvegardes peuvent aller dans ce dossier). Pour"
            " travailler à plusieurs, il y a le serveur partagé.",
        )


def is_remote(place: PurePosixPath, mounts: dict[PurePosixPath, str]) -> bool:
    """Whether the deepest mount that holds a place is of a kind that is on another computer."""
    for folder in (place, *place.parents):
        if folder in mounts:
            kind = mounts[folder]
            return kind in _REMOTE or kind.removeprefix("fuse.") in _REMOTE_FUSE
    return False


def linux_mounts(table: str) -> dict[PurePosixPath, str]:
    """The kind of file system at each mount point, as /proc/self/mountinfo tells it: proc(5). Of
    two mounts at one place, the later hides the other."""
    found = {}
    for line in table.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) > 4:
            found[PurePosixPath(_plain(fields[4]))] = after.split(" ")[0]
    return found


def bsd_mounts(table: str) -> dict[PurePosixPath, str]:
    """The same, as `mount` tells it on macOS: « //n@bureau/commun on /Volumes/commun (smbfs) »."""
    found = {}
    for line in table.splitlines():
        read = _BSD_LINE.match(line)
        if read:
            found[PurePosixPath(read["where"])] = read["kind"]
    return found


def mounts() -> dict[PurePosixPath, str]:
    """The kind of file system at each mount point of this computer; none where it does not say."""
    import subprocess

    try:
        if sys.platform == "darwin":
            told = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, check=True, timeout=_MOUNT_SECONDS
            )
            return bsd_mounts(told.stdout)
        table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        return linux_mounts(table)
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return {}


def _plain(text: str) -> str:
    """A mount point whose spaces are written « \\040 »."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)


if sys.platform == "win32":

    def _is_remote_drive(place: Path) -> bool:
        """A share by its name (« \\\\bureau\\commun »), or a letter given to one."""
        import ctypes

        if place.drive.startswith("\\\\"):
            return True
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\")
        return kind == _DRIVE_REMOTE
