"""The bootstrap over documents: how far a result hangs on which documents happened to be read.

B. Efron (1979), Bootstrap methods: another look at the jackknife, Annals of Statistics 7(1): 1-26. In each round
as many documents are drawn, with replacement, as there are; what at least one of them reports counts, and counts once.

A round holds fewer events than the record, so that its diversity is lower on the average. As usual for effective
numbers, the interval is therefore moved so that its mean is the estimate (E. Marcon et al. 2012, The decomposition of
Shannon's entropy and a confidence interval for beta diversity, Oikos 121(4): 516-522). Shares need no such shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.measure._diversity import Array
from multivector.measure._types import Interval

Weights = NDArray[np.floating[Any]]

ROUNDS = 1000
SEED = 20260101
LEVEL = 0.95
_AT_ONCE = 2_000_000
"""Cells of one block of rounds: it stays in the processor's cache, and memory stays small."""


@lru_cache(maxsize=8)
def drawn(documents: int, rounds: int = ROUNDS, seed: int = SEED) -> NDArray[np.bool_]:
    """For each document and round whether it was drawn: `documents` by `rounds`. The same seed draws the same."""
    random = np.random.default_rng(seed)
    made = np.zeros((rounds, documents), dtype=np.bool_)
    if documents:
        made[np.arange(rounds)[:, None], random.integers(0, documents, (rounds, documents))] = True
    made = np.ascontiguousarray(made.T)
    made.flags.writeable = False  # it is remembered
    return made


def told(draws: NDArray[np.bool_], reports: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    """For each happening and round whether a drawn document reports it; `reports` has each one's documents by place."""
    if not reports:
        return np.zeros((0, draws.shape[1]), dtype=np.bool_)
    starts = np.cumsum([0, *(len(each) for each in reports[:-1])])
    flat = np.fromiter((place for each in reports for place in each), dtype=np.intp)
    return np.logical_or.reduceat(draws[flat], starts, axis=0)


def resampled(present: NDArray[np.bool_], contributions: Array) -> Weights:
    """Weights over partners in each round, `rounds` by partners: `present` (of `told`) times `contributions`."""
    return present.T.astype(np.float32) @ contributions.astype(np.float32)


def orders_2(weights: Weights, similarity: Array | None = None) -> Array:
    """Diversity of order 2 of many rows of weights at once, in one pass: `(sum w)^2 / w Z w`; NaN for rows of zeros.

    Blocks of rows are small enough for the processor's cache. `similarity` None is the identity.
    """
    flat = weights.reshape(-1, weights.shape[-1])
    made = np.empty(len(flat), dtype=np.float64)
    step = max(1, _AT_ONCE // max(1, flat.shape[-1]))
    z = None if similarity is None else similarity.astype(flat.dtype)
    for first in range(0, len(flat), step):
        block = flat[first : first + step]
        total = block.sum(axis=-1, dtype=np.float64)
        concentration = np.einsum("ij,ij->i", block, block if z is None else block @ z)
        made[first : first + step] = np.divide(
            np.square(total), concentration, out=np.full(len(block), np.nan), where=concentration > 0
        )
    return made.reshape(weights.shape[:-1])


def bounds(rounds: Array, estimate: float | None = None, least: float | None = None) -> Interval | None:
    """The central 95 % of the rounds; moved to the `estimate` when there is one, and cut off at `least`."""
    rounds = rounds[~np.isnan(rounds)]
    if not len(rounds):
        return None
    low, high = (float(each) for each in np.quantile(rounds, ((1 - LEVEL) / 2, (1 + LEVEL) / 2)))
    if estimate is not None:
        shift = estimate - float(rounds.mean())
        low, high = low + shift, high + shift
    if least is not None:
        low, high = max(low, least), max(high, least)
    return Interval(
        low, high, f"{100 * LEVEL:.0f} % of {len(rounds):,} rounds of a bootstrap over documents, seed {SEED}"
    )
