"""A date typed as people type them: « 3/9 », « lundi », « +2s », « février 2026 »."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip

from connexion_desktop.domain.french_dates import full_day, imprecise_numeric, imprecise_text
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.typed_dates import DatePurpose, DateReading
from connexion_desktop.ui.widgets.calendar import Calendar
from connexion_desktop.ui.widgets.line_icon import LineIcon
from connexion_desktop.ui.widgets.tips import put_tip

_EXAMPLES = {DatePurpose.BIRTH: "jj/mm/aaaa, vers 1990", DatePurpose.PAST: "jj/mm/aaaa, lundi"}


class DateField(QLineEdit):
    """`date_changed(ImpreciseDate | None)` comes when a readable date is left or Enter is pressed.

    While typing, a hint under the field says how it is read. Down opens a calendar; Page Up and
    Page Down move by a day. Unless `imprecise`, a month or a year alone is refused.
    """

    date_changed = Signal(object)

    def __init__(
        self,
        today: Callable[[], date],
        purpose: DatePurpose = DatePurpose.EVENT,
        *,
        imprecise: bool = False,
    ) -> None:
        super().__init__()
        self._today = today
        self._purpose = purpose
        self._imprecise = imprecise
        self._date: ImpreciseDate | None = None
        self._reason = ""
        self.setPlaceholderText(_EXAMPLES.get(purpose, "jj/mm/aaaa, lundi, +2s"))
        tip = "Choisir dans un calendrier (flèche vers le bas)"
        self.opener = LineIcon(self, "calendar-line", at_end=True, tip=tip)
        self.opener.clicked.connect(self.open_calendar)
        self.textEdited.connect(self._hint)
        self.returnPressed.connect(self.settle)

    def value(self) -> ImpreciseDate | None:
        """The last date settled."""
        return self._date

    def day(self) -> date | None:
        """The day last settled."""
        return self._date.day if self._date is not None else None

    def show_date(self, value: ImpreciseDate | date | None) -> None:
        """Show a date, without a signal."""
        self._date = ImpreciseDate(value) if isinstance(value, date) else value
        self.setText("" if self._date is None else imprecise_numeric(self._date))
        self._say_invalid("")

    def reading(self) -> DateReading:
        """How what is typed now is read; a reason is given where it is not."""
        from connexion_desktop.domain.relative_dates import parse_typed_date

        found = parse_typed_date(self.text(), self._purpose, self._today())
        if (
            found.date is not None
            and not self._imprecise
            and found.date.precision is not Precision.DAY
        ):
            return DateReading(None, "Il faut le jour exact.")
        if found.date is None and not found.reason and self.text().strip():
            return DateReading(None, "Ce n’est pas une date.")
        return found

    def settle(self) -> bool:
        """Take what is typed for the date; False, and the reason shown, if it cannot be."""
        found = self.reading()
        if found.reason:
            self._say_invalid(found.reason)
            return False
        changed = found.date != self._date
        self.show_date(found.date)
        if changed:
            self.date_changed.emit(self._date)
        return True

    def open_calendar(self) -> None:
        """Show a month under the field."""
        today = self._today()
        popup = Calendar(self, self._date.day if self._date else today, today)
        popup.picked.connect(self._pick)
        popup.open_under(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down:
            self.open_calendar()
        elif key in steps and self.settle():
            start = self._date.day if self._date else self._today()
            self._pick(date.fromordinal(start.toordinal() + steps[key]))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QToolTip.hideText()
        if self.isModified() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
        super().focusOutEvent(event)

    def _pick(self, day: date) -> None:
        changed = self._date != ImpreciseDate(day)
        self.show_date(day)
        if changed:
            self.date_changed.emit(self._date)

    def _hint(self, text: str) -> None:
        self._say_invalid("")
        found = self.reading()
        if not text.strip() or found.date is None:
            QToolTip.hideText()
            return
        exact = found.date.precision is Precision.DAY
        told = full_day(found.date.day) if exact else imprecise_text(found.date)
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height() - 12)), told, self)

    def _say_invalid(self, reason: str) -> None:
        if reason == self._reason:
            return
        self._reason = reason
        self.setProperty("invalid", bool(reason))
        put_tip(self, reason)
        self.style().unpolish(self)
        self.style().polish(self)
