"""« Nouvelle séance » of a model: a title, when in the cycle, of what kind, and Enter."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from connexion_desktop import usecases
from connexion_desktop.domain.hours import ranges_text
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme_template import USUAL_HOURS
from connexion_desktop.domain.template_editing import LineRow, Models, NewLine, day_choices
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line

_TITLE, _WEEK, _DAY, _HOURS, _KIND = 230, 90, 150, 160, 150


class NewLineStrip(EntryStrip):
    """`made(id)` once it is added; it stays open, for the next one."""

    made = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.title = entry_line("Titre de la séance")
        self.week = entry_line("Semaine")
        self.day, self.kind = Combo(), Combo()
        self.day.setAccessibleName("Jour")
        self.kind.setAccessibleName("Sorte")
        self.hours = entry_line("Matin, ou 9h-12h")
        fields = (
            (self.title, _TITLE),
            (self.week, _WEEK),
            (self.day, _DAY),
            (self.hours, _HOURS),
            (self.kind, _KIND),
        )
        super().__init__(desk, "Nouvelle séance", fields, "Ajouter")
        self.template: UUID | None = None
        self.on_enter(self._add, self.title, self.week, self.hours)

    def offer(self, models: Models) -> None:
        """Offer these days and kinds; what is chosen stays."""
        _fill(self.day, day_choices(models.weekdays))
        _fill(self.kind, models.choices.kinds)

    def about(self, template_id: UUID, near: LineRow | None) -> None:
        """To which model, and near which of its séances."""
        self.template = template_id
        if near is not None:
            self.week.setText(near.values["week"])
            self.day.setCurrentIndex(max(self.day.findData(near.values["day"]), 0))
        for line, usual in (
            (self.week, "1"),
            (self.hours, ranges_text((USUAL_HOURS[Half.MORNING],))),
        ):
            if not line.text():
                line.setText(usual)
        self.begin()

    def _add(self) -> None:
        if self.template is None:
            return
        texts = {
            "title": self.title.text(),
            "week": self.week.text(),
            "day": str(self.day.currentData()),
            "hours": self.hours.text(),
            "kind": str(self.kind.currentData()),
        }
        command = NewLine(self.template, new_id(), texts)
        when = f"semaine {texts['week']}, {self.day.currentText().lower()}, {texts['hours']}"

        def added() -> None:
            self.title.clear()
            self.title.setFocus()
            self._desk.tell("Séance ajoutée au modèle · Ctrl+Z pour annuler")
            self.made.emit(command.id)

        self.save(
            lambda session: usecases.programme_templates.add_line(session, command),
            added,
            label=f"Séance ajoutée à un modèle : {when}, {texts['title']}"[:200],
        )


def _fill(combo: Combo, choices: Sequence[tuple[str, str]]) -> None:
    chosen = combo.currentData()
    combo.clear()
    for code, words in choices:
        combo.addItem(words, code)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
