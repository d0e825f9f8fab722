"""Words to windows: stretches of the text that the network reads one at a time.

A window ends at a line break where it can, else at the end of a sentence, else where it is full.  Each window is
read alone (batch of one), so that a document's result depends on nothing but the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from multivector.reading._tagger.words import BREAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from multivector.reading._tagger.words import Word

STOPS = frozenset(".!?…")
CLOSERS = frozenset("\"')]")


def cut(words: Sequence[Word], lengths: Sequence[int], budget: int, first: int = 0) -> list[tuple[int, int]]:
    """Ranges `[start, end)` of words, at most `budget` pieces each, that cover `words` from `first` on.

    `lengths` are the numbers of pieces of the words.
    """
    ranges: list[tuple[int, int]] = []
    start = first
    while start < len(words):
        end, used, paragraph, sentence = start, 0, start, start
        while end < len(words) and used + lengths[end] <= budget:
            used += lengths[end]
            end += 1
            if words[end - 1].form == BREAK:
                paragraph = end
            elif _stops(words, end):
                sentence = end
        if end < len(words):
            long_enough = start + (end - start) // 2
            end = next((at for at in (paragraph, sentence) if at > long_enough), end)
        ranges.append((start, end))
        start = end
    return ranges


def lead(lengths: Sequence[int], start: int, budget: int) -> int:
    """The first of the words before `start` that are read along as context, at most `budget` pieces of them."""
    begin, used = start, 0
    while begin and used + lengths[begin - 1] <= budget:
        begin -= 1
        used += lengths[begin]
    return begin


def _stops(words: Sequence[Word], end: int) -> bool:
    """Whether a sentence may end before `words[end]`."""
    form = words[end - 1].form
    if form in STOPS:
        return end == len(words) or (words[end].form not in CLOSERS and words[end].start > words[end - 1].end)
    return form in CLOSERS and end >= 2 and words[end - 2].form in STOPS
