"""« Établir le programme »: a model, what it would do, and one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from connexion_desktop import usecases
from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.drawing_up import Drawing, DrawUp
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.domain.groups import surprise
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.programme_days import skipped_told
from connexion_desktop.domain.programme_template import Template
from connexion_desktop.domain.programme_week import day_name
from connexion_desktop.domain.targets import EditGroupTarget, SettingsSection
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.entry_strip import EntryStrip
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from connexion_desktop.ui.desk import Desk

_MODEL = 260
_LEADERLESS = "Ce groupe n’a pas de conseiller : ses séances n’auront pas d’animateur."


class DrawingStrip(EntryStrip):
    """What it would do is told before anything is written: which days are skipped and made up, what
    stays and what is replaced, what is odd in the group and forbids nothing. `keep` begins a model
    of the programme as it is."""

    def __init__(self, desk: Desk, keep: Callable[[], None]) -> None:
        self.model = Combo()
        self.model.setAccessibleName("Modèle")
        super().__init__(desk, "Établir le programme", ((self.model, _MODEL),), "Établir")
        self._programme: Programme | None = None
        self._later: date | None = None
        self.told = label("", wrap=True)
        self.skipped = label("", "small", wrap=True)
        self.warned = label("", "warning", wrap=True)
        self.monday = button("", "link")
        self.monday.clicked.connect(self._begin_later)
        self.monday.hide()
        self.mend = button("Modifier le groupe…", "link")
        self.mend.clicked.connect(self._mend)
        self.closures = button("Voir les fermetures…", "link")
        self.closures.clicked.connect(lambda: desk.go("settings", SettingsSection.CLOSURES))
        self.models = button("Modifier les modèles…", "link")
        self.models.clicked.connect(lambda: desk.go("settings", SettingsSection.TEMPLATES))
        self.keep = button("Enregistrer comme modèle…", "link")
        self.keep.clicked.connect(keep)
        ways = flow(self.monday, self.mend, self.closures, self.models, self.keep)
        for part in (self.told, self.skipped, self.warned):
            self.below.addWidget(part)
            part.hide()
        self.below.addWidget(ways)
        self.model.activated.connect(lambda _place: self._look())
        self.act_button.clicked.connect(self._draw)

    def ask(self, programme: Programme) -> None:
        """Say what drawing up this programme would do."""
        self.follow(programme)
        self.begin()

    def follow(self, programme: Programme) -> None:
        """Say it as it is by now: the group, a model or a closure may have changed."""
        self._programme = programme
        group = programme.cohort
        if group is None:
            self.leave()
            return
        self.keep.setVisible(bool(programme.own))
        self._desk.jobs.read(
            self,
            lambda session: usecases.programme_templates.every(session),  # noqa: PLW0108 - imported on the lane
            self._offer,
            self._refuse,
            key="templates",
        )

    def _offer(self, models: tuple[Template, ...]) -> None:
        chosen = self.model.currentData()
        self.model.clear()
        for each in models:
            self.model.addItem(each.name, each.id)
        ids = [each.id for each in models]
        self.model.setCurrentIndex(ids.index(chosen) if chosen in ids else 0)
        self._look()

    def _look(self) -> None:
        command = self._command()
        if command is not None:
            self._desk.jobs.read(
                self,
                lambda session: usecases.programme.preview(session, command),
                self._show,
                self._refuse,
                key="drawing",
            )

    def _show(self, drawing: Drawing) -> None:
        self.say("")
        self._warn(drawing)
        self._tell(self.told, drawing.told)
        self._tell(self.skipped, "\n".join(skipped_told(drawing.cycle)))
        count = len(drawing.made)
        self.act_button.setText(
            f"Établir {count} séance{'s' * (count > 1)}" if count else "Établir"
        )
        self.act_button.setEnabled(bool(count or drawing.dropped))

    def _warn(self, drawing: Drawing | None) -> None:
        """Say what is odd in the group, and forbids nothing; of its first day, only where nothing
        has begun yet."""
        programme = self._programme
        group = programme.cohort if programme is not None else None
        if programme is None or group is None:
            return
        odd = [] if group.conseiller else [_LEADERLESS]
        self._later = None
        first = surprise(group.starts_on, programme.weekdays)
        if first and drawing is not None and not drawing.kept:
            odd.insert(0, f"{first} {drawing.cycle.first_week_told}")
            begins_on = drawing.cycle.days[0].on
            self._later = _later_start(group.starts_on, begins_on, programme.weekdays)
            self.monday.setText(f"Commencer le {day_name(self._later)}")
        self._tell(self.warned, "\n".join(odd))
        self.mend.setVisible(bool(odd))
        self.monday.setVisible(self._later is not None)

    def _begin_later(self) -> None:
        """Make the first day of the programme that of the group."""
        group = self._programme.cohort if self._programme is not None else None
        later = self._later
        if group is None or later is None:
            return
        self.save(
            lambda session: usecases.groups.begin_on(session, group.id, later, group.starts_on),
            lambda: self._desk.tell(
                f"Le groupe commence le {full_day(later)} · Ctrl+Z pour annuler"
            ),
            label="Premier jour du groupe",
        )

    def _refuse(self, problem: UserError) -> None:
        self._warn(None)
        for part in (self.told, self.skipped):
            part.hide()
        self.act_button.setEnabled(False)
        self.say(str(problem))

    def _draw(self) -> None:
        command = self._command()
        if command is None:
            return

        def drawn() -> None:
            self.leave()
            self._desk.tell("Programme établi · Ctrl+Z pour annuler")

        self.save(
            lambda session: usecases.programme.draw_up(session, command),
            drawn,
            label="Programme établi",
        )

    def _command(self) -> DrawUp | None:
        group = self._programme.cohort if self._programme is not None else None
        if group is None:
            return None
        return DrawUp(group.id, self.model.currentData(), self._desk.today())

    def _mend(self) -> None:
        group = self._programme.cohort if self._programme is not None else None
        if group is not None:
            self._desk.go("groups", EditGroupTarget(group.id))

    def _tell(self, part: QLabel, words: str) -> None:
        part.setText(words)
        part.setVisible(bool(words))


def _later_start(starts_on: date, first: date, weekdays: tuple[int, ...]) -> date:
    """The day on which a group would rather begin: that of its first séance, where it is later and
    one of the programme; else the first day of the week that follows it."""
    if first > starts_on and first.weekday() in weekdays:
        return first
    return monday_of(first) + timedelta(weeks=1, days=weekdays[0])
