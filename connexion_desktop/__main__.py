"""The one door of the programme: a word goes to the command line, none opens the window."""

import sys


def main() -> int:
    """Run what the arguments ask for; give the exit status."""
    from connexion_desktop import cli

    arguments = sys.argv[1:]
    if cli.needs_window(arguments):
        from connexion_desktop import app

        return app.main(arguments)
    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
