"""Files attached to a person, an immersion, a piece of equipment: what they are called, what they
are, how heavy they may be."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from uuid import UUID

from connexion_desktop.domain.media import Media, lie, runs
from connexion_desktop.domain.names import fold

MEGABYTE = 1_000_000
HEAVIEST = 20 * MEGABYTE
"""The most that is kept of a file: the base is copied whole at each backup."""

HEAVIEST_PHOTO = 200 * MEGABYTE
"""The most that is read of a photo, to be reduced."""

MOST_AT_ONCE = 50
HEAVIEST_AT_ONCE = 100 * MEGABYTE
"""What one act may bring in: it is written, and undone, in one go."""

LONGEST_NAME = 255
NO_KIND = ("", "Autre")
PRIVATE = frozenset({"sejour", "secu", "rqth"})
"""The kinds of papers that say something of health or of residence: a list that shows several
people says « Pièce » and no more (the code is kept when the association renames it)."""

LOOKED_AT = PRIVATE | {"diagnostic"}
"""The kinds of papers of which a shared server keeps who opened them."""

_LONGEST_ENDING = 12
_NAMELESS = "sans nom"
_SIGNS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_WORDS_OF_KINDS = (
    ("rqth", ("rqth", "mdph", "travailleur handicape")),
    ("sejour", ("titre de sejour", "titre sejour", "carte de sejour", "recepisse", "vls ts")),
    ("secu", ("carte vitale", "attestation de droits", "securite sociale", "ameli", "cpam", "css")),
    ("responsabilite", ("responsabilite civile",)),
    ("domicile", ("justificatif de domicile", "domicile", "quittance", "hebergement")),
    ("rib", ("rib", "releve d identite bancaire", "iban")),
    ("identite", ("carte identite", "carte d identite", "identite", "cni", "passeport")),
    ("permis", ("permis de conduire", "permis")),
    ("diagnostic", ("diagnostic",)),
    ("autorisation", ("autorisation parentale", "representant legal")),
    ("reglement", ("reglement", "contrat d engagement")),
    ("photo", ("droit a l image", "droit image")),
    ("cv", ("cv", "curriculum")),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What files are attached to: a row of `table` (person, placement, equipment)."""

    table: str
    id: UUID


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a file found by the palette is; as a text, « person.3f….a1… »."""

    subject: Subject
    file_id: UUID

    def __str__(self) -> str:
        return f"{self.subject.table}.{self.subject.id.hex}.{self.file_id.hex}"

    @classmethod
    def of(cls, text: str) -> FilePlace:
        """The place that a text says. Raises ValueError."""
        table, subject, file_id = text.split(".")
        return cls(Subject(table, UUID(subject)), UUID(file_id))


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in a list: everything but its bytes. `size` in bytes; `kind` is a code of the papers'
    list, « » (and no label) for another kind; `remark` says what is odd in it."""

    id: UUID
    name: str
    kind: str
    kind_label: str
    media: Media
    size: int
    added_on: date
    remark: str = ""

    @property
    def sort(self) -> str:
        """What it is, in a list: the paper, else the kind of file."""
        return "à vérifier" if self.remark else self.kind_label or self.media.label


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file, what it is attached to (`title`) and the words by which that is known (`owner`);
    `kind_label` is « » without a kind."""

    place: FilePlace
    name: str
    kind: str
    kind_label: str
    title: str
    owner: str

    @property
    def is_private(self) -> bool:
        """Whether its kind, or its name, says something of health or of residence."""
        return self.kind in PRIVATE or bool(kind_of_name(self.name, tuple(PRIVATE)))


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of a subject, the last first, and the kinds that may be chosen: (code, words)."""

    subject: Subject
    files: tuple[FileRow, ...]
    kinds: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to attach, its name tidied and its content whole."""

    name: str
    content: bytes
    media: Media
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """What an act of attaching did: the rows made, and the names of files that were there."""

    ids: tuple[UUID, ...]
    doubles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file with its bytes."""

    row: FileRow
    content: bytes


def tidy_name(name: str) -> str:
    """A name that can be shown and saved anywhere: no folder, no sign that is not seen or that
    turns the letters around, no more than the base holds; what ends it is kept."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", last)
        if letter.isspace() or unicodedata.category(letter) not in _SIGNS
    )
    tidy = " ".join(seen.split()).rstrip(". ")
    if not tidy:
        return _NAMELESS
    if len(tidy) <= LONGEST_NAME:
        return tidy
    ending = PurePosixPath(tidy).suffix
    if len(ending) > _LONGEST_ENDING:
        ending = ""
    return f"{tidy[: LONGEST_NAME - len(ending) - 1].rstrip()}…{ending}"


def renamed(typed: str, former: str) -> str:
    """A name typed in place of another: it keeps the ending that says what the file is."""
    name = tidy_name(typed)
    ending = PurePosixPath(former).suffix
    if PurePosixPath(name).suffix.lower() == ending.lower() or len(ending) > _LONGEST_ENDING:
        return name
    return tidy_name(f"{name}{ending}")


def name_to_save(name: str) -> str:
    """A name that every system takes."""
    return "".join("-" if letter in '<>:"|?*/\\' else letter for letter in name)


def kind_of_name(name: str, known: Sequence[str]) -> str:
    """The kind of paper that a name tells (« CV Awa.pdf »), among those `known`; « » for none."""
    words = f" {fold(PurePosixPath(name).stem)} "
    for kind, tellings in _WORDS_OF_KINDS:
        if kind in known and any(f" {telling} " in words for telling in tellings):
            return kind
    return ""


def remark_on(name: str, media: Media) -> str:
    """What is odd in a file, to be said where it is shown; « » for nothing."""
    said = lie(name, media)
    if runs(name, media):
        return f"{said} : " * bool(said) + "c’est un programme, que l’ordinateur exécuterait"
    return said


def size_text(size: int) -> str:
    """« 84 Ko », « 3,2 Mo »: as file managers say it, in thousands."""
    if size < 1000:
        return f"{size} octet{'s' * (size > 1)}"
    if size < MEGABYTE:
        return f"{round(size / 1000)} Ko"
    megabytes = f"{size / MEGABYTE:.1f}".replace(".", ",").removesuffix(",0")
    return f"{megabytes} Mo"


def files_text(count: int) -> str:
    """« 3 fichiers »."""
    return f"{count} fichier{'s' * (count > 1)}"
