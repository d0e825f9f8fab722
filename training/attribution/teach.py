"""Write down what the teacher thinks: `python -m training.attribution.teach CHECKPOINT CONFIG --corpus DIR --out DIR`.

The corpus is changed and cut anew for each copy; of each window the teacher's probabilities of tags and its likeliest
links are kept.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import numpy as np
import torch
from torch import multiprocessing

from multivector.reading._tagger.labels import LINKS, ROLES, begin, inside
from multivector.reading._tagger.words import Pieces
from training.attribution import corpus, lessons
from training.attribution.config import Config, load
from training.attribution.encoders import minilm_files, shape
from training.attribution.examples import Example, Opinion, collate
from training.attribution.model import Reader, link_scores
from training.attribution.train import augmented

LOG = logging.getLogger("teach")
LEAST = 0.1  # probability from which a word may be the origin of a link
GOALS = 8  # goals of a link that are kept
BATCH = 8
SEED = 5_000_011  # apart from the seeds of the teacher's own passes


@torch.no_grad()
def opinions(model: Reader, items: list[Example]) -> list[Opinion]:
    """What the model thinks of the windows."""
    batch = collate(items)
    with torch.autocast("cpu", torch.bfloat16):
        scores, links = model(batch.pieces, batch.features, batch.mask, batch.first)
    tags, pairs = model.crf.marginals(scores[:, 1:], batch.words[:, 1:])
    chances = link_scores(links.float(), batch.words).softmax(-1)
    result = []
    for row, item in enumerate(items):
        count = len(item.first)
        own = tags[row, : count - 1]
        found: list[tuple[np.ndarray, ...]] = []
        for kind, (origin, _) in enumerate(LINKS):
            role = ROLES.index(origin)
            weight = own[:, begin(role)] + own[:, inside(role)]
            words = torch.nonzero(weight > LEAST)[:, 0]
            kept = chances[row, kind, words + 1].topk(min(GOALS, count), -1)
            goals = np.zeros((len(words), GOALS), dtype=np.int16)
            values = np.zeros((len(words), GOALS), dtype=np.float16)
            goals[:, : kept.indices.shape[1]] = kept.indices
            values[:, : kept.indices.shape[1]] = kept.values / kept.values.sum(-1, keepdim=True)
            word = (words + 1).numpy().astype(np.int16)
            found.append((np.full(len(words), kind, dtype=np.int8), word, weight[words].numpy(), goals, values))
        kind, word, weight, goals, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
        result.append(
            Opinion(
                own.numpy().astype(np.float16),
                pairs[row].numpy(),
                kind,
                word,
                weight.astype(np.float16),
                goals,
                values,
            )
        )
    return result


def work(rank: int, checkpoint: Path, config: Config, folder: Path, out: Path) -> None:
    """One worker's share of every copy."""
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    pieces = Pieces.read(minilm_files() / "vocab.txt")
    documents = list(corpus.read(folder / "train", every_annotator=config.texts.every_annotator))
    model = Reader(shape(config.teacher.encoder, config.teacher.layers)).eval()
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    for copy in range(config.texts.copies):
        share = slice(rank, None, config.teacher.workers)
        windows = augmented(config, documents, pieces, seed=SEED + 7919 * copy, share=share)
        windows.sort(key=lambda item: len(item.pieces))
        for at in range(0, len(windows), BATCH):
            own = windows[at : at + BATCH]
            for item, opinion in zip(own, opinions(model, own), strict=True):
                item.opinion = opinion
            if rank == 0 and at % (100 * BATCH) == 0:
                LOG.info("copy %d: %d of %d windows", copy, at, len(windows))
        lessons.write(out, copy, rank, windows)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("config", type=Path)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with train/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    config = load(args.config)
    own = (args.checkpoint, config, args.corpus, args.out)
    multiprocessing.spawn(work, own, nprocs=config.teacher.workers)


if __name__ == "__main__":
    main()
