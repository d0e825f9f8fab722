"""The network: a BERT or MPNet encoder, a tagger with a linear-chain CRF, and three linkers.

The encoder is written out here so that weights can be read from the packages (`encoders.py`) and written to ONNX
(`export.py`) without a third library in between.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from multivector.reading._tagger.labels import LINKS, TAGS, allowed
from training.attribution.encoders import Shape, shape_of, weights

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORBIDDEN = -1e4
FARTHEST = 128  # relative positions beyond it share a bucket, as in MPNet


class Rough(torch.autograd.Function):
    """Rounds to what int8 would keep and lets gradients through, so that a network learns to live with it."""

    @staticmethod
    def forward(_: object, x: Tensor, dim: tuple[int, ...] | None) -> Tensor:
        """`x` rounded as activations are, with one scale and zero for all that `dim` runs over; without, as weights."""
        if dim is None:
            scale = x.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            return (x / scale).round_().mul_(scale)
        low, high = x.amin(dim, keepdim=True).clamp(max=0), x.amax(dim, keepdim=True).clamp(min=0)
        scale = ((high - low) / 255).clamp(min=1e-8)
        zero = (-low / scale).round_()
        return (x / scale).round_().add_(zero).clamp_(0, 255).sub_(zero).mul_(scale)

    @staticmethod
    def backward(_: object, gradient: Tensor) -> tuple[Tensor, None]:  # type: ignore[override]
        """The gradient as it is."""
        return gradient, None


class Product(nn.Linear):
    """A linear map that, when `rough`, computes as ONNX Runtime's dynamically quantised product would."""

    rough = False

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  (torch's name)
        """`input` [batch, length, size]; activations are rounded window by window, weights output by output."""
        if not self.rough:
            return super().forward(input)
        return functional.linear(Rough.apply(input, (1, 2)), Rough.apply(self.weight, None), self.bias)


class Layer(nn.Module):
    """One transformer layer, query, key and value in one matrix."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads, self.head = shape.heads, shape.head
        self.dropout = dropout
        self.qkv = Product(shape.hidden, 3 * shape.heads * shape.head)
        self.out = Product(shape.heads * shape.head, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.up = Product(shape.hidden, shape.inner)
        self.down = Product(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` [batch, length, hidden]; `bias` [batch, heads or 1, length or 1, length] is added to the scores."""
        batch, length, _ = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, self.head).permute(2, 0, 3, 1, 4)
        query, key, value = qkv[0], qkv[1], qkv[2]
        scores = query @ key.transpose(-1, -2) * (1 / math.sqrt(self.head)) + bias.to(query.dtype)
        mixed = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2).reshape(batch, length, -1)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))

    def drop(self, x: Tensor) -> Tensor:
        """Dropout with one mask for all pieces of a window: a mask for each costs a third of the time on a CPU."""
        if not (self.training and self.dropout):
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= self.dropout
        return x * (kept.to(x.dtype) / (1 - self.dropout))


