"""Scores to spans: the best sequence of tags, and which spans belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from multivector.reading._tagger.labels import LINKS, ROLES, TAGS, allowed, role_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Range = tuple[int, int]
FORBIDDEN = -1e4
NONE = 0  # word 0 of a window is its start mark; a link to it is a link to nothing


@dataclass(frozen=True)
class Settings:
    """What the decoder needs beside the network's scores."""

    transitions: Floats
    start: Floats
    link: int
    bias: Floats  # added to the score of each tag
    no_cue: float = 0.0  # added to the score of a content's link to no cue
    no_source: float = 0.0  # added to the score of a cue's link to no source
    share: float = 0.3  # weight of the content's own link to the source
    company: float = 0.05  # how improbable (-log p) a link may be that makes a content a further part of another's
    spare: float = 1.0  # how much of its link's log-probability a content may lose to serve an unused cue


@dataclass(frozen=True)
class Group:
    """One attribution as ranges of words of a window."""

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]


def barrier() -> Floats:
    """What is added to the transitions so that inside tags only follow their own role."""
    count = range(len(TAGS))
    return np.array([[0.0 if allowed(a, b) else FORBIDDEN for b in count] for a in count], dtype=np.float32)


def _opening(settings: Settings) -> Floats:
    """What is added to the tags of a window's first word, of which none may be inside a span."""
    rule = np.where(np.arange(len(TAGS)) % 2 == 0, FORBIDDEN, 0).astype(np.float32)
    rule[0] = 0
    return settings.start + rule


def viterbi(scores: Sequence[Floats], settings: Settings) -> list[NDArray[np.int64]]:
    """The best tags of each window, all windows of a document at once; each is decoded for itself."""
    size = len(scores)
    lengths = [len(own) for own in scores]
    longest = max(lengths)
    # Windows stand last, so that sums and maxima run over them and not over the seven tags.
    history: Floats = np.zeros((longest, len(TAGS), size), dtype=np.float32)
    ends: dict[int, list[int]] = {}
    for row, own in enumerate(scores):
        history[: len(own), :, row] = own + settings.bias
        ends.setdefault(len(own) - 1, []).append(row)
    moves: Floats = settings.transitions + barrier()
    into: Floats = np.ascontiguousarray(
        np.broadcast_to(moves[:, :, None], (*moves.shape, size))
    )  # [before, after, window]
    paths = np.empty_like(into)
    history[0] += _opening(settings)[:, None]
    for t in range(1, longest):
        np.add(into, history[t - 1][:, None], out=paths)
        history[t] += np.maximum.reduce(paths, 0)
    tags: NDArray[np.int64] = np.zeros((longest, size), dtype=np.int64)
    at: NDArray[np.int64] = tags[0]
    for t in range(longest - 1, -1, -1):
        if t in ends:
            at = at.copy()
            at[ends[t]] = history[t][:, ends[t]].argmax(0)
        tags[t] = at
        if t:
            at = (history[t - 1] + moves.take(at, 1)).argmax(0)
    return [tags[:length, row] for row, length in enumerate(lengths)]


def chances(scores: Floats, settings: Settings) -> Floats:
    """Probabilities [words, roles] that a word holds a role, over all sequences of tags of one window."""
    weights = (scores + settings.bias).astype(np.float64)
    weights[0] += _opening(settings)
    own = np.exp(weights - weights.max(1, keepdims=True))
    moves = np.exp((settings.transitions + barrier()).astype(np.float64))
    # Forward and backward, brought back to a sum of one at each word so that nothing runs out of range.
    ahead, behind = np.empty_like(own), np.ones_like(own)
    ahead[0] = own[0] / np.add.reduce(own[0])
    for t in range(1, len(own)):
        step = (ahead[t - 1] @ moves) * own[t]
        ahead[t] = step / np.add.reduce(step)
    for t in range(len(own) - 2, -1, -1):
        step = moves @ (own[t + 1] * behind[t + 1])
        behind[t] = step / np.add.reduce(step)
    likely = ahead * behind
    likely /= likely.sum(1, keepdims=True)
    return likely[:, 1:].reshape(len(own), len(ROLES), 2).sum(2).astype(np.float32)


