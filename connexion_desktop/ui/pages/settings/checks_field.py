"""A field of which several choices may be ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.flow_layout import FlowLayout
from connexion_desktop.ui.widgets.tips import menu_text


class ChecksField(BoundField):
    """Its value is the codes ticked, apart by commas; a tick is saved at once."""

    def __init__(self, title: str, link: Link, choices: Sequence[tuple[str, str]] = ()) -> None:
        self.boxes: dict[str, QCheckBox] = {}
        self._offered: tuple[tuple[str, str], ...] = ()
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, theme.SPACE)
        policy = self._holder.sizePolicy()
        policy.setHeightForWidth(True)
        self._holder.setSizePolicy(policy)
        super().__init__(title, self._holder, link)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these instead; those ticked stay so."""
        if self._offered == tuple(choices):
            return
        self._offered = tuple(choices)
        ticked = self.text()
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.deleteLater()
        self.boxes = {code: QCheckBox(menu_text(words)) for code, words in choices}
        for box, (_, words) in zip(self.boxes.values(), choices, strict=True):
            box.setAccessibleName(words)
            box.clicked.connect(self._chosen)
            self._flow.addWidget(box)
        self._write(ticked)
        self._holder.updateGeometry()

    def take_focus(self) -> None:
        for box in self.boxes.values():
            box.setFocus()
            return

    def text(self) -> str:
        """The codes ticked, in their order."""
        return ",".join(code for code, box in self.boxes.items() if box.isChecked())

    def words_for(self, text: str) -> str:
        codes = text.split(",")
        return ", ".join(words for code, words in self._offered if code in codes)

    def refuse(self, reason: str) -> None:
        """A tick that was refused is taken back: it says nothing that is not saved."""
        super().refuse(reason)
        if reason:
            self.restore()
            self.remarks.complain(reason)

    def _write(self, text: str) -> None:
        chosen = text.split(",")
        for code, box in self.boxes.items():
            box.setChecked(code in chosen)

    def _chosen(self) -> None:
        self._typed()
        self.flush()
