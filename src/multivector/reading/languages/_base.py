"""What the reading room knows of a language: words, in data files beside this module.

A language's file holds what its grammar needs as plain lists and tables, with its sources; code that is
particular to a language stands in a module of its name in this package. Adding a language is adding both.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its BCP 47 primary subtag, and its tables, each loaded once.

    `tables` maps the name of a table (`segment`, `times`, `figures`, ...) to what the data file of that
    name, `<tag>/<name>.toml`, holds.
    """

    tag: str

    def table(self, name: str) -> dict[str, Any]:
        """The data of one table; empty when the language has none of that name."""
        return _load(self.tag, name)


@cache
def _load(tag: str, name: str) -> dict[str, Any]:
    file = resources.files("multivector.reading.languages").joinpath(tag, f"{name}.toml")
    if not file.is_file():
        return {}
    return tomllib.loads(file.read_text(encoding="utf-8"))