class Encoder(nn.Module):
    """BERT or MPNet with a table of word features in place of token types."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.features = nn.Embedding(shape.features, shape.hidden)
        self.relative = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """Vectors [batch, length, hidden] of the word pieces; `mask` is 1 for a piece, 0 for padding."""
        x = self.words(pieces) + self.positions(torch.arange(pieces.shape[1]))
        x = self.norm(x if self.shape.entry else x + self.features(features))
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        bias = (1 - mask[:, None, None, :].float()) * FORBIDDEN
        if self.relative is not None:
            bias = bias + self.relative(buckets(pieces.shape[1], self.shape.buckets)).permute(2, 0, 1)[None]
            bias = bias.to(x.dtype)
        with torch.no_grad():
            for layer in self.layers[: self.shape.entry]:
                x = layer(x, bias)
        if self.shape.entry:
            x = x.detach() + self.features(features).to(x.dtype)
        for layer in self.layers[self.shape.entry :]:
            x = layer(x, bias)
        return x

    def frozen(self) -> list[nn.Parameter]:
        """What is never trained: everything below the entry."""
        if not self.shape.entry:
            return []
        below = [self.words, self.positions, self.norm, *self.layers[: self.shape.entry]]
        return [parameter for part in below for parameter in part.parameters()]


def buckets(length: int, count: int) -> Tensor:
    """The bucket [length, length] of each pair's distance, as in MPNet (and T5): near ones exact, far ones by log."""
    places = torch.arange(length)
    distance = places[:, None] - places[None, :]
    half = count // 2
    exact = half // 2
    size = distance.abs()
    far = exact + (torch.log(size.clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    return (distance < 0) * half + torch.where(size < exact, size, far.clamp(max=half - 1))


class Crf(nn.Module):
    """A linear-chain CRF whose forbidden transitions are those that break BIO."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.start = nn.Parameter(torch.zeros(len(TAGS)))
        rules = torch.tensor([[allowed(a, b) for b in range(len(TAGS))] for a in range(len(TAGS))])
        self.register_buffer("barrier", (~rules).float() * FORBIDDEN, persistent=False)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Crf:
        """With the transitions of a `reader.json`."""
        crf = cls()
        with torch.no_grad():
            crf.transitions.copy_(torch.tensor(settings["transitions"]))
            crf.start.copy_(torch.tensor(settings["start"]))
        return crf

    def partition(self, scores: Tensor, mask: Tensor) -> Tensor:
        """Log of the sum over all sequences of each row; the first word is always real."""
        transitions = self.transitions + self.barrier
        alpha = self.start + scores[:, 0]
        for t in range(1, scores.shape[1]):
            following = torch.logsumexp(alpha[:, :, None] + transitions, 1) + scores[:, t]
            alpha = torch.where(mask[:, t, None], following, alpha)
        return torch.logsumexp(alpha, 1)

    def forward(self, scores: Tensor, tags: Tensor, pairs: Tensor, mask: Tensor) -> Tensor:
        """Cross-entropy of each row against a distribution of tags, one-hot for known ones.

        `tags` [batch, words, tags] are probabilities (0 for padding), `pairs` [batch, tags, tags] the expected number
        of each pair of neighbours. With a one-hot distribution this is the negative log-likelihood; with another
        CRF's marginals it is exactly the cross-entropy between the two over sequences.
        """
        # the barrier is left out of the expectation: no sequence of either has a forbidden pair
        chosen = (scores * tags).sum((1, 2)) + (tags[:, 0] * self.start).sum(1) + (pairs * self.transitions).sum((1, 2))
        return self.partition(scores, mask) - chosen

    def marginals(self, scores: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Probabilities of the tags [batch, words, tags] and expected pairs of neighbours [batch, tags, tags]."""
        with torch.enable_grad():
            scores = scores.detach().requires_grad_()
            copies = self.transitions.detach()[None].repeat(len(scores), 1, 1).requires_grad_()
            alpha = self.start.detach() + scores[:, 0]
            for t in range(1, scores.shape[1]):
                following = torch.logsumexp(alpha[:, :, None] + copies + self.barrier, 1) + scores[:, t]
                alpha = torch.where(mask[:, t, None], following, alpha)
            tags, pairs = torch.autograd.grad(torch.logsumexp(alpha, 1).sum(), (scores, copies))
        return tags, pairs


class Reader(nn.Module):
    """Encoder, tag scores of each word, and query and key vectors of each word for each kind of link."""

    def __init__(self, shape: Shape, *, dropout: float = 0.0, head_dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.head_dropout = head_dropout
        self.encoder = Encoder(shape, dropout)
        self.tags = nn.Linear(shape.hidden, len(TAGS))
        self.links = Product(shape.hidden, 2 * len(LINKS) * shape.link)
        self.crf = Crf()

    @classmethod
    def read(cls, path: Path, *, dropout: float = 0.0, head_dropout: float = 0.0) -> Reader:
        """The network of a checkpoint."""
        state = torch.load(path, weights_only=True)["model"]
        model = cls(shape_of(state), dropout=dropout, head_dropout=head_dropout)
        model.load_state_dict(state)
        return model

    def load_encoder(self, name: str) -> None:
        """Start from an encoder of `encoders.py`."""
        self.encoder.load_state_dict(weights(name, self.shape.layers))

    def rough(self, on: bool) -> None:
        """Compute, or stop computing, as the int8 network will."""
        for part in self.modules():
            if isinstance(part, Product):
                part.rough = on

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores [batch, words, tags] and link vectors [batch, words, links, 2, link].

        `first` [batch, words] is the place of each word's first piece.
        """
        x = self.encoder(pieces, features, mask)
        x = x.gather(1, first[..., None].expand(-1, -1, x.shape[-1]))
        x = functional.dropout(x, self.head_dropout, self.training)
        links = self.links(x).view(*x.shape[:2], len(LINKS), 2, self.shape.link)
        return self.tags(x).float(), links


def link_scores(links: Tensor, mask: Tensor) -> Tensor:
    """Scores [batch, kinds, words, words] of each word's pointing to each other one; `links` as `Reader` gives it."""
    query, key = links[:, :, :, 0], links[:, :, :, 1]
    scores = torch.einsum("bwkd,bvkd->bkwv", query, key).float() / math.sqrt(links.shape[-1])
    return scores + (~mask)[:, None, None, :].float() * FORBIDDEN


def link_loss(scores: Tensor, targets: Tensor) -> Tensor:
    """Mean of -log p(a right word) over the words that have a target, for all kinds of links.

    `scores` as `link_scores` gives them, `targets` bool of the same shape.
    """
    active = targets.any(-1)
    right = scores.masked_fill(~targets, FORBIDDEN * 10).logsumexp(-1)
    losses = (scores.logsumexp(-1) - right) * active
    return losses.sum((0, 2)).div(active.sum((0, 2)).clamp(min=1)).sum()
