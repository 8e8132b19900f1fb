"""A backup put back in the place of a base: what opens it found or asked for, what changes told,
and only then the present base put aside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from connexion_desktop import usecases
from connexion_desktop.domain.keys import Locked, RawKey
from connexion_desktop.domain.maintenance import Held
from connexion_desktop.domain.progress import Progress
from connexion_desktop.system import folders
from connexion_desktop.ui.asking import Asking
from connexion_desktop.ui.place import Place, Restoration, demo_place

_NOT_KEPT = (
    "Sa clé n’est pas gardée sur ce poste : le code de secours sera demandé à la prochaine "
    "ouverture."
)


class Restoring(QObject):
    """One restoration: `done(place, key, told)`, `given_up()`, or `failed(problem)` with nothing
    changed.

    A key that was typed is only kept once the backup is in its place: what opens the present base
    stays as it is until then. There is no way back any more by then: whoever wants no passphrase
    has the base open, and its code is asked for at the next start. The passphrase of the base
    replaced goes on."""

    done = Signal(object, object, str)
    given_up = Signal()
    failed = Signal(object)

    def __init__(self, asking: Asking, wanted: Restoration) -> None:
        super().__init__(asking)
        self._asking = asking
        self._file = wanted.file
        self._place = wanted.place
        self._known = wanted.key
        self._to_keep = False
        self._held: Held | None = None

    def start(self) -> None:
        """Find what opens the backup: what is known already first, then what this computer keeps;
        else ask."""
        self._asking.compute("Lecture de la sauvegarde", self._look, self._go_on, self.failed.emit)

    def _look(self, _progress: Progress) -> tuple[Place, RawKey | Locked]:
        place = destination(self._file, self._place)
        if self._known is not None and usecases.keys.opens_what_is_there(self._file, self._known):
            return place, self._known
        return place, usecases.keys.find(self._file, place.key_file, place.base)

    def _go_on(self, looked: tuple[Place, RawKey | Locked]) -> None:
        self._place, found = looked
        if isinstance(found, Locked):
            with_phrase = self._weigh_typed if found.phrase_of is None else self._weigh
            self._asking.ask_key(
                self._file, found, with_phrase, self._weigh_typed, self.given_up.emit
            )
        else:
            self._weigh(found)

    def _weigh_typed(self, key: RawKey) -> None:
        self._to_keep = True
        self._weigh(key)

    def _weigh(self, key: RawKey) -> None:
        """Ask before anything is replaced; where nothing stands there is nothing to ask."""
        file, base = self._file, self._place.base
        if not base.exists():
            self._put_back(key)
            return
        self._asking.compute(
            "Lecture de la sauvegarde",
            lambda _progress: usecases.maintenance.look_into(file, base, key),
            lambda held: self._confirm(held, key),
            self.failed.emit,
        )

    def _confirm(self, held: Held, key: RawKey) -> None:
        from connexion_desktop.ui.pages.restore import ConfirmRestoring

        self._held = held
        card = ConfirmRestoring(self._file, self._place.base, held)
        card.given_up.connect(self.given_up)
        card.confirmed.connect(lambda: self._put_back(key))
        self._asking.show(card)

    def _put_back(self, key: RawKey) -> None:
        file, base = self._file, self._place.base
        self._asking.compute(
            "Restauration",
            lambda progress: usecases.maintenance.restore(file, base, key, progress),
            lambda aside: self._keep(key, self._told(aside)),
            self.failed.emit,
            can_cancel=True,
        )

    def _keep(self, key: RawKey, told: str) -> None:
        place = self._place

        def end(key: RawKey) -> None:
            self.done.emit(place, key, told)

        if self._to_keep:
            self._asking.keep_key(
                place, key, end, lambda: self.done.emit(place, key, f"{told} {_NOT_KEPT}")
            )
        else:
            end(key)

    def _told(self, aside: Path | None) -> str:
        told = f"Base restaurée depuis « {self._file.name} »."
        if aside is None:
            return told
        if self._held is not None and self._held.is_another:
            return f"{told} Une autre base était à cette place, elle est gardée : {aside}"
        return f"{told} La base d’avant est gardée : {aside}"


def destination(file: Path, place: Place) -> Place:
    """Where a backup goes: the demonstration's to the demonstration, and nothing else goes there. A
    key file that does not open it is let go."""
    demo = demo_place()
    if usecases.keys.is_in_file(demo.key_file, file):
        return demo
    if place.base == demo.base:
        return Place(folders.default_base())
    if not usecases.keys.is_in_file(place.key_file, file):
        return place._replace(key_file=None)
    return place
