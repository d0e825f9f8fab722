"""The command line: one thin command a verb, over the front doors of the rooms."""

from __future__ import annotations

from multivector.cli._entry import main

TYPE_CHECKING = False  # as in `typing`, which takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from multivector.cli._main import program

__all__ = ["main", "program"]


def __getattr__(name: str) -> Any:
    # The program with all that it needs is loaded by `main`, which by then is ready for Ctrl-C.
    if name != "program":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from multivector.cli._main import program

    return program
