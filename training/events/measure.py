"""Scores of predicted probabilities against PLV's labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from multivector.reading._plover.labels import PLV, QUAD

if TYPE_CHECKING:
    from collections.abc import Sequence

OF_QUAD = np.array([[float(QUAD[root] == quad) for quad in (1, 2, 3, 4)] for root in PLV])


def macro(gold: Sequence[object], found: Sequence[object]) -> float:
    """The mean of the labels' F1."""
    return float(np.mean(list(each(gold, found).values())))


def each(gold: Sequence[object], found: Sequence[object]) -> dict[object, float]:
    """F1 of each label that the gold has."""
    scores: dict[object, float] = {}
    for label in sorted(set(gold), key=str):
        right = sum(g == label == f for g, f in zip(gold, found, strict=True))
        total = sum(g == label for g in gold) + sum(f == label for f in found)
        scores[label] = 2 * right / total if total else 0.0
    return scores


def scores(chances: np.ndarray, roots: Sequence[str], quads: Sequence[int]) -> dict[str, float]:
    """Root, quad and binary macro-F1 and accuracy of the roots; `chances` [sentences, roots of PLV]."""
    found = [PLV[number] for number in chances.argmax(1)]
    by_quad = chances @ OF_QUAD
    quad = [int(number) + 1 for number in by_quad.argmax(1)]
    binary = [int(number) for number in (by_quad @ np.array([[1, 0], [1, 0], [0, 1], [0, 1]])).argmax(1)]
    return {
        "root": macro(roots, found),
        "quad": macro(quads, quad),
        "binary": macro([int(value > 2) for value in quads], binary),
        "accuracy": float(np.mean([a == b for a, b in zip(roots, found, strict=True)])),
    }
