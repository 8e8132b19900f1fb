"""What is asked of the person shown: her neighbours, her groups, her histories, her files."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from connexion_desktop.domain.entry import EntryKind
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.targets import MergeTarget
from connexion_desktop.ui.deleting import delete_record
from connexion_desktop.ui.entering import choose_group
from connexion_desktop.ui.history_sheet import save_then_show_history
from connexion_desktop.ui.pages.person.writing_words import KEYS

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.person.leaving import LeavingStrip
    from connexion_desktop.ui.pages.person.page import PersonPage

_WRITE = {
    EntryKind.NOTE: "Écrire une note",
    EntryKind.ACTION: "Écrire une action",
    EntryKind.INTERVIEW: "Écrire un entretien",
    EntryKind.ABSENCE: "Écrire une absence",
}
_IN_NO_GROUP = "Cette personne n’est dans aucun groupe."


class PersonActs(QObject):
    """Adds its acts to the window's, under « Personne »."""

    def __init__(self, page: PersonPage) -> None:
        super().__init__(page)
        self._page, self._desk, self._journal = page, page.desk, page.journal
        add = partial(self._desk.actions.add, menu="Personne", owner=page)
        add("person.previous", "Personne précédente", "Alt+Left", lambda: self._walk(-1))
        add("person.next", "Personne suivante", "Alt+Right", lambda: self._walk(1))
        add("person.details", "Parcours ou fiche", "Ctrl+E", self._journal.toggle)
        add("person.files", "Fichiers joints", "Ctrl+Shift+F", page.show_files)
        add("person.attach", "Joindre un fichier…", "Ctrl+Shift+J", self._choose_files)
        add("person.paste", "Coller une image ou un fichier", "Ctrl+Shift+V", self._paste_files)
        add("person.search", "Chercher dans le parcours", "Ctrl+F", self._search)
        self._writing = [
            add(f"person.write.{kind}", title, KEYS[kind], partial(self._write, kind))
            for kind, title in _WRITE.items()
        ]
        self.follow_rights()
        add("person.enter", "Entrer dans un groupe…", "Ctrl+Shift+E", self.enter_group)
        add("person.leave", "Sortie du groupe…", "", self._leave_group)
        add("person.compare", "Comparer avec qui lui ressemble…", "", self._compare_likeliest)
        add("person.journey_history", "Historique du parcours…", "", self._show_journey_history)
        add("person.feed_history", "Historique du fil…", "", self._show_feed_history)
        keys = "Ctrl+Shift+H"
        add("person.line_history", "Historique de la ligne…", keys, self._show_line_history)
        add("person.delete", "Supprimer la personne", "", self._delete)
        add("person.group", "Revenir à la liste", "Alt+Up", self.back)

    def follow_rights(self) -> None:
        """Offer to write where who works here may."""
        for act in self._writing:
            act.setVisible(self._page.offers_note)

    # From one page to another

    def back(self) -> None:
        """To the list that the page was opened from."""
        target, journey = self._page.target, self._page.journey
        if target is not None and target.origin != "group":
            self._desk.go(target.origin, target.person_id)
        else:
            self._desk.go("group", journey.cohort_id if journey else None)

    def _walk(self, step: int) -> None:
        target = self._page.target
        if target is None or target.person_id not in target.order:
            return
        place = target.order.index(target.person_id) + step
        if self._page.discreet:
            self._desk.tell("Mode discret : seule cette fiche est montrée.")
        elif 0 <= place < len(target.order):
            self._page.open(
                replace(target, person_id=target.order[place], write=False, field="", file=None)
            )
        else:
            self._desk.tell(
                "C’est la dernière personne." if step > 0 else "C’est la première personne."
            )

    def compare(self, other: UUID) -> None:
        """Put this person's file beside another one's, to merge them."""
        target = self._page.target
        if target is not None:
            who = target.person_id
            self._desk.go("merging", MergeTarget(who, other, self._page.name, target))

    def _compare_likeliest(self) -> None:
        if not self._page.resembling.ask_to_compare():
            self._desk.tell("Personne ne lui ressemble assez pour être la même personne.")

    # Her groups

    def enter_group(self) -> None:
        """Ask which group she enters."""
        target, header = self._page.target, self._page.header
        if target is not None:
            at = header.mapToGlobal(header.rect().bottomLeft())
            choose_group(self._desk, self._page, (target.person_id,), at)

    @cached_property
    def leaving(self) -> LeavingStrip:
        """The strip where an exit is told, above the page; made when it is first wanted."""
        from connexion_desktop.ui.pages.person.leaving import LeavingStrip

        strip = LeavingStrip(self._desk)
        self._page.add_above(strip)
        return strip

    def _leave_group(self) -> None:
        journey = self._page.journey
        if journey is None or journey.left_on is not None:
            self._desk.tell(_IN_NO_GROUP)
        else:
            self.leaving.ask(journey.id)

    # Her histories

    def show_history(self, ref: RecordRef) -> None:
        """Save what is typed, then show the history of something about her."""
        save_then_show_history(self._desk, self._page, ref)

    def _show_journey_history(self) -> None:
        journey = self._page.journey
        if journey is None:
            self._desk.tell(_IN_NO_GROUP)
        else:
            self.show_history(RecordRef("journey", journey.id))

    def _show_feed_history(self) -> None:
        if self._page.target is not None:
            self.show_history(RecordRef("feed", self._page.target.person_id))

    def _show_line_history(self) -> None:
        item = self._journal.feed.current_item()
        ref = item.key.record if item is not None else None
        if ref is None:
            self._desk.tell("Choisissez d’abord une ligne du fil.")
        else:
            self.show_history(ref)

    # Her file

    def _search(self) -> None:
        self._journal.show_feed()
        self._journal.search.setFocus()

    def _write(self, kind: EntryKind) -> None:
        self._page.note()
        self._journal.writer.choose(kind)

    def _choose_files(self) -> None:
        if self._page.target is not None:
            self._page.show_files()
            self._journal.files.choose()

    def _paste_files(self) -> None:
        if self._page.target is not None:
            self._page.show_files()
            self._journal.files.paste()

    def _delete(self) -> None:
        ref = self._page.record()
        if ref is not None:
            gone = frozenset({ref.id})
            self._page.flush()
            delete_record(self._desk, self._page, ref, lambda: self._page.undone(gone))
