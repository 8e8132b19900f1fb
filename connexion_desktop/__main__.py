"""The one door of the programme: a word goes to the command line, none opens the window."""

import os
import signal
import sys


def main() -> int:
    """Run what the arguments ask for; give the exit status."""
    before = signal.signal(signal.SIGINT, _leave)
    from connexion_desktop import cli

    arguments = sys.argv[1:]
    if cli.needs_window(arguments):
        from connexion_desktop import app

        signal.signal(signal.SIGINT, before)
        return app.main(arguments)
    return cli.main(arguments)


def _leave(*_signal: object) -> None:
    """Ctrl+C while nothing is begun: one line, where an import cut short would tell its story."""
    os.write(2, b"Interrompu.\n")
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
