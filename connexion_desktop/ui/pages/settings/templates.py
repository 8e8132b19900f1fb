"""« Modèles de programme »: what a cycle is drawn up from, séance by séance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QMenu, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.groups import ABOUT
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.hours import ranges_text
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.person_fields import FieldSpec, FieldValue
from connexion_desktop.domain.programme_template import Template
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.domain.template_editing import (
    LINE,
    CopyTemplate,
    EditLine,
    LineRow,
    Models,
    day_choices,
    day_told,
    reason_against_line,
)
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.settings.master import MasterPane
from connexion_desktop.ui.pages.settings.record_fields import RecordFields
from connexion_desktop.ui.pages.settings.template_head import TemplateHead
from connexion_desktop.ui.pages.settings.template_strip import NewLineStrip
from connexion_desktop.ui.widgets.bound_fields import LineField
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.naming import offers
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from connexion_desktop.usecases import Session

_NONE = ("", "—")
_BEYOND = f"Un groupe de {ABOUT} semaines n’aura pas cette séance."


class TemplatesPane(MasterPane[LineRow]):
    """See the module. Alt and the arrows move a séance by a day of the programme."""

    section = SettingsSection.TEMPLATES
    icon = "calendar-check-line"
    sentence = (
        "Ce que contient chaque jour d’un cycle : on le choisit en établissant le programme d’un "
        "groupe. Un programme déjà établi ne change pas."
    )

    def __init__(self, desk: Desk) -> None:
        self._models = Models()
        self._template: UUID | None = None
        self._edited: UUID | None = None
        super().__init__(desk)
        self.head = TemplateHead(desk)
        self.head.chosen.connect(self._choose)
        self.head.add.clicked.connect(self.begin_new)
        self.head.copy.clicked.connect(self.duplicate)
        self.head.remove.clicked.connect(self.remove)
        self.top.addWidget(self.head, 1)
        self.strip = NewLineStrip(desk)
        self.strip.take_margins_away()
        self.strip.made.connect(self._made)
        self.column.insertWidget(1, self.strip)
        add = partial(desk.actions.add, menu="Édition", owner=self)
        add("settings.earlier-day", "Un jour plus tôt", "Alt+Up", lambda: self.move_line(-1))
        add("settings.later-day", "Un jour plus tard", "Alt+Down", lambda: self.move_line(1))

    def columns(self) -> Sequence[RowColumn[LineRow]]:
        return (
            RowColumn("Sem.", 52, lambda row: str(row.line.week)),
            RowColumn("Jour", 84, self._day),
            RowColumn("Heures", 126, lambda row: ranges_text((row.line.hours,)), spared=True),
            RowColumn("Séance", 200, lambda row: row.line.title, bold=True),
            RowColumn("Sorte", 100, self._kind, spared=True),
            RowColumn("Lieu", 110, lambda row: row.line.place, spared=True),
            RowColumn("Partenaire", 120, lambda row: row.partner, spared=True),
        )

    def told(self, row: LineRow) -> str:
        parts = (self._slot(row), row.line.title, self._kind(row), row.line.place, row.partner)
        return ", ".join(part for part in parts if part)

    def record_kind(self) -> str:
        return "programme_template"

    def record(self) -> RecordRef | None:
        return RecordRef(self.record_kind(), self._template) if self._template else None

    def make_form(self) -> RecordFields:
        form = RecordFields(self.desk, "séance de modèle", self._saving, reason=reason_against_line)
        form.lay_out(LINE)
        partner = form.fields["partner"]
        if isinstance(partner, LineField):
            partner.line.textEdited.connect(partial(self._offer_partners, partner))
            partner.line.taken.connect(partner.propose)
        return form

    def acts(self) -> Sequence[QWidget]:
        self.up_button = button("", icon="arrow-up-line", tip="Un jour plus tôt (Alt+↑)")
        self.down_button = button("", icon="arrow-down-line", tip="Un jour plus tard (Alt+↓)")
        self.again_button = button(
            "Copier", icon="file-copy-line", tip="La même, une semaine après"
        )
        self.delete_button = button("Supprimer", "danger", icon="delete-bin-line")
        self.up_button.clicked.connect(lambda: self.move_line(-1))
        self.down_button.clicked.connect(lambda: self.move_line(1))
        self.again_button.clicked.connect(self.copy_line)
        self.delete_button.clicked.connect(self.delete_line)
        return (self.up_button, self.down_button, self.again_button, self.delete_button)

    # What is shown

    def refresh(self) -> None:
        self.desk.jobs.read(
            self,
            lambda session: usecases.programme_templates.load(session),  # noqa: PLW0108 - imported on the lane
            self._show,
            self.desk.fail,
            key="models",
        )

    def _show(self, models: Models) -> None:
        self._models = models
        ids = [each.id for each in models.templates]
        if self._wanted is not None and self._wanted in ids:
            self._template, self._wanted = self._wanted, None
        if self._template not in ids:
            self._template = None
        self.head.offer(models)
        self.strip.offer(models)
        self._show_template()

    def _show_template(self) -> None:
        template = self.template
        if template is None:
            return
        self.head.show_template(template, is_read=template.id not in self._models.unread)
        if self.strip.template != template.id:
            self.strip.hide()
        self.show_rows(self._models.rows(template))

    @property
    def template(self) -> Template | None:
        """The model shown."""
        return self._models.of(self._template)

    def show_row(self, row: LineRow) -> None:
        self.panel.setVisible(self._template is not None)
        if self._template is None:
            self.form.show_none()
            return
        self._offer_choices(row)
        self.form.show_record(row.id, row.values)  # saves, first, what is typed of another's
        self.form.about = f", {self._slot_alone(row)}"
        self._edited = self._template
        self.usage.setText(_BEYOND if row.line.week > ABOUT else "")

    def _offer_choices(self, row: LineRow) -> None:
        """What may be chosen, and what the séance has even where it is no longer offered."""
        choices, values = self._models.choices, row.values
        offered = {
            "day": (day_choices(self._models.weekdays), self._day(row).capitalize()),
            "kind": (choices.kinds, row.line.kind),
            "activity": ((_NONE, *choices.activities), row.line.activity),
        }
        for column, (known, words) in offered.items():
            code = values[column]
            more = () if code in dict(known) else ((code, words),)
            self.form.offer(column, (*known, *more))

    def take_focus(self) -> None:
        if self.template is not None and self.template.lines:
            super().take_focus()
        else:
            self.head.which.setFocus()

    def flush(self) -> None:
        self.head.names.flush()
        super().flush()

    # What is done

    def begin_new(self) -> None:
        if self._template is None or self._template in self._models.unread:
            self.desk.tell("Dupliquez d’abord le modèle : celui-ci ne se change pas.")
        else:
            self.strip.about(self._template, self.current())

    def duplicate(self) -> None:
        """Make a model like the one shown."""
        self.flush()
        command = CopyTemplate(new_id(), self._template)
        self.write(
            lambda session: usecases.programme_templates.copy(session, command),
            "Modèle dupliqué",
            "Modèle de programme dupliqué",
            command.id,
        )

    def remove(self) -> None:
        """Take the model shown away."""
        template_id = self._template
        if template_id is None:
            return
        self.write(
            lambda session: usecases.programme_templates.delete(session, template_id),
            "Modèle supprimé",
            "Modèle de programme supprimé",
        )

    def move_line(self, step: int) -> None:
        """Put the séance shown on the next day of the programme, or on the one before."""
        self._on_line(
            lambda template_id, line_id: (
                lambda session: usecases.programme_templates.move_line(
                    session, template_id, line_id, step
                )
            ),
            "Séance déplacée",
        )

    def copy_line(self) -> None:
        """The séance shown once more, a week later."""
        made = new_id()
        self._on_line(
            lambda template_id, line_id: (
                lambda session: usecases.programme_templates.copy_line(
                    session, template_id, line_id, made
                )
            ),
            "Séance copiée",
            made,
        )

    def delete_line(self) -> None:
        """Take the séance shown out of the model."""
        self._on_line(
            lambda template_id, line_id: (
                lambda session: usecases.programme_templates.remove_line(
                    session, template_id, line_id
                )
            ),
            "Séance supprimée",
        )

    def fill_menu(self, menu: QMenu, row: LineRow) -> None:
        if self._template is None:
            menu.addAction("Dupliquer le modèle", self.duplicate)
            return
        menu.addAction(self.desk.actions.get("settings.earlier-day"))
        menu.addAction(self.desk.actions.get("settings.later-day"))
        menu.addAction("Copier une semaine après", self.copy_line)
        menu.addSeparator()
        menu.addAction("Supprimer", self.delete_line)

    def _on_line(
        self,
        act: Callable[[UUID, UUID], Callable[[Session], object]],
        done: str,
        made: UUID | None = None,
    ) -> None:
        row, template_id = self.current(), self._template
        if row is None or template_id is None:
            return
        self.form.flush()
        label = f"{done} : modèle, {self._slot_alone(row)}, {row.line.title}"[:200]
        self.write(act(template_id, row.id), done, label, made or row.id)

    def _choose(self, template_id: UUID | None) -> None:
        self.flush()
        self.say("")
        self._template = template_id
        self._show_template()

    def _made(self, made: UUID) -> None:
        self._wanted = made
        self.refresh()

    def _offer_partners(self, field: LineField, typed: str) -> None:
        field.line.drop(offers(self._models.partners, typed))

    def _slot(self, row: LineRow) -> str:
        """« semaine 3, lundi, 9 h – 12 h »."""
        hours = ranges_text((row.line.hours,))
        return f"semaine {row.line.week}, {self._day(row)}, {hours}"

    def _slot_alone(self, row: LineRow) -> str:
        """The same, and which one of those held then: what is done to two of them is undone one by
        one."""
        slot = self._slot(row)
        held = [each.id for each in self.model.rows() if self._slot(each) == slot]
        return f"{slot}, {held.index(row.id) + 1} sur {len(held)}" if len(held) > 1 else slot

    def _day(self, row: LineRow) -> str:
        return day_told(row.line, self._models.weekdays)

    def _kind(self, row: LineRow) -> str:
        words = dict((*self._models.choices.kinds, *self._models.choices.activities))
        return words.get(row.line.activity) or words.get(row.line.kind, row.line.kind)

    def _saving(
        self, row_id: UUID, spec: FieldSpec, value: FieldValue, seen: Seen
    ) -> Callable[[Session], object]:
        template_id = self._edited
        if template_id is None:
            raise RuntimeError("no séance is shown in the fields")
        command = EditLine(template_id, row_id, spec.name, str(value or ""), seen)
        return lambda session: usecases.programme_templates.edit_line(session, command)
