"""One form for all texts: what rules and offsets can rely on.

Lines end in a line feed, characters are composed (NFC), every kind of space is a plain space, and
invisible characters are gone: byte order marks, soft hyphens, zero-width and direction marks, controls.
Lines carry no trailing space and at most one blank line separates paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_BLANK_LINES = re.compile(r"\n{3,}")
_JOINERS = re.compile(r"(?<![\u0590-\u1aff])[\u200c\u200d]+")
_LONGEST_CLUSTER = 30  # combining marks in a row; Unicode's Stream-Safe Text Format allows no more


def clean(text: str) -> str:
    """`text` in the one form described above; linear in its length, idempotent.

    Tabs stay. The zero-width joiner and non-joiner stay where a script needs them (Persian, Hindi).
    """
    text = "\n".join(line.rstrip() for line in characters(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def characters(text: str) -> str:
    """`text` with clean characters; lines are left as they are, as their spaces mean something in Markdown."""
    text = _LINE_ENDS.sub("\n", text).translate(_table())
    text = _JOINERS.sub("", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", _long_clusters().sub(r"\1", text))
    return text


def one_line(text: str | None, limit: int = 500) -> str | None:
    """A title or name: cleaned, on one line, no longer than `limit`; None when nothing is left."""
    if text is None:
        return None
    folded = " ".join(clean(text[: 4 * limit]).split())
    return folded[:limit].rstrip() or None


def has_letters(text: str) -> bool:
    """Whether there is anything to read."""
    return any(map(str.isalpha, text))


@lru_cache(maxsize=1)
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for code in [*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF]:
        table[code] = None
    for code in [0xAD, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]:
        table[code] = None
    for code in range(0xE0000, 0xE0080):
        table[code] = None
    for code in [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]:
        table[code] = " "
    del table[ord("\n")], table[ord("\t")]
    return table


@lru_cache(maxsize=1)
def _long_clusters() -> re.Pattern[str]:
    """Runs of marks so long that composing them would take quadratic time; the excess is dropped."""
    marks = "".join(chr(code) for code in range(0x300, 0x1E94B) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{{_LONGEST_CLUSTER}}})[{marks}]+")
