"""The network: an encoder, four averages of its vectors, and one linear map a question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from multivector.reading._plover.labels import DIRECTIONS, MODALITIES, PLV, TYPES
from multivector.reading._plover.pieces import POOLS
from training.attribution.encoders import shape, weights
from training.attribution.model import FORBIDDEN, Encoder, Product, buckets
from training.precision import reduced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from multivector.reading._plover.pieces import Encoded

HEADS = {"plv": len(PLV), "types": len(TYPES), "direction": len(DIRECTIONS), "modality": len(MODALITIES)}


@dataclass(frozen=True)
class Batch:
    """Sentences padded to one length: pieces, features, mask [batch, length] and pools [batch, 4, length]."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    pools: Tensor
    states: Tensor | None = None


def batch(sentences: Sequence[Encoded], states: Sequence[Tensor] | None = None) -> Batch:
    """Sentences side by side, with what the frozen layers made of them where that is known."""
    longest = max(len(each.pieces) for each in sentences)
    pieces = torch.zeros(len(sentences), longest, dtype=torch.long)
    features, mask = torch.zeros_like(pieces), torch.zeros_like(pieces)
    pools = torch.zeros(len(sentences), POOLS, longest)
    for row, each in enumerate(sentences):
        size = len(each.pieces)
        pieces[row, :size] = torch.tensor(each.pieces)
        features[row, :size] = torch.tensor(each.features)
        mask[row, :size] = 1
        roles = torch.tensor(each.roles)
        pools[row, 0, :size] = 1
        pools[row, 1, :size] = (roles == 1).float()
        pools[row, 2, :size] = (roles == 2).float()
        pools[row, 3, 0] = 1
    known = None if states is None else nn.utils.rnn.pad_sequence(list(states), batch_first=True)
    return Batch(pieces, features, mask, pools / pools.sum(2, keepdim=True).clamp(min=1), known)


class Upper(Encoder):
    """An encoder whose lower layers are as they were found, so that what they make of a sentence can be kept."""

    def lower(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """What the layers below the entry make of the pieces [batch, length, hidden]."""
        x = self.norm(self.words(pieces) + self.positions(torch.arange(pieces.shape[1])))
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        bias = self.bias(mask, x)
        for layer in self.layers[: self.shape.entry]:
            x = layer(x, bias)
        return x

    def bias(self, mask: Tensor, x: Tensor) -> Tensor:
        """What is added to the scores of attention."""
        bias = (1 - mask[:, None, None, :].float()) * FORBIDDEN
        if self.relative is not None:
            far = buckets(mask.shape[1], self.shape.buckets)
            bias = bias + self.relative(far).permute(2, 0, 1)[None]
        return bias.to(x.dtype)

    def upper(self, x: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """The last layer's vectors, from those of the entry."""
        bias = self.bias(mask, x)
        x = x + self.features(features).to(x.dtype)
        for layer in self.layers[self.shape.entry :]:
            x = layer(x, bias)
        return x


class Classifier(nn.Module):
    """Scores for each question of `HEADS`."""

    def __init__(
        self, encoder: str, layers: int, entry: int = 0, *, dropout: float = 0.0, head_dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.shape = replace(shape(encoder, layers), entry=entry)
        self.head_dropout = head_dropout
        self.encoder = Upper(self.shape, dropout)
        for part in [self.encoder.words, *(self.encoder.frozen())]:
            part.requires_grad_(False)
        if self.encoder.relative is not None:
            self.encoder.relative.requires_grad_(False)
        self.heads = Product(POOLS * self.shape.hidden, sum(HEADS.values()))

    def load_encoder(self, name: str) -> None:
        """Start from an encoder of the registry's packages."""
        self.encoder.load_state_dict(weights(name, self.shape.layers))

    def rough(self, on: bool) -> None:
        """Compute, or stop computing, as the int8 network will."""
        for part in self.encoder.modules():
            if isinstance(part, Product):
                part.rough = on

    @torch.no_grad()
    def lower(self, sentences: Sequence[Encoded]) -> list[Tensor]:
        """What the frozen layers make of each sentence [length, hidden]."""
        turn = sorted(range(len(sentences)), key=lambda number: len(sentences[number].pieces))
        kept: dict[int, Tensor] = {}
        for at in range(0, len(turn), 16):
            rows = turn[at : at + 16]
            given = batch([sentences[row] for row in rows])
            with reduced():
                states = self.encoder.lower(given.pieces, given.mask)
            kept |= {row: state[: len(sentences[row].pieces)].clone() for row, state in zip(rows, states, strict=True)}
        return [kept[row] for row in range(len(sentences))]

    def pooled(self, given: Batch) -> Tensor:
        """The averages [batch, 4 times hidden]."""
        if given.states is None:
            x = self.encoder(given.pieces, given.features, given.mask)
        else:
            x = self.encoder.upper(given.states, given.features, given.mask)
        return (given.pools.to(x.dtype) @ x).flatten(1)

    def forward(self, given: Batch) -> dict[str, Tensor]:
        """Scores [batch, answers] a question."""
        x = functional.dropout(self.pooled(given), self.head_dropout, self.training)
        return dict(zip(HEADS, self.heads(x).float().split(list(HEADS.values()), 1), strict=True))
