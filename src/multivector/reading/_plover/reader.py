"""The classifier: marked sentences in, probabilities of PLOVER's types, of direction and of modality out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from typing import TYPE_CHECKING, Any

import numpy as np

from multivector.reading._plover.labels import DIRECTIONS, MODALITIES, NONE, PLV, QUAD, TYPES
from multivector.reading._plover.pieces import POOLS, encode
from multivector.reading._tagger.words import Pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# the network's answers, in the order of its outputs
QUESTIONS = {"plv": PLV, "types": TYPES, "direction": DIRECTIONS, "modality": MODALITIES}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities in [0, 1] for the pair that is marked in a sentence; those of one kind sum to 1.

    `types` are PLOVER's and `NONE`, `plv` the roots of the older manual that the set PLV is coded to (which has no
    none: they suppose that there is an event), `direction` and `modality` suppose an event too.
    """

    types: dict[str, float]
    plv: dict[str, float]
    direction: dict[str, float]
    modality: dict[str, float]

    @property
    def type(self) -> str:
        """The likeliest of PLOVER's types, or `NONE`."""
        return max(self.types, key=lambda name: self.types[name])

    @property
    def deed(self) -> str:
        """The likeliest of PLOVER's types, however likely none is."""
        return max((name for name in self.types if name != NONE), key=lambda name: self.types[name])

    @property
    def chance(self) -> float:
        """How likely it is that an event joins the two, of whatever type."""
        return 1 - self.types[NONE]

    @property
    def root(self) -> str:
        """The likeliest root of PLV."""
        return max(self.plv, key=lambda name: self.plv[name])

    @property
    def quad(self) -> int:
        """The likeliest in sum: 1 verbal or 2 material cooperation, 3 verbal or 4 material conflict."""
        return max((1, 2, 3, 4), key=lambda quad: self._sum((quad,)))

    @property
    def binary(self) -> str:
        """`cooperation` or `conflict`: the likelier in sum."""
        return "cooperation" if self._sum((1, 2)) >= self._sum((3, 4)) else "conflict"

    def _sum(self, quads: tuple[int, ...]) -> float:
        return sum(chance for root, chance in self.plv.items() if QUAD[root] in quads)


def mean(first: Judgement, second: Judgement, share: float = 0.5) -> Judgement:
    """What two say together: the means of their probabilities, `share` being the weight of the second."""

    def of(name: str) -> dict[str, float]:
        one, other = getattr(first, name), getattr(second, name)
        return {answer: one[answer] + share * (other[answer] - one[answer]) for answer in one}

    return Judgement(**{name: of(name) for name in QUESTIONS})


class Classifier:
    """Reads marked sentences one at a time, so that none depends on those that are asked about with it."""

    def __init__(self, session: Any, pieces: Pieces) -> None:
        self._session = session
        self._pieces = pieces

    @classmethod
    def load(cls, model: Path, vocabulary: Path) -> Classifier:
        """The classifier with the weights of an ONNX file and the word pieces of a vocabulary file."""
        return cls(session(model), Pieces.read(vocabulary))

    def classify(self, texts: Iterable[str]) -> list[Judgement]:
        """What is likely of each marked sentence, in order.

        A sentence holds one actor between `<s>` and `</s>` and another between `<t>` and `</t>`; either may be named
        several times. A side that no mark names (PLV has such rows) is read as unknown.
        """
        return [self._judge(text) for text in texts]

    def _judge(self, text: str) -> Judgement:
        read = encode(text, self._pieces)
        roles = np.array(read.roles)
        pools = np.zeros((POOLS, len(roles)), dtype=np.float32)
        pools[0], pools[1], pools[2] = 1, roles == 1, roles == 2  # all pieces, each actor's, the mark of the start
        pools[3, 0] = 1
        inputs = {
            "pieces": np.array(read.pieces, dtype=np.int64),
            "features": np.array(read.features, dtype=np.int64),
            "pools": pools / np.maximum(pools.sum(1, keepdims=True), 1),
        }
        scores = self._session.run(None, inputs)[0].reshape(-1).astype(np.float64)
        return Judgement(**distributions(QUESTIONS, scores))


def distributions(questions: Mapping[str, Sequence[str]], scores: NDArray[np.float64]) -> dict[str, dict[str, float]]:
    """The probabilities of the answers to each question, from the scores of all in one row."""
    found: dict[str, dict[str, float]] = {}
    at = 0
    for question, answers in questions.items():
        own = scores[at : at + len(answers)]
        chances = np.exp(own - own.max())
        found[question] = dict(zip(answers, (chances / chances.sum()).tolist(), strict=True))
        at += len(answers)
    return found


@cache
def shipped() -> Classifier:
    """The classifier with the weights of the package, loaded when it is first asked for."""
    reading = resources.files("multivector.reading")
    with (
        resources.as_file(reading.joinpath("_plover/weights/events.onnx")) as model,
        resources.as_file(reading.joinpath("_tagger/weights/vocab.txt")) as vocabulary,
    ):
        return Classifier.load(model, vocabulary)


def session(model: Path) -> Any:
    """ONNX Runtime on the processor with one thread."""
    ort: Any = import_module("onnxruntime")
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The graph is fused as it stands; what else ONNX Runtime would fuse is slower.
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
