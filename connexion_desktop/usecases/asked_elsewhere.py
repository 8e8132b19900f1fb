"""Whose names were asked of the office's server: each once, since it counts the questions."""

from __future__ import annotations

from collections.abc import Callable

Sites = tuple[str, ...]


class AskedElsewhere:
    """At which sites colleagues follow somebody of a name, as the server answered."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Sites] = {}

    def sites(
        self, given: str, family: str, ask: Callable[[str, str], Sites | None]
    ) -> Sites | None:
        """Those of this name: `ask` is called if nobody has yet; None where it does not say."""
        found = self._known.get((given, family))
        if found is None and (found := ask(given, family)) is not None:
            self._known[given, family] = found
        return found
