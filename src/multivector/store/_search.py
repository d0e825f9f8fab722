"""Full text search over documents, with the passage that matched."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from multivector.store._faults import damaged
from multivector.store._query import HEAD
from multivector.store._types import DocumentHead, DocumentQuery, Hit
from multivector.store._where import add_functions, document_conditions, page
from multivector.store._words import match_query

# Control characters are folded to spaces, so that in folded text these two can only be marks.
_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_WIDTH = 200
_TITLE_WEIGHT = 4.0

Marks = tuple[str, str]


def search(
    connection: sqlite3.Connection, path: Path, words: str, query: DocumentQuery, *, marks: Marks
) -> Iterator[Hit]:
    """Documents that hold all of `words`, the best first; see `Store.search`."""
    if (match := match_query(words)) is None:
        return
    add_functions(connection)
    where = document_conditions(query)
    # Ranked first and marked afterwards: marking is done for the rows given, not for all that match.
    ranked = connection.execute(
        f"SELECT d.number, bm25(document_search, {_TITLE_WEIGHT}, 1.0) AS rank"  # noqa: S608
        " FROM document_search JOIN document d ON d.number = document_search.rowid"
        f" WHERE document_search MATCH ? AND {where} ORDER BY rank, d.id LIMIT ? OFFSET ?",
        (match, *where.values, *page(query.get("limit"), query.get("offset", 0))),
    )
    found = False
    for number, rank in ranked:
        found = True
        title, text, marked_title, marked_text, *head = connection.execute(
            f"SELECT d.title, d.text, highlight(document_search, 0, ?, ?), highlight(document_search, 1, ?, ?), {HEAD}"  # noqa: S608
            " FROM document_search JOIN document d ON d.number = document_search.rowid"
            " WHERE document_search MATCH ? AND document_search.rowid = ?",
            (_OPEN, _CLOSE, _OPEN, _CLOSE, match, number),
        ).fetchone()
        if (places := _places(marked_text)) or not (title and (in_title := _places(marked_title))):
            snippet = _snippet(text, places, marks)
        else:
            snippet = _snippet(title, in_title, marks)
        yield Hit(DocumentHead(*head), snippet, rank)
    if not found:
        _check_file(connection, path)


def _check_file(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError for a damaged file, whose full text index may say of any word that it is nowhere."""
    (line,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if line != "ok":
        raise damaged(path, " ".join(str(line).split()))


def _places(marked: str) -> list[tuple[int, int]]:
    """Where the marked passages stand in the text without marks."""
    return [
        (match.start() - 2 * number, match.end() - 2 * (number + 1))
        for number, match in enumerate(_MARKED.finditer(marked))
    ]


def _snippet(text: str, places: list[tuple[int, int]], marks: Marks) -> str:
    """The stretch of about 200 characters with most of `places`, whole words, the places between `marks`, one line."""
    start, end = _window(text, places)
    parts = ["… "] if start else []
    at = start
    for first, last in places:
        if start <= first and last <= end:
            parts += text[at:first], marks[0], text[first:last], marks[1]
            at = last
    parts.append(text[at:end])
    if end < len(text):
        parts.append(" …")
    return " ".join("".join(parts).split())


def _window(text: str, places: list[tuple[int, int]]) -> tuple[int, int]:
    if not places:
        start, end = 0, _WIDTH
    else:
        starts = [first for first, _ in places]
        ends = [last for _, last in places]

        def held(n: int) -> int:
            return bisect_left(ends, starts[n] + _WIDTH * 3 // 4) - n

        best = max(range(len(places)), key=lambda n: (held(n), -n))
        last = ends[max(best, best + held(best) - 1)]
        spare = max(_WIDTH - (last - starts[best]), 0)
        start, end = starts[best] - spare // 3, last + spare - spare // 3
    start = max(start, 0)
    end = min(max(end, start + _WIDTH), len(text))
    # Not in the middle of a word, unless the word is longer than any.
    while start > 0 and not text[start - 1].isspace() and not text[start].isspace() and start > end - 2 * _WIDTH:
        start -= 1
    while end < len(text) and not text[end].isspace() and end < start + 2 * _WIDTH:
        end += 1
    return start, end
