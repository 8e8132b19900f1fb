"""A postal code and a town that propose each other; both stay what one types (CEDEX, abroad)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from connexion_desktop.domain.names import fold
from connexion_desktop.domain.towns import Town, Towns
from connexion_desktop.system import places
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.widgets.bound_fields import LineField
from connexion_desktop.ui.widgets.pick import Offer

_LETTERS = 3
_FRANCE = ("", "france")


class TownFields(QObject):
    """See the module. The towns are read, off the window's thread, when a first letter is typed or
    a first code is shown. A code that no town has is doubted, and kept.

    A code of one town fills an empty town; else the towns drop down, and Enter takes none unless
    one is chosen. With a `country` other than France, nothing is proposed.
    """

    def __init__(
        self, jobs: Jobs, code: LineField, town: LineField, country: LineField | None = None
    ) -> None:
        super().__init__(code)
        self._jobs = jobs
        self._code = code
        self._town = town
        self._country = country
        self._towns: Towns | None = None
        self._ahead: bool | None = None
        """Whether they were asked for while nobody waits; None before they were."""

        self._taking = False
        self._then: Callable[[Towns], None] | None = None
        code.edited.connect(lambda _text: self._ask(self._code_typed))
        town.edited.connect(lambda _text: self._ask(self._town_typed))
        for field in (code, town, country):
            if field is not None:
                field.edited.connect(lambda _text: self._doubt())
                field.filled.connect(self._look)
        code.line.taken.connect(self._take)
        town.line.taken.connect(self._take)

    def _look(self) -> None:
        """Another code is shown."""
        if self._towns is not None or not self._code.text():
            self._doubt()
        elif self._then is None:
            self._ask(lambda _towns: None, gives_way=True)

    def _doubt(self) -> None:
        towns = self._towns if self._is_french else None
        told = towns.doubt(self._code.text(), self._town.text()) if towns is not None else ""
        self._code.remarks.doubt(told)

    def _ask(self, then: Callable[[Towns], None], *, gives_way: bool = False) -> None:
        """What is asked ahead gives way; once somebody types, they are waited for."""
        if self._taking:
            return
        if self._towns is not None:
            then(self._towns)
            return
        self._then = then
        if self._ahead is None or (self._ahead and not gives_way):
            self._ahead = gives_way
            self._jobs.compute(self, places.towns, self._have, gives_way=gives_way)

    def _have(self, towns: Towns) -> None:
        self._towns = towns
        if self._then is not None:
            self._then(towns)
        self._doubt()

    @property
    def _is_french(self) -> bool:
        return self._country is None or fold(self._country.text()) in _FRANCE

    def _code_typed(self, towns: Towns) -> None:
        code, line = self._code.text().replace(" ", ""), self._code.line
        found = towns.at(code) if self._is_french else ()
        if not line.hasFocus() or towns.is_at(self._town.text(), code):
            line.fold_up()
        elif len(found) == 1 and not self._town.text().strip():
            line.fold_up()
            self._town.propose(found[0])
        else:
            line.drop([_offer(Town(name, code)) for name in found])

    def _town_typed(self, towns: Towns) -> None:
        text, line = self._town.text().strip(), self._town.line
        code = self._code.text().replace(" ", "")
        if len(text) < _LETTERS or not line.hasFocus() or not self._is_french:
            line.fold_up()
            return
        found = towns.named(text, near=code)
        is_done = towns.is_at(text, code) and len({town.name for town in found}) == 1
        line.drop([] if is_done else [_offer(town) for town in found])

    def _take(self, town: Town) -> None:
        """Write both; what is written here proposes nothing more."""
        self._taking = True
        for field, text in ((self._code, town.code), (self._town, town.name)):
            if field.text() != text:
                field.propose(text)
        self._taking = False


def _offer(town: Town) -> Offer:
    return Offer(town, town.name, remark=town.code)
