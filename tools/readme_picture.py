"""Write docs/show.svg, the picture of the README: `multivector show` on an example, as it is.

    python tools/readme_picture.py
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

import multivector
from multivector.cli._show import print_record

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "2026-03-14-issyk-kul-transport-talks.txt"


def main() -> None:
    """Read the example and export what the terminal shows."""
    console = Console(record=True, width=150, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    print_record(multivector.read(EXAMPLE), console)
    picture = console.export_svg(title=f"multivector show  ({EXAMPLE.name})")
    (ROOT / "docs" / "show.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
