"""Amounts, places and periods as a reporter writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from multivector.knowledge import Knowledge

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PLACES = {
    1: "first",
    2: "second",
    3: "third",
    4: "fourth",
    5: "fifth",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
    10: "tenth",
}


def amount(value: float, unit: str) -> str:
    """A quantity with three figures: `27.1 billion USD`, `34.2 percent`, `2.41 times`."""
    if unit == "percent":
        return f"{value:.1f} percent"
    if unit == "TIV":
        return f"{value / 1e6:,.0f} million TIV" if abs(value) >= 1e6 else f"{value:,.0f} TIV"
    for size, word in _SCALES:
        if abs(value) >= size:
            return f"{_three(value / size)} {word} {unit}"
    return f"{_three(value)} {unit}"


def between(low: float | None, high: float | None, unit: str) -> str:
    """A range: one amount where both ends look alike; `at least` or `at most` where one is open."""
    if low is None or high is None:
        if low is None and high is None:
            return "an unknown amount"
        return f"at least {amount(low, unit)}" if low is not None else f"at most {amount(high or 0.0, unit)}"
    one, other = amount(low, unit), amount(high, unit)
    return one if one == other else f"{one} to {other}"


def place(rank: int) -> str:
    """A rank in words: `second`, `12th`."""
    if rank in _PLACES:
        return _PLACES[rank]
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def span_name(period: tuple[dt.date, dt.date]) -> str:
    """A period in words: `2025`, `January to September 2025`, `2015 to 2024`."""
    first, last = period
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    whole_months = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
    if whole_months and first.year == last.year:
        if first.month == last.month:
            return f"{_MONTHS[first.month - 1]} {first.year}"
        return f"{_MONTHS[first.month - 1]} to {_MONTHS[last.month - 1]} {first.year}"
    if whole_months:
        return f"{_MONTHS[first.month - 1]} {first.year} to {_MONTHS[last.month - 1]} {last.year}"
    return f"{first.isoformat()} to {last.isoformat()}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


class Names:
    """English names of actors."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Take the names from the registry."""
        self._knowledge = knowledge

    def __call__(self, code: str) -> str:
        """The name of an actor, its code where the registry has none."""
        if code == "WLD":
            return "the world"
        entry = self._knowledge.actor(code)
        return entry.name if entry else code

    def group(self, codes: Sequence[str]) -> str:
        """Several names in one phrase; many of them as a number."""
        return listed([self(code) for code in codes]) if len(codes) <= 6 else f"{len(codes)} states"


def _three(value: float) -> str:
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"
