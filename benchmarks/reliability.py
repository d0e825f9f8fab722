"""How well probabilities hold: expected calibration error, Brier score, order, and the table behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BINS = 10
"""The most bins; each holds `FEWEST` items at least, so that a small set has fewer."""
FEWEST = 12
_DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Bin:
    """Items of like confidence: how many, the mean of their confidence, and the share that is right."""

    items: int
    confidence: float
    right: float


def bins(probabilities: Floats, right: Floats) -> list[Bin]:
    """Bins of equal mass: the items in order of confidence, cut into parts that differ by one item at most."""
    order = np.argsort(probabilities, kind="stable")
    number = max(1, min(BINS, len(order) // FEWEST))
    parts = (part for part in np.array_split(order, number) if len(part))
    return [Bin(len(part), float(probabilities[part].mean()), float(right[part].mean())) for part in parts]


def expected_error(probabilities: Floats, right: Floats) -> float:
    """The expected calibration error: the mean gap between confidence and share right, bins weighted by their items.

    Naeini, Cooper and Hauskrecht (2015), Obtaining Well Calibrated Probabilities Using Bayesian Binning; with bins of
    equal mass, as Nguyen and O'Connor (2015), Posterior Calibration and Exploratory Analysis for NLP, advise.
    """
    gaps = [each.items * abs(each.confidence - each.right) for each in bins(probabilities, right)]
    return sum(gaps) / max(1, len(right))


def noise(probabilities: Floats, seed: int = 0) -> tuple[float, float]:
    """The mean and the 95th percentile of the error that perfectly calibrated probabilities show by chance alone."""
    draws = np.random.default_rng(seed).random((_DRAWS, len(probabilities))) < probabilities
    errors = [expected_error(probabilities, draw.astype(np.float64)) for draw in draws]
    return float(np.mean(errors)), float(np.quantile(errors, 0.95))


def brier(probabilities: Floats, right: Floats) -> float:
    """The Brier score: the mean squared gap between probability and outcome (0 is best)."""
    return float(((probabilities - right) ** 2).mean()) if len(right) else 0.0


def order(probabilities: Floats, right: Floats) -> float | None:
    """How often a wrong item has less confidence than a right one, ties half (the area under the ROC curve)."""
    good, bad = probabilities[right == 1], probabilities[right == 0]
    if not len(good) or not len(bad):
        return None
    return float((good[:, None] > bad).mean() + (good[:, None] == bad).mean() / 2)
