"""All measures of weights over partners at once, for one row of weights or for many (the rounds of a bootstrap)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from multivector.measure._diversity import Array, hhi, hhi_normalised, hill, shares
from multivector.measure._similarity import Known
from multivector.measure._types import Lead

NUMBERS = (
    *("hill-0", "hill-1", "hill-2", "hhi", "hhi-normalised"),
    *("largest-share", "ahead", "second-growth", "others-growth", "vectors-1", "vectors-2"),
)
"""The measures that depend on weights alone, by the names of `FORMULAS`."""

EFFECTIVE = frozenset({"hill-0", "hill-1", "hill-2", "vectors-1", "vectors-2"})
"""Those that are effective numbers: not below 1, and lower in a smaller sample."""


def numbers(weights: Array, known: Known | None = None) -> dict[str, Array]:
    """Every measure by name, partners along the last axis; NaN where one has no value.

    `known` has the likeness of the partners; without it they are all different.
    """
    w = np.asarray(weights, dtype=np.float64)
    p = shares(w)
    ordered = np.sort(w, axis=-1)[..., ::-1]
    first = ordered[..., 0] if w.shape[-1] else np.full(w.shape[:-1], np.nan)
    second = ordered[..., 1] if w.shape[-1] > 1 else np.zeros(w.shape[:-1])
    total = w.sum(axis=-1)
    found = {
        "hill-0": hill(p, 0),
        "hill-1": hill(p, 1),
        "hill-2": hill(p, 2),
        "hhi": hhi(p),
        "hhi-normalised": hhi_normalised(p),
        "largest-share": _over(first, total),
        "ahead": _over(first - second, total),
        "second-growth": _over(first, second) - 1,
        "others-growth": _over(first, total - first),
    }
    for order in (1, 2):
        found[f"vectors-{order}"] = known.diversity(w, order) if known is not None else found[f"hill-{order}"]
    return found


def lead(values: Mapping[str, float]) -> Lead | None:
    """The largest partner and what stands against it; None without partners."""
    order = sorted(((code, value) for code, value in values.items() if value > 0), key=lambda each: (-each[1], each[0]))
    if not order:
        return None
    total = sum(value for _, value in order)
    code, first = order[0]
    second, next_ = order[1] if len(order) > 1 else (None, 0.0)
    return Lead(
        code,
        first / total,
        second,
        (first - next_) / total,
        first / next_ - 1 if next_ else None,
        first / (total - first) if total > first else None,
    )


def _over(one: Array, other: Array) -> Array:
    one, other = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    # What is left beside one partner with all the weight is a rounding error, not a partner.
    fit = other > 1e-12 * np.abs(one)
    return np.divide(one, other, out=np.full(one.shape, np.nan), where=fit & np.isfinite(one))
