"""Text to words: offsets, word pieces and features.

A word is a run of letters and digits or one other character.  Every double quotation mark, whatever its shape
(two apostrophes too), is read as the same word, and each word knows whether it stands between such marks, so that
the reader treats all conventions of quoting alike.  Line breaks become one word of their own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WORD = re.compile(r"\s*\n\s*|''|``|‘‘|’’|[^\W_]+|[^\s\w]|_")
DOUBLE = frozenset(('"', "“", "”", "„", "‟", "«", "»", "〝", "〞", "''", "``", "‘‘", "’’", "＂", "「", "」"))
OPENS = frozenset(("“", "„", "‟", "«", "``", "‘‘", "「"))
CLOSES = frozenset(("”", "»", "’’", "」"))
SAME = {"’": "'", "‘": "'", "‛": "'", "`": "'", "´": "'", "–": "—", "―": "—", "‒": "—", "−": "—", "‐": "-", "‑": "-"}
BREAK = "\n"
LONGEST = 8  # pieces of one word; more are cut off
REMEMBERED = 60_000  # words whose pieces are kept
FEATURES = 6  # lower case, capital, all capitals; outside and inside quotation marks


class Word(NamedTuple):
    """A word of the text: where it stands, what it reads as, and its feature number."""

    start: int
    end: int
    form: str
    feature: int


def split(text: str) -> list[Word]:
    """The words of `text` in order, line breaks included (never the first or last word)."""
    found = [(match.start(), match.end(), match.group()) for match in WORD.finditer(text)]
    while found and not found[-1][2].strip():
        found.pop()
    first = 0
    while first < len(found) and not found[first][2].strip():
        first += 1
    words: list[Word] = []
    opened = ""
    for start, end, form in found[first:]:
        if not form.strip():
            opened = ""
            words.append(Word(start, end, BREAK, 0))
        elif form in DOUBLE:
            low = form == "“" and opened == "„"
            opened = form if (form in OPENS and not low) or not (opened or form in CLOSES) else ""
            words.append(Word(start, end, '"', 3))
        else:
            words.append(Word(start, end, SAME.get(form, form), _case(form) + 3 * bool(opened)))
    return words


@lru_cache(maxsize=REMEMBERED)
def _case(form: str) -> int:
    if not form[0].isupper():
        return 0
    return 2 if len(form) > 1 and form.isupper() else 1


class Pieces:
    """Greedy longest-match word pieces from BERT's vocabulary file, in lower case and without accents."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._number = {piece: number for number, piece in enumerate(vocabulary)}
        self.start = self._number["[CLS]"]
        self.end = self._number["[SEP]"]
        self._unknown = (self._number["[UNK]"],)
        self._own = {BREAK: (self._number["[unused0]"],)}
        self._memory: dict[str, tuple[int, ...]] = dict(self._own)

    @classmethod
    def read(cls, path: Path) -> Pieces:
        """The pieces of a vocabulary file, one to a line."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def __call__(self, form: str) -> tuple[int, ...]:
        """Numbers of the pieces of one word."""
        known = self._memory.get(form)
        if known is None:
            if len(self._memory) >= REMEMBERED:
                self._memory = dict(self._own)
            known = self._memory[form] = self._cut(form)
        return known

    def _cut(self, form: str) -> tuple[int, ...]:
        plain = "".join(c for c in unicodedata.normalize("NFD", form.lower()) if unicodedata.category(c) != "Mn")
        pieces: list[int] = []
        at = 0
        while at < len(plain) and len(pieces) < LONGEST:
            mark = "##" if at else ""
            for end in range(min(len(plain), at + 40), at, -1):
                number = self._number.get(mark + plain[at:end])
                if number is not None:
                    pieces.append(number)
                    at = end
                    break
            else:
                return self._unknown
        return tuple(pieces) or self._unknown
