"""What is told of a field: at the right of its title, where it moves nothing.

Where it would be cut there, it has a line of its own under the editor. What the rules of a whole
form find has none: it comes while another field is typed in, and is whole elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.alert import announce
from connexion_desktop.ui.widgets.labels import label, restyle
from connexion_desktop.ui.widgets.remark import Remark
from connexion_desktop.ui.widgets.tips import put_tip

_SAID_FOR = 2_500
_SAVED = "enregistré"
_KINDS: dict[badge.Tint, str] = {"red": "error", "amber": "warning"}


class FieldRemarks(QObject):
    """All there is to say of a field, of which `state` says what matters most; `hint()` where there
    is nothing else. The line of its own goes under what `column` begins with: title and editor."""

    complained = Signal()
    """What is typed cannot be saved, or can be again."""

    def __init__(
        self, state: Remark, editor: QWidget, column: QVBoxLayout, hint: Callable[[], str]
    ) -> None:
        super().__init__(state)
        self._state, self._editor, self._column, self._hint = state, editor, column, hint
        self.complaint = ""
        self.rules: tuple[str, ...] = ()
        self._ruled: badge.Tint = "grey"
        self._meanwhile = ""
        self._doubt = ""
        self._note = ""
        self._below: QLabel | None = None
        self._unsay = once_after(_SAID_FOR, self.tell, self)

    def complain(self, reason: str) -> None:
        """Why what is typed is not saved; « » when it can be."""
        if self.complaint == reason:
            return
        is_news = bool(self.complaint) is not bool(reason)
        self.complaint = reason
        self.tell()
        self._editor.setProperty("invalid", bool(reason))
        self._editor.style().unpolish(self._editor)
        self._editor.style().polish(self._editor)
        if is_news:
            self.complained.emit()
        if reason:
            announce(self._state)

    def changed_meanwhile(self, text: str) -> None:
        """What somebody else made of it, while it is typed; « » for nothing."""
        if text != self._meanwhile:
            self._meanwhile = text
            self.tell()

    def rule(self, messages: Sequence[str], tint: badge.Tint) -> None:
        """What the rules find wrong in it, whether it is saved or not."""
        if (tuple(messages), tint) != (self.rules, self._ruled):
            self.rules, self._ruled = tuple(messages), tint
            self.tell()

    def doubt(self, text: str) -> None:
        """What is odd in a value that is kept all the same; « » for nothing."""
        if text != self._doubt:
            self._doubt = text
            self.tell()

    def note(self, text: str) -> None:
        """What stands there while nothing else is said (« à compléter »)."""
        if text != self._note:
            self._note = text
            self.tell()

    def say_saved(self) -> None:
        """Say for a moment that it is saved."""
        self._meanwhile = ""
        self._unsay.start()
        self.tell()

    def unsay_saved(self) -> None:
        """Say no more that the last saving is done."""
        self._unsay.stop()
        self.tell()

    def tell(self) -> None:
        """Say what matters most: why it is not saved, what the rules find, that it is saved."""
        if self.complaint:
            self._state.say(self.complaint, "red")
        elif self._meanwhile:
            self._state.say(self._meanwhile, "amber")
        elif self.rules:
            self._state.say("\n".join(self.rules), self._ruled)
        elif self._doubt:
            self._state.say(self._doubt, "amber")
        else:
            self._state.say(_SAVED if self._unsay.isActive() else self._note or self._hint())
        put_tip(self._editor, self.complaint or "\n".join(self.rules) or self._doubt)
        if self._state.isVisible():
            self.give_room()

    def give_room(self) -> None:
        """Give what does not fit beside the title its own line."""
        text, kind = self._state.text(), _KINDS.get(self._state.tint, "small")
        is_own = bool(self.complaint) or not self.rules
        wanted = is_own and text != _SAVED and self._state.is_cut
        if wanted and self._below is None:
            self._below = label("", kind, wrap=True)
            self._column.insertWidget(2, self._below)
        if self._below is not None:
            self._below.setText(text)
            self._below.setVisible(wanted)
            if self._below.property("kind") != kind:
                restyle(self._below, kind=kind)
        self._state.tell_below(wanted)
