"""Train a network: `python -m training.attribution.train {teacher,student,polish} CONFIG --corpus DIR --out DIR`.

Several workers of one thread each train on their own shares of every pass and average their weights every few steps
(local SGD); with the same number of workers and the same seed a run can be repeated. The teacher learns from the
annotators; the student also from what the teacher thinks of the same texts (`--lessons`), which it has kept while it
was trained (OUT/lessons) or writes down afterwards (`teach.py`).
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
import random
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import distributed, multiprocessing

from multivector.reading._tagger.words import Pieces
from training.attribution import corpus, lessons
from training.attribution.augment import Augmenter
from training.attribution.config import Config, Training, load
from training.attribution.encoders import minilm_files, shape
from training.attribution.examples import Batch, Example, collate, examples
from training.attribution.model import Reader, link_loss, link_scores
from training.precision import reduced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOG = logging.getLogger("train")
HEADS = ("tags.", "links.", "crf.", "encoder.features.")
PORT = "29511"

Pass = list[Example]


def augmented(config: Config, documents: list[corpus.Document], pieces: Pieces, *, seed: int, share: slice) -> Pass:
    """The windows of a share of the documents, shuffled, changed and cut anew by `seed`."""
    chance = random.Random(seed)
    order = list(range(len(documents)))
    chance.shuffle(order)
    chance = random.Random(seed + 1 + (share.start or 0))
    augmenter = Augmenter(config.augmentation, documents, chance)
    texts = [augmenter(documents[i]) for i in order[share]]
    texts += augmenter.synthetic(round(config.augmentation.synthetic * len(texts)))
    lengths = [chance.randint(config.texts.shortest, config.texts.longest) for _ in texts]
    return [
        e for text, length in zip(texts, lengths, strict=True) for e in examples(text, pieces, length, chance.random())
    ]


def batches(passes: Callable[[int], Pass], settings: Training, rank: int) -> Iterator[list[Example]]:
    """Batches for ever, windows of like length together; `passes` gives the windows of each pass."""
    number = 0
    while True:
        chance = random.Random(1000 * settings.seed + 100_003 * number + rank)
        pool = list(passes(number))
        chance.shuffle(pool)
        size = settings.batch * 16
        for at in range(0, len(pool), size):
            group = sorted(pool[at : at + size], key=lambda item: len(item.pieces))
            parts = [group[i : i + settings.batch] for i in range(0, len(group), settings.batch)]
            chance.shuffle(parts)
            yield from parts
        number += 1


def losses(model: Reader, batch: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Mean tagging loss of a word, mean linking loss, and the scores of the tags, the start mark left out."""
    with reduced():
        tags, links = model(batch.pieces, batch.features, batch.mask, batch.first)
    words = batch.words[:, 1:]
    tagging = model.crf(tags[:, 1:], batch.tags[:, 1:], batch.pairs, words).sum() / words.sum()
    return tagging, link_loss(link_scores(links.float(), batch.words), batch.links), tags[:, 1:].detach()


def optimiser(model: Reader, settings: Training) -> torch.optim.Optimizer:
    """AdamW with a higher rate for what is not pre-trained and no decay of vectors."""
    frozen = set(model.encoder.frozen())
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter in frozen:
            parameter.requires_grad_(requires_grad=False)
            continue
        rate = settings.head_learning_rate if name.startswith(HEADS) else settings.learning_rate
        decay = settings.weight_decay if parameter.dim() > 1 and not name.startswith("crf.") else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": own, "lr": rate, "weight_decay": decay} for (rate, decay), own in groups.items()], fused=True
    )


@torch.no_grad()
def average(model: Reader, workers: int) -> None:
    """Give every worker the mean of all workers' weights."""
    if workers == 1:
        return
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    flat = torch.cat([parameter.reshape(-1) for parameter in trained])
    distributed.all_reduce(flat)
    flat /= workers
    at = 0
    for parameter in trained:
        parameter.copy_(flat[at : at + parameter.numel()].view_as(parameter))
        at += parameter.numel()


class Mean:
    """The running mean of a model's weights."""

    def __init__(self) -> None:
        self._sums: dict[str, torch.Tensor] = {}
        self._count = 0

    def add(self, model: Reader) -> None:
        """Take the weights as they are now."""
        self._count += 1
        for name, value in model.state_dict().items():
            if name in self._sums:
                self._sums[name] += value
            else:
                self._sums[name] = value.clone()

    def give(self, model: Reader) -> None:
        """Put the mean into the model, if there is one."""
        if self._count:
            model.load_state_dict({name: value / self._count for name, value in self._sums.items()})


