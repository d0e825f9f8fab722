"""Scores by publisher for the model card: `python -m training.attribution.publishers COMPARTMENT PRED.jsonl ...`."""

from __future__ import annotations

import argparse
from pathlib import Path

from training.attribution.tune import scorer


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("compartment", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    args = parser.parse_args()
    judge = scorer(args.scorer)
    gold = judge.read_gold(args.compartment)
    predicted = judge.read_predictions(args.predictions, gold)
    print("| publisher | attributions | content | content + source | exact |\n|---|---|---|---|---|")
    for publisher in sorted({name.partition("_")[0] for name in gold}):
        own = {name: value for name, value in gold.items() if name.startswith(publisher + "_")}
        figures = judge.score(own, predicted)["attributions"]
        shown = " | ".join(f"{figures[key]['f1']:.3f}" for key in ("content", "content+source", "exact"))
        print(f"| {publisher} | {figures['content']['gold']} | {shown} |")


if __name__ == "__main__":
    main()
