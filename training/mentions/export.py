"""The head for mentions as the end of an ONNX model, which its reader joins to the tagger's graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx

from training.mentions.states import layers
from training.parts import Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def write(
    head: Mapping[str, np.ndarray],
    mean: np.ndarray,
    deviation: np.ndarray,
    used: Sequence[int],
    weights: Path,
    out: Path,
) -> None:
    """Write the part of a model that follows `weights/reader.onnx` in one message of Protocol Buffers.

    The first weights, into which the scaling of the input is folded, are int8 with a scale a column as in the tagger,
    the others in half precision.
    """
    names = layers(onnx.load(weights / "reader.onnx"))
    first = head["inp.weight"] / deviation
    shift = head["inp.bias"] - first @ mean
    part = Part("m")
    add, constant, half = part.add, part.constant, part.half
    # The start mark of the window, row 0, is no word.
    words = add("Slice", "first", constant(np.array([1])), constant(np.array([2**31])))
    x = add("Concat", *(add("Gather", names[number], words) for number in used), axis=1)
    scale = np.abs(first).max(1) / 127
    whole = constant(np.round(first / scale[:, None]).astype(np.int8).T)
    zero = constant(np.zeros(len(scale), dtype=np.int8))
    product = (x, whole, constant(scale.astype(np.float32)), zero, constant(shift.astype(np.float32)))
    own = add("Relu", add("DynamicQuantizeMatMul", *product, domain="com.microsoft"))
    beside = add("Unsqueeze", add("Transpose", own, perm=[1, 0]), constant(np.array([0])))
    beside = add("Conv", beside, half(head["ctx.weight"]), half(head["ctx.bias"]), pads=[1, 1], kernel_shape=[3])
    beside = add("Transpose", add("Squeeze", add("Relu", beside), constant(np.array([0]))), perm=[1, 0])
    scores = add("MatMul", add("Add", own, beside), half(head["out.weight"].T))
    add("Add", scores, half(head["out.bias"]), output="mentions")
    part.write(out, "mentions", "named", len(head["out.bias"]))
