"""The head for names: persons, organisations, places and offices, from what the network says of each word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from multivector.reading._tagger.words import Word


class Naming(StrEnum):
    """What a mention names, in the order of the network's tags."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OFFICE = "office"


KINDS = tuple(Naming)
_BETWEEN = frozenset(("of", "the", "for", "and", "-", "'", ",", "(", '"'))
"""What stands inside of names, and neither begins nor ends one."""
_SHORTENED = 2
"""In letters: as much of a name as an initial has."""
_TITLES = frozenset(("mr", "ms", "dr", "st", "no"))
"""What is as short and no part of a name, in the one language that the head reads."""
_HALF = 0.5
_LEAST = 1e-6
"""Keeps one word that cannot be of a kind from deciding alone."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch `[start, end)` of the text, in code points, that names something."""

    start: int
    end: int
    kind: Naming


def mentions_of(words: Sequence[Word], windows: Sequence[NDArray[np.float32]]) -> Iterator[Mention]:
    """The mentions in `words` from the scores of their tags, window by window [words, 1 + 2 a kind].

    The tags are outside, then begin and inside of each kind. A mention is a run of words of a window that are more
    likely inside of one than outside, up to one that more likely begins another; it names what its words together most
    likely name.
    """
    if not windows:
        return
    scores = np.concatenate(windows)
    likely = np.exp(scores - scores.max(1, keepdims=True))
    likely /= likely.sum(1, keepdims=True)
    held = np.flatnonzero(likely[:, 0] < _HALF)
    if not len(held):
        return
    begins, insides = likely[held, 1::2], likely[held, 2::2]
    opens = begins.sum(1) > insides.sum(1)
    opens |= np.isin(held, np.cumsum([len(own) for own in windows]))
    opens[0] = True
    opens[1:] |= np.diff(held) > 1
    first = np.flatnonzero(opens)
    kinds: list[int] = np.add.reduceat(np.log(begins + insides + _LEAST), first).argmax(1).tolist()
    ends = [*first[1:].tolist(), len(held)]
    for start, end, kind in zip(first.tolist(), ends, kinds, strict=True):
        low, high = int(held[start]), int(held[end - 1])
        while low <= high and words[low].form in _BETWEEN:
            low += 1
        while low <= high and words[high].form in _BETWEEN:
            high -= 1
        if KINDS[kind] is Naming.PERSON:
            while low >= 2 and _is_initial(words[low - 2], words[low - 1]):
                low -= 2
        if low <= high:
            yield Mention(words[low].start, words[high].end, KINDS[kind])


def _is_initial(word: Word, point: Word) -> bool:
    """Whether a word with the point right behind it shortens a name: `T.`, `Zh.`."""
    return (
        point.form == "."
        and point.start == word.end
        and len(word.form) <= _SHORTENED
        and word.form[:1].isupper()
        and word.form.lower() not in _TITLES
    )
