"""The command line: one thin command a verb, over the front doors of the rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from multivector.cli._entry import main

if TYPE_CHECKING:
    from multivector.cli._main import program

__all__ = ["main", "program"]


def __getattr__(name: str) -> Any:
    # The program with all that it needs is loaded by `main`, which by then is ready for Ctrl-C.
    if name != "program":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from multivector.cli._main import program

    return program
