"""Long lists of words found fast: by where their first words stand, not by trying a pattern at every character.

The words of a document are filed once, each under the letters that it begins with. A pattern whose matches can only
begin with one of certain words is then tried where these stand, and nowhere else; it finds what the plain pattern
finds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

_FIRST_LETTERS = re.compile(r"(?<!\w)[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]")
_FIRST_DIGIT = re.compile(r"(?<!\w)\d")
_DIGIT_BEHIND_LETTER = re.compile(r"(?<=[^\W\d_])\d")
_DIGIT = "0"
"""Words that begin with a digit are filed under this."""

BEHIND_LETTER = "a0"
"""Digits right behind a letter, which begin no word (`RMB3bn`), are filed under this."""

_ALIKE = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})
"""Letters that a pattern which ignores case takes for others, beside capitals."""

_WHOLE = ("\\b", "(?<!\\w)", "(?<![\\w")
"""How a pattern begins that matches nowhere but at the beginning of a word."""

_PIECE = re.compile(
    r"(?P<aside>\(\?<?[=!])|(?P<group>\((?:\?(?:P<\w+>|[a-zA-Z-]*:))?)|(?P<or>\|)|(?P<end>\))"
    r"|(?P<repeat>[*+]\??|\{\d*,?\d*\}\??)|(?P<maybe>\?\??)"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<item>\\.|.)",
    re.DOTALL,
)


class WordStarts:
    """Where the words of one text begin, by the letters that they begin with, in any case."""

    def __init__(self, text: str) -> None:
        self._places: dict[str, list[int]] = {}
        for match in _FIRST_LETTERS.finditer(text):
            self._places.setdefault(_fold(match.group()), []).append(match.start())
        self._places[_DIGIT] = [match.start() for match in _FIRST_DIGIT.finditer(text)]
        self._places[BEHIND_LETTER] = [match.start() for match in _DIGIT_BEHIND_LETTER.finditer(text)]
        self._joined: dict[frozenset[str], list[int]] = {}

    def of(self, heads: frozenset[str]) -> list[int]:
        """The places of the words that begin with any of `heads`, in text order."""
        if (known := self._joined.get(heads)) is None:
            known = sorted(chain.from_iterable(self._places[head] for head in self._places.keys() & heads))
            self._joined[heads] = known
        return known


@lru_cache(maxsize=2)
def starts_of(text: str) -> WordStarts:
    """The words of a text; those of the last texts are kept, so that every step of reading asks for the same."""
    return WordStarts(text)


class Sought:
    """A pattern with the words that its matches begin with; `heads` are given where it does not tell them itself."""

    def __init__(self, pattern: str, flags: int = re.IGNORECASE, heads: frozenset[str] | None = None) -> None:
        self.pattern = re.compile(pattern, flags)
        self.heads = heads_of(pattern) if heads is None else heads

    def finditer(self, text: str, starts: WordStarts, low: int = 0, high: int | None = None) -> Iterator[re.Match[str]]:
        """What `re.Pattern.finditer` gives.

        `starts` are those of `text`, or of one of the same length in which words stand that `text` lacks. A word
        that `high` cuts in two is taken whole: its first half does not count as a word that a pattern begins with.
        """
        high = len(text) if high is None else high
        if self.heads is None:
            return self.pattern.finditer(text, low, high)
        places = starts.of(self.heads)
        first = bisect_left(places, low)
        near = first < len(places) and places[first] < high
        return self._tried(text, places, first, high) if near else iter(())

    def _tried(self, text: str, places: list[int], first: int, high: int) -> Iterator[re.Match[str]]:
        """The matches at the places from the one numbered `first` up to the offset `high`, none in another."""
        free = 0
        for index in range(first, len(places)):
            if places[index] >= high:
                break
            if places[index] >= free and (match := self.pattern.match(text, places[index], high)):
                yield match
                free = match.end()


def heads_of(pattern: str) -> frozenset[str] | None:
    """The letters that the matches of a pattern can begin with, up to the first that is none; None when it is open."""
    if not pattern.startswith(_WHOLE):
        return None
    try:
        return frozenset(_Heads(pattern).found)
    except _OpenError:
        return None


class _OpenError(Exception):
    """Matches may begin with anything."""


class _Heads:
    """Goes through a pattern with the set of beginnings that still want letters; those that are done are `found`."""

    def __init__(self, pattern: str) -> None:
        self._pieces = [(match.lastgroup or "", match.group()) for match in _PIECE.finditer(pattern)]
        self._at = 0
        self.found: set[str] = set()
        ends = self._alternatives({""}, top=True)
        if "" in ends:
            raise _OpenError
        self.found |= ends

    def _alternatives(self, before: set[str], *, top: bool = False) -> set[str]:
        ends = self._sequence(before)
        while self._peek() == "or":
            self._at += 1
            if top and self._pieces[self._at][1] != "\\b":
                raise _OpenError  # this alternative may match within a word
            ends = ends | self._sequence(before)
        self._at += 1
        return ends

    def _sequence(self, now: set[str]) -> set[str]:
        while self._peek() not in ("or", "end", ""):
            kind, piece = self._pieces[self._at]
            self._at += 1
            before = now
            if kind == "aside":
                never = piece == "(?!" and self._peek() == "end"
                self._alternatives(set())
                now = set[str]() if never else now
            elif kind == "group":
                now = self._alternatives(now)
            else:
                now = self._letters(kind, piece, now)
            again = self._peek()
            if again == "repeat":
                optional = self._pieces[self._at][1].startswith(("*", "{0", "{,"))
                if now - before:
                    raise _OpenError  # letters that may come more than once
                now = now | before if optional else now
                self._at += 1
            elif again == "maybe":
                now = now | before
                self._at += 1
        return now

    def _letters(self, kind: str, piece: str, before: set[str]) -> set[str]:
        """The beginnings after one character of the text, which ends those that it does not lengthen."""
        if not before or piece in ("\\b", "\\B", "^", "$", "\\A", "\\Z"):
            return before
        members = _members(piece) if kind == "set" else [piece]
        ends: set[str] = set()
        for member in members:
            char = member[-1]
            plain = len(member) == 1 or not char.isalnum()
            if plain and _LETTERS.fullmatch(char) is not None:
                ends |= {beginning + _fold(char) for beginning in before}
                continue
            if member in (".", "\\w", "\\S", "\\D") and not (kind == "set" and member == "."):
                raise _OpenError
            digit = member == "\\d" or (plain and char.isdecimal())
            if "" in before and not digit:
                raise _OpenError
            self.found |= {beginning or _DIGIT for beginning in before}
        return ends

    def _peek(self) -> str:
        return self._pieces[self._at][0] if self._at < len(self._pieces) else ""


def _members(piece: str) -> list[str]:
    """The characters and escapes of a set in brackets, ranges written out."""
    if piece.startswith("[^"):
        # What stands for white space, as in `[^\S\n]`, lengthens nothing; any other may hold letters.
        return ["\\s"] if piece.startswith("[^\\S") else ["\\w"]
    members: list[str] = []
    parts = re.findall(r"\\.|.", piece[1:-1], re.DOTALL)
    number = 0
    while number < len(parts):
        if parts[number + 1 : number + 2] == ["-"] and number + 2 < len(parts):
            members += [chr(code) for code in range(ord(parts[number][-1]), ord(parts[number + 2][-1]) + 1)]
            number += 3
        else:
            members.append(parts[number])
            number += 1
    return members


def _fold(letters: str) -> str:
    return letters.lower() if letters.isascii() else letters.translate(_ALIKE).lower()
