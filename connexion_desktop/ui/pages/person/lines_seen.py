"""What is known of the lines being written again: what was shown, then what was sent."""

from __future__ import annotations

from connexion_desktop.domain.conflicts import ConflictError, Known, Seen
from connexion_desktop.domain.feed import FeedKey, Written

HEAD, TEXT = "head", "text"


class LinesSeen:
    """By line, its head and its text, as `usecases.notes.correct` asks for them."""

    def __init__(self) -> None:
        self._known: dict[FeedKey, dict[str, Known]] = {}

    def start(self, key: FeedKey, written: Written) -> None:
        """A line is shown to be written again."""
        known = self._known.get(key)
        if known is None or not known[TEXT].is_waiting:
            self._known[key] = {HEAD: Known(written.head), TEXT: Known(written.text)}

    def seen(self, key: FeedKey) -> Seen | None:
        """What is known of a line; None of one that was not shown to be written again."""
        known = self._known.get(key)
        return None if known is None else {name: each.seen() for name, each in known.items()}

    def send(self, key: FeedKey, text: str, head: str | None = None) -> None:
        """A line goes to the base; without `head`, its text alone."""
        known = self._known.get(key)
        if known is not None:
            known[TEXT].send(text)
            known[HEAD].send(known[HEAD].seen()[-1] if head is None else head)

    def answer(self, key: FeedKey, *, kept: bool) -> None:
        """What was sent first is in the base, or was refused."""
        for known in self._known.get(key, {}).values():
            known.answer(kept=kept)

    def take_theirs(self, key: FeedKey, problem: ConflictError) -> None:
        """What is written next starts from what the other left."""
        for clash in problem.clashes:
            self._known[key][clash.field].load(clash.theirs)
