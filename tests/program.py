"""Running the program as a user does, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "multivector"
ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what would change the program's output."""
    others = ("MULTIVECTOR", "COLUMNS", "FORCE", "NO_COLOR")
    ours = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return ours | {"PYTHONUTF8": "1"} | more


def run(
    *words: str | Path, cwd: Path | None = None, stdin: str | None = None, timeout: float = 120, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run `multivector` in a process of its own; `more` goes to its environment."""
    return subprocess.run(
        [str(PROGRAM), *map(str, words)],
        cwd=cwd,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        env=environment(**more),
        check=False,
    )
