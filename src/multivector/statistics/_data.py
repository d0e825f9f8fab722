"""The data files of the room."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

_FOLDER = resources.files("multivector.statistics") / "data"


@cache
def data_text(name: str) -> str:
    """The content of a data file, by its path below `data/`."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def data_names(folder: str) -> Iterator[str]:
    """The TOML files of a folder below `data/`, as paths for `data_text`, by name."""
    for entry in sorted((_FOLDER / folder).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            yield f"{folder}/{entry.name}"
