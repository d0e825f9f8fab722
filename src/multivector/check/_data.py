"""The room's data files: which statistic bears on which measure, how claims are worded, what decides a verdict."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Shape(StrEnum):
    """How a statistic relates two states; `data/statistics.toml` says what each means."""

    TURNOVER = "turnover"
    FLOW = "flow"
    BALANCE = "balance"
    VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Statistic:
    """A kind of figure that can be checked: its word, its name in a sentence, and where its rows are.

    `owner` tells for words of a flow whether the state before them gives or gets. `sign` is -1 for a deficit. `sparse`:
    no row means that nothing happened.
    """

    code: str
    name: str
    indicators: tuple[str, ...]
    shape: Shape
    owner: Mapping[str, str]
    sparse: bool
    money: bool
    sign: int


@dataclass(frozen=True, slots=True)
class _Entry:
    statistic: Statistic
    measures: re.Pattern[str]
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None


def statistic_of(measure: str, sentence: str) -> Statistic | None:
    """The statistic that bears on a measure of the record (without `share of` or `change in`), or None."""
    for entry in _entries():
        if not entry.measures.fullmatch(measure) or (entry.unless and entry.unless.search(sentence)):
            continue
        if entry.needs is None or entry.needs.search(sentence):
            return entry.statistic
    return None


def statistic(code: str) -> Statistic:
    """The statistic of this word."""
    return next(entry.statistic for entry in _entries() if entry.statistic.code == code)


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            Statistic(
                row["code"],
                row["name"],
                tuple(row["indicator"]),
                Shape(row["shape"]),
                row.get("owner", {}),
                row["sparse"],
                row["money"],
                row.get("sign", 1),
            ),
            re.compile("|".join(f"(?:{each})" for each in row["measures"]), re.IGNORECASE),
            re.compile(row["needs"], re.IGNORECASE) if "needs" in row else None,
            re.compile(row["unless"], re.IGNORECASE) if "unless" in row else None,
        )
        for row in _file("statistics.toml")["statistic"]
    )


@cache
def rules() -> dict[str, Any]:
    """The numbers of `data/rules.toml`."""
    return _file("rules.toml")


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """How claims are worded in one language. Names as in `data/phrasings.toml`; a field that it lacks never matches."""

    table: Mapping[str, Any]

    def any_of(self, name: str) -> str:
        """A pattern for one of the entry's patterns, as whole words."""
        return _any_of(tuple(self.table.get(name, ())))

    def text(self, name: str) -> str:
        """The entry's one pattern; one that never matches where there is none."""
        return str(self.table.get(name, _NEVER))

    def section(self, name: str) -> Mapping[str, Any]:
        """A table of the language, empty where there is none."""
        return self.table.get(name, {})


_NEVER = "(?!)"


@cache
def phrases(language: str | None) -> Phrases:
    """The phrases of a language (BCP 47); those of English where the language is not known or has none."""
    table = _file("phrasings.toml")
    tag = (language or "en").lower().split("-")[0]
    return Phrases(table.get(tag) or table["en"])


@cache
def _any_of(patterns: tuple[str, ...]) -> str:
    if not patterns:
        return _NEVER
    return (
        "(?:"
        + "|".join(rf"(?<!\w){each}(?!\w)" if each[-1:].isalnum() or each[-1:] in ")*+?" else each for each in patterns)
        + ")"
    )


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(files("multivector.check").joinpath("data", name).read_text(encoding="utf-8"))


INDICATORS = tuple(
    sorted(
        {
            *rules()["security"]["pacts"],
            *(indicator for entry in _entries() for indicator in entry.statistic.indicators),
        }
    )
)
"""The indicators that checks look at; rows of others need not be loaded."""
