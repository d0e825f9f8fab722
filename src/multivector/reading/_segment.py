"""Cut a text into paragraphs, sentences and quotations.

Paragraphs are lines, unless the text was wrapped by hand; the end of a paragraph ends a sentence. Quotations are
paired paragraph by paragraph; marks may be of any usual kind, and a quotation that is not closed runs to the end of
its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from multivector.reading._analysis import Sentence
from multivector.reading.languages import Language
from multivector.record import Span, Spans

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"'”’»“)\]]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"[\w.-]+$")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")
_NEXT = re.compile(r"\s*([\"'“‘«„(\[—–-]*\s*)(\S)")
_WORD_AFTER = re.compile(r"\w+")
_UPPER = r"[^\W\d_a-zß-ÿа-яё]"
_MONTH_DAY = rf"(?:\d{{1,2}}\s{_UPPER}\w+\.?|{_UPPER}\w+\.?\s\d{{1,2}}|\d{{1,2}}\s\w+(?=\s\d{{4}}))(?:,?\s\d{{4}})?"
_SOURCE = r"(?:\s?\([^)\n]{2,40}\))?"
DATELINE = re.compile(
    rf"(?:{_UPPER}{{2,}}(?:[ .'’-]{{1,2}}{_UPPER}+){{0,3}}(?:,\s[^—–.()\n]{{2,40}})?"
    rf"|{_UPPER}\w+(?:[ -]{_UPPER}\w+){{0,2}}(?:,\s{_UPPER}\w+)?,\s{_MONTH_DAY})"
    rf"{_SOURCE}(?:\s?[—–]\s|\s--?\s|\.\s+(?={_UPPER}))"
)
"""A place in capitals, with or without a date and an agency, before a dash or a full stop; or a place with a day."""
_SENTENCE_END = re.compile(r"[.!?;]\s+$")
_LIST_MARK = re.compile(r"\s*(?:\d{1,3}|[a-zA-Zа-яА-Я])[.)]$")

_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‟": "”", "``": "''", "''": "''", "&quot;": "&quot;", "”": '”"'}
_MARK = re.compile(r"&quot;|''|``|[\"“”„‟«»]")
_SINGLE = re.compile(r"(?<!\w)‘(?=\S)")
_SINGLE_END = re.compile(r"(?<=\S)’(?!\w)")
_FIRST = re.compile(r"\S+")
_ITEM = re.compile(r"(?:[-•*–—]|\(?(?:\d{1,3}|[a-zA-Zа-яА-Я])[.)])\s|.{1,40}:\s")
_WIDEST_WRAP = 110
"""Texts with longer lines were not wrapped by hand: each line is a paragraph."""
_LONGEST = 4000
"""A quotation longer than this in one paragraph is taken for a mark that was never closed."""


def paragraphs_of(text: str) -> Spans:
    """The paragraphs, without the white space around them: lines, or runs of lines that were wrapped by hand."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            lines.append(Span(start, start + len(stripped)))
    width = max((end - start for start, end in lines), default=0)
    if width > _WIDEST_WRAP:
        return tuple(lines)
    paragraphs: list[Span] = []
    for line in lines:
        if paragraphs and _is_wrapped(text, paragraphs[-1].end, line, width):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
    return tuple(paragraphs)


def _is_wrapped(text: str, before: int, line: Span, width: int) -> bool:
    """Whether `line` goes on from the one that ends at `before`: its first word would not have fitted there.

    `width` is that of the longest line. A list item and what follows a blank line begin anew.
    """
    if text.count("\n", before, line.start) != 1 or _ITEM.match(text, *line):
        return False
    word = _FIRST.match(text, *line)
    return (before - text.rfind("\n", 0, before) - 1) + 1 + (word.end() - word.start() if word else 0) > width


def sentences_of(text: str, paragraphs: Spans, language: Language) -> tuple[Sentence, ...]:
    """The sentences of each paragraph, in order."""
    table = language.table("segment")
    hard = frozenset[str](table.get("abbreviations", ()))
    soft = frozenset[str](table.get("soft_abbreviations", ()))
    starters = frozenset[str](table.get("starters", ()))
    found: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        start = paragraph.start
        if (dateline := DATELINE.match(text, *paragraph)) is not None and dateline.end() < paragraph.end:
            found.append(Sentence(Span(start, start + len(dateline.group().rstrip(" —–-"))), number))
            start = dateline.end()
        for end in _ends(text, Span(start, paragraph.end), hard, soft, starters):
            found.append(Sentence(Span(start, end), number))
            start = end + len(text[end : paragraph.end]) - len(text[end : paragraph.end].lstrip())
        if start < paragraph.end:
            found.append(Sentence(Span(start, paragraph.end), number))
    return tuple(found)


