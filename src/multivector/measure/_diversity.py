"""Shares, concentration and diversity of weights over partners. Pure mathematics on NumPy arrays.

Partners lie along the last axis; any axes before it (states, periods, rounds of a bootstrap) are taken all at once.
Weights are finite and not negative. Where all weights are zero there are no shares: the result is NaN.

Sources:

- M. O. Hill (1973), Diversity and evenness: a unifying notation and its consequences, Ecology 54(2): 427-432.
- L. Jost (2006), Entropy and diversity, Oikos 113(2): 363-375: effective numbers, the replication principle.
- O. C. Herfindahl (1950), A. O. Hirschman (1945; 1964, The paternity of an index, AER 54(5): 761-762): the HHI.
- T. Leinster and C. A. Cobbold (2012), Measuring diversity: the importance of species similarity, Ecology 93(3):
  477-489, doi:10.1890/10-2402.1: diversity that is sensitive to similarity.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def shares(weights: ArrayLike) -> Array:
    """Each weight over the sum of all: `p_i = w_i / sum_j w_j`. Raises ValueError for a weight below zero or no number.

    >>> shares([3, 1]).tolist()
    [0.75, 0.25]
    """
    w = np.asarray(weights, dtype=np.float64)
    if not np.isfinite(w).all() or (w < 0).any():
        raise ValueError("weights must be finite and not negative")
    total = w.sum(axis=-1, keepdims=True)
    return np.divide(w, total, out=np.full_like(w, np.nan), where=total > 0)


def hill(p: ArrayLike, order: float) -> Array:
    """The Hill number of `order` q: `(sum_i p_i^q)^(1/(1-q))`, the number of equal partners that are as diverse.

    Order 0 counts partners, order 1 is the exponential of Shannon's entropy, order 2 one over the HHI, order infinity
    one over the largest share (Hill 1973). Between 1 and the number of partners; it does not rise with the order.

    >>> round(float(hill([0.5, 0.25, 0.25], 2)), 4)
    2.6667
    """
    p = np.asarray(p, dtype=np.float64)
    if order == 0:
        return _known(p, np.count_nonzero(p > 0, axis=-1).astype(np.float64))
    return _mean(p, p, order)


def similar(p: ArrayLike, similarity: ArrayLike, order: float) -> Array:
    """The similarity-sensitive diversity of `order` q of Leinster and Cobbold (2012), their equation 1.

    `(sum_i p_i (Zp)_i^(q-1))^(1/(1-q))` over the partners with `p_i > 0`, and `prod_i (Zp)_i^(-p_i)` for q = 1.
    `similarity` is Z: for each pair of partners a number from 0 (nothing in common) to 1 (the same), 1 on the
    diagonal, last two axes. `(Zp)_i` is how ordinary partner i is. With Z the identity this is the Hill number;
    partners that are wholly alike count as one. Between 1 and the Hill number of the same order.

    Raises ValueError for a Z that is not of this form.

    >>> z = [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    >>> round(float(similar([0.25, 0.25, 0.5], z, 1)), 9)
    2.0
    """
    p = np.asarray(p, dtype=np.float64)
    z = np.asarray(similarity, dtype=np.float64)
    n = p.shape[-1]
    if z.shape[-2:] != (n, n):
        raise ValueError(f"similarities of {n} partners must be {n} by {n}, not {z.shape[-2:]}")
    if not ((z >= 0) & (z <= 1)).all() or not (np.diagonal(z, axis1=-2, axis2=-1) == 1).all():
        raise ValueError("similarities must lie between 0 and 1, and be 1 of a partner with itself")
    return _mean(p, np.einsum("...ij,...j->...i", z, p), order)


def hhi(p: ArrayLike) -> Array:
    """The Herfindahl-Hirschman index `sum_i p_i^2`: between 1/n and 1, on shares that sum to 1 (times 10,000 in law).

    >>> round(float(hhi([0.3, 0.3, 0.2, 0.2])), 4)
    0.26
    """
    return np.square(np.asarray(p, dtype=np.float64)).sum(axis=-1)


def hhi_normalised(p: ArrayLike) -> Array:
    """The HHI from 0 (all `n` partners equal) to 1 (one has all): `(H - 1/n) / (1 - 1/n)`; NaN for one partner alone.

    `n` counts the partners with a share above zero.
    """
    p = np.asarray(p, dtype=np.float64)
    n = hill(p, 0)
    many = n > 1
    least = np.divide(1.0, n, out=np.full_like(n, np.nan), where=many)
    return np.divide(hhi(p) - least, 1 - least, out=np.full_like(n, np.nan), where=many)


def _mean(p: Array, ordinariness: Array, order: float) -> Array:
    """One over the power mean of order `order - 1` of `ordinariness`, weighted by `p`; partners with no share are out.

    Near order 1 it is written with `expm1` and `log1p`, so that it goes over into its limit there without a step;
    elsewhere the largest term is taken out first, so that high orders do not underflow.
    """
    if not order >= 0:
        raise ValueError(f"the order of diversity is a number from 0 up, not {order!r}")
    there = p > 0
    log = np.log(np.where(there, ordinariness, 1.0))
    if math.isinf(order):
        return _known(p, np.exp(-np.max(np.where(there, log, -np.inf), axis=-1)))
    entropy = -(p * log).sum(axis=-1)
    step = 1 - order
    if abs(step) < 1e-6:  # the next term of the series is smaller than a float can tell
        return _known(p, np.exp(entropy))
    power = -step * log
    if abs(step) < 0.01:
        return _known(p, np.exp(np.log1p((p * np.expm1(power)).sum(axis=-1)) / step))
    most = np.max(np.where(there, power, -np.inf), axis=-1, initial=-np.inf, keepdims=True)
    most = np.where(np.isfinite(most), most, 0.0)
    inner = (p * np.exp(np.where(there, power - most, 0.0))).sum(axis=-1)
    return _known(p, np.exp((np.log(inner) + most[..., 0]) / step))


def _known(p: Array, value: Array) -> Array:
    return np.where(np.isnan(p).any(axis=-1), np.nan, value)
