"""What is typed and cannot be saved yet, kept as a draft until it can."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from connexion_desktop import usecases
from connexion_desktop.domain.drafts import Typed, as_draft, typed_fields
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.timers import once_after

_PAUSE = 300


class TypingKept(QObject):
    """The drafts of the fields of one thing at a time, known by its `key`."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._key = ""
        self._typed: dict[str, str] = {}
        self._pause = once_after(_PAUSE, self._keep, self)

    def turn_to(self, key: str, show: Callable[[Mapping[str, str]], object]) -> None:
        """Keep what was typed so far; `show` what was kept of the thing of that key, once what was
        asked before is written."""
        self.begin(key)
        author = self._desk.author

        def take(kept: str | None) -> None:
            if kept and key == self._key:
                show(self.since(kept))

        def read() -> None:
            self._desk.jobs.read(
                self, lambda session: usecases.drafts.take(session, author, key), take, key="draft"
            )

        self._desk.jobs.after_writes(self, read)

    def begin(self, key: str = "") -> None:
        """Keep what was typed so far; what is typed from now on is of the thing of that key, or of
        none."""
        self.flush()
        self._key, self._typed = key, {}

    def since(self, kept: str) -> dict[str, str]:
        """What was kept of the thing, by field, but for those typed in since then."""
        found: dict[str, str] = json.loads(kept)
        return {name: text for name, text in found.items() if name not in self._typed}

    def note(self, name: str, text: str | None) -> None:
        """A field holds that, which is not saved yet; None once it is."""
        if text is None and name not in self._typed:
            return
        if text is None:
            del self._typed[name]
        else:
            self._typed[name] = text
        self._pause.start()

    def flush(self) -> None:
        """Keep now what there is to keep."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def saving(self, name: str, text: str) -> Typed:
        """What the act that saves a field takes of what is kept."""
        self._typed.pop(name, None)
        return typed_fields(self._key, {name: text}, self._typed)

    def saving_all(self) -> Typed:
        """What the act that saves all that is typed takes of what is kept; it is typed no more once
        that is done (`begin`)."""
        self.flush()
        return typed_fields(self._key, self._typed, {})

    def refused(self, key: str, name: str, text: str) -> None:
        """Keep the text that a field of that key could not save, whatever is shown by now."""
        if key == self._key:
            self._typed.setdefault(name, text)
            self._pause.start()
            return
        author = self._desk.author

        def act(session: usecases.Session) -> None:
            kept = json.loads(usecases.drafts.take(session, author, key) or "{}")
            _put(session, author, key, {name: text, **kept})

        self._desk.jobs.draft(self, act)

    @property
    def key(self) -> str:
        """Of the thing whose typing is kept now."""
        return self._key

    def _keep(self) -> None:
        if not self._key:
            return
        author, key, typed = self._desk.author, self._key, dict(self._typed)
        self._desk.jobs.draft(self, lambda session: _put(session, author, key, typed))


def _put(session: usecases.Session, author: str, key: str, typed: Mapping[str, str]) -> None:
    if typed:
        usecases.drafts.keep(session, author, key, as_draft(typed))
    else:
        usecases.drafts.drop(session, author, key)
