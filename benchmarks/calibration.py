"""Fit the models of confidence, and tell how well the probabilities hold.

    python benchmarks/calibration.py GOLD_DIR SCORER.py [--polnear DIR --attributions SCORER.py] [--plv FILE.tsv]
        [--write | --json]

GOLD_DIR and SCORER.py are the gold set and `score_record.py`; DIR holds PolNeAR's compartments `dev` and `train`, its
SCORER.py is the scorer of attributions; FILE.tsv is a table of PLV. `labels.py` says which items count as right.
Without `--polnear` and `--plv` the shipped weights are measured on the gold alone.

Each kind has a logistic regression over the grounds of its items. What keeps it from believing a small gold set,
which the rules were written with in view:

- a normal prior on every weight (mean 0, standard deviation `SPREAD`), so that a ground counts for little
  until many items tell so;
- items measured elsewhere, each set with the weight that `WEIGHTS` and `_weights` give it: statements of PolNeAR and
  of our own texts, pairs of PLV, items judged one by one;
- what was measured on texts that were unread until then (docs/quality.md), as so many further items like those
  of the gold (`UNREAD`); they move the base, not the weights;
- a ground that is a doubt may not make an item surer, whatever a few items say.

`--write` puts the weights into the reading room. The report is on documents left out of the fit (each in turn), and
as shipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import labels
import scorers
from labels import Labelled
from multivector.reading._grounds import NEUTRAL
from multivector.record import Kind
from reliability import Floats, bins, brier, expected_error, noise, order

SHIPPED = Path(__file__).parents[1] / "src" / "multivector" / "reading" / "confidence.json"
SPREAD = 0.7
"""Of weights: a ground that is there changes the odds by a factor of two, give or take."""

UNREAD = {Kind.FIGURE: (89, 52), Kind.AGREEMENT: (9, 5), Kind.TIE: (14, 14)}
"""Items found in texts kept unread until then, and how many were right (docs/quality.md, Fresh texts). Of figures the
page has the fields one by one: 67 of 89 measures, parties at .915, 75 of 89 periods; taken as independent."""

WEIGHTS = {"gold": 1.0, "own texts": 1.0, "own events": 1.0, "own ties": 1.0, "judged": 1.0, "PLV": 0.5, "blind": 0.0}
"""What an item of a set counts. A sentence of PLV has its pair marked, which leaves out the errors in finding it. The
blind documents are there to see whether what was fitted on others holds."""

HOME = {Kind.FIGURE: 0.5, Kind.AGREEMENT: 0.5}
"""What judged items of these kinds count instead: PolNeAR is about an election at home, and most of its figures and
agreements are of a sort that the record is not for (polls, campaign money, party conventions)."""

_STEPS, _STILL = 50, 1e-9


@dataclass(slots=True)
class Sets:
    """The labelled items by the name of their set."""

    by_name: dict[str, list[Labelled]] = field(default_factory=dict[str, "list[Labelled]"])

    def of(self, kind: Kind) -> dict[str, list[Labelled]]:
        """Those of one kind."""
        chosen = {name: [each for each in items if each.kind is kind] for name, items in self.by_name.items()}
        return {name: items for name, items in chosen.items() if items}


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model: the log odds without grounds, and the weight of each ground by name."""

    base: float
    weights: dict[str, float]

    def __call__(self, items: Sequence[Labelled]) -> Floats:
        """The probabilities of items, rounded as the reader does."""
        from multivector.reading._confidence import Logistic, Models

        models = Models({each.kind: Logistic(self.base, self.weights) for each in items[:1]})
        return np.array([models(each.kind, each.grounds) for each in items])


def fit(names: Sequence[str], items: Sequence[Labelled], weights: Floats, right: Floats) -> Fit:
    """The weights with the greatest posterior probability; a doubt that would make items surer is left out."""
    while True:
        found = _newton(names, items, weights, right)
        wrong = {name for name, value in zip(names, found[1:], strict=True) if value > 0 and name not in NEUTRAL}
        if not wrong:
            return Fit(float(found[0]), dict(zip(names, map(float, found[1:]), strict=True)))
        names = [name for name in names if name not in wrong]


