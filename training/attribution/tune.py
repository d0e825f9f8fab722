"""Choose the decoder's few settings on the development part.

`python -m training.attribution.tune MODEL_DIR COMPARTMENT --scorer attribution.py`: the network is run once, then one
setting after the other is moved as long as the mean of the six scores that are printed rises by more than a trifle;
then small random moves of one or two settings are tried, so many as `--tries` says. With `--wanted` as many follow that
are judged by how far the six fall short of what is wanted of each; what is scored in these is what the rules of the
package make of the tagger's findings, as `benchmarks/attribution.py` gives it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import random
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.attribution import analysed, attributions
from multivector import Reader as Rules
from multivector.reading._statements import find_statements
from multivector.reading._tagger.labels import ROLES, begin, inside
from multivector.reading._tagger.reader import Findings
from multivector.reading._tagger.words import split
from training.attribution.network import tagger

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

STEPS: dict[str, tuple[float, ...]] = {
    "company": (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5, 9.0),
    "spare": (0.0, 0.5, 1.0, 2.0, 3.0, 5.0),
    "no_cue": (-4.0, -2.0, -1.0, 1.0),
    "no_source": (-2.0, -1.0, -0.5, 0.5, 1.0),
    "share": (0.0, 0.3, 0.6, 1.0, 2.0),
    "begin:cue": (-0.5, 0.5, 1.0, 1.5),
    "begin:source": (-0.5, 0.5, 1.0, 1.5),
    "begin:content": (-0.5, 0.5, 1.0, 1.5),
    "inside:cue": (-0.2, 0.2, 0.4),
    "inside:source": (-0.2, -0.1, 0.1, 0.2),
    "inside:content": (-0.1, -0.05, 0.05, 0.1),
}
TRIFLE = 0.0005
SPREAD = {"begin": 0.3, "inside": 0.12}  # standard deviations of the random moves of biases
LINKS = {"no_cue": 0.5, "no_source": 0.5}  # ... of links to nothing; other settings are multiplied
FACTOR = 0.4
MEAN = 0.05  # what the mean counts beside the shortfall


def moved(settings: Any, name: str, value: float) -> Any:
    """The settings with one of them set."""
    kind, _, role = name.partition(":")
    if not role:
        return type(settings)(**{**vars(settings), name: value})
    bias = settings.bias.copy()
    bias[(begin if kind == "begin" else inside)(ROLES.index(role))] += value
    return type(settings)(**{**vars(settings), "bias": bias})


def nudged(settings: Any, chance: random.Random) -> Any:
    """The settings with one or two of them moved a little by chance."""
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice(list(STEPS))
        kind = name.partition(":")[0]
        if kind in SPREAD:
            settings = moved(settings, name, chance.gauss(0, SPREAD[kind]))
        elif name in LINKS:
            settings = moved(settings, name, getattr(settings, name) + chance.gauss(0, LINKS[name]))
        else:
            settings = moved(settings, name, getattr(settings, name) * math.exp(chance.gauss(0, FACTOR)))
    return settings


def climbed(settings: Any, value: Callable[[Any], tuple[float, str]], tries: int, chance: random.Random) -> Any:
    """The settings after so many random moves, each kept if `value`, which also gives the scores to show, rises."""
    top, _ = value(settings)
    for number in range(tries):
        other = nudged(settings, chance)
        now, shown = value(other)
        if now > top:
            top, settings = now, other
            print(f"try {number:3}", shown, flush=True)
    return settings


def scorer(path: Path) -> ModuleType:
    """The scoring program as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("compartment", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--file", default="reader.onnx")
    parser.add_argument("--budget", type=int, help="word pieces of a window, instead of the model's")
    parser.add_argument("--only", nargs="*", default=list(STEPS), help="settings to move")
    parser.add_argument("--tries", type=int, default=250, help="random moves after the others")
    parser.add_argument("--wanted", type=float, nargs=6, help="of each score, in the order that they are printed")
    parser.add_argument("--write", action="store_true", help="put the settings into reader.json")
    args = parser.parse_args()
    judge = scorer(args.scorer)
    gold = judge.read_gold(args.compartment)
    reader = tagger(args.model, args.file, args.budget)
    rules = Rules()
    cached, opened = {}, {}
    for name, (text, _) in gold.items():
        words = split(text)
        cached[name] = words, reader.scores(words)
        if args.wanted:
            opened[name] = analysed(text, rules, before="findings")

    def value(settings: Any, *, ruled: bool = False) -> tuple[float, str]:
        reader.settings = settings
        predicted = {}
        for name, (words, windows) in cached.items():
            found = reader.decode(words, windows)
            items = [asdict(each) for each in found]
            if ruled:
                analysis = replace(opened[name], findings=Findings(found, words, windows, settings))
                analysis = replace(analysis, statements=find_statements(analysis))
                items = attributions(analysis, nested=False, recorded=False)
            predicted[name] = judge.attributions(gold[name][0], items)
        result = judge.score(gold, predicted)
        figures = [result["attributions"][key]["f1"] for key in ("content", "content+source", "exact")]
        figures += [result["characters"][key]["f1"] for key in ("source", "cue", "content")]
        return float(np.mean(figures)), " ".join(f"{figure:.4f}" for figure in figures)

    def short(settings: Any) -> tuple[float, str]:
        mean, shown = value(settings, ruled=True)
        missing = np.minimum(0, np.array(shown.split(), dtype=np.float64) - args.wanted).sum()
        return float(missing) + MEAN * mean, shown

    best = reader.settings
    top, shown = value(best)
    print("content, +source, exact, characters source, cue, content\nas it stands", shown, flush=True)
    for _ in range(2):
        before = top
        for name in args.only:
            chosen = best
            for option in STEPS[name]:
                settings = moved(best, name, option)
                now, shown = value(settings)
                print(f"{name:12} {option:6.2f} {shown}", "better" if now > top + TRIFLE else "", flush=True)
                if now > top + TRIFLE:
                    top, chosen = now, settings
            best = chosen
        if top <= before + TRIFLE:
            break
    best = climbed(best, value, args.tries, random.Random(1))
    if args.wanted:
        print("with the rules", short(best)[1], flush=True)
        best = climbed(best, short, args.tries, random.Random(1))
    print("chosen", {k: v.tolist() if hasattr(v, "tolist") else v for k, v in vars(best).items() if k != "transitions"})
    if args.write:
        path = args.model / "reader.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        data |= {key: np.round(own, 4).tolist() if hasattr(own, "tolist") else own for key, own in vars(best).items()}
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
