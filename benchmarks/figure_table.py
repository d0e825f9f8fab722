"""The table of figure expressions (tests/data/figure_expressions.toml), and what is wrong with an answer to a row.

Used by the tests, by the page (tools/figures_page.py) and by the comparison with a peer (figures_peer.py).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "tests" / "data" / "figure_expressions.toml"
_CLOSE = 0.005
"""Values that differ by less than this part are the same, as in the scorer of the gold sets."""

_HALF = 0.5
_SMALL = frozenset(
    {"the", "a", "an", "of", "on", "in", "for", "and", "to", "with", "by", "at", "from", "between", "its"}
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A figure that a row must give; None for a field that the row leaves open, "" for one that is unknown."""

    value: float
    unit: str
    approximate: bool
    measure: str | None
    parties: tuple[str, ...] | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; `xfail` says why the reader does not get it, and is empty where it does."""

    name: str
    group: str
    title: str | None
    text: str
    figures: tuple[Expected, ...]
    xfail: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is compared of a figure that was found; `multivector.record.Figure` has these fields too."""

    value: float
    unit: str
    approximate: bool
    measure: str
    parties: tuple[str, ...]
    period: str | None


def load(path: Path = TABLE) -> tuple[str, list[Row]]:
    """The day of publication of all rows, and the rows in the order of the file."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return table["published"], list(_rows(table["group"]))


def _rows(groups: list[dict[str, Any]]) -> Iterator[Row]:
    for group in groups:
        for number, row in enumerate(group["row"], 1):
            yield Row(
                f"{group['id']}-{number:02}",
                group["name"],
                row.get("title"),
                row["text"],
                tuple(_expected(figure) for figure in row["figures"]),
                row.get("xfail", ""),
            )


def _expected(figure: dict[str, Any]) -> Expected:
    parties = figure.get("parties")
    return Expected(
        float(figure["value"]),
        figure["unit"],
        figure.get("approximate", False),
        figure.get("measure"),
        None if parties is None else tuple(sorted(parties.split())),
        figure.get("period"),
    )


def same_amount(a: float, b: float) -> bool:
    """Whether two values differ by no more than rounding."""
    return abs(a - b) <= _CLOSE * max(abs(a), abs(b))


def same_measure(a: str, b: str) -> bool:
    """Whether two measures share at least half of their words (Dice coefficient of word sets, plurals aside)."""
    first, second = _words(a), _words(b)
    return 2 * len(first & second) >= _HALF * (len(first) + len(second))


def _words(phrase: str) -> set[str]:
    words = re.findall(r"\w+", phrase.lower())
    return {_singular(word) for word in words if word not in _SMALL}


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def faults(row: Row, figures: Iterable[Any], *, fields: bool = True) -> list[str]:
    """What is wrong with the figures (of `multivector.record.Figure`) that were found in a row, one line each.

    With `fields` false only values and units are compared. Order does not matter.
    """
    left, wrong = list(figures), list[str]()
    for expected in row.figures:
        fitting = [f for f in left if f.unit == expected.unit and same_amount(f.value, expected.value)]
        if not fitting:
            wrong.append(f"not found: {expected.value:.15g} {expected.unit}")
            continue
        best = min(fitting, key=lambda found: len(_differences(expected, found)))
        left.remove(best)
        wrong += _differences(expected, best) if fields else []
    return wrong + [f"too many: {found.value:.15g} {found.unit}" for found in left]


def _differences(expected: Expected, found: Any) -> list[str]:
    wrong: list[str] = []
    if found.approximate != expected.approximate:
        wrong.append(f"approximate: {found.approximate}")
    if expected.measure is not None and not same_measure(found.measure, expected.measure):
        wrong.append(f"measure: {found.measure!r}, not {expected.measure!r}")
    if expected.parties is not None and tuple(found.parties) != expected.parties:
        wrong.append(f"parties: {' '.join(found.parties)}, not {' '.join(expected.parties)}")
    if expected.period is not None and (found.period or "") != expected.period:
        wrong.append(f"period: {found.period}, not {expected.period or None}")
    return wrong
