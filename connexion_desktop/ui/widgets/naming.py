"""A structure of the book, or somebody of the team, said in a line by a name."""

from __future__ import annotations

from connexion_desktop.domain.meeting_choices import Names
from connexion_desktop.ui.widgets.pick import Offer


def offers(names: Names, typed: str) -> list[Offer]:
    """Those to choose among for what is typed; taking one gives the text that means it alone."""
    found = names.found(typed)
    return [Offer(names.text_of(each.id), each.name, each.detail) for each in found]


def unmeant(structures: Names, typed: str) -> str | None:
    """Why a text means no structure, or not one alone."""
    match len(structures.meant(typed)):
        case 0:
            return "Choisissez une structure du carnet, ou laissez vide."
        case 1:
            return None
        case _:
            return "Plusieurs structures ont ce nom : choisissez dans la liste."
