"""The second look: `python -m training.attribution.second CORPUS/train --weights DIR`.

A head on the states of the shipped encoder, which stays as it is: from the states of a word's upper layers and of the
two words on either side it works out what to add to the scores of the word's tags. The states are computed once: of the
texts as they are and of copies that `augment.py` changed. It writes `second.onnx`, which the reader joins to
`reader.onnx`, and puts its transitions into `reader.json`; `tune.py` chooses the decoder's settings after it.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn
from torch.nn import functional

from multivector.reading._tagger.decode import FORBIDDEN
from multivector.reading._tagger.labels import TAGS
from multivector.reading._tagger.reader import _session
from multivector.reading._tagger.words import Pieces
from training.attribution import corpus
from training.attribution.config import load
from training.attribution.examples import Example, examples
from training.attribution.model import Crf
from training.attribution.train import augmented
from training.mentions.states import layers
from training.parts import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LAYERS = (2, 3, 4, 5)  # of the encoder's six, counted from 0
SIZE, HIDDEN, WIDTH = 384, 64, 5
COPIES = (11, 12)  # seeds of the changed copies of the corpus
BATCH, RATE, DECAY, DROP = 16, 1e-3, 0.01, 0.3
SMALL = 0.02  # weight of the squares of what is added
SMOOTH = 0.4  # share of the steps, at the end, whose weights are averaged


class Second(nn.Module):
    """What to add to the scores of the tags."""

    def __init__(self, mean: torch.Tensor, deviation: torch.Tensor) -> None:
        super().__init__()
        self.mean, self.deviation = mean, deviation
        self.inp = nn.Linear(len(mean), HIDDEN)
        self.ctx = nn.Conv1d(HIDDEN, HIDDEN, WIDTH, padding=WIDTH // 2)
        self.out = nn.Linear(HIDDEN, len(TAGS))
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.drop = nn.Dropout(DROP)

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """States [batch, words, size] to what is added [batch, words, tags]."""
        own = functional.relu(self.inp(self.drop((states - self.mean) / self.deviation)))
        beside = functional.relu(self.ctx(own.transpose(1, 2))).transpose(1, 2)
        return self.out(self.drop(own + beside))


class Windows:
    """States, scores and tags of windows, the states in a file: they are larger than the memory of small machines."""

    def __init__(self, weights: Path, windows: Sequence[Example], path: Path) -> None:
        model = onnx.load(weights / "reader.onnx")
        names = layers(model)
        for number in LAYERS:
            model.graph.node.append(helper.make_node("Gather", [names[number], "first"], [f"states{number}"]))
            model.graph.output.append(helper.make_tensor_value_info(f"states{number}", TensorProto.FLOAT, None))
        session = _session(model.SerializeToString(), 1)
        wanted = ["tags", *(f"states{number}" for number in LAYERS)]
        scores: list[np.ndarray] = []
        with path.open("wb") as file:
            for window in windows:
                inputs = {"pieces": window.pieces, "features": window.features, "first": window.first}
                tags, *states = session.run(wanted, {k: np.array(v, dtype=np.int64) for k, v in inputs.items()})
                scores.append(tags[1:])
                np.concatenate(states, 1)[1:].astype(np.float16).tofile(file)
        self.starts = np.concatenate([[0], np.cumsum([len(own) for own in scores])])
        self.scores = np.concatenate(scores)
        self.tags = np.concatenate([np.array(window.tags[1:], dtype=np.int64) for window in windows])
        self._states = np.memmap(path, np.float16, "r", shape=(len(self.tags), len(LAYERS) * SIZE))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def scale(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and deviation of each column of the states."""
        some = torch.from_numpy(self._states[::100].astype(np.float32))
        return some.mean(0), some.std(0) + 1e-3

    def batch(self, numbers: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """States, scores, tags and mask of windows, padded to the longest."""
        ranges = [(self.starts[number], self.starts[number + 1]) for number in numbers]
        longest = max(end - start for start, end in ranges)
        states = torch.zeros(len(ranges), longest, len(LAYERS) * SIZE)
        scores = torch.zeros(len(ranges), longest, len(TAGS))
        tags = torch.zeros(len(ranges), longest, dtype=torch.long)
        mask = torch.zeros(len(ranges), longest, dtype=torch.bool)
        for row, (start, end) in enumerate(ranges):
            size = end - start
            states[row, :size] = torch.from_numpy(self._states[start:end].astype(np.float32))
            scores[row, :size] = torch.from_numpy(self.scores[start:end])
            tags[row, :size] = torch.from_numpy(self.tags[start:end])
            mask[row, :size] = True
        return states, scores, tags, mask


def read(folder: Path, pieces: Pieces) -> Iterator[Example]:
    """The windows of the texts as they are and of the changed copies."""
    config = load(Path(__file__).with_name("config.toml"))
    documents = list(corpus.read(folder, every_annotator=True))
    for document in documents:
        yield from examples(document, pieces, config.reading.budget)
    for seed in COPIES:
        yield from augmented(config, documents, pieces, seed=seed, share=slice(0, None, 1))


def train(windows: Windows, crf: Crf) -> Second:
    """The head; the transitions of `crf` are trained along."""
    chance = random.Random(1)
    head = Second(*windows.scale())
    both = nn.ModuleList([head, crf])
    best = torch.optim.AdamW(both.parameters(), lr=RATE, weight_decay=DECAY)
    order = [number for number in range(len(windows)) if windows.starts[number + 1] - windows.starts[number] > 3]
    chance.shuffle(order)
    steps = len(order) // BATCH
    mean: dict[str, torch.Tensor] = {}
    opening = torch.tensor([FORBIDDEN if tag and tag % 2 == 0 else 0.0 for tag in range(len(TAGS))])
    for step in range(steps):
        for group in best.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 50) * (1 - step / steps)
        states, scores, tags, mask = windows.batch(order[step * BATCH : (step + 1) * BATCH])
        added = head(states)
        emissions = scores + added
        emissions[:, 0] += opening
        rows, places = torch.arange(len(tags))[:, None], torch.arange(tags.shape[1])
        gold = (emissions[rows, places, tags] * mask).sum(1) + crf.start[tags[:, 0]]
        gold = gold + (crf.transitions[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        loss = (crf.partition(emissions, mask) - gold).sum() / mask.sum() + SMALL * added.square().mean()
        best.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(both.parameters(), 1.0)
        best.step()
        if step >= (1 - SMOOTH) * steps:
            share = 1 / (step - int(np.ceil((1 - SMOOTH) * steps)) + 1)
            for name, value in both.state_dict().items():
                kept = mean.setdefault(name, value.clone())
                kept += share * (value - kept)
        if step % 100 == 0:
            print(f"step {step} of {steps}: {loss.item():.4f}", flush=True)
    both.load_state_dict(mean)
    return head.eval()


def write(head: Second, weights: Path) -> None:
    """Write the part of a model that follows `reader.onnx` in one message of Protocol Buffers.

    The scaling of the states is folded into the first weights. Weights are kept in half precision: products of int8
    cost .002 of the scores and save a hundredth of the time.
    """
    names = layers(onnx.load(weights / "reader.onnx"))
    own = {name: value.detach().numpy() for name, value in head.state_dict().items()}
    first = own["inp.weight"] / head.deviation.numpy()
    shift = own["inp.bias"] - first @ head.mean.numpy()
    part = Part("s")
    add, constant, half = part.add, part.constant, part.half
    # The start mark of the window, row 0, is no word.
    begin, end, axis = constant(np.array([1])), constant(np.array([2**31])), constant(np.array([0]))
    words = add("Slice", "first", begin, end)
    x = add("Concat", *(add("Gather", names[number], words) for number in LAYERS), axis=1)
    alone = add("Relu", add("Add", add("MatMul", x, half(first.T)), constant(shift.astype(np.float32))))
    beside = add("Unsqueeze", add("Transpose", alone, perm=[1, 0]), axis)
    sides = [WIDTH // 2, WIDTH // 2]
    beside = add("Conv", beside, half(own["ctx.weight"]), half(own["ctx.bias"]), pads=sides, kernel_shape=[WIDTH])
    beside = add("Transpose", add("Squeeze", add("Relu", beside), axis), perm=[1, 0])
    added = add("MatMul", add("Add", alone, beside), half(own["out.weight"].T))
    added = add("Add", added, half(own["out.bias"]))
    add("Add", added, add("Slice", "tags", begin, end, axis), output="second")
    part.write(weights / "second.onnx", "second", "seconded", len(TAGS))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("compartment", type=Path, help="folder with text/*.txt and attributions/*.ann")
    parser.add_argument("--weights", type=Path, required=True, help="folder of reader.onnx, which `export.py` wrote")
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    settings = json.loads((args.weights / "reader.json").read_text(encoding="utf-8"))
    crf = Crf.of(settings)
    pieces = Pieces.read(args.weights / "vocab.txt")
    with tempfile.TemporaryDirectory() as folder:
        head = train(Windows(args.weights, list(read(args.compartment, pieces)), Path(folder) / "states"), crf)
    write(head, args.weights)
    settings["transitions"] = np.round(crf.transitions.detach().numpy(), 4).tolist()
    settings["start"] = np.round(crf.start.detach().numpy(), 4).tolist()
    (args.weights / "reader.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
