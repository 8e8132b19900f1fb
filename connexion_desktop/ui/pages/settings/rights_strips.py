"""A role given, and a colleague replaced: a choice, the days, Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from connexion_desktop import usecases
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.team_rights import GiveRole, Replace, TeamRights
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip

_ROLE, _SITE, _GROUP, _DAY = 150, 170, 340, 140
_USUAL_LEAVE = timedelta(days=7)
_EVERYWHERE = "Tous les sites"


class _Dated(EntryStrip):
    """What both have in common: the days, and about whom; `made()` once it is written."""

    made = Signal()

    def __init__(
        self, desk: Desk, title: str, chosen: Sequence[tuple[QComboBox, int]], act: str
    ) -> None:
        self.first = DateField(desk.today, DatePurpose.EVENT)
        self.last = DateField(desk.today, DatePurpose.FUTURE)
        for field, name in ((self.first, "Du"), (self.last, "Au")):
            field.setAccessibleName(name)
            field.setPlaceholderText(f"{name.lower()} (facultatif)")
        super().__init__(desk, title, (*chosen, (self.first, _DAY), (self.last, _DAY)), act)
        self._act = act
        self._staff: UUID | None = None
        self.on_enter(self.write, self.first, self.last)

    def about(self, staff_id: UUID, name: str) -> None:
        """Whom it is given to."""
        if self.still_saves():
            return
        self._staff = staff_id
        self.act_button.setText(f"{self._act} à {name}")
        self.begin()

    def write(self) -> None:
        """Write it."""
        raise NotImplementedError

    def days_are_read(self) -> bool:
        """Whether both days are; else the one that is not says why."""
        return self.is_read(self.first) and self.is_read(self.last)

    def keep(self, act: Callable[[usecases.Session], object], done: str, label: str) -> None:
        """Write it, tell it, and close."""

        def kept() -> None:
            for day in (self.first, self.last):
                day.show_date(None)
            self._desk.tell(f"{done} · Ctrl+Z pour annuler")
            self.leave()
            self.made.emit()

        self.save(act, kept, label=label)


class RoleStrip(_Dated):
    """A role, at one site or at all."""

    def __init__(self, desk: Desk) -> None:
        self.role, self.site = _combo("Rôle"), _combo("Site")
        super().__init__(desk, "Donner un rôle", ((self.role, _ROLE), (self.site, _SITE)), "Donner")

    def offer(self, rights: TeamRights) -> None:
        """Offer these roles and sites."""
        _fill(self.role, rights.roles)
        _fill(self.site, ((None, _EVERYWHERE), *rights.sites))

    def write(self) -> None:
        if self._staff is None or not self.days_are_read():
            return
        command = GiveRole(
            new_id(),
            self._staff,
            str(self.role.currentData()),
            self.site.currentData(),
            self.first.day(),
            self.last.day(),
        )
        self.keep(
            lambda session: usecases.team_rights.give_role(session, command),
            "Rôle donné",
            "Rôle donné dans l’équipe",
        )


class ReplacementStrip(_Dated):
    """A group, during its conseiller's leave."""

    def __init__(self, desk: Desk) -> None:
        self.group = _combo("Groupe")
        self._rights = TeamRights()
        super().__init__(desk, "Remplacement", ((self.group, _GROUP),), "Donner l’accès")

    def offer(self, rights: TeamRights) -> None:
        """Offer these groups, but those of who replaces."""
        self._rights = rights
        if self._staff is not None:
            _fill(self.group, rights.replaceable_by(self._staff))

    def about(self, staff_id: UUID, name: str) -> None:
        """Who replaces: a week from today, unless said otherwise."""
        if self.still_saves():
            return
        _fill(self.group, self._rights.replaceable_by(staff_id))
        self.last.setPlaceholderText("au (vide : sans fin)")
        self.first.show_date(self._desk.today())
        self.last.show_date(self._desk.today() + _USUAL_LEAVE)
        super().about(staff_id, name)

    def write(self) -> None:
        group = self.group.currentData()
        if self._staff is None or not self.days_are_read():
            return
        if group is None:
            self.say("Il n’y a pas encore de groupe.")
            return
        command = Replace(
            new_id(),
            self._staff,
            group,
            self.first.day() or self._desk.today(),
            self.last.day(),
        )
        self.keep(
            lambda session: usecases.team_rights.replace(session, command),
            "Accès donné pour le remplacement",
            "Remplacement noté",
        )


def _combo(name: str) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    return made


def _fill(combo: QComboBox, choices: Sequence[tuple[object, str]]) -> None:
    """Offer these, and keep what is chosen."""
    chosen = combo.currentData()
    combo.clear()
    for value, words in choices:
        combo.addItem(words, value)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
