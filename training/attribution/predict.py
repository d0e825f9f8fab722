"""Predictions for the scorer: `python -m training.attribution.predict MODEL COMPARTMENT PRED.jsonl`.

MODEL is a folder that `export.py` wrote or the folder of a checkpoint that `train.py` wrote.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from training.attribution.network import tagger


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("compartment", type=Path, help="folder with text/*.txt")
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--file", default="reader.onnx")
    parser.add_argument("--budget", type=int, help="word pieces of a window, instead of the model's")
    args = parser.parse_args()
    reader = tagger(args.model, args.file, args.budget)
    with args.predictions.open("w", encoding="utf-8") as out:
        for path in sorted((args.compartment / "text").glob("*.txt")):
            with path.open(encoding="utf-8", newline="") as file:
                text = file.read()
            found = [asdict(attribution) for attribution in reader.read(text)]
            out.write(json.dumps({"doc": path.stem, "attributions": found}) + "\n")


if __name__ == "__main__":
    main()
