"""What asserts a standing relation: the words of a language, compiled, and a claim found by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from multivector.reading._lookup import Sought
from multivector.reading.languages import Language
from multivector.record import Span, TieType


class Ends(StrEnum):
    """Who is bound to whom by a verb that tells a relation.

    Subject to object or back, subjects or objects to each other, or the object to the source that is named after it.
    """

    FORTH = "forth"
    BACK = "back"
    EACH = "each"
    AMONG = "among"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Told:
    """A verb that tells a relation, and what has to follow its object."""

    type: TieType
    ends: Ends
    words: Sought
    after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class TieWords:
    """Patterns for the ways in which a text asserts a tie; see `ties.toml` of a language for what each is."""

    partners: tuple[tuple[TieType, Sought], ...]
    is_: re.Pattern[str]
    considers: re.Pattern[str]
    barriers: re.Pattern[str]
    doubt: re.Pattern[str]
    speaker: re.Pattern[str]
    presence: Sought
    holds: Sought
    agencies: Sought
    ties: Sought
    against: re.Pattern[str]
    ties_hold: re.Pattern[str]
    member: Sought
    joined: Sought
    not_joined: re.Pattern[str]
    depends: Sought
    dependence: Sought
    union: Sought
    integration: Sought
    borders: Sought
    bonds: tuple[tuple[TieType, Sought], ...]
    bound: re.Pattern[str]
    existing: re.Pattern[str]
    its: re.Pattern[str]
    are: re.Pattern[str]
    hosts: Sought
    economy: re.Pattern[str]
    denies: re.Pattern[str]
    land: re.Pattern[str]
    told: tuple[Told, ...]
    ended: re.Pattern[str]
    gone: re.Pattern[str]
    bare: Sought
    forces: Sought
    bloc: re.Pattern[str]
    named: re.Pattern[str]
    not_yet: re.Pattern[str]
    is_one: re.Pattern[str]
    apposed: re.Pattern[str]
    on_which: Sought
    it: re.Pattern[str]
    relies: re.Pattern[str]
    from_: re.Pattern[str]
    neighbouring: Sought
    between: Sought
    along: re.Pattern[str]
    length: re.Pattern[str]
    that: re.Pattern[str]
    second: re.Pattern[str]
    at_base: re.Pattern[str]
    each_other: re.Pattern[str]
    was: re.Pattern[str]
    lately: re.Pattern[str]
    after_other: re.Pattern[str]
    and_then: re.Pattern[str]
    as_such: re.Pattern[str]
    two: re.Pattern[str]
    of_its: re.Pattern[str]


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
        tuple((TieType(kind), Sought(rf"\b(?:{words})\b")) for kind, words in table["partners"].items()),
        pattern(rf"\b{table['verbs']['is']}\b"),
        pattern(rf"\b{table['verbs']['considers']}\b"),
        pattern(table["verbs"]["barriers"]),
        pattern(table["verbs"]["doubt"]),
        pattern(rf"\b(?:{owners})(?![\w’'])"),
        Sought(table["military"]["presence"]),
        Sought(table["military"]["holds"]),
        Sought(table["security"]["cooperation"]),
        Sought(table["security"]["ties"]),
        pattern(table["security"]["against"]),
        pattern(table["security"]["holds"]),
        Sought(table["membership"]["member"]),
        Sought(table["membership"]["joined"]),
        pattern(table["membership"]["not_joined"]),
        Sought(table["dependence"]["depends"]),
        Sought(table["dependence"]["noun"]),
        Sought(table["integration"]["union"]),
        Sought(table["integration"]["noun"]),
        Sought(table["bonds"]["borders"]),
        tuple((TieType(kind), Sought(rf"\b(?:{words})\b")) for kind, words in table["bonds"]["nouns"].items()),
        pattern(table["bonds"]["bound"]),
        pattern(table["bonds"]["existing"]),
        pattern(table["bonds"]["its"]),
        pattern(table["bonds"]["are"]),
        Sought(table["bonds"]["hosts"]),
        pattern(table["dependence"]["economy"]),
        pattern(table["verbs"]["denies"]),
        pattern(table["military"]["land"]),
        tuple(
            Told(
                TieType(way["type"]),
                Ends(way["ends"]),
                Sought(way["words"]),
                pattern(way["after"]) if "after" in way else None,
            )
            for way in table["told"]
        ),
        pattern(table["verbs"]["ended"]),
        pattern(table["verbs"]["gone"]),
        Sought(table["military"]["bare"], flags=0),
        Sought(table["military"]["forces"]),
        re.compile(table["membership"]["bloc"]),
        pattern(table["membership"]["named"]),
        pattern(table["membership"]["not_yet"]),
        pattern(table["membership"]["is_one"]),
        pattern(table["membership"]["apposed"]),
        Sought(table["dependence"]["which"]),
        pattern(table["dependence"]["it"]),
        pattern(table["dependence"]["verb"]),
        re.compile(table["dependence"]["from"]),
        Sought(table["beside"]["neighbouring"], flags=0),
        Sought(table["beside"]["between"]),
        re.compile(table["beside"]["along"]),
        pattern(table["beside"]["length"]),
        pattern(table["dependence"]["that"]),
        pattern(table["military"]["second"]),
        re.compile(table["military"]["at_base"]),
        pattern(table["verbs"]["each_other"]),
        pattern(table["verbs"]["was"]),
        pattern(table["verbs"]["lately"]),
        re.compile(table["verbs"]["after_other"]),
        pattern(table["verbs"]["and_then"]),
        pattern(table["verbs"]["as_such"]),
        pattern(table["verbs"]["two"]),
        pattern(table["bonds"]["of_its"]),
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place in the text asserts: the pairs of ends, and its words."""

    type: TieType
    pairs: tuple[tuple[str, str], ...]
    span: Span
