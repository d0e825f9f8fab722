"""Names of people: which spellings are one name, and whether a name is a woman's or a man's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from multivector.reading.languages import Language


class Sex(StrEnum):
    """As far as a name, a title or a pronoun tells it."""

    WOMAN = "woman"
    MAN = "man"


@dataclass(frozen=True, slots=True)
class NameWords:
    """What a language's table tells of given names, endings of surnames and titles."""

    given: dict[str, Sex]
    endings: tuple[tuple[re.Pattern[str], Sex], ...]
    titles: dict[str, Sex]
    pronouns: dict[str, Sex]
    family_first: frozenset[str]
    spellings: tuple[tuple[str, str], ...]
    """Letters that transcriptions of one name exchange, in the order in which they are put right."""


@cache
def name_words(language: Language) -> NameWords:
    """The words of `language`; empty when it has no table of them."""
    table = language.table("names")

    def by_sex(women: str, men: str) -> dict[str, Sex]:
        return dict.fromkeys(table.get(women, ()), Sex.WOMAN) | dict.fromkeys(table.get(men, ()), Sex.MAN)

    endings = ((re.compile(table[name]), sex) for name, sex in _ENDINGS if name in table)
    return NameWords(
        by_sex("women", "men"),
        tuple(endings),
        by_sex("woman_titles", "man_titles"),
        by_sex("woman_pronouns", "man_pronouns"),
        frozenset(table.get("family_first", ())),
        tuple((spelling, letter) for spelling, letter in table.get("spellings", ())),
    )


_ENDINGS = (("woman_endings", Sex.WOMAN), ("man_endings", Sex.MAN))

_LEAST_SURNAME = 5
"""An ending tells nothing in a shorter word."""


def sex_of(language: Language, name: str, titles: Iterable[str] = ()) -> Sex | None:
    """By the words of a title first (`Ms`, `spokesman`), then the given name, then the ending of the surname."""
    words = name_words(language)
    for title in titles:
        found = {words.titles[word] for word in re.findall(r"\w+", title.lower()) if word in words.titles}
        if len(found) == 1:
            return found.pop()
    parts = [plain(part) for part in name.split()]
    for part in parts[:-1] or parts:
        if (sex := words.given.get(part)) is not None:
            return sex
    surname = parts[-1]
    if len(surname) < _LEAST_SURNAME:
        return None
    return next((sex for pattern, sex in words.endings if pattern.search(surname)), None)


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """In small letters, without accents, apostrophes and the dot of an initial."""
    folded = unicodedata.normalize("NFKD", word.replace("’s", "").replace("'s", "").lower()).translate(_LETTERS)
    return "".join(letter for letter in folded if letter.isalnum() or letter == "-")


_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "ə": "e"})


@lru_cache(maxsize=4096)
def sound(language: Language, word: str) -> str:
    """A word by its sound, so that transcriptions of one name are equal (`Qodirov`, `Kadyrov`)."""
    folded = plain(re.sub(r"[oO]['’‘ʻ`]", "u", word))
    for spelling, letter in name_words(language).spellings:
        folded = folded.replace(spelling, letter)
    return re.sub(r"(.)\1+", r"\1", folded)


def same_name(language: Language, shorter: str, longer: str) -> bool:
    """Whether two full names are one person's: the words of the shorter one in the longer one, in their order.

    An initial stands for its name; transcriptions are alike. Two words at least, the last of them no initial.
    """
    first, second = shorter.split(), longer.split()
    if len(first) < 2 or len(first) > len(second):
        return False
    sexes = {sex for name in (shorter, longer) if (sex := sex_of(language, name)) is not None}
    if len(sexes) > 1:
        return False
    place = 0
    for word in first:
        while place < len(second) and not _same_word(language, word, second[place]):
            place += 1
        if place == len(second):
            return False
        place += 1
    return True


def _same_word(language: Language, first: str, second: str) -> bool:
    a, b = plain(first), plain(second)
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    return a == b or sound(language, first) == sound(language, second)
