"""Documents to training examples: windows of words with their tags and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from multivector.reading._tagger.labels import LINKS, ROLES, TAGS, allowed, begin, inside
from multivector.reading._tagger.windows import cut
from multivector.reading._tagger.words import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from multivector.reading._tagger.words import Pieces, Word
    from training.attribution.corpus import Document


@dataclass
class Opinion:
    """What a teacher thinks of a window, its start mark left out.

    `tags` are probabilities [words, tags], `pairs` expected numbers of neighbours [tags, tags].
    """

    tags: np.ndarray
    pairs: np.ndarray


@dataclass
class Example:
    """A window, the start mark being word 0: pieces, features, first piece, tag and links of each word.

    `members[role]` is [attributions, words] bool: the words that hold the role in the attribution. Of a text that is
    not `labelled` only the teacher's opinion is known.
    """

    pieces: list[int]
    features: list[int]
    first: list[int]
    tags: list[int]
    members: dict[str, np.ndarray]
    opinion: Opinion | None = None
    labelled: bool = True


@dataclass
class Batch:
    """Examples padded to the longest.

    `tags` are probabilities [batch, words, tags], `pairs` expected numbers of neighbours [batch, tags, tags].
    """

    pieces: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    first: torch.Tensor
    words: torch.Tensor
    tags: torch.Tensor
    pairs: torch.Tensor
    links: torch.Tensor


def label(words: Sequence[Word], document: Document) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Tags of the words and, by role, which words hold the role in which attribution."""
    tags = np.zeros(len(words), dtype=np.int64)
    starts = np.array([word.start for word in words])
    ends = np.array([word.end for word in words])
    count = len(document.attributions)
    members = {role: np.zeros((count, len(words)), dtype=bool) for role in ROLES}
    for number, role in enumerate(ROLES):
        for index, attribution in enumerate(document.attributions):
            for start, end in attribution.of(role):
                held = np.flatnonzero((starts < end) & (ends > start))
                if held.size:
                    members[role][index, held] = True
                    tags[held] = inside(number)
                    tags[held[0]] = begin(number)
    for at in range(len(tags)):  # where spans overlap, the later one has cut the earlier one short
        if not allowed(tags[at - 1] if at else 0, tags[at]):
            tags[at] -= 1
    return tags, members


def window(words: Sequence[Word], start: int, end: int, pieces: Pieces) -> tuple[list[int], list[int], list[int]]:
    """Pieces, features and first piece of the words `[start, end)` between the start and the end mark."""
    numbers, features, first = [pieces.start], [0], [0]
    for word in words[start:end]:
        own = pieces(word.form)
        first.append(len(numbers))
        numbers.extend(own)
        features.extend([word.feature] * len(own))
    numbers.append(pieces.end)
    features.append(0)
    return numbers, features, first


def examples(document: Document, pieces: Pieces, budget: int, offset: float = 0.0) -> list[Example]:
    """The windows of a document; `offset` in [0, 1) is the share of a window that the first one leaves out."""
    words = split(document.text)
    tags, members = label(words, document)
    lengths = [len(pieces(word.form)) for word in words]
    ranges = cut(words, lengths, budget)
    if offset and len(words) > 2:
        first = min(int(offset * ranges[0][1]), len(words) - 1)
        ranges = [(0, first)] * (first > 20) + cut(words, lengths, budget, first)
    result = []
    for start, end in ranges:
        numbers, features, first_pieces = window(words, start, end, pieces)
        own = tags[start:end].copy()
        if own.size and own[0] and own[0] % 2 == 0:
            own[0] -= 1
        held = {role: np.pad(members[role][:, start:end], ((0, 0), (1, 0))) for role in ROLES}
        kept = np.logical_or.reduce([held[role].any(1) for role in ROLES])
        held = {role: held[role][kept] for role in ROLES}
        result.append(Example(numbers, features, first_pieces, [0, *own.tolist()], held))
    return result


def targets(example: Example) -> np.ndarray:
    """Bool [kinds of link, words, words]: which words each word should point to; word 0 stands for none."""
    count = len(example.first)
    result = np.zeros((len(LINKS), count, count), dtype=bool)
    for kind, (origin, goal) in enumerate(LINKS):
        held, wanted = example.members[origin], example.members[goal].copy()
        wanted[:, 0] = ~wanted.any(1)
        result[kind] = held.astype(np.float32).T @ wanted.astype(np.float32) > 0
    return result


def collate(items: Sequence[Example], taught: float = 0.0) -> Batch:
    """A batch of the examples; `taught` is the weight of the teacher's opinion against the annotators'."""
    length = max(len(item.pieces) for item in items)
    count = max(len(item.first) for item in items)
    pieces = torch.zeros(len(items), length, dtype=torch.long)
    features, mask = torch.zeros_like(pieces), torch.zeros_like(pieces)
    first = torch.zeros(len(items), count, dtype=torch.long)
    words = torch.zeros(len(items), count, dtype=torch.bool)
    tags = torch.zeros(len(items), count, len(TAGS))
    pairs = torch.zeros(len(items), len(TAGS), len(TAGS))
    links = torch.zeros(len(items), len(LINKS), count, count, dtype=torch.bool)
    for row, item in enumerate(items):
        pieces[row, : len(item.pieces)] = torch.tensor(item.pieces)
        features[row, : len(item.pieces)] = torch.tensor(item.features)
        mask[row, : len(item.pieces)] = 1
        size = len(item.first)
        first[row, :size] = torch.tensor(item.first)
        words[row, :size] = True
        known = torch.tensor(item.tags)
        tags[row, torch.arange(size), known] = 1
        pairs[row] = torch.bincount(known[1:-1] * len(TAGS) + known[2:], minlength=len(TAGS) ** 2).view(len(TAGS), -1)
        links[row, :, :size, :size] = torch.from_numpy(targets(item))
        if taught and item.opinion:
            own, share = item.opinion, taught if item.labelled else 1.0
            tags[row, 1:size] += share * (torch.from_numpy(own.tags).float() - tags[row, 1:size])
            pairs[row] += share * (torch.from_numpy(own.pairs) - pairs[row])
    return Batch(pieces, features, mask, first, words, tags, pairs, links)
