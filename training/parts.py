"""Parts of ONNX models: the nodes of a head that its reader joins to a graph which is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from pathlib import Path

    from onnx import NodeProto


class Part:
    """Collects nodes and constants whose names begin with a letter of their own."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, value: np.ndarray) -> str:
        """The name of a new constant."""
        name = f"{self.letter}c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def half(self, value: np.ndarray) -> str:
        """A constant that is stored in half precision."""
        return self.add("Cast", self.constant(value.astype(np.float16)), to=TensorProto.FLOAT)

    def add(self, op: str, *inputs: str, output: str = "", **attributes: object) -> str:
        """Add a node; the name of its output."""
        name = output or f"{self.letter}{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], **attributes))
        return name

    def write(self, path: Path, output: str, rows: str, width: int) -> None:
        """Write what follows another model in one message of Protocol Buffers, with its output [rows, width]."""
        part = onnx.ModelProto()
        part.graph.node.extend(self.nodes)
        part.graph.initializer.extend(self.constants)
        part.graph.output.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, [rows, width]))
        path.write_bytes(part.SerializePartialToString())
