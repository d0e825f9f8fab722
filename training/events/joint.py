"""The judge of pairs: a small network on the states that the tagger's encoder has of each word.

The encoder stays as it is, and has run over the text before: so the judge costs the reader next to nothing, where the
classifier of marked sentences (`network.py`) reads each sentence anew for each pair.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from multivector.reading._plover.judge import QUESTIONS, ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADS = {question: len(answers) for question, answers in QUESTIONS.items()}


@dataclass(frozen=True)
class Shape:
    """Sizes of the network: of the encoder's states, of its own, of its layers."""

    states: int
    size: int
    layers: int
    heads: int
    dropout: float


@dataclass(frozen=True)
class Given:
    """Pairs padded to one length: states [pairs, words, states], roles and mask [pairs, words]."""

    states: Tensor
    roles: Tensor
    mask: Tensor


def batch(rows: Sequence[tuple[Tensor, Tensor]]) -> Given:
    """Several pairs, each with its states [words, states] and roles [words]."""
    longest = max(len(roles) for _, roles in rows)
    states = torch.zeros(len(rows), longest, rows[0][0].shape[1])
    roles = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for row, (own, role) in enumerate(rows):
        states[row, : len(role)], roles[row, : len(role)], mask[row, : len(role)] = own.float(), role, True
    return Given(states, roles, mask)


class Layer(nn.Module):
    """Attention and a step forward, each on normalised input."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        size = shape.size
        self.heads, self.dropout = shape.heads, shape.dropout
        self.norm1, self.norm2 = nn.LayerNorm(size), nn.LayerNorm(size)
        self.qkv, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, 2 * size), nn.Linear(2 * size, size)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """States [pairs, words, size]."""
        pairs, words, size = x.shape
        split = self.qkv(self.norm1(x)).view(pairs, words, 3, self.heads, size // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) / math.sqrt(size // self.heads)
        shares = (scores + (~mask)[:, None, None, :] * -1e4).softmax(-1)
        shares = functional.dropout(shares, self.dropout, self.training)
        mixed = (shares @ value).transpose(1, 2).reshape(pairs, words, size)
        x = x + functional.dropout(self.out(mixed), self.dropout, self.training)
        inner = functional.dropout(functional.gelu(self.up(self.norm2(x))), self.dropout, self.training)
        return x + functional.dropout(self.down(inner), self.dropout, self.training)


class Joint(nn.Module):
    """States of words and what role each plays to scores of types, direction, modality and ties."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.inp = nn.Linear(shape.states, shape.size)
        self.roles = nn.Embedding(ROLES, shape.size)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.size)
        self.scores = nn.Linear(4 * shape.size, sum(HEADS.values()))
        self.register_buffer("mean", torch.zeros(shape.states))
        self.register_buffer("deviation", torch.ones(shape.states))

    def forward(self, given: Given) -> dict[str, Tensor]:
        """Scores [pairs, answers] a question."""
        x = (given.states - self.mean) / self.deviation
        x = self.inp(functional.dropout(x, self.shape.dropout, self.training)) + self.roles(given.roles)
        for layer in self.layers:
            x = layer(x, given.mask)
        x = self.norm(x)
        means = [self._mean(x, given.mask & part) for part in (given.roles >= 0, given.roles == 1, given.roles == 2)]
        most = x.masked_fill(~given.mask[..., None], -1e4).max(1).values
        pooled = functional.dropout(torch.cat([*means, most], 1), self.shape.dropout, self.training)
        return dict(zip(HEADS, self.scores(pooled).split(list(HEADS.values()), 1), strict=True))

    @staticmethod
    def _mean(x: Tensor, mask: Tensor) -> Tensor:
        share = mask.to(x.dtype)[..., None]
        return (x * share).sum(1) / share.sum(1).clamp(min=1)
