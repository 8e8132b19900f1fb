#!/usr/bin/env python3
"""Everything one does to work on Connexion Desktop, one word each.

  python3 dev.py run                open the application, on the demo base the first time
  python3 dev.py test [ARG...]      lint and the suite; ARGs go to pytest. The whole suite runs on
                                    every core, a file that is named runs alone
  python3 dev.py lint               ruff, mypy and the layers, without the suite
  python3 dev.py bench [PREFIX...] [--json]
                                    measure, and compare with the targets
  python3 dev.py images             make docs/images again from the demo base
  python3 dev.py lock [ARG...]      make requirements.lock again; ARGs go to uv (--upgrade)
  python3 dev.py --help             this text

Each word first brings .venv up to date from requirements.lock, and on Debian and Ubuntu
installs the system libraries that are missing. On Windows, write "py" for "python3".
This file needs Python 3.11 or later and nothing else.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "up-to-date"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
PACKAGE = ROOT / "connexion_desktop"
WINDOWS = os.name == "nt"
PROGRAMS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = PROGRAMS / ("python.exe" if WINDOWS else "python")
APPLICATION = PROGRAMS / "connexion-desktop"
OLDEST_PYTHON = (3, 11)

SYSTEM_PACKAGES = {
    # Names, newest first (some changed in Ubuntu 24.04 and Debian 13): what for.
    ("ca-certificates",): "downloading safely",
    ("libgl1",): "Qt, drawing",
    ("libegl1",): "Qt, drawing",
    ("libfontconfig1",): "Qt, finding fonts",
    ("libglib2.0-0t64", "libglib2.0-0"): "Qt, its main loop",
    ("libdbus-1-3",): "Qt, talking to the desktop",
    ("libxkbcommon-x11-0",): "Qt, keyboard layouts",
    ("libx11-xcb1",): "Qt, windows under X11",
    ("libxcb-cursor0",): "Qt, windows under X11",
    ("libxcb-icccm4",): "Qt, windows under X11",
    ("libxcb-image0",): "Qt, windows under X11",
    ("libxcb-keysyms1",): "Qt, windows under X11",
    ("libxcb-randr0",): "Qt, windows under X11",
    ("libxcb-render-util0",): "Qt, windows under X11",
    ("libxcb-shape0",): "Qt, windows under X11",
    ("libxcb-xkb1",): "Qt, windows under X11",
    ("libcups2t64", "libcups2"): "Qt, printers",
    ("fonts-dejavu-core",): "a font, for the screen and for papers",
}


class StepError(Exception):
    """A step failed: said already, or said by the message; carries the exit status."""

    def __init__(self, message: str = "", status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def say(text: str) -> None:
    """Tell the developer something, on stderr: stdout belongs to the programs that are run."""
    print(text, file=sys.stderr, flush=True)


def environment(**more: str) -> dict[str, str]:
    """What children inherit: no stray Python path, UTF-8 whatever the console's code page."""
    strays = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET"}
    kept = {name: value for name, value in os.environ.items() if name not in strays}
    return {**kept, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more}


def captured(*command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run to the end without a word; what it wrote and its status are in the result."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def quietly(failure: str, *command: str | Path, **more: str) -> str:
    """Run to the end without a word; give stdout, or print everything and stop."""
    done = captured(*command, **more)
    if done.returncode:
        say(f"{done.stdout}{done.stderr}".rstrip())
        raise StepError(failure, shell_status(done.returncode))
    return done.stdout


def follow(*command: str | Path, **more: str) -> int:
    """Run with our own stdin and stdout, pass signals on, give the exit status.

    Ctrl+C reaches the child from the terminal: it decides what to do of it, and we wait.
    """
    child = subprocess.Popen(command, cwd=ROOT, env=environment(**more))
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: child.terminate()),
    }
    try:
        return shell_status(child.wait())
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def shell_status(returncode: int) -> int:
    """A child's end as a shell tells it: 128 + the signal where one ended it."""
    return returncode if returncode >= 0 else 128 - returncode


# --- the system's libraries -------------------------------------------------------------


def missing_packages(
    installed: set[str], can_make_venv: bool, version: tuple[int, int]
) -> list[tuple[tuple[str, ...], str]]:
    """The packages to install: their possible names and what they are for."""
    wanted = dict(SYSTEM_PACKAGES)
    if not can_make_venv:
        wanted[(f"python{version[0]}.{version[1]}-venv",)] = "making .venv"
    return [(names, why) for names, why in wanted.items() if installed.isdisjoint(names)]


def installed_packages() -> set[str]:
    """Those of our packages that dpkg says are installed."""
    names = [name for names in SYSTEM_PACKAGES for name in names]
    shown = "--showformat=${db:Status-Status} ${Package}\n"
    # Its status is no error: it only says that some of them are unknown.
    listing = captured("dpkg-query", "--show", shown, *names).stdout
    return {line.split()[1] for line in listing.splitlines() if line.startswith("installed ")}


