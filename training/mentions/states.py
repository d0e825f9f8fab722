"""What the shipped tagger's encoder makes of each word: its frozen states, layer by layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import helper

from multivector.reading._tagger.reader import _session  # pyright: ignore[reportPrivateUsage]
from multivector.reading._tagger.windows import cut, lead
from multivector.reading._tagger.words import Pieces, Word, split

if TYPE_CHECKING:
    from pathlib import Path

    from training.mentions.names import Mention

KINDS = ("person", "organisation", "place", "office")
TAGS = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))


def layers(model: onnx.ModelProto) -> list[str]:
    """The names of the states after each layer of the encoder, the lowest first."""
    norms = [node.output[0] for node in model.graph.node if node.op_type == "LayerNormalization"]
    return norms[2::2]


class Encoder:
    """The encoder of the weights in a folder."""

    def __init__(self, folder: Path) -> None:
        model = onnx.load(folder / "reader.onnx")
        names = layers(model)
        for number, name in enumerate(names):
            model.graph.node.append(helper.make_node("Gather", [name, "first"], [f"states{number}"]))
            model.graph.output.append(helper.make_tensor_value_info(f"states{number}", onnx.TensorProto.FLOAT, None))
        self.count = len(names)
        self._session: Any = _session(model.SerializeToString(), 1)
        self._pieces = Pieces.read(folder / "vocab.txt")

    def windows(self, text: str, budget: int = 180, room: int = 0) -> list[tuple[list[Word], np.ndarray]]:
        """Each window's words and their states [words, layers * size] in half precision."""
        words = split(text)
        pieces = [self._pieces(word.form) for word in words]
        lengths = [len(own) for own in pieces]
        found: list[tuple[list[Word], np.ndarray]] = []
        for start, end in cut(words, lengths, budget):
            begin = lead(lengths, start, room)
            numbers, features, first = [self._pieces.start], [0], [0]
            for word, own in zip(words[begin:end], pieces[begin:end], strict=True):
                first.append(len(numbers))
                numbers.extend(own)
                features.extend([word.feature] * len(own))
            numbers.append(self._pieces.end)
            features.append(0)
            inputs = {"pieces": numbers, "features": features, "first": first}
            wanted = [f"states{number}" for number in range(self.count)]
            states = self._session.run(wanted, {k: np.array(v, dtype=np.int64) for k, v in inputs.items()})
            found.append((words[begin:end], np.concatenate(states, 1)[1:].astype(np.float16)))
        return found


def tags_of(words: list[Word], mentions: list[Mention]) -> np.ndarray:
    """The BIO tag of each word."""
    result = np.zeros(len(words), dtype=np.int64)
    place = 0
    for start, end, kind in mentions:
        while place < len(words) and words[place].end <= start:
            place += 1
        first = True
        at = place
        while at < len(words) and words[at].start < end:
            result[at] = 1 + 2 * KINDS.index(kind) + (not first)
            first = False
            at += 1
    return result
