"""What is done with a draft as a whole, once confirmed in place: issued, deleted, or given up for
the version in force."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from connexion_desktop import usecases
from connexion_desktop.domain.placement import numbered
from connexion_desktop.domain.placement_file import IssuePlacement, PlacementForm
from connexion_desktop.domain.placement_rules import Severity
from connexion_desktop.ui.pages.placements.acts import Question

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.placements.form import DraftForm


class DraftActs(QObject):
    """Acts on the draft that `form` shows."""

    def __init__(self, form: DraftForm) -> None:
        super().__init__(form)
        self._form = form
        self._desk = form.desk

    def ask_issue(self) -> None:
        """Ask for confirmation, and for a reason where something warns."""
        form = self._form.current
        if form is None or not self._form.issue_button.isEnabled():
            return
        self._form.flush()
        warned = any(each.severity is Severity.WARN for each in self._form.findings)
        text = (
            "La nouvelle version remplace la précédente, qui reste lisible."
            if form.revising
            else "La convention prend son numéro et ne se modifie plus."
        )
        reason = "Pourquoi l’émettre malgré les points d’attention" if warned else ""
        self._form.head.confirm.ask(
            Question(text, "Émettre la convention", reason), partial(self._issue, form)
        )

    def _issue(self, form: PlacementForm, reason: str) -> None:
        command = IssuePlacement(form.id, self._desk.today(), reason)
        self._form.flush()
        self._desk.jobs.write(
            self._form,
            lambda session: usecases.placements.issue(session, command),
            lambda number: self._desk.tell(f"Convention {numbered(number)} émise"),
            self._desk.fail,
            label="Convention émise",
        )

    def ask_discard(self) -> None:
        """Ask whether the draft is to be deleted."""
        form = self._form.current
        if form is not None:
            question = Question(
                "Le brouillon sera supprimé. Ctrl+Z le ramène.", "Supprimer", danger=True
            )
            self._form.head.confirm.ask(question, lambda _reason: self._discard(form))

    def _discard(self, form: PlacementForm) -> None:
        self._desk.jobs.write(
            self._form,
            lambda session: usecases.placements.discard(session, form.id),
            lambda _none: self._desk.tell("Brouillon supprimé"),
            self._desk.fail,
            label="Brouillon supprimé",
        )

    def ask_drop(self) -> None:
        """Ask whether the version being prepared is to be given up."""
        form = self._form.current
        if form is not None:
            question = Question(
                f"Les changements seront oubliés ; la convention {numbered(form.number)} reste "
                "comme elle a été émise.",
                "Abandonner la modification",
                danger=True,
            )
            self._form.head.confirm.ask(question, lambda _reason: self._drop(form))

    def _drop(self, form: PlacementForm) -> None:
        self._form.flush()
        self._desk.jobs.write(
            self._form,
            lambda session: usecases.placements.drop_revision(session, form.id),
            None,
            self._desk.fail,
            label=f"Modification de {form.number} abandonnée",
        )