def install_system_packages() -> None:
    """On Debian, Ubuntu and their like, install what is missing; elsewhere do nothing."""
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return
    can_make_venv = find_spec("ensurepip") is not None
    missing = missing_packages(installed_packages(), can_make_venv, sys.version_info[:2])
    if not missing:
        return
    say("System libraries missing here:")
    for names, why in missing:
        say(f"  {names[-1]:<22} {why}")
    try:
        apt_install([names for names, _ in missing])
    except StepError as failure:
        if not can_make_venv:
            raise
        say(f"{failure}\nGoing on without them.")


def root_prefix() -> list[str] | None:
    """What to put before a command to run it as root; None where nothing will do."""
    if sys.platform == "win32" or os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"] if sys.stdin is not None and sys.stdin.isatty() else ["sudo", "-n"]
    return None


def apt_install(wanted: list[tuple[str, ...]]) -> None:
    """Install, for each group of names, the first that this release knows."""
    become_root = root_prefix()
    if become_root is None:
        listed = " ".join(names[-1] for names in wanted)
        raise StepError(f"Neither root nor sudo: ask an administrator for\n  {listed}")
    say("Installing them with apt-get...")
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    apt += ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    quietly("apt-get could not refresh its lists.", *apt, "update")
    chosen = [next((name for name in names if apt_knows(name)), names[-1]) for names in wanted]
    options = ("--yes", "--no-install-recommends")
    quietly("apt-get could not install them.", *apt, "install", *options, *chosen)


def apt_knows(name: str) -> bool:
    """Whether a real package has that name in this release."""
    return captured("apt-cache", "show", name).returncode == 0


# --- .venv ------------------------------------------------------------------------------


def fingerprints(lock: bytes, project: bytes) -> list[str]:
    """What .venv was made from: the libraries and their Python and place; the project."""
    place = f"{sys.implementation.cache_tag} {sys.platform} {ROOT}".encode()
    return [hashlib.sha256(made_from).hexdigest() for made_from in (lock + place, project)]


def bring_up_to_date() -> None:
    """Make .venv what requirements.lock and pyproject.toml say; heal an interrupted install.

    The stamp goes first and comes back last, so that without it nothing can be trusted and
    .venv is made again from nothing.
    """
    install_system_packages()
    wanted = fingerprints(LOCK.read_bytes(), PROJECT.read_bytes())
    found = STAMP.read_text().split() if STAMP.exists() and PYTHON.exists() else []
    if found != wanted:
        STAMP.unlink(missing_ok=True)
        if not found:
            make_venv()
        if found[:1] != wanted[:1]:
            install_libraries()
        install_project()
        STAMP.write_text("\n".join(wanted))
    compileall.compile_dir(PACKAGE, quiet=1)


def make_venv() -> None:
    """An empty .venv, whatever was there."""
    failure = "Could not make .venv (if the application is open, close it first)."
    quietly(failure, sys.executable, "-m", "venv", "--clear", VENV)


def pip_install(failure: str, *options: str | Path) -> None:
    """Install in .venv with pip."""
    quietly(failure, PYTHON, "-m", "pip", "install", "--quiet", "--no-input", *options)


def install_libraries() -> None:
    """The libraries of the lock, each checked against its hash, then compiled.

    Wheels only: none of them needs a compiler, nor runs code of its own to be installed.
    """
    say("Installing the libraries of requirements.lock in .venv (a minute or two)...")
    started = time.monotonic()
    options = ("--require-hashes", "--only-binary=:all:", "--no-compile")
    pip_install("The libraries could not be installed.", *options, "-r", LOCK)
    # Some ship files that are not meant to compile: the status tells nothing.
    captured(PYTHON, "-m", "compileall", "-qq", "-j", "0", VENV / ("Lib" if WINDOWS else "lib"))
    say(f"Installed in {time.monotonic() - started:.0f} s.")


def install_project() -> None:
    """The project itself, in place, with its command `connexion-desktop`."""
    options = ("--no-deps", "--no-build-isolation", "--editable")
    pip_install("The project could not be installed in .venv.", *options, ROOT)


# --- the words --------------------------------------------------------------------------

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
)


EVERY_CORE = ("-n", "auto", "--dist", "worksteal")


def lint(_arguments: list[str]) -> int:
    """Style, types and layers: one line for each, and what a failing one says."""
    status = 0
    for program, *arguments in CHECKS:
        started = time.monotonic()
        done = captured(PROGRAMS / program, *arguments)
        verdict = "FAILED" if done.returncode else "ok"
        name = " ".join([program, *arguments])
        say(f"{name:<24} {verdict:<6} {time.monotonic() - started:5.1f} s")
        if done.returncode:
            say(f"{done.stdout}{done.stderr}".rstrip())
            status = 1
    return status


