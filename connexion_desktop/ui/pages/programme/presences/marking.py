"""What is marked is shown at once and saved behind: what is refused goes back, with why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from connexion_desktop import usecases
from connexion_desktop.domain.board import BoardQuery, Presence
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.presence_grid import PresenceGrid
from connexion_desktop.domain.presences import (
    ALL_PRESENT_ACT,
    LATE,
    MARK,
    AllPresent,
    CellKey,
    Correction,
    MarkCell,
    MarkCells,
    Reopen,
    Slot,
    act_of,
    check_day,
    check_late,
)
from connexion_desktop.ui.sent_until_read import SentUntilRead

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from connexion_desktop.ui.desk import Desk

Values = Mapping[str, Any]


class _Marks(NamedTuple):
    keys: tuple[CellKey, ...]
    values: Values


class Marking:
    """`show(grid)` is called with what to show; `refused(problem, again)` when a save is refused:
    `again()` sends it once more, over what is there by then."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        show: Callable[[PresenceGrid], object],
        refused: Callable[[UserError, Callable[[], object]], object],
    ) -> None:
        self._owner, self._desk, self._refused = owner, desk, refused
        self._kept = SentUntilRead[PresenceGrid, _Marks](
            owner,
            desk,
            "grid",
            lambda grid, sent: grid.with_marks((key, sent.values) for key in sent.keys),
            show,
        )

    @property
    def grid(self) -> PresenceGrid | None:
        """What is loaded, with what was sent since."""
        return self._kept.shown

    def forget(self) -> None:
        """Another group is shown."""
        self._kept.forget()

    def read(self, cohort_id: UUID) -> None:
        """Read the presences of a group."""
        query = BoardQuery(cohort_id, self._desk.today())
        self._kept.read(lambda session: usecases.presence_reads.load(session, query))

    def mark(self, keys: Sequence[CellKey], values: Values) -> None:
        """Mark these cells. Raises UserError for what may not be, before anything is sent."""
        loaded, today = self._read_first(), self._desk.today()
        if values.get(MARK) is not None:
            for key in keys:
                check_day(values[MARK], key.slot, today)
        for key in keys:
            check_late(values.get(LATE), loaded.lasting(key))
        cells = tuple(MarkCell(key, values, self._seen(loaded, key)) for key in keys)
        command = MarkCells(cells, today)
        self._send(
            _Marks(tuple(keys), values),
            lambda session: usecases.presences.mark(session, command),
            act_of(values),
            lambda: self.mark(keys, values),
        )

    def everybody(self, cohort_id: UUID, slots: Sequence[Slot]) -> int:
        """Mark whoever is expected on these half-days and has no mark; gives how many. Raises
        UserError on a day that has not come."""
        grid, today = self.grid or self._read_first(), self._desk.today()
        for slot in slots:
            check_day(Presence.PRESENT, slot, today)
        keys = grid.to_mark(slots, guests=True)
        if keys:
            command = AllPresent(cohort_id, tuple(slots), today)
            self._send(
                _Marks(keys, {MARK: Presence.PRESENT}),
                lambda session: usecases.presences.all_present(session, command),
                ALL_PRESENT_ACT,
                lambda: self.everybody(cohort_id, slots),
            )
        return len(keys)

    def reopen(self, keys: Sequence[CellKey], why: Correction) -> None:
        """Let presences that were sent be corrected."""
        command = Reopen(tuple(keys), why)
        self._desk.jobs.write(
            self._owner,
            lambda session: usecases.presences.reopen(session, command),
            None,
            self._desk.fail,
            label=why.act,
        )

    def _seen(self, loaded: PresenceGrid, key: CellKey) -> Seen:
        """What is known of a cell: what was loaded, then what was sent over it."""
        cell = loaded.cell(key.journey_id, key.slot)
        known = [cell.held()]
        for sent in self._kept.sent:
            if key in sent.keys:
                cell = cell.marked(sent.values)
                known.append(cell.held())
        return {name: tuple(held[name] for held in known) for name in known[0]}

    def _read_first(self) -> PresenceGrid:
        """What was read: nobody is marked before."""
        if self._kept.loaded is None:
            raise UserError(
                "Les présences de ce groupe ne sont pas encore lues.",
                "Rien n’a été noté.",
                "Recommencez dès qu’elles sont montrées.",
            )
        return self._kept.loaded

    def _send(
        self,
        sent: _Marks,
        act: Callable[[usecases.Session], object],
        label: str,
        again: Callable[[], object],
    ) -> None:
        self._kept.send(sent, act, label, lambda problem: self._refused(problem, again))
