"""From a clone to a working tree: the lock, the two commands, and an install that heals."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import dev
from connexion_desktop.ui.scenes import SCENES

ROOT = dev.ROOT
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def dev_py(*arguments: str, root: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `python dev.py …` as a developer does, with no library at hand and no apt-get."""
    environment = {"PATH": "", "HOME": str(root), "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    return subprocess.run(
        [sys.executable, "-I", "-S", root / "dev.py", *arguments],
        env={**environment, **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# --- the lock ---------------------------------------------------------------------------


def test_each_library_of_the_lock_has_one_version_and_its_hashes() -> None:
    libraries = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(libraries) > 50
    for library in libraries:
        assert re.match(r"[a-z0-9-]+==\S+", library), library
        assert "--hash=sha256:" in library, library


def test_the_lock_says_nothing_of_where_it_was_made() -> None:
    assert not re.search(r"https?://|file:|--(extra-)?index|--find-links|--trusted", LOCK)


def test_the_lock_answers_for_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[^\w.-]", line)[0].lower().replace("_", "-") for line in asked}
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK, flags=re.MULTILINE))
    assert names - locked == set()


# --- dev.py -----------------------------------------------------------------------------


def test_dev_py_needs_nothing_but_python() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    imported: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
        elif isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def test_help_tells_every_word_and_touches_nothing() -> None:
    done = dev_py("--help")
    assert done.returncode == 0
    assert all(f"dev.py {word}" in done.stdout for word in dev.WORDS)


@pytest.mark.parametrize("arguments", [[], ["courir"]])
def test_no_word_or_an_unknown_one_is_a_usage_error(arguments: list[str]) -> None:
    assert dev_py(*arguments).returncode == 2


def test_the_readme_gives_the_two_commands_and_they_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"python3 dev\.py (\w+)", readme))
    assert {"run", "test"} <= commands <= set(dev.WORDS)


def test_the_build_machine_runs_the_same_suite() -> None:
    script = ROOT / ".ci" / "run"
    assert "python3 dev.py test" in script.read_text(encoding="utf-8")
    assert dev.WINDOWS or os.access(script, os.X_OK)


@pytest.mark.parametrize(
    ("arguments", "alone"),
    [
        ([], False),
        (["-x", "-k", "minor"], False),
        (["tests/domain"], False),
        (["--ignore=tests/domain/test_dates.py"], False),
        (["--deselect=tests/domain/test_dates.py"], False),
        (["tests/domain/test_dates.py"], True),
        (["-x", "tests/domain/test_dates.py::test_a_day"], True),
    ],
)
def test_only_a_file_that_is_named_runs_without_workers(arguments: list[str], alone: bool) -> None:
    assert dev.names_a_file(arguments) is alone


def test_without_a_display_the_main_job_is_done_in_files(tmp_path: Path) -> None:
    folder = tmp_path / "apercu"
    assert dev.preview(folder) == 0
    names = {path.name for path in folder.iterdir()}
    assert {f"{scene.name}-{word}.png" for scene in SCENES for word in ("clair", "sombre")} <= names
    assert dev.WINDOWS or (folder / "demo.cle").stat().st_mode & 0o777 == 0o600
    (paper,) = folder.glob("PMSMP-*.pdf")
    assert paper.read_bytes().startswith(b"%PDF-")


# --- the system's libraries -------------------------------------------------------------

ALL_INSTALLED = {names[-1] for names in dev.SYSTEM_PACKAGES}


def test_nothing_is_missing_where_all_is_installed() -> None:
    assert dev.missing_packages(ALL_INSTALLED, can_make_venv=True, version=(3, 11)) == []


def test_a_bare_debian_misses_all_and_venv_too() -> None:
    missing = dev.missing_packages(set(), can_make_venv=False, version=(3, 11))
    names = {names[-1] for names, _ in missing}
    assert names == ALL_INSTALLED | {"python3.11-venv"}
    assert all(why for _, why in missing)


def test_the_name_that_ubuntu_24_04_gives_counts_as_installed() -> None:
    ubuntu = ALL_INSTALLED - {"libglib2.0-0"} | {"libglib2.0-0t64"}
    assert dev.missing_packages(ubuntu, can_make_venv=True, version=(3, 12)) == []


# --- .venv, on a small project of its own -----------------------------------------------

BACKEND = """
import zipfile

FILES = {
    "METADATA": "Metadata-Version: 2.1\\nName: small\\nVersion: 1.0\\n",
    "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "RECORD": "",
}

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "small-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        for file, text in FILES.items():
            wheel.writestr(f"small-1.0.dist-info/{file}", text)
    return name
"""
BENCHMARKS = """
import signal, sys, time
print(sys.argv[1:])
if "wait" in sys.argv:
    print("ready", flush=True)
    time.sleep(60)
sys.exit(3)
"""


@pytest.fixture(scope="module")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project that asks for no library, whose first install was cut short."""
    root = tmp_path_factory.mktemp("small")
    (root / "dev.py").write_bytes((ROOT / "dev.py").read_bytes())
    (root / "requirements.lock").write_text("")
    (root / "backend.py").write_text(BACKEND)
    (root / "pyproject.toml").write_text(
        textwrap.dedent("""
            [build-system]
            requires = []
            build-backend = "backend"
            backend-path = ["."]
            [project]
            name = "small"
            version = "1.0"
        """)
    )
    (root / "connexion_desktop").mkdir()
    (root / "benchmarks").mkdir()
    (root / "benchmarks" / "__main__.py").write_text(BENCHMARKS)
    half_made = root / ".venv" / "half-made"
    half_made.parent.mkdir()
    half_made.write_text("")
    yield root


@pytest.fixture(scope="module")
def installed(small_project: Path) -> Path:
    """That project once a word has been said."""
    done = dev_py("bench", "--json", root=small_project)
    assert done.returncode == 3, done.stderr
    assert done.stdout == "['--json']\n", "stdout belongs to the benchmarks alone"
    return small_project


def stamp_of(root: Path) -> Path:
    """What says that .venv is whole."""
    return root / dev.STAMP.relative_to(ROOT)


def test_an_interrupted_install_is_made_again_from_nothing(installed: Path) -> None:
    assert not (installed / ".venv" / "half-made").exists()
    assert stamp_of(installed).exists()


def test_the_next_word_installs_nothing_again(installed: Path) -> None:
    before = stamp_of(installed).stat().st_mtime_ns
    assert dev_py("bench", "start", root=installed).stdout == "['start']\n"
    assert stamp_of(installed).stat().st_mtime_ns == before


@pytest.mark.skipif(dev.WINDOWS, reason="signals are POSIX's")
def test_a_request_to_end_reaches_what_runs(installed: Path) -> None:
    command = [sys.executable, str(installed / "dev.py"), "bench", "wait"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdout is not None
        assert [running.stdout.readline() for _ in range(2)] == ["['wait']\n", "ready\n"]
        running.terminate()
        assert running.wait(timeout=20) == 128 + signal.SIGTERM


def test_a_failed_install_says_so_and_leaves_no_stamp(installed: Path) -> None:
    (installed / "requirements.lock").write_text("no-hash-here==1.0\n")
    done = dev_py("bench", root=installed, PIP_NO_INDEX="1")
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert not stamp_of(installed).exists()
