"""Everyone, as far as it takes to find whom somebody may be: kept while the base is open, and
brought up to date with who changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Lock
from uuid import UUID
from weakref import ReferenceType, ref

from connexion_desktop.domain.acts import Changes
from connexion_desktop.domain.duplicates import CROWD, WHOLE_NAME, LikelyPair, clues
from connexion_desktop.domain.name_matching import FoldedTraits
from connexion_desktop.domain.progress import Progress

_PATIENCE = 0.1
_MANY = 500
"""From how many people changed on, all are read again."""


class Register:
    """Who shares a clue (a name, a phone, a birth date) with whom: ids and no word of anybody. Who
    has a clue no more may still be told: what is found is to be compared.

    `pairs`, by their ids, once all those alike were looked for. Changes are heard on any thread;
    the rest is for whoever holds it.
    """

    def __init__(self) -> None:
        self.pairs: dict[UUID, LikelyPair] | None = None
        self._sharing: dict[int, tuple[UUID, ...]] = {}
        self._store: ReferenceType[object] | None = None
        self._heard: SimpleQueue[Changes] = SimpleQueue()
        self._lock = Lock()

    def hear(self, changes: Changes) -> None:
        """Somebody changed, maybe: they are read again when they are next looked for."""
        if changes.touches("person"):
            self._heard.put(changes)

    @contextmanager
    def held(self, progress: Progress) -> Iterator[None]:
        """Alone with it. Raises Cancelled if the user gave up waiting."""
        while not self._lock.acquire(timeout=_PATIENCE):
            progress.step(0, 1)
        try:
            yield
        except BaseException:
            self.forget()  # half of it may be read
            raise
        finally:
            self._lock.release()

    def forget(self) -> None:
        """Know nobody."""
        self.pairs = self._store = None
        self._sharing.clear()

    def to_read(self, store: object) -> frozenset[UUID] | None:
        """Who changed since this was last asked of this open store; None for everybody. To be
        asked before anything of the base: a change that comes later is heard the next time."""
        changed: set[UUID] = set()
        try:
            while True:
                changes = self._heard.get_nowait()
                changed |= {row for table, row in changes.rows if table == "person"}
                if changes.anything:
                    self.forget()
        except Empty:
            pass
        known = self._store() if self._store is not None else None
        if store is not known or len(changed) > _MANY:
            self.forget()
            self._store = ref(store)
            return None
        return frozenset(changed)

    def put(self, person_id: UUID, traits: FoldedTraits) -> None:
        """Have somebody found by what is known of them."""
        for clue in clues(traits):
            known = self._sharing.get(hash(clue), ())
            if person_id not in known:
                self._sharing[hash(clue)] = (*known, person_id)

    def sharing(self, traits: FoldedTraits) -> set[UUID]:
        """Those who may share a clue; one that a crowd shares (an office's phone) is none."""
        found: set[UUID] = set()
        for clue in clues(traits):
            sharing = self._sharing.get(hash(clue), ())
            if len(sharing) <= CROWD or clue.startswith(WHOLE_NAME):
                found.update(sharing)
        return found

    def part(self, people: frozenset[UUID]) -> None:
        """Forget the pairs that somebody of these is in."""
        if self.pairs is not None:
            self.pairs = {
                key: pair
                for key, pair in self.pairs.items()
                if people.isdisjoint((pair.older.id, pair.newer.id))
            }
