"""One run of the command line, from its arguments to its exit status."""

from __future__ import annotations

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path

from connexion_desktop.cli import parser
from connexion_desktop.cli.grammar import PROGRAM
from connexion_desktop.cli.output import Ticker, complain, say
from connexion_desktop.cli.parser import HelpWanted, UsageError, VersionWanted
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.system.whole_file import why_not_written

DONE, PROBLEM, MISUSED = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask, and tell whatever goes wrong in French."""
    _lend_streams()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # libraries warn in English, of what is told in French
    ticker = Ticker()
    before = signal.signal(signal.SIGINT, ticker.interrupt)
    try:
        return _run(arguments, ticker)
    finally:
        signal.signal(signal.SIGINT, before)


def _run(arguments: Sequence[str], ticker: Ticker) -> int:
    try:
        return _obey(arguments, ticker)
    except BrokenPipeError:
        _close_stdout()
        return PROBLEM
    except OSError as refused:
        ticker.clear()
        _close_stdout()
        complain(f"Un fichier n’a pas pu être lu ou écrit : {why_not_written(refused)}.")
    except KeyboardInterrupt:
        ticker.clear()
        complain("Interrompu.")
    except Cancelled:
        ticker.clear()
        complain("Annulé : rien n’a été gardé.")
    except UserError as problem:
        ticker.clear()
        for part in (problem.what, problem.safe, problem.todo):
            if part:
                complain(part)
    except Exception as bug:  # noqa: BLE001 - the last door: no traceback on anybody's screen
        ticker.clear()
        complain(_told_bug(bug))
    return PROBLEM


def _lend_streams() -> None:
    """A stream that whoever called us closed reads as empty, or forgets what it is told."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _obey(arguments: Sequence[str], ticker: Ticker) -> int:
    try:
        from connexion_desktop.cli import order, words

        command = parser.read(arguments)
        return words.WORDS[command.word.name](order.order(command, ticker))
    except HelpWanted as wanted:
        say(parser.help_text(wanted.word))
    except VersionWanted:
        say(_version())
    except UsageError as wrong:
        complain(parser.usage(wrong.word))
        complain(f"{PROGRAM} : {wrong}")
        return MISUSED
    return DONE


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"Connexion Desktop {version(PROGRAM)}"
    except PackageNotFoundError:
        return "Connexion Desktop"


def _close_stdout() -> None:
    """Nobody reads any more, or the disk is full: spare the interpreter's complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told_bug(bug: Exception) -> str:
    """One line for the screen; where it happened, without anybody's data, in the log."""
    from connexion_desktop.system import folders
    from connexion_desktop.system.log import Log

    lines = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(bug.__traceback__)
    ]
    name = type(bug).__name__
    try:
        log = Log(folders.log_folder() / "journal.log")
        log.write("cli", "\n".join((name, *lines)))
        where = f" ; le détail est dans {log.path}"
    except OSError:
        where = f" ; {lines[-1]}"
    return f"Une erreur imprévue est survenue ({name}) : signalez-le{where}."
