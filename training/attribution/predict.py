"""Predictions for the scorer: `python -m training.attribution.predict MODEL_DIR COMPARTMENT PRED.jsonl`."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from multivector.reading._tagger.reader import Tagger


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("compartment", type=Path, help="folder with text/*.txt")
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--file", default="reader.onnx")
    args = parser.parse_args()
    reader = Tagger(args.model, model=args.file)
    with args.predictions.open("w", encoding="utf-8") as out:
        for path in sorted((args.compartment / "text").glob("*.txt")):
            with path.open(encoding="utf-8", newline="") as file:
                text = file.read()
            found = [asdict(attribution) for attribution in reader.read(text)]
            out.write(json.dumps({"doc": path.stem, "attributions": found}) + "\n")


if __name__ == "__main__":
    main()
