"""Write docs/show.svg, the picture of the README: `multivector show` on an example, as it is."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

import multivector
from multivector.cli._show import print_record

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "2026-03-14-issyk-kul-transport-talks.txt"


def main() -> None:
    """Read the example and export what the terminal shows."""
    console = Console(record=True, width=150, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    print_record(multivector.read(EXAMPLE), console)
    # Without the web fonts of the template: the picture must not fetch anything.
    template = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    picture = console.export_svg(title=f"multivector show  ({EXAMPLE.name})", code_format=template)
    (ROOT / "docs" / "show.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
