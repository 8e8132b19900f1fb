"""What somebody signed, on another day than today."""

from __future__ import annotations

from connexion_desktop import usecases
from connexion_desktop.domain.activities import Chooser, ConsentKind, GiveConsent
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.programme.activities.words import SIGNED, UNDO
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip

_DAY = 160


class SigningStrip(EntryStrip):
    """The day when somebody signed a paper: today, until another is said."""

    def __init__(self, desk: Desk) -> None:
        self.day = DateField(desk.today, DatePurpose.PAST)
        self.day.setAccessibleName("Jour de la signature")
        super().__init__(desk, "Signé", ((self.day, _DAY),), "Noter")
        self._who: Chooser | None = None
        self._kind = ConsentKind.IMAGE
        self.on_enter(self._save, self.day)

    def ask(self, who: Chooser, kind: ConsentKind) -> None:
        """Have the day told."""
        if self._who is None or (self._who.id, self._kind) != (who.id, kind):
            self.day.show_date(self._desk.today())
            self.say("")
        self._who, self._kind = who, kind
        self.heading.setText(f"{kind.short}, signé par {who.who.name} le")
        self.begin()
        self.day.selectAll()

    def _save(self) -> None:
        day, who, kind = self.day_of(self.day, "Donnez le jour."), self._who, self._kind
        if day is None or who is None:
            return
        command, today = GiveConsent(who.who.person_id, kind, day), self._desk.today()

        def saved() -> None:
            self._who = None
            self._desk.tell(f"{kind.short} : signé le {numeric_day(day)} · {UNDO}")
            self.leave()

        self.save(
            lambda session: usecases.activities.give_consent(session, command, today),
            saved,
            label=SIGNED,
        )
