"""The judge of pairs: what joins two actors of a sentence, from what the tagger's network says of its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from multivector.reading._plover.labels import DIRECTIONS, MODALITIES, NONE, TYPES
from multivector.reading._plover.reader import distributions, session

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from multivector.reading._plover.reader import Judgement

ROLES = 3  # outside of both, the first, the second
QUESTIONS = {"types": TYPES, "direction": DIRECTIONS, "modality": MODALITIES}


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities in [0, 1] of what joins a pair; those of a question sum to 1.

    `types` are PLOVER's and `NONE`; `direction` and `modality` suppose that there is an event.
    """

    types: dict[str, float]
    direction: dict[str, float]
    modality: dict[str, float]

    @property
    def type(self) -> str:
        """The likeliest of PLOVER's types, however likely none is."""
        return max((name for name in self.types if name != NONE), key=lambda name: self.types[name])

    @property
    def chance(self) -> float:
        """How likely it is that an event joins the two, of whatever type."""
        return 1 - self.types[NONE]


def mean(first: Opinion | Judgement, second: Opinion | Judgement) -> Opinion:
    """What two say together: the means of their probabilities."""

    def of(name: str) -> dict[str, float]:
        one, other = getattr(first, name), getattr(second, name)
        return {answer: (one[answer] + other[answer]) / 2 for answer in one}

    return Opinion(of("types"), of("direction"), of("modality"))


class Judge:
    """Judges the pairs of one sentence together; no other sentence has a part in it."""

    def __init__(self, network: Any) -> None:
        self._network = network

    @classmethod
    def load(cls, model: Path) -> Judge:
        """The judge with the weights of an ONNX file."""
        return cls(session(model))

    def opinions(self, traces: NDArray[np.float32], roles: NDArray[np.int64]) -> list[Opinion]:
        """What is likely of each pair.

        `traces` [words, size] are what the tagger says of the words of the sentence, `roles` [pairs, words] 1 for the
        words of the first side, 2 for those of the second, 0 for all others.
        """
        parts = np.stack([np.ones_like(roles), roles == 1, roles == 2], 1).astype(np.float32)
        shares = parts / np.maximum(parts.sum(2, keepdims=True), 1)
        scores = self._network.run(None, {"traces": traces, "roles": roles, "shares": shares})[0]
        return [Opinion(**distributions(QUESTIONS, row.astype(np.float64))) for row in scores]


@cache
def shipped() -> Judge:
    """The judge with the weights of the package, loaded when it is first asked."""
    reading = resources.files("multivector.reading")
    with resources.as_file(reading.joinpath("_plover/weights/joint.onnx")) as model:
        return Judge.load(model)
