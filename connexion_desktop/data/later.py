"""Modules that a library imports and that we mostly do without.

The standard library's `LazyLoader` does not do: Python 3.11 asks each module imported twice for its
`__spec__`, which loads it there.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any, cast


class Later(ModuleType):
    """Stands for a module until one of its names is asked for, then hands on to it."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def wait(*names: str) -> None:
    """Have these modules wait, unless they are there already."""
    for name in names:
        sys.modules.setdefault(name, Later(name))


def hide(name: str) -> None:
    """Have a module look as if it were not installed, unless it is there already."""
    sys.modules.setdefault(name, cast("ModuleType", None))


def reveal(name: str) -> None:
    """Let a module that was hidden be imported."""
    if sys.modules.get(name, sys) is None:
        del sys.modules[name]
