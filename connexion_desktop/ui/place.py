"""Which base, or which server: the one named, the one opened last, the user's own, the demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from connexion_desktop.system import folders
from connexion_desktop.system.settings import Settings

if TYPE_CHECKING:
    from connexion_desktop.domain.keys import RawKey

DEMO_BASE, DEMO_KEY = "demo.base", "demo.cle"

TO_IMPORT = "to_import"
"""Where the settings say which base, just made, a table is to be imported into first."""


class Place(NamedTuple):
    """Which base, and the file its key is in when it was named (`--cle`).

    A base named on the command line is opened this once: the next start does not remember it.
    `server` is what this workstation calls a server; `base` is then where one works without it.
    """

    base: Path
    key_file: Path | None = None
    once: bool = False
    server: str = ""

    @property
    def held(self) -> Path:
        """The file that a window holds while it has this place open."""
        return folders.draft_file(self.server) if self.server else self.base

    def told(self) -> str:
        """« la base de démonstration », « notre base », or the name of its file."""
        if self == demo_place():
            return "la base de démonstration"
        return "notre base" if self.base == folders.default_base() else f"« {self.base.name} »"


class Restoration(NamedTuple):
    """A backup to put in a place, and the key of the base that was open there, if it was."""

    file: Path
    place: Place
    key: RawKey | None = None


class Move(NamedTuple):
    """The base of a place to take to a server, with the key it was open with; or what a server
    holds to bring back to the base of the place."""

    place: Place
    key: RawKey | None = None


def named_place(settings: Settings) -> Place:
    """What was opened last on this computer, or where the user's own base is or would be."""
    return known_base(settings)._replace(server=settings.text("server"))


def known_base(settings: Settings) -> Place:
    """The base opened last on this computer, or where the user's own is or would be."""
    known = settings.text("base")
    if known and Path(known).exists():
        key_file = settings.text("key_file")
        return Place(Path(known), Path(key_file) if key_file else None)
    return Place(folders.default_base())


def demo_place() -> Place:
    """Where the demo base is, beside the user's own."""
    folder = folders.data_folder() / "demo"
    return Place(folder / DEMO_BASE, folder / DEMO_KEY)
