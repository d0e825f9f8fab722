"""Where the process begins and ends: Ctrl-C is one line at any moment. Imports next to nothing by itself."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in `typing`, which takes longer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the program with `args` (the process's own unless given) and end the process.

    Every error that a user can cause is one line on stderr; the exit status is as the program's help says.
    """
    try:
        try:
            from multivector.cli._main import run

            status = run(args)
        finally:
            if args is None:
                import signal

                # What Python does at its end is quick, and must not be torn by Ctrl-C into a traceback.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        sys.stderr.write("multivector: stopped\n")
        status = 130
    sys.exit(status)
