"""Which model of programme is shown, its name, and what is done to it as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.person_fields import FieldSpec, FieldValue
from connexion_desktop.domain.programme_template import Template
from connexion_desktop.domain.template_editing import NAME, Models, Rename
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.settings.record_fields import RecordFields
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from connexion_desktop.usecases import Session

_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_LETTERS = 12
_SHIPPED = (
    "Ce modèle est fourni avec le logiciel : il ne se change pas. « Dupliquer » en fait un qui est "
    "à vous."
)
_UNREAD = "Ce modèle ne se lit pas. Les programmes déjà établis n’ont pas changé : supprimez-le."
_EMPTY = "Ce modèle n’a aucune séance. « Nouvelle séance » (Ctrl+N) en ajoute une."


class TemplateHead(QWidget):
    """`chosen(id)` when another model is wanted: None for the one that is shipped."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.which = Combo()
        self.which.setAccessibleName("Modèle")
        self.which.setSizeAdjustPolicy(_NARROW)
        self.which.setMinimumContentsLength(_LETTERS)
        self.which.activated.connect(lambda place: self.chosen.emit(self.which.itemData(place)))
        self.add = button("Nouvelle séance", icon="add-line")
        self.copy = button("Dupliquer", icon="file-copy-line")
        self.remove = button("", icon="delete-bin-line", tip="Supprimer le modèle")
        self.names = RecordFields(desk, "modèle de programme", self._renaming)
        self.names.lay_out((NAME,))
        self.about = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for part in (
            self.which,
            flow(self.add, self.copy, self.remove),
            self.names,
            self.about,
        ):
            column.addWidget(part)

    def offer(self, models: Models) -> None:
        """Offer these models."""
        self.which.clear()
        for each in models.templates:
            fixed = " (fourni)" if each.id is None else ""
            self.which.addItem(f"{each.name}{fixed}", each.id)

    def show_template(self, template: Template, *, is_read: bool) -> None:
        """Show one of them, and what may be done to it."""
        self.which.setCurrentIndex(self.which.findData(template.id))
        own = template.id is not None
        for part, wanted in (
            (self.names, own),
            (self.remove, own),
            (self.add, own and is_read),
            (self.copy, is_read),
        ):
            part.setVisible(wanted)
        if template.id is None:
            self.names.show_none()
        else:
            self.names.show_record(template.id, {"name": template.name})
        words = _SHIPPED if not own else _UNREAD if not is_read else ""
        self.about.setText(words or _EMPTY * (not template.lines))
        self.about.setVisible(bool(self.about.text()))

    def _renaming(
        self, row_id: UUID, spec: FieldSpec, value: FieldValue, seen: Seen
    ) -> Callable[[Session], object]:
        command = Rename(row_id, str(value or ""), seen)
        return lambda session: usecases.programme_templates.rename(session, command)
