"""Build `inflections.json` of the knowledge room: the Russian forms of names in the files kept by hand.

    python tools/build_inflections.py           writes the file
    python tools/build_inflections.py --check   fails when the file on disk is not what would be written

The names stand in the nominative in organisations.toml, groups.toml and offices.toml.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import russian
from generated import dump, write_or_check

DATA = Path(__file__).parents[1] / "src/multivector/knowledge/data"
TARGET = DATA / "inflections.json"
SOURCES = [
    "Names in organisations.toml, groups.toml and offices.toml, by the rules of tools/russian.py and by pymorphy3"
]


def forms(name: str) -> list[str]:
    """The forms of a name of an organisation or group, or of an adjective from one."""
    if name[0].islower() and name.endswith(("ский", "цкий", "ный", "вый")) and " " not in name:
        return russian.adjective(name)
    if name[0] + name[-1] == "«»":
        return [f"«{form}»" for form in forms(name[1:-1])]
    try:
        return russian.phrase(name)
    except ValueError:
        return [name]


def names() -> Iterator[tuple[str, list[str]]]:
    """Every Russian name in the files with its forms."""
    for file, table in (("organisations.toml", "organisation"), ("groups.toml", "group")):
        for row in read(file).get(table, []):
            for field in ("names", "adjectives", "seats"):
                for name in row.get(field, {}).get("ru", []):
                    yield name, forms(name)
    for row in read("offices.toml").get("office", []):
        for name in row.get("names", {}).get("ru", []):
            yield name, russian.person(name)


def read(file: str) -> dict[str, Any]:
    """The content of a data file."""
    return tomllib.loads((DATA / file).read_text(encoding="utf-8"))


def build() -> str:
    """The content of the file."""
    found = {name: [form for form in inflected if form != name] for name, inflected in names()}
    lines = [f"{dump(name)}:{dump(found[name])}" for name in sorted(found) if found[name]]
    return "".join(('{\n"sources":', dump(SOURCES), ',\n"forms":{\n', ",\n".join(lines), "\n}\n}\n"))


def main() -> int:
    """Write the file, or with `--check` compare it."""
    return write_or_check(
        TARGET, build(), (__doc__ or "").splitlines()[0], "tools/build_inflections.py makes of the names"
    )


if __name__ == "__main__":
    sys.exit(main())
