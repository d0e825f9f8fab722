"""Finding names in a text: one pass of an Aho-Corasick automaton, then the rules of words.

All occurrences are asked for, overlapping ones too; those that cut a word are dropped, and only then is the
leftmost and longest chosen. Were the longest chosen first, a long name that fails the test of words would hide
a shorter one that passes (`Republic of Niger` in `Republic of Nigerian ...`).

Letters of different look and one meaning are folded, in the names and in the text, one code point for one: ё as е,
all dashes as a hyphen, all apostrophes as one, all white space as a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from multivector.knowledge._types import NameForm, NameMatch

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_FOLDED = (
    ("е", "ё"),
    ("Е", "Ё"),
    ("-", "\u2010\u2011\u2012\u2013\u2014\u2212"),
    ("'", "\u2018\u2019\u02bb\u02bc\u02bf\u0060\u00b4"),
    (" ", "\n\r\t\u00a0\u2009\u202f"),
)
_FOLDED_ASCII = {ord(variant): plain for plain, variants in _FOLDED for variant in variants if variant.isascii()}
_SURROGATES = re.compile("[\ud800-\udfff]")
_SURNAME = ("ов", "ев")

Target = tuple[str, NameForm] | None  # None: words that only look like a name


def fold(text: str) -> str:
    """`text` in the form that names are compared in; of the same length."""
    if text.isascii():
        return text.translate(_FOLDED_ASCII)
    for plain, variants in _FOLDED:
        for variant in variants:
            text = text.replace(variant, plain)
    return text


def variants(name: str, language: str, form: NameForm | None) -> Iterator[str]:
    """The spellings in which `name` is looked for: as it stands, with a first capital, in capitals.

    A name is never looked for in smaller letters than its own (`turkey`, `us`). Russian genitives of peoples in -ов and
    -ев are not looked for with a capital, as they are surnames then (`Чехов`, `Поляков`).
    """
    plain = fold(name)
    yield plain
    if form is NameForm.DEMONYM and plain.endswith(_SURNAME):
        return
    if language in ("tr", "az"):
        plain = plain.replace("i", "İ")
    if plain[0].islower():
        yield plain[0].upper() + plain[1:]
    if not plain.isupper():
        yield plain.upper()


class Matcher:
    """Finds the names of one table in texts. A name that ends in a hyphen is found only before it, and without it."""

    def __init__(self, names: Mapping[str, Target]) -> None:
        self._names = list(names)
        self._targets = list(names.values())
        self._automaton: AhoCorasick | None = None

    def find(self, text: str) -> tuple[NameMatch, ...]:
        """The names in `text`, in order, none overlapping another, offsets in code points."""
        folded = fold(text)
        matches: list[NameMatch] = []
        free = 0
        for start, end, index in sorted(self._whole_words(folded), key=lambda hit: (hit[0], -hit[1])):
            if start < free:
                continue
            free = end
            target = self._targets[index]
            if target is not None:
                matches.append(NameMatch(start, end, *target))
        return tuple(matches)

    def _whole_words(self, text: str) -> Iterator[tuple[int, int, int]]:
        last = len(text)
        for index, start, end in self._occurrences(text):
            if start > 0 and _in_word(text[start - 1]) and _in_word(text[start]):
                continue
            tail = text[end - 1]
            if end < last and (tail == "." or _in_word(tail)) and _in_word(text[end]):
                continue
            yield start, end - (tail == "-"), index

    def _occurrences(self, text: str) -> Iterable[tuple[int, int, int]]:
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick, MatchKind

            self._automaton = AhoCorasick(self._names, matchkind=MatchKind.Standard)
        try:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            return self._automaton.find_matches_as_indexes(_SURROGATES.sub("\ufffd", text), overlapping=True)


def _in_word(char: str) -> bool:
    """Whether `char` is part of a word that has spaces around it: a letter or digit, and no ideograph."""
    if "\u0300" <= char <= "\u036f":
        return True
    return char.isalnum() and not "\u2e80" <= char <= "\u9fff"
