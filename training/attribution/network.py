"""A model to measure: exported to ONNX, or a checkpoint in its place."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch

from multivector.reading._tagger.reader import Tagger
from multivector.reading._tagger.words import Pieces
from training.attribution.encoders import minilm_files
from training.attribution.model import Reader
from training.precision import reduced

BUDGET = 180


class Network:
    """A checkpoint that answers as an ONNX session does."""

    def __init__(self, model: Reader) -> None:
        self._model = model.eval()

    def get_outputs(self) -> list[SimpleNamespace]:
        """The names of what `run` gives."""
        return [SimpleNamespace(name=name) for name in ("tags", "links")]

    @torch.no_grad()
    def run(self, _: None, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        """Scores of the tags [words, tags] and vectors of the links [words, vectors] of one window."""
        pieces, features, first = (torch.from_numpy(inputs[name])[None] for name in ("pieces", "features", "first"))
        with reduced():
            tags, links = self._model(pieces, features, torch.ones_like(pieces), first)
        return [tags[0].float().numpy(), links[0].float().flatten(1).numpy()]


def tagger(folder: Path, file: str = "reader.onnx", budget: int | None = None) -> Tagger:
    """The tagger of a folder that `export.py` or `train.py` wrote; `budget` instead of its own size of windows."""
    if not (folder / "checkpoint.pt").exists():
        return Tagger.load(folder, model=file, **({"budget": budget} if budget else {}))
    config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = Reader.read(folder / "checkpoint.pt")
    settings = {
        "budget": budget or config["reading"]["budget"],
        "lead": config["reading"]["lead"],
        "link": model.shape.link,
        "transitions": model.crf.transitions.tolist(),
        "start": model.crf.start.tolist(),
        "bias": [0.0] * model.tags.out_features,
    }
    return Tagger(Network(model), Pieces.read(minilm_files() / "vocab.txt"), settings)