def work(rank: int, role: str, config: Config, folder: Path, out: Path, taught: list[Path], start: Path | None) -> None:
    """One worker; the first one also reports and saves."""
    settings: Training = getattr(config, role)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if settings.workers > 1:
        os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
        os.environ.setdefault("MASTER_PORT", PORT)
        distributed.init_process_group("gloo", rank=rank, world_size=settings.workers)
    torch.manual_seed(settings.seed)
    pieces = Pieces.read(minilm_files() / "vocab.txt")
    drops = {"dropout": settings.dropout, "head_dropout": settings.head_dropout}
    if start:
        model = Reader.read(start, **drops)
    else:
        model = Reader(shape(settings.encoder, settings.layers), **drops)
        model.load_encoder(settings.encoder)
    torch.manual_seed(settings.seed + rank)
    documents = list(corpus.read(folder / "train", every_annotator=config.texts.every_annotator))
    budget = (config.texts.shortest + config.texts.longest) // 2
    dev = [e for d in corpus.read(folder / "dev", every_annotator=False) for e in examples(d, pieces, budget)]
    share = slice(rank, None, settings.workers)
    if taught:
        copies = lessons.read(taught, share)

        def passes(number: int) -> Pass:
            return copies[number % len(copies)]
    else:

        def passes(number: int) -> Pass:
            seed = 1_000_003 * settings.seed + 7919 * number
            return augmented(config, documents, pieces, seed=seed, share=share)

    windows = sum(len(examples(d, pieces, budget)) for d in documents)
    steps = round(settings.passes * windows * (1 + config.augmentation.synthetic) / settings.batch / settings.workers)
    if rank == 0:
        LOG.info("%d documents, %d windows, %d steps for each of %d", len(documents), windows, steps, settings.workers)
    optimizer = optimiser(model, settings)
    warm = max(1, round(settings.warm_up * steps))
    peaks = [group["lr"] for group in optimizer.param_groups]
    stream, began, seen, mean = batches(passes, settings, rank), time.time(), np.zeros(2), Mean()
    taken: Pass = []
    for step in range(1, steps + 1):
        level = step / warm if step <= warm else (steps + 1 - step) / (steps + 1 - warm)
        for group, peak in zip(optimizer.param_groups, peaks, strict=True):
            group["lr"] = peak * level
        model.train()
        model.rough(step > steps * (1 - settings.rough))
        items = next(stream)
        batch = collate(items, settings.taught)
        tagging, linking, scores = losses(model, batch)
        if step > steps * (1 - settings.lessons):
            taken.extend(lessons.opined(items, *model.crf.marginals(scores, batch.words[:, 1:])))
        loss = tagging + settings.link_weight * linking
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings.clip)
        optimizer.step()
        optimizer.zero_grad()
        seen += tagging.item(), linking.item()
        if not math.isfinite(loss.item()):
            raise SystemExit(f"the loss is {loss.item()} at step {step}")
        if step % settings.average_every == 0 or step == steps:
            average(model, settings.workers)
            if step > steps * (1 - settings.smooth):
                mean.add(model)
        if rank == 0 and step % 50 == 0:
            LOG.info("step %d tag %.4f link %.4f %.0f s", step, *(seen / 50), time.time() - began)
            seen[:] = 0
        if step == steps:
            mean.give(model)
        if rank == 0 and (step % settings.evaluate_every == 0 or step == steps):
            save(model, out)
            LOG.info("step %d dev tag %.4f link %.4f", step, *evaluate(model, dev))
    if taken:
        lessons.write(out / "lessons", 0, rank, taken)
    if settings.workers > 1:
        distributed.destroy_process_group()


def evaluate(model: Reader, dev: list[Example]) -> list[float]:
    """Mean losses on a fixed share of the windows for development."""
    model.eval()
    with torch.no_grad():
        pairs = [[x.item() for x in losses(model, collate(dev[i : i + 8]))[:2]] for i in range(0, min(len(dev), 80), 8)]
    return np.mean(pairs, 0).tolist()


def save(model: Reader, out: Path) -> None:
    """Write the checkpoint in place of the last one."""
    torch.save({"model": model.state_dict()}, out / "checkpoint.tmp")
    (out / "checkpoint.tmp").replace(out / "checkpoint.pt")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("role", choices=("teacher", "student", "polish"))
    parser.add_argument("config", type=Path)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=float, help="instead of the configuration's")
    parser.add_argument("--workers", type=int, help="instead of the configuration's")
    parser.add_argument("--start", type=Path, help="train a checkpoint further")
    parser.add_argument("--lessons", type=Path, nargs="+", default=[], help="folders of what a teacher thinks")
    args = parser.parse_args()
    config = load(args.config)
    changes = {name: getattr(args, name) for name in ("passes", "workers") if getattr(args, name)}
    config = replace(config, **{args.role: replace(getattr(config, args.role), **changes)})
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "config.json").write_text(json.dumps(asdict(config), indent=2) + "\n", encoding="utf-8")
    workers, own = (
        getattr(config, args.role).workers,
        (args.role, config, args.corpus, args.out, args.lessons, args.start),
    )
    if workers == 1:
        work(0, *own)
    else:
        multiprocessing.spawn(work, own, nprocs=workers)


if __name__ == "__main__":
    main()
