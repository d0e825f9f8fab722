"""Ask quantulum3 about the table of figure expressions, for comparison.

    python benchmarks/figures_peer.py

Needs `quantulum3` (an environment of its own will do: nothing of multivector is imported). Writes
tests/data/figure_peer.json, from which tools/figures_page.py makes docs/figures.md.

quantulum3 looks for numbers with units alone, so that only these are compared, and in its favour: the sign does not
count, for people and things that are counted the number is enough, and what it finds beside the expected figures (years
among them) is no fault. A row without a figure is right when it finds nothing there.
"""

from __future__ import annotations

import json
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import figure_table

ANSWERS = figure_table.TABLE.with_name("figure_peer.json")

# How quantulum3 calls the units of the record, and how many of the record's unit one of them is.
_UNITS: dict[str, dict[str, float]] = {
    "percent": {"percentage": 1, "percent": 1},
    "km": {"kilometre": 1, "metre": 0.001, "mile": 1.609344},
    "km2": {"square kilometre": 1, "square mile": 2.589988},
    "ha": {"hectare": 1},
    "t": {"tonne": 1, "ton": 1, "metric ton": 1, "short ton": 1, "long ton": 1, "kilogram": 0.001},
    "m3": {"cubic metre": 1, "cubic kilometre": 1e9},
    "m3/s": {"cubic metre per second": 1},
    "kWh": {"kilowatt-hour": 1, "kilowatt hour": 1, "terawatt hour": 1e9, "terawatt-hour": 1e9},
    "MW": {"megawatt": 1, "gigawatt": 1000},
    "barrel": {"barrel": 1, "barrel per day": 1, "oil barrel": 1},
    "cent": {"cent": 1},
}
_MONEY = {
    "USD": "dollar", "EUR": "euro", "GBP": "pound", "RUB": "ruble", "CNY": "yuan", "JPY": "yen", "INR": "rupee",
    "KZT": "tenge", "KGS": "som", "TJS": "somoni", "KRW": "won", "TRY": "lira", "CAD": "dollar", "AUD": "dollar",
    "AZN": "manat", "AED": "dirham", "CHF": "franc", "GEL": "lari", "SEK": "krona", "NOK": "kron", "UZS": "som",
}  # fmt: skip


def agrees(expected: figure_table.Expected, value: float, unit: str) -> bool:
    """Whether an answer of the peer is the expected figure."""
    factors = _UNITS.get(expected.unit)
    if expected.unit in _MONEY:
        if _MONEY[expected.unit] not in unit.lower():
            return False
        factor = 1.0
    elif factors is not None:
        if unit not in factors:
            return False
        factor = factors[unit]
    else:
        factor = 1.0  # people and things: the number will do
    return figure_table.same_amount(abs(value * factor), abs(expected.value))


def is_right(row: figure_table.Row, found: list[tuple[float, str]]) -> bool:
    """Whether the peer's answers hold every figure of a row; for a row without any, whether there are none."""
    if not row.figures:
        return not found
    return all(any(agrees(expected, value, unit) for value, unit in found) for expected in row.figures)


def ask(parser: Any, row: figure_table.Row) -> dict[str, Any]:
    """The peer's answer to a row: what it found, in its words, and whether that is right."""
    try:
        found = [(float(quantity.value), str(quantity.unit.name)) for quantity in parser.parse(row.text)]
    except Exception as error:  # noqa: BLE001  whatever it raises is its answer
        return {"found": [], "error": type(error).__name__, "right": False}
    return {"found": found, "right": is_right(row, found)}


def main() -> None:
    """Run from the command line."""
    parser = import_module("quantulum3.parser")
    rows = figure_table.load()[1]
    answers = {row.text: ask(parser, row) for row in rows}
    kept = {"tool": f"quantulum3 {version('quantulum3')}", "answers": answers}
    Path(ANSWERS).write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(sum(answer["right"] for answer in answers.values()), "of", len(answers))


if __name__ == "__main__":
    main()
