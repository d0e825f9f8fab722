"""The formulas that measures name, each with a version that goes up whenever a result would change."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = 1
"""Of the room as a whole: how weights are made of rows and items, and all formulas below."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A measure's name, its formula with its version, and where it comes from."""

    name: str
    text: str
    version: int
    source: str


_HILL = "Hill 1973, Ecology 54(2); Jost 2006, Oikos 113(2)"
_LEINSTER = "Leinster and Cobbold 2012, Ecology 93(3), doi:10.1890/10-2402.1"
_OURS = "plain arithmetic, defined in docs/measures.md"

FORMULAS: dict[str, Formula] = {
    each.name: each
    for each in (
        Formula("total", "T = total printed by the source, else sum_i w_i + unallocated", 1, _OURS),
        Formula("hill-0", "D0 = number of partners with w_i > 0", 1, _HILL),
        Formula("hill-1", "D1 = exp(-sum_i p_i ln p_i)", 1, _HILL),
        Formula("hill-2", "D2 = 1 / sum_i p_i^2", 1, _HILL),
        Formula("hhi", "H = sum_i p_i^2", 1, "Hirschman 1945; Herfindahl 1950"),
        Formula("hhi-normalised", "H* = (H - 1/n) / (1 - 1/n), n = D0", 1, "Hirschman 1945; Herfindahl 1950"),
        Formula("vectors-1", "D1Z = prod_i (Zp)_i^(-p_i)", 1, _LEINSTER),
        Formula("vectors-2", "D2Z = 1 / sum_i p_i (Zp)_i", 1, _LEINSTER),
        Formula("largest-share", "p_1, the largest p_i", 1, _OURS),
        Formula("ahead", "p_1 - p_2", 1, _OURS),
        Formula("second-growth", "w_1 / w_2 - 1", 1, _OURS),
        Formula("others-growth", "w_1 / (sum_i w_i - w_1)", 1, _OURS),
    )
}
