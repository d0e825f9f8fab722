"""Weights to ONNX, as `training/attribution/export.py` does it: one sentence at a time, products and tables in int8."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper

from training.attribution.export import MS, Graph
from training.events.network import HEADS, POOLS

if TYPE_CHECKING:
    from training.events.network import Classifier


def build(model: Classifier, *, int8: bool = True) -> onnx.ModelProto:
    """The network as an ONNX model of one sentence: pieces, features, pools -> scores of all questions."""
    shape = model.shape
    weights = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    graph = Graph(int8=int8)
    add, constant = graph.add, graph.constant
    zero = constant(np.array([0], dtype=np.int64))
    places = constant(weights["encoder.positions.weight"][:256])
    positions = add("Slice", places, zero, add("Shape", "pieces"), zero)
    words = graph.table(weights["encoder.words.weight"], "pieces")
    features = add("Gather", constant(weights["encoder.features.weight"]), "features")

    def norm(x: str, name: str) -> str:
        scale, shift = weights[f"{name}.weight"], weights[f"{name}.bias"]
        return add("LayerNormalization", x, constant(scale), constant(shift), axis=-1, epsilon=shape.epsilon)

    x = norm(add("Add", add("Add", words, positions), features), "encoder.norm")
    size = shape.hidden
    for i in range(shape.layers):
        at = f"encoder.layers.{i}"
        qkv = graph.linear(x, weights[f"{at}.qkv.weight"], weights[f"{at}.qkv.bias"])
        parts = add("Split", graph.reshape(qkv, 1, -1, 3 * size), constant(np.array([size] * 3)), outputs=3, axis=2)
        mixed = add("MultiHeadAttention", parts, f"{parts}_1", f"{parts}_2", domain=MS, num_heads=shape.heads)
        out = graph.linear(graph.reshape(mixed, -1, size), weights[f"{at}.out.weight"], weights[f"{at}.out.bias"])
        x = norm(add("Add", out, x), f"{at}.norm1")
        inner = graph.linear(x, weights[f"{at}.up.weight"], None)
        inner = add("FastGelu", inner, constant(weights[f"{at}.up.bias"]), domain=MS)
        down = graph.linear(inner, weights[f"{at}.down.weight"], weights[f"{at}.down.bias"])
        x = norm(add("Add", down, x), f"{at}.norm2")
    pooled = graph.reshape(add("MatMul", "pools", x), 1, -1)
    scores = add("MatMul", pooled, constant(weights["heads.weight"].T))
    add("Add", scores, constant(weights["heads.bias"]), output="scores")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["length"]) for name in ("pieces", "features")]
    inputs.append(helper.make_tensor_value_info("pools", TensorProto.FLOAT, [POOLS, "length"]))
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, sum(HEADS.values())])]
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)]
    body = helper.make_graph(graph.nodes, "events", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=opsets, ir_version=9)
