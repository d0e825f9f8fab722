"""Leave out what matters least: `python -m training.attribution.smaller FROM CONFIG --corpus DIR --out CHECKPOINT`.

FROM is a checkpoint of the student or a folder that `export.py` wrote. Of every layer so many attention heads and inner
units are kept as `[smaller]` of the configuration says: those whose output changes the loss most, by the first-order
estimate of Michel, Levy and Neubig (2019, "Are Sixteen Heads Really Better than One?") and Molchanov et al. (2017,
"Pruning Convolutional Neural Networks for Resource Efficient Inference"), on windows of the corpus. What is left is
trained further by `train.py polish`.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from multivector.reading._tagger.words import Pieces
from training.attribution import corpus
from training.attribution.config import load
from training.attribution.encoders import minilm_files, shape_of
from training.attribution.examples import collate
from training.attribution.model import Reader
from training.attribution.train import augmented, losses

if TYPE_CHECKING:
    from training.attribution.examples import Example

WINDOWS, BATCH = 1200, 10  # that importance is measured on


def restored(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a network that `export.py` wrote, under the names of `model.Reader`, as rounded there."""
    graph = onnx.load(folder / "reader.onnx").graph
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found: dict[str, np.ndarray] = {}
    gathered = [
        constants[node.input[0]] for node in graph.node if node.op_type == "Gather" and node.input[0] in constants
    ]
    words, scale, features = gathered[:3]
    found["words.weight"], found["features.weight"] = words * scale, features
    found["positions.weight"] = next(constants[node.input[0]] for node in graph.node if node.op_type == "Slice")
    products = [node for node in graph.node if node.op_type == "DynamicQuantizeMatMul"]
    norms = [node for node in graph.node if node.op_type == "LayerNormalization"]
    shifts = [constants[node.input[1]] for node in graph.node if node.op_type == "FastGelu"]
    found |= {
        f"norm.{kind}": constants[name] for kind, name in zip(("weight", "bias"), norms[0].input[1:], strict=True)
    }
    for number, shift in enumerate(shifts):
        for part, node in zip(("qkv", "out", "up", "down"), products[4 * number :], strict=False):
            found[f"layers.{number}.{part}.weight"] = (constants[node.input[1]] * constants[node.input[2]]).T
            found[f"layers.{number}.{part}.bias"] = constants[node.input[4]] if len(node.input) > 4 else shift
        for part, node in zip(("norm1", "norm2"), norms[1 + 2 * number :], strict=False):
            found[f"layers.{number}.{part}.weight"], found[f"layers.{number}.{part}.bias"] = (
                constants[name] for name in node.input[1:]
            )
    found = {f"encoder.{name}": value for name, value in found.items()}
    links = products[-1]
    found["links.weight"] = (constants[links.input[1]] * constants[links.input[2]]).T
    found["links.bias"] = constants[links.input[4]]
    tags = next(node for node in graph.node if node.op_type == "MatMul")
    found["tags.weight"] = constants[tags.input[1]].T
    found["tags.bias"] = next(constants[node.input[1]] for node in graph.node if "tags" in node.output)
    settings = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    found["crf.transitions"], found["crf.start"] = np.array(settings["transitions"]), np.array(settings["start"])
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in found.items()}


def importance(
    model: Reader, windows: list[Example], link_weight: float
) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """How much the loss would change, by first order, without each head and each inner unit of each layer."""
    kept: dict[tuple[int, str], torch.Tensor] = {}

    def keep(number: int, part: str) -> None:
        def hook(_: object, inputs: tuple[torch.Tensor, ...]) -> None:
            inputs[0].retain_grad()
            kept[number, part] = inputs[0]

        getattr(model.encoder.layers[number], part).register_forward_pre_hook(hook)

    for number in range(model.shape.layers):
        keep(number, "out")
        keep(number, "down")
    heads = [torch.zeros(model.shape.heads) for _ in range(model.shape.layers)]
    inner = [torch.zeros(model.shape.inner) for _ in range(model.shape.layers)]
    for at in range(0, len(windows), BATCH):
        tagging, linking = losses(model, collate(windows[at : at + BATCH]))[:2]
        (tagging + link_weight * linking).backward()
        for (number, part), value in kept.items():
            assert value.grad is not None
            change = (value.float() * value.grad.float()).detach()  # [windows, pieces, size]
            if part == "out":
                heads[number] += change.sum(1).view(len(change), model.shape.heads, -1).sum(2).abs().sum(0)
            else:
                inner[number] += change.sum(1).abs().sum(0)
        model.zero_grad()
    return heads, inner


def without(
    state: dict[str, torch.Tensor], heads: list[torch.Tensor], inner: list[torch.Tensor], size: int
) -> dict[str, torch.Tensor]:
    """The weights of the heads (of so many columns each) and inner units that are kept in each layer."""
    result = dict(state)
    for number, (some, units) in enumerate(zip(heads, inner, strict=True)):
        at = f"encoder.layers.{number}."
        columns = (some[:, None] * size + torch.arange(size)).flatten()
        whole = state[f"{at}out.weight"].shape[1]
        rows = torch.cat([columns + part * whole for part in range(3)])
        for name, index in (("qkv", rows), ("up", units)):
            result[f"{at}{name}.weight"] = state[f"{at}{name}.weight"][index]
            result[f"{at}{name}.bias"] = state[f"{at}{name}.bias"][index]
        result[f"{at}out.weight"] = state[f"{at}out.weight"][:, columns]
        result[f"{at}down.weight"] = state[f"{at}down.weight"][:, units]
    return {name: value.clone() for name, value in result.items()}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("start", type=Path)
    parser.add_argument("config", type=Path)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with train/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    config = load(args.config)
    start: Path = args.start
    state = restored(start) if start.is_dir() else torch.load(start, weights_only=True)["model"]
    model = Reader(shape_of(state))
    model.load_state_dict(state)
    pieces = Pieces.read(minilm_files() / "vocab.txt")
    documents = list(corpus.read(args.corpus / "train", every_annotator=False))
    windows = augmented(config, documents, pieces, seed=3, share=slice(0, None, 1))
    random.Random(1).shuffle(windows)
    heads, inner = importance(model, windows[:WINDOWS], config.student.link_weight)
    small = replace(model.shape, heads=config.smaller.heads, inner=config.smaller.inner)
    best = [
        [each.topk(count).indices.sort().values for each in found]
        for found, count in ((heads, small.heads), (inner, small.inner))
    ]
    for number, (some, units) in enumerate(zip(heads, inner, strict=True)):
        shares = [float(own[kept[number]].sum() / own.sum()) for own, kept in ((some, best[0]), (units, best[1]))]
        print(f"layer {number}: kept {shares[0]:.3f} of what heads and {shares[1]:.3f} of what inner units change")
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": without(state, *best, small.head)}, args.out)


if __name__ == "__main__":
    main()
