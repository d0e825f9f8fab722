"""Cross-validation on PLV: `python -m training.events.crossval CONFIG --plv FILE --out FILE.npz [--set key=value]`."""

from __future__ import annotations

import argparse
import time
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from multivector.reading._tagger.words import Pieces
from training.attribution.encoders import minilm_files
from training.events.data import PLV, folds, plv
from training.events.documents import documents
from training.events.fit import Training, fit, predict
from training.events.measure import each, scores
from training.events.own import own

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDS, FOLD_SEED = 5, 7


def settings(path: Path, section: str, changes: Sequence[str]) -> Training:
    """A section of the configuration, with `key=value` changes."""
    with path.open("rb") as file:
        values = tomllib.load(file)[section]
    for change in changes:
        key, value = change.split("=")
        values[key] = type(values[key])(value) if key in values else float(value)
    known = {entry.name for entry in fields(Training)}
    if not set(values) <= known:
        raise SystemExit(f"{path}: [{section}]: unknown {sorted(set(values) - known)}")
    return Training(**values)


def main() -> None:
    """Train and judge every fold for every seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--plv", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--section", default="shipped")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)))
    parser.add_argument("--set", nargs="*", default=[])
    parser.add_argument("--no-own", action="store_true")
    parser.add_argument("--no-documents", action="store_true")
    arguments = parser.parse_args()
    how = settings(arguments.config, arguments.section, arguments.set)
    pieces = Pieces.read(minilm_files() / "vocab.txt")
    examples = plv(arguments.plv)
    ours = [] if arguments.no_own else own(how.own)
    ours += [] if arguments.no_documents else documents()
    roots, quads = [e.plv or "" for e in examples], [e.quad or 0 for e in examples]
    parts = folds(examples, FOLDS, FOLD_SEED)
    all_chances = []
    for seed in arguments.seeds:
        chances = np.zeros((len(examples), len(PLV)), dtype=np.float32)
        seen: list[int] = []
        for number in arguments.folds:
            began = time.monotonic()
            held = set(parts[number])
            training = [example for row, example in enumerate(examples) if row not in held] + ours
            model = fit(training, how, pieces, seed * 100 + number)
            chances[parts[number]] = predict(model, [examples[row].text for row in parts[number]], pieces)["plv"]
            seen += parts[number]
            now = scores(chances[seen], [roots[row] for row in seen], [quads[row] for row in seen])
            took = time.monotonic() - began
            print(seed, number, {key: round(value, 3) for key, value in now.items()}, f"{took:.0f} s", flush=True)
        all_chances.append(chances)
        np.savez(arguments.out, chances=np.stack(all_chances), seen=np.array(seen))
        found = [PLV[place] for place in chances[seen].argmax(1)]
        print({key: round(value, 2) for key, value in each([roots[row] for row in seen], found).items()}, flush=True)
    if len(all_chances) > 1:
        mean = np.mean(all_chances, 0)[seen]
        print("all seeds together", scores(mean, [roots[row] for row in seen], [quads[row] for row in seen]))


if __name__ == "__main__":
    main()
