"""Weights to ONNX: `python -m training.attribution.export CHECKPOINT --out DIR`.

The graph is written node by node: query, key and value in one product, fused normalisation and activation, weights
of products as int8 with one scale a column (activations are quantised window by window, so a window's result does
not depend on others), embeddings as int8 with one scale a row.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.attribution.config import load
from training.attribution.encoders import minilm_files
from training.attribution.model import Reader

MS = "com.microsoft"


class Graph:
    """Collects the nodes and constants of a graph."""

    def __init__(self, *, int8: bool, bits: int = 8) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._int8 = int8
        self._top = 2 ** (bits - 1) - 1
        self._number = 0

    def constant(self, value: np.ndarray) -> str:
        """The name of a new constant."""
        self._number += 1
        name = f"c{self._number}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def add(
        self, op: str, *inputs: str, domain: str = "", output: str = "", outputs: int = 1, **attributes: object
    ) -> str:
        """Add a node; the name of its first output."""
        self._number += 1
        names = [output or f"n{self._number}"] + [f"n{self._number}_{i}" for i in range(1, outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, domain=domain, **attributes))
        return names[0]

    def table(self, rows: np.ndarray, index: str) -> str:
        """Rows of an embedding table."""
        if not self._int8:
            return self.add("Gather", self.constant(rows), index)
        scale = np.maximum(np.abs(rows).max(1, keepdims=True), 1e-8) / 127
        whole = self.constant(np.round(rows / scale).astype(np.int8))
        taken = self.add("Cast", self.add("Gather", whole, index), to=TensorProto.FLOAT)
        return self.add("Mul", taken, self.add("Gather", self.constant(scale.astype(np.float32)), index))

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray | None) -> str:
        """`x` times the transpose of `weight`, plus `bias`."""
        columns = weight.T
        if not self._int8:
            product = self.add("MatMul", x, self.constant(columns))
            return product if bias is None else self.add("Add", product, self.constant(bias))
        scale = np.maximum(np.abs(columns).max(0), 1e-8) / self._top
        whole = np.clip(np.round(columns / scale), -self._top, self._top).astype(np.int8)
        zero = np.zeros(len(scale), dtype=np.int8)
        inputs = [x, self.constant(whole), self.constant(scale.astype(np.float32)), self.constant(zero)]
        if bias is not None:
            inputs.append(self.constant(bias))
        return self.add("DynamicQuantizeMatMul", *inputs, domain=MS)

    def reshape(self, x: str, *shape: int) -> str:
        """`x` in another shape."""
        return self.add("Reshape", x, self.constant(np.array(shape, dtype=np.int64)))


def build(model: Reader, *, int8: bool, fused_attention: bool = True, bits: int = 8) -> onnx.ModelProto:
    """The network as an ONNX model of one window: pieces, features, first -> tags, links."""
    shape = model.shape
    weights = {name: value.detach().numpy().astype(np.float32) for name, value in model.state_dict().items()}
    graph = Graph(int8=int8, bits=bits)
    add, constant = graph.add, graph.constant
    length = add("Shape", "pieces")
    positions = add(
        "Slice",
        constant(weights["encoder.positions.weight"][:512]),
        constant(np.array([0], dtype=np.int64)),
        length,
        constant(np.array([0], dtype=np.int64)),
    )
    words = graph.table(weights["encoder.words.weight"], "pieces")
    features = add("Gather", constant(weights["encoder.features.weight"]), "features")

    def norm(x: str, scale: np.ndarray, shift: np.ndarray) -> str:
        return add("LayerNormalization", x, constant(scale), constant(shift), axis=-1, epsilon=shape.epsilon)

    x = add("Add", add("Add", words, positions), features)
    x = norm(x, weights["encoder.norm.weight"], weights["encoder.norm.bias"])
    heads, head = shape.heads, shape.head
    size = heads * head
    for i in range(shape.layers):

        def own(name: str, layer: int = i) -> np.ndarray:
            return weights[f"encoder.layers.{layer}.{name}"]

        qkv = graph.linear(x, own("qkv.weight"), own("qkv.bias"))
        if fused_attention:
            parts = add("Split", graph.reshape(qkv, 1, -1, 3 * size), constant(np.array([size] * 3)), outputs=3, axis=2)
            attended = add("MultiHeadAttention", parts, f"{parts}_1", f"{parts}_2", domain=MS, num_heads=heads)
            mixed = graph.reshape(attended, -1, size)
        else:
            split = add("Transpose", graph.reshape(qkv, -1, 3, heads, head), perm=[1, 2, 0, 3])
            query, key, value = (
                add("Gather", split, constant(np.array(part, dtype=np.int64)), axis=0) for part in range(3)
            )
            raw = add("MatMul", query, add("Transpose", key, perm=[0, 2, 1]))
            scaled = add("Mul", raw, constant(np.array((head) ** -0.5, dtype=np.float32)))
            mixed = add("MatMul", add("Softmax", scaled, axis=-1), value)
            mixed = graph.reshape(add("Transpose", mixed, perm=[1, 0, 2]), -1, size)
        out = graph.linear(mixed, own("out.weight"), own("out.bias"))
        x = norm(add("Add", out, x), own("norm1.weight"), own("norm1.bias"))
        inner = graph.linear(x, own("up.weight"), None)
        inner = add("FastGelu", inner, constant(own("up.bias")), domain=MS)
        down = graph.linear(inner, own("down.weight"), own("down.bias"))
        x = norm(add("Add", down, x), own("norm2.weight"), own("norm2.bias"))
    chosen = add("Gather", x, "first")
    tags = add("MatMul", chosen, constant(weights["tags.weight"].T))
    add("Add", tags, constant(weights["tags.bias"]), output="tags")
    add("Identity", graph.linear(chosen, weights["links.weight"], weights["links.bias"]), output="links")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [axis])
        for name, axis in (("pieces", "length"), ("features", "length"), ("first", "words"))
    ]
    outputs = [
        helper.make_tensor_value_info("tags", TensorProto.FLOAT, ["words", weights["tags.weight"].shape[0]]),
        helper.make_tensor_value_info("links", TensorProto.FLOAT, ["words", weights["links.weight"].shape[0]]),
    ]
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)]
    body = helper.make_graph(graph.nodes, "attribution", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=opsets, ir_version=9)


def write(model: Reader, out: Path, budget: int, lead: int, *, bits: int = 8, fp32: bool = False) -> None:
    """`reader.onnx`, `reader.json` and `vocab.txt`."""
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(model, int8=True, bits=bits), out / "reader.onnx")
    if fp32:
        onnx.save(build(model, int8=False), out / "reader-fp32.onnx")
    settings = {
        "budget": budget,
        "lead": lead,
        "link": model.shape.link,
        "transitions": np.round(model.crf.transitions.detach().numpy(), 4).tolist(),
        "start": np.round(model.crf.start.detach().numpy(), 4).tolist(),
        "bias": [0.0] * model.tags.out_features,
    }
    (out / "reader.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    shutil.copy(minilm_files() / "vocab.txt", out / "vocab.txt")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path, nargs="+", help="several are averaged")
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bits", type=int, default=8)
    parser.add_argument("--fp32", action="store_true", help="write the unquantised model too")
    args = parser.parse_args()
    config = load(args.config)
    models = [Reader.read(path) for path in args.checkpoint]
    states, model = [each.state_dict() for each in models], models[0]
    model.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    write(model.eval(), args.out, config.reading.budget, config.reading.lead, bits=args.bits, fp32=args.fp32)


if __name__ == "__main__":
    main()