def quotes_of(text: str, paragraphs: Spans) -> Spans:
    """The outermost quotations, marks included, in text order."""
    found: list[Span] = []
    for start, end in paragraphs:
        opened: int | None = None
        closing = ""
        depth = 0
        for match in _MARK.finditer(text, start, end):
            mark = match.group()
            if opened is None:
                if mark in _PAIRS and _may_open(text, match.start(), match.end(), mark):
                    opened, closing, depth = match.start(), _PAIRS[mark], 1
                    opener = mark
            elif mark in closing and (mark != opener or _may_close(text, match.start())):  # pyright: ignore[reportPossiblyUnboundVariable]
                depth -= 1
                if depth == 0:
                    found.append(Span(opened, match.end()))
                    opened = None
            elif mark == opener and mark in "«“„":  # pyright: ignore[reportPossiblyUnboundVariable]
                depth += 1
            elif mark in '"”' and closing in ("”", '"', "“”") and _may_close(text, match.start()):
                # Mixed typography: a curly mark closed by a straight one, or the other way round.
                found.append(Span(opened, match.end()))
                opened = None
        if opened is not None and end - opened <= _LONGEST:
            found.append(Span(opened, end))
    return tuple(sorted([*found, *_single_quotes(text, paragraphs, found)]))


def _single_quotes(text: str, paragraphs: Spans, double: list[Span]) -> list[Span]:
    """Quotations between single marks that stand in no other quotation.

    A closing mark looks like an apostrophe. The first one that no letter follows closes, unless it ends a plural
    (`partners’ trade`) and another one closes later.
    """
    found: list[Span] = []
    for start, end in paragraphs:
        position = start
        while (opening := _SINGLE.search(text, position, end)) is not None:
            position = opening.end()
            if any(low <= opening.start() < high for low, high in double):
                continue
            following = _SINGLE.search(text, position, end)
            limit = following.start() if following else end
            ends = [match.end() for match in _SINGLE_END.finditer(text, position, limit)]
            if not ends:
                continue
            close = ends[0]
            if text[close - 2] == "s" and len(ends) > 1:
                close = ends[1]
            position = close
            if not any(low < close and opening.start() < high for low, high in double):
                found.append(Span(opening.start(), close))
    return found


def _ends(
    text: str, paragraph: Span, hard: frozenset[str], soft: frozenset[str], starters: frozenset[str]
) -> Iterator[int]:
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        following = _NEXT.match(text, match.end(), paragraph.end)
        if following is None:
            continue
        starts_new = following.group(2).isupper() or following.group(2).isdigit() or bool(following.group(1).strip(" "))
        if not starts_new:
            continue
        word = _WORD_AFTER.match(text, following.end(1), paragraph.end)
        starts = word is not None and word.group().lower() in starters
        if match.group().startswith(".") and _goes_on(text, paragraph, match.start(), hard, soft, starts):
            continue
        yield match.end()


def _goes_on(text: str, paragraph: Span, point: int, hard: frozenset[str], soft: frozenset[str], starts: bool) -> bool:
    """Whether the point at `point` belongs to an abbreviation, an initial or a list number."""
    before = _WORD_BEFORE.search(text, max(paragraph.start, point - 20), point)
    if before is None:
        return False
    word = before.group()
    if len(word) == 1 and word.isupper():
        return True
    if word.isdigit() and len(word) < 3 and _SENTENCE_END.search(text, paragraph.start, before.start()):
        return True
    if before.start() == paragraph.start and _LIST_MARK.match(text[paragraph.start : point + 1]):
        return True
    folded = word.lower().lstrip(".-")
    if folded in hard:
        # `in 2025 г. Россия` goes on; a year's `г.` before a capital is left to the reader as one sentence.
        return True
    return (folded in soft or _INITIALS.fullmatch(word) is not None) and not starts


def _may_open(text: str, start: int, end: int, mark: str) -> bool:
    """A straight mark opens only after white space or an opening bracket, and before a character.

    So does `”`, which opens too in some languages and by mistake.
    """
    if end >= len(text) or text[end].isspace():
        return False
    if mark == "”":
        return text[end].isalnum() and (start == 0 or text[start - 1].isspace() or text[start - 1] in "([")
    if mark not in ('"', "''", "&quot;"):
        return True
    return start == 0 or not (text[start - 1].isalnum() or text[start - 1] in ".,!?…")


def _may_close(text: str, start: int) -> bool:
    return start > 0 and not text[start - 1].isspace()
