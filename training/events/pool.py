"""Sentences that a teacher labels for the student: other names in the marked sentences, and pairs in political news."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from multivector.reading._plover.pieces import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.events.data import Example

NAME = re.compile(r"[A-Z][\w.-]+(?: [A-Z][\w.-]+)?")
SPAN = re.compile(r"<([st])>(.*?)</\1>")
PROPER = re.compile(r"(?:(?<=[a-z,] )(?:the )?|^(?:The )?)(?:[A-Z][\w.'’-]*\w)(?: (?:[A-Z][\w.'’-]*\w|of [A-Z]\w+))*")
NOT_NAMES = frozenset("But And The In On At He She It They We I If When While As For This That There These A An".split())


def renamed(examples: Sequence[Example], names: Sequence[str], seed: int) -> list[Example]:
    """Each example with plain names of its actors exchanged for others; as it was where it has none."""
    chance = random.Random(seed)
    result: list[Example] = []
    for example in examples:
        text = SPAN.sub(
            lambda span: (
                f"<{span[1]}>{chance.choice(names)}</{span[1]}>" if NAME.fullmatch(span[2].strip()) else span[0]
            ),
            example.text,
        )
        result.append(replace(example, text=text))
    return result


def plain_names(examples: Sequence[Example]) -> list[str]:
    """The plain names among the marked actors."""
    spans = (span[2].strip() for example in examples for span in SPAN.finditer(example.text))
    return sorted({span for span in spans if NAME.fullmatch(span)})


def pairs(folder: Path, count: int, seed: int) -> list[str]:
    """Marked sentences from a folder of texts: two capitalised names of a sentence, drawn by chance."""
    chance = random.Random(seed)
    found: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n+", text):
            if not 50 <= len(sentence) <= 260 or MARK.search(sentence):
                continue
            names = [each.span() for each in PROPER.finditer(sentence) if each.group() not in NOT_NAMES]
            if len(names) < 2:
                continue
            first = chance.randrange(len(names) - 1)
            (a, b), (c, d) = names[first], names[chance.randrange(first + 1, len(names))]
            left, right = ("s", "t") if chance.random() < 0.8 else ("t", "s")
            found.append(
                f"{sentence[:a]}<{left}>{sentence[a:b]}</{left}>{sentence[b:c]}"
                f"<{right}>{sentence[c:d]}</{right}>{sentence[d:]}"
            )
    chance.shuffle(found)
    return found[:count]
