"""Third-party modules that state no types: loaded when first needed, used as `Any`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

Element = Any
"""An element of an lxml tree."""


def untyped(module: str) -> Any:
    """The module of that name, imported now."""
    return import_module(module)
