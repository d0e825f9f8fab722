"""Write down what the teacher thinks: `python -m training.attribution.teach CHECKPOINT CONFIG --corpus DIR --out DIR`.

The corpus is changed and cut anew for each copy; of each window the teacher's probabilities of tags
are kept.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import numpy as np
import torch
from torch import multiprocessing

from multivector.reading._tagger.words import Pieces
from training.attribution import corpus, lessons
from training.attribution.config import Config, load
from training.attribution.encoders import minilm_files, shape
from training.attribution.examples import Example, Opinion, collate
from training.attribution.model import Reader
from training.attribution.train import augmented

LOG = logging.getLogger("teach")
BATCH = 8
SEED = 5_000_011  # apart from the seeds of the teacher's own passes


@torch.no_grad()
def opinions(model: Reader, items: list[Example]) -> list[Opinion]:
    """What the model thinks of the windows."""
    batch = collate(items)
    with torch.autocast("cpu", torch.bfloat16):
        scores, _ = model(batch.pieces, batch.features, batch.mask, batch.first)
    tags, pairs = model.crf.marginals(scores[:, 1:], batch.words[:, 1:])
    return [
        Opinion(tags[row, : len(item.first) - 1].numpy().astype(np.float16), pairs[row].numpy())
        for row, item in enumerate(items)
    ]


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
