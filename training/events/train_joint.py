"""The judge of pairs: `python -m training.events.train_joint CONFIG --plv FILE [--out DIR]`.

The encoder is that of the tagger's shipped weights and stays as it is: its states are computed once. Trained on PLV's
training part, our own sentences and the pairs of our own documents. Writes `traces.onnx`, which follows the tagger's
`reader.onnx`, and `joint.onnx`.
"""

from __future__ import annotations

import argparse
import math
import random
import time
import tomllib
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from multivector import Reader
from multivector.reading._plover.judge import roles
from multivector.reading._plover.labels import DIRECTIONS, MODALITIES, NO_TIE, PLV, TIES, TYPES
from multivector.reading._plover.marked import unmarked
from training.events import documents, ties
from training.events.data import Example, plv, turned
from training.events.fit import order
from training.events.joint import Joint, Shape, batch
from training.events.joint_export import write
from training.events.own import own
from training.mentions.states import Encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from multivector.reading._pairs import Pair
    from multivector.reading._tagger.words import Word
    from multivector.record import Document

WEIGHTS = Path(__file__).parents[2] / "src" / "multivector" / "reading"
STATES = 384  # of one layer
IGNORED = -100


@dataclass(frozen=True)
class Recipe:
    """How the judge is trained; `layers` are those of the encoder that it reads."""

    layers: tuple[int, ...]
    size: int
    deep: int
    heads: int
    passes: int
    batch: int
    learning_rate: float
    weight_decay: float
    dropout: float
    smoothing: float
    turn: float
    other: float
    ties: float
    seed: int


@dataclass(frozen=True)
class Row:
    """A sentence: the states of its words, the role of each, and what is known of the pair."""

    states: Tensor
    roles: Tensor
    example: Example


def recipe(path: Path) -> Recipe:
    """The section `joint` of the configuration."""
    with path.open("rb") as file:
        values = tomllib.load(file)["joint"]
    return Recipe(**{**values, "layers": tuple(values["layers"])})


def sentence_rows(examples: Sequence[Example], encoder: Encoder, columns: NDArray[np.int64]) -> Iterator[Row]:
    """Marked sentences; each is read by itself."""
    for example in examples:
        plain, sides = unmarked(example.text)
        words, states = _read(plain, encoder, columns)
        yield Row(states, torch.tensor(roles([word.start for word in words], sides)), example)


def document_rows(reader: Reader, encoder: Encoder, columns: NDArray[np.int64]) -> Iterator[Row]:
    """The pairs of our own documents; a sentence is read among those around it, as in the reader's windows."""
    for path in sorted(documents.FOLDER.glob("*.toml")):
        document, told = documents.load(path)
        pairs = documents.pairs_of(document, reader)
        yield from _rows(document, pairs, partial(documents.example, told=told), encoder, columns)
    for document, held in ties.load():
        pairs = documents.pairs_of(document, reader, among=True)
        yield from _rows(document, pairs, partial(ties.example, held=held), encoder, columns)


def _rows(
    document: Document,
    pairs: Iterable[Pair],
    known: Callable[..., Example],
    encoder: Encoder,
    columns: NDArray[np.int64],
) -> Iterator[Row]:
    words, states = _read(document.text, encoder, columns)
    starts = [word.start for word in words]
    for pair in pairs:
        first, last = (bisect_left(starts, offset) for offset in pair.sentence)
        sides = {1: pair.first, 2: pair.second}
        example = known(pair, text=document.text)
        yield Row(states[first:last], torch.tensor(roles(starts[first:last], sides)), example)


def _read(text: str, encoder: Encoder, columns: NDArray[np.int64]) -> tuple[list[Word], Tensor]:
    windows = encoder.windows(text)
    words = [word for own, _ in windows for word in own]
    return words, torch.from_numpy(np.concatenate([states for _, states in windows])[:, columns])


