"""Our own sentences (`sentences/*.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path

from multivector.reading._plover.labels import NONE, TYPES
from training.events.data import OLDER, Example

FOLDER = Path(__file__).parent / "sentences"


def own(weight: float = 1.0, folder: Path = FOLDER) -> list[Example]:
    """The sentences as examples of this weight.

    A table is named by its type; its keys are modes (`-` for a type without), each a list of marked sentences.
    """
    result: list[Example] = []
    for path in sorted(folder.glob("*.toml")):
        with path.open("rb") as file:
            data = tomllib.load(file)
        for block in data["block"]:
            kind = block["type"]
            if kind not in TYPES:
                raise SystemExit(f"{path}: unknown type {kind}")
            older = block.get("plv", OLDER.get(kind, kind))
            result += [
                Example(
                    text=text,
                    plv=None if kind == NONE or older == "-" else older,
                    types=(kind,),
                    direction=None if kind == NONE else block.get("direction", "forward"),
                    modality=None if kind == NONE else block.get("modality", "occurred"),
                    mode=block.get("mode"),
                    weight=weight,
                )
                for text in block["sentences"]
            ]
    return result
