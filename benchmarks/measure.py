"""Measure how fast a large table is measured, bootstrap included, beside plain Python loops in the same run.

    python benchmarks/measure.py [--states N] [--years N] [--rounds N] [--events N] [--documents N] [--peer N]

A made-up record: for each of the states and years, events with one to three partners among the other states, each
reported by one to three documents. For each state and year the weights over partners, the effective numbers of partners
and of vectors (order 2, partners of twenty blocs), and the 95 % interval of both by a bootstrap over documents. The
loops do the same sums in plain Python for one state and year, --peer rounds of them; both must give the same numbers.
One process and one thread. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import dataclass

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy starts

import numpy as np
from numpy.typing import NDArray

from multivector.measure import _bootstrap as bootstrap

BLOCS = 20


@dataclass(frozen=True)
class Year:
    """What the record has of one state in one year: the documents of each event, and its weight for each partner."""

    reports: list[list[int]]
    contributions: NDArray[np.float64]


def year(random: np.random.Generator, states: int, events: int, documents: int) -> Year:
    """A made-up year. Some partners are far more frequent than others, as in life."""
    often = random.dirichlet(np.full(states, 0.3))
    contributions = np.zeros((events, states))
    for row in contributions:
        partners = random.choice(states, random.integers(1, 4), replace=True, p=often)
        row[np.unique(partners)] = 1 / len(np.unique(partners))
    reports = [np.unique(random.integers(0, documents, random.integers(1, 4))).tolist() for _ in range(events)]
    return Year(reports, contributions)


def fast(made: Year, documents: int, rounds: int, likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Both measures in each round: `2` by `rounds`. Partners without an event take no part, as in the room itself."""
    there = np.flatnonzero(made.contributions.any(axis=0))
    present = bootstrap.told(bootstrap.drawn(documents, rounds), made.reports)
    weights = bootstrap.resampled(present, made.contributions[:, there])
    return np.stack([bootstrap.orders_2(weights), bootstrap.orders_2(weights, likeness[np.ix_(there, there)])])


def slow(
    made: Year, documents: int, rounds: int, likeness: NDArray[np.float64], peer: int
) -> list[tuple[float, float]]:
    """The same for the first `peer` rounds, by loops over lists."""
    draws = bootstrap.drawn(documents, rounds)[:, :peer].tolist()
    contributions, z = made.contributions.tolist(), likeness.tolist()
    partners = range(len(z))
    found: list[tuple[float, float]] = []
    for at in range(peer):
        weights = [0.0] * len(z)
        for reports, row in zip(made.reports, contributions, strict=True):
            if any(draws[document][at] for document in reports):
                for partner in partners:
                    weights[partner] += row[partner]
        total = sum(weights)
        plain = sum(weight * weight for weight in weights)
        alike = sum(weights[one] * z[one][other] * weights[other] for one in partners for other in partners)
        found.append((total * total / plain, total * total / alike))
    return found


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--states", type=int, default=200)
    parser.add_argument("--years", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=bootstrap.ROUNDS)
    parser.add_argument("--events", type=int, default=100, help="of one state in one year")
    parser.add_argument("--documents", type=int, default=100, help="on one state in one year")
    parser.add_argument("--peer", type=int, default=10, help="rounds of the loops")
    given = parser.parse_args()
    random = np.random.default_rng(1)
    table = [year(random, given.states, given.events, given.documents) for _ in range(given.states * given.years)]
    bloc = np.arange(given.states) % BLOCS
    likeness = (bloc[:, None] == bloc[None, :]).astype(np.float64)

    begin = time.perf_counter()
    weights = np.stack([each.contributions.sum(axis=0) for each in table])
    values = np.stack([bootstrap.orders_2(weights), bootstrap.orders_2(weights, likeness)])
    alone = time.perf_counter() - begin
    intervals: list[tuple[float, float]] = []
    for at, each in enumerate(table):
        for value, rounds in zip(values[:, at], fast(each, given.documents, given.rounds, likeness), strict=True):
            if (found := bootstrap.bounds(rounds, float(value), 1.0)) is not None:
                intervals.append((found.low, found.high))
    whole = time.perf_counter() - begin

    begin = time.perf_counter()
    loops = slow(table[0], given.documents, given.rounds, likeness, given.peer)
    peer = (time.perf_counter() - begin) / given.peer
    np.testing.assert_allclose(fast(table[0], given.documents, given.rounds, likeness)[:, : given.peer].T, loops, 1e-4)

    cells = len(table) * given.states
    report = {
        "cells of the table": cells,
        "cells with an event": int(np.count_nonzero(weights)),
        "rounds": given.rounds,
        "events": len(table) * given.events,
        "intervals": len(intervals),
        "measures alone: seconds": round(alone, 2),
        "with bootstrap: seconds": round(whole, 1),
        "with bootstrap: cells and rounds a second": round(cells * given.rounds / whole),
        "loops: seconds for one state, year and round": round(peer, 5),
        "loops: the whole would take, hours": round(peer * len(table) * given.rounds / 3600, 1),
        "ratio to loops": round(peer * len(table) * given.rounds / whole),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
