"""Two files side by side: what differs is chosen field by field, then they are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.merging import FOLLOWING, Caution, MergePeople, MergeView
from connexion_desktop.domain.targets import MergeTarget, PersonTarget, SettledTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.merging.caution import CautionLine
from connexion_desktop.ui.pages.merging.choices import Choices
from connexion_desktop.ui.pages.merging.known import KnownFields
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.flow_layout import FlowLayout
from connexion_desktop.ui.widgets.labels import button, label, restyle
from connexion_desktop.ui.widgets.panel import Panel

_MERGE, _MERGE_ANYWAY = "Fusionner ces deux fiches", "Fusionner quand même"
_APART = "Ce ne sont pas les mêmes"


class MergingPage(Page):
    """See the module. Opened on a `MergeTarget`."""

    name = "merging"
    title = "Comparer deux fiches"
    icon = "git-merge-line"
    shows = frozenset({"person", "setting", *FOLLOWING})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._target: MergeTarget | None = None
        self._view: MergeView | None = None
        self._writing = False
        self._build()
        self._add_acts()

    @property
    def view(self) -> MergeView | None:
        """The two files shown."""
        return self._view

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._scroll = Area("Les deux fiches")
        outer.addWidget(self._scroll, 1)
        self._holder = QWidget()
        self._scroll.hold(self._holder)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.setSpacing(theme.GAP)
        self.cautions = QWidget()
        self._cautions = QVBoxLayout(self.cautions)
        self._cautions.setContentsMargins(0, 0, 0, 0)
        self._cautions.setSpacing(theme.SPACE // 2)
        column.addWidget(self.cautions)
        panel = Panel()
        panel.setAccessibleName("Les deux fiches côte à côte")
        self.choices = Choices()
        self.choices.ended.connect(self._reach_the_end)
        panel.add(self.choices)
        self.nothing = label("Rien à choisir : ces deux fiches ne se contredisent pas.", wrap=True)
        panel.add(self.nothing)
        self.known = KnownFields()
        panel.add(self.known)
        self.following = label("", wrap=True)
        panel.add(self.following)
        column.addWidget(panel)
        column.addStretch(1)
        outer.addWidget(self._bar())
        self._holder.hide()

    def _bar(self) -> QWidget:
        bar = QWidget()
        row = FlowLayout(bar, theme.SPACE)
        row.setContentsMargins(theme.MARGIN, theme.SPACE, theme.MARGIN, theme.SPACE)
        self.merge_button = button(_MERGE, "primary", icon=self.icon, tip="Ctrl+Entrée")
        self.apart_button = button(_APART, tip="Ctrl+Maj+X")
        self.back_button = button("Revenir", tip="Échap")
        for each, act in (
            (self.merge_button, self.merge),
            (self.apart_button, self.set_apart),
            (self.back_button, self.leave),
        ):
            each.clicked.connect(lambda _on=False, act=act: act())
            row.addWidget(each)
        return bar

    def _add_acts(self) -> None:
        for name, title, keys, act in (
            ("merging.merge", _MERGE, "Ctrl+Return", self._merge_by_key),
            ("merging.apart", _APART, "Ctrl+Shift+X", self.set_apart),
            ("merging.back", "Revenir sans fusionner", "Alt+Up", self.leave),
        ):
            self.desk.actions.add(name, title, keys, act, menu="Édition", owner=self)

    def open(self, target: object) -> None:
        """Show two files; those shown last without a target."""
        if isinstance(target, MergeTarget):
            self._holder.setVisible(target == self._target and self._view is not None)
            self._target, self._view = target, None
        self.refresh()

    def refresh(self) -> None:
        """Read both files again."""
        target, today = self._target, self.desk.today()
        if target is None or self._writing:
            return
        self.desk.jobs.read(
            self,
            lambda session: usecases.merging.compare(session, target.one, target.other, today),
            self.show_view,
            self._gone,
            key="files",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _merge_by_key(self) -> None:
        """Where they may be two people, the key alone goes to the button: pressing it is enough."""
        view = self._view
        grave = view is not None and any(caution.grave for caution in view.cautions)
        if grave and not self.merge_button.hasFocus():
            self.merge_button.setFocus(Qt.FocusReason.TabFocusReason)
            self.desk.tell("Est-ce bien la même personne ? Entrée fusionne quand même.")
        else:
            self.merge()

    def merge(self) -> None:
        """Make them one, as was chosen."""
        view, target = self._view, self._target
        if view is None or target is None:
            return
        command = MergePeople(view, self.desk.today(), dict(self.choices.sides()))
        self._view, self._writing = None, True

        def refused(problem: UserError) -> None:
            self._writing = False
            self.desk.fail(problem)
            self.refresh()

        self.desk.jobs.write(
            self,
            lambda session: usecases.merging.merge(session, command),
            lambda kept: self._merged(kept, target),
            refused,
            label="Fusion de deux fiches",
        )

    def set_apart(self) -> None:
        """Say that they are two people."""
        view, target = self._view, self._target
        if view is None or target is None:
            return

        def told(_none: None) -> None:
            self._leave_settled(SettledTarget(frozenset((view.kept.id, view.other.id))))
            self.desk.tell("Ce sont deux personnes : ce ne sera plus proposé · Ctrl+Z pour annuler")

        self.desk.jobs.write(
            self,
            lambda session: usecases.duplicates.set_apart(session, view.kept.id, view.other.id),
            told,
            self.desk.fail,
            label="Deux personnes distinctes",
        )

    def leave(self) -> None:
        """Go back whence they were compared; nothing is done to them."""
        target = self._target
        if target is not None and target.back is not None:
            self.desk.go("person", target.back)
        else:
            self.desk.go(target.origin if target is not None else "people", None)

    def _leave_settled(self, settled: SettledTarget) -> None:
        if self._target is not None and self._target.origin == "duplicates":
            self.desk.go("duplicates", settled)
        else:
            self.leave()

    def _merged(self, kept: UUID, target: MergeTarget) -> None:
        both = frozenset((target.one, target.other))
        if target.origin == "duplicates":
            (gone,) = both - {kept}
            self._leave_settled(SettledTarget(both, gone))
        else:
            back = target.back or PersonTarget(kept, origin="people")
            order = tuple(each for each in back.order if each not in both)
            self.desk.go("person", replace(back, person_id=kept, order=order, write=False))
        self._target, self._writing = None, False
        self._holder.hide()  # only now: the keyboard has gone to the page shown
        self.desk.tell("Les deux fiches n’en font qu’une · Ctrl+Z pour annuler")

    def show_view(self, view: MergeView) -> None:
        """Show two files side by side."""
        is_new = self._view is None
        self._view = view
        self._say_cautions(view.cautions)
        self.choices.show_view(view)
        self.nothing.setVisible(not view.differences)
        self.known.show_fields(view.known)
        self.following.setText(f"Rejoignent la fiche {view.kept.number} : {view.following}.")
        self.following.setVisible(bool(view.following))
        grave = any(caution.grave for caution in view.cautions)
        self._advise(merging=not grave)
        count = len(view.differences)
        self.subtitle_changed.emit(
            f"{count} champ{'s' * (count > 1)} à choisir" if count else "rien à choisir"
        )
        self.summary_changed.emit(f"{view.kept.number} et {view.other.number}")
        self._holder.show()
        if is_new and not self.choices.take_keyboard():
            self._reach_the_end()

    def _advise(self, *, merging: bool) -> None:
        """Which button stands out: that of two people where they hardly are one."""
        self.merge_button.setText(_MERGE if merging else _MERGE_ANYWAY)
        self.merge_button.setIcon(theme.icon(self.icon, "on_accent" if merging else "ink"))
        restyle(self.merge_button, kind="primary" if merging else "")
        restyle(self.apart_button, kind="" if merging else "primary")

    def _reach_the_end(self) -> None:
        self.merge_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _say_cautions(self, cautions: Sequence[Caution]) -> None:
        while (item := self._cautions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for caution in cautions:
            self._cautions.addWidget(CautionLine(caution))
        self.cautions.setVisible(bool(cautions))

    def _gone(self, problem: UserError) -> None:
        self._view = None
        self._holder.hide()
        self.desk.fail(problem)
