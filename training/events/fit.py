"""One training run in memory, and what the network then says of sentences."""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from multivector.reading._plover.labels import DIRECTIONS, MODALITIES, PLV, QUAD, TYPES
from training.events.data import Encoded, Example, encode, turned
from training.events.network import HEADS, Classifier, batch
from training.precision import reduced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from multivector.reading._tagger.words import Pieces

QUADS = torch.tensor([[float(QUAD[root] == quad) for root in PLV] for quad in (1, 2, 3, 4)])
TINY = 1e-6


@dataclass(frozen=True)
class Training:
    """How a network is trained."""

    encoder: str
    layers: int
    passes: float
    batch: int
    learning_rate: float
    head_learning_rate: float
    decay: float  # factor of the rate from one layer to the one below
    weight_decay: float
    warm_up: float
    clip: float
    dropout: float
    head_dropout: float
    smoothing: float
    second: float  # weight of PLV's second labels against its gold ones
    quad: float  # weight of the loss over quad classes
    types: float  # weight of the current manual's types
    other: float  # weight of direction and modality
    turn: float  # share of our own sentences whose marks are exchanged
    own: float  # weight of our own sentences
    average: float  # share of the steps, at the end, whose weights are averaged
    rough: float  # share of the steps, at the end, that round as int8 does
    entry: int = 0  # layers, from below, that stay as they were found
    rdrop: float = 0.0


def targets(examples: Sequence[Example], how: Training) -> dict[str, Tensor]:
    """Distributions [examples, answers] a question; rows of zeros where nothing is known."""
    result = {name: torch.zeros(len(examples), size) for name, size in HEADS.items()}
    allowed = torch.zeros(len(examples), len(TYPES))
    for row, example in enumerate(examples):
        if example.plv:
            share = how.second if example.seconds else 0.0
            result["plv"][row, PLV.index(example.plv)] += 1 - share
            for second in example.seconds:
                result["plv"][row, PLV.index(second)] += share / len(example.seconds)
        for kind in example.types:
            allowed[row, TYPES.index(kind)] = 1
        if example.direction:
            result["direction"][row, DIRECTIONS.index(example.direction)] = 1
        if example.modality:
            result["modality"][row, MODALITIES.index(example.modality)] = 1
    result["types"] = allowed
    return result


def loss(scores: dict[str, Tensor], wanted: dict[str, Tensor], weight: Tensor, how: Training) -> Tensor:
    """The sum of the questions' losses."""
    total = torch.zeros(())
    logs = scores["plv"].log_softmax(1)
    known = wanted["plv"].sum(1)
    smooth = wanted["plv"] * (1 - how.smoothing) + how.smoothing / len(PLV)
    total = total + (-(smooth * logs).sum(1) * known * weight).sum() / len(weight)
    if how.quad:
        quads = QUADS.to(logs.dtype)
        right = wanted["plv"] @ quads.T
        total = total + how.quad * (
            -(right * (logs.exp() @ quads.T).clamp(min=TINY).log()).sum(1) * weight
        ).sum() / len(weight)
    if how.types:
        logs = scores["types"].log_softmax(1)
        some = (wanted["types"].sum(1) > 0).float()
        inside = (logs + (1 - wanted["types"]) * -1e4).logsumexp(1)
        spread = logs.mean(1)
        each = -(1 - how.smoothing) * inside - how.smoothing * spread
        total = total + how.types * (each * some * weight).sum() / len(weight)
    for name in ("direction", "modality"):
        logs = scores[name].log_softmax(1)
        total = total + how.other * (-(wanted[name] * logs).sum(1) * weight).sum() / len(weight)
    return total


def divergence(first: dict[str, Tensor], second: dict[str, Tensor]) -> Tensor:
    """How far two passes over the same sentences differ (R-drop), both ways."""
    total = torch.zeros(())
    for name in ("plv", "types"):
        a, b = first[name].log_softmax(1), second[name].log_softmax(1)
        total = total + ((a.exp() - b.exp()) * (a - b)).sum(1).mean() / 2
    return total


def encoded(examples: Sequence[Example], pieces: Pieces, entry: int) -> list[Encoded]:
    """The sentences as the network reads them; below frozen layers the marks would be strangers."""
    return [encode(example.text, pieces, marks=not entry) for example in examples]


KEPT: dict[tuple[int, ...], Tensor] = {}  # by the pieces of a sentence


def kept(model: Classifier, sentences: Sequence[Encoded]) -> list[Tensor]:
    """What the frozen layers make of sentences, worked out once for all runs of a process."""
    new = [each for each in {tuple(e.pieces): e for e in sentences}.values() if tuple(each.pieces) not in KEPT]
    KEPT.update(zip([tuple(each.pieces) for each in new], model.lower(new), strict=True))
    return [KEPT[tuple(each.pieces)] for each in sentences]