def spans(tags: NDArray[np.int64]) -> dict[str, list[Range]]:
    """Ranges of words by role."""
    found: dict[str, list[Range]] = {role: [] for role in ROLES}
    begin, current = 0, None
    for at, tag in enumerate([*tags.tolist(), 0]):
        if tag == 0 or tag % 2 == 1:
            if current is not None:
                found[ROLES[current]].append((begin, at))
            begin, current = at, role_of(tag)
    return found


def _affinity(links: Floats, kind: int, origins: Sequence[Range], goals: Sequence[Range], none: float) -> Floats:
    """Mean log-probability [origins, 1 + goals] that an origin's words point to nothing or to each goal."""
    query, key = links[:, kind, 0], links[:, kind, 1]
    origin = np.concatenate([np.arange(start, end) for start, end in origins])
    goal = np.concatenate([[NONE], *[np.arange(start, end) for start, end in goals]]).astype(np.int64)
    scores = query[origin] @ key[goal].T / np.sqrt(query.shape[-1])
    scores[:, 0] += none
    scores = np.exp(scores - scores.max(1, keepdims=True))
    at = np.concatenate([[0, 1], 1 + np.cumsum([end - start for start, end in goals])])[: 1 + len(goals)]
    mass = np.add.reduceat(scores, at.astype(np.int64), axis=1)
    mass = np.log(mass / mass.sum(1, keepdims=True) + 1e-6)
    begins = np.concatenate([[0], np.cumsum([end - start for start, end in origins])[:-1]]).astype(np.int64)
    sizes = np.array([end - start for start, end in origins])[:, None]
    return (np.add.reduceat(mass, begins, axis=0) / sizes).astype(np.float32)


def _assign(affinity: Floats, spare: float) -> list[int]:
    """The cue (from 1, or 0 for none) of each content.

    Every cue has a content: an unused one takes the content that loses least by it, if that loses little and its own
    cue has others.
    """
    chosen = affinity.argmax(1)
    for cue in range(1, affinity.shape[1]):
        if (chosen == cue).any():
            continue
        loss = affinity[np.arange(len(chosen)), chosen] - affinity[:, cue]
        shared = (np.bincount(chosen, minlength=affinity.shape[1])[chosen] > 1) | (chosen == 0)
        loss = np.where(shared, loss, np.inf)
        best = int(loss.argmin())
        if loss[best] < spare:
            chosen[best] = cue
    return chosen.tolist()


def join(found: dict[str, list[Range]], links: Floats, settings: Settings) -> list[Group]:
    """The attributions of a window; ranges count from its start mark, which is word 0."""
    sources, cues, contents = (found[role] for role in ROLES)
    if not contents:
        return []
    kinds = {pair: number for number, pair in enumerate(LINKS)}
    own_source = None
    if sources:
        own_source = _affinity(links, kinds["content", "source"], contents, sources, settings.no_source)
    held: dict[int, list[int]] = {}
    lonely: list[int] = []
    if cues:
        to_cue = _affinity(links, kinds["content", "cue"], contents, cues, settings.no_cue)
        chosen = _assign(to_cue, settings.spare)
        first = {cue: int(np.where(np.equal(chosen, cue), to_cue[:, cue], -np.inf).argmax()) for cue in set(chosen)}
        for number, best in enumerate(chosen):
            if best and (first[best] == number or to_cue[number, best] >= -settings.company):
                held.setdefault(best - 1, []).append(number)
            else:
                lonely.append(number)
    else:
        lonely = list(range(len(contents)))
    order = list(held)
    to_source = None
    if sources and held:
        to_source = _affinity(links, kinds["cue", "source"], [cues[cue] for cue in order], sources, settings.no_source)
    groups: list[Group] = []
    for row, cue in enumerate(order):
        source = None
        if to_source is not None and own_source is not None:
            best = int((to_source[row] + settings.share * own_source[held[cue]].mean(0)).argmax())
            source = sources[best - 1] if best else None
        groups.append(Group(source, cues[cue], tuple(contents[number] for number in held[cue])))
    for number in lonely:
        best = int(own_source[number].argmax()) if own_source is not None else 0
        groups.append(Group(sources[best - 1] if best else None, None, (contents[number],)))
    return sorted(groups, key=lambda group: group.content)
