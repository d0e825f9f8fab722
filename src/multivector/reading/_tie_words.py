"""What asserts a standing relation: the words of a language, compiled, and a claim found by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading.languages import Language
from multivector.record import Span, TieType


@dataclass(frozen=True, slots=True)
class TieWords:
    """Patterns for the ways in which a text asserts a tie; see `ties.toml` of a language for what each is."""

    partners: tuple[tuple[TieType, re.Pattern[str]], ...]
    is_: re.Pattern[str]
    considers: re.Pattern[str]
    barriers: re.Pattern[str]
    doubt: re.Pattern[str]
    speaker: re.Pattern[str]
    presence: re.Pattern[str]
    holds: re.Pattern[str]
    agencies: re.Pattern[str]
    ties: re.Pattern[str]
    against: re.Pattern[str]
    ties_hold: re.Pattern[str]
    member: re.Pattern[str]
    joined: re.Pattern[str]
    not_joined: re.Pattern[str]
    depends: re.Pattern[str]
    dependence: re.Pattern[str]
    union: re.Pattern[str]
    integration: re.Pattern[str]
    borders: re.Pattern[str]
    bonds: tuple[tuple[TieType, re.Pattern[str]], ...]
    bound: re.Pattern[str]
    existing: re.Pattern[str]
    its: re.Pattern[str]
    are: re.Pattern[str]
    hosts: re.Pattern[str]
    economy: re.Pattern[str]
    denies: re.Pattern[str]
    land: re.Pattern[str]


@lru_cache(maxsize=4)
def tie_words(language: Language) -> TieWords | None:
    """The patterns of `language`; None when it has none."""
    table = language.table("ties")
    if not table:
        return None

    def pattern(words: str) -> re.Pattern[str]:
        return re.compile(words, re.IGNORECASE)

    owners = "|".join(map(re.escape, table["owners"]["speaker"]))
    return TieWords(
        tuple((TieType(kind), pattern(rf"\b(?:{words})\b")) for kind, words in table["partners"].items()),
        pattern(rf"\b{table['verbs']['is']}\b"),
        pattern(rf"\b{table['verbs']['considers']}\b"),
        pattern(table["verbs"]["barriers"]),
        pattern(table["verbs"]["doubt"]),
        pattern(rf"\b(?:{owners})(?![\w’'])"),
        pattern(table["military"]["presence"]),
        pattern(table["military"]["holds"]),
        pattern(table["security"]["cooperation"]),
        pattern(table["security"]["ties"]),
        pattern(table["security"]["against"]),
        pattern(table["security"]["holds"]),
        pattern(table["membership"]["member"]),
        pattern(table["membership"]["joined"]),
        pattern(table["membership"]["not_joined"]),
        pattern(table["dependence"]["depends"]),
        pattern(table["dependence"]["noun"]),
        pattern(table["integration"]["union"]),
        pattern(table["integration"]["noun"]),
        pattern(table["bonds"]["borders"]),
        tuple((TieType(kind), pattern(rf"\b(?:{words})\b")) for kind, words in table["bonds"]["nouns"].items()),
        pattern(table["bonds"]["bound"]),
        pattern(table["bonds"]["existing"]),
        pattern(table["bonds"]["its"]),
        pattern(table["bonds"]["are"]),
        pattern(table["bonds"]["hosts"]),
        pattern(table["dependence"]["economy"]),
        pattern(table["verbs"]["denies"]),
        pattern(table["military"]["land"]),
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place in the text asserts: the pairs of ends, and its words."""

    type: TieType
    pairs: tuple[tuple[str, str], ...]
    span: Span
