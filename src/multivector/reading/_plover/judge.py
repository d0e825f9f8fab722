"""The judge of pairs: what joins two actors of a sentence, from what the tagger's network says of its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from multivector.reading._plover.labels import DIRECTIONS, MODALITIES, PLV, TIES, TYPES
from multivector.reading._plover.reader import Judgement, distributions, session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

ROLES = 3  # outside of both, the first, the second
# the network's answers, in the order of its outputs
_EVENT = {"types": TYPES, "direction": DIRECTIONS, "modality": MODALITIES, "plv": PLV}
QUESTIONS = {**_EVENT, **TIES}


@dataclass(frozen=True, slots=True)
class Seen:
    """What joins two sides, as far as one sentence tells.

    `ties` has for each type of tie the probabilities in [0, 1] of its answers, which sum to 1: `none`, and `both` or
    `forward` (of the first side to the second) and `back`.
    """

    event: Judgement
    ties: dict[str, dict[str, float]]


def roles(starts: Sequence[int], sides: Mapping[int, Sequence[tuple[int, int]]]) -> list[int]:
    """The role of each word, by where it begins and where the first (1) and the second (2) side stand."""
    return [next((role for role, spans in sides.items() if any(a <= at < b for a, b in spans)), 0) for at in starts]


class Judge:
    """Judges the pairs of one sentence together; no other sentence has a part in it."""

    def __init__(self, network: Any) -> None:
        self._network = network

    @classmethod
    def load(cls, model: Path) -> Judge:
        """The judge with the weights of an ONNX file."""
        return cls(session(model))

    def judge(self, traces: NDArray[np.float32], roles: NDArray[np.int64]) -> list[Seen]:
        """What is likely of each pair.

        `traces` [words, size] are what the tagger says of the words of the sentence, `roles` [pairs, words] 1 for the
        words of the first side, 2 for those of the second, 0 for all others.
        """
        parts = np.stack([np.ones_like(roles), roles == 1, roles == 2], 1).astype(np.float32)
        shares = parts / np.maximum(parts.sum(2, keepdims=True), 1)
        scores = self._network.run(None, {"traces": traces, "roles": roles, "shares": shares})[0]
        found = (distributions(QUESTIONS, row.astype(np.float64)) for row in scores)
        return [Seen(Judgement(**{name: each.pop(name) for name in _EVENT}), each) for each in found]


@cache
def shipped() -> Judge:
    """The judge with the weights of the package, loaded when it is first asked."""
    reading = resources.files("multivector.reading")
    with resources.as_file(reading.joinpath("_plover/weights/joint.onnx")) as model:
        return Judge.load(model)
