"""What is dropped, pasted or chosen, read and made ready away from the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from connexion_desktop.domain.attachments import (
    HEAVIEST,
    HEAVIEST_AT_ONCE,
    MOST_AT_ONCE,
    NewFile,
    files_text,
    size_text,
    tidy_name,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.media import Media, media_of
from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange import attached
from connexion_desktop.ui import pictures

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Gathered:
    """Files ready to be kept; why others are not; what was done to some (« 40 Mo ramenés à… »)."""

    files: tuple[NewFile, ...]
    problems: tuple[UserError, ...] = ()
    remarks: tuple[str, ...] = ()


def gather(paths: Sequence[Path], progress: Progress) -> Gathered:
    """Read files; those that cannot be are told and the others kept. Raises UserError where they
    are too many, or too heavy together, for one act; Cancelled when given up."""
    if len(paths) > MOST_AT_ONCE:
        raise UserError(
            f"{files_text(len(paths))} ont été déposés ensemble.",
            "Aucun n’a été joint ; ils sont restés où ils sont.",
            f"Joignez-les par {MOST_AT_ONCE} au plus.",
        )
    files: list[NewFile] = []
    problems: list[UserError] = []
    remarks: list[str] = []
    for path in paths:
        try:
            file, remark = _ready(path, progress)
        except UserError as problem:
            problems.append(problem)
            continue
        files.append(file)
        remarks += [remark] * bool(remark)
        if sum(len(each.content) for each in files) > HEAVIEST_AT_ONCE:
            raise UserError(
                f"Ces {files_text(len(paths))} pèsent plus de {size_text(HEAVIEST_AT_ONCE)}.",
                "Aucun n’a été joint ; ils sont restés où ils sont.",
                "Joignez-les en plusieurs fois.",
            )
    return Gathered(tuple(files), tuple(problems), tuple(remarks))


def gather_picture(image: QImage, name: str, progress: Progress) -> Gathered:
    """A picture of the clipboard, as a file of that name. Raises UserError where it cannot be
    kept."""
    progress.step(0, 1, name)
    content = pictures.png(image)
    if len(content) <= HEAVIEST:
        return Gathered((NewFile(name, content, Media.PNG),))
    file, remark = _reduced(name, content, Media.PNG, progress)
    return Gathered((file,), remarks=(remark,))


def told_together(problems: Sequence[UserError], of: int) -> UserError:
    """Several refusals as one: each reason, for the first few."""
    if len(problems) == 1:
        return problems[0]
    what = " ".join(problem.what for problem in problems[:_MOST_NAMED])
    more = len(problems) - _MOST_NAMED
    rest = f" Et {more} autre{'s' * (more > 1)}." if more > 0 else ""
    ways = {problem.todo for problem in problems}
    return UserError(
        f"{files_text(len(problems))} sur {of} n’ont pas été joints. {what}{rest}",
        "Ils sont restés où ils sont.",
        ways.pop() if len(ways) == 1 else "Voyez-les un par un.",
    )


def _ready(path: Path, progress: Progress) -> tuple[NewFile, str]:
    name = tidy_name(path.name or str(path))
    content = attached.read(path, progress)
    media = media_of(content)
    if len(content) <= HEAVIEST:
        return NewFile(name, content, media), ""
    return _reduced(name, content, media, progress)


def _reduced(name: str, content: bytes, media: Media, progress: Progress) -> tuple[NewFile, str]:
    try:
        smaller = pictures.reduced(content, media, progress)
    except UserError as problem:
        raise attached.too_heavy(name, len(content)) from problem
    told = f"« {name} » : {size_text(len(content))} ramenés à {size_text(len(smaller))}"
    jpeg = tidy_name(f"{Path(name).stem}.jpg")
    return NewFile(jpeg, smaller, Media.JPEG), f"{told} ; l’original reste où il est."
