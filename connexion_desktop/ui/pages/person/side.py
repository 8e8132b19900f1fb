"""The right column: project, obstacles, families, each edited where it stands."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import ConflictError, Known, Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.person_commands import SIDE, FamilyEdit, ObstacleEdit, ProjectEdit
from connexion_desktop.domain.person_file import FamilyRow, PersonFile, ProjectState
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.person.families import FamiliesPanel
from connexion_desktop.ui.pages.person.obstacles import ObstaclesPanel
from connexion_desktop.ui.pages.person.project import ProjectPanel
from connexion_desktop.ui.pages.person.rows_widget import INSET
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel


class Side(QScrollArea):
    """See the module; without a journey it says so, and `enter_wanted()` asks for one."""

    enter_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._journey: UUID | None = None
        self._labels: dict[str, str] = {}
        self._known: dict[object, Known] = {}
        self.project = ProjectPanel()
        self.obstacles = ObstaclesPanel()
        self.families = FamiliesPanel()
        self.nothing = Panel("Hors groupe")
        self.nothing.add(
            label(
                "Projet, freins et filières s’ouvrent à l’entrée dans un groupe.",
                "muted",
                wrap=True,
            )
        )
        self.reserved = Panel("Projet, freins et filières")
        self.reserved.add(label("Réservés au conseiller.", "muted", wrap=True))
        self.reserved.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.enter = button("Entrer dans un groupe…", icon="group-line")
        self.enter.clicked.connect(self.enter_wanted)
        self.nothing.body.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignLeft)
        self._build()
        self.project.edited.connect(self._edit_project)
        self.obstacles.level_set.connect(self._edit_obstacle)
        self.families.edited.connect(self._edit_family)
        self.families.removed.connect(self._drop_family)

    def _build(self) -> None:
        self._holder = QWidget()
        self.setWidget(self._holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("Projet, freins et filières")
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for panel in (self.project, self.obstacles, self.families, self.nothing, self.reserved):
            _tighten(panel, rows=panel in (self.obstacles, self.families))
            column.addWidget(panel)
        column.setStretchFactor(self.families, 1)
        column.addStretch()

    def show_file(self, file: PersonFile) -> None:
        """Show a person's."""
        journey = file.journey.id if file.journey else None
        is_other = journey != self._journey
        if is_other:
            self.flush()
        self._journey = journey
        for panel in (self.project, self.obstacles, self.families):
            panel.setVisible(file.journey is not None and not file.reserved)
        self.nothing.setVisible(file.journey is None and not file.reserved)
        self.reserved.setVisible(file.reserved)
        self._labels = {row.theme: row.label for row in file.obstacles}
        self._learn(file, anew=is_other)
        self.project.show_rows(file.project, anew=is_other)
        self.obstacles.show_rows(file.obstacles, anew=is_other)
        self.families.show_rows(file.families)

    def _learn(self, file: PersonFile, *, anew: bool) -> None:
        """What each is known to hold: what was read, unless it is being typed or saved."""
        if anew:
            self._known.clear()
        for rank in file.project:
            if anew or not self.project.is_typing(rank.rank):
                self._read(rank.rank, (rank.label, rank.state))
        for obstacle in file.obstacles:
            self._read(obstacle.theme, obstacle.today)
        for family in file.families:
            self._read(family.family_id or family.choice_id, (family.discovered, family.interest))

    def _read(self, key: object, value: object) -> None:
        known = self._known.setdefault(key, Known(value))
        if not known.is_waiting:
            known.load(value)

    def _sent(self, key: object, value: object) -> Seen:
        """What is known of it, before that goes to the base."""
        known = self._known.setdefault(key, Known(value))
        seen = known.seen()
        known.send(value)
        return {SIDE: seen}

    def _answered(self, key: object, problem: UserError | None = None) -> None:
        known = self._known.get(key)
        if known is not None:
            known.answer(kept=problem is None)
            if isinstance(problem, ConflictError):
                known.load(problem.clashes[0].theirs)
        if problem is not None:
            self._desk.fail(problem)

    def sizeHint(self) -> QSize:
        """It scrolls: it never asks the page to be higher than its feed."""
        return QSize(super().sizeHint().width(), 0)

    def whole_height(self) -> int:
        """How high it is when nothing of it has to scroll."""
        return self._holder.sizeHint().height()

    def flush(self) -> None:
        """Save what is being typed."""
        self.project.flush()

    def _edit_project(self, rank: int, text: str, state: ProjectState) -> None:
        if self._journey is None:
            return
        journey = self._journey
        seen = self._sent(rank, (" ".join(text.split()), state))
        edit = ProjectEdit(journey, rank, text, state, seen)

        def saved(_none: object) -> None:
            if journey == self._journey:
                self._answered(rank)
                self.project.confirm(rank)

        def refused(problem: UserError) -> None:
            if journey != self._journey:
                self._desk.fail(problem)
                return
            self.project.refuse(rank)
            if isinstance(problem, ConflictError):
                known = self._known[rank]
                known.answer(kept=False)
                keep = partial(self._keep_project, rank, problem.clashes[0].theirs)
                self.project.contest(rank, problem, keep)
            else:
                self._answered(rank, problem)

        self._desk.jobs.write(
            self,
            lambda session: usecases.person_side.set_project(session, edit),
            saved,
            refused,
            label=f"Projet, choix {rank}",
        )

    def _keep_project(self, rank: int, theirs: object) -> None:
        self._known[rank].load(theirs)
        self.project.save(rank)

    def _edit_obstacle(self, theme_code: str, level: int) -> None:
        if self._journey is None:
            return
        seen = self._sent(theme_code, level)
        edit = ObstacleEdit(self._journey, theme_code, level, self._desk.today(), seen)
        self._desk.jobs.write(
            self,
            lambda session: usecases.person_side.set_obstacle(session, edit),
            lambda _none: self._answered(theme_code),
            lambda problem: self._answered(theme_code, problem),
            label=f"Frein : {self._labels.get(theme_code, theme_code)}",
        )

    def _edit_family(self, row: FamilyRow, discovered: bool, interest: int) -> None:
        if self._journey is None:
            return
        key = row.family_id or row.choice_id
        edit = FamilyEdit(
            self._journey,
            row.family_id,
            row.choice_id,
            discovered,
            interest,
            self._desk.today(),
            self._sent(key, (discovered, interest)),
        )
        self._desk.jobs.write(
            self,
            lambda session: usecases.person_side.set_family(session, edit),
            lambda _none: self._answered(key),
            lambda problem: self._answered(key, problem),
            label=f"Filière : {row.label}",
        )

    def _drop_family(self, row: FamilyRow) -> None:
        choice_id = row.choice_id
        if choice_id is None:
            return
        self._desk.jobs.write(
            self,
            lambda session: usecases.person_side.drop_family(session, choice_id),
            lambda _none: self._desk.tell(f"{row.label} retirée · Ctrl+Z pour annuler"),
            self._desk.fail,
            label=f"Filière retirée : {row.label}",
        )


def _tighten(panel: Panel, *, rows: bool) -> None:
    """Three panels stand in one column: their margins are smaller than elsewhere. Rows have an
    inset of their own, which the title and the margins make up for."""
    inside = panel.layout()
    side = 14 - INSET if rows else 14
    if inside is not None:
        inside.setContentsMargins(side, 9, side, 9)
        inside.setSpacing(5)
    if rows:
        panel.heading.setIndent(INSET)
