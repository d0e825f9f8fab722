"""How likely an item is to be right: a small logistic model for each kind, over the grounds on which it was found.

The grounds of an item (see `_grounds`) are named numbers that are 0 in the plainest case: an item without any has the
probability that the base of its kind gives. The weights stand in `confidence.json`, made by
`benchmarks/calibration.py`; `docs/confidence.md` says on what, and how well they hold.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Protocol

from multivector.record import Kind

DIGITS = 2
"""Decimals of a confidence: what is finer than that is not known, and would differ between processors."""
_LEAST, _MOST = 0.01, 0.99
"""Nothing is certain."""

Grounds = Mapping[str, float]
"""What speaks for or against an item, by name; what is left out is 0."""


class Judge(Protocol):
    """Turns the grounds of an item of a kind into a probability in [0, 1] that the item is right."""

    def __call__(self, kind: Kind, grounds: Grounds) -> float: ...


@dataclass(frozen=True, slots=True)
class Logistic:
    """The log odds of an item without grounds, and what each ground adds."""

    base: float
    weights: Mapping[str, float]

    def probability(self, grounds: Grounds) -> float:
        """The probability, a number in (0, 1); grounds that the model does not know count nothing."""
        odds = self.base + sum(self.weights.get(name, 0.0) * value for name, value in grounds.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


@dataclass(frozen=True, slots=True)
class Models:
    """A judge with one model for each kind."""

    by_kind: Mapping[Kind, Logistic]

    def __call__(self, kind: Kind, grounds: Grounds) -> float:
        """The probability, rounded."""
        return round(max(_LEAST, min(_MOST, self.by_kind[kind].probability(grounds))), DIGITS)


@cache
def shipped() -> Models:
    """The models of the package."""
    text = resources.files("multivector.reading").joinpath("confidence.json").read_text(encoding="utf-8")
    kinds: dict[str, Any] = json.loads(text)["kinds"]
    return Models({Kind(name): Logistic(each["base"], each["weights"]) for name, each in kinds.items()})
