"""Taking a record away from any page: at once, and said; Ctrl+Z brings it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from connexion_desktop import usecases
from connexion_desktop.domain.deleting import deleted_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from connexion_desktop.domain.history import RecordRef
    from connexion_desktop.ui.desk import Desk


def delete_record(
    desk: Desk, page: QWidget, ref: RecordRef, then: Callable[[], object] = lambda: None
) -> None:
    """Take a record away, then do `then`. What refuses it is shown at the top of the page."""
    words = deleted_words(ref)

    def told(_none: None) -> None:
        then()
        desk.tell(f"{words} · Ctrl+Z pour annuler")

    desk.jobs.write(
        page,
        lambda session: usecases.deletions.delete(session, ref),
        told,
        desk.fail,
        label=words,
    )
