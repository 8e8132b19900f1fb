"""The command line, in French: each word calls one use case. No word opens the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_WINDOW_OPTIONS = frozenset({"--fichier", "--cle", "--aujourd-hui", "--images", "--serveur"})


def needs_window(arguments: Sequence[str]) -> bool:
    """Whether these arguments ask for the window: no word, and only the window's options."""
    left = list(arguments)
    while left:
        option, equals, _ = left.pop(0).partition("=")
        if option not in _WINDOW_OPTIONS:
            return False
        if not equals:
            if not left:
                return False
            left.pop(0)
    return True


def main(arguments: Sequence[str]) -> int:
    """Do what one word asks; 0 when done, 1 on a problem told on stderr, 2 on a wrong usage."""
    try:
        from connexion_desktop.cli.run import run

        return run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("Interrompu.\n")
        return 1
