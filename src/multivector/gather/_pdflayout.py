"""Lines of a PDF's pages to paragraphs: joins what was wrapped, drops what runs on every page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Box = tuple[float, float, float, float]  # left, bottom, right, top in points, y upwards

_HYPHEN = re.compile("(?<=[^\\W\\d_])[\x02\ufffe](?=[^\\W\\d_])")
_LOST_HYPHEN = re.compile("[\x02\ufffe]")
_END_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
# No capital with a point: that is mostly somebody's initial.
_MARKER = re.compile(r"(?:[-–—•·▪●◦*]|\(?\d{1,3}[.)]|\(?[^\W\d_]\))\s+\S")
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[\W_]*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|из|-)\s*\d{1,4})?[\W_]*", re.IGNORECASE)
_EDGE = 2  # lines at the top and at the bottom of a page that may be running ones


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and its place in points, y upwards; places are None where PDFium gives none."""

    text: str
    left: float | None = None
    right: float | None = None
    first: float | None = None
    last: float | None = None

    @classmethod
    def of(cls, text: str, boxes: tuple[Box, Box] | None) -> Line:
        """From the boxes of its first and last character; a hyphenated word may put these on two lines."""
        text = _LOST_HYPHEN.sub("-", _HYPHEN.sub(_unhyphened, text))
        if boxes is None:
            return cls(text)
        (left, first, _, _), (_, last, right, _) = boxes
        return cls(text, left, right, first, last)


def without_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without headers and footers that most of them share, digits aside, and without bare page numbers."""
    keys = [{_key(line) for line in (*page[:_EDGE], *page[-_EDGE:])} for page in pages]
    counts = Counter(key for page in keys for key in page)
    least = max(3, len(pages) // 2)
    running = {key for key, count in counts.items() if count >= least}
    kept: list[list[Line]] = []
    for page in pages:
        edges = {*range(min(_EDGE, len(page))), *range(max(0, len(page) - _EDGE), len(page))}
        outer = {0, len(page) - 1}
        kept.append(
            [
                line
                for at, line in enumerate(page)
                if not (at in edges and _key(line) in running)
                and not (at in outer and len(page) > 1 and _PAGE_NUMBER.fullmatch(line.text))
            ]
        )
    return kept


def paragraphs(pages: list[list[Line]]) -> str:
    """The text of the pages, paragraphs parted by a blank line; list items follow one another a line each."""
    out: list[str] = []
    current: list[str] = []
    before: Line | None = None
    for page in pages:
        right = max((line.right for line in page if line.right is not None), default=0.0)
        left = _usual_left(page)
        pitch = _usual_pitch(page)
        for at, line in enumerate(page):
            if before is None:
                current = [line.text]
            elif _parted(before, line, left, right, pitch if at else None):
                out.append("".join(current))
                current = [line.text]
            else:
                _append(current, line.text)
            before = line
    out.append("".join(current))
    text = ""
    for one, other in pairwise(("", *filter(None, out))):
        close = _MARKER.match(one) and _MARKER.match(other)
        text += (("\n" if close else "\n\n") if one else "") + other
    return text


def _append(current: list[str], text: str) -> None:
    """Put a wrapped line behind the pieces of its paragraph, joining a word that a hyphen parted."""
    if _END_HYPHEN.search(current[-1]):
        if text[:1].islower():
            current[-1] = current[-1][:-1]
    else:
        current.append(" ")
    current.append(text)


def _parted(before: Line, line: Line, left: float, right: float, pitch: float | None) -> bool:
    """Whether a paragraph ends between two lines. `pitch` is the page's usual line distance, None over a page break."""
    marked = bool(_MARKER.match(line.text))
    ended = bool(_ENDED.search(before.text))
    if before.right is None or line.left is None or before.last is None or line.first is None:
        return ended and (marked or not line.text[:1].islower())
    short = before.right < right - 0.12 * max(right - left, 1.0)
    if marked and (ended or short):  # else a dash or a number that a wrapped line happens to begin with
        return True
    if pitch is None:
        return (ended and short) or (ended and line.left > left + 8) or (short and not line.text[:1].islower())
    distance = before.last - line.first
    if distance > 1.4 * pitch:
        return True
    indented = line.left > left + 8 and (before.left or 0.0) < line.left - 8
    if indented and not line.text[:1].islower():
        return True
    return short and (ended or not line.text[:1].islower()) and not line.text[:1].isdigit()


def _usual_left(page: list[Line]) -> float:
    counts = Counter(round(line.left) for line in page if line.left is not None)
    return float(max(counts, key=lambda place: (counts[place], -place))) if counts else 0.0


def _usual_pitch(page: list[Line]) -> float:
    steps = [
        one.last - other.first
        for one, other in pairwise(page)
        if one.last is not None and other.first is not None and one.last - other.first > 1
    ]
    return median(steps) if steps else 0.0


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _unhyphened(match: re.Match[str]) -> str:
    """A hyphen that only parted a word at a line's end is dropped, one before a capital letter kept."""
    following = match.string[match.end() : match.end() + 1]
    return "" if following.islower() else "-"
