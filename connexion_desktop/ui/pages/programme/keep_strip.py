"""« Enregistrer comme modèle »: a programme as it stands becomes what others are drawn up from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from connexion_desktop import usecases
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.domain.template_editing import KeepAsTemplate
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line
from connexion_desktop.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from connexion_desktop.domain.board import GroupBrief
    from connexion_desktop.domain.kept_template import Kept
    from connexion_desktop.domain.programme import Programme
    from connexion_desktop.ui.desk import Desk

_NAME = 320
_TOLD = (
    "Le modèle reprend chaque séance à sa semaine, son jour et ses heures ; un jour férié rattrapé "
    "y reprend sa place. Ni les dates, ni les participants, ni l’animateur n’y sont."
)


class KeepStrip(EntryStrip):
    """A name, and Enter."""

    def __init__(self, desk: Desk) -> None:
        self.title = entry_line("Nom du modèle")
        super().__init__(desk, "Enregistrer comme modèle", ((self.title, _NAME),), "Enregistrer")
        self._cohort: UUID | None = None
        self.below.addWidget(label(_TOLD, "small", wrap=True))
        models = button("Voir les modèles…", "link")
        models.clicked.connect(lambda: desk.go("settings", SettingsSection.TEMPLATES))
        self.below.addWidget(models)
        self.on_enter(self._keep, self.title)

    def ask(self, group: GroupBrief) -> None:
        """Keep the programme of a group, under its name unless another is typed."""
        if self.still_saves():
            return
        self._take(group)
        self.begin()
        self.title.selectAll()

    def follow(self, programme: Programme) -> None:
        """It is of the group shown from then on, if that has séances."""
        if programme.cohort is None or not programme.own:
            self.leave()
        else:
            self._take(programme.cohort)

    def _take(self, group: GroupBrief) -> None:
        if group.id != self._cohort:
            self._cohort = group.id
            if not self.title.isModified():
                self.title.setText(group.name)

    def _keep(self) -> None:
        if self._cohort is None:
            return
        command = KeepAsTemplate(new_id(), self._cohort, self.title.text())

        def kept(model: Kept) -> None:
            self._cohort = None
            self.title.clear()
            self.leave()
            parts = ("Modèle enregistré", model.told, "Ctrl+Z pour annuler")
            self._desk.tell(" · ".join(part for part in parts if part))

        self.save(
            lambda session: usecases.programme.keep_as_template(session, command),
            label="Programme enregistré comme modèle",
            on_answer=kept,
        )