def _newton(names: Sequence[str], items: Sequence[Labelled], weights: Floats, right: Floats) -> Floats:
    """The base and the weights of `names`, by Newton's method."""
    grounds = np.array([[1.0, *(each.grounds.get(name, 0.0) for name in names)] for each in items])
    penalty = np.full(len(names) + 1, SPREAD**-2)
    penalty[0] = 1e-3  # the base is free
    found = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-grounds @ found))
        slope = grounds.T @ (weights * (right - chance)) - penalty * found
        curve = (grounds * (weights * chance * (1 - chance))[:, None]).T @ grounds + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < _STILL:
            break
    return found


def based(model: Fit, items: Sequence[Labelled], weights: Floats, right: Floats) -> Fit:
    """The model with the base by which as many of `items` are right as it says, by weight; numbers rounded."""
    rest = np.array([sum(model.weights.get(name, 0.0) * value for name, value in i.grounds.items()) for i in items])
    base = model.base
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rest - base))
        step = float((weights * (right - chance)).sum() / (weights * chance * (1 - chance)).sum())
        base += max(-1.0, min(1.0, step))
    return Fit(round(base, 3), {name: round(value, 3) for name, value in model.weights.items()})


def train(kind: Kind, sets: dict[str, list[Labelled]], but: str | None = None) -> Fit:
    """The model of a kind by all its items, those of the document `but` left out."""
    names = sorted({name for items in sets.values() for each in items for name in each.grounds})
    items: list[Labelled] = []
    weights: list[float] = []
    right: list[float] = []

    def add(each: Labelled, weight: float, share: float) -> None:
        if weight:
            items.append(each)
            weights.append(weight)
            right.append(share)

    counted = _weights(kind, sets)
    for name, members in sets.items():
        for each in members:
            if each.doc != but:
                add(each, counted[name], float(each.right))
    model = fit(names, items, np.array(weights), np.array(right))
    gold = [each for each in sets.get("gold", ()) if each.doc != but]
    if kind in UNREAD:
        number, good = UNREAD[kind]
        for each in gold:
            add(each, good / len(gold), 1.0)
            add(each, (number - good) / len(gold), 0.0)
    return based(model, items, np.array(weights), np.array(right))


def _weights(kind: Kind, sets: dict[str, list[Labelled]]) -> dict[str, float]:
    """What an item of each set counts: those of PolNeAR, by far the largest, in all as much as all others."""
    known = WEIGHTS | ({"judged": HOME[kind]} if kind in HOME else {})
    others = sum(len(items) * known[name] for name, items in sets.items() if name in known)
    return {name: known.get(name, others / len(items)) for name, items in sets.items()}


def left_out(kind: Kind, sets: dict[str, list[Labelled]]) -> dict[str, Floats]:
    """The probability of each item by a model that has not seen its document."""
    result = {name: np.zeros(len(items)) for name, items in sets.items()}
    places: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, items in sets.items():
        for number, each in enumerate(items):
            places[each.doc].append((name, number))
    for doc, held in places.items():
        model = train(kind, sets, doc)
        for name, number in held:
            result[name][number] = model([sets[name][number]])[0]
    return result


def measured(probabilities: Floats, items: Sequence[Labelled]) -> dict[str, Any]:
    """What the report has of one set."""
    right, found = (np.array([float(getattr(each, name)) for each in items]) for name in ("right", "found"))
    mean, high = noise(probabilities)
    return {
        "items": len(items),
        "found": round(float(found.mean()), 3),
        "right": round(float(right.mean()), 3),
        "confidence": round(float(probabilities.mean()), 3),
        "ece": round(expected_error(probabilities, right), 3),
        "ece by chance": [round(mean, 3), round(high, 3)],
        "ece of found": round(expected_error(probabilities, found), 3),
        "brier": round(brier(probabilities, right), 3),
        "order": None if (value := order(probabilities, right)) is None else round(value, 3),
        "bins": [[each.items, round(each.confidence, 3), round(each.right, 3)] for each in bins(probabilities, right)],
    }


def shipped_on(items: Iterable[Labelled]) -> dict[str, dict[str, Any]]:
    """How the shipped confidences hold on items, by kind."""
    by_kind: dict[str, list[Labelled]] = defaultdict(list)
    for each in items:
        by_kind[each.kind.value].append(each)
    return {
        kind: measured(np.array([each.confidence for each in members]), members) for kind, members in by_kind.items()
    }


