"""`python -m benchmarks [PREFIX…] [--json]`: the figures, against their targets."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import traceback
from collections.abc import Iterator, Sequence

from benchmarks.measure import MeasureError, Result

GROUPS = {
    "start": (
        "start-shell",
        "start-group",
        "start-group-morning",
        "start-group-cold",
        "start-group-large",
        "memory",
    ),
    "window": ("open-person", "freeze"),
    "search": ("app-search",),
    "people": ("app-search-people", "app-scroll"),
    "pages": ("app-switch", "app-note"),
    "pdf": ("pdf", "pdf-vs-word"),
    "programme_page": ("programme-grid", "programme-year"),
    "programme_sheets": ("programme-sheets",),
    "presences": ("programme-keys", "programme-grid-marks"),
    "server": ("server-trips", "server-page-30ms"),
    "server_live": ("server-live",),
    "server_load": ("server-save-p95", "server-save-ratio", "server-lost", "server-errors"),
    "server_cuts": ("server-cuts-lost", "server-cuts-doubled"),
}
"""Each module and the figures it measures, so that a prefix runs only what it names."""


def main(arguments: list[str]) -> int:
    """Print every figure that a prefix names; 0 whatever they say: a figure is no failure."""
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("prefix", nargs="*")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    results = list(_measured(tuple(asked.prefix) or ("",)))
    if asked.json:
        print(json.dumps([result.as_json() for result in results], ensure_ascii=False, indent=1))
    elif not results:
        print("no figure of that name", file=sys.stderr)
    return 0


def _measured(prefixes: tuple[str, ...]) -> Iterator[Result]:
    for module, names in GROUPS.items():
        if any(name.startswith(prefixes) for name in names):
            print(f"… {module}", file=sys.stderr, flush=True)
            for result in _results(module, names):
                if result.name.startswith(prefixes):
                    print(_line(result), file=sys.stderr, flush=True)
                    yield result


def _results(module: str, names: Sequence[str]) -> Sequence[Result]:
    try:
        results: Sequence[Result] = importlib.import_module(f"benchmarks.{module}").run()
    except Exception as failure:  # noqa: BLE001 - told: the other figures are measured all the same
        why = _why(failure)
        return [Result(name, None, "", "", False, f"did not run: {why}") for name in names]
    return results


def _why(failure: Exception) -> str:
    """In a line; all that is known of it goes to stderr."""
    if isinstance(failure, MeasureError) and str(failure):
        print(failure, file=sys.stderr, flush=True)
        return str(failure).splitlines()[-1]
    traceback.print_exception(failure)
    return traceback.format_exception_only(failure)[-1].strip().removeprefix("benchmarks.measure.")


def _line(result: Result) -> str:
    verdict = {True: "met", False: "MISSED", None: "—"}[result.met]
    value = "—" if result.value is None else f"{result.value:g} {result.unit}"
    return f"{result.name:<20} {value:>12}  {result.target:<12} {verdict:<7} {result.how}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
