"""Marked sentences read by the classifier and by the judge of pairs together: both are right more often than either."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from multivector.reading._plover import judge, reader
from multivector.reading._plover.pieces import MARK
from multivector.reading._tagger.reader import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from multivector.reading._plover.reader import Judgement

SHARE = 0.3
"""Weight of the judge, which knows PLV's roots less well; chosen on the folds of the cross-validation."""


def classify(texts: Iterable[str]) -> list[Judgement]:
    """What is likely of each marked sentence, in order; each is read by itself.

    A sentence holds one actor between `<s>` and `</s>` and another between `<t>` and `</t>`; either may be named
    several times.
    """
    return [_judge(text) for text in texts]


def _judge(text: str) -> Judgement:
    first = reader.shipped().classify([text])[0]
    plain, sides = unmarked(text)
    starts, traces = shipped().findings(plain).traces(0, len(plain))
    if not starts:
        return first
    roles = np.array([judge.roles(starts, sides)], dtype=np.int64)
    return reader.mean(first, judge.shipped().judge(traces, roles)[0].event, SHARE)


def unmarked(text: str) -> tuple[str, dict[int, list[tuple[int, int]]]]:
    """A marked sentence without its marks, and where the first (1) and the second (2) side stand in it."""
    sides: dict[int, list[tuple[int, int]]] = {1: [], 2: []}
    parts: list[str] = []
    length, at, begun = 0, 0, 0
    for mark in re.finditer(MARK, text):
        parts.append(text[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        if mark.group().startswith("</"):
            sides[1 if "s" in mark.group() else 2].append((begun, length))
        else:
            begun = length
    return "".join([*parts, text[at:]]), sides
