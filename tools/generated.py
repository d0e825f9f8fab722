"""What the scripts that make data files share: compact JSON, and writing a file or checking that it is up to date."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def dump(value: object) -> str:
    """`value` as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_or_check(target: Path, content: str, description: str, remedy: str) -> int:
    """Write `content` to `target`, or with `--check` compare it; the exit status. `remedy` is told when it differs."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="only tell whether the file is up to date")
    if not parser.parse_args().check:
        target.write_text(content, encoding="utf-8", newline="\n")
        return 0
    if target.exists() and target.read_text(encoding="utf-8") == content:
        return 0
    print(f"{target.name} is not what {remedy}: run it", file=sys.stderr)
    return 1
