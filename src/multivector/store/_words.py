"""Words that a user typed, as a full text query. Whatever is typed, the result is a valid query or none at all."""

from __future__ import annotations

import re
import unicodedata

from multivector.store._fold import fold

MOST_TERMS = 64
_TERM = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')


def match_query(text: str) -> str | None:
    """An FTS5 query that finds rows with all terms of `text`, or None when `text` has no word in it.

    Terms stand between spaces; `"several words"` are found together and in order, and `word*` finds all words that
    begin so. All else (operators, parentheses, column names) is plain text. Terms beyond the first 64 do not count.
    """
    terms: dict[str, None] = {}
    # Without spaces in the pattern's way a stray quotation mark opens nothing and is passed over.
    for phrase, star, word in _TERM.findall(text[:100_000]):
        term = " ".join(fold(phrase or word.rstrip("*")).split()[:MOST_TERMS])
        if any(unicodedata.category(char)[0] in "LN" for char in term):
            prefix = "*" if star or word.endswith("*") else ""
            terms[f'"{term}"{prefix}'] = None
    return " ".join(list(terms)[:MOST_TERMS]) or None
