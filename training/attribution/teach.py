"""Write down what a teacher thinks: `python -m training.attribution.teach TEACHER CONFIG --corpus DIR --out DIR`.

TEACHER is a checkpoint, or a folder of shipped weights whose reader then teaches a smaller one. The corpus is changed
and cut anew for each copy; of each window the teacher's probabilities of tags are kept.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from dataclasses import replace
from pathlib import Path

import torch
from torch import multiprocessing

from multivector.reading._tagger.labels import TAGS
from multivector.reading._tagger.reader import _network, _session
from multivector.reading._tagger.words import Pieces
from training.attribution import corpus, lessons
from training.attribution.config import Config, load
from training.attribution.encoders import minilm_files
from training.attribution.examples import Batch, Example, collate, examples
from training.attribution.model import Crf, Reader
from training.attribution.train import augmented
from training.events import documents as events
from training.events import ties
from training.precision import reduced

LOG = logging.getLogger("teach")
BATCH = 8
SEED = 5_000_011  # apart from the seeds of the teacher's own passes


class Trained:
    """The scores of a checkpoint."""

    def __init__(self, checkpoint: Path) -> None:
        self._model = Reader.read(checkpoint).eval()
        self.crf = self._model.crf

    @torch.no_grad()
    def scores(self, batch: Batch) -> torch.Tensor:
        """Scores of the tags [batch, words, tags], the start mark left out."""
        with reduced():
            scores, _ = self._model(batch.pieces, batch.features, batch.mask, batch.first)
        return scores[:, 1:]


class Shipped:
    """The scores of a folder of weights, its second look counted in."""

    def __init__(self, folder: Path) -> None:
        self._session = _session(_network(folder, "reader.onnx"), 1)
        self._output = "second" if (folder / "second.onnx").exists() else "tags"
        self.crf = Crf.of(json.loads((folder / "reader.json").read_text(encoding="utf-8")))

    def scores(self, batch: Batch) -> torch.Tensor:
        """Scores of the tags [batch, words, tags], the start mark left out."""
        result = torch.zeros(len(batch.words), batch.words.shape[1] - 1, len(TAGS))
        for row, words in enumerate(batch.words.sum(1).tolist()):
            size = int(batch.mask[row].sum())
            inputs = {"pieces": batch.pieces[row, :size], "features": batch.features[row, :size]}
            inputs["first"] = batch.first[row, :words]
            (found,) = self._session.run([self._output], {name: each.numpy() for name, each in inputs.items()})
            result[row, : words - 1] = torch.from_numpy(found[-(words - 1) :] if words > 1 else found[:0])
        return result


def opinions(model: Trained | Shipped, items: list[Example]) -> list[Example]:
    """The windows with what the model thinks of them."""
    batch = collate(items)
    return lessons.opined(items, *model.crf.marginals(model.scores(batch), batch.words[:, 1:]))


def unlabelled(config: Config, pieces: Pieces, *, seed: int, share: slice) -> list[Example]:
    """The windows of a share of our own texts about foreign policy, cut by `seed`; nobody has labelled who speaks."""
    texts = [*(document for document, _ in map(events.load, sorted(events.FOLDER.glob("*.toml"))))]
    texts += [document for document, _ in ties.load()]
    chance = random.Random(seed)
    found: list[Example] = []
    for text in texts[share] * config.texts.own:
        document = corpus.Document(text.id, text.text, [])
        found += examples(
            document, pieces, chance.randint(config.texts.shortest, config.texts.longest), chance.random()
        )
    return [replace(each, labelled=False) for each in found]


def work(rank: int, teacher: Path, config: Config, folder: Path, out: Path) -> None:
    """One worker's share of every copy."""
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    pieces = Pieces.read(minilm_files() / "vocab.txt")
    documents = list(corpus.read(folder / "train", every_annotator=config.texts.every_annotator))
    model = Shipped(teacher) if teacher.is_dir() else Trained(teacher)
    for copy in range(config.texts.copies):
        share = slice(rank, None, config.teacher.workers)
        windows = augmented(config, documents, pieces, seed=SEED + 7919 * copy, share=share)
        windows += unlabelled(config, pieces, seed=SEED + 7919 * copy, share=share)
        windows.sort(key=lambda item: len(item.pieces))
        for at in range(0, len(windows), BATCH):
            windows[at : at + BATCH] = opinions(model, windows[at : at + BATCH])
            if rank == 0 and at % (100 * BATCH) == 0:
                LOG.info("copy %d: %d of %d windows", copy, at, len(windows))
        lessons.write(out, copy, rank, windows)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("config", type=Path)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with train/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--copies", type=int, help="instead of the configuration's")
    args = parser.parse_args()
    config = load(args.config)
    if args.copies:
        config = replace(config, texts=replace(config.texts, copies=args.copies))
    own = (args.teacher, config, args.corpus, args.out)
    multiprocessing.spawn(work, own, nprocs=config.teacher.workers)


if __name__ == "__main__":
    main()