def groups(model: Classifier, how: Training) -> list[dict[str, object]]:
    """Parameters with their rates: lower layers learn more slowly, new parts fast, biases and norms do not decay."""
    rates: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("heads"):
            rate = how.head_learning_rate
        elif ".layers." in name:
            depth = int(name.split(".layers.")[1].split(".")[0])
            rate = how.learning_rate * how.decay ** (how.layers - 1 - depth)
        elif "features" in name:
            rate = how.head_learning_rate
        else:
            rate = how.learning_rate * how.decay**how.layers
        decays = how.weight_decay if parameter.dim() > 1 else 0.0
        rates.setdefault((rate, decays), []).append(parameter)
    return [{"params": own, "lr": rate, "weight_decay": decay} for (rate, decay), own in rates.items()]


def order(lengths: Sequence[int], size: int, chance: random.Random) -> list[list[int]]:
    """A pass: batches of sentences of like length, in random order."""
    numbers = list(range(len(lengths)))
    chance.shuffle(numbers)
    pool = size * 8
    batches: list[list[int]] = []
    for start in range(0, len(numbers), pool):
        part = sorted(numbers[start : start + pool], key=lambda number: lengths[number])
        batches += [part[at : at + size] for at in range(0, len(part), size)]
    chance.shuffle(batches)
    return batches


def fit(examples: Sequence[Example], how: Training, pieces: Pieces, seed: int, *, quiet: bool = True) -> Classifier:
    """A network trained on examples."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = Classifier(how.encoder, how.layers, how.entry, dropout=how.dropout, head_dropout=how.head_dropout)
    model.load_encoder(how.encoder)
    own = groups(model, how)
    optimiser = torch.optim.AdamW(own, betas=(0.9, 0.98), eps=1e-6, fused=True)
    peaks = [group["lr"] for group in own]
    per_pass = math.ceil(len(examples) / how.batch)
    steps = int(per_pass * how.passes)
    warm = max(1, int(steps * how.warm_up))
    mean: list[Tensor] = []
    averaged = 0
    model.train()
    step, began = 0, time.monotonic()
    both = {flip: encoded([turned(e) if flip else e for e in examples], pieces, how.entry) for flip in (False, True)}
    states = kept(model, both[False]) if how.entry else None
    lengths = [len(each.pieces) for each in both[False]]
    while step < steps:
        for numbers in order(lengths, how.batch, chance):
            if step >= steps:
                break
            chosen = [examples[number] for number in numbers]
            flips = [not example.group and chance.random() < how.turn for example in chosen]
            chosen = [turned(example) if flip else example for example, flip in zip(chosen, flips, strict=True)]
            given = batch(
                [both[flip][number] for number, flip in zip(numbers, flips, strict=True)],
                [states[number] for number in numbers] if states else None,
            )
            wanted = targets(chosen, how)
            weight = torch.tensor([example.weight for example in chosen])
            share = step / warm if step < warm else (steps - step) / max(1, steps - warm)
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * max(share, 1e-3)
            if how.rough and step >= steps * (1 - how.rough):
                model.rough(True)
            with reduced():
                scores = model(given)
                value = loss(scores, wanted, weight, how)
                if how.rdrop:
                    again = model(given)
                    value = (value + loss(again, wanted, weight, how)) / 2 + how.rdrop * divergence(scores, again)
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], how.clip)
            optimiser.step()
            step += 1
            if how.average and step >= steps * (1 - how.average):
                now = [p.detach() for p in model.parameters() if p.requires_grad]
                if not mean:
                    mean = [p.clone() for p in now]
                averaged += 1
                for old, fresh in zip(mean, now, strict=True):
                    old.add_((fresh - old) / averaged)
            if not quiet and step % 20 == 0:
                print(f"step {step}/{steps} loss {value.item():.3f} {time.monotonic() - began:.0f} s", flush=True)
    if mean:
        with torch.no_grad():
            for parameter, old in zip([p for p in model.parameters() if p.requires_grad], mean, strict=True):
                parameter.copy_(old)
    model.rough(False)
    return model.eval()


@torch.no_grad()
def predict(model: Classifier, texts: Sequence[str], pieces: Pieces, size: int = 16) -> dict[str, np.ndarray]:
    """Probabilities [texts, answers] a question, in the order of the texts."""
    model.eval()
    entry = model.shape.entry
    ready = encoded([Example(text) for text in texts], pieces, entry)
    states = kept(model, ready) if entry else None
    turn = sorted(range(len(texts)), key=lambda number: len(ready[number].pieces))
    result = {name: np.zeros((len(texts), width), dtype=np.float32) for name, width in HEADS.items()}
    for at in range(0, len(turn), size):
        rows = turn[at : at + size]
        with reduced():
            scores = model(batch([ready[row] for row in rows], [states[row] for row in rows] if states else None))
        for name, value in scores.items():
            result[name][rows] = value.softmax(1).numpy()
    return result
