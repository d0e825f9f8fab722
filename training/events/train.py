"""Train the classifier that ships on all of PLV's training part and our own sentences, and write it as ONNX.

`python -m training.events.train CONFIG --plv FILE --out DIR`: DIR/events.onnx, and DIR/checkpoint.pt to go on from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx
import torch

from multivector.reading._tagger.words import Pieces
from training.attribution.encoders import minilm_files
from training.events.crossval import settings
from training.events.data import plv
from training.events.documents import documents
from training.events.export import build
from training.events.fit import fit
from training.events.own import own


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--plv", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fp32", action="store_true", help="write the unquantised model too")
    arguments = parser.parse_args()
    how = settings(arguments.config, "shipped", [])
    pieces = Pieces.read(minilm_files() / "vocab.txt")
    model = fit(plv(arguments.plv) + own(how.own) + documents(), how, pieces, arguments.seed, quiet=False)
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), arguments.out / "checkpoint.pt")
    onnx.save(build(model), arguments.out / "events.onnx")
    if arguments.fp32:
        onnx.save(build(model, int8=False), arguments.out / "events-fp32.onnx")


if __name__ == "__main__":
    main()
