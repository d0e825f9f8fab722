"""The judge of pairs on the folds of `crossval.py`, alone and with the classifier.

`python -m training.events.crossval_joint CONFIG --plv FILE [--classifier FILE.npz] [--out FILE.npz]`, where
`--classifier` is what `crossval.py` wrote: the weighted mean of both is what the product answers about a marked
sentence.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from multivector import Reader
from multivector.reading._plover.labels import PLV
from multivector.reading._plover.marked import SHARE
from training.events.crossval import FOLD_SEED, FOLDS
from training.events.data import folds, plv
from training.events.joint import batch
from training.events.measure import scores
from training.events.own import own
from training.events.train_joint import STATES, WEIGHTS, document_rows, recipe, sentence_rows, train
from training.mentions.states import Encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.events.joint import Joint
    from training.events.train_joint import Row


@torch.no_grad()
def chances(model: Joint, rows: Sequence[Row]) -> np.ndarray:
    """Probabilities [rows, roots of PLV]."""
    found = [model(batch([(row.states, row.roles)]))["plv"].softmax(1)[0].numpy() for row in rows]
    return np.stack(found)


def main() -> None:
    """Train and judge every fold for every seed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--plv", type=Path, required=True)
    parser.add_argument("--classifier", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--passes", type=int, help="instead of the configuration's")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    how = recipe(arguments.config)
    if arguments.passes:
        how = replace(how, passes=arguments.passes)
    examples = plv(arguments.plv)
    roots, quads = [each.plv or "" for each in examples], [each.quad or 0 for each in examples]
    encoder = Encoder(WEIGHTS / "_tagger" / "weights")
    columns = np.concatenate([np.arange(layer * STATES, (layer + 1) * STATES) for layer in how.layers])
    judged = list(sentence_rows(examples, encoder, columns))
    ours = [*sentence_rows(own(), encoder, columns), *document_rows(Reader(), encoder, columns)]
    others = np.load(arguments.classifier)["chances"] if arguments.classifier else None
    runs: list[np.ndarray] = []
    for place, seed in enumerate(arguments.seeds):
        found = np.zeros((len(examples), len(PLV)), dtype=np.float32)
        for number, held in enumerate(folds(examples, FOLDS, FOLD_SEED)):
            left = set(held)
            given = [row for at, row in enumerate(judged) if at not in left] + ours
            found[held] = chances(train(given, how, seed * 100 + number), [judged[at] for at in held])
        runs.append(found)
        print("judge", seed, scores(found, roots, quads), flush=True)
        if others is not None:
            both = (1 - SHARE) * others[place % len(others)] + SHARE * found
            print("both", seed, scores(both, roots, quads), flush=True)
        if arguments.out:
            np.savez(arguments.out, chances=np.stack(runs))


if __name__ == "__main__":
    main()
