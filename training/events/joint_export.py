"""The judge of pairs as ONNX: what it reads of each word as the end of the tagger's model, and the rest by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper

from training.attribution.export import MS
from training.events.joint import HEADS
from training.mentions.states import layers
from training.parts import Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.events.joint import Joint


def write(model: Joint, used: Sequence[int], weights: Path, traces: Path, joint: Path) -> None:
    """Write `traces`, which follows `weights/reader.onnx` in one message of Protocol Buffers, and `joint`."""
    values = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    names = layers(onnx.load(weights / "reader.onnx"))
    first = values["inp.weight"] / values["deviation"]
    shift = values["inp.bias"] - first @ values["mean"]
    part = Part("t")
    # The start mark of the window, row 0, is no word.
    words = part.add("Slice", "first", part.constant(np.array([1])), part.constant(np.array([2**31])))
    x = part.add("Concat", *(part.add("Gather", names[number], words) for number in used), axis=1)
    scale = np.abs(first).max(1) / 127
    whole = part.constant(np.round(first / scale[:, None]).astype(np.int8).T)
    zero = part.constant(np.zeros(len(scale), dtype=np.int8))
    given = (x, whole, part.constant(scale.astype(np.float32)), zero, part.constant(shift.astype(np.float32)))
    part.add("DynamicQuantizeMatMul", *given, output="traces", domain=MS)
    part.write(traces, "traces", "named", len(scale))
    onnx.save(_joint(model, values), joint)


def _joint(model: Joint, values: dict[str, np.ndarray]) -> onnx.ModelProto:
    part = Part("j")
    add, constant, half = part.add, part.constant, part.half
    size, heads = model.shape.size, model.shape.heads

    def linear(x: str, name: str) -> str:
        return add("Add", add("MatMul", x, half(values[f"{name}.weight"].T)), constant(values[f"{name}.bias"]))

    def norm(x: str, name: str) -> str:
        scale, shift = constant(values[f"{name}.weight"]), constant(values[f"{name}.bias"])
        return add("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-5)

    def reshape(x: str, *shape: int) -> str:
        return add("Reshape", x, constant(np.array(shape)))

    # Only the pairs' roles differ: states [words, size] and roles [pairs, words] give [pairs, words, size].
    length = add("Shape", "roles", start=1)
    x = add("Add", "traces", add("Gather", constant(values["roles.weight"]), "roles"))
    for i in range(model.shape.layers):
        at = f"layers.{i}"
        whole = linear(norm(x, f"{at}.norm1"), f"{at}.qkv")
        shape = add("Concat", constant(np.array([-1])), length, constant(np.array([3, heads, size // heads])), axis=0)
        split = add("Transpose", add("Reshape", whole, shape), perm=[2, 0, 3, 1, 4])
        query, key, value = (add("Gather", split, constant(np.array(n)), axis=0) for n in range(3))
        raw = add("MatMul", query, add("Transpose", key, perm=[0, 1, 3, 2]))
        scaled = add("Mul", raw, constant(np.array((size // heads) ** -0.5, dtype=np.float32)))
        mixed = add("Transpose", add("MatMul", add("Softmax", scaled, axis=-1), value), perm=[0, 2, 1, 3])
        back = add("Concat", constant(np.array([-1])), length, constant(np.array([size])), axis=0)
        x = add("Add", x, linear(add("Reshape", mixed, back), f"{at}.out"))
        inner = linear(norm(x, f"{at}.norm2"), f"{at}.up")
        erf = add("Erf", add("Mul", inner, constant(np.array(2**-0.5, dtype=np.float32))))
        one, part_of = constant(np.array(1, dtype=np.float32)), constant(np.array(0.5, dtype=np.float32))
        inner = add("Mul", add("Mul", inner, part_of), add("Add", erf, one))
        x = add("Add", x, linear(inner, f"{at}.down"))
    x = norm(x, "norm")
    means = reshape(add("MatMul", "shares", x), -1, 3 * size)
    most = add("ReduceMax", x, axes=[1], keepdims=0)
    pooled = add("MatMul", add("Concat", means, most, axis=1), half(values["scores.weight"].T))
    add("Add", pooled, constant(values["scores.bias"]), output="scores")
    inputs = [
        helper.make_tensor_value_info("traces", TensorProto.FLOAT, ["words", size]),
        helper.make_tensor_value_info("roles", TensorProto.INT64, ["pairs", "words"]),
        helper.make_tensor_value_info("shares", TensorProto.FLOAT, ["pairs", 3, "words"]),
    ]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["pairs", sum(HEADS.values())])]
    body = helper.make_graph(part.nodes, "pairs", inputs, outputs, part.constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
