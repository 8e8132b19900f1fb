"""What is marked is shown at once and saved behind: what is refused goes back, with why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from connexion_desktop import usecases
from connexion_desktop.domain.board import Presence
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

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from connexion_desktop.ui.desk import Desk

Values = Mapping[str, Any]
Read = Callable[["usecases.Session"], PresenceGrid]


@dataclass(eq=False, slots=True)
class _Sent:
    """What was sent: shown until a read that was asked for once it was saved (`known_by`)."""

    keys: tuple[CellKey, ...]
    values: Values
    known_by: int | None = None


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
        self._owner, self._desk = owner, desk
        self._show, self._refused = show, refused
        self._loaded: PresenceGrid | None = None
        self._sent: list[_Sent] = []
        self._asked = 0
        self._read: Read | None = None

    @property
    def grid(self) -> PresenceGrid | None:
        """What is loaded, with what was sent since."""
        grid = self._loaded
        if grid is not None:
            for sent in self._sent:
                grid = grid.with_marks((key, sent.values) for key in sent.keys)
        return grid

    def forget(self) -> None:
        """Another group is shown."""
        self._loaded = None
        self._sent.clear()

    def read(self, read: Read) -> None:
        """Read again."""
        self._read = read
        self._asked += 1
        asked = self._asked
        self._desk.jobs.read(
            self._owner, read, lambda grid: self._load(grid, asked), self._desk.fail, key="grid"
        )

    def _load(self, grid: PresenceGrid, asked: int) -> None:
        self._sent = [
            each for each in self._sent if each.known_by is None or each.known_by >= asked
        ]
        self._loaded = grid
        self._show_again()

    def mark(self, keys: Sequence[CellKey], values: Values) -> None:
        """Mark these cells. Raises UserError for what may not be, before anything is sent."""
        today = self._desk.today()
        if values.get(MARK) is not None:
            for key in keys:
                check_day(values[MARK], key.slot, today)
        check_late(values.get(LATE))
        command = MarkCells(tuple(MarkCell(key, values, self._seen(key)) for key in keys), today)
        sent = _Sent(tuple(keys), values)
        self._send(
            sent,
            lambda session: usecases.presences.mark(session, command),
            act_of(values),
            lambda: self.mark(keys, values),
        )

    def everybody(self, cohort_id: UUID, slots: Sequence[Slot]) -> int:
        """Mark whoever is expected on these half-days and has no mark; gives how many. Raises
        UserError on a day that has not come."""
        grid, today = self.grid, self._desk.today()
        for slot in slots:
            check_day(Presence.PRESENT, slot, today)
        keys = grid.to_mark(slots) if grid is not None else ()
        if keys:
            command = AllPresent(cohort_id, tuple(slots), today)
            self._send(
                _Sent(keys, {MARK: Presence.PRESENT}),
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

    def _seen(self, key: CellKey) -> Seen:
        """What is known of a cell: what was loaded, then what was sent over it."""
        if self._loaded is None:
            return {}
        cell = self._loaded.cell(key.journey_id, key.slot)
        known = [cell.held()]
        for sent in self._sent:
            if key in sent.keys:
                cell = cell.marked(sent.values)
                known.append(cell.held())
        return {name: tuple(held[name] for held in known) for name in known[0]}

    def _send(
        self,
        sent: _Sent,
        act: Callable[[usecases.Session], object],
        label: str,
        again: Callable[[], object],
    ) -> None:
        self._sent.append(sent)
        self._show_again()

        def saved(_answer: object) -> None:
            sent.known_by = self._asked
            if self._read is not None:
                self.read(self._read)

        def refuse(problem: UserError) -> None:
            if sent not in self._sent:
                self._desk.fail(problem)  # another group is shown by now
                return
            self._sent.remove(sent)
            self._show_again()
            self._refused(problem, again)

        self._desk.jobs.write(self._owner, act, saved, refuse, label=label)

    def _show_again(self) -> None:
        if (grid := self.grid) is not None:
            self._show(grid)
