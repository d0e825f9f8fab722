"""Train a teacher for each fold and one on everything, and write down what they think.

`python -m training.events.teach CONFIG --plv FILE --news FOLDER --out DIR`: DIR/pool.json holds the sentences of the
pool, DIR/fold-N.npz (and DIR/all.npz) a teacher's probabilities for the rows of PLV, our own sentences and the pool.
A fold's teacher has not seen the fold; its opinion of the fold's rows is only for measuring.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from multivector.reading._tagger.words import Pieces
from training.attribution.encoders import minilm_files
from training.events.crossval import FOLD_SEED, FOLDS, settings
from training.events.data import folds, plv
from training.events.fit import fit, predict
from training.events.measure import scores
from training.events.own import own
from training.events.pool import pairs, plain_names, renamed


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--plv", type=Path, required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pool", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, nargs="+", default=[*range(FOLDS), -1], help="-1: on everything")
    parser.add_argument("--set", nargs="*", default=[])
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    how = settings(arguments.config, "teacher", arguments.set)
    pieces = Pieces.read(minilm_files() / "vocab.txt")
    examples, ours = plv(arguments.plv), own(how.own)
    names = plain_names(ours)
    news = pairs(arguments.news, arguments.pool, 3)
    pool = [*(e.text for e in renamed(examples, names, 1)), *(e.text for e in renamed(ours, names, 2)), *news]
    (arguments.out / "pool.json").write_text(json.dumps(pool, ensure_ascii=False, indent=0), encoding="utf-8")
    texts = [*(e.text for e in examples), *(e.text for e in ours), *pool]
    parts = folds(examples, FOLDS, FOLD_SEED)
    roots, quads = [e.plv or "" for e in examples], [e.quad or 0 for e in examples]
    chances = np.zeros((len(examples), 15), dtype=np.float32)
    seen: list[int] = []
    for run in arguments.runs:
        began = time.monotonic()
        held = set(parts[run]) if run >= 0 else set()
        training = [example for row, example in enumerate(examples) if row not in held]
        model = fit(training + ours, how, pieces, arguments.seed * 100 + run)
        middle = time.monotonic()
        said = predict(model, texts, pieces)
        name = f"fold-{run}" if run >= 0 else "all"
        np.savez(arguments.out / f"{name}.npz", **said)
        if run >= 0:
            chances[parts[run]] = said["plv"][parts[run]]
            seen += parts[run]
            now = scores(chances[seen], [roots[row] for row in seen], [quads[row] for row in seen])
            print(run, {key: round(value, 3) for key, value in now.items()}, end=" ")
        print(name, f"{middle - began:.0f} s, {time.monotonic() - middle:.0f} s", flush=True)


if __name__ == "__main__":
    main()
