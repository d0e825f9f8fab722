"""Lists of sections: in a sentence (`covers x, y and z`) or in the lines that follow it."""

from __future__ import annotations

import re
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading.languages import Language

_PAST = re.compile(r"[;.]")
_CUT = re.compile(r"\.(?:\s|$)|[”\"»]|\s///|,?\s(?:which|while|but|that)\s")
_LONGEST = 90
"""A section's name is shorter than this, in characters."""


@lru_cache(maxsize=4)
def _patterns(language: Language) -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str]]:
    table = language.table("agreements")["sections"]
    return re.compile(table["introduce"]), frozenset(table["strong"]), re.compile(table["enumerator"], re.IGNORECASE)


def sections_after(analysis: Analysis, sentence: int, after: int, before: int) -> tuple[tuple[str, ...], int]:
    """The names in the list that begins in `[after, before)` in a sentence, and where it ends; empty when none does."""
    introduce, strong, enumerator = _patterns(analysis.language)
    span = analysis.sentences[sentence].span
    text = analysis.text
    for match in introduce.finditer(text, after, min(before, span.end)):
        if _PAST.search(text, after, match.start()):
            break
        verb = match.group().split()[0].lower()
        if not match["kind"] and verb not in strong:
            continue
        rest = text[match.end() : span.end]
        if not rest.strip(" ."):
            return _lines(analysis, sentence, enumerator)
        cut = _CUT.search(rest)
        listed = rest[: cut.start()] if cut else rest
        names = split_list(listed, enumerator)
        if len(names) > 1 and all(len(name) <= _LONGEST and not introduce.search(f"{name} ") for name in names):
            return names, match.end() + len(listed.rstrip(" .,;"))
    return (), after


def split_list(listed: str, enumerator: re.Pattern[str]) -> tuple[str, ...]:
    """The parts of a running list: `a; b; and c`, `A, B and C, and D`, `x and y`."""
    parts = listed.split(";") if ";" in listed else re.split(r",\s", listed)
    if ";" in listed or (len(parts) > 1 and re.match(r"\s*(?:and|or)\s", parts[-1])):
        parts = [re.sub(r"^\s*and\s", "", part) for part in parts]
    else:
        # No comma before the last `and`: that one joins the last two.
        *front, last = parts
        first, joined, second = last.rpartition(" and ")
        parts = [*front, first, second] if joined else parts
    names = [enumerator.sub("", part.strip(' .,;:“”"')).strip() for part in parts]
    return tuple(re.sub(r"^the\s", "", name) for name in names if name)


def _lines(analysis: Analysis, sentence: int, enumerator: re.Pattern[str]) -> tuple[tuple[str, ...], int]:
    """The lines with a bullet or number that follow the sentence's paragraph."""
    names: list[str] = []
    end = analysis.sentences[sentence].span.end
    for paragraph in analysis.paragraphs[analysis.sentences[sentence].paragraph + 1 :]:
        line = analysis.words(paragraph)
        mark = enumerator.match(line)
        if mark is None or len(line) - mark.end() > _LONGEST or mark.end() == len(line):
            break
        names.append(line[mark.end() :].rstrip(" .;,"))
        end = paragraph.end
    if len(names) < 2:
        return (), end
    return tuple(names), end