def test(arguments: list[str]) -> int:
    """The suite, with lint beside it: what lint found is told last, so that one run tells all."""
    cores = () if names_a_file(arguments) else EVERY_CORE
    checking = (sys.executable, ROOT / "dev.py", "lint")
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as found,
        subprocess.Popen(
            checking, env=environment(), stdin=subprocess.DEVNULL, stdout=found, stderr=found
        ) as beside,
    ):
        pytest = (PYTHON, "-m", "pytest", *cores, *arguments)
        suite_status = follow(*pytest, QT_QPA_PLATFORM="offscreen")
        if suite_status >= 128:
            beside.terminate()
        lint_status = beside.wait()
        found.seek(0)
        say(found.read().rstrip())
    return suite_status or lint_status


def names_a_file(arguments: list[str]) -> bool:
    """Whether what goes to pytest chooses a file, or a test in it: workers would only delay it."""
    named = (each.partition("::")[0] for each in arguments if not each.startswith("-"))
    return any(each.endswith(".py") for each in named)


def bench(arguments: list[str]) -> int:
    """The benchmarks; with --json, their list alone on stdout."""
    return follow(PYTHON, "-m", "benchmarks", *arguments)


def lock(arguments: list[str]) -> int:
    """requirements.lock from pyproject.toml: every platform, hashes, no index named."""
    options = ["--universal", "--generate-hashes", "--no-header", "--quiet", "--extra", "dev"]
    options += ["--python-version", ".".join(map(str, OLDEST_PYTHON))]
    made = ("pyproject.toml", "--output-file", LOCK.name)
    status = follow(PROGRAMS / "uv", "pip", "compile", *options, *made, *arguments)
    if status == 0:
        bring_up_to_date()
    return status


def images(_arguments: list[str]) -> int:
    """Each page, light and dark, on a demo base of one fixed day: the same pictures each time."""
    day = ("--aujourd-hui", "2026-04-21")
    with tempfile.TemporaryDirectory() as folder:
        base = make_demo(Path(folder) / "demo.base", Path(folder) / "demo.cle", *day)
        paint_pages(ROOT / "docs" / "images", *base, *day)
    return 0


def run(arguments: list[str]) -> int:
    """Open the window; without a display, do the main job in files."""
    if not has_display():
        return preview(ROOT / "build" / "apercu")
    return follow(APPLICATION, *(arguments or last_or_demo_base()))


def has_display() -> bool:
    """Whether a window can be shown: only Linux can lack the means."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


ASK_FOR_BASES = """
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.place import demo_place, named_place
print(named_place(Settings.of_user()).base, *demo_place()[:2], sep="\\n")
"""


def last_or_demo_base() -> list[str | Path]:
    """Nothing where the application knows which base to open; else what opens the demo base."""
    answer = quietly("No folder for this user's bases.", PYTHON, "-c", ASK_FOR_BASES)
    own, demo, key = map(Path, answer.splitlines())
    if own.exists():
        return []
    return ["--fichier", demo, "--cle", key] if demo.exists() else make_demo(demo, key)


def preview(folder: Path) -> int:
    """A fresh demo base, pictures of its pages and one convention, in that folder."""
    say(f"No display: a demo base, its pages and a convention are made in {folder}")
    shutil.rmtree(folder, ignore_errors=True)
    base = make_demo(folder / "demo.base", folder / "demo.cle")
    paint_pages(folder, *base)
    listing = quietly("No list.", APPLICATION, *base, "lister", "conventions", "--json")
    number = json.loads(listing)[0]["numero"]
    paper = folder / f"{number}.pdf"
    quietly("No convention.", APPLICATION, *base, "convention", number, "-o", paper)
    for path in sorted(folder.glob("*.p*")):
        say(f"  {path.name:<28} {path.stat().st_size / 1024:7.0f} kB")
    return 0


def make_demo(base: Path, key: Path, *options: str) -> list[str | Path]:
    """Make a demo base; give the options that open it."""
    base.parent.mkdir(parents=True, exist_ok=True)
    failure = "The demo base could not be made."
    quietly(failure, APPLICATION, "demo", "--vers", base, "--cle", key, *options)
    return ["--fichier", base, "--cle", key]


def paint_pages(folder: Path, *base: str | Path) -> None:
    """Pictures of the pages, light and dark, drawn without a screen."""
    painter = (PYTHON, "-m", "connexion_desktop.app", "--images", folder)
    quietly("The pages could not be painted.", *painter, *base, QT_QPA_PLATFORM="offscreen")


WORDS = {"run": run, "test": test, "lint": lint, "bench": bench, "images": images, "lock": lock}


def main(arguments: list[str]) -> int:
    """Do what the word says; give the exit status."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(__doc__)
        return 0 if arguments else 2
    word = WORDS.get(arguments[0])
    if word is None:
        say(f"dev.py: unknown word {arguments[0]!r}; python3 dev.py --help lists them.")
        return 2
    if sys.version_info < OLDEST_PYTHON:
        say(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        bring_up_to_date()
        return word(arguments[1:])
    except StepError as stop:
        say(str(stop))
        return stop.status
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
