"""Folding: the same letters for what readers take as the same word.

`fold` keeps the length: character `n` of the result stands for character `n` of the text, so that an offset found
in one holds in the other. Case goes, and so do accents (`é`, Cyrillic `ё` and `й`). What shall vanish inside a word
becomes a combining accent, which the tokenizer of the full text index passes over: soft hyphens, joiners, combining
marks, and the apostrophe of Uzbek `oʻ` and `gʻ`, however it is typed. Other apostrophes part words (`Russia's`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SILENT = "\u0301"
_APOSTROPHES = "'`´ʻʼʹʽˈ‘’‛′＇"
_PLAIN = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ſ": "s"}
_JOINERS = "\u00ad\u200c\u200d\u2060\ufeff"
# After o or g and before a letter, but not before the English possessive.
_UZBEK = re.compile(r"(?<=[og])'(?=[^\W\d_])(?!s\b)")


class _Letters(dict[int, str]):
    """Each code point's folded character, worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _letter(chr(code))
        return folded


_LETTERS = _Letters()


def fold(text: str) -> str:
    """`text` folded character by character; as long as `text`."""
    return _UZBEK.sub(_SILENT, text.translate(_LETTERS))


@lru_cache(maxsize=4096)
def fold_name(text: str) -> str:
    """`text` folded for the comparison of names: as `fold`, without what is silent, and with single spaces."""
    return " ".join(fold(text).replace(_SILENT, "").split())


def plain(text: str) -> str:
    """`text` with surrogates, as in file names that are not UTF-8, written out: SQLite takes only characters."""
    return text.encode("utf-8", "backslashreplace").decode()


def _letter(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    category = unicodedata.category(char)
    if category.startswith("M") or char in _JOINERS:
        return _SILENT
    if category in ("Cc", "Cs"):
        return " "
    base = unicodedata.normalize("NFD", char)[0]
    lower = unicodedata.normalize("NFD", base.lower())[0]
    return _PLAIN.get(lower, lower)