def loss(scores: dict[str, Tensor], examples: Sequence[Example], how: Recipe) -> Tensor:
    """The sum of the questions' losses; of several types that a pair may have, one is to be likely."""
    allowed = torch.zeros(len(examples), len(TYPES))
    for row, example in enumerate(examples):
        for kind in example.types:
            allowed[row, TYPES.index(kind)] = 1
    logs = scores["types"].log_softmax(1)
    inside = (logs + (1 - allowed) * -1e4).logsumexp(1)
    known = (allowed.sum(1) > 0).float()
    total = ((-(1 - how.smoothing) * inside - how.smoothing * logs.mean(1)) * known).mean()
    questions = [
        (name, answers, weight, [getattr(example, name) for example in examples])
        for name, answers, weight in (
            ("direction", DIRECTIONS, how.other),
            ("modality", MODALITIES, how.other),
            ("plv", PLV, 1.0),
        )
    ]
    for name, answers in TIES.items():
        known_ties = [None if each.ties is None else each.ties.get(name, NO_TIE) for each in examples]
        questions.append((name, answers, how.ties, known_ties))
    for name, answers, weight, given in questions:
        right = torch.tensor([answers.index(each) if each else IGNORED for each in given])
        if (share := (right >= 0).float().mean()) > 0:
            total = total + weight * share * torch.nn.functional.cross_entropy(
                scores[name], right, ignore_index=IGNORED, label_smoothing=how.smoothing
            )
    return total


def train(given: Sequence[Row], how: Recipe, seed: int) -> Joint:
    """The network, trained on rows."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = Joint(Shape(given[0].states.shape[1], how.size, how.deep, how.heads, how.dropout))
    some = torch.cat([row.states.float() for row in given[::7]])
    model.mean.copy_(some.mean(0))
    model.deviation.copy_(some.std(0) + 1e-3)
    optimiser = torch.optim.AdamW(model.parameters(), lr=how.learning_rate, weight_decay=how.weight_decay)
    steps = how.passes * math.ceil(len(given) / how.batch) + how.passes
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, how.learning_rate, total_steps=steps, pct_start=0.1)
    lengths = [len(row.roles) for row in given]
    began = time.monotonic()
    model.train()
    for number in range(how.passes):
        total = 0.0
        for chosen in order(lengths, how.batch, chance):
            picked = [_turned(given[i]) if chance.random() < how.turn else given[i] for i in chosen]
            value = loss(model(batch([(row.states, row.roles) for row in picked])), [r.example for r in picked], how)
            optimiser.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            plan.step()
            total += value.item() * len(chosen)
        print(f"pass {number}: loss {total / len(given):.3f} {time.monotonic() - began:.0f} s", flush=True)
    return model.eval()


def _turned(row: Row) -> Row:
    """The sides exchanged; PLV's rows stay as they are, since their source comes first by definition.

    So do those with one side, whose role tells whether the other is understood or the same.
    """
    if row.example.group or not {1, 2} <= {*row.roles.tolist()}:
        return row
    other = turned(row.example)
    return replace(row, roles=torch.where(row.roles > 0, 3 - row.roles, 0), example=other)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--plv", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    how = recipe(arguments.config)
    encoder = Encoder(WEIGHTS / "_tagger" / "weights")
    columns = np.concatenate([np.arange(layer * STATES, (layer + 1) * STATES) for layer in how.layers])
    given = [
        *sentence_rows([*plv(arguments.plv), *own()], encoder, columns),
        *document_rows(Reader(), encoder, columns),
    ]
    print(f"{len(given)} pairs", flush=True)
    model = train(given, how, how.seed)
    out: Path | None = arguments.out
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), out / "joint.pt")
    tagger, judge = (out, out) if out else (WEIGHTS / "_tagger" / "weights", WEIGHTS / "_plover" / "weights")
    write(model, how.layers, WEIGHTS / "_tagger" / "weights", tagger / "traces.onnx", judge / "joint.onnx")


if __name__ == "__main__":
    main()