def gather(arguments: argparse.Namespace) -> Sets:
    """Read and label all sets that were given."""
    items = labels.Items()
    scorer = scorers.module(arguments.scorer)
    sets = Sets({"gold": list(labels.from_gold(arguments.gold_dir, scorer, items))})
    sets.by_name["own events"] = list(labels.from_event_set(("open", "held"), scorer, items))
    sets.by_name["own ties"] = list(labels.from_event_set(("ties",), scorer, items))
    sets.by_name["blind"] = list(labels.from_event_set(("blind",), scorer, items))
    if arguments.polnear:
        attributions = scorers.module(arguments.attributions)
        sets.by_name["own texts"] = list(labels.from_own_texts(attributions, items))
        sets.by_name["PolNeAR"] = list(labels.from_attributions(arguments.polnear / "dev", attributions, items))
        sets.by_name["judged"] = list(labels.from_judged(arguments.polnear, items))
    if arguments.plv:
        sets.by_name["PLV"] = list(labels.from_pairs(arguments.plv, items))
    return sets


def report(sets: Sets, models: dict[Kind, Fit]) -> dict[str, Any]:
    """By kind and set: the measures on documents left out of the fit, and those of the models fitted on all."""
    result: dict[str, Any] = {}
    for kind, model in models.items():
        own = sets.of(kind)
        without = left_out(kind, own)
        result[kind.value] = {
            name: {"left out": measured(without[name], items), "fitted": measured(model(items), items)}
            for name, items in own.items()
        }
    return result


def table(result: dict[str, Any]) -> str:
    """The report as Markdown."""
    heads = ("kind", "set", "items", "right", "confidence", "ECE", "by chance", "fitted ECE", "Brier", "order")
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    for kind, rows in result.items():
        for name, row in rows.items():
            out, all_in = row["left out"], row["fitted"]
            chance = "{:.3f} to {:.3f}".format(*out["ece by chance"])
            ranked = "-" if out["order"] is None else f"{out['order']:.2f}"
            cells = [kind, name, out["items"], f"{out['right']:.3f}", f"{out['confidence']:.3f}", f"{out['ece']:.3f}"]
            cells += [chance, f"{all_in['ece']:.3f}", f"{out['brier']:.3f}", ranked]
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    lines += ["", "Reliability on documents left out: items, mean confidence, share right, bin by bin.", ""]
    for kind, rows in result.items():
        for name, row in rows.items():
            cells = (f"{number} {sure:.2f} {right:.2f}" for number, sure, right in row["left out"]["bins"])
            lines.append(f"- {kind}, {name}: " + "; ".join(cells))
    return "\n".join(lines)


def write(models: dict[Kind, Fit], sets: Sets) -> None:
    """Put the weights where the reader finds them."""
    kinds = {
        kind.value: {
            "items": {name: [len(items), sum(each.right for each in items)] for name, items in sets.of(kind).items()},
            "unread": list(UNREAD.get(kind, ())),
            "base": model.base,
            "weights": model.weights,
        }
        for kind, model in models.items()
    }
    about = (
        "Weights of confidence by kind, made by benchmarks/calibration.py --write; items: by set, all and right."
        " See docs/confidence.md."
    )
    text = json.dumps({"about": about, "kinds": kinds}, indent=1)
    SHIPPED.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--polnear", type=Path, metavar="DIR")
    parser.add_argument("--attributions", type=Path, metavar="SCORER", help="the scorer of attributions")
    parser.add_argument("--plv", type=Path, metavar="FILE")
    parser.add_argument("--write", action="store_true", help="put the weights into the reading room")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    arguments = parser.parse_args()
    if bool(arguments.polnear) != bool(arguments.attributions):
        parser.error("--polnear and --attributions go together")
    sets = gather(arguments)
    if not (arguments.polnear and arguments.plv):
        if arguments.write:
            sys.exit("--write needs all sets: --polnear, --attributions and --plv")
        print(json.dumps(shipped_on(sets.by_name["gold"]), indent=1))
        return
    models = {kind: train(kind, own) for kind in Kind if (own := sets.of(kind))}
    result = report(sets, models)
    print(json.dumps(result, indent=1) if arguments.json else table(result))
    if arguments.write:
        write(models, sets)
        print(f"\nweights written: {SHIPPED.name}")


if __name__ == "__main__":
    main()
