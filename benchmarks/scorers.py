"""Scorers, which are programs of their own, as modules."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def module(path: Path) -> ModuleType:
    """The scorer in the file `path`, as a module."""
    spec = importlib.util.spec_from_file_location(f"scorer_{path.stem}", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path}: not a Python program")
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = loaded
    spec.loader.exec_module(loaded)
    return loaded
