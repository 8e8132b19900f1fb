"""A structure that enters the book, or is mended: a few fields and Enter."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import ConflictError, said
from connexion_desktop.domain.organisations import HOST, EditOrganisation, OrganisationRow
from connexion_desktop.domain.placement_file import NewHost
from connexion_desktop.domain.siret import format_siret
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line

_NAME, _LONG, _SHORT, _CODE = 240, 220, 160, 110
_FIELDS = (
    ("name", "Nom", _NAME),
    ("siret", "SIRET", _SHORT),
    ("activity", "Activité", _LONG),
    ("address", "Adresse", _LONG),
    ("postal_code", "Code postal", _CODE),
    ("city", "Ville", _SHORT),
    ("phone", "Téléphone", _SHORT),
    ("email", "Courriel", _LONG),
)


class NewOrganisationStrip(EntryStrip):
    """A new structure; only its name must be known."""

    def __init__(self, desk: Desk) -> None:
        self.name, self.siret, self.city = map(entry_line, ("Nom", "SIRET", "Ville"))
        fields = ((self.name, _NAME), (self.siret, _SHORT), (self.city, _SHORT))
        super().__init__(desk, "Nouvelle structure", fields, "Ajouter")
        self.on_enter(self._add, self.name, self.siret, self.city)

    def _add(self) -> None:
        command = NewHost(uuid4(), self.name.text(), self.siret.text(), self.city.text())

        def added() -> None:
            self._desk.tell(f"Structure ajoutée : {command.name.strip()} · Ctrl+Z pour annuler")
            for field in (self.name, self.siret, self.city):
                field.clear()
            self.name.setFocus()

        self.save(
            lambda session: usecases.organisations.add(session, command),
            added,
            label="Structure ajoutée au carnet",
        )


class EditOrganisationStrip(EntryStrip):
    """What is known of a structure, to be mended: only what was changed is written. What only a
    convention asks (legal form, APE code…) is mended in the form of an immersion."""

    def __init__(self, desk: Desk) -> None:
        self.fields = {name: entry_line(words) for name, words, _ in _FIELDS}
        fields = tuple((self.fields[name], width) for name, _, width in _FIELDS)
        super().__init__(desk, "Modifier", fields, "Enregistrer")
        self._row: OrganisationRow | None = None
        self._shown: dict[str, str] = {}
        self.on_enter(self._save, *self.fields.values())

    def ask(self, row: OrganisationRow) -> None:
        """Show what is known of a structure."""
        if self.still_saves():
            return
        self._row = row
        held = {**row.values, "siret": format_siret(row.siret)}
        self._shown = {f"{HOST}{name}": value for name, value in held.items()}
        for name, field in self.fields.items():
            self._write(f"{HOST}{name}", held.get(name, ""))
            field.setCursorPosition(0)
        self.say("")
        self.begin()
        self.fields["name"].selectAll()

    def _save(self) -> None:
        row = self._row
        if row is None:
            return
        changed = {
            name: field.text()
            for name, field in self.fields.items()
            if field.text() != self._shown.get(f"{HOST}{name}", "")
        }
        if not changed:
            self.leave()
            return
        command = EditOrganisation(row.id, changed, dict(self._shown))
        name = changed.get("name", row.name).strip()

        def saved() -> None:
            self._desk.tell(f"Structure modifiée : {name} · Ctrl+Z pour annuler")
            self.leave()

        self.save(
            lambda session: usecases.organisations.edit(session, command),
            saved,
            label="Structure modifiée",
            on_conflict=self._contest,
        )

    def _contest(self, problem: ConflictError) -> None:
        self.contest(problem, self._shown, told=_told, write=self._write, save=self._save)

    def _write(self, name: str, value: Any) -> None:
        self.fields[name.removeprefix(HOST)].setText(_told(name, value))


def _told(name: str, value: Any) -> str:
    return format_siret(said(value)) if name == f"{HOST}siret" else said(value)
