"""What the form is made of: sections, what the rules say beside a title, details folded away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from connexion_desktop.domain.placement_rules import Finding, Severity
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.bound_field import BoundField
from connexion_desktop.ui.widgets.labels import button, label, restyle
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.remark import Remark

_GRAVEST_FIRST: tuple[badge.Tint, ...] = ("red", "amber")


def tint_of(finding: Finding) -> badge.Tint:
    """Grey while it is only missing, red when it blocks, amber when it warns."""
    if finding.missing:
        return "grey"
    return "red" if finding.severity is Severity.BLOCK else "amber"


def show_findings(field: BoundField, found: Iterable[Finding]) -> None:
    """Say what is wrong, and note what is only missing, beside the title of a field."""
    findings = tuple(found)
    wrong = tuple(each for each in findings if not each.missing)
    field.remarks.note("à compléter" if len(wrong) < len(findings) else "")
    field.remarks.rule([each.message for each in wrong], _gravest(wrong))


def _gravest(found: Sequence[Finding]) -> badge.Tint:
    tints = [tint_of(each) for each in found]
    return next((tint for tint in _GRAVEST_FIRST if tint in tints), "grey")


class Section(Panel):
    """A part of the form, in the paper's order. `remark` says at the right of its title what no
    field of it can."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.remark = Remark()
        self.title_row.insertWidget(1, self.remark, 1)
        self.body.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def say_findings(self, found: Sequence[Finding]) -> None:
        """Say what is found in it as a whole."""
        self.remark.say("\n".join(each.message for each in found), _gravest(found))


class Folded(QWidget):
    """Details seldom touched: one line that sums them up, opened by a click or by who needs it."""

    opened = Signal()

    def __init__(self, verb: str) -> None:
        super().__init__()
        self._verb = verb
        self._content: QWidget | None = None
        self.summary = label("", "muted", wrap=True)
        self.summary.setMinimumHeight(theme.px(20))
        self.toggle = button(verb, "link")
        self.toggle.clicked.connect(lambda: self.unfold(not self.is_open()))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(6)
        self._grid.addWidget(self.summary, 0, 0)
        self._grid.addWidget(self.toggle, 0, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)

    def fill(self, content: QWidget) -> None:
        """Give it the details, folded away."""
        self._content = content
        content.hide()
        self._grid.addWidget(content, 1, 0, 1, 2)

    def is_open(self) -> bool:
        """Whether the details are shown."""
        return self._content is not None and not self._content.isHidden()

    def unfold(self, wanted: bool = True) -> None:
        """Show the details, or only the line."""
        if self._content is None or wanted == self.is_open():
            return
        self._content.setVisible(wanted)
        self.toggle.setText("Replier" if wanted else self._verb)
        self.toggle.setAccessibleName(self.toggle.text())
        if wanted:
            self.opened.emit()

    def sum_up(self, parts: Sequence[str], tint: str = "muted") -> None:
        """What the line says: the parts that are known."""
        self.summary.setText(" · ".join(part for part in parts if part))
        restyle(self.summary, kind=tint)


def titled(title: str, editor: QWidget) -> QWidget:
    """An editor under its title, as the fields have theirs."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    name = label(title, "small", wrap=True)
    name.setBuddy(editor)
    column.addWidget(name)
    column.addWidget(editor)
    return holder


def beside_bar(widget: QWidget) -> QWidget:
    """A widget as wide as what a scrolled area under it shows, its bar left out."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, theme.BAR, 0)
    column.addWidget(widget)
    return holder
