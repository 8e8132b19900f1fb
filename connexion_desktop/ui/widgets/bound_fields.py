"""The fields that save by themselves, by what is edited: a line, a text, a choice, a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from connexion_desktop.domain.french_dates import imprecise_numeric, known_part
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.pick import OfferLine

_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_LETTERS = 8


class LineField(BoundField):
    """One line; Enter saves and goes on to the next field, or where `after_enter` says. Enter, or
    leaving it, writes the text that `completed` gives for what was typed, if any."""

    def __init__(
        self,
        title: str,
        link: Link,
        *,
        placeholder: str = "",
        completed: Callable[[str], str] = lambda _text: "",
    ) -> None:
        self.line = OfferLine()
        self._completed = completed
        self.after_enter: Callable[[], object] = self.line.focusNextChild
        self.line.setPlaceholderText(placeholder)
        super().__init__(title, self.line, link)
        self.line.textEdited.connect(lambda _text: self._typed())
        self.line.returnPressed.connect(self._go_on)

    def text(self) -> str:
        return self.line.text()

    def propose(self, text: str) -> None:
        """Write a text as if it had been typed, and save it."""
        self._write(text)
        self._typed()
        self.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.line
            and isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() != Qt.FocusReason.PopupFocusReason
        ):
            self._complete()
        return super().eventFilter(watched, event)

    def _write(self, text: str) -> None:
        self.line.setText(text)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)

    def _complete(self) -> None:
        whole = self._completed(self.text()) if self.line.isModified() else ""
        if whole:
            self.propose(whole)

    def _go_on(self) -> None:
        self._complete()
        self.flush()
        if not self.has_problem():
            self.after_enter()


class TextField(BoundField):
    """Several lines, as high as `lines`, or as what is written needs up to `most`; Tab goes on to
    the next field."""

    def __init__(
        self, title: str, link: Link, *, placeholder: str = "", lines: int = 3, most: int = 0
    ) -> None:
        self.area = QPlainTextEdit()
        self.area.setPlaceholderText(placeholder)
        self.area.setTabChangesFocus(True)
        self._least, self._most = lines, max(lines, most)
        super().__init__(title, self.area, link)
        self._writing = False
        self.area.textChanged.connect(self._maybe_typed)
        self.area.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def text(self) -> str:
        return self.area.toPlainText()

    def _write(self, text: str) -> None:
        self._writing = True
        self.area.setPlainText(text)
        self._writing = False

    def _can_keep_both(self) -> bool:
        return True

    def _maybe_typed(self) -> None:
        if not self._writing:
            self._typed()

    def _fit(self) -> None:
        written = int(self.area.document().size().height())
        lines = min(max(written, self._least), self._most)
        self.area.setFixedHeight(self.area.fontMetrics().lineSpacing() * lines + 22)


class ComboField(BoundField):
    """One of a list of (value, words); a choice is saved at once."""

    def __init__(self, title: str, link: Link, choices: Sequence[tuple[str, str]]) -> None:
        self.combo = Combo()
        self.combo.setSizeAdjustPolicy(_NARROW)
        self.combo.setMinimumContentsLength(_LETTERS)
        self._offered: tuple[tuple[str, str], ...] = ()
        super().__init__(title, self.combo, link)
        self.offer(choices)
        self.combo.activated.connect(self._chosen)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these instead; the one chosen stays, if it is among them. If it is not, nobody
        chose to have none."""
        if self._offered == tuple(choices):
            return
        self._offered = tuple(choices)
        chosen, is_typed = self.text(), self.is_dirty()
        self.combo.clear()
        for value, words in choices:
            self.combo.addItem(words, value)
        self.combo.setCurrentIndex(self.combo.findData(chosen))
        if not is_typed:
            self._shown = self.text()

    def text(self) -> str:
        """The value chosen (not its words)."""
        return str(self.combo.currentData() or "")

    def words_for(self, text: str) -> str:
        return dict(self._offered).get(text, text)

    def _write(self, text: str) -> None:
        self.combo.setCurrentIndex(self.combo.findData(text))

    def _chosen(self) -> None:
        self._typed()
        self.flush()


class BoundDate(BoundField):
    """A date as people type them; what is saved is « 04/03/2026 », « 02/2026 » or « 2023 »: a date
    that is not whole says so beside its title. `missing`: why there must be one."""

    def __init__(
        self,
        title: str,
        save: Callable[[ImpreciseDate | None], object],
        today: Callable[[], date],
        purpose: DatePurpose = DatePurpose.EVENT,
        *,
        imprecise: bool = False,
        draft: Callable[[str | None], object] | None = None,
        hint: Callable[[ImpreciseDate], str] | None = None,
        missing: str = "",
    ) -> None:
        self._missing = missing
        self.field = DateField(today, purpose, imprecise=imprecise)
        said = partial(self._said_of_date, hint) if hint or imprecise else None
        link = Link(lambda _text: save(self.field.value()), self._reason, draft, said)
        super().__init__(title, self.field, link)
        self.field.textEdited.connect(lambda _text: self._typed())
        self.field.date_changed.connect(lambda _date: self._chosen())

    def text(self) -> str:
        return self.field.text()

    def show_date(self, value: ImpreciseDate | date | None) -> None:
        """Show what the base holds, unless something is being typed."""
        whole = ImpreciseDate(value) if isinstance(value, date) else value
        self.show_value("" if whole is None else imprecise_numeric(whole))

    def flush(self) -> None:
        """Save what is typed, if it reads as a date."""
        if self.is_dirty():
            self.field.settle()
        super().flush()

    def _chosen(self) -> None:
        self._touched = True
        self.flush()

    def _typed(self) -> None:
        """A pause saves nothing: « 3/9 » may be the start of « 3/9/2025 »."""
        super()._typed()
        self._pause.stop()

    def _holds(self, text: str) -> bool:
        """The date that goes with the text is put with it."""
        return False

    def _write(self, text: str) -> None:
        self.field.setText(text)
        read = self.field.reading().date
        if read is not None or not text:
            self.field.show_date(read)

    def _said_of_date(self, hint: Callable[[ImpreciseDate], str] | None, _text: str) -> str:
        read = self.field.reading().date
        if read is None:
            return ""
        said = hint(read) if hint else ""
        return " · ".join(part for part in (known_part(read), said) if part)

    def _reason(self, _text: str) -> str | None:
        read = self.field.reading()
        return read.reason or (self._missing if read.date is None else None) or None
